import assert from 'node:assert/strict';
import test from 'node:test';
import { fitsNote, kernelCells } from '../../app/components/gallery/kernel.mjs';
import { columnsFor, largestFitting, layOut } from '../../app/components/gallery/layout.mjs';
import { placeFrame, placeMark } from '../../app/components/gallery/overlay.mjs';
import { rowAfter } from '../../app/components/gallery/singly.mjs';
import { readPayload } from '../../app/components/shared/payload.mjs';

const plus = { text: '+', words: 'plus' };
const row = (count, { size = [400, 600], operator = null } = {}) => ({
  cells: Array.from({ length: count }, (_, index) => ({ size, operator: index ? operator : null })),
});
const settings = {
  width: 940, height: 360, columns: null, sameScale: false, enlarged: false, present: false,
};
const laid = (rows, changes = {}) => layOut({ ...settings, rows, ...changes });
const total = ({ tracks, gap }) => tracks.reduce((sum, track) => sum + track) + gap * (tracks.length - 1);

test('each file is cut out of what was sent, wherever that lies in its buffer', () => {
  const text = new TextEncoder().encode(JSON.stringify({ title: 'Grün' }));
  const bytes = Uint8Array.from([9, text.length, 0, 0, 0, ...text, 1, 2, 3, 4]).subarray(1);
  const { header, bytesOf } = readPayload(bytes);
  assert.deepEqual(header, { title: 'Grün' });
  assert.deepEqual([...bytesOf([1, 2])], [2, 3]);
});

test('a column of 940 pixels holds four maps, a phone two', () => {
  for (const [width, count] of [[940, 4], [358, 2], [320, 2]]) {
    const [placed] = laid([row(14)], { width, columns: 4 });
    assert.equal(placed.tracks.length, count);
    assert.ok(total(placed) <= width && total(placed) > width - 2 * count, `${total(placed)} of ${width}`);
  }
});

test('three planes and their sum stand on one line, and two on a phone', () => {
  const rows = [row(3), row(4, { operator: plus })];
  const [planes, parts] = laid(rows);
  assert.deepEqual(parts.slots, [0, 32, 32, 32]);
  assert.equal(parts.tracks.length, 4);
  assert.ok(total(parts) <= 940);
  assert.deepEqual(planes.tracks, parts.tracks.slice(0, 3), 'a plane stands above its part of the sum');
  const phone = laid(rows, { width: 358 });
  assert.deepEqual(phone[1].slots, [26, 26], 'the second line begins with an operator');
  assert.ok(total(phone[1]) <= 358);
});

test('lines that do not fit are broken evenly: five become three and two', () => {
  assert.equal(laid([row(5)], { width: 800 })[0].tracks.length, 3);
  assert.equal(laid([row(5)], { width: 940 })[0].tracks.length, 5);
});

test('a picture fills its track unless that makes it too high', () => {
  const [{ tracks, scales }] = laid([row(4)]);
  assert.equal(Math.round(scales[0] * 600), tracks[0]);
  assert.equal(laid([row(4, { size: [800, 100] })])[0].scales[0], 360 / 800);
});

test('enlarged pixels are a whole number of screen pixels, a reduced picture is not forced to be', () => {
  const [{ scales: close }] = laid([row(5, { size: [12, 12] })], { enlarged: true });
  assert.equal(close[0], 14); // 940 less four gaps of 20, over 5 is 172; 172 / 12 is 14.3
  const [{ scales: photo }] = laid([row(4)], { enlarged: true });
  assert.ok(photo[0] > 0.3 && photo[0] < 1);
});

test('at one scale a map of half the size is half as large, and the largest uses the room of the small', () => {
  const sizes = [[224, 224], [112, 112], [56, 56], [28, 28]];
  const cells = sizes.map((size, index) => ({ size, operator: index ? plus : null }));
  const [placed] = laid([{ cells }], { sameScale: true });
  assert.equal(new Set(placed.scales).size, 1);
  assert.ok(placed.scales[0] > 1.5);
  assert.ok(placed.tracks[0] > 2 * placed.tracks[3]);
  assert.ok(total(placed) <= 940);
  const [phone] = laid([{ cells }], { sameScale: true, width: 358 });
  assert.equal(new Set(phone.scales).size, 1);
  assert.equal(phone.tracks.length, 2);
  assert.ok(phone.scales[0] * 224 <= phone.tracks[0] - phone.slots[0] + 1);
});

test('a whole row on one line at one scale begins at the left, however many maps it has', () => {
  const cells = Array.from({ length: 6 }, (_, index) => ({ size: [8, 8], operator: index ? plus : null }));
  const [{ slots, tracks }] = laid([{ cells }], { sameScale: true });
  assert.deepEqual([slots[0], tracks.length], [0, 6]);
});

test('an empty row has one track, and a single small map stays within its most', () => {
  assert.equal(laid([{ cells: [] }, row(1)])[0].tracks.length, 1);
  assert.equal(laid([row(1, { size: [10, 10] })])[0].scales[0], 36); // 360 high
});

