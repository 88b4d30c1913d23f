// The table of an axis, as Python computes it, and what is looked up in it. Cells are counted from the original's first
// pixel; those of the padding before it are negative. A place is such a cell, where padding is wide perhaps outside of
// the picture. See axis_table.py.
import { unrolled } from '../shared/runs.mjs';

export const clamp = (value, low, high) => Math.max(low, Math.min(value, high));

export const readAxis = (table) => ({
  ...table,
  ...Object.fromEntries(['first', 'sources', 'middles', 'near'].map((name) => [name, unrolled(table[name])])),
});

// The cells that a window's taps meet.
export const cellsOf = (index, { first, taps }) => taps.map((tap) => first[index] + tap);

// The pixel that a cell shows; null where padding is a constant.
export const pixelAt = (cell, { sources, before }) => sources[cell + before];

export const isPadding = (cell, { size }) => cell < 0 || cell >= size;

// The window whose middle is nearest to a place: so many of the limits between windows lie before it.
export function nearestWindow(place, { near }) {
  let low = 0, high = near.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (near[middle] <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

// A point of the original, in pixels from its corner, as a point of the result and back: the middle of a window lies
// under the middle of the pixel it gives.
export const toResult = (at, { edge, step }) => (at - edge) / step;
export const toOriginal = (at, { edge, step }) => edge + at * step;
