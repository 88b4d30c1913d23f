import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { agrees, windowAt, windowSum } from '../../app/components/loupe/arithmetic.mjs';
import {
  cellsOf,
  isPadding,
  nearestWindow,
  pixelAt,
  readAxis,
  toOriginal,
  toResult,
} from '../../app/components/loupe/axis.mjs';
import { keyStep } from '../../app/components/loupe/handling.mjs';
import { createMessages } from '../../app/components/shared/messages.mjs';
import { formatNumber } from '../../app/components/shared/numbers.mjs';
import { readPayload } from '../../app/components/shared/payload.mjs';
import { unrolled } from '../../app/components/shared/runs.mjs';
import {
  FITTED,
  layoutOf,
  panned,
  revealed,
  screenBox,
  viewsOf,
  zoomed,
  zoomStep,
  zoomWords,
} from '../../app/components/loupe/view.mjs';
import { differenceWords, windowWords } from '../../app/components/loupe/words.mjs';

// Written by tests/js/write_fixtures.py.
const numpy = JSON.parse(readFileSync(new URL('./fixtures/loupe/numpy.json', import.meta.url)));

// A table that Python has written.
function axis({ size = 100, taps = 3, before = 0, stride = 1, mode = 'zeros' }) {
  const wanted = String([size, taps, stride, before]);
  return readAxis(numpy.tables.find(({ of }) => String(of) === wanted).modes[mode]);
}

test('runs of equal steps are written out, missing numbers too', () => {
  assert.deepEqual(unrolled([[2, -1, 3], [1, 1, 2], [null, 0, 2], [5, 0, 1]]), [2, 1, 0, 1, 2, null, null, 5]);
});

test('a cell shows the pixel that np.pad shows, and is padding outside of the picture', () => {
  for (const { table, shows, of } of numpy.windows) {
    const one = readAxis(table);
    const cells = shows.map((_, at) => at - one.before);
    assert.deepEqual(cells.map((cell) => pixelAt(cell, one)), shows, of);
    assert.deepEqual(cells.filter((cell) => !isPadding(cell, one)), Array.from({ length: one.size }, (_, at) => at));
  }
});

test('a place has the window whose middle is nearest, the first of two, and never none', () => {
  for (const { table, places, nearest, of } of numpy.windows) {
    const one = readAxis(table);
    assert.deepEqual(places.map((place) => nearestWindow(place, one)), nearest, of);
  }
});

test('the taps of a window meet the cells that they should', () => {
  for (const { table, cells, of } of numpy.windows) {
    const one = readAxis(table);
    assert.deepEqual(cells.map((_, index) => cellsOf(index, one)), cells, of);
  }
});

test('the middle of a window leads back to that window, for even kernels and strides too', () => {
  for (const { table } of numpy.windows) {
    const one = readAxis(table);
    one.middles.forEach((middle, index) => assert.equal(nearestWindow(middle, one), index));
  }
});

const rgbaOf = (planes) =>
  Uint8ClampedArray.from(
    planes[0].flatMap((row, r) => row.flatMap((_, c) => [planes[0][r][c], planes[1][r][c], planes[2][r][c], 255])),
  );

test('products, sums and results are those of the whole layer, at each of its pixels', () => {
  const { pixels, taps, divisor, offset, answer } = numpy.layer, axes = numpy.layer.axes.map(readAxis);
  const kernel = { taps: [taps.flat()], divisor, offset, sums_over: false };
  const rgba = rgbaOf(pixels);
  answer[0].forEach((row, r) =>
    row.forEach((_, c) => {
      const window = windowAt({ pixels: rgba, planes: 3, axes, index: [r, c], paddingValue: 0 });
      const { results } = windowSum({ ...window, kernel });
      results.forEach((result, plane) => assert.ok(Math.abs(result - answer[plane][r][c]) < 1e-9));
    }),
  );
});

test('a layer that sums over the colours has one result, and each colour may have taps of its own', () => {
  const values = [
    [1, 2],
    [3, 4],
    [5, 6],
  ];
  const kernel = { taps: [[1, 0], [0, -1], [2, 2]], divisor: 2, offset: 1, sums_over: true };
  const { sums, totals, divided, results } = windowSum({ values, kernel });
  assert.deepEqual([sums, totals, divided, results], [[1, -4, 22], [19], [9.5], [10.5]]);
  const apart = windowSum({ values, kernel: { ...kernel, taps: [[1, 1]], sums_over: false } });
  assert.deepEqual(apart.results, [3 / 2 + 1, 7 / 2 + 1, 11 / 2 + 1]);
});

