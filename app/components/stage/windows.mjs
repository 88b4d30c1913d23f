// What the numbers under a window add up to, or come to in a pooling.
import { formatNumber } from '../shared/numbers.mjs';

export const range = (count, from = 0) => Array.from({ length: count }, (_, index) => from + index);
export const total = (values) => values.reduce((sum, value) => sum + value, 0);

const equalTo = (values, best) => range(values.length).filter((at) => values[at] === best);
// The two in the middle, or twice the one.
const middle = (values) => {
  const order = range(values.length)
    .filter((at) => values[at] !== null)
    .sort((a, b) => values[a] - values[b]);
  return [order[(order.length - 1) >> 1], order[order.length >> 1]];
};
// Which of equal numbers stands in the middle is nobody's choice: all of them are marked.
const alikeInTheMiddle = (values) => {
  const chosen = middle(values).map((at) => values[at]);
  return range(values.length).filter((at) => chosen.includes(values[at]));
};
const mean = (values) => total(values) / values.length;

// What a layer does with the numbers under its window: `term` is what stands for each, `pool` what they
// come to, `places` the cells that hold the result. What is said about it comes from Python.
// How it is written: `between` the terms, what opens and closes them, in which order; `aside` is a step on the way from
// the terms to the result.
export const KINDS = {
  conv: {},
  conv_transpose: {},
  max: { pool: (present) => Math.max(...present), places: equalTo, between: ',', open: 'max(', close: ')' },
  min: { pool: (present) => Math.min(...present), places: equalTo, between: ',', open: 'min(', close: ')' },
  median: {
    pool: (present) => mean(middle(present).map((at) => present[at])),
    places: alikeInTheMiddle,
    between: ',',
    open: 'sorted ',
    sorted: true,
    // Of an even number of cells, the mean of the two in the middle.
    aside(present) {
      const [low, high] = middle(present).map((at) => present[at]);
      return present.length % 2 ? '' : `(${written(low)} ${signedly(high)}) / 2`;
    },
  },
  avg: {
    pool: (present, { divisor }) => total(present) / divisor,
    aside: (present, { divisor }) => `= ${written(total(present))} / ${written(divisor)}`,
  },
  lp: {
    term: (x, { norm }) => Math.abs(x) ** norm,
    pool: (present, { norm }) => total(present) ** (1 / norm),
    opens: ({ norm }) => (norm === 1 ? ['', ''] : norm === 2 ? ['√(', ')'] : ['(', `)^(1/${written(norm)})`]),
    aside(present, { norm }) {
      const sum = written(total(present));
      return norm === 1 ? '' : norm === 2 ? `= √${sum}` : `= ${sum}^(1/${written(norm)})`;
    },
  },
};
const written = (value) => formatNumber(value).replace('≈', '');
const signedly = (value) => `${value < 0 ? '−' : '+'} ${written(Math.abs(value))}`;

// How one layer of poolings is written.
export function writingOf({ kind, norm }) {
  const rule = KINDS[kind];
  const [open, close] = rule.opens?.({ norm }) ?? [rule.open ?? '', rule.close ?? ''];
  return {
    between: rule.between ?? '+',
    open,
    close,
    sorted: !!rule.sorted,
    powered: (norm ?? 1) !== 1,
    term: (x) => (rule.term ? rule.term(x, { norm }) : x),
    // Whether the result can be reached row by row.
    rowwise: !rule.sorted,
    joined: (values) => (rule.between === ',' ? rule.pool(values, {}) : total(values)),
    aside: (present, { divisor }) => (present.length ? (rule.aside?.(present, { divisor, norm }) ?? '') : ''),
    // How long that can become, from the lengths of the sum and of one term.
    asideLength: (sum, value) => (!rule.aside || norm === 1 ? 0 : rule.sorted ? 2 * value + 9 : sum + 6),
  };
}

// The one piece of arithmetic done here: the products of the window shown, their sum per channel, and the result.
// `cells` and `weights` hold one flat list per channel; a null cell holds no number or is not read.
export function windowSum({ kind, cells, weights = null, bias = 0, divisor = 1, norm = 2 }) {
  const rule = KINDS[kind];
  const products = cells.map((channel, c) =>
    channel.map((x, i) => {
      if (x === null) return null;
      return weights ? x * weights[c][i] : rule.term ? rule.term(x, { norm }) : x;
    }),
  );
  const present = products.map((channel) => channel.filter((value) => value !== null));
  const sums = present.map(total);
  if (weights) return { products, sums, result: total(sums) + bias, winners: [] };
  const result = present[0].length ? rule.pool(present[0], { divisor, norm }) : null;
  const places = result === null ? [] : (rule.places?.(products[0], result) ?? []);
  const winners = products[0].map((_, at) => places.includes(at));
  return { products, sums, result, winners };
}

// Float sums may differ in the last places with the order of adding: compare on the scale of the products.
export function agrees({ sum, expected }) {
  if (sum.result === null || expected === null) return sum.result === expected;
  const scale = sum.products
    .flat()
    .reduce((most, value) => Math.max(most, Math.abs(value ?? 0)), Math.max(1, Math.abs(expected)));
  return Math.abs(sum.result - expected) <= 1e-5 * scale;
}
