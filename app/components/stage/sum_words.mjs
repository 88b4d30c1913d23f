// What the sums say: the terms in their order, what they have come to so far, and the whole as a sentence.
import { formatNumber } from '../shared/numbers.mjs';
import { partialPool, partialSum, partialTotal } from './counting.mjs';
import { isRead } from './links.mjs';
import { range, writingOf } from './windows.mjs';
import { channelName, equals } from './words.mjs';


const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const raised = (power) => RAISED[power] ?? `^${formatNumber(power)}`;

// Where each cell of the window stands among the terms: in reading order, sorted, or with its row.
function slotsOf({ terms, sorted, level, columns }) {
  if (level === 'rows') return terms.map((_, tap) => Math.floor(tap / columns));
  if (!sorted) return terms.map((_, tap) => tap);
  const order = range(terms.length).sort((a, b) => (terms[a].value ?? Infinity) - (terms[b].value ?? Infinity));
  return terms.map((_, tap) => order.indexOf(tap));
}

// One cell of the window as a term: its number, as `text` without a sign where terms are added, and what it comes from.
function termOf({ window, model, layer, writing, slice, tap, sum, digits }) {
  const row = window.rows[Math.floor(tap / window.columns.length)],
    column = window.columns[tap % window.columns.length],
    read = isRead(row) && isRead(column),
    x = window.cells[slice][tap],
    added = writing.between === '+';
  const padding = read && model.zone(row, column, window.reads[slice]) !== 'input';
  // Padding that counts is a 0 in the sum; cells beyond it never are.
  const zero = sum.products[slice][tap] === null && layer.count_pad && read && model.zone(row, column) === 'padding';
  const value = zero ? 0 : sum.products[slice][tap];
  const text =
    value === null
      ? (read && model.absent(layer, row, column)) || '·'
      : formatNumber(added ? Math.abs(value) : value, digits);
  const pair = model.conv
    ? read && x !== null
      ? `${formatNumber(x, 3)} × ${formatNumber(window.weights[slice][tap], 3)}`
      : ''
    : writing.powered && x !== null
      ? `|${formatNumber(x)}|${raised(layer.norm)}`
      : '';
  // A cell without a number has nothing that could fly, and no place among sorted numbers.
  const counts = text !== '·';
  return {
    value,
    text: counts || !writing.sorted ? text : '',
    negative: added && value < 0,
    pair,
    padding,
    counts,
    at: read && counts ? [row, column] : null,
    wins: !!sum.winners[tap],
  };
}

// What an average divides by, below its terms, or behind them on one line.
function fractionOf({ divisors }, { divisor }, flat) {
  if (!divisors) return { divisor: '' };
  return flat ? { divisor: '', open: '(', close: `) / ${formatNumber(divisor)}` } : { divisor: formatNumber(divisor) };
}

// A block of terms: those of one channel of a convolution, or of one pooling.
export function blockWords({ window, model, index, level, digits, flat = false }) {
  const layer = model.layers[model.conv ? 0 : index],
    sum = window.sums[model.conv ? 0 : index],
    slice = model.conv ? index : 0,
    writing = writingOf(layer);
  const terms = sum.products[slice].map((_, tap) =>
    termOf({ window, model, layer, writing, slice, tap, sum, digits }),
  );
  const slots = slotsOf({ terms, sorted: writing.sorted, level, columns: model.kernelSize[1] });
  const inOrder = range(terms.length).sort((a, b) => slots[a] - slots[b]);
  // The first number has no sign before it; after the last one no comma follows.
  const there = inOrder.filter((tap) => terms[tap].counts);
  return {
    name: model.conv
      ? model.per > 1
        ? channelName(model, window.reads[index])
        : ''
      : model.layers.length > 1
        ? `${layer.rule.sign} ${layer.name}`.trim()
        : '',
    ...writing,
    terms,
    slots,
    first: there[0],
    last: there.at(-1),
    ...fractionOf(layer, sum, flat),
    ties: layer.rule.ties && sum.winners.filter(Boolean).length > 1 ? `(${sum.winners.filter(Boolean).length} cells tie)` : '',
  };
}

// What one row of the window has come to: [its number, whether there is one yet].
export function rowWords({ words, row, columns, flights, digits }) {
  const taps = range(words.terms.length).filter((tap) => Math.floor(tap / columns) === row),
    there = taps.filter((tap) => words.terms[tap].value !== null && flights[tap] === 1);
  if (!there.length) return { text: '', negative: false };
  const value = words.joined(there.map((tap) => words.terms[tap].value)),
    added = words.between === '+';
  return { text: formatNumber(added ? Math.abs(value) : value, digits), negative: added && value < 0 };
}

// What a block has come to so far, and the step before its result.
export function blockResult({ window, model, index, words, flights, choice, secret }) {
  if (secret) return { end: model.conv ? '' : '= ?', aside: '', note: '' };
  if (model.conv) {
    if (model.per === 1) return { end: '', aside: '', note: '' };
    const sum = partialSum({ products: window.sums[0].products[index], flights });
    return { end: sum === null ? '' : equals(formatNumber(sum)), aside: '', note: '' };
  }
  const layer = model.layers[index],
    { divisor, result } = window.sums[index],
    values = words.terms.map(({ value }) => value);
  const there = values.filter((value, tap) => value !== null && flights[tap] === 1);
  const absent = layer.rule.absent || '·';
  // The largest so far is known from the first cell on; a mean or a median only at the end.
  const running = words.between === ',' && !words.sorted;
  const come = running ? partialPool({ products: values, flights, pool: words.joined }) : null;
  const end = choice > 0 ? (result === null ? absent : formatNumber(result)) : come === null ? '' : formatNumber(come);
  return {
    end: end && equals(end),
    aside: words.sorted && choice === 0 ? '' : words.aside(there, { divisor }),
    note: choice > 0 ? words.ties : '',
  };
}

// The line of the total: the channels' sums, the bias, and what they come to; null for poolings.
export function totalWords({ window, model, pose, secret }) {
  if (!model.conv) return null;
  const [sum] = window.sums,
    several = model.per > 1;
  const signed = (value, digits = 4) => ({ text: formatNumber(Math.abs(value), digits), negative: value < 0 });
  const arrived = several ? sum.sums : [];
  const come = several
    ? partialTotal({ sums: sum.sums, gathers: pose.gathers, bias: window.bias, adding: pose.adding })
    : partialSum({ products: sum.products[0], flights: pose.flights });
  const whole = pose.gathers.every((part) => part === 1) && pose.flights.every((part) => part === 1) && pose.adding === 1;
  const value = whole ? sum.result : come;
  return {
    sums: arrived.map((value) => signed(value)),
    bias: model.bias ? signed(window.bias, 5) : null,
    end: secret ? '= ?' : value === null ? '' : equals(value === undefined ? '·' : formatNumber(value, 6)),
  };
}
