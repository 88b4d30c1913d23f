import assert from 'node:assert/strict';
import test from 'node:test';
import { attended, previewed } from '../../app/components/shelf/attention.mjs';
import { markedKernel } from '../../app/components/shelf/choice.mjs';
import { typeOf } from '../../app/components/shelf/glimpses.mjs';

const NOTHING = { pointed: null, focused: null };

test('the pointer counts before the focus, which counts again once the pointer is gone', () => {
  const focused = attended(NOTHING, { kind: 'focus', id: 'box' });
  const both = attended(focused, { kind: 'point', id: 'corner' });
  assert.equal(previewed(both, ''), 'corner');
  assert.equal(previewed(attended(both, { kind: 'point' }), ''), 'box');
});

test('Escape ends both', () => {
  const both = { pointed: 'box', focused: 'corner' };
  assert.equal(previewed(attended(both, { kind: 'none' }), ''), null);
});

test('the chosen kernel needs no preview, but one that was previewed stays until its result is there', () => {
  const pointed = attended(NOTHING, { kind: 'point', id: 'box' });
  assert.equal(previewed(pointed, 'box'), null);
  assert.equal(previewed(pointed, 'box', 'box'), 'box');
});

test('what was pressed last is marked before the page has heard of it', () => {
  assert.equal(markedKernel('identity', []), 'identity');
  assert.equal(markedKernel('identity', ['box', 'corner']), 'corner');
});

test('JPEG and PNG are told by their first byte', () => {
  assert.equal(typeOf(Uint8Array.of(0xff, 0xd8)), 'image/jpeg');
  assert.equal(typeOf(Uint8Array.of(0x89, 0x50)), 'image/png');
});
