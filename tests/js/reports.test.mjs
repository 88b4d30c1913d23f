import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { createReports } from '../../app/components/shared/reports.mjs';
import { createTyping } from '../../app/components/shared/typing.mjs';

const later = () => new Promise((done) => { setTimeout(done); });
let line, changed, told, listeners;

beforeEach(() => {
  line = 'CONNECTED';
  told = [];
  listeners = {};
  globalThis.CSS = { escape: (text) => text };
  globalThis.document = {
    body: {},
    activeElement: null,
    querySelector: () => ({ getAttribute: () => line }),
    addEventListener: (name, act) => { listeners[name] = act; },
    removeEventListener: (name) => { delete listeners[name]; },
  };
  globalThis.MutationObserver = class {
    constructor(act) { changed = (now) => { line = now; act(); }; }
    observe() {}
    disconnect() { changed = () => {}; }
  };
});

const reports = (more = {}) => createReports({ send: (mark, found) => told.push({ ...mark, found }), ...more });

test('each session that asks is told once, and a rerun of it is not', async () => {
  const { asked } = reports();
  assert.deepEqual([asked('one'), asked('one'), asked('two')], [true, false, true]);
  await later();
  assert.equal(told.at(-1).to, 'two');
  assert.equal(asked('two'), false);
});

test('another name is another question of the same session', async () => {
  const { asked } = reports();
  assert.deepEqual([asked('one', 'a'), asked('one', 'b'), asked('one', 'b')], [true, true, false]);
  await later();
});

test('whoever answers is told when the line is joined again, and no two reports are alike', async () => {
  let joined = 0;
  const { asked, add, destroy } = reports({ onJoined: () => { joined += 1; } });
  asked('one');
  await later();
  for (const state of ['PINGING_SERVER', 'CONNECTING', 'CONNECTED', 'CONNECTED']) changed(state);
  add('more');
  assert.deepEqual(told.map(({ to, found }) => [to, found]), [['one', undefined], [null, undefined], ['one', 'more']]);
  assert.equal(new Set(told.map(({ turn }) => turn)).size, 3);
  assert.equal(joined, 1);
  destroy();
  changed('CONNECTING');
  changed('CONNECTED');
  assert.equal(told.length, 3);
});

test('before a session has asked, a line that comes and goes is nothing to tell', () => {
  reports();
  for (const state of ['CONNECTING', 'CONNECTED']) changed(state);
  assert.deepEqual(told, []);
});

const box = (area, more = {}) => {
  const made = {
    value: '', disabled: false, isConnected: true, matches: () => true,
    closest: (selector) => selector === `.st-key-${area}`,
    focus: () => { document.activeElement = made; },
    ...more,
  };
  return made;
};
const type = (into, value) => {
  into.value = value;
  listeners.input({ target: into });
};

test('what is typed is known by the name of its box, until that box is watched no more', () => {
  const typing = createTyping();
  typing.watch({ height: 'h', width: 'w' });
  type(box('height'), '3');
  type(box('width'), '4');
  type(box('elsewhere'), '5');
  assert.deepEqual(typing.texts(), { h: '3', w: '4' });
  typing.watch({ width: 'w' });
  assert.deepEqual(typing.texts(), { w: '4' });
});

test('a box that was shut while somebody typed has the keyboard again, one that was left has not', () => {
  const typing = createTyping(), shut = box('height'), left = box('width');
  type(left, '4');
  listeners.blur({ target: left });
  typing.reopen();
  assert.equal(document.activeElement, null);
  type(shut, '3');
  listeners.blur({ target: { ...shut, disabled: true } });
  typing.reopen();
  assert.equal(document.activeElement, shut);
});

test('where the keyboard is elsewhere by then, the box that was shut is entered and left, and so sent', () => {
  const typing = createTyping(), entered = [];
  const shut = box('height', { focus: () => entered.push('shut') });
  document.activeElement = { focus: () => entered.push('elsewhere') };
  type(shut, '3');
  typing.reopen();
  assert.deepEqual(entered, ['shut', 'elsewhere']);
});
