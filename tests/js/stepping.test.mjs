import assert from 'node:assert/strict';
import test from 'node:test';
import { cardWords } from '../../app/components/stage/card.mjs';
import { settingOf } from '../../app/components/stage/handles.mjs';
import { createHint } from '../../app/components/stage/hint.mjs';
import { asked, createStepping, isEven, numberOf, reach } from '../../app/components/stage/stepping.mjs';

const span = (least, most) => ({ least, most, no_less: `not below ${least}`, no_more: `not above ${most}` });
const row = (name, values, spans, more = {}) => ({
  name,
  title: name,
  letter: name[0],
  values,
  texts: values.map(String),
  spans,
  handles: { [name[0]]: null },
  ...more,
});
const KERNEL = row('kernel', [3, 2], [span(1, 5), span(2, 4)], { handles: { k: null, k_h: 0, k_w: 1 } });
const MAPS = row('maps', [2], [span(1, 4)], { handles: { C_out: null } });

// A stepping whose commits stay on their way until `take()`.
function stepping(rows) {
  const sent = [],
    said = [];
  let waiting = [],
    drawn = 0;
  const commits = {
    add: (act, value, note) => {
      sent.push([act, value]);
      waiting.push(note);
    },
    waiting: () => waiting,
  };
  const made = createStepping({ commits, say: (sentence) => said.push(sentence), draw: () => (drawn += 1) });
  made.receive(rows);
  return { ...made, sent, said, drawn: () => drawn, take: () => (waiting = []) };
}

test('what was asked for shows over what Python said, in its order', () => {
  const changes = [
    { name: 'kernel', axis: null, value: 4 },
    { name: 'kernel', axis: 1, value: 5 },
  ];
  assert.deepEqual(asked([KERNEL, MAPS], changes)[0].values, [4, 5]);
  assert.deepEqual(KERNEL.values, [3, 2]);
  assert.deepEqual(asked([KERNEL, MAPS], changes)[1].values, [2]);
});

test('both axes together go as far as the stricter of them', () => {
  assert.deepEqual(reach(KERNEL, null), { least: 2, most: 4, noLess: 'not below 2', noMore: 'not above 4' });
  assert.equal(reach(KERNEL, 0).most, 5);
});

test('an axis has a name of its own, a single number none', () => {
  assert.equal(numberOf(KERNEL, 1).name, 'kernel width');
  assert.equal(numberOf(row('stride', [1, 1], [span(1, 8), span(1, 8)]), 0).name, 'stride down');
  assert.equal(numberOf(KERNEL, null).name, 'kernel');
  assert.equal(numberOf(MAPS, null).name, 'maps');
});

test('padding of unlike ends is shown as it is written', () => {
  const padding = row('padding', [1, 1], [span(0, 6), span(0, 6)], { texts: ['1.2', '1.2'] });
  assert.equal(numberOf(padding, null).text, '1·2');
  assert.ok(isEven(padding));
});

test('quick steps add up before Python has answered, and each is sent', () => {
  const { step, sent, drawn, find } = stepping([row('padding', [0, 0], [span(0, 6), span(0, 6)])]);
  for (const by of [1, 1, 1, -1]) step('padding', null, by);
  assert.deepEqual(sent.map(([, { value }]) => value), [1, 2, 3, 2]);
  assert.deepEqual(find('padding').values, [2, 2]);
  assert.equal(drawn(), 4);
});

test('at its end a number stays, and it is said why', () => {
  const { step, set, sent, said } = stepping([KERNEL]);
  assert.equal(step('kernel', 1, -1), false);
  assert.deepEqual([sent, said], [[], ['not below 2']]);
  set('kernel', 0, 99);
  assert.deepEqual(sent, [['set', { name: 'kernel', axis: 0, value: 5 }]]);
  assert.equal(said.at(-1), 'not above 5');
});

test('why a typed number was not taken is said once more when the nearest one is drawn', () => {
  const { set, said, take, remind } = stepping([KERNEL]);
  set('kernel', 0, 99);
  remind();
  assert.deepEqual(said, ['not above 5']);
  take();
  remind();
  remind();
  assert.deepEqual(said, ['not above 5', 'not above 5']);
});

test('unlike axes are brought together by the number that one of them has', () => {
  const { set, find } = stepping([KERNEL]);
  set('kernel', null, 3);
  assert.deepEqual(find('kernel').values, [3, 3]);
});

test('a symbol stands for a setting on the axis of its formula, or on both where one formula says both', () => {
  const rows = [KERNEL, MAPS];
  const at = (symbol, id, merged) => settingOf({ rows, symbol, id, merged });
  assert.deepEqual(at('k', 'height', true), { name: 'kernel', axis: null });
  assert.deepEqual(at('k', 'height', false), { name: 'kernel', axis: 0 });
  assert.deepEqual(at('k', 'width', false), { name: 'kernel', axis: 1 });
  assert.deepEqual(at('k_w', 'parameters', true), { name: 'kernel', axis: 1 });
  assert.deepEqual(at('C_out', 'parameters', false), { name: 'maps', axis: null });
  assert.equal(at('H_out', 'macs', true), null);
});

test('a card says what a letter is, what that means, and how far it goes', () => {
  assert.deepEqual(cardWords('p = 1: padding on each side', { least: 0, most: 6 }), {
    what: 'p = 1',
    words: 'padding on each side',
    range: '0 to 6',
  });
  assert.equal(cardWords('k = 3: kernel height', { least: 3, most: 3 }).range, 'only 3 fits');
  assert.deepEqual(cardWords('padding lies on both sides'), {
    what: '',
    words: 'padding lies on both sides',
    range: null,
  });
});

test('the hint goes once the formula was used, in every later visit too', () => {
  const kept = new Map();
  const storage = () => ({ getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) });
  const hint = createHint(storage);
  assert.ok(hint.isWanted());
  hint.remember();
  assert.ok(!hint.isWanted());
  assert.ok(!createHint(storage).isWanted());
});

test('a browser that keeps nothing is told each time, and nothing breaks', () => {
  const refused = () => {
    throw new Error('storage is switched off');
  };
  const hint = createHint(refused);
  assert.ok(hint.isWanted());
  hint.remember();
  assert.ok(!hint.isWanted());
  assert.ok(createHint(refused).isWanted());
});
