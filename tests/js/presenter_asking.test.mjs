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
