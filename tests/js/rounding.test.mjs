import assert from 'node:assert/strict';
import test from 'node:test';
import { formatNumber } from '../../app/components/shared/numbers.mjs';
import { spokenNumber } from '../../app/components/loupe/words.mjs';
import { fitNumbers } from '../../app/components/stage/numbers.mjs';

test('a number that is shown with fewer digits than it has says so', () => {
  assert.equal(formatNumber(-327.6, 3), '≈−328');
  assert.equal(formatNumber(-327.6, 4), '−327.6');
  assert.equal(formatNumber(124.5, 3), '≈125');
  assert.equal(formatNumber(1 / 9, 6), '≈0.111111');
  assert.equal(formatNumber(0.25, 2), '0.25');
});

test('the dust of binary fractions is no rounding', () => {
  for (const value of [0.1 + 0.2, Math.fround(0.1), 1.1 * 3, 0, -0]) assert.ok(!formatNumber(value).includes('≈'), value);
});

test('a screen reader is told in words', () => {
  assert.equal(spokenNumber(1 / 9), 'about 0.111111');
  assert.equal(spokenNumber(-2), '−2');
});

test('the mark of a rounded cell costs none of its digits', () => {
  assert.deepEqual(fitNumbers({ values: [1 / 3], cell: 40 }), fitNumbers({ values: [0.3333], cell: 40 }));
});
