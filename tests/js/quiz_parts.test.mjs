import assert from 'node:assert/strict';
import test from 'node:test';
import { readText, writeText } from '../../app/components/browser_store/browser_store.mjs';
import { leftWords } from '../../app/components/countdown/countdown.mjs';
import { isEntered } from '../../app/components/keyboard/keyboard.mjs';
import { cellKind, extent, runsOff } from '../../app/components/windows/windows.mjs';

const shown = { before: 1, input: 5, after: 1, starts: [-1, 1, 3, 5], reach: 3, role: 'input' };

test('the drawing holds every cell and every window, also one that runs off', () => {
  assert.deepEqual(extent(shown), { first: -1, end: 8 });
  assert.deepEqual(extent({ ...shown, starts: [] }), { first: -1, end: 6 });
});

test('cells are of the input, of the padding, or beyond both', () => {
  const kinds = [-2, -1, 0, 4, 5, 6].map((at) => cellKind(at, shown));
  assert.deepEqual(kinds, ['cell beyond', 'cell padding', 'cell', 'cell', 'cell padding', 'cell beyond']);
});

test('a window runs off where it leaves the padded input at either end', () => {
  assert.deepEqual(shown.starts.map((start) => runsOff(start, shown)), [false, false, false, true]);
  assert.equal(runsOff(-2, shown), true);
  assert.equal(runsOff(-2, { ...shown, role: 'output' }), false);
});

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
