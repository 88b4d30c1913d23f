import assert from 'node:assert/strict';
import test from 'node:test';
import { createBoard } from '../../app/components/pictures/board.mjs';
import { readPayload, rgbaOf } from '../../app/components/pictures/payload.mjs';
import {
  clampPatch,
  fitScale,
  keyStep,
  receivePatch,
  screenBox,
  toOriginal,
  toResult,
} from '../../app/components/pictures/place.mjs';

const packed = (header, pixels) => {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, text.length, true);
  return Uint8Array.from([...length, ...text, ...pixels]);
};

test('a payload is read wherever it lies in its buffer', () => {
  const data = packed({ id: 'ü' }, [1, 2, 3, 4]);
  const shifted = new Uint8Array([9, 9, 9, ...data]).subarray(3);
  for (const bytes of [data, shifted]) {
    const { header, bytesOf } = readPayload(bytes);
    assert.deepEqual(header, { id: 'ü' });
    assert.deepEqual([...bytesOf([1, 2])], [2, 3]);
  }
});

test('planes become four bytes a pixel, grey three times the same', () => {
  const grey = rgbaOf({ planes: Uint8Array.of(5, 6), shape: [1, 1, 2] });
  assert.deepEqual([...grey], [5, 5, 5, 255, 6, 6, 6, 255]);
  const colour = rgbaOf({ planes: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [3, 1, 2] });
  assert.deepEqual([...colour], [1, 3, 5, 255, 2, 4, 6, 255]);
});

test('both pictures share one scale, and the larger one fits', () => {
  assert.equal(
    fitScale({
      sizes: [
        [400, 600],
        [402, 602],
      ],
      room: 301,
      height: 1000,
    }),
    0.5,
  );
  assert.equal(
    fitScale({
      sizes: [
        [400, 100],
        [200, 50],
      ],
      room: 900,
      height: 100,
    }),
    0.25,
  );
  assert.equal(fitScale({ sizes: [[2, 2]], room: 900, height: 900 }), 24);
});

test('a patch stays whole and inside the picture', () => {
  const limits = { size: [8, 4], picture: [100, 50] };
  assert.deepEqual(clampPatch({ row: -3, column: 99, ...limits }), { row: 0, column: 46 });
  assert.deepEqual(clampPatch({ row: 7.6, column: 3.2, ...limits }), { row: 8, column: 3 });
  assert.deepEqual(clampPatch({ row: 5, column: 5, size: [2, 2], picture: [2, 2] }), {
    row: 0,
    column: 0,
  });
});

test('a place in the result is where the windows centred on it put their answers', () => {
  // 3 x 3 with one pixel of padding: the same place. Without padding: one pixel up and left.
  const same = { before: [1, 1], reach: [3, 3], stride: [1, 1] };
  const none = { before: [0, 0], reach: [3, 3], stride: [1, 1] };
  assert.deepEqual(toResult({ point: [10, 20], place: same }), [10, 20]);
  assert.deepEqual(toResult({ point: [10, 20], place: none }), [9, 19]);
  // Every second place: the centre of output cell 4 (4.5) is the centre of input pixel 9 (9.5).
  const strided = { before: [0, 0], reach: [3, 3], stride: [2, 2] };
  assert.deepEqual(toResult({ point: [9.5, 9.5], place: strided }), [4.5, 4.5]);
  for (const place of [same, none, strided]) {
    assert.deepEqual(toOriginal({ point: toResult({ point: [7, 8], place }), place }), [7, 8]);
  }
});

test('a tiny patch is drawn large enough to be seen, round its own middle', () => {
  const box = screenBox({ corner: [100, 200], size: [8, 8], scale: 0.1 });
  assert.deepEqual(
    [box.height, box.width, box.top + 6, box.left + 6].map((n) => Number(n.toFixed(6))),
    [12, 12, 10.4, 20.4],
  );
  assert.deepEqual(screenBox({ corner: [1, 2], size: [8, 8], scale: 10 }), {
    top: 10,
    left: 20,
    height: 80,
    width: 80,
  });
});

test('arrow keys move by one pixel, with Shift by eight; other keys not at all', () => {
  assert.deepEqual(keyStep({ key: 'ArrowUp', shiftKey: false }), [-1, 0]);
  assert.deepEqual(keyStep({ key: 'ArrowRight', shiftKey: true }), [0, 8]);
  assert.equal(keyStep({ key: 'PageDown', shiftKey: false }), null);
});

test('the echo of what was sent does not move the patch back', () => {
  // Sent A, then B; the page answers A, later B: neither is news.
  let state = { known: 'start', sent: ['A', 'B'] };
  let received = receivePatch({ given: 'A', ...state });
  assert.deepEqual(received, { adopt: false, known: 'A', sent: ['B'] });
  received = receivePatch({ given: 'B', known: received.known, sent: received.sent });
  assert.deepEqual(received, { adopt: false, known: 'B', sent: [] });
  // A run for another reason repeats what is known; a box on the page brings something new.
  assert.equal(receivePatch({ given: 'B', known: 'B', sent: [] }).adopt, false);
  assert.equal(receivePatch({ given: 'start', known: 'start', sent: ['A'] }).adopt, false);
  assert.deepEqual(receivePatch({ given: 'C', known: 'B', sent: ['A'] }), {
    adopt: true,
    known: 'C',
    sent: [],
  });
});

test('the board tells its readers, and keeps what a later writer left', () => {
  const board = createBoard();
  const heard = [];
  const leave = board.listen((name) => heard.push([name, board.read(name)]));
  const first = {};
  const second = {};
  board.put('patch', first);
  board.put('patch', second);
  board.remove('patch', first);
  assert.equal(board.read('patch'), second);
  board.remove('patch', second);
  assert.equal(board.read('patch'), null);
  leave();
  board.put('patch', first);
  assert.deepEqual(heard, [
    ['patch', first],
    ['patch', second],
  ]);
});
