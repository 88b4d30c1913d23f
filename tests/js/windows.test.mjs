import assert from 'node:assert/strict';
import test from 'node:test';
import { agrees, windowSum } from '../../app/components/stage/windows.mjs';

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

test('a cell that is not read adds nothing', () => {
  const sum = windowSum({ kind: 'conv_transpose', cells: [[null, 3, null]], weights: [[5, 7, 9]], bias: 1 });
  assert.deepEqual(sum.products, [[null, 21, null]]);
  assert.equal(sum.result, 21 + 1);
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
