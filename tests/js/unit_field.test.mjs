import assert from 'node:assert/strict';
import test from 'node:test';
import { linesOf, placesOf } from '../../app/components/unit_field/maps.mjs';

const stop = (name, side) => ({ name, size: [side, side], shown: true });
const deep = [stop('input', 224), ...[56, 28, 14, 7].map((side, n) => stop(`stage${n + 1}.block1.conv2`, side))];
const NEAR = { largest: 1.5, type: 13 };

test('the words of neighbouring maps never meet, however little room there is', () => {
  for (const [room, type] of [[300, 13], [900, 13], [1900, 39], [1240, 26]]) {
    const { places, width, font } = placesOf(deep, room, { largest: 2.4, type });
    const words = places.map(({ name, size, x, wide, nth }) => {
      const half = (Math.max(...[...linesOf(name), size.join(' × ')].map(({ length }) => length)) * 0.58 * font) / 2;
      return [x + wide / 2 - half, x + wide / 2 + half, nth];
    });
    words.slice(1).forEach(([from, , nth], before) => {
      const [, end, line] = words[before];
      assert.ok(end <= from + 1 || line < nth, `${room}: ${before}`);
    });
    assert.ok(places.every(({ x, wide }) => x >= 0 && x + wide <= width) && width <= room);
  }
});

test('maps fill the room, but are not blown up without end', () => {
  const { width } = placesOf(deep, 700, NEAR);
  assert.ok(Math.abs(width - 700) < 20, `${width}`);
  const [input] = placesOf(deep, 5000, NEAR).places;
  assert.equal(input.wide, 150 * 1.5);
});

test('words keep their size: for them maps go on in another line', () => {
  const many = Array.from({ length: 12 }, (_, n) => stop(`stage1.block${n}.conv2`, 224 >> (n / 2)));
  for (const [room, type, lines] of [[1240, 13, 1], [1240, 26, 2], [343, 13, 3]]) {
    const { places, font } = placesOf(many, room, { largest: 2.4, type });
    assert.equal(font, type);
    assert.equal(places.at(-1).nth + 1, lines, `${room}`);
  }
});

test('before an audience maps are as small as the screen is low', () => {
  const { height } = placesOf(deep, 1240, { largest: 2.4, type: 26, tall: 340 });
  assert.ok(height <= 340 && height > 320, `${height}`);
});

test('a long name stands in lines, and a word without an end is cut', () => {
  assert.deepEqual(linesOf('stage1.block2.conv1'), ['stage1', 'block2', 'conv1']);
  assert.deepEqual(linesOf('a_very_long_word_indeed'), ['a_very_long_w…']);
});
