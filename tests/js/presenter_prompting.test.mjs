import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPrompting } from '../../app/components/presenter/prompting.mjs';
import { lasted } from '../../app/components/remote/clock.mjs';

const PLACE = { talk: 'Padding', number: 2, count: 6, title: 'It adds up', note: '', following: '' };

// A presenting window, what it told, and a way to tell it something.
function presenting() {
  const told = [], done = [];
  let hear = null, left = false;
  const prompting = createPrompting({
    acts: { key: (key) => done.push(key) },
    join: (listen) => {
      hear = listen;
      return { tell: (said) => told.push(said), leave: () => { left = true; } };
    },
  });
  return { prompting, told, done, hear: (said) => hear(said), left: () => left };
}

test('a window tells its place once, and again to whoever comes later', () => {
  const { prompting, told, hear } = presenting();
  prompting.show(PLACE);
  prompting.show({ ...PLACE });
  assert.deepEqual(told, [{ kind: 'place', place: PLACE }]);
  hear({ kind: 'hello' });
  assert.equal(told.length, 2);
});

test('a window that presents nothing neither answers nor obeys', () => {
  const { prompting, told, done, hear } = presenting();
  prompting.show(null);
  hear({ kind: 'hello' });
  hear({ kind: 'act', act: 'key', value: 'PageDown' });
  assert.deepEqual([told, done], [[], []]);
});

test('what is asked for is done, and what nobody knows is passed over', () => {
  const { prompting, done, hear } = presenting();
  prompting.show(PLACE);
  hear({ kind: 'act', act: 'key', value: 'PageDown' });
  hear({ kind: 'act', act: 'explode', value: 1 });
  assert.deepEqual(done, ['PageDown']);
});

test('at its end a window says that there is no talk any more', () => {
  const { prompting, told, left } = presenting();
  prompting.show(PLACE);
  prompting.leave();
  assert.deepEqual(told.at(-1), { kind: 'place', place: null });
  assert.ok(left());
});

test('a talk has lasted minutes and seconds, and hours before them', () => {
  assert.deepEqual([-5, 0, 59_999, 65_000, 3_665_000].map(lasted), ['0:00', '0:00', '0:59', '1:05', '1:01:05']);
});
