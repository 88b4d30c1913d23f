// What belongs to what is pointed at: boxes [row, column, rows, columns] to light up, by panel. Pure.
import { cell, linesOf } from './graph.mjs';
import { BOTH_WITH } from './ways.mjs';

const NOTHING = { input: [], kernel: [], inserted: [], turned: [], output: [], convolved: [], matrix: [] };

// A row of the matrix is an output cell, a column an input cell; turned, it is the other way round.
export const entryAt = ({ transpose }, row, column) =>
  transpose ? { input: row, output: column } : { output: row, input: column };
export const placeAt = ({ transpose }, { output, input }) => (transpose ? [input, output] : [output, input]);

const lineBox = ({ transpose, shape: [rows, columns] }, { output = null, input = null }) => {
  const along = output === null ? input : output;
  return (output !== null) === !transpose ? [along, 0, 1, columns] : [0, along, rows, 1];
};
// The tap whose weight stands at a place of the matrix; several where padding copies a cell.
export function tapsAt(graph, { output, input }) {
  return graph
    .window(output)
    .filter((read) => read.input === input)
    .map(({ tap }) => tap);
}

const WITH = {
  output({ graph, matrix, at }) {
    const number = graph.numberOf(at);
    return {
      input: graph.window(number).map((read) => cell(read.at)),
      output: [cell(at)],
      convolved: [cell(at)],
      matrix: matrix ? [lineBox(matrix, { output: number })] : [],
    };
  },
  convolved: (given) => WITH.output(given),
  input({ graph, matrix, at }) {
    const input = graph.source(at);
    return {
      input: graph.copies(at).map(cell),
      output: graph.users(at).map(cell),
      convolved: graph.users(at).map(cell),
      matrix: matrix && input !== null ? [lineBox(matrix, { input })] : [],
    };
  },
  kernel({ graph, matrix, at }) {
    const lines = linesOf(graph).filter((line) => line.tap === graph.tapAt(at));
    return { kernel: [cell(at)], matrix: lines.map((line) => cell(placeAt(matrix, line))) };
  },
  matrix({ graph, matrix, at }) {
    const { output, input } = entryAt(matrix, ...at),
      taps = tapsAt(graph, { output, input });
    const reads = graph.window(output);
    return {
      input: reads.filter((read) => !taps.length || read.input === input).map((read) => cell(read.at)),
      output: [cell(graph.placeOf(output))],
      kernel: taps.map((tap) => cell(graph.tapPlace(tap))),
      matrix: [lineBox(matrix, { output }), cell(at)],
    };
  },
};

const TURNED_WITH = {
  ...WITH,
  kernel: ({ graph, at }) => ({ kernel: [cell(at)], turned: [cell(graph.turnedPlace(at))] }),
  turned: ({ graph, at }) => TURNED_WITH.kernel({ graph, at: graph.turnedPlace(at) }),
};

// `matrix` is null, or { transpose, shape }; `on` is { kind, at } or null.
const PICTURES = { use: WITH, matrix: WITH, turned: TURNED_WITH, ways: BOTH_WITH };
export const belonging = ({ graph, matrix, on, picture }) => ({
  ...NOTHING,
  ...(on ? PICTURES[picture][on.kind]({ graph, matrix, at: on.at }) : {}),
});
