import assert from 'node:assert/strict';
import test from 'node:test';
import {
  agrees,
  copiesOf,
  inputsTouched,
  outputsUsing,
  sourceIndex,
  windowCells,
  windowSum,
} from '../../app/components/stage/windows.mjs';

// Geometries with gaps, overlaps and leftovers: [padded size, kernel, stride, dilation] of one axis.
const AXES = [
  [5, 3, 1, 1],
  [6, 3, 2, 1],
  [7, 2, 3, 1],
  [9, 3, 1, 2],
  [11, 3, 2, 2],
  [8, 1, 4, 1],
  [7, 2, 1, 3],
  [3, 3, 1, 1],
];
const windowsIn = ([size, kernel, stride, dilation]) =>
  Math.floor((size - dilation * (kernel - 1) - 1) / stride) + 1;

for (const rows of AXES)
  for (const columns of AXES) {
    const [geometry, outputSize] = [
      { stride: [rows[2], columns[2]], dilation: [rows[3], columns[3]], kernelSize: [rows[1], columns[1]] },
      [windowsIn(rows), windowsIn(columns)],
    ];
    test(`an input cell's outputs are exactly the windows that read it: ${rows} x ${columns}`, () => {
      const readers = new Map();
      for (let r = 0; r < outputSize[0]; r += 1)
        for (let c = 0; c < outputSize[1]; c += 1) {
          const cells = windowCells({ row: r, column: c, ...geometry });
          for (const i of cells.rows)
            for (const j of cells.columns)
              readers.set(`${i},${j}`, [...(readers.get(`${i},${j}`) ?? []), [r, c]]);
        }
      for (let row = 0; row < rows[0]; row += 1)
        for (let column = 0; column < columns[0]; column += 1) {
          assert.deepEqual(
            outputsUsing({ row, column, outputSize, ...geometry }),
            readers.get(`${row},${column}`) ?? [],
          );
        }
    });
    test(`a weight touches one input cell per window, each of which lists that window: ${rows} x ${columns}`, () => {
      for (let row = 0; row < rows[1]; row += 1)
        for (let column = 0; column < columns[1]; column += 1) {
          const touched = inputsTouched({ row, column, outputSize, ...geometry });
          assert.equal(touched.length, outputSize[0] * outputSize[1]);
          assert.equal(new Set(touched.map(String)).size, touched.length);
          touched.forEach(([r, c], index) => {
            const window = [Math.floor(index / outputSize[1]), index % outputSize[1]];
            assert.ok(
              outputsUsing({ row: r, column: c, outputSize, ...geometry }).some(
                (cell) => `${cell}` === `${window}`,
              ),
            );
          });
        }
    });
  }

test('with stride 2 the last column of an even input belongs to no window, and the corner rule does not apply', () => {
  const geometry = { stride: [2, 2], dilation: [1, 1], kernelSize: [3, 3], outputSize: [2, 2] };
  assert.deepEqual(outputsUsing({ row: 0, column: 5, ...geometry }), []);
  assert.deepEqual(outputsUsing({ row: 2, column: 2, ...geometry }), [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ]);
  assert.deepEqual(outputsUsing({ row: 1, column: 2, ...geometry }), [
    [0, 0],
    [0, 1],
  ]);
});

test('padding shows the input cell that its mode says', () => {
  const shown = (mode) =>
    Array.from({ length: 8 }, (_, position) => sourceIndex({ position, size: 4, before: 2, mode }));
  assert.deepEqual(shown('zeros'), [null, null, 0, 1, 2, 3, null, null]);
  assert.deepEqual(shown('reflect'), [2, 1, 0, 1, 2, 3, 2, 1]);
  assert.deepEqual(shown('replicate'), [0, 0, 0, 1, 2, 3, 3, 3]);
  assert.deepEqual(shown('circular'), [2, 3, 0, 1, 2, 3, 0, 1]);
});

test('a reflected cell is found again in the padding; a zero is only itself', () => {
  const at = { pad: [1, 1, 1, 1], size: [3, 3], paddedSize: [5, 5] };
  assert.deepEqual(copiesOf({ row: 2, column: 3, mode: 'reflect', ...at }), [
    [0, 3],
    [2, 3],
    [4, 3],
  ]);
  assert.deepEqual(copiesOf({ row: 2, column: 3, mode: 'zeros', ...at }), [[2, 3]]);
  assert.deepEqual(copiesOf({ row: 0, column: 3, mode: 'zeros', ...at }), [[0, 3]]);
});

test('a convolution adds its products channel by channel, then the bias', () => {
  const sum = windowSum({
    kind: 'conv',
    cells: [
      [0, 1, 3, 4],
      [1, 2, 4, 5],
    ],
    weights: [
      [0, 1, 2, 3],
      [1, 2, 3, 4],
    ],
    bias: 0.5,
  });
  assert.deepEqual(sum.products, [
    [0, 1, 6, 12],
    [1, 4, 12, 20],
  ]);
  assert.deepEqual(sum.sums, [0 + 1 + 6 + 12, 1 + 4 + 12 + 20]);
  assert.equal(sum.result, 19 + 37 + 0.5);
});

test('pooling: ties all win, padding of minus infinity never does, an empty cell is not counted', () => {
  assert.deepEqual(windowSum({ kind: 'max', cells: [[null, -3, -3, -9]] }).winners, [
    false,
    true,
    true,
    false,
  ]);
  assert.equal(windowSum({ kind: 'max', cells: [[null, -3, -3, -9]] }).result, -3);
  assert.equal(windowSum({ kind: 'max', cells: [[null, null]] }).result, null);
  assert.equal(windowSum({ kind: 'min', cells: [[4, 2, null]] }).result, 2);
  assert.equal(windowSum({ kind: 'avg', cells: [[1, 2, 0, null]], divisor: 4 }).result, (1 + 2 + 0) / 4);
  assert.equal(windowSum({ kind: 'median', cells: [[9, 1, 4, 2]] }).result, (2 + 4) / 2);
  // Which of equal numbers is in the middle is nobody's choice.
  assert.deepEqual(windowSum({ kind: 'median', cells: [[1, 1, null, 5, 6]] }).winners, [true, true, false, true, false]);
  assert.deepEqual(windowSum({ kind: 'median', cells: [[2, 3, 2, 1, 2]] }).winners, [true, false, true, false, true]);
  assert.deepEqual(windowSum({ kind: 'avg', cells: [[1, 2]], divisor: 2 }).winners, [false, false]);
  assert.deepEqual(windowSum({ kind: 'max', cells: [[null, null]] }).winners, [false, false]);
  assert.equal(windowSum({ kind: 'lp', cells: [[3, -4]], norm: 2 }).result, Math.sqrt(9 + 16));
});

test('a wrong output cell is noticed; the order of float additions is not', () => {
  const sum = windowSum({ kind: 'conv', cells: [[0.1, 0.2, 0.3]], weights: [[1, 1, 1]] });
  assert.ok(agrees({ sum, expected: 0.6 }));
  assert.ok(!agrees({ sum, expected: 0.61 }));
  const large = windowSum({ kind: 'conv', cells: [[1e6, -1e6, 1]], weights: [[1, 1, 1]] });
  assert.ok(agrees({ sum: large, expected: 1.05 }));
  assert.ok(!agrees({ sum: large, expected: null }));
});
