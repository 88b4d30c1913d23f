// Numbers that have to fit into their cells.
import { formatNumber } from '../shared/numbers.mjs';

// The cell size at which these numbers can be read.
export function wishedCell({ values }) {
  const longest = values.reduce(
    (most, value) => Math.max(most, value === null ? 2 : formatNumber(value, 2).length),
    1,
  );
  return Math.min(Math.max(22, Math.ceil(longest * 0.6 * 10.5 + 4)), 36);
}

// The font size and the significant digits with which every value fits its cell, or null: shading alone.
// Fewer digits at a readable size beat more digits at a tiny one.
export function fitNumbers({ values, cell, largest = 20 }) {
  if (cell < 15) return null;
  for (const readable of [10.5, 8.2, 8]) {
    for (const digits of [4, 3, 2]) {
      const longest = values.reduce(
        (most, value) => Math.max(most, value === null ? 2 : formatNumber(value, digits).length),
        1,
      );
      const font = Math.min(cell * 0.56, largest, (cell - 5) / (longest * 0.64));
      if (font >= readable) return { font, digits };
    }
  }
  return null;
}
