import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJumping } from '../../app/components/presenter/jumping.mjs';

function jumping() {
  const jumped = [];
  let waiting = null;
  const take = createJumping({
    jump: (number) => jumped.push(number),
    wait: (done) => { waiting = done; return 1; },
    stop: () => { waiting = null; },
  });
  return { jumped, take, rest: () => waiting?.() };
}

test('one digit names a scene once no other follows', () => {
  const { jumped, take, rest } = jumping();
  assert.equal(take.take('7'), true);
  assert.deepEqual(jumped, []);
  rest();
  assert.deepEqual(jumped, [7]);
});

test('two digits name one scene', () => {
  const { jumped, take } = jumping();
  take.take('1');
  take.take('2');
  assert.deepEqual(jumped, [12]);
});

test('letters and scene 0 name none', () => {
  const { jumped, take, rest } = jumping();
  assert.equal(take.take('b'), false);
  take.take('0');
  rest();
  assert.deepEqual(jumped, []);
});
