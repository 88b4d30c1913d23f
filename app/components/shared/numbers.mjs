// Numbers as a textbook prints them: tabular figures, a true minus sign.

// A rounded number says so by ≈. Whole numbers below `whole` stay whole, because a rounded integer would be a wrong one.
export function formatNumber(value, digits = 4, whole = 1e7) {
  const size = Math.abs(value);
  let text;
  if (Number.isInteger(value) && size < whole) text = String(value);
  else if (size >= 1e7 || (size > 0 && size < 1e-4)) text = value.toExponential(digits - 2);
  else text = String(Number(value.toPrecision(digits)));
  // Beyond what float32 pixels carry beside their numbers.
  const rounded = Math.abs(text - value) > 6e-8 * size;
  return (rounded ? '≈' : '') + text.replaceAll('-', '−');
}
