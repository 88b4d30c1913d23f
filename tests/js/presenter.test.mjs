import assert from 'node:assert/strict';
import test from 'node:test';
import { turnedTo } from '../../app/components/presenter/paging.mjs';

// Four blocks on a screen of 600: two fit, the third would be cut.
const blocks = [[10, 300], [310, 590], [600, 900], [910, 1190]];
const turn = (top, step, changes = {}) => turnedTo({ blocks, top, end: 600, height: 600, step, ...changes });

test('a clicker turns to the first block that is not seen whole', () => assert.equal(turn(0, 1), 600));

test('at the end there is nothing more to turn to', () => assert.equal(turn(600, 1), 600));

test('back, as many blocks above come into view as fit whole', () => {
  assert.equal(turn(600, -1), 0);
  assert.equal(turn(910, -1, { end: 1200 }), 310);
});

test('at the top there is nothing before', () => assert.equal(turn(0, -1), 0));

test('a block taller than the screen is read on, its last lines seen twice', () => {
  const tall = [[0, 1500]];
  assert.equal(turn(0, 1, { blocks: tall, end: 900 }), 540);
  assert.equal(turn(540, 1, { blocks: tall, end: 900 }), 900);
  assert.equal(turn(900, -1, { blocks: tall, end: 900 }), 360);
});

test('what fits the screen is not moved', () => {
  assert.equal(turn(0, 1, { blocks: [[10, 500]], end: 0 }), 0);
  assert.equal(turn(0, -1, { blocks: [[10, 500]], end: 0 }), 0);
});
