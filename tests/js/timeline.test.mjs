import assert from 'node:assert/strict';
import test from 'node:test';
import {
  paceAfter,
  poseAt,
  stillPose,
  timeline,
  withoutMotion,
  withoutResult,
} from '../../app/components/stage/timeline.mjs';

const SHAPES = [
  { channels: 1, taps: 9, bias: false },
  { channels: 1, taps: 1, bias: true },
  { channels: 2, taps: 4, bias: true },
  { channels: 3, taps: 25, bias: true },
  { channels: 4, taps: 49, bias: false },
  { channels: 1, taps: 4, bias: false, chooses: true },
];
const PACES = ['slow', 'half', 'quick'];
const stories = SHAPES.flatMap((shape) => PACES.map((pace) => ({ shape, pace, story: timeline({ ...shape, pace }) })));

test('the first step takes three seconds, the second half of that, every other half a second', () => {
  const [textbook] = SHAPES;
  const lengths = [0, 1, 2, 3, 50].map((played) => timeline({ ...textbook, pace: paceAfter(played) }).end);
  assert.deepEqual(lengths, [3000, 1500, 500, 500, 500]);
});

test('no step takes longer than a few seconds, and each pace is quicker than the one before', () => {
  for (const shape of SHAPES) {
    const [slow, half, quick] = PACES.map((pace) => timeline({ ...shape, pace }).end);
    assert.ok(slow <= 5000 && half === slow / 2 && quick <= 500, JSON.stringify(shape));
  }
});

test('the story is told in order: products, the sum of their channel, the next channel, bias, result', () => {
  const story = timeline({ channels: 2, taps: 4, bias: true });
  const ends = [
    story.glide,
    ...story.flights.slice(0, 4),
    story.gathers[0],
    ...story.flights.slice(4),
    story.gathers[1],
    story.bias,
    story.choice,
    story.drop,
  ].map(([, to]) => to);
  assert.deepEqual(ends, [...ends].sort((a, b) => a - b));
  assert.equal(new Set(ends).size, ends.length);
  assert.ok(story.end > story.drop[1]);
});

test('a product forms before it flies; in a quick step all of them are in the air together', () => {
  for (const { story } of stories)
    story.forms.forEach(([from, to], at) => {
      assert.ok(from < to || from === to);
      assert.equal(story.flights[at][0], to);
    });
  const { flights } = timeline({ channels: 3, taps: 9, pace: 'quick' });
  assert.ok(Math.max(...flights.map(([from]) => from)) < Math.min(...flights.map(([, to]) => to)));
});

test('the last pose of every step is its still picture', () => {
  for (const { shape, story } of stories) {
    const last = poseAt({ story, elapsed: story.end });
    assert.deepEqual(last, stillPose(shape));
    assert.ok(last.over && last.result && last.products === shape.channels * shape.taps);
  }
});

test('before the start nothing has come', () => {
  for (const { story } of stories) {
    const pose = poseAt({ story, elapsed: -50 });
    assert.deepEqual([pose.products, pose.sums, pose.result, pose.over], [0, 0, false, false]);
    assert.ok([pose.glide, pose.drop, ...pose.forms, ...pose.flights].every((part) => part === 0));
  }
});

test('nothing ever goes back: each part of a pose only grows', () => {
  const numbers = (pose) => [pose.glide, ...pose.forms, ...pose.flights, ...pose.gathers, pose.adding, pose.choice, pose.drop, pose.products];
  for (const { story } of stories) {
    let before = numbers(poseAt({ story, elapsed: 0 }));
    for (let elapsed = 0; elapsed <= story.end; elapsed += story.end / 97) {
      const now = numbers(poseAt({ story, elapsed }));
      now.forEach((part, at) => assert.ok(part >= before[at]));
      before = now;
    }
  }
});

test('without motion the same stations come at the same times, each at its place at once', () => {
  const story = timeline({ channels: 2, taps: 4, bias: true });
  for (let elapsed = 0; elapsed <= story.end; elapsed += 40) {
    const moving = poseAt({ story, elapsed }),
      still = withoutMotion(moving);
    for (const part of [still.glide, ...still.forms, ...still.flights, ...still.gathers, still.adding, still.drop])
      assert.ok(part === 0 || part === 1);
    assert.deepEqual(still.flights, moving.flights.map(Math.floor));
    assert.equal(still.result, moving.result);
  }
  assert.deepEqual(withoutMotion(stillPose(SHAPES[2])), stillPose(SHAPES[2]));
});

test('what is to be predicted shows its products and nothing that they come to', () => {
  const hidden = withoutResult(stillPose(SHAPES[2]));
  assert.ok(hidden.flights.every((part) => part === 1));
  assert.deepEqual([hidden.gathers, hidden.adding, hidden.drop, hidden.result], [[0, 0], 0, 0, false]);
});
