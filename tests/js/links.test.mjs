import assert from 'node:assert/strict';
import test from 'node:test';
import { pairsOf, readLinks, spacingOf, spanOf } from '../../app/components/stage/links.mjs';

// The table of a convolution with two cells of padding at each end of four, as arithmetic.
const table = ({ input = 4, pad = 2, kernel = 3, stride = 1, dilation = 1, shows = () => null } = {}) => {
  const padded = input + 2 * pad;
  const windows = Math.floor((padded - dilation * (kernel - 1) - 1) / stride) + 1;
  const list = (count, make) => Array.from({ length: count }, (_, at) => make(at));
  return {
    reads: list(windows, (at) => list(kernel, (tap) => [tap, at * stride + tap * dilation])),
    sources: list(padded, (cell) => (cell >= pad && cell < pad + input ? cell - pad : shows(cell))),
    before: pad,
    input,
    padded,
    taps: kernel,
  };
};
// 2 1 0 1 2 3 2 1
const reflected = (cell) => (cell < 2 ? 2 - cell : 8 - cell);

test('an output reads one cell for each tap; a tap that reads none is empty', () => {
  assert.deepEqual(readLinks(table({ dilation: 2 })).window(1), [1, 3, 5]);
  const sparse = { reads: [[[0, 0]], [], [[2, 0], [0, 1]]], sources: [0, 1], before: 0, input: 2, padded: 2, taps: 3 };
  assert.deepEqual([0, 1, 2].map(readLinks(sparse).window), [[0, null, null], [null, null, null], [1, null, 0]]);
});

test('cells are of the padding, of the input, or beyond both', () => {
  const zone = readLinks({ ...table(), padded: 7 }).zone;
  assert.deepEqual([0, 1, 2, 5, 6, 7].map(zone), ['padding', 'padding', 'input', 'input', 'padding', 'over']);
});

test('with stride 3 the last cell belongs to no window; a cell beyond the padding is no unused one', () => {
  const links = readLinks(table({ kernel: 2, stride: 3 }));
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7].map(links.isUnused), [false, false, true, false, false, true, false, false]);
  assert.equal(readLinks({ ...table({ kernel: 2, stride: 3 }), padded: 5 }).isUnused(5), false);
});

test('a reflected cell is found again in the padding; a constant is only itself', () => {
  const links = readLinks(table({ shows: reflected }));
  assert.deepEqual(links.copies(3), [1, 3, 7]);
  assert.deepEqual(links.copies(1), [1, 3, 7]);
  assert.deepEqual(readLinks(table()).copies(1), [1]);
});

test('a number is used by the windows that read it at any of its places, each once', () => {
  assert.deepEqual(readLinks(table()).users(3), [1, 2, 3]);
  assert.deepEqual(readLinks(table({ shows: reflected })).users(3), [0, 1, 2, 3, 5]);
});

test('a weight touches one cell in each window that reads its tap', () => {
  assert.deepEqual(readLinks(table({ stride: 2 })).touched(1), [1, 3, 5]);
});

test('a span goes from the first cell read to the last, whatever their order', () => {
  assert.deepEqual(spanOf([4, null, 2]), [2, 3]);
  assert.equal(spanOf([null]), null);
  assert.deepEqual([[1, 3, 5], [5, 3, 1], [1, 2, 4], [1], [null, 2]].map(spacingOf), [2, 2, 1, 1, 1]);
});

test('a layer of two axes reads every pair', () => {
  assert.deepEqual(pairsOf([0, 1], [5, 6]), [[0, 5], [0, 6], [1, 5], [1, 6]]);
});
