// What is pointed at, in one sentence. Rows and columns count from 0, as in code.
import { formatNumber } from '../shared/numbers.mjs';
import { placeName } from '../shared/places.mjs';
import { entryAt, tapsAt } from './belonging.mjs';
import { linesOf } from './graph.mjs';
import { BOTH_WORDS } from './ways.mjs';

const count = (many, word) => `${many} ${word}${many === 1 ? '' : 's'}`;
const minus = (value) => formatNumber(value);
const inputName = (graph, at) => placeName(minus(at[0] - graph.before[0]), minus(at[1] - graph.before[1]));
const outputName = ([row, column]) => placeName(row, column);
const covered = (graph, number) => graph.window(number).filter(({ input }) => input !== null).length;

const USE_WORDS = {
  input({ graph, at, data }) {
    const users = graph.users(at).length;
    if (graph.zone(at) !== 'input') return `Padding, ${inputName(graph, at)}: used by ${count(users, 'window')}.`;
    if (!users) return `Input ${inputName(graph, at)}: no window reads it.`;
    const [down, across] = graph.axisUsers(at);
    if (data.landed) return `Input ${inputName(graph, at)}: its copy of the kernel lands on ${count(users, 'output cell')}.`;
    const why = graph.output[0] > 1 && graph.output[1] > 1 ? `: ${down} down × ${across} across` : '';
    return `Input ${inputName(graph, at)}: used by ${count(users, 'window')}${why}.`;
  },
  output: ({ graph, at, data }) =>
    data.landed
      ? `Output ${outputName(at)}: ${count(covered(graph, graph.numberOf(at)), 'product')} ${covered(graph, graph.numberOf(at)) === 1 ? 'lands' : 'land'} here.`
      : `Output ${outputName(at)}: its window covers ${count(covered(graph, graph.numberOf(at)), 'input cell')}.`,
};

const line = ({ transpose }, isOutput) => (isOutput === !transpose ? 'Row' : 'Column');
const MATRIX_WORDS = {
  output({ graph, at, matrix, data }) {
    const number = graph.numberOf(at),
      lines = covered(graph, number),
      zeros = graph.input[0] * graph.input[1] - lines;
    const made = matrix.transpose
      ? 'one number times the kernel, laid down where its window was'
      : `times the input, ${minus(data.output.values[number])}`;
    return `${line(matrix, true)} ${number} is what output ${outputName(at)} reads: ${count(lines, 'weight')} and ${count(zeros, 'zero')}; ${made}.`;
  },
  input({ graph, at, matrix }) {
    const input = graph.source(at);
    if (input === null) return `Padding, ${inputName(graph, at)}: it is not an input cell, so the matrix has nothing for it.`;
    return `${line(matrix, false)} ${input} is input ${inputName(graph, at)}: ${count(graph.users(at).length, 'window')} ${graph.users(at).length === 1 ? 'uses' : 'use'} it.`;
  },
  kernel({ graph, at, data }) {
    const tap = graph.tapAt(at);
    const places = linesOf(graph).filter((each) => each.tap === tap).length;
    return `The weight ${minus(data.kernel.values[tap])} stands in the matrix ${count(places, 'time')}, and is stored once.`;
  },
  matrix({ graph, at, matrix, data }) {
    const { output, input } = entryAt(matrix, ...at),
      taps = tapsAt(graph, { output, input });
    const where = `Row ${at[0]}, column ${at[1]}`;
    if (!taps.length) return `${where}: 0, as the window of output ${outputName(graph.placeOf(output))} does not cover input ${inputName(graph, graph.inputPlace(input))}.`;
    const weights = taps.map((tap) => minus(data.kernel.values[tap])).join(' + ');
    return `${where}: the weight ${weights}, between input ${inputName(graph, graph.inputPlace(input))} and output ${outputName(graph.placeOf(output))}.`;
  },
};

const flat = (graph) => graph.input[0] === 1;
const nodeName = (graph, at, before = [0, 0]) => (flat(graph) ? String(at[1] - before[1] + 1) : placeName(at[0] - before[0], at[1] - before[1]));
const LINE_WORDS = {
  input({ graph, at }) {
    const users = graph.users(at).length;
    return `Input ${nodeName(graph, at, graph.before)}: ${count(users, 'line')} of ${graph.output[0] * graph.output[1]} that a fully connected layer would have.`;
  },
  output({ graph, at }) {
    const lines = covered(graph, graph.numberOf(at));
    return `Output ${nodeName(graph, at)}: ${count(lines, 'line')} of ${graph.input[0] * graph.input[1]} that a fully connected layer would have.`;
  },
};

// The products of one window, as they are added up.
function sumOf({ graph, data }, number, weights, result) {
  const terms = graph.window(number).map(({ tap, input }) => {
    const x = input === null ? data.padding_value : data.input.values[input];
    return `${minus(x)} × ${weights[tap] < 0 ? `(${minus(weights[tap])})` : minus(weights[tap])}`;
  });
  const shown = terms.length > 12 ? [...terms.slice(0, 10), '…'] : terms;
  return `${shown.join(' + ')} ${`= ${minus(result)}`.replace('= ≈', '≈ ')}`;
}
const TURNED_WORDS = {
  input: USE_WORDS.input,
  output(given) {
    const { graph, data, at } = given,
      number = graph.numberOf(at);
    const correlated = sumOf(given, number, data.kernel.values, data.output.values[number]);
    const convolved = sumOf(given, number, data.turned.values, data.convolved.values[number]);
    return `As written: ${correlated}. Turned: ${convolved}.`;
  },
  convolved: (given) => TURNED_WORDS.output(given),
  kernel: ({ graph, data, at }) =>
    `The weight ${minus(data.kernel.values[graph.tapAt(at)])}: turned, it stands at ${outputName(graph.turnedPlace(at))} in place of ${outputName(at)}.`,
  turned: ({ graph, data, at }) => TURNED_WORDS.kernel({ graph, data, at: graph.turnedPlace(at) }),
};

const SAYINGS = { use: USE_WORDS, matrix: MATRIX_WORDS, lines: LINE_WORDS, turned: TURNED_WORDS, ways: BOTH_WORDS };

export const saying = ({ graph, matrix, data, on }) => (on ? SAYINGS[data.picture][on.kind]({ graph, matrix, data, at: on.at }) : '');
