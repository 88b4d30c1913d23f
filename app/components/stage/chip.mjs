// A number on its way: a small card that forms on a cell, flies and lands in a slot of the sum, where only the number
// stays.
import { write } from '../shared/nodes.mjs';
import { draw } from './panel.mjs';

const shown = (value) => String(Math.round(value * 100) / 100);

export function makeChip(parent, className) {
  const group = draw('g', className, parent);
  return {
    group,
    card: draw('rect', 'card', group, { rx: 4 }),
    pair: draw('text', 'pair', group),
    sign: draw('text', 'sign', group),
    value: draw('text', 'value', group),
    key: '',
  };
}

// Attributes that differ from what was set before: a chip at rest costs nothing.
export function setChip(chip, { x, y, scale = 1, card = 0, pair = 0, pairAt = 0, value = 1, sign = 1, signAt = 0, hidden = false }) {
  const key = hidden ? 'hidden' : [x, y, scale, card, pair, pairAt, value, sign, signAt].map(shown).join(' ');
  if (chip.key === key) return;
  chip.key = key;
  chip.group.style.display = hidden ? 'none' : '';
  if (hidden) return;
  chip.group.setAttribute('transform', `translate(${shown(x)} ${shown(y)})${scale === 1 ? '' : ` scale(${shown(scale)})`}`);
  chip.card.style.opacity = shown(card);
  chip.pair.style.opacity = shown(pair);
  chip.pair.setAttribute('y', shown(pairAt));
  chip.value.style.opacity = shown(value);
  chip.sign.style.opacity = shown(sign);
  chip.sign.setAttribute('x', shown(signAt));
}

// The text of a number in a slot: set in smaller type where it is longer than the slot was made for.
export function writeFitted(node, text, { width, font, em }) {
  write(node, text);
  const long = text.length * font * em;
  node.style.fontSize = long > width ? `${((font * width) / long).toFixed(2)}px` : '';
}

// A rounded number has a line below it in place of its ≈.
export function writeNumber(node, text, room) {
  const plain = text.replaceAll('≈', '');
  node.classList.toggle('rounded', plain !== text);
  writeFitted(node, plain, room);
}

export function sizeCard(chip, wide, top, bottom) {
  const { card } = chip;
  card.setAttribute('x', shown(-wide / 2));
  card.setAttribute('y', shown(top));
  card.setAttribute('width', shown(wide));
  card.setAttribute('height', shown(bottom - top));
}
