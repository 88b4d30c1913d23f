import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mounting } from '../../app/components/shared/mount.mjs';

const tick = () => new Promise((done) => setTimeout(done, 1));
function mounted() {
  const told = [];
  const component = mounting(() => {
    told.push('create');
    return { update: ({ data }) => told.push(data), destroy: () => told.push('destroy') };
  });
  const parentElement = { isConnected: true };
  return { told, parentElement, call: (data) => component({ data, parentElement }) };
}

test('a component is made once and destroyed once', async () => {
  const { told, parentElement, call } = mounted();
  const ends = [call('a'), call('b')];
  parentElement.isConnected = false;
  ends.forEach((end) => end());
  await tick();
  assert.deepEqual(told, ['create', 'a', 'b', 'destroy']);
});

test('a call that is overtaken ends nothing, however late the next one comes', async () => {
  const { told, call } = mounted();
  call('a')();
  await tick();
  call('b');
  assert.deepEqual(told, ['create', 'a', 'b']);
});

test('what has left the page is destroyed, though its last call was never made', async () => {
  const { told, parentElement, call } = mounted();
  const end = call('a');
  call('b');
  parentElement.isConnected = false;
  end();
  await tick();
  assert.deepEqual(told, ['create', 'a', 'b', 'destroy']);
});

test('a call that comes after its page was left makes nothing', () => {
  const { told, parentElement, call } = mounted();
  parentElement.isConnected = false;
  call('a')();
  assert.deepEqual(told, []);
});
