// Numbers that have to fit into their cells.
import { formatNumber } from '../shared/numbers.mjs';

// A cell has a line below a rounded number in place of its ≈, for which small cells have no room.
const longestOf = (values, digits) =>
  Math.max(1, ...values.map((value) => (value === null ? 2 : formatNumber(value, digits).replace('≈', '').length)));

// The cell size at which these numbers can be read.
export function wishedCell({ values }) {
  return Math.min(Math.max(22, Math.ceil(longestOf(values, 2) * 0.6 * 10.5 + 4)), 36);
}

// The font size and the significant digits with which every value fits its cell, or null: shading alone.
// Fewer digits at a readable size beat more digits at a tiny one.
export function fitNumbers({ values, cell, largest = 20 }) {
  if (cell < 15) return null;
  for (const readable of [10.5, 8.2]) {
    for (const digits of [4, 3, 2]) {
      const font = Math.min(cell * 0.56, largest, (cell - 5) / (longestOf(values, digits) * 0.64));
      if (font >= readable) return { font, digits };
    }
  }
  return null;
}
