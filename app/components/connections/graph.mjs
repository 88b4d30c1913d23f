// A layer as a graph, read off the tables of its two axes: which cells a window covers, and which windows use a cell.
import { isRead, pairsOf, readLinks } from '../stage/links.mjs';
import { range } from '../stage/windows.mjs';

// One cell as a box to light up: [row, column, rows, columns].
export const cell = ([row, column]) => [row, column, 1, 1];

// Cells are [row, column]; those of the input are padded ones. `number` counts output or input cells in reading order.
// `turnedTaps` says of each weight where it stands in the turned kernel; null where that is not shown.
export function readGraph(links, turnedTaps = null) {
  const [rows, columns] = links.map(readLinks);
  const both = (at) => at.every(isRead);
  const sourceOf = ([row, column]) => [rows.sources[row], columns.sources[column]];
  const inputNumber = (source) => source[0] * columns.input + source[1];
  const placeOf = (number) => [Math.floor(number / columns.outputs), number % columns.outputs];
  const tapPlace = (tap) => [Math.floor(tap / columns.taps), tap % columns.taps];
  return {
    input: [rows.input, columns.input],
    padded: [rows.cells, columns.cells],
    output: [rows.outputs, columns.outputs],
    taps: [rows.taps, columns.taps],
    before: [rows.before, columns.before],
    tapPlace,
    tapAt: ([row, column]) => row * columns.taps + column,
    // Where a weight comes to stand when its kernel is turned; from the turned one, where it is written.
    turnedPlace: ([row, column]) => tapPlace(turnedTaps[row * columns.taps + column]),
    placeOf,
    numberOf: ([row, column]) => row * columns.outputs + column,
    inputCell: (number) => [Math.floor(number / columns.input), number % columns.input],
    inputPlace: (number) => [rows.before + Math.floor(number / columns.input), columns.before + (number % columns.input)],
    // Where an input cell's number stands among padding and zeros.
    insertedAt: (number) => [rows.sources.indexOf(Math.floor(number / columns.input)), columns.sources.indexOf(number % columns.input)],
    zone([row, column]) {
      const zones = [rows.zone(row), columns.zone(column)];
      return ['over', 'padding'].find((zone) => zones.includes(zone)) ?? 'input';
    },
    isUnused: ([row, column]) => rows.isUnused(row) || columns.isUnused(column),
    // The number of the input cell that a padded cell shows; null where it shows none.
    source(at) {
      const source = sourceOf(at);
      return both(source) ? inputNumber(source) : null;
    },
    copies: ([row, column]) => pairsOf(rows.copies(row), columns.copies(column)),
    users: ([row, column]) => pairsOf(rows.users(row), columns.users(column)),
    axisUsers: ([row, column]) => [rows.users(row).length, columns.users(column).length],
    // What one window reads, in the order of taps: { at, tap, input }; input is null in the padding.
    window(number) {
      const [row, column] = placeOf(number);
      return pairsOf(rows.window(row), columns.window(column))
        .map((at, tap) => ({ at, tap }))
        .filter(({ at }) => both(at))
        .map(({ at, tap }) => {
          const source = sourceOf(at);
          return { at, tap, input: both(source) ? inputNumber(source) : null };
        });
    },
    axes: (number) => {
      const [row, column] = placeOf(number);
      return [rows.window(row), columns.window(column)];
    },
  };
}

// Every line of the layer: { output, input, tap }, window by window.
export function linesOf(graph) {
  const [rows, columns] = graph.output;
  return range(rows * columns).flatMap((output) =>
    graph
      .window(output)
      .filter(({ input }) => input !== null)
      .map(({ tap, input }) => ({ output, input, tap })),
  );
}

// How many of the first windows read each input cell; a window that reads it twice is one window.
export function talliesOf(graph, windows) {
  const tallies = Array(graph.input[0] * graph.input[1]).fill(0);
  range(windows).forEach((output) => {
    const read = new Set(graph.window(output).map(({ input }) => input));
    read.forEach((input) => input !== null && (tallies[input] += 1));
  });
  return tallies;
}
