// Bars over the cells of a signal: how high each number stands. Numbers below zero hang from the line of zero.
import { draw } from './panel.mjs';

const ROOM = { page: 52, audience: 76 },
  // Of a cell's width, and what stays free above the cells.
  WIDE = 0.56,
  FREE = 8;

// The height that bars take above each panel; none for an image.
export const barRoom = ({ line, present }) => (!line ? 0 : present ? ROOM.audience : ROOM.page);

const boxes = (spots) => spots.map(({ x, y, width, height }) => `M${x.toFixed(1)} ${y.toFixed(1)}h${width.toFixed(1)}v${height.toFixed(1)}h${(-width).toFixed(1)}z`).join('');

// Where zero stands, and how many pixels one is, so that all of these numbers fit.
export function barScale(values, room) {
  const known = values.filter((value) => value !== null),
    high = Math.max(0, ...known),
    low = Math.min(0, ...known),
    each = high > low ? (room - FREE - 4) / (high - low) : 0;
  return { each, zero: -FREE + low * each };
}

// `values` are those of the cells, null for one without a bar; `all` are those that the scale is made for.
export function drawBars({ panel, values, all = values, room }) {
  if (!room) return;
  panel.bars ??= { up: draw('path', 'bars', panel.group, { 'aria-hidden': true }), down: draw('path', 'bars negative', panel.group, { 'aria-hidden': true }), base: draw('path', 'zero', panel.group, { 'aria-hidden': true }) };
  const { size, columns, bars } = panel,
    { each, zero } = barScale(all, room),
    width = size * WIDE;
  const spots = values.map((value, column) => {
    const height = Math.abs(value ?? 0) * each;
    return { value, x: (column + 0.5) * size - width / 2, y: value < 0 ? zero : zero - height, width, height };
  });
  bars.up.setAttribute('d', boxes(spots.filter(({ value }) => value > 0)));
  bars.down.setAttribute('d', boxes(spots.filter(({ value }) => value !== null && value < 0)));
  bars.base.setAttribute('d', `M0 ${zero.toFixed(1)}h${columns * size}`);
}
