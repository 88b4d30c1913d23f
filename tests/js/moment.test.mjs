import assert from 'node:assert/strict';
import test from 'node:test';
import { tagPlace } from '../../app/components/stage/moment.mjs';

test('a number beside a small cell stays over its panel, as far as it is not wider', () => {
  assert.equal(tagPlace({ middle: 50, room: 100, text: '12' }), 50);
  assert.equal(tagPlace({ middle: 5, room: 100, text: '−1254' }), 20);
  assert.equal(tagPlace({ middle: 95, room: 100, text: '−1254' }), 80);
  assert.equal(tagPlace({ middle: 5, room: 30, text: '−1254' }), 15);
});
