import assert from 'node:assert/strict';
import test from 'node:test';
import { axisToCount, foundWith, isWhole, tally } from '../../app/components/counting/finding.mjs';

const axis = (title, legal, found = []) => ({ title, found, places: legal.map((each) => ({ legal: !!each })) });
const axes = () => [axis('Down', [1, 0, 1], [0]), axis('Across', [1, 1])];

test('what is on its way is found already, in the order of the cells; counting again forgets all before', () => {
  assert.deepEqual(foundWith(axes(), [{ axis: 1, cell: 1 }, { axis: 1, cell: 0 }]), [[0], [0, 1]]);
  assert.deepEqual(foundWith(axes(), [{ axis: 1, cell: 1 }, { again: true }, { axis: 0, cell: 2 }]), [[2], []]);
});

test('one axis is counted after the other', () => {
  const [down] = axes();
  assert.equal(isWhole(down, [0]), false);
  assert.equal(axisToCount(axes(), [[0], []]), 0);
  assert.equal(axisToCount(axes(), [[0, 2], []]), 1);
  assert.equal(axisToCount(axes(), [[0, 2], [0, 1]]), null);
});

test('the count says how far it has come', () => {
  const [down] = axes();
  assert.deepEqual([[], [0], [0, 2]].map((found) => tally(down, found)), ['Down: none found yet', 'Down: 1 place so far', 'Down: 2 places, all of them']);
});
