import assert from 'node:assert/strict';
import test from 'node:test';
import { linesOf, placesOf } from '../../app/components/unit_field/maps.mjs';

const stop = (name, side) => ({ name, size: [side, side], shown: true });
const deep = [stop('input', 224), ...[56, 28, 14, 7].map((side, n) => stop(`stage${n + 1}.block1.conv2`, side))];
const NEAR = { largest: 1.5, type: 13 };

test('the words of neighbouring maps never meet, however little room there is', () => {
  for (const [room, type] of [[300, 13], [900, 13], [1900, 39], [1240, 26]]) {
    const { places, width, font } = placesOf(deep, room, { largest: 2.4, type });
    const words = places.map(({ name, size, x, wide }) => {
      const half = (Math.max(...[...linesOf(name), size.join(' × ')].map(({ length }) => length)) * 0.58 * font) / 2;
      return [x + wide / 2 - half, x + wide / 2 + half];
    });
    words.slice(1).forEach(([from], before) => assert.ok(words[before][1] <= from + 1, `${room}: ${before}`));
    assert.ok(places.at(-1).x + places.at(-1).wide <= width);
  }
});

test('maps fill the room, but are not blown up without end', () => {
  const { width } = placesOf(deep, 700, NEAR);
  assert.ok(Math.abs(width - 700) < 10, `${width}`);
  const [input] = placesOf(deep, 5000, NEAR).places;
  assert.equal(input.wide, 150 * 1.5);
});

test('words are smaller rather than cut, as long as they can be read', () => {
  const fonts = [3000, 700, 200].map((room) => placesOf(deep, room, { largest: 2.4, type: 26 }).font);
  assert.equal(fonts[0], 26);
  assert.ok(fonts[1] < 26 && fonts[1] > 13, `${fonts}`);
  assert.equal(fonts[2], 13);
});

test('a long name stands in lines, and a word without an end is cut', () => {
  assert.deepEqual(linesOf('stage1.block2.conv1'), ['stage1', 'block2', 'conv1']);
  assert.deepEqual(linesOf('a_very_long_word_indeed'), ['a_very_long_w…']);
});
