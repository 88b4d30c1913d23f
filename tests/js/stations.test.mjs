import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { readModel } from '../../app/components/stage/model.mjs';
import { readingTime } from '../../app/components/shared/captions.mjs';
import { formatNumber } from '../../app/components/shared/numbers.mjs';
import { stationOf, stationSentence } from '../../app/components/stage/stations.mjs';
import { poseAt, timeline } from '../../app/components/stage/timeline.mjs';

const folder = (name) => new URL(`fixtures/${name}/`, import.meta.url);
const read = (name, where) => JSON.parse(readFileSync(new URL(`${name}.json`, folder(where)), 'utf8'));
const load = (name) => readModel(read(name, 'stage'));
const said = (station, name, step) => {
  const model = load(name);
  return stationSentence({ station, window: model.window(step), model });
};
const STATIONS = ['slide', 'multiply', 'add', 'write'];

for (const pace of ['slow', 'half', 'quick']) {
  test(`each station of a ${pace} step comes once, in this order`, () => {
    const story = timeline({ channels: 1, taps: 9, bias: false, pace }), met = [];
    for (let elapsed = 0; elapsed < story.end; elapsed += 5) {
      const station = stationOf(poseAt({ story, elapsed }));
      if (met.at(-1) !== station) met.push(station);
    }
    assert.deepEqual(met, STATIONS);
  });
}

test('the numbers in the sentences are those of the window', () => {
  assert.match(said('slide', 'textbook', 0), /holds 9 numbers/);
  assert.equal(said('add', 'textbook', 0), 'Add the products: 12.');
  assert.equal(said('add', 'two', 0), 'Add all of them and the bias: 56.5.');
});

test('the window starts the next row where it does, and the next kernel at the first place', () => {
  assert.match(said('slide', 'textbook', 1), /slides on.*the same kernel/);
  assert.match(said('slide', 'textbook', 3), /next row/);
  const { rows, columns } = load('rgb');
  assert.match(said('slide', 'rgb', rows * columns), /next kernel/);
});

test('a pooling multiplies nothing, and says what it takes', () => {
  assert.equal(said('add', 'max', 0), 'The max of 4 cells is 8.');
  for (const station of STATIONS) assert.doesNotMatch(said(station, 'max', 1), /ultipl|kernel|product/);
  assert.match(said('add', 'pools', 0), /^Max 6; /);
});

test('where copies are added up, a number of the input takes its turn', () => {
  for (const name of readdirSync(folder('copies')).map((file) => file.replace('.json', ''))) {
    const model = readModel(read(name, 'copies').payload),
      window = model.window(1);
    assert.equal(stationSentence({ station: 'slide', window, model }), `On to the next number of the input: ${formatNumber(window.value, 6)}.`);
    assert.match(stationSentence({ station: 'write', window, model }), /times the kernel/);
  }
});

test('every station of every kind of layer has its sentence', () => {
  for (const name of readdirSync(folder('stage')).map((file) => file.replace('.json', ''))) {
    for (const station of STATIONS) assert.match(said(station, name, 0), /^[A-Z\d].*\.$/, `${name}, ${station}`);
  }
});

test('a longer sentence stays longer', () => assert.ok(readingTime('one two three') > readingTime('one two')));
