// Numbers that have to fit into their cells.
import { formatNumber } from '../shared/numbers.mjs';

// A cell has a line below a rounded number in place of its ≈, for which small cells have no room.
const longestOf = (values, digits) =>
  Math.max(1, ...values.map((value) => (value === null ? 2 : formatNumber(value, digits).replace('≈', '').length)));

// The cell size at which these numbers can be read.
export function wishedCell({ values }) {
  return Math.min(Math.max(22, Math.ceil(longestOf(values, 2) * 0.6 * 10.5 + 4)), 36);
}

// A digit's width by the height of its font; what is too long is set narrower, by as much as still reads well.
const DIGIT = 0.64;
const NARROWEST = 0.75;
// Up to this size narrower digits are better than smaller ones.
const EASILY_READ = 13;
const SMALL_CELL = 26;
const roomIn = (cell) => cell - (cell < SMALL_CELL ? 2 : 4);

// The font size and the significant digits with which every value fits its cell, or null: shading alone.
// Fewer digits at a readable size beat more digits at a tiny one.
export function fitNumbers({ values, cell, largest = 20 }) {
  if (cell < 15) return null;
  for (const readable of [10.5, 8.2]) {
    for (const digits of [4, 3, 2]) {
      const natural = roomIn(cell) / (longestOf(values, digits) * DIGIT);
      const font = Math.min(cell * 0.56, largest, Math.max(natural, Math.min(EASILY_READ, natural / NARROWEST)));
      if (font >= readable) return { font, digits, room: roomIn(cell) };
    }
  }
  return null;
}

// The width that a text is squeezed to; null where it has room as it is.
export const squeezed = (text, { font, room }) => (text.length * DIGIT * font > room + 0.5 ? room : null);

// The smallest cell in which every value is still written.
export function barestCell({ values }) {
  let cell = 15;
  while (cell < 36 && !fitNumbers({ values, cell })) cell += 1;
  return cell;
}
