import assert from 'node:assert/strict';
import test from 'node:test';
import { createCaptionsChoice } from '../../app/components/shared/captions.mjs';
import { createStamping } from '../../app/components/connections/stamping.mjs';

function browser() {
  const kept = new Map(), on = new EventTarget();
  const storage = () => ({ getItem: (name) => kept.get(name) ?? null, setItem: (name, word) => kept.set(name, word) });
  const part = () => {
    const shown = [];
    const listen = (target, name, act) => target.addEventListener(name, act);
    return { shown, choice: createCaptionsChoice({ listen, show: (is) => shown.push(is), on, storage }) };
  };
  return part;
}

test('captions that one part turns on are on for all, and for whoever comes later', () => {
  const part = browser(), [stage, presenter] = [part(), part()];
  presenter.choice.toggle();
  assert.deepEqual([stage.shown, presenter.shown], [[false, true], [false, true]]);
  assert.deepEqual(part().shown, [true]);
  stage.choice.toggle();
  assert.equal(presenter.choice.isOn(), false);
});

test('a step by itself stays as long as what it says has to be read', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const shown = [];
  const stamping = createStamping({ button: {}, show: (step) => shown.push(step), toRead: () => 3000 });
  stamping.receive({ steps: 2, begin: '', end: '' });
  stamping.toggle();
  t.mock.timers.tick(2999);
  assert.deepEqual(shown, [0]);
  t.mock.timers.tick(1);
  assert.deepEqual(shown, [0, 1]);
});
