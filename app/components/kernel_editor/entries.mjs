// Numbers as they are typed, sent and shown.
import { readNumber } from '../shared/reading.mjs';

export function readDivisor(typed, options) {
  const read = readNumber(typed, options);
  return read.value === 0 ? { wrong: 'Nothing can be divided by 0: write 9 or 0.5.' } : read;
}

// One more or one less, without the dust of binary fractions.
export function stepped(value, step) {
  return String(Number((value + step).toPrecision(12)));
}

export function pretty(text) {
  return text.replaceAll('-', '−');
}

// The number in at most so many characters: as it is written, else with fewer digits, else an ellipsis,
// or ≈0 for what is nearly nothing.
// A whole number is never rounded, as that makes it no shorter.
export function shortNumber({ text, value, characters }) {
  const rounded = [4, 3, 2, 1].map((digits) => String(Number(value.toPrecision(digits))));
  const fits = [text, String(value), ...rounded]
    .flatMap((number) => [number, number.replace(/^(-?)0\./, '$1.')])
    .find((number) => number.length <= characters);
  if (fits !== undefined) return pretty(fits);
  return !Number.isInteger(value) && Math.abs(value) < 0.05 ? '≈0' : '…';
}

// The font size at which the numbers fit their cells, and how many characters a cell then holds; null if the
// cells are too small for numbers at all.
export function fitNumbers({ texts, cell, smallest = 10, largest = 18 }) {
  if (cell < 22) return null;
  const inside = cell - 5, share = 0.6;
  const longest = texts.reduce((most, text) => Math.max(most, text.length), 1);
  const font = Math.max(smallest, Math.min(largest, cell * 0.42, inside / (longest * share)));
  return { font, characters: Math.max(1, Math.floor(inside / (font * share) + 0.01)) };
}

// Whether pasted text is a whole kernel, not one number.
export function isMatrix(text) {
  return /[\n\r\t;[\]_~]|[^\s/,][\s]+[^\s/]|,\s|,.*,/.test(text.trim());
}

export function rowsOfText({ texts, columns }) {
  const rows = Array.from({ length: texts.length / columns }, (_, row) => texts.slice(row * columns, (row + 1) * columns));
  return rows.map((row) => row.join('\t')).join('\n');
}
