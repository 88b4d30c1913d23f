import assert from 'node:assert/strict';
import test from 'node:test';
import { formulaTree } from '../../app/components/stage/formula.mjs';
import { formatNumber } from '../../app/components/shared/numbers.mjs';
import { fitNumbers, squeezed, wishedCell } from '../../app/components/stage/numbers.mjs';

test('whole numbers stay whole, others have four significant figures, minus is a minus', () => {
  const cases = [
    [0, '0'],
    [-3, '−3'],
    [12345, '12345'],
    [1 / 9, '≈0.1111'],
    [-327.6, '−327.6'],
    [0.1 + 0.2, '0.3'],
    [Math.fround(0.1), '0.1'],
    [-0.25, '−0.25'],
    [1234.56, '≈1235'],
    [99.999, '≈100'],
    [1e-5, '1.00e−5'],
    [2.5e7, '2.50e+7'],
    [-0, '0'],
  ];
  for (const [value, text] of cases) assert.equal(formatNumber(value), text);
});

test('numbers are shown only where they fit', () => {
  assert.equal(fitNumbers({ values: [1], cell: 12 }), null);
  assert.deepEqual(fitNumbers({ values: [1, 2, 3], cell: 40 }), { font: 20, digits: 4, room: 36 });
  assert.equal(fitNumbers({ values: [1], cell: 20 }).font, 20 * 0.56);
  assert.equal(fitNumbers({ values: [123456], cell: 20 }), null);
  assert.equal(fitNumbers({ values: [1 / 9], cell: wishedCell({ values: [1 / 9] }) }).digits, 3);
  assert.ok(fitNumbers({ values: [0, 255], cell: wishedCell({ values: [0, 255] }) }));
});

test('a long number fits its cell: its digits are set narrower before they get too small', () => {
  for (const cell of [25, 31, 40, 78]) {
    const fit = fitNumbers({ values: [-1254, 8], cell, largest: cell * 0.34 });
    assert.ok(fit.font >= 8.2, `${cell}`);
    assert.equal(squeezed('8', fit), null);
    const width = squeezed('−1254', fit) ?? 5 * 0.64 * fit.font;
    assert.ok(width <= cell - 2 && width >= 0.74 * 5 * 0.64 * fit.font, `${cell}: ${width}`);
  }
  assert.equal(fitNumbers({ values: [-1254], cell: 31 }).font >= 10, true);
});

test('the flat terms become a fraction inside its brackets', () => {
  const value = (symbol) => ({ kind: 'value', symbol });
  const tree = formulaTree([
    { kind: 'open', symbol: '⌊' },
    value('H'),
    { kind: 'over' },
    value('S'),
    { kind: 'close', symbol: '⌋' },
    { kind: 'operator', symbol: '+' },
    value('1'),
  ]);
  assert.equal(tree.length, 3);
  assert.deepEqual(tree[0].top, [value('H')]);
  assert.deepEqual(tree[0].bottom, [value('S')]);
  assert.equal(tree[0].close.symbol, '⌋');
});

test('brackets without a fraction, and a fraction in the numerator', () => {
  const value = (symbol) => ({ kind: 'value', symbol });
  assert.equal(formulaTree([{ kind: 'open' }, value('H'), { kind: 'close' }])[0].bottom, null);
  const nested = formulaTree([
    { kind: 'open' },
    { kind: 'open' },
    value('a'),
    { kind: 'over' },
    value('b'),
    { kind: 'close' },
    { kind: 'over' },
    value('c'),
    { kind: 'close' },
  ]);
  assert.equal(nested[0].top[0].bottom[0].symbol, 'b');
  assert.equal(nested[0].bottom[0].symbol, 'c');
});