const three = { texts: ['−1', '0', '1', '−2', '0', '2', '−1', '0', '1'], columns: 3, font: 11 };

test('numbers are written where they fit beside the title', () => {
  assert.equal(kernelCells({ ...three, room: 220 }).written, true);
  assert.ok(kernelCells({ ...three, room: 220 }).width * 3 < 110);
  assert.equal(kernelCells({ ...three, room: 100 }).written, false);
  const seven = { texts: Array(49).fill('0'), columns: 7, font: 11, room: 400 };
  assert.equal(kernelCells(seven).written, false);
  assert.equal(kernelCells(seven).width * 7, 49);
});

test('a kernel that is the picture itself is large', () => {
  assert.deepEqual(kernelCells({ ...three, room: 200, large: true }), { written: true, width: 40, height: 40 });
});

test('numbers that are not written are told if a note can hold them', () => {
  assert.equal(fitsNote({ texts: Array(49).fill('30'), columns: 7, room: 170 }), true);
  assert.equal(fitsNote({ texts: Array(49).fill('−0.25'), columns: 7, room: 220 }), false);
  assert.equal(fitsNote({ texts: Array(15).fill('1'), columns: 1, room: 220 }), false);
});

test('a ring lies on the middle of its pixel and its words stay on the picture', () => {
  const place = { scale: 10, width: 200, height: 100, radius: 7, words: 40 };
  const inside = placeMark({ ...place, mark: [4, 3] });
  assert.deepEqual([inside.x, inside.y, inside.textX, inside.anchor], [35, 45, 47, 'start']);
  const corner = placeMark({ ...place, mark: [9, 19] });
  assert.deepEqual([corner.textX, corner.textY, corner.anchor], [183, 90, 'end']);
});

test('padding is what lies outside the frame, and a frame may go on beyond the tile', () => {
  const whole = placeFrame({ frame: [2, 3, 4, 5], size: [8, 11], scale: 10 });
  assert.equal(whole.line, 'M30 20h50v40h-50z');
  assert.equal(whole.outside, 'M0 0h110v80h-110zM30 20h50v40h-50z');
  const corner = placeFrame({ frame: [3, 3, 400, 600], size: [12, 12], scale: 1 });
  assert.equal(corner.outside, 'M0 0h603v403h-603zM3 3h600v400h-600z');
  const end = placeFrame({ frame: [-391, -591, 400, 600], size: [12, 12], scale: 1 });
  assert.equal(end.outside, 'M-591 -391h603v403h-603zM-591 -391h600v400h-600z');
});

test('pictures are as tall as fits, and where not even the least fits there is nothing to choose', () => {
  const fits = (limit) => (height) => height <= limit;
  assert.equal(largestFitting({ least: 60, most: 400, fits: fits(1000) }), 400);
  assert.equal(largestFitting({ least: 60, most: 400, fits: fits(50) }), 0);
  const found = largestFitting({ least: 60, most: 400, fits: fits(233) });
  assert.ok(found <= 233 && found > 228, `${found}`);
});

test('where a picture may be narrower than usual, more stand side by side', () => {
  const rows = [{ cells: Array.from({ length: 6 }, () => ({ size: [28, 28], operator: null })) }];
  const line = (smallest) => laid(rows, { width: 900, columns: null, sameScale: false, smallest })[0].tracks.length;
  assert.equal(line(null), 3);
  assert.equal(line(112), 6);
});

test('maps that have the screen to themselves stand in as many columns as make them largest', () => {
  const screen = { width: 1240, height: 560, gap: 28, around: 50 };
  const scale = (count, columns) =>
    Math.min((1240 - 28 * (columns - 1)) / columns, 560 / Math.ceil(count / columns) - 50) / 28;
  for (const count of [1, 2, 6, 16]) {
    const columns = columnsFor({ ...screen, count, size: [28, 28] });
    const all = Array.from({ length: count }, (_, before) => scale(count, before + 1));
    assert.equal(scale(count, columns), Math.max(...all), `${count} maps in ${columns} columns`);
  }
  assert.equal(columnsFor({ ...screen, count: 2, size: [400, 10] }), 2);
  assert.equal(columnsFor({ ...screen, count: 2, size: [3, 400] }), 1);
});

test('keys turn from row to row, and at the ends leave a clicker to the page', () => {
  const after = (key, at) => rowAfter({ key, at, count: 3 });
  assert.deepEqual(['ArrowRight', 'PageDown', 'End'].map((key) => after(key, 0)), [1, 1, 2]);
  assert.deepEqual(['ArrowLeft', 'PageUp', 'Home'].map((key) => after(key, 2)), [1, 1, 0]);
  assert.deepEqual([after('PageDown', 2), after('PageUp', 0), after('End', 2), after('x', 1)], [null, null, null, null]);
  // Where none is on yet, there is only a way forward.
  assert.deepEqual([after('PageDown', -1), after('PageUp', -1)], [0, null]);
});
