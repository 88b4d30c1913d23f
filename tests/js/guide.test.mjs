import assert from 'node:assert/strict';
import test from 'node:test';
import { guideSentence, stationOf } from '../../app/components/stage/guide.mjs';
import { poseAt, timeline } from '../../app/components/stage/timeline.mjs';

for (const pace of ['slow', 'half', 'quick']) {
  test(`each station of a ${pace} step comes once, in this order`, () => {
    const story = timeline({ channels: 1, taps: 9, bias: false, pace }), met = [];
    for (let elapsed = 0; elapsed < story.end; elapsed += 5) {
      const station = stationOf(poseAt({ story, elapsed }));
      if (met.at(-1) !== station) met.push(station);
    }
    assert.deepEqual(met, ['slide', 'multiply', 'add', 'write']);
  });
}

const said = (station, step, more) => guideSentence({ station, step, taps: 9, result: '12', columns: 3, ...more });

test('the numbers in the sentences are those of the window', () => {
  assert.match(said('slide', 0), /holds 9 numbers/);
  assert.equal(said('add', 0), 'Add the products: 12.');
  assert.match(said('add', 1, { biased: true }), /the bias: 12/);
});

test('the window starts the next row where it does', () => {
  assert.match(said('slide', 1), /slides on/);
  assert.match(said('slide', 2, { columns: 2 }), /next row/);
});

test('it ends with what it was about', () => assert.match(said('over', 2), /^That is a convolution/));
