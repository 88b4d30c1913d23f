// The sum region: the products of the window as lines of terms, what they have come to, and the total.
import { write } from '../shared/nodes.mjs';
import { formatNumber } from '../shared/numbers.mjs';
import { makeChip, setChip, sizeCard, writeFitted, writeNumber } from './chip.mjs';
import { draw } from './panel.mjs';
import { between, clamp, onTheWay, smooth } from './easing.mjs';
import { arrangeSum } from './sum_layout.mjs';
import { sumSentence } from './sum_sentence.mjs';
import { sumShape } from './sum_shape.mjs';
import { blockResult, blockWords, rowWords, totalWords } from './sum_words.mjs';
import { stillPose } from './timeline.mjs';
import { range } from './windows.mjs';

const RISE = 16,
  // How far the window has come when the sum before is gone.
  GONE = 0.6;

export const storyShape = (model) => ({
  channels: model.per,
  taps: model.taps,
  bias: !!model.bias,
  chooses: !model.conv,
});

// One block's nodes.
function makeBlock(parent, model, index) {
  const group = draw('g', 'channel', parent),
    total = draw('g', model.conv ? 'partial' : 'total', group);
  const text = (className, within = group) => draw('text', className, within);
  return {
    group,
    name: text(`name${model.conv ? '' : ' kind'}`),
    open: text('open'),
    close: text('close'),
    bar: draw('path', 'bar', group),
    divisor: text('divisor kernel'),
    rows: range(model.kernelSize[0]).map(() => makeChip(group, 'row')),
    chips: range(model.taps).map((tap) => {
      const chip = makeChip(group, 'product');
      chip.group.tap = { slice: model.conv ? index : 0, tap };
      return chip;
    }),
    aside: text('piece aside', total),
    end: text(model.conv ? 'sum' : 'piece output', total),
    note: text('note', total),
  };
}

