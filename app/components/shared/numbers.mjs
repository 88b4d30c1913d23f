// Numbers as a textbook prints them: tabular figures, a true minus sign.

// What floats and pixels carry beyond their numbers, in shares of them: no rounding that anyone could see.
const DUST = 6e-8;

// A rounded number says so by ≈. Whole numbers below `whole` stay whole, because a rounded integer would be a wrong one.
export function formatNumber(value, digits = 4, whole = 1e7) {
  const size = Math.abs(value);
  let text;
  if (Number.isInteger(value) && size < whole) text = String(value);
  else if (size >= 1e7 || (size > 0 && size < 1e-4)) text = value.toExponential(digits - 2);
  else text = String(Number(value.toPrecision(digits)));
  const rounded = Math.abs(Number(text) - value) > DUST * size;
  return (rounded ? '≈' : '') + text.replaceAll('-', '−');
}
