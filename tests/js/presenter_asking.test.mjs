import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAsking } from '../../app/components/presenter/asking.mjs';

test('results are hidden until the next key, which does nothing else', () => {
  const said = [];
  const asking = createAsking({ root: { style: { setProperty: (name, value) => said.push(`${name} ${value}`) } } });
  assert.equal(asking.take('PageDown'), false);
  asking.toggle();
  assert.equal(asking.take('b'), false);
  assert.equal(asking.isOn(), true);
  assert.equal(asking.take('PageDown'), true);
  assert.equal(asking.take('PageDown'), false);
  assert.deepEqual(said, ['--results hidden', '--results visible']);
});

test('a scene that asks begins with its results hidden, once, and the next scene shows its own', () => {
  const said = [];
  const asking = createAsking({ root: { style: { setProperty: (_, value) => said.push(value) } } });
  const scene = { number: 2, title: 'Padding', asks: true };
  asking.begin(scene);
  assert.equal(asking.take('PageDown'), true);
  asking.begin({ ...scene });
  assert.equal(asking.isOn(), false);
  asking.begin({ number: 3, title: 'Stride', asks: true });
  asking.begin({ number: 4, title: 'Channels', asks: false });
  assert.deepEqual(said, ['hidden', 'visible', 'hidden', 'visible']);
});
