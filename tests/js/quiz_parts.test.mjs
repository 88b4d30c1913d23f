import assert from 'node:assert/strict';
import test from 'node:test';
import { readText, writeText } from '../../app/components/browser_store/browser_store.mjs';
import { leftWords } from '../../app/components/countdown/countdown.mjs';
import { blockFor, isEntered, isInABoxOf, partOf } from '../../app/components/keyboard/keyboard.mjs';

test('what is left is said in whole minutes, in seconds at last, and without a reproach after', () => {
  assert.deepEqual([1200, 61, 60, 59.2, 1, 0, -59, -60, -125].map(leftWords), [
    '20 min left', '2 min left', '1 min left', '60 s left', '1 s left',
    'The time is over.', 'The time is over.', 'The time is over by 1 min.', 'The time is over by 2 min.',
  ]);
});

test('what was kept is read again, and nothing kept is an empty text', () => {
  const held = new Map();
  const storage = () => ({ getItem: (name) => held.get(name) ?? null, setItem: (name, text) => held.set(name, text) });
  assert.deepEqual(readText(storage, 'a'), { text: '', kept: true });
  assert.equal(writeText(storage, 'a', '{}'), true);
  assert.deepEqual(readText(storage, 'a'), { text: '{}', kept: true });
});

test('a browser that refuses to keep anything is told apart from one that has nothing yet', () => {
  const refusing = () => { throw new DOMException('denied', 'SecurityError'); };
  assert.deepEqual(readText(refusing, 'a'), { text: '', kept: false });
  assert.deepEqual(readText(refusing, 'a', 'held'), { text: 'held', kept: false });
  assert.equal(writeText(refusing, 'a', '{}'), false);
});

test('Enter hands in a line or a choice, and Ctrl+Enter a box of several lines', () => {
  const pressed = (tagName, keys = {}) => isEntered({ key: 'Enter', target: { tagName }, ...keys });
  assert.equal(pressed('INPUT'), true);
  assert.equal(pressed('TEXTAREA'), false);
  assert.equal(pressed('TEXTAREA', { ctrlKey: true }), true);
  assert.equal(pressed('TEXTAREA', { metaKey: true }), true);
  assert.equal(pressed('BUTTON'), false);
  assert.equal(pressed('INPUT', { isComposing: true }), false);
  assert.equal(pressed('INPUT', { key: 'a' }), false);
});

test('the keyboard goes to a box and never to the help icon of its label', () => {
  const part = (kind, inLabel = false) => ({ kind, closest: () => (inLabel ? {} : null) });
  const area = (parts) => ({ querySelectorAll: (kinds) => parts.filter(({ kind }) => kinds.includes(kind)) });
  const help = part('button', true), box = part('textarea'), check = part('button'), total = part('.quiz [tabindex="-1"]');
  assert.equal(partOf(area([help, box])), box);
  assert.equal(partOf(area([help])), null);
  assert.equal(partOf(area([help, check])), check);
  assert.equal(partOf(area([check, total])), total);
  assert.equal(partOf(null), null);
});

test('whoever types into a box of a new question already is not taken to another one', () => {
  const boxes = { contains: (one) => one.inside };
  const active = (isBox, inside) => ({ matches: () => isBox, inside });
  assert.equal(isInABoxOf(boxes, active(true, true)), true);
  assert.equal(isInABoxOf(boxes, active(true, false)), false);
  assert.equal(isInABoxOf(boxes, active(false, true)), false);
  assert.equal(isInABoxOf(null, active(true, true)), false);
  assert.equal(isInABoxOf(boxes, null), false);
});

test('what does not fit into the window is shown from its beginning', () => {
  assert.equal(blockFor({ height: 300 }, 720), 'nearest');
  assert.equal(blockFor({ height: 700 }, 720), 'start');
});