export function createSumLines({ svg, picture }) {
  const root = draw('g', 'calculation', null, { role: 'img', 'aria-label': '' });
  const gauge = draw('text', 'gauge', null, { 'aria-hidden': true });
  gauge.textContent = '0000000000';
  let model = null,
    shape = null,
    still = null,
    layout = null,
    blocks = [],
    total = null,
    drops = [],
    em = 0.54;

  function build(next) {
    model = next;
    root.replaceChildren();
    const lines = draw('g', 'channels', root);
    blocks = range(model.conv ? model.per : model.layers.length).map((index) => makeBlock(lines, model, index));
    const group = draw('g', 'total', root);
    total = model.conv && {
      sums: range(model.per > 1 ? model.per : 0).map(() => makeChip(group, 'term')),
      bias: model.bias ? makeChip(group, 'piece bias') : null,
      end: draw('text', 'piece output', group),
    };
    drops = model.layers.map(() => makeChip(root, model.conv ? 'drop whole' : 'drop'));
    svg.append(root, gauge);
  }

  // The place of the sum region in the picture.
  function place(region) {
    em = (gauge.getComputedTextLength?.() || 0) / 200 || em;
    shape = sumShape(model);
    still = stillPose(storyShape(model));
    layout = arrangeSum({ ...region, shape, em, large: model.present ? 1.4 : 1 });
    root.setAttribute('transform', `translate(${region.x} ${region.y})`);
    root.region = region;
    root.style.setProperty('--font', `${layout?.font ?? 16}px`);
    root.style.setProperty('--small', `${layout?.small ?? 11}px`);
    root.dataset.level = layout?.level ?? 'none';
    if (layout) blocks.forEach((block, index) => placeBlock(block, layout.blocks[index]));
    if (layout && total) placeText(total.end, layout.total.end);
    blocks.concat(total ? [...total.sums, total.bias] : [], drops).forEach(forget);
  }
  const forget = (made) => made && (made.chips ?? [made]).forEach((chip) => (chip.key = ''));

  function placeText(node, at) {
    node.style.display = at ? '' : 'none';
    if (!at) return;
    node.setAttribute('x', at.x.toFixed(1));
    node.setAttribute('y', at.y.toFixed(1));
  }
  function placeBlock(block, at) {
    for (const name of ['name', 'open', 'close', 'divisor', 'aside', 'end', 'note']) placeText(block[name], at[name]);
    block.bar.setAttribute('d', at.bar ? `M${at.bar.x} ${at.bar.y}h${at.bar.width}` : '');
  }

  const room = (width, font = layout.font) => ({ width, font, em });
  const longAs = (text, font = layout.font) => text.replace('≈', '').length * font * em;
  // A place of the picture, as it is counted in here.
  const inside = ({ x, y, ...rest }) => ({ x: x - root.region.x, y: y - root.region.y, ...rest });

  // Where a product forms: on its cell of the input, no larger than the cell.
  function startOf({ at, panel, wide, high }) {
    const cell = inside(picture.spotOf({ kind: 'input', panel, row: at[0], column: at[1] }));
    const scale = clamp(Math.min((cell.size * 0.96) / wide, (cell.size * 0.9) / high) / 1.5) * 1.5;
    return { x: cell.x, y: cell.y, scale: Math.max(scale, 0.6) };
  }

  function showTerm({ chip, term, words, tap, window, slot, form, fly, choice }) {
    const { small, font, level } = layout,
      rowwise = level === 'rows';
    const first = words.first === tap,
      commas = words.between === ',';
    writeNumber(chip.value, term.text, room(slot.width));
    writeFitted(chip.pair, term.pair, room(slot.width * (level === 'pairs' ? 1 : 2), small));
    const sign = term.text === '·' ? '' : commas ? (words.last === tap ? '' : ',') : term.negative ? '−' : first ? '' : '+';
    write(chip.sign, sign);
    const number = longAs(term.text) / 2,
      attached = commas ? number + font * 0.14 : -number - font * 0.36,
      signAt = commas || first ? attached : slot.op - slot.x;
    const keeps = level === 'pairs' && !!term.pair,
      pairAt = level === 'pairs' ? slot.pair - slot.y : -font * 0.95;
    chip.group.classList.toggle('padding', term.padding);
    chip.group.classList.toggle('absent', term.value === null);
    chip.group.classList.toggle('winner', term.wins && choice > 0);
    chip.group.classList.toggle('loser', choice > 0 && !term.wins && words.terms.some(({ wins }) => wins));
    chip.group.classList.toggle('positive', !term.negative);
    const wide = Math.max(2 * number, term.pair ? longAs(term.pair, small) : 0) + 10,
      [top, bottom] = [term.pair ? pairAt - small * 0.75 : -font * 0.72, font * 0.72];
    sizeCard(chip, wide, top, bottom);
    const there = { x: slot.x, y: slot.y, scale: 1 };
    if (fly === 1) {
      setChip(chip, { ...there, hidden: rowwise, pair: keeps ? 1 : 0, pairAt, signAt });
      return;
    }
    if (!form || !term.at) {
      setChip(chip, { hidden: true });
      return;
    }
    const from = startOf({ at: term.at, panel: window.reads[chip.group.tap.slice], wide, high: bottom - top });
    // The middle of the card, not of the number, lies on the cell.
    from.y -= (from.scale * (top + bottom)) / 2;
    const landing = clamp((fly - 0.7) / 0.3),
      born = term.pair ? clamp(form * 2.2 - 1.2) : smooth(form);
    setChip(chip, {
      ...onTheWay({ from: { ...from, scale: from.scale * between(0.7, 1, smooth(clamp(form * 2))) }, to: there, t: fly, rise: RISE }),
      card: Math.min(clamp(form * 2.5), 1 - landing),
      pair: Math.min(clamp(form * 2), keeps ? 1 : 1 - smooth(clamp(fly * 2))),
      pairAt: between((top + bottom) / 2, pairAt, smooth(born)),
      value: born,
      sign: term.negative && !commas ? born : landing,
      signAt: between(attached, signAt, smooth(landing)),
    });
  }

  function showBlock(index, { window, pose, secret }) {
    const block = blocks[index],
      at = layout.blocks[index],
      { level, digits } = layout,
      columns = model.kernelSize[1];
    const words = blockWords({ window, model, index, level, digits }),
      slice = model.conv ? index : 0,
      part = (list) => list.slice(slice * model.taps, (slice + 1) * model.taps);
    const [forms, flights] = [part(pose.forms), part(pose.flights)],
      choice = secret ? 0 : pose.choice;
    block.group.classList.toggle('several', model.layers.length > 1);
    write(block.name, words.name);
    write(block.open, words.open);
    write(block.close, words.close);
    write(block.divisor, words.divisor);
    words.terms.forEach((term, tap) => {
      const slot = at.terms[words.slots[tap]];
      const chip = block.chips[tap];
      if (slot) showTerm({ chip, term, words, tap, window, slot, form: forms[tap], fly: flights[tap], choice });
      else setChip(chip, { hidden: true });
    });
    block.rows.forEach((chip, row) => {
      const slot = level === 'rows' && at.terms[row];
      const come = slot ? rowWords({ words, row, columns, flights, digits }) : null;
      setChip(chip, slot && come.text ? { x: slot.x, y: slot.y, signAt: slot.op - slot.x } : { hidden: true });
      if (!come) return;
      writeNumber(chip.value, come.text, room(slot.width));
      write(chip.sign, words.between === ',' ? (row < block.rows.length - 1 ? ',' : '') : come.negative ? '−' : row ? '+' : '');
    });
    const come = blockResult({ window, model, index, words, flights, choice, secret });
    if (at.end) writeFitted(block.end, come.end, room(at.end.width));
    if (at.aside) writeFitted(block.aside, come.aside, room(at.aside.width));
    if (at.note) writeFitted(block.note, come.note, room(at.note.width, layout.small));
    return words;
  }

  // A number that travels from one place to the slot where it stays.
  function travel({ chip, text, from, slot, t, started, first }) {
    writeNumber(chip.value, text.text, room(slot.width));
    write(chip.sign, text.negative ? '−' : first ? '' : '+');
    const number = longAs(text.text) / 2,
      { font } = layout;
    sizeCard(chip, 2 * number + 12, -font * 0.72, font * 0.72);
    const attached = -number - font * 0.36,
      signAt = first ? attached : slot.op - slot.x,
      landing = clamp((t - 0.7) / 0.3);
    if (!started) {
      setChip(chip, { hidden: true });
      return;
    }
    setChip(chip, {
      ...onTheWay({ from, to: { x: slot.x, y: slot.y, scale: 1 }, t }),
      card: t < 1 ? Math.min(clamp(t * 4), 1 - landing) : 0,
      sign: text.negative && t < 1 ? 1 : landing,
      signAt: between(attached, signAt, smooth(landing)),
    });
  }

  // The middle of the number after the equals sign.
  const numberIn = (end, text, font) => ({
    x: end.x + longAs('= ', font) + longAs(text.replace(/^[=≈] /, ''), font) / 2,
    y: end.y,
    scale: 1,
  });

  function showTotal({ window, pose, secret }) {
    const words = totalWords({ window, model, pose, secret });
    words.sums.forEach((text, channel) => {
      const end = layout.blocks[channel].end;
      travel({
        chip: total.sums[channel],
        text,
        from: end ? numberIn(end, `= ${text.text}`) : { ...layout.total.sums[channel], scale: 1 },
        slot: layout.total.sums[channel],
        t: pose.gathers[channel],
        started: pose.gathers[channel] > 0,
        first: !channel,
      });
    });
    if (total.bias) {
      const cell = picture.spotOf({ kind: 'bias', panel: 0, row: 0, column: 0 });
      travel({
        chip: total.bias,
        text: words.bias,
        from: cell ? { ...inside(cell), scale: 1 } : { ...layout.total.bias, scale: 1 },
        slot: layout.total.bias,
        t: pose.adding,
        started: pose.adding > 0,
      });
    }
    writeFitted(total.end, words.end, room(layout.total.end.width, layout.font * 1.12));
    return words;
  }

  // The result lifts out of the sum, or out of the terms that it was chosen from, and drops into its output cell.
  function showDrop(index, { window, pose, words }) {
    const chip = drops[index],
      sum = window.sums[index],
      layer = model.layers[index];
    const on = pose.drop > 0 && pose.drop < 1;
    chip.key = '';
    if (!on) {
      setChip(chip, { hidden: true });
      return;
    }
    const cell = inside(picture.spotOf({ kind: 'output', panel: index * model.maps + window.map, row: window.row, column: window.column })),
      font = layout.font * (model.conv ? 1.12 : 1);
    const text = sum.result === null ? layer.rule.absent || '·' : formatNumber(sum.result, cell.digits ?? 4),
      end = model.conv ? layout.total.end : layout.blocks[index].end;
    const chosen = sum.winners.findIndex((wins, tap) => wins && words.terms[tap].value === sum.result),
      slot = layout.blocks[index].terms[words?.slots[chosen]];
    write(chip.value, text.replace('≈', ''));
    sizeCard(chip, longAs(text, font) + 12, -font * 0.72, font * 0.72);
    const from = slot && layout.level !== 'rows' ? { x: slot.x, y: slot.y, scale: 1 } : numberIn(end, text, font);
    setChip(chip, {
      ...onTheWay({ from, to: { x: cell.x, y: cell.y, scale: (cell.font ?? 12) / font }, t: pose.drop, rise: 2 * RISE }),
      card: Math.min(clamp(pose.drop * 5), clamp((1 - pose.drop) * 6)),
    });
  }

  // While the window glides, the sum of the step before (`last`) fades away.
  function show({ window, pose: moving, secret = false, last = null }) {
    if (!layout) return;
    if (last && moving.glide > 0 && moving.glide < GONE) {
      show({ window: last, pose: still });
      root.style.opacity = (1 - moving.glide / GONE).toFixed(2);
      return;
    }
    root.style.opacity = '';
    const pose = moving ?? still;
    const words = blocks.map((_, index) => showBlock(index, { window, pose, secret }));
    if (total) showTotal({ window, pose, secret });
    drops.forEach((_, index) => showDrop(index, { window, pose, words: model.conv ? null : words[index] }));
    if (!moving || moving.secret) root.setAttribute('aria-label', sumSentence({ window, model, secret }));
  }

  // The terms that come from a cell of the input or from a weight.
  function light(wanted) {
    blocks.forEach((block) =>
      block.chips.forEach(({ group }) => group.classList.toggle('lit', !!wanted && wanted(group.tap))),
    );
  }

  return { root, build, place, show, light };
}
