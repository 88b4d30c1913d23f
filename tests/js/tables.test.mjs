import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { readModel } from '../../app/components/stage/model.mjs';
import { tablesOf } from '../../app/components/stage/tables.mjs';

const folder = new URL('fixtures/stage/', import.meta.url);
const load = (name) => readModel(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
const tell = (model, { map = 0, resultOf = () => 'shown' } = {}) => tablesOf({ model, map, resultOf });
const count = (text, pattern) => [...text.matchAll(pattern)].length;

for (const file of readdirSync(folder)) {
  const model = load(file.replace('.json', ''));
  test(`${file}: a table for each grid, a cell for each number, a header for each row and column`, () => {
    const text = tell(model);
    const grids = [
      ...Array(model.channels).fill([model.height, model.width]),
      ...Array(model.conv ? model.per : 0).fill(model.kernelSize),
      ...Array(model.layers.length * model.maps).fill(model.outputSize),
    ];
    assert.equal(count(text, /<caption>/g), grids.length);
    const cells = grids.reduce((sum, [rows, columns]) => sum + rows * columns, 0);
    assert.equal(count(text, /<td>[^<]/g), cells);
    assert.equal(count(text, /<th scope="row">/g), grids.reduce((sum, [rows]) => sum + rows, 0));
    assert.equal(count(text, /<th scope="col">/g), grids.reduce((sum, [, columns]) => sum + columns, 0));
  });
}

test('a row of the textbook example reads as it stands', () => {
  const text = tell(load('textbook'));
  assert.match(text, /<th scope="row">row 0<\/th>(<td>[−\d]+<\/td>)+<\/tr>/);
});

test('the rows of the padding come before row 0, and its cells say what they are', () => {
  const text = tell(load('rgb'));
  assert.match(text, /<th scope="row">row −1<\/th><td>0, padding<\/td>/);
});

test('the kernel is that of the output channel on show', () => {
  const model = load('rgb');
  assert.notEqual(tell(model, { map: 1 }), tell(model, { map: 0 }));
});

test('a result that is to be predicted, or not visited yet, is not given away', () => {
  const model = load('textbook');
  for (const [result, words] of [
    ['secret', /to be predicted/g],
    ['empty', /not shown yet/g],
  ]) {
    const text = tell(model, { resultOf: (step) => (step > 0 ? result : 'shown') });
    assert.equal(count(text, words), model.steps - 1);
  }
});
