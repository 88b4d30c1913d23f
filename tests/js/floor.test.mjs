import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { attemptOf } from '../../app/components/stage/attempt.mjs';
import { decimalParts, floorAt, FLOOR_ENDS, floorInSteps } from '../../app/components/stage/floor.mjs';
import { readModel } from '../../app/components/stage/model.mjs';

const folder = new URL('fixtures/stage/', import.meta.url);
const load = (name) => readModel(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));

test('the window reaches over the edge, hangs there, and is back in the end', () => {
  const start = floorAt(0),
    end = floorAt(FLOOR_ENDS);
  assert.deepEqual([start.reach, start.tilt, start.lost], [0, 0, 0]);
  assert.deepEqual([end.reach, end.tilt, end.lost, end.over], [0, 0, 1, true]);
  const poses = Array.from({ length: 200 }, (_, at) => floorAt((at * FLOOR_ENDS) / 200));
  assert.ok(poses.some(({ reach, tilt }) => reach === 1 && tilt > 5));
  for (const { reach, lost, point } of poses) {
    assert.ok(reach >= 0 && reach <= 1);
    assert.ok(!lost || point);
  }
});

test('without motion it is there, and then it is not', () => {
  for (let now = 0; now <= FLOOR_ENDS; now += 50) {
    const { reach, tilt, lost } = floorInSteps(floorAt(now));
    assert.ok([0, 1].includes(reach) && tilt === 0 && [0, 1].includes(lost));
  }
});

test('rounded up, the window hangs over the edge and stays there', () => {
  for (let now = 0; now <= FLOOR_ENDS; now += 20) {
    const pose = floorAt(now, true);
    if (pose.lost) assert.equal(pose.reach, 1);
    assert.equal(floorInSteps(pose, true).reach, 1);
  }
  const end = floorAt(FLOOR_ENDS, true);
  assert.deepEqual([end.reach, end.tilt, end.lost, end.over], [1, 0, 1, true]);
});

test('of a decimal the whole number is kept and the rest drops', () => {
  assert.deepEqual(decimalParts('1.5'), { kept: '1', lost: '.5' });
  assert.deepEqual(decimalParts('≈2.333'), { kept: '2', lost: '.333…' });
  assert.deepEqual(decimalParts('2'), { kept: '2', lost: '' });
});

test('what is tried is the window after the last of the first row, and part of it lies beyond the edge', () => {
  const model = load('strided'),
    across = attemptOf(model, 1),
    down = attemptOf(model, 0);
  assert.deepEqual([across.step, across.to], [1, [[0, 1, 2], [4, 5, 6]]]);
  assert.deepEqual([down.step, down.to], [2, [[4, 5, 6], [0, 1, 2]]]);
  assert.ok(across.to[1].some((column) => column >= model.width));
  assert.equal(attemptOf(load('textbook'), 1), null);
});

test('rounded up, what is tried is the last window itself, from the one before it', () => {
  const model = load('ceil-max'),
    [down, across] = [attemptOf(model, 0), attemptOf(model, 1)];
  assert.ok(across.stays && down.stays);
  assert.equal(across.step, model.columns - 1);
  assert.deepEqual(across.to, [model.window(across.step).rows, model.window(across.step).columns]);
  assert.deepEqual(across.from[1], model.window(across.step - 1).columns);
  assert.ok(across.to[1].some((column) => column >= model.padded[1]));
  assert.equal(attemptOf(load('strided'), 1).stays, false);
});

test('every layer whose fraction is rounded down has such a window, and no other has', () => {
  for (const file of readdirSync(folder)) {
    const model = load(file.replace('.json', ''));
    // Over the frames of a video no window is tried: they stand side by side.
    const rounded = model.formulas.some(({ id, rounding }) => id !== 'frames' && rounding && rounding.whole < rounding.quotient);
    const tried = model.attempts.some((cells) => cells.length);
    if (model.formulas.length) assert.equal(tried, rounded, file);
  }
});