test('cells outside of the picture are padding, whatever they show', () => {
  const pixels = rgbaOf([[[10, 20, 30]], [[0, 0, 0]], [[0, 0, 0]]]);
  const at = (mode, paddingValue) => windowAt({
    pixels, planes: 1, axes: [axis({ size: 1, taps: 1 }), axis({ size: 3, before: 1, mode })], index: [0, 0], paddingValue,
  });
  assert.deepEqual(at('zeros', 7), { values: [[7, 10, 20]], padded: [true, false, false] });
  assert.deepEqual(at('reflect', 0), { values: [[20, 10, 20]], padded: [true, false, false] });
  const tall = [axis({ size: 1, before: 1, mode: 'replicate' }), axis({ size: 3, taps: 1 })];
  const { values, padded } = windowAt({ pixels, planes: 1, axes: tall, index: [0, 2], paddingValue: 0 });
  assert.deepEqual([values, padded], [[[30, 30, 30]], [true, false, true]]);
});

test('float32 sums agree, a wrong one does not', () => {
  const kernel = { taps: [[1, -1]], divisor: 3, offset: 0, sums_over: false };
  const sum = windowSum({ values: [[200, 100]], kernel });
  assert.ok(agrees({ sum, kernel, expected: [Math.fround(100 / 3)] }));
  assert.ok(!agrees({ sum, kernel, expected: [100 / 3 + 0.1] }));
  assert.ok(!agrees({ sum, kernel, expected: [100 / 3, 0] }));
  const none = windowSum({ values: [[0, 0]], kernel });
  assert.ok(agrees({ sum: none, kernel, expected: [0] }));
  assert.ok(!agrees({ sum: none, kernel, expected: [0.01] }));
});

test('a point of the result lies under the middle of its window', () => {
  for (const one of [axis({ before: 1 }), axis({}), axis({ stride: 2 }), axis({ taps: 4, before: 2 })]) {
    for (const index of [0, 5]) {
      const middle = one.first[index] + one.reach / 2;
      assert.equal(toResult(middle, one), index + 0.5);
      assert.equal(toOriginal(index + 0.5, one), middle);
    }
  }
});

const room = [300, 450];
const flat = (axes, sizes, curtain = false) => layoutOf({ sizes, axes, room, curtain });
const strided = [axis({ size: 100, stride: 2, before: 1 }), axis({ size: 150, stride: 2, before: 1 })];
const halves = [[100, 150], [50, 75]];

test('side by side both pictures have one scale; zoomed, the result follows the middle', () => {
  const layout = flat(strided, halves);
  assert.equal(layout.fit, 3);
  assert.deepEqual(viewsOf(FITTED, layout).result, { origin: [0, 0], scale: [3, 3] });
  const { original, result } = viewsOf({ zoom: 4, centre: [50, 75] }, layout);
  assert.deepEqual(original.scale, result.scale);
  const middle = layout.frame.map((length, at) => original.origin[at] + length / 2 / original.scale[at]);
  assert.deepEqual(middle, [50, 75]);
  middle.forEach((point, at) => {
    const seen = layout.frame[at] / 2 / result.scale[at];
    assert.equal(result.origin[at] + seen, toResult(point, strided[at]));
  });
});

test('under a curtain each place of the result lies on its place of the original', () => {
  for (const zoom of [1, 5]) {
    const layout = flat(strided, halves, true);
    const { original, result } = viewsOf({ zoom, centre: [60, 80] }, layout);
    for (const index of [10, 20]) {
      const middle = strided[0].first[index] + 1.5;
      const screen = [
        (middle - original.origin[0]) * original.scale[0],
        (index + 0.5 - result.origin[0]) * result.scale[0],
      ];
      assert.ok(Math.abs(screen[0] - screen[1]) < 1e-9);
    }
  }
});

test('a point stays under the pointer while it is zoomed, and goes with it when dragged', () => {
  const layout = flat(strided, halves), spot = [120, 300];
  const at = (view) => {
    const { origin, scale } = viewsOf(view, layout).original;
    return spot.map((length, along) => origin[along] + length / scale[along]);
  };
  const twice = zoomed(FITTED, layout, { factor: 2, spot });
  at(twice).forEach((place, along) => assert.ok(Math.abs(place - at(FITTED)[along]) < 1e-9));
  const { origin } = viewsOf(panned(twice, layout, [6, -12]), layout).original;
  const before = viewsOf(twice, layout).original.origin;
  assert.deepEqual([origin[0] - before[0], origin[1] - before[1]].map((n) => Number(n.toFixed(9))), [-1, 2]);
});

