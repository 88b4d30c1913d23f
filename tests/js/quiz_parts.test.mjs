import assert from 'node:assert/strict';
import test from 'node:test';
import { readText, writeText } from '../../app/components/browser_store/browser_store.mjs';
import { leftWords } from '../../app/components/countdown/countdown.mjs';
import { blockFor, isEntered, partOf } from '../../app/components/keyboard/keyboard.mjs';
import { cellKind, cellWidth, extent, isNumbered, lanesOf, runsOff } from '../../app/components/windows/windows.mjs';

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

test('what does not fit into the window is shown from its beginning', () => {
  assert.equal(blockFor({ height: 300 }, 720), 'nearest');
  assert.equal(blockFor({ height: 700 }, 720), 'start');
});

test('a few windows are a staircase, and many share as few lines as keep them apart', () => {
  assert.deepEqual(lanesOf({ starts: [0, 2, 4], reach: 3 }), [0, 1, 2]);
  const many = lanesOf({ starts: Array.from({ length: 30 }, (_, n) => 2 * n), reach: 3 });
  assert.deepEqual(many.slice(0, 5), [0, 1, 0, 1, 0]);
  assert.deepEqual(lanesOf({ starts: [], reach: 3 }), []);
});

test('cells are narrower where there are many, and then fewer of them are numbered', () => {
  assert.deepEqual([10, 40, 100].map(cellWidth), [24, 14, 9]);
  assert.deepEqual([0, 5, 10, 60, 61].map((at) => isNumbered(at, 62, 9)), [true, false, true, false, true]);
  assert.equal(isNumbered(5, 12, 24), true);
});
