import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCommits, forgetTaken } from '../../app/components/shared/commits.mjs';

let players = 0;

function player(of = `player ${players += 1}`) {
  let joined = null;
  const sent = [], commits = createCommits({ watch: (onJoined) => { joined = onJoined; return () => {}; } });
  const component = { setStateValue: (name, { session, list }) => sent.push([session, list.map(([number, , value]) => [number, value])]) };
  return { sent, commits, join: () => joined(), hear: (session, seen) => commits.receive(component, { of, session, seen }) };
}

test('what was not taken in yet is sent again with the next commit, in its order', () => {
  const { sent, commits, hear } = player();
  hear('one', 0);
  commits.add('edit', 'a');
  commits.add('edit', 'b');
  assert.deepEqual(sent.at(-1), ['one', [[1, 'a'], [2, 'b']]]);
  hear('one', 1);
  commits.add('step', 'c');
  assert.deepEqual(sent.at(-1), ['one', [[2, 'b'], [3, 'c']]]);
});

test('what is on its way is known by its note', () => {
  const { commits, hear } = player();
  hear('one', 0);
  commits.add('edit', 'a', 'at 3');
  commits.add('step', 4);
  assert.deepEqual(commits.waiting('edit'), ['at 3']);
  hear('one', 2);
  assert.deepEqual(commits.waiting('edit'), []);
});

test('a component that is new on the page counts on from what was taken in', () => {
  const { commits, hear } = player();
  assert.equal(hear('one', 7), 7);
  assert.equal(commits.add('edit', 'a'), 8);
});

test('a restarted server hears once more what the last one had not taken in', async () => {
  const { sent, commits, hear } = player();
  hear('one', 0);
  commits.add('edit', 'a');
  hear('one', 1);
  commits.add('edit', 'b');
  hear('two', 0);
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(sent.at(-1), ['two', [[1, 'b']]]);
  hear('two', 1);
  assert.equal(commits.add('edit', 'c'), 2);
});

test('a restarted server that missed nothing hears nothing', async () => {
  const { sent, commits, hear } = player();
  hear('one', 0);
  commits.add('edit', 'a');
  hear('one', 1);
  hear('two', 0);
  await new Promise((done) => setTimeout(done));
  assert.equal(sent.length, 1);
  assert.equal(commits.add('edit', 'b'), 1);
});

test('when the line is joined again, what waits is sent, and else nothing', () => {
  const { sent, commits, hear, join } = player();
  hear('one', 0);
  join();
  assert.equal(sent.length, 0);
  commits.add('edit', 'a');
  join();
  assert.deepEqual(sent, [['one', [[1, 'a']]], ['one', [[1, 'a']]]]);
});

test('a component that is drawn anew goes on with what its predecessor had not got rid of', async () => {
  const before = player('stage');
  before.hear('one', 0);
  before.commits.add('edit', 'a', 'at 3');
  const after = player('stage');
  after.hear('two', 0);
  assert.deepEqual(after.commits.waiting('edit'), ['at 3']);
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(after.sent, [['two', [[1, 'a']]]]);
});

test('what was taken in after its component had gone is not done again by the next server', async () => {
  const of = `player ${players += 1}`, { commits, hear } = player(of);
  hear('one', 0);
  commits.add('open', 'a');
  commits.add('open', 'b');
  commits.destroy();
  forgetTaken({ session: 'another', seen: { [of]: 2 } });
  forgetTaken({ session: 'one', seen: { [of]: 1 } });
  const again = player(of);
  again.hear('two', 0);
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(again.sent, [['two', [[1, 'b']]]]);
});
