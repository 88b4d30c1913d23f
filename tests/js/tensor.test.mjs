import assert from 'node:assert/strict';
import test from 'node:test';
import { neighbour, outermost, seen, sliceSize, symbolParts } from '../../app/components/tensor/fit.mjs';

const room = { width: 900, height: 300, columns: 3, rows: 4, labels: 120, present: false };

test('slices are as large as the room allows, up to a size that is enough', () => {
  assert.equal(sliceSize(room), 60);
  assert.equal(sliceSize({ ...room, rows: 2, present: true }), 76);
  assert.equal(sliceSize({ ...room, height: 200 }), 40); // 200 / 4 less the gap of 10
  assert.equal(sliceSize({ ...room, width: 240, columns: 3 }), 30); // (240 - 120) / 3 - 10
});

test('a slice is never too small to be seen', () => {
  assert.equal(sliceSize({ ...room, width: 130 }), 14);
  assert.equal(sliceSize({ ...room, width: 60 }), 14);
});

test('a whole row with its name and its map fits the room', () => {
  for (const width of [360, 500, 910]) {
    const size = sliceSize({ ...room, width, columns: 8, rows: 6 });
    assert.ok(8 * (size + 10) + room.labels <= width || size === 14, `${size} at ${width}`);
  }
});

const rows = [{ sees: [true, true, false] }, null, { sees: [false, false, true] }];

test('the arrows pass over what is left out and stop at the ends', () => {
  assert.equal(neighbour({ items: rows, from: 0, step: 1 }), 2);
  assert.equal(neighbour({ items: rows, from: 2, step: 1 }), 2);
  assert.equal(neighbour({ items: rows, from: 2, step: -1 }), 0);
  assert.equal(neighbour({ items: [null, {}], from: 1, step: -1 }), 1);
  assert.equal(outermost({ items: rows, last: true }), 2);
  assert.equal(outermost({ items: [null, {}, {}], last: false }), 1);
});

test('a row lights the channels that it sees, a channel the rows that see it', () => {
  assert.deepEqual(seen({ rows, row: 0 }), [0, 1]);
  assert.deepEqual(seen({ rows, column: 2 }), [2]);
  assert.deepEqual(seen({ rows, column: 0 }), [0]);
});

test('an underscore sets what follows below the line', () => {
  assert.deepEqual(symbolParts('C_out'), { base: 'C', index: 'out' });
  assert.deepEqual(symbolParts('1 / C_out'), { base: '1 / C', index: 'out' });
  assert.deepEqual(symbolParts('height'), { base: 'height', index: '' });
});
