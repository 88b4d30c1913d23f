import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import {
  editOf,
  evenly,
  goneOf,
  insetsOf,
  isMove,
  isSpread,
  momentsOf,
  moveOf,
  nextWindows,
  ringsOf,
  standOf,
  tapsAlong,
  tapsOf,
} from '../../app/components/stage/changes.mjs';
import { readModel } from '../../app/components/stage/model.mjs';

const folder = new URL('../js/fixtures/stage/', import.meta.url);
const data = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const load = (name) => readModel(data(name));

const five = standOf({ x: 3, y: 24, size: 70, rows: 5, columns: 5 });
const padded = standOf({ x: 3, y: 24, size: 50, rows: 7, columns: 7 }, [1, 1]);

test('padding grows out from the edge: the own cells start where they were, the rest is clipped away', () => {
  const move = moveOf(five, padded);
  assert.equal(move.scale, 70 / 50);
  // The corner of the first own cell, as it is seen at the start.
  assert.deepEqual([move.x + 1 * 50 * move.scale, move.y + 1 * 50 * move.scale], [3, 24]);
  assert.deepEqual(move.inset, [50, 50, 50, 50]);
});

test('on its way no edge of a growing panel swings out over what stands beside it', () => {
  const move = moveOf(five, padded),
    moments = momentsOf(move, padded),
    side = 7 * 50;
  const insets = insetsOf(move, moments, { wide: side, high: side });
  assert.deepEqual(insets[0], move.inset);
  assert.deepEqual(insets.at(-1), [0, 0, 0, 0]);
  moments.forEach(({ x, y, scale }, nth) => {
    const [top, right, bottom, left] = insets[nth],
      near = (seen, wanted) => assert.ok(Math.abs(seen - wanted) < 1e-9, `${seen} at ${nth}`);
    // Top and left stay where they are before and after; right and bottom go straight from 5 × 70 to 7 × 50.
    near(y + top * scale, 24);
    near(x + left * scale, 3);
    near(y + (side - bottom) * scale, 24 + 350);
    near(x + (side - right) * scale, 3 + 350);
  });
});

test('what goes evenly on the screen keeps its pace while its panel is scaled', () => {
  const moments = momentsOf(moveOf(five, padded), padded);
  const way = evenly(moments, 'y', 50, 0).map((length, nth) => moments[nth].y + length * moments[nth].scale);
  way.forEach((seen) => assert.ok(Math.abs(seen - 24) < 1e-9));
});

test('taps that go apart while their panel grows keep step with the sheet over them', () => {
  const [small, large] = [50, 60].map((size) => standOf({ x: 3, y: 24, size, rows: 7, columns: 7 }));
  const moments = momentsOf(moveOf(small, large), large);
  const [before, after] = [[[0, 0], [0, 1]], [[0, 0], [0, 2]]];
  const ways = tapsAlong(moments, [before, after], { margin: [0, 0], size: 60 });
  assert.deepEqual([ways[0], ways.at(-1)], [before, after]);
  moments.forEach(({ t, scale }, nth) => {
    const seen = ways[nth][1][1] * 60 * scale;
    assert.ok(Math.abs(seen - (50 + t * (120 - 50))) < 1e-9, `${seen} at ${t}`);
  });
});

test('less padding clips nothing away, and its cells are known as gone', () => {
  assert.deepEqual(moveOf(padded, five).inset, [0, 0, 0, 0]);
  const gone = goneOf(padded, five);
  assert.equal(gone.length, 7 * 7 - 5 * 5);
  assert.deepEqual([gone[0], gone.at(-1)], [[-1, -1], [5, 5]]);
  assert.deepEqual(goneOf(five, padded), []);
});

test('a larger kernel grows at its lower right; the same panel at the same place does not move', () => {
  const three = standOf({ x: 400, y: 90, size: 40, rows: 3, columns: 3 });
  const four = standOf({ x: 400, y: 90, size: 40, rows: 4, columns: 5 });
  assert.deepEqual(moveOf(three, four).inset, [0, 80, 40, 0]);
  assert.ok(isMove(moveOf(three, four), four));
  assert.ok(!isMove(moveOf(four, four), four));
});

test('taps are pulled apart by dilation, and by nothing else', () => {
  const textbook = load('textbook'),
    dilated = load('dilated');
  const close = tapsOf(textbook.window(0), textbook.before),
    next = tapsOf(textbook.window(4), textbook.before),
    far = tapsOf(dilated.window(0), dilated.before);
  assert.deepEqual(far.slice(0, 3), [
    [-1, -1],
    [-1, 1],
    [-1, 3],
  ]);
  assert.ok(isSpread(close, far) && isSpread(far, close));
  assert.ok(!isSpread(close, next) && !isSpread(close, close.slice(1)));
});

test('a longer stride shows the window after it, a shorter one shows none', () => {
  const [textbook, strided] = [load('textbook'), load('strided')];
  assert.deepEqual(nextWindows(textbook, strided, 0), [1, strided.columns]);
  assert.deepEqual(nextWindows(strided, textbook, 0), []);
  // At the end of a row and of the map, the one before.
  const last = strided.steps - 1;
  assert.deepEqual(nextWindows(textbook, strided, last), [last - 1, last - strided.columns]);
});

test('an edited input cell reaches the outputs that use it, an edited weight all of its map', () => {
  const before = load('textbook'),
    edited = data('textbook');
  edited.input.values[0] = 9;
  assert.deepEqual(editOf(before, readModel(edited)), { kind: 'input', places: [[0, 0, 0]] });
  edited.input.values[0] = before.input.values[0];
  edited.kernel.values[4] = 9;
  const { kind, places } = editOf(before, readModel(edited));
  assert.equal(kind, 'kernel');
  assert.equal(places.length, before.steps);
});

test('an edited bias reaches its own map alone', () => {
  const edited = data('rgb');
  edited.bias[2] += 1;
  const { kind, places } = editOf(load('rgb'), readModel(edited));
  assert.equal(kind, 'bias');
  assert.ok(places.length === 256 && places.every(([map]) => map === 2));
});

test('the same numbers, or all of them new, are no edit', () => {
  assert.equal(editOf(load('textbook'), load('textbook')), null);
  const other = data('textbook');
  other.input.values = other.input.values.map((value) => value + 1);
  assert.equal(editOf(load('textbook'), readModel(other)), null);
});

test('a ripple goes out in rings, each place in one of them', () => {
  const places = [0, 1, 2, 3].flatMap((row) => [0, 1, 2, 3].map((column) => [0, row, column]));
  const rings = ringsOf(places);
  assert.ok(rings.length > 2 && rings.length <= 5);
  assert.deepEqual(rings[0][0], [0, 0, 0]);
  assert.equal(rings.flat().length, places.length);
  assert.deepEqual(ringsOf([]), []);
});
