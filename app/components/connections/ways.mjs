// A transposed convolution both ways at once: copies of the kernel that are added up, and a window over the input with
// zeros put in. One table serves both: what a window multiplies by a number is what that number's copy lays down. Pure.
import { formatNumber } from '../shared/numbers.mjs';
import { placeName } from '../shared/places.mjs';
import { range } from '../stage/windows.mjs';
import { cell } from './graph.mjs';

// The products of an output cell: { at, tap, input } of those cells of its window that hold a number. `tap` is one of
// the turned kernel.
export const sharesOf = (graph, output) => graph.window(output).filter(({ input }) => input !== null);

// The output's numbers at a step: the copies of all numbers up to it are added, or all windows up to it are done. Null
// where nothing has come yet. A number that is complete is Python's.
export function outputAt({ graph, order, step, input, turned, output }) {
  const [rows, columns] = order === 'copies' ? graph.input : graph.output,
    last = step === rows * columns - 1;
  return output.map((whole, number) => {
    if (last) return whole;
    if (order === 'zeros') return number <= step ? whole : null;
    const shares = sharesOf(graph, number),
      come = shares.filter((share) => share.input <= step);
    if (come.length === shares.length) return shares.length ? whole : null;
    return come.length ? come.reduce((sum, share) => sum + input[share.input] * turned[share.tap], 0) : null;
  });
}

// The output cells to which a number's copy is added; those that held a number already are `overlaps`.
export function landingsOf(graph, number) {
  const lands = graph.users(graph.insertedAt(number));
  const held = (output) => sharesOf(graph, output).some(({ input }) => input < number);
  return { lands, overlaps: lands.filter((at) => held(graph.numberOf(at))) };
}

// What lights up with a number of the input.
const withNumber = (graph, number) => {
  const { lands } = landingsOf(graph, number);
  const [rows, columns] = graph.taps;
  return {
    input: [cell(graph.inputCell(number))],
    kernel: [[0, 0, rows, columns]],
    inserted: [cell(graph.insertedAt(number))],
    output: lands.map(cell),
  };
};
const withOutput = (graph, at) => {
  const output = graph.numberOf(at),
    shares = sharesOf(graph, output);
  const taps = shares.map(({ tap }) => graph.tapPlace(tap));
  return {
    input: shares.map(({ input }) => cell(graph.inputCell(input))),
    kernel: taps.map((tap) => cell(graph.turnedPlace(tap))),
    inserted: graph.window(output).map((read) => cell(read.at)),
    turned: taps.map(cell),
    output: [cell(at)],
  };
};
export const BOTH_WITH = {
  input: ({ graph, at }) => withNumber(graph, at[0] * graph.input[1] + at[1]),
  inserted({ graph, at }) {
    const number = graph.source(at);
    return number === null ? { inserted: [cell(at)], output: graph.users(at).map(cell) } : withNumber(graph, number);
  },
  output: ({ graph, at }) => withOutput(graph, at),
  kernel: ({ graph, at }) => ({ kernel: [cell(at)], turned: [cell(graph.turnedPlace(at))] }),
  turned: ({ graph, at }) => ({ turned: [cell(at)], kernel: [cell(graph.turnedPlace(at))] }),
};

const several = (many, word) => `${many} ${word}${many === 1 ? '' : 's'}`;
const inBrackets = (value) => (value < 0 ? `(${formatNumber(value)})` : formatNumber(value));
const cellWords = (graph, [row, column]) => (graph.input[0] === 1 && graph.output[0] === 1 ? `cell ${column}` : placeName(row, column));
const numberWords = ({ graph, data }, number) => {
  const { lands, overlaps } = landingsOf(graph, number),
    value = formatNumber(data.input.values[number]);
  const where = `Input ${cellWords(graph, graph.inputCell(number))}: ${value} times the kernel`;
  if (!lands.length) return `${where}; all of it is cropped.`;
  const cropped = graph.taps[0] * graph.taps[1] - lands.length;
  const held = overlaps.length ? `; ${several(overlaps.length, 'cell')} held a number already, so they add up` : '';
  const lost = cropped ? `; ${several(cropped, 'product')} ${cropped === 1 ? 'is' : 'are'} cropped` : '';
  return `${where} is added to ${several(lands.length, 'output cell')}${held}${lost}. Among the zeros, ${lands.length === 1 ? '1 window covers' : `${lands.length} windows cover`} this ${value} and multiply it by the same weights.`;
};
export const BOTH_WORDS = {
  input: (given) => numberWords(given, given.at[0] * given.graph.input[1] + given.at[1]),
  inserted(given) {
    const { graph, at } = given,
      number = graph.source(at);
    if (number !== null) return numberWords(given, number);
    return `A zero that was put in: it adds nothing to the ${several(graph.users(at).length, 'window')} over it.`;
  },
  output({ graph, data, at }) {
    const number = graph.numberOf(at),
      shares = sharesOf(graph, number);
    const where = `Output ${cellWords(graph, at)}`;
    if (!shares.length) return `${where}: no copy reaches it, and its window covers nothing but zeros: 0.`;
    const products = shares.map(({ input, tap }) => `${formatNumber(data.input.values[input])} × ${inBrackets(data.turned.values[tap])}`);
    const sum = `${products.join(' + ')} ${`= ${formatNumber(data.output.values[number])}`.replace('= ≈', '≈ ')}`;
    const zeros = graph.window(number).length - shares.length;
    const them = shares.length === 1 ? 'that number' : `those ${shares.length} numbers`;
    return `${where}: ${shares.length === 1 ? '1 copy reaches' : `${shares.length} copies reach`} it, ${sum}. Its window covers ${them} and ${several(zeros, 'zero')}: the same sum.`;
  },
  kernel: ({ graph, data, at }) =>
    `The weight ${formatNumber(data.kernel.values[graph.tapAt(at)])}: in the window the kernel is turned by 180°, and it stands at ${cellWords(graph, graph.turnedPlace(at))}.`,
  turned: ({ graph, data, at }) => BOTH_WORDS.kernel({ graph, data, at: graph.turnedPlace(at) }),
};

// The numbers as they stand among the zeros: in the copies' order those that have not come are not there yet.
export const insertedNumbers = ({ graph, order, step, input }) =>
  range(graph.padded[0] * graph.padded[1]).map((index) => {
    const source = graph.source([Math.floor(index / graph.padded[1]), index % graph.padded[1]]);
    if (source === null) return 0;
    return order === 'zeros' || source <= step ? input[source] : null;
  });
