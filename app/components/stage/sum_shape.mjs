// How long the numbers of a layer's sums can become in any step: what their slots are laid out for.
import { formatNumber } from '../shared/numbers.mjs';
import { range, writingOf } from './windows.mjs';
import { channelName } from './words.mjs';

// So many pairs of a number and a weight are tried out one by one; with more, fractions are taken to be long.
const TRIED = 4000,
  // A dot, a leading zero, and a minus sign beside the digits.
  SIGN_AND_DOT = 3;

export const unmarked = (value, digits = 4) => formatNumber(value, digits).replace('≈', '');
const longestText = (values, text) => values.reduce((most, value) => Math.max(most, text(value).length), 1);
const distinct = (values) => [...new Set(values.filter((value) => value !== null))];
const allWhole = (values) => values.every(Number.isInteger);
const largestOf = (values) => values.reduce((top, value) => Math.max(top, Math.abs(value)), 0);

// The longest product, without its sign; the largest one if all are whole numbers.
function productLength(xs, ws, digits) {
  if (allWhole(xs) && allWhole(ws)) return unmarked(largestOf(xs) * largestOf(ws), digits).length;
  if (xs.length * ws.length > TRIED) return digits + SIGN_AND_DOT - 1;
  return longestText(
    xs.flatMap((x) => ws.map((w) => Math.abs(x * w))),
    (value) => unmarked(value, digits),
  );
}
// A sum may be as large as all of its parts together, and of either sign.
const sumLength = (top, exact, digits) => (exact ? unmarked(-top, digits).length : digits + SIGN_AND_DOT);

function convBlocks(model) {
  const xs = distinct(model.input.values),
    ws = distinct(model.kernel.values),
    exact = allWhole(xs) && allWhole(ws);
  const pair = longestText(xs, (x) => unmarked(x, 3)) + longestText(ws, (w) => unmarked(w, 3)) + 3;
  const sum = sumLength(largestOf(xs) * largestOf(ws) * model.taps, exact, 4);
  const end = Math.max(
    longestText(model.layers[0].values, (value) => (value === null ? '' : formatNumber(value, 6))),
    sumLength(largestOf(xs) * largestOf(ws) * model.taps * model.per, exact, 5),
  );
  const lengths = { 3: productLength(xs, ws, 3), 4: productLength(xs, ws, 4) };
  const block = (index) => ({
    name: model.per > 1 ? Math.max(...range(model.channels).map((channel) => channelName(model, channel).length)) : 0,
    value: (digits) => lengths[digits],
    pair,
    row: sumLength(largestOf(xs) * largestOf(ws) * model.kernelSize[1], exact, 4),
    between: '+',
    open: 0,
    close: 0,
    aside: 0,
    note: 0,
    rowwise: true,
    end: model.per > 1 ? sum + 2 : 0,
  });
  return {
    blocks: Array.from({ length: model.per }, (_, index) => block(index)),
    total: {
      sums: model.per > 1 ? model.per : 0,
      sum,
      bias: model.bias ? longestText(model.bias, (value) => unmarked(Math.abs(value), 5)) : 0,
      end: end + 2,
    },
  };
}

function poolBlock(model, layer, several) {
  const writing = writingOf(layer),
    xs = distinct(model.input.values),
    terms = xs.map((x) => writing.term(x)),
    text = (value) => unmarked(value);
  const absent = Math.max(layer.rule.absent.length, 1);
  const value = Math.max(longestText(terms, text), absent);
  const sum = sumLength(largestOf(terms) * model.taps, allWhole(terms), 4);
  return {
    name: several ? `${layer.rule.sign} ${layer.name}`.trim().length : 0,
    value: () => value,
    pair: writing.powered ? longestText(xs, text) + 3 : 0,
    row: writing.between === '+' ? sum : value,
    between: writing.between,
    open: writing.open.length,
    close: writing.close.length,
    fraction: !!layer.divisors,
    divisor: layer.divisors ? longestText(layer.divisors, text) : 0,
    aside: writing.asideLength(sum, value),
    note: layer.rule.ties ? '(9 cells tie)'.length : 0,
    rowwise: writing.rowwise,
    end: longestText(layer.values, (result) => (result === null ? '' : formatNumber(result))) + 2,
  };
}

// What `arrangeSum` lays out: blocks of terms, and for a convolution the total below them.
export function sumShape(model) {
  const [rows, columns] = model.kernelSize;
  const made = model.conv
    ? convBlocks(model)
    : {
        blocks: model.layers.map((layer) => poolBlock(model, layer, model.layers.length > 1)),
        total: null,
      };
  return { rows, columns, ...made };
}
