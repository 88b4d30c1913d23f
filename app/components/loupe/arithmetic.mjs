// The one piece of arithmetic done here: what a window holds, its products, and what they add up to.
import { cellsOf, isPadding, pixelAt } from './axis.mjs';

// The pixels that a window of the original shows. `pixels` are four bytes each, row by row; `planes` of them count.
// Gives { values: one flat list per plane, padded: which cells lie in the padding }.
export function windowAt({ pixels, planes, axes, index, paddingValue }) {
  const [rows, columns] = axes, width = columns.size;
  const values = Array.from({ length: planes }, () => []), padded = [];
  for (const row of cellsOf(index[0], rows)) {
    for (const column of cellsOf(index[1], columns)) {
      const from = [pixelAt(row, rows), pixelAt(column, columns)], constant = from.includes(null);
      padded.push(isPadding(row, rows) || isPadding(column, columns));
      for (let plane = 0; plane < planes; plane += 1) {
        values[plane].push(constant ? paddingValue : pixels[4 * (from[0] * width + from[1]) + plane]);
      }
    }
  }
  return { values, padded };
}

// Plane by plane the products and their sum; then the total, over the planes or for each of them, and what it is
// after the divisor and the offset. `taps` holds one flat list per plane, or one for all.
export function windowSum({ values, kernel: { taps, divisor, offset, sums_over: sumsOver } }) {
  const products = values.map((plane, p) => plane.map((x, tap) => x * taps[p % taps.length][tap]));
  const sums = products.map((plane) => plane.reduce((sum, product) => sum + product, 0));
  const totals = sumsOver ? [sums.reduce((sum, part) => sum + part, 0)] : sums;
  const divided = totals.map((total) => total / divisor);
  return { products, sums, totals, divided, results: divided.map((quotient) => quotient + offset) };
}

// NumPy computed in float32, whose last places depend on the order of adding.
export function agrees({ sum: { products, results }, kernel: { divisor }, expected }) {
  const weight = products.flat().reduce((most, product) => most + Math.abs(product), 0) / Math.abs(divisor);
  return expected.length === results.length && results.every(
    (result, at) => Math.abs(result - expected[at]) <= 1e-3 * Math.abs(expected[at]) + 1e-6 * weight,
  );
}
