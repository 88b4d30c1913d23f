import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCommits } from '../../app/components/shared/commits.mjs';
import { createEcho } from '../../app/components/shared/echo.mjs';

let pages = 0;

function session() {
  const commits = createCommits({ watch: () => () => {} }), echo = createEcho({ commits });
  const of = `page ${pages += 1}`;
  const hear = (given, seen, name = 'one') => {
    commits.receive({ setStateValue() {} }, { of, session: name, seen });
    return echo.isNews(given);
  };
  const send = (value) => {
    echo.sent(value);
    commits.add('place', value);
  };
  return { echo, hear, send };
}

test('the first value is news, a second time it is none', () => {
  const { echo, hear } = session();
  assert.equal(hear([3, 4], 0), true);
  assert.equal(hear([3, 4], 0), false);
  assert.ok(echo.holds([3, 4]));
});

test('what was sent comes back without being news, and so does what was known before it', () => {
  const { hear, send } = session();
  hear('start', 0);
  send('A');
  send('B');
  assert.equal(hear('start', 0), false);
  assert.equal(hear('A', 1), false);
  assert.equal(hear('B', 2), false);
});

test('another value is news once all that was sent has been taken in', () => {
  const { hear, send } = session();
  hear('start', 0);
  send('A');
  assert.equal(hear('C', 0), false);
  assert.equal(hear('C', 1), true);
});

test('a value that was sent and changed by Python is news even if it is an old one', () => {
  const { hear, send } = session();
  hear('start', 0);
  send('A');
  assert.equal(hear('start', 1), true);
});

test('a restarted server that has not heard the last change is outdated until it has', async () => {
  const { hear, send } = session();
  hear('start', 0);
  send('A');
  assert.equal(hear('start', 0, 'two'), false);
  await new Promise((done) => setTimeout(done));
  assert.equal(hear('A', 1, 'two'), false);
});
