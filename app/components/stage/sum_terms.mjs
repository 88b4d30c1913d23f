// The terms of the sums at one moment of the story: forming on their cells, on their way, or landed.
import { write } from '../shared/nodes.mjs';
import { setChip, sizeCard, writeFitted, writeNumber } from './chip.mjs';
import { between, clamp, onTheWay, smooth } from './easing.mjs';
import { placeIn, roomOf, widthOf } from './sum_nodes.mjs';
import { blockResult, blockWords, rowWords } from './sum_words.mjs';

const RISE = 16,
  // A card that forms is no larger than its cell, but never too small to be seen.
  CARD_LEAST = 0.6,
  CARD_MOST = 1.5,
  // Half of its height, as a share of its type: cards of two lines below each other do not touch.
  CARD_HALF = 0.63;

function signOf({ term, words, tap }) {
  if (!term.counts) return '';
  if (words.between === ',') return words.last === tap ? '' : ',';
  return term.negative ? '−' : words.first === tap ? '' : '+';
}

// Where the parts of one term stand around its middle.
function measureTerm(sum, { term, words, tap, slot }) {
  const { font, small, level } = sum.layout,
    commas = words.between === ',',
    first = words.first === tap;
  const half = widthOf(sum, term.text) / 2,
    // Outside of a card around the number.
    attached = commas ? half + 7 : -half - font * 0.36,
    written = level === 'pairs' && slot.pair !== undefined,
    pairAt = written ? slot.pair - slot.y : -font * 0.95;
  return {
    commas,
    // A minus flies with its number, and leads it where it is the first of a sum.
    attached,
    signAt: commas || first ? attached : slot.op - slot.x,
    pairAt,
    written,
    wide: Math.max(2 * half, term.pair ? widthOf(sum, term.pair, small) : 0) + 10,
    top: term.pair ? pairAt - small * 0.75 : -font * CARD_HALF,
    bottom: font * CARD_HALF,
  };
}

function writeTerm(sum, { chip, term, words, tap, slot, choice }, { written, wide, top, bottom }) {
  writeNumber(chip.value, term.text, roomOf(sum, slot.width));
  writeNumber(chip.pair, term.pair, roomOf(sum, slot.width * (written ? 1 : 2), sum.layout.small));
  write(chip.sign, signOf({ term, words, tap }));
  const { classList } = chip.group;
  classList.toggle('padding', term.padding);
  classList.toggle('absent', term.value === null);
  classList.toggle('winner', term.wins && choice > 0);
  classList.toggle('loser', choice > 0 && !term.wins && words.terms.some(({ wins }) => wins));
  sizeCard(chip, wide, top, bottom);
}

// Where a product forms: with the middle of its card on its cell.
function startOf(sum, { at, panel }, { wide, top, bottom }) {
  const cell = placeIn(sum, { kind: 'input', panel, row: at[0], column: at[1] }),
    fits = Math.min((cell.size * 0.96) / wide, (cell.size * 0.9) / (bottom - top)),
    scale = Math.max(Math.min(fits, CARD_MOST), CARD_LEAST);
  return { x: cell.x, y: cell.y - (scale * (top + bottom)) / 2, scale };
}

// `form` and `fly` say how far it has come.
function showTerm(sum, shown) {
  const { chip, term, window, slot, form, fly } = shown,
    parts = measureTerm(sum, shown),
    { commas, attached, signAt, pairAt, written, top, bottom } = parts;
  writeTerm(sum, shown, parts);
  const keeps = written && !!term.pair;
  if (fly === 1) {
    setChip(chip, { x: slot.x, y: slot.y, hidden: sum.layout.level === 'rows', pair: keeps ? 1 : 0, pairAt, signAt });
    return;
  }
  if (!form || !term.at) {
    setChip(chip, { hidden: true });
    return;
  }
  const from = startOf(sum, { at: term.at, panel: window.reads[chip.group.tap.slice] }, parts),
    grown = between(0.7, 1, smooth(clamp(form * 2))),
    landing = clamp((fly - 0.7) / 0.3),
    // The pair comes first, then its product.
    born = term.pair ? clamp(form * 2.2 - 1.2) : smooth(form);
  setChip(chip, {
    ...onTheWay({ from: { ...from, scale: from.scale * grown }, to: { x: slot.x, y: slot.y, scale: 1 }, t: fly, rise: RISE }),
    card: Math.min(clamp(form * 2.5), 1 - landing),
    pair: Math.min(clamp(form * 2), keeps ? 1 : 1 - smooth(clamp(fly * 2))),
    pairAt: between((top + bottom) / 2, pairAt, smooth(born)),
    value: born,
    sign: term.negative && !commas ? born : landing,
    signAt: between(attached, signAt, smooth(landing)),
  });
}

// Where the terms are too many, one number for each row of the kernel, which grows as products land on it.
function showRows(sum, index, { words, flights }) {
  const { level, digits, blocks } = sum.layout,
    { rows } = sum.blocks[index];
  rows.forEach((chip, row) => {
    const slot = level === 'rows' ? blocks[index].terms[row] : null;
    const come = slot && rowWords({ words, row, columns: sum.model.kernelSize[1], flights, digits });
    if (!come?.text) {
      setChip(chip, { hidden: true });
      return;
    }
    writeNumber(chip.value, come.text, roomOf(sum, slot.width));
    write(chip.pair, slot.pair === undefined ? '' : `row ${row}`);
    const comma = row < rows.length - 1 ? ',' : '',
      sign = come.negative ? '−' : row ? '+' : '';
    write(chip.sign, words.between === ',' ? comma : sign);
    setChip(chip, { x: slot.x, y: slot.y, signAt: slot.op - slot.x, pair: 1, pairAt: (slot.pair ?? slot.y) - slot.y });
  });
}

// A block of terms and what it has come to. Returns its words.
export function showBlock(sum, index, { window, pose, secret }) {
  const { model, layout } = sum,
    { level, digits, flat } = layout,
    block = sum.blocks[index],
    at = layout.blocks[index];
  const words = blockWords({ window, model, index, level, digits, flat }),
    slice = model.conv ? index : 0,
    part = (list) => list.slice(slice * model.taps, (slice + 1) * model.taps),
    [forms, flights] = [part(pose.forms), part(pose.flights)],
    choice = secret ? 0 : pose.choice;
  for (const name of ['name', 'open', 'close', 'divisor']) write(block[name], words[name]);
  // A plane of a colour picture has its own colour.
  if (model.conv && model.planes.length > 1) block.group.dataset.plane = words.name;
  words.terms.forEach((term, tap) => {
    const slot = at.terms[words.slots[tap]],
      chip = block.chips[tap];
    if (slot) showTerm(sum, { chip, term, words, tap, window, slot, form: forms[tap], fly: flights[tap], choice });
    else setChip(chip, { hidden: true });
  });
  showRows(sum, index, { words, flights });
  const come = blockResult({ window, model, index, words, flights, choice, secret });
  if (at.end) writeFitted(block.end, come.end, roomOf(sum, at.end.width));
  if (at.aside) writeFitted(block.aside, come.aside, roomOf(sum, at.aside.width));
  if (at.note) writeFitted(block.note, come.note, roomOf(sum, at.note.width, layout.small));
  return words;
}
