import assert from 'node:assert/strict';
import test from 'node:test';
import { createSettled, GIVEN_UP, LONGEST, STILL } from '../../app/web/first_frame/settled.mjs';
import { hasBegun, isPlain, nameOf } from '../../app/web/first_frame/switching.mjs';
import { chosenTheme } from '../../app/web/first_frame/theme.mjs';
import { wish } from '../../app/web/opening/memory.mjs';
import { windowOf } from '../../app/web/opening/painting.mjs';
import { placesIn } from '../../app/web/opening/places.mjs';
import { poseAt, WHOLE } from '../../app/web/opening/timeline.mjs';

const SCENE = { out: 30, taps: 9, rest: [3, 4] };

test('the pixels come one after the other, none is taken back, and in the end all are there', () => {
  let made = 0;
  for (let at = 0; at <= WHOLE; at += 10) {
    const pose = poseAt(at, SCENE);
    assert.ok(pose.made >= made && pose.cell < 900 && pose.said >= 1);
    made = pose.made;
  }
  assert.equal(made, 900);
});

test('the window glides: from one moment to the next it goes less than half a pixel in the first cells', () => {
  for (let at = 0; at < 6000; at += 10) {
    const [before, after] = [poseAt(at, SCENE), poseAt(at + 10, SCENE)];
    for (const axis of [0, 1]) assert.ok(Math.abs(after.window[axis] - before.window[axis]) < 0.5, `${at}`);
  }
});

test('it comes to rest with everything said, the window over the cell whose sum is shown', () => {
  const pose = poseAt(WHOLE, SCENE);
  assert.deepEqual([pose.window, pose.cell, pose.said, pose.dropped], [[3, 4], 94, 4, 1]);
  assert.deepEqual(poseAt(WHOLE + 5000, SCENE), pose);
});

test('the products under the window are those of its pixels and the weights', () => {
  const scene = { side: 3, window: 2, out: 2, photograph: [1, 2, 3, 4, 5, 6, 7, 8, 9], kernel: [1, 0, -1, 2] };
  assert.deepEqual(windowOf(scene, 3).map((tap) => tap.product), [5, 0, -8, 18]);
});

const SIZES = [[1260, 440], [1800, 700], [366, 520], [366, 380], [300, 300], [700, 260]];
for (const [width, height] of SIZES) {
  test(`in ${width} x ${height} all parts fit and none lies on another`, () => {
    const { photograph, cells, kernel, result, sum } = placesIn(width, height);
    const squares = [photograph, cells, kernel, result];
    for (const { x, y, side } of squares) {
      assert.ok(x >= -0.01 && y >= 0 && x + side <= width + 0.01 && y + side <= height + 0.01 && side > 40, `${x} ${y} ${side}`);
    }
    for (const a of squares) {
      for (const b of squares) {
        if (a !== b) assert.ok(a.x + a.side <= b.x || b.x + b.side <= a.x || a.y + a.side <= b.y || b.y + b.side <= a.y);
      }
    }
    assert.ok(sum.y - sum.size / 2 >= cells.y + cells.side && sum.y + sum.size / 2 <= height);
  });
}

test('it plays at the bare address for who has not seen it, and for who asks', () => {
  assert.deepEqual(wish('https://a.edu/', false), { play: true, guide: false, address: null });
  assert.equal(wish('https://a.edu/', true).play, false);
  assert.equal(wish('https://a.edu/?kernel=5x5', false).play, false);
  assert.deepEqual(wish('https://a.edu/?opening=1', true), { play: true, guide: false, address: 'https://a.edu/' });
});

test('a link may ask for the guide, with no opening before it', () => {
  const asked = wish('https://a.edu/?guide=1&kernel=2x2', false);
  assert.deepEqual(asked, { play: false, guide: true, address: 'https://a.edu/?kernel=2x2' });
});

test('the theme is the one that was chosen for this path, else the system\'s', () => {
  const kept = [['stActiveTheme-/quiz-v2', '"Dark"'], ['stActiveTheme-/-v2', '"System"']];
  assert.deepEqual(['/quiz', '/', '/picture'].map((path) => chosenTheme(kept, path)), ['dark', '', '']);
});

const steps = (settled, looks) => looks.map(([now, place, ready]) => settled.step({ now, place, ready }));

test('a page is shown once nothing in it has moved for a moment', () => {
  const still = Array.from({ length: STILL + 1 }, (_, index) => [100 + index, 'a', true]);
  assert.deepEqual(steps(createSettled(), still), [...Array(STILL).fill(false), true]);
  const moved = createSettled();
  assert.ok(!steps(moved, [...still.slice(1), [200, 'b', true]]).includes(true));
});

test('a run under way keeps it hidden, but not for ever', () => {
  assert.deepEqual(steps(createSettled(), [[0, '', false], [500, 'a', false], [501 + LONGEST, 'a', false]]), [false, false, true]);
  assert.deepEqual(steps(createSettled(), [[0, '', false], [GIVEN_UP + 1, '', false]]), [false, true]);
});

test('as long as the old page still stands nothing has begun, and it is not waited for without end', () => {
  let state = 'notRunning';
  const begun = hasBegun({ began: 100, stateOf: () => state });
  assert.equal(begun(200), false);
  state = 'running';
  assert.equal(begun(300), true);
  state = 'notRunning';
  assert.equal(begun(400), true);
  const never = hasBegun({ began: 0, stateOf: () => 'notRunning' });
  assert.deepEqual([never(1400), never(1600)], [false, true]);
});

test('a page is known by the end of its path, and a press for another tab switches nothing here', () => {
  assert.deepEqual(['/', '/quiz', '/lab/quiz', '/lab/'].map(nameOf), ['', 'quiz', 'quiz', '']);
  const press = { button: 0, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  assert.equal(isPlain(press), true);
  for (const other of [{ button: 1 }, { ctrlKey: true }, { metaKey: true }, { shiftKey: true }])
    assert.equal(isPlain({ ...press, ...other }), false);
});
