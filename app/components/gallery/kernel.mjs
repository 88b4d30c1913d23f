// A kernel as a grid of tinted cells, with its numbers where they can be read.
import { htmlNode } from '../shared/nodes.mjs';

const LARGEST_WRITTEN = 5, TIP_LETTER = 7.4, TIP_GAP = 9;

// Beside a title (`room` pixels wide in all) the grid may take less than half of the room.
export function kernelCells({ texts, columns, room, font, large = false }) {
  const rows = texts.length / columns;
  const longest = Math.max(...texts.map((text) => text.length));
  const wish = Math.max(font * 1.6, (longest * 0.64 + 0.7) * font);
  const written = Math.max(rows, columns) <= LARGEST_WRITTEN && wish * columns <= room * (large ? 1 : 0.45);
  if (large) {
    const cell = Math.min(room / columns, written ? Math.max(wish, 40) : 24);
    return { written, width: Math.floor(cell), height: Math.floor(cell) };
  }
  if (written) return { written, width: Math.ceil(wish), height: Math.ceil(font * 1.6) };
  const side = Math.max(2, Math.min(9, Math.floor(52 / Math.max(rows, columns))));
  return { written, width: side, height: side };
}

// Whether all numbers of a grid that is too small for them fit into a note as wide as the tile.
export function fitsNote({ texts, columns, room }) {
  const longest = Math.max(...texts.map((text) => text.length));
  return columns * (longest * TIP_LETTER + TIP_GAP) <= room && texts.length / columns <= 2 * LARGEST_WRITTEN;
}

// `cells`: their size on the screen, and whether numbers are written in them; in a note they take what they need.
function gridOf({ texts, tints, columns }, className, cells = null) {
  const grid = htmlNode({ className });
  grid.style.gridTemplateColumns = `repeat(${columns}, ${cells ? `${cells.width}px` : 'auto'})`;
  if (cells) grid.style.gridAutoRows = `${cells.height}px`;
  texts.forEach((text, index) => {
    const end = tints[index] < 0 ? 'negative' : 'positive', percent = Math.abs(tints[index]);
    const square = htmlNode({ name: 'span', parent: grid, text: cells && !cells.written ? '' : text });
    square.style.background = `color-mix(in srgb, var(--ss-${end}) ${percent}%, var(--page))`;
  });
  return grid;
}

// Draws into `root`, within `room` pixels; not again while nothing has changed.
export function createKernelGrid(root) {
  let drawn = '';
  return ({ kernel, room, font, large }) => {
    const { texts, columns, about, short } = kernel, whole = fitsNote({ texts, columns, room });
    const cells = kernelCells({ texts, columns, room, font, large });
    const key = JSON.stringify([texts, columns, cells, large, whole]);
    if (key === drawn) return;
    drawn = key;
    const taps = gridOf(kernel, 'taps', cells);
    taps.setAttribute('role', 'img');
    taps.setAttribute('aria-label', about);
    taps.classList.toggle('large', large);
    root.replaceChildren(taps);
    if (cells.written) return;
    // Too small to be read: the numbers are shown while it is pointed at or has the focus.
    taps.tabIndex = 0;
    const tip = whole ? gridOf(kernel, 'tip numbers') : htmlNode({ name: 'p', className: 'tip', text: short });
    tip.style.maxWidth = whole ? '' : `${room}px`;
    tip.setAttribute('aria-hidden', 'true');
    root.append(tip);
  };
}