test('a picture is never smaller than fitted, never past its edges, never beyond the largest scale', () => {
  const layout = flat(strided, halves);
  assert.equal(zoomed(FITTED, layout, { factor: 0.1, spot: [0, 0] }).zoom, 1);
  const most = zoomed(FITTED, layout, { factor: 1e6, spot: [0, 0] });
  assert.equal(most.zoom * layout.fit, 64);
  assert.equal(zoomed(FITTED, layout, { factor: 1e6, spot: [0, 0], finest: 4 }).zoom * layout.fit, 16);
  const far = panned(most, layout, [1e6, 1e6]);
  // One pixel of padding lies before the picture.
  assert.deepEqual(viewsOf(far, layout).original.origin, [-1, -1]);
  // Panning past the edge is not remembered.
  assert.equal(viewsOf(panned(far, layout, [-64, 0]), layout).original.origin[0], 0);
});

test('a window that has left the view is brought back into it, the padding with it', () => {
  const layout = flat(strided, halves), close = zoomed(FITTED, layout, { factor: 10, spot: [0, 0] });
  for (const corner of [[80, 120], [-1, -1]]) {
    const { origin, scale } = viewsOf(revealed(close, layout, { corner, size: [3, 3] }), layout).original;
    corner.forEach((first, at) => {
      assert.ok(first >= origin[at] - 1e-9);
      assert.ok(first + 3 <= origin[at] + layout.frame[at] / scale[at] + 1e-9);
    });
  }
  assert.deepEqual(revealed(close, layout, { corner: [4, 4], size: [3, 3] }), close);
});

test('zooming goes by round scales, said in words', () => {
  assert.equal(0.6 * zoomStep(0.6, 1), 1);
  assert.equal(zoomStep(1, -1), 0.5);
  assert.equal(zoomStep(16, 1) * 16, 36);
  assert.deepEqual([0.25, 0.6, 1, 8, 36].map(zoomWords), ['1 : 4', '1 : 1.7', '1×', '8×', '36×']);
});

test('a tiny window is drawn large enough to be seen, round its own middle', () => {
  const view = { origin: [10, 20], scale: [0.5, 0.5] };
  const box = screenBox({ corner: [100, 200], size: [3, 3], view, least: 12 });
  assert.deepEqual([box.height, box.width, box.top + 6, box.left + 6], [12, 12, 45.75, 90.75]);
});

test('arrow keys move by one pixel, with Shift by eight; other keys not at all', () => {
  assert.deepEqual(keyStep({ key: 'ArrowUp', shiftKey: false }), [-1, 0]);
  assert.deepEqual(keyStep({ key: 'ArrowRight', shiftKey: true }), [0, 8]);
  assert.equal(keyStep({ key: 'PageDown', shiftKey: false }), null);
});

test('a window in the padding is named with true minus signs', () => {
  const axes = [axis({ before: 1 }), { reach: 1 }];
  assert.equal(windowWords({ pinned: true, starts: [-1, 4], axes }), 'Pinned: rows −1 to 1, column 4');
  assert.equal(windowWords({ pinned: false, starts: [5, 4], axes }), 'Pointer: rows 5–7, column 4');
  assert.equal(formatNumber(-22.66667), '≈−22.67');
});

test('a difference is said, agreement is not', () => {
  assert.equal(differenceWords({ agree: true, results: [1], expected: [1] }), '');
  assert.equal(
    differenceWords({ agree: false, results: [-1], expected: [2] }),
    'The products shown here give −1, but the layer computed 2.',
  );
});

test('a payload is read wherever it lies in its buffer', () => {
  const text = new TextEncoder().encode(JSON.stringify({ id: 'ü' }));
  const data = Uint8Array.from([9, 9, text.length, 0, 0, 0, ...text, 1, 2, 3, 4]).subarray(2);
  const { header, bytesOf } = readPayload(data);
  assert.deepEqual([header, [...bytesOf([1, 2])]], [{ id: 'ü' }, [2, 3]]);
});

test('a message stays that a later sender has left', () => {
  const messages = createMessages(), heard = [], first = {}, second = {};
  const leave = messages.listen((name) => heard.push(name));
  messages.put('pinned', first);
  messages.put('pinned', second);
  messages.remove('pinned', first);
  assert.equal(messages.read('pinned'), second);
  leave();
  messages.put('pinned', first);
  assert.equal(heard.length, 2);
});
