// The Sizes page's drawings: what stands where, from the numbers that Python hands over.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, scaleFor } from '../../app/components/scale/measures.mjs';
import { placeRow } from '../../app/components/shrinking/row.mjs';

const resnet = { before: 3, inside: 224, after: 3, starts: [0, 2, 222], reach: 7, taps: 7, left: 1, over: 0, other: 112 };
const room = { width: 976, height: 300 };

test('both sides stand side by side within the room, at one scale', () => {
  const { scale, across, second } = measure({ rows: resnet, columns: resnet, depth: null, ...room });
  assert.ok(second.x + second.width <= room.width);
  assert.ok(across.all[1] <= room.height);
  assert.ok(Math.abs(across.inside[1] / second.width - 224 / 112) < 1e-9);
  assert.ok(Math.abs(across.windows.at(-1)[0] - 222 * scale) < 1e-9);
  assert.ok(Math.abs(across.left[0] + across.left[1] - across.all[1]) < LEAST);
});
const LEAST = 2.1;

test('what is there is seen however small it is', () => {
  const long = { ...resnet, before: 0, inside: 100000, after: 0, starts: [0, 99990], reach: 10, left: 0, other: 1 };
  const { across, second } = measure({ rows: null, columns: long, depth: null, ...room });
  assert.ok(across.windows[0][1] >= 2);
  assert.ok(second.width >= 2);
  assert.equal(across.left[1], 0);
});

test('small windows are enlarged in two corners, large ones are not', () => {
  const small = measure({ rows: resnet, columns: resnet, depth: null, ...room }).insets;
  assert.ok(small.zoom > 4);
  small.corners.forEach(({ x }) => assert.ok(x + small.side <= room.width + 1e-9));
  const few = { ...resnet, before: 1, inside: 5, after: 1, starts: [0, 1, 4], reach: 3, other: 5, left: 0 };
  assert.equal(measure({ rows: few, columns: few, depth: null, ...room }).insets, null);
});

test('before an audience the corners are no higher than the drawing', () => {
  const { insets } = measure({ rows: resnet, columns: resnet, depth: null, width: 1240, height: 140, present: true });
  assert.ok(insets.side <= 114);
});

test('titles do not run into each other, nor into the corners', () => {
  const cube = { ...resnet, before: 1, inside: 112, after: 1, starts: [0, 1, 111], reach: 3, other: 112, left: 0 };
  const { second, insets } = measure({ rows: cube, columns: cube, depth: cube, width: 1240, height: 150, present: true, titled: [190, 200] });
  assert.ok(second.x >= 210);
  assert.ok(insets.corners[0].x >= second.x + 200);
  assert.ok(insets.corners[1].x - insets.corners[0].x >= 116);
});

test('two corners stand beside each other before they are put below each other', () => {
  const wide = { ...resnet, inside: 489, reach: 16, other: 62, starts: [0, 8, 488] };
  const { insets } = measure({ rows: { ...wide, inside: 368, other: 46 }, columns: wide, depth: null, width: 860, height: 230 });
  assert.equal(insets.corners[0].y, insets.corners[1].y);
  assert.ok(insets.corners[1].x + insets.side <= 860);
});

test('on a phone the corners stand below the drawing', () => {
  const { insets, down } = measure({ rows: resnet, columns: resnet, depth: null, width: 340, height: 300 });
  insets.corners.forEach(({ y, x }) => assert.ok(y > down.all[1] && x + insets.side <= 340 + 1e-9));
});

test('no cell is larger than is good to look at', () => {
  const one = { ...resnet, before: 0, inside: 1, after: 0, over: 0, other: 1 };
  assert.equal(scaleFor({ rows: one, columns: one, width: 976, height: 300 }), 40);
});

test('the squares of a stack keep their proportions and stay apart', () => {
  const sizes = [32, 28, 24, 20, 16, 12, 8, 4].map((n) => [n, n]);
  for (const width of [976, 340]) {
    const { squares, points } = placeRow({ sizes, width });
    squares.forEach(({ x, width: wide, height }, at) => {
      assert.ok(Math.abs(wide / squares[0].width - sizes[at][1] / 32) < 1e-9);
      assert.equal(wide, height);
      assert.ok(x >= -1e-9 && x + wide <= width + 1e-9);
    });
    assert.ok(points.every(([, y], at) => !at || y > points[at - 1][1]));
  }
});
