import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { pixelTint, rangeTint, signedTint } from '../../app/components/stage/tints.mjs';

const channels = (colour) => colour.match(/\d+/g).map(Number);
const linear = (share) => (share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4);
const luminance = (rgb) => rgb.reduce((sum, part, at) => sum + [0.2126, 0.7152, 0.0722][at] * linear(part / 255), 0);

test('a grey pixel has its own grey, and nothing else lies over it', () => {
  const tint = pixelTint('grey');
  for (const value of [0, 77, 255]) assert.deepEqual(channels(tint(value).colour), [value, value, value]);
  assert.equal(tint(77).opacity, 1);
});

test('a number beyond a pixel is as dark or as bright as a pixel gets', () => {
  assert.equal(pixelTint('red')(-40).colour, pixelTint('red')(0).colour);
  assert.equal(pixelTint('red')(400).colour, pixelTint('red')(255).colour);
});

test('the ink on every pixel of every plane can be read', () => {
  for (const plane of ['grey', 'red', 'green', 'blue']) {
    for (let value = 0; value <= 255; value += 1) {
      const { colour, ink } = pixelTint(plane)(value);
      const [low, high] = [luminance(channels(colour)), ink === 'light' ? 1 : 0].sort();
      assert.ok((high + 0.05) / (low + 0.05) >= 4.5, `${plane} ${value}`);
    }
  }
});

test('as many greys are dark here as where Python chooses the ink', () => {
  const { dark_greys } = JSON.parse(readFileSync(new URL('./fixtures/inks.json', import.meta.url), 'utf8'));
  const light = Array.from({ length: 256 }, (_, value) => pixelTint('grey')(value)).filter(({ ink }) => ink === 'light');
  assert.equal(light.length, dark_greys);
});

test('signed numbers have one scale with zero in the middle, the input one from its lowest to its highest', () => {
  const signed = signedTint([-4, 2, null]);
  assert.deepEqual(signed(-4), { opacity: 0.55, negative: true });
  assert.deepEqual(signed(2), { opacity: 0.275, negative: false });
  assert.equal(signedTint([0, 0])(0).opacity, 0);
  const plain = rangeTint([3, 5, null]);
  assert.ok(plain(3).opacity < plain(5).opacity && plain(null).opacity === 0);
});
