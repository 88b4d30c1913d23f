import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLive } from '../../app/components/presenter/live.mjs';

function bar() {
  const shown = {};
  let waiting = null, held = false;
  const live = createLive({
    root: { style: { setProperty: (name, value) => { shown[name] = value; } } },
    isHeld: () => held,
    wait: (done) => { waiting = done; return 1; },
    stop: () => { waiting = null; },
  });
  return { live, shown, rest: () => waiting?.(), hold: (on) => { held = on; } };
}

test('the bar is there while somebody moves and gone when nobody has for a while', () => {
  const { live, shown, rest } = bar();
  assert.equal(live.isOn(), false);
  live.wake();
  assert.deepEqual(shown, { '--live': 'visible', '--resting': 'hidden' });
  rest();
  assert.deepEqual(shown, { '--live': 'hidden', '--resting': 'visible' });
});

test('whoever stands in the bar keeps it', () => {
  const { live, rest, hold } = bar();
  live.wake();
  hold(true);
  rest();
  assert.equal(live.isOn(), true);
  hold(false);
  rest();
  assert.equal(live.isOn(), false);
});
