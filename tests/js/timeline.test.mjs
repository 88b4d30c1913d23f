import assert from 'node:assert/strict';
import test from 'node:test';
import { phaseAt, timeline } from '../../app/components/stage/timeline.mjs';

const story = timeline({ channels: 2, taps: 4, bias: true });

test('the story is told in order: products, channel sum, next channel, bias, result', () => {
  const marks = [
    ...story.products.slice(0, 4),
    story.sums[0],
    ...story.products.slice(4),
    story.sums[1],
    story.bias,
    story.result,
    story.end,
  ];
  assert.deepEqual(
    marks,
    [...marks].sort((a, b) => a - b),
  );
  assert.equal(new Set(marks).size, marks.length);
});

test('before the start nothing is told, at the end everything', () => {
  assert.deepEqual(phaseAt({ story, elapsed: -50 }), {
    products: 0,
    sums: 0,
    bias: false,
    result: false,
    over: false,
  });
  assert.deepEqual(phaseAt({ story, elapsed: story.end }), {
    products: 8,
    sums: 2,
    bias: true,
    result: true,
    over: true,
  });
  assert.deepEqual(phaseAt({ story, elapsed: story.sums[0] }), {
    products: 4,
    sums: 1,
    bias: false,
    result: false,
    over: false,
  });
});

test('the largest window takes no longer than a few seconds', () => {
  assert.ok(timeline({ channels: 4, taps: 49, bias: true }).end < 5500);
});
