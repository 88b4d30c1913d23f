import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { copySentence, sharesSentence } from '../../app/components/stage/adding.mjs';
import { attemptOf } from '../../app/components/stage/attempt.mjs';
import { cellMarks, productMarks, productsOf, roleMarks } from '../../app/components/stage/marks.mjs';
import { readModel } from '../../app/components/stage/model.mjs';
import { range } from '../../app/components/stage/windows.mjs';

const folder = new URL('fixtures/copies/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const names = readdirSync(folder);
const load = (name) => readModel(read(name).payload);

const near = (one, other, said) => assert.ok(Math.abs(one - other) < 1e-9, `${said}: ${one} is not ${other}`);

for (const name of names) {
  const { payload, running } = read(name);
  test(`${name}: after each copy the output holds what the kernels say`, () => {
    const model = readModel(payload);
    assert.equal(model.steps, running.length);
    // Forwards and backwards: what was added up before is kept.
    for (const step of [...range(model.steps), ...range(model.steps).reverse()]) {
      const shown = range(model.maps).flatMap((map) => model.shownOf(map, step));
      running[step].forEach((value, index) => near(shown[index] ?? 0, value, `step ${step}, cell ${index}`));
    }
  });
  test(`${name}: a step is an input number of one output map`, () => {
    const model = readModel(payload);
    for (const step of range(model.steps)) {
      const { map, slice, row, column } = model.place(step);
      const first = model.stepAt(map, row, column);
      assert.equal(first + slice * model.size[0] * model.size[1], step);
    }
  });
  test(`${name}: the copies that reach an output cell add up to its number`, () => {
    const model = readModel(payload);
    for (const map of range(model.maps))
      for (const row of range(model.rows))
        for (const column of range(model.columns)) {
          const sum = model.channelsOf(map).flatMap((channel, slice) =>
            model.sharesOf(row, column).map(([r, c, i, j]) => model.x(channel, r, c) * model.w(map, slice, i, j)),
          );
          const bias = model.bias ? model.bias[map] : 0;
          near(sum.reduce((one, other) => one + other, bias), model.layers[0].values[model.outputAt(map, row, column)], `${map} ${row} ${column}`);
        }
  });
}

const up = () => {
  const { payload } = read('up.json');
  payload.input = { shape: [1, 3, 3], values: [1, 2, 3, 4, 5, 6, 7, 8, 9] };
  payload.kernel = { shape: [1, 1, 3, 3], values: [1, 1, 1, 1, 1, 1, 1, 1, 1] };
  return readModel(payload);
};

test('copies leave nothing over that a window could try to reach', () => {
  for (const name of names) assert.deepEqual([0, 1].map((axis) => attemptOf(load(name), axis)), [null, null]);
});
test('a product that has not landed is not counted yet', () => {
  const model = up();
  assert.equal(model.shownOf(0, 1, () => false)[2], 1);
  assert.equal(model.shownOf(0, 1, () => true)[2], 3);
  assert.equal(model.shownOf(0, 1, () => false)[3], null);
});
test('a step is said in one sentence, with the cells that add up and those that are cropped', () => {
  const model = up();
  assert.equal(
    copySentence({ window: model.window(1), model }),
    'Input row 0, column 1: 2 times the kernel is added at output rows 0–2, columns 2–4; 3 cells held a number already, so they add up.',
  );
  const cropped = load('cropped.json');
  assert.match(copySentence({ window: cropped.window(0), model: cropped }), /products are cropped\.$/);
});
test('an output cell says which copies reach it', () => {
  const model = up();
  const { words, marks } = cellMarks({ cell: { kind: 'output', panel: 0, row: 0, column: 2 }, model, map: 0 });
  assert.match(words, /^Output row 0, column 2: 2 copies of the kernel reach it: /);
  assert.deepEqual(marks.input, [[0, 1, 1, 1], [0, 0, 1, 1]]);
  assert.match(sharesSentence({ model, map: 0, row: 1, column: 1 }), /1 copy of the kernel reaches it: 1 × 1 = /);
});
test('a product belongs to its weight, its input number and its output cell', () => {
  const model = up(),
    window = model.window(4);
  const marks = productMarks({ slice: 0, tap: 5, window });
  assert.deepEqual([marks.input, marks.kernel, marks.output], [[[1, 1, 1, 1]], [[1, 2, 1, 1]], [[3, 4, 1, 1]]]);
  const lit = productsOf({ cell: { kind: 'output', panel: 0, row: 3, column: 4 }, model, window });
  assert.deepEqual(range(9).filter((tap) => lit({ slice: 0, tap })), [5]);
});
test('the stride lights two copies in the output, and the kernel the one on show', () => {
  const model = up();
  assert.deepEqual(roleMarks({ role: 'stride', model, id: 'height', step: 0 }).output, [[0, 0, 3, 3], [2, 0, 3, 3]]);
  assert.deepEqual(roleMarks({ role: 'kernel', model, id: 'height', step: 4 }).output, [[2, 2, 3, 3]]);
});
