import assert from 'node:assert/strict';
import test from 'node:test';
import { isNumbered, lanesOf, readRow, scaleOf } from '../../app/components/axes/rows.mjs';

const range = (count) => Array.from({ length: count }, (_, at) => at);
// Windows of `reach` cells over five input cells with one cell of padding at each end, as Python's tables say it;
// `starts` count from the first cell of all, of which `outside` lie before the padding.
const row = ({ starts, reach = 3, taps = range(reach), outside = 0, beyond = 0, role = 'input' }) =>
  readRow({
    title: 'Windows',
    words: '',
    role,
    outside,
    links: {
      reads: starts.map((start) => taps.map((at, tap) => [tap, start + at])),
      sources: range(7 + outside + beyond).map((cell) => (cell > outside && cell < outside + 6 ? cell - outside - 1 : null)),
      before: 1 + outside,
      input: 5,
      padded: 7 + outside,
      taps: taps.length,
    },
  });

test('cells are of the input, of the padding, or beyond both where a window reaches them', () => {
  assert.deepEqual(row({ starts: [0, 2, 4] }).cells, ['padding', ...Array(5).fill('input'), 'padding']);
  assert.deepEqual(row({ starts: [0, 6], beyond: 2 }).cells.slice(6), ['padding', 'over', 'over']);
  assert.deepEqual(row({ starts: [1], outside: 2 }).cells.slice(0, 4), ['none', 'over', 'padding', 'input']);
});

test('a window runs off where it leaves the padded input at either end; what is cropped is not a fault', () => {
  const off = (options) => row(options).bars.map((bar) => bar.off);
  assert.deepEqual(off({ starts: [0, 2, 4, 6], beyond: 2 }), [false, false, false, true]);
  assert.deepEqual(off({ starts: [0, 1], outside: 1 }), [true, false]);
  assert.deepEqual(off({ starts: [0, 6], beyond: 2, outside: 1, role: 'output' }), [false, false]);
});

test('the cells that a window multiplies are marked where these are not all that it spans', () => {
  assert.deepEqual(row({ starts: [0] }).bars[0].taps, []);
  const [bar] = row({ starts: [1], taps: [0, 2] }).bars;
  assert.deepEqual([bar.first, bar.count, bar.taps], [1, 3, [1, 3]]);
});

test('a window that reads nothing is not drawn', () => {
  assert.deepEqual(row({ starts: [0, 1], reach: 0 }).bars, []);
});

test('all rows begin their inputs at one place, on the scale that the longest of them needs', () => {
  const rows = [row({ starts: [0] }), row({ starts: [0, 6], outside: 2, beyond: 2 })];
  assert.deepEqual(scaleOf(rows, 220, { least: 8, widest: 28 }), { before: 3, cells: 11, cell: 20 });
  assert.equal(scaleOf(rows, 2000, { least: 8, widest: 28 }).cell, 28);
  assert.equal(scaleOf(rows, 20, { least: 8, widest: 28 }).cell, 8);
});

test('a few windows are a staircase, and many share as few lines as keep them apart', () => {
  assert.deepEqual(lanesOf([[0, 3], [2, 3], [4, 3]]), [0, 1, 2]);
  assert.deepEqual(lanesOf(range(30).map((at) => [2 * at, 3])).slice(0, 5), [0, 1, 0, 1, 0]);
  assert.deepEqual(lanesOf([]), []);
});

test('where cells are narrow fewer of them are numbered', () => {
  assert.deepEqual([0, 5, 10, 60, 61].map((at) => isNumbered(at, 62, 9)), [true, false, true, false, true]);
  assert.equal(isNumbered(5, 12, 24), true);
});
