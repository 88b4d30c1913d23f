import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { partialPool, partialSum, partialTotal } from '../../app/components/stage/counting.mjs';
import { readModel } from '../../app/components/stage/model.mjs';
import { sumSentence } from '../../app/components/stage/sum_sentence.mjs';
import { blockResult, blockWords, rowWords, totalWords } from '../../app/components/stage/sum_words.mjs';
import { stillPose } from '../../app/components/stage/timeline.mjs';

const folder = new URL('fixtures/stage/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const load = (name) => readModel(read(name));
const sentence = (name, step, secret) => {
  const model = load(name);
  return sumSentence({ window: model.window(step), model, secret });
};
// Written with four digits or more.
const isAbout = (text, value) =>
  Math.abs(Number(text.replace(/^[=≈] /, '').replaceAll('−', '-')) - value) <= 5e-4 * Math.abs(value);
const poseOf = (model) => stillPose({ channels: model.per, taps: model.taps, bias: !!model.bias, chooses: !model.conv });

test('the sum counts up product by product and ends at the sum itself', () => {
  const products = [0.1, null, 0.2, -0.3];
  assert.equal(partialSum({ products, flights: [0.5, 0, 0, 0] }), null);
  assert.equal(partialSum({ products, flights: [1, 1, 0.99, 0] }), 0.1);
  assert.equal(partialSum({ products, flights: [1, 1, 1, 1] }), 0.1 + 0.2 + -0.3);
  assert.equal(partialSum({ products: [null, null], flights: [1, 1] }), 0);
});

test('the total takes in channel by channel, then the bias', () => {
  const sums = [12, 30, -2];
  assert.equal(partialTotal({ sums, gathers: [0.9, 0, 0], bias: 5, adding: 0 }), null);
  assert.equal(partialTotal({ sums, gathers: [1, 1, 0.2], bias: 5, adding: 0 }), 42);
  assert.equal(partialTotal({ sums, gathers: [1, 1, 1], bias: 5, adding: 1 }), 45);
});

test('the largest number so far is known from the first cell on', () => {
  const products = [null, 3, 8, 5],
    pool = (values) => Math.max(...values);
  assert.equal(partialPool({ products, flights: [1, 0, 0, 0], pool }), null);
  assert.equal(partialPool({ products, flights: [1, 1, 0, 0], pool }), 3);
  assert.equal(partialPool({ products, flights: [1, 1, 1, 1], pool }), 8);
});

for (const name of readdirSync(folder).map((file) => file.replace('.json', ''))) {
  const model = load(name);
  test(`${name}: what is written in the end is the number in the output cell`, () => {
    const pose = poseOf(model);
    for (let step = 0; step < model.steps; step += Math.ceil(model.steps / 25)) {
      const window = model.window(step);
      if (model.conv) {
        const { end } = totalWords({ window, model, pose, secret: false });
        assert.ok(isAbout(end, model.layers[0].values[step]), end);
        continue;
      }
      model.layers.forEach(({ values }, index) => {
        const words = blockWords({ window, model, index, level: 'pairs', digits: 4 });
        const { end } = blockResult({ window, model, index, words, flights: pose.flights, choice: 1, secret: false });
        if (values[step] === null) return;
        assert.ok(isAbout(end, values[step]), end);
      });
    }
  });
  test(`${name}: the rows of a window come to what its terms come to`, () => {
    const window = model.window(0),
      count = model.conv ? model.per : model.layers.length;
    for (let index = 0; index < count; index += 1) {
      const words = blockWords({ window, model, index, level: 'rows', digits: 6 });
      if (!words.rowwise) continue;
      const rows = Array.from({ length: model.kernelSize[0] }, (_, row) =>
        rowWords({ words, row, columns: model.kernelSize[1], flights: Array(model.taps).fill(1), digits: 12 }),
      ).filter(({ text }) => text);
      const numbers = rows.map(({ text, negative }) => (negative ? -1 : 1) * Number(text.replace('≈', '').replaceAll('−', '-')));
      const there = words.terms.map(({ value }) => value).filter((value) => value !== null);
      if (there.length) assert.ok(Math.abs(words.joined(numbers) - words.joined(there)) < 1e-6, name);
    }
  });
}

test('a calculation is one sentence, for those who hear it', () => {
  assert.equal(sentence('textbook', 0), '3 × 0 + 3 × 1 + 2 × 2 + 0 × 2 + 0 × 2 + 1 × 0 + 3 × 0 + 1 × 1 + 2 × 2 = 0 + 3 + 4 + 0 + 0 + 0 + 0 + 1 + 4 = 12.');
  assert.equal(sentence('two', 0), 'channel 0: 0 + 1 + 6 + 12 = 19; channel 1: 1 + 4 + 12 + 20 = 37; together 19 + 37 + 0.5 (bias) = 56.5.');
  assert.match(sentence('textbook', 0, true), /^3 × 0 \+ .* = 0 \+ 3 \+ 4 \+ 0 \+ 0 \+ 0 \+ 0 \+ 1 \+ 4 = \?\.$/);
  assert.equal(sentence('avg', 8), '9 / 1 = 9.');
  assert.match(sentence('max', 0), /^max\(.*\) = \d+\.$/);
});

test('five poolings of one window, each written out', () => {
  assert.equal(
    sentence('pools', 0),
    '▲ Max: max(1, 1, 5, 6) = 6; Average: (1 + 1 + 5 + 6) / 4 = 3.25; ▼ Min: min(1, 1, 5, 6) = 1 (2 cells tie); ' +
      '◆ Median: sorted 1, 1, 5, 6, (1 + 5) / 2 = 3; Lp, p = 2: √(1 + 1 + 25 + 36) ≈ 7.937.',
  );
});

test('the terms of a median stand sorted, and the cells that are not there behind them', () => {
  const model = load('pools-padded'),
    words = blockWords({ window: model.window(0), model, index: 2, level: 'pairs', digits: 4 });
  const inOrder = words.slots.map((_, slot) => words.terms[words.slots.indexOf(slot)].text);
  assert.deepEqual(inOrder, ['1', '1', '5', '6', '', '', '', '', '']);
});

test('padding that counts is a 0 in the sum, cells beyond it are none, and the median leaves both out', () => {
  // The corner of 1 1 / 5 6 under a window of 3 x 3, and the last window, which hangs over by one row and column.
  assert.match(sentence('pools-padded', 0), /Average: \(0 \+ 0 \+ 0 \+ 0 \+ 1 \+ 1 \+ 0 \+ 5 \+ 6\) \/ 9 ≈ 1\.444;/);
  assert.match(sentence('pools-padded', 8), /Average: \(4 \+ 0 \+ 0 \+ 0\) \/ 4 = 1;/);
  const [max, avg, median] = read('pools-padded').layers;
  const layers = [max, { ...avg, count_pad: false, divisors: [4] }, median];
  const model = readModel({ ...read('pools-padded'), layers });
  assert.match(sumSentence({ window: model.window(0), model }), /Average: \(1 \+ 1 \+ 5 \+ 6\) \/ 4 = 3\.25;/);
});
