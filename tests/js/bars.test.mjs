import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { barRoom, barScale } from '../../app/components/stage/bars.mjs';
import { readModel } from '../../app/components/stage/model.mjs';
import { inputSentence, windowSentence } from '../../app/components/stage/words.mjs';

const line = () => readModel(JSON.parse(readFileSync(new URL('fixtures/stage/line.json', import.meta.url), 'utf8')));

test('bars of numbers of one sign stand on the line of zero, and the largest fills the room', () => {
  const { each, zero } = barScale([1, 4, null, 2], 52);
  assert.equal(zero, -8);
  assert.equal(4 * each, 40);
});
test('numbers below zero hang from a line that is higher', () => {
  const { each, zero } = barScale([3, -1], 52);
  assert.equal(each, 10);
  assert.equal(zero, -18);
});
test('zeros alone have no bars', () => assert.equal(barScale([0, 0], 52).each, 0));
test('only a signal has room for bars, and before an audience more of it', () => {
  assert.equal(barRoom({ line: false }), 0);
  assert.ok(barRoom({ line: true, present: true }) > barRoom({ line: true }));
});
test('a signal is told by cells, an image by rows and columns', () => {
  const model = line();
  assert.match(windowSentence({ window: model.window(1), model }), /^Output cell 1: window cells 1–3; 3 products sum to /);
  assert.match(inputSentence({ channel: 0, row: 0, column: 1, model, count: 2 }), /^Input cell 0: /);
});
