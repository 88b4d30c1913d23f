import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { cellMarks, productMarks, roleMarks } from '../../app/components/stage/marks.mjs';
import { readModel } from '../../app/components/stage/model.mjs';
import { agrees } from '../../app/components/stage/windows.mjs';
import { inputSentence, totalPieces, windowSentence } from '../../app/components/stage/words.mjs';

const folder = new URL('fixtures/', import.meta.url);
const load = (name) => readModel(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));

test('there are sample layers to read', () => assert.ok(names.length >= 6));

for (const name of names) {
  const model = load(name);
  test(`${name}: every window shown gives the output cell handed over`, () => {
    for (let step = 0; step < model.steps; step += 1) {
      const window = model.window(step);
      model.layers.forEach(({ kind, values }, index) => {
        const sum = window.sums[index];
        assert.ok(agrees({ sum, expected: values[step] }), `${kind} ${step}: ${sum.result} is not ${values[step]}`);
      });
      assert.equal(model.stepAt(window.map, window.row, window.column), step);
    }
  });
  test(`${name}: cells read and cells unused are all the cells`, () => {
    for (let row = 0; row < model.padded[0]; row += 1)
      for (let column = 0; column < model.padded[1]; column += 1) {
        const alone = { ...model, mode: 'zeros' };
        const used = readModel({ ...alone, padding_mode: 'zeros' }).users(row, column).length > 0;
        assert.equal(used, !model.isUnused(row, column), `row ${row}, column ${column}`);
      }
  });
  test(`${name}: every term of every formula lights something up, or stands for nothing that is there`, () => {
    for (const formula of model.formulas)
      for (const { role } of formula.terms.filter((term) => term.kind === 'value')) {
        assert.ok(
          Object.keys(roleMarks({ role, model, id: formula.id, step: 0 })).length,
          `${formula.id}: ${role}`,
        );
      }
  });
}

test('the textbook example in words, rows counted from 0', () => {
  const model = load('textbook');
  assert.equal(
    windowSentence({ window: model.window(5), model }),
    'Output row 1, column 2: window rows 1–3, columns 2–4; 9 products sum to 19.',
  );
  assert.equal(
    windowSentence({ window: model.window(5), model, whole: false }),
    'Output row 1, column 2: window rows 1–3, columns 2–4.',
  );
  assert.equal(
    inputSentence({ channel: 0, row: 0, column: 0, model, count: 1 }),
    'Input row 0, column 0: 3; used by 1 output cell.',
  );
});

test('padding has negative rows and its own words', () => {
  const model = load('strided');
  assert.equal(
    windowSentence({ window: model.window(0), model }),
    'Output row 0, column 0: window rows −1 to 1, columns −1 to 1; 9 products sum to −10.',
  );
  assert.equal(
    inputSentence({ channel: 0, row: 0, column: 0, model, count: 1 }),
    'Padding row −1, column −1: 0; used by 1 output cell.',
  );
  assert.match(inputSentence({ channel: 0, row: 5, column: 5, model, count: 0 }), /used by no output cell/);
});

test('the line of sums: channels, bias, result', () => {
  const texts = (name, step) => {
    const model = load(name);
    return totalPieces({ window: model.window(step), model })
      .map(({ text }) => text)
      .join(' ');
  };
  assert.equal(texts('two', 0), 'Sum 19 + 37 + 0.5 = 56.5');
  assert.equal(texts('textbook', 0), 'Sum = 12');
  assert.equal(texts('avg', 8), '9 / 1 = 9');
  assert.match(texts('max', 0), /^Max = /);
});

test('five poolings of one window, each written out', () => {
  const model = load('pools');
  const line = (step, index) =>
    totalPieces({ window: model.window(step), model, index })
      .map(({ text }) => text)
      .join(' ');
  assert.deepEqual(
    model.layers.map((_, index) => line(0, index)),
    [
      'Max = 6',
      '(1 + 1 + 5 + 6) / 4 = 3.25',
      'Min = 1 (2 cells tie)',
      'Sorted 1, 1, 5, 6 (1 + 5) / 2 = 3',
      '√(1 + 1 + 25 + 36) ≈ 7.937',
    ],
  );
  assert.equal(
    windowSentence({ window: model.window(0), model }),
    'Output row 0, column 0: window rows 0–1, columns 0–1; max 6; mean 13 / 4 = 3.25; min 1, which 2 cells share; median 3; norm ≈7.937.',
  );
});

test('padding that counts is a 0 in the sum, cells beyond it are none, and the median leaves both out', () => {
  const model = load('pools-padded');
  const line = (step, index) =>
    totalPieces({ window: model.window(step), model, index })
      .map(({ text }) => text)
      .join(' ');
  // The corner of 1 1 / 5 6 under a window of 3 x 3, and the last window, which hangs over by one row and column.
  assert.equal(line(0, 1), '(0 + 0 + 0 + 0 + 1 + 1 + 0 + 5 + 6) / 9 ≈ 1.444');
  assert.equal(line(0, 2), 'Sorted 1, 1, 5, 6 (1 + 5) / 2 = 3');
  assert.equal(line(8, 1), '(4 + 0 + 0 + 0) / 4 = 1');
  const [avg, median] = model.others;
  const uncounted = readModel({ ...model, others: [{ ...avg, count_pad: false, divisors: [4] }, median] });
  assert.equal(
    totalPieces({ window: uncounted.window(0), model: uncounted, index: 1 })
      .map(({ text }) => text)
      .join(' '),
    '(1 + 1 + 5 + 6) / 4 = 3.25',
  );
  assert.equal(uncounted.absent(uncounted.layers[1], 0, 0), '');
  assert.equal(model.absent(model.layers[0], 0, 0), '−∞');
  assert.equal(model.absent(model.layers[1], 0, 0), '0');
  assert.equal(model.absent(model.layers[1], 6, 6), '');
  assert.equal(
    inputSentence({ channel: 0, row: 0, column: 0, model, count: 1 }),
    'Padding channel 0, row −1, column −1: −∞ for the max, 0 for the mean, nothing for the median; used by 1 output cell.',
  );
});

test('a reflected edge pixel is used by more windows than its own place is', () => {
  const model = load('photo');
  const plain = readModel({ ...model, padding_mode: 'zeros' });
  assert.equal(plain.users(2, 5).length, 9);
  assert.deepEqual(model.source(0, 5), [1, 4]);
  assert.equal(model.users(0, 5).length, model.users(2, 5).length);
});
