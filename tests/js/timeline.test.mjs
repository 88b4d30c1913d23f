import assert from 'node:assert/strict';
import test from 'node:test';
import { phaseAt, receiveStep, timeline } from '../../app/components/stage/timeline.mjs';

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

test('an echo of a sent step never pulls the animation back', () => {
  let state = { known: 0, sent: [5, 8] };
  state = receiveStep({ given: 5, ...state });
  assert.deepEqual(state, { adopt: false, known: 8, sent: [8] });
  state = receiveStep({ given: 8, ...state });
  assert.deepEqual(state, { adopt: false, known: 8, sent: [] });
  assert.equal(receiveStep({ given: 8, ...state }).adopt, false);
});

test('a skipped echo is forgotten with the one that came; stale data changes nothing; news is adopted', () => {
  assert.deepEqual(receiveStep({ given: 8, known: 0, sent: [5, 8] }), { adopt: false, known: 8, sent: [] });
  assert.deepEqual(receiveStep({ given: 0, known: 0, sent: [5] }), { adopt: false, known: 0, sent: [5] });
  assert.deepEqual(receiveStep({ given: 3, known: 0, sent: [5] }), { adopt: true, known: 3, sent: [] });
});
