// Which cells each output cell reads, as Python's tables say (kernels/layers/links.py), and what is read off them.
// Nothing here knows of stride, dilation or padding modes.
import { range } from './windows.mjs';

const unique = (list) => [...new Set(list)].sort((a, b) => a - b);

// The table of one axis: reads[output] = [[tap, padded cell], ...], sources[padded cell] = input cell or null.
export function readLinks({ reads, sources, before, input, padded, taps, span = input }) {
  const readers = sources.map(() => []);
  const touched = range(taps).map(() => []);
  reads.forEach((pairs, output) =>
    pairs.forEach(([tap, cell]) => {
      readers[cell].push(output);
      touched[tap].push(cell);
    }),
  );
  const copies = range(input).map(() => []);
  sources.forEach((source, cell) => source !== null && copies[source].push(cell));
  const copiesOf = (cell) => (sources[cell] === null ? [cell] : copies[sources[cell]]);
  return {
    sources,
    before,
    input,
    padded,
    taps,
    outputs: reads.length,
    // All cells that are drawn: windows of ceil_mode reach over the padded ones.
    cells: sources.length,
    // For each tap the padded cell that it reads; null where it reads none, as in a transposed convolution.
    window(output) {
      const cells = Array(taps).fill(null);
      for (const [tap, cell] of reads[output]) cells[tap] = cell;
      return cells;
    },
    // Whether zeros were put in between the input's cells.
    spread: span > input,
    zone: (cell) => {
      if (cell >= padded) return 'over';
      const outside = cell < before || cell >= before + span;
      return outside || (span > input && sources[cell] === null) ? 'padding' : 'input';
    },
    isUnused: (cell) => cell < padded && !readers[cell].length,
    // The padded cells that hold the same number, the cell itself among them.
    copies: copiesOf,
    // The output cells that read this number, at any of its places.
    users: (cell) => unique(copiesOf(cell).flatMap((place) => readers[place])),
    // The padded cells that the weight at one tap ever multiplies, output by output.
    touched: (tap) => touched[tap],
    // The output cells that multiply something by the weight at one tap.
    tapUsers: (tap) => range(reads.length).filter((output) => reads[output].some(([each]) => each === tap)),
  };
}

export const isRead = (cell) => cell !== null;

// From the first cell of a window to its last: [first, how many]; null where it reads nothing.
export function spanOf(cells) {
  const read = cells.filter(isRead);
  if (!read.length) return null;
  const first = Math.min(...read);
  return [first, Math.max(...read) - first + 1];
}

// How far apart the cells of a window stand, where that is the same everywhere; else 1.
export function spacingOf(cells) {
  const read = unique(cells.filter(isRead));
  const steps = unique(read.slice(1).map((cell, index) => cell - read[index]));
  return steps.length === 1 ? steps[0] : 1;
}

// Every [row, column] of rows and columns: a layer of two axes reads along both.
export const pairsOf = (rows, columns) => rows.flatMap((row) => columns.map((column) => [row, column]));
