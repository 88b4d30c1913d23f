// Python's answers come late: some are only the echo of what was sent from here, some are news.
import { readNumber } from '../shared/reading.mjs';

// Two kernels are the same if their numbers are, however they are written.
export function kernelKey({ rows, columns, texts, divisor, offset }) {
  const values = [...texts, divisor, offset].map((text) => readNumber(text).value ?? text);
  return `${rows}×${columns}: ${values.join(' ')}`;
}

// What to do with a kernel that Python hands over. `known` is the key of the one that Python holds as far as is
// known here; `sent` is the number of the last commit, `seen` that of the last one that this answer has taken in.
//   'all':    a change of Python's own (another kernel, an undo): it replaces everything, half-typed cells too
//   'texts':  the numbers are those shown; Python's way of writing them is taken over
//   'ignore': an answer to what is outdated, or an echo while newer numbers wait to be sent
export function receiveKernel({ given, shown, known, seen, sent }) {
  if (seen < sent) return 'ignore';
  if (given !== known) return 'all';
  return given === shown ? 'texts' : 'ignore';
}
