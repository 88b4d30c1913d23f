import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { arrow } from '../../app/components/stage/lighting.mjs';
import { cellMarks, productMarks, roleMarks } from '../../app/components/stage/marks.mjs';
import { readModel } from '../../app/components/stage/model.mjs';
import { agrees } from '../../app/components/stage/windows.mjs';
import { inputSentence, windowSentence } from '../../app/components/stage/words.mjs';

const folder = new URL('fixtures/stage/', import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const load = (name) => readModel(read(name));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5));

test('there are sample layers to read', () => assert.ok(names.length >= 30));

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
    const read = new Set();
    for (let step = 0; step < model.rows * model.columns; step += 1) {
      const { rows, columns } = model.window(step);
      for (const row of rows) for (const column of columns) read.add(`${row},${column}`);
    }
    for (let row = 0; row < model.padded[0]; row += 1)
      for (let column = 0; column < model.padded[1]; column += 1)
        assert.equal(read.has(`${row},${column}`), !model.isUnused(row, column), `row ${row}, column ${column}`);
  });
  test(`${name}: the users of a cell are the windows that read its number at any place`, () => {
    const readers = new Map();
    for (let step = 0; step < model.rows * model.columns; step += 1) {
      const { row, column, rows, columns } = model.window(step);
      for (const r of rows.filter((cell) => cell !== null))
        for (const c of columns.filter((cell) => cell !== null))
          for (const [i, j] of model.copies(r, c))
            readers.set(`${i},${j}`, (readers.get(`${i},${j}`) ?? new Set()).add(`${row},${column}`));
    }
    for (let row = 0; row < model.height; row += 1)
      for (let column = 0; column < model.width; column += 1)
        assert.deepEqual(
          model.users(row, column).map(String).sort(),
          [...(readers.get(`${row},${column}`) ?? [])].sort(),
          `row ${row}, column ${column}`,
        );
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
    'Input row 0, column 0 (top left): 3; used by 1 output cell.',
  );
});

test('padding has negative rows and its own words', () => {
  const model = load('strided');
  assert.equal(
    windowSentence({ window: model.window(0), model }),
    'Output row 0, column 0 (top left): window rows −1 to 1, columns −1 to 1; 9 products sum to −10.',
  );
  assert.equal(
    inputSentence({ channel: 0, row: 0, column: 0, model, count: 1 }),
    'Padding row −1, column −1: 0; used by 1 output cell.',
  );
  assert.match(inputSentence({ channel: 0, row: 5, column: 5, model, count: 0 }), /used by no output cell/);
});

test('a sentence names what every pooling comes to', () => {
  const model = load('pools');
  assert.equal(
    windowSentence({ window: model.window(0), model }),
    'Output row 0, column 0 (top left): window rows 0–1, columns 0–1; max 6; mean 13 / 4 = 3.25; min 1, which 2 cells share; median 3; norm ≈7.937.',
  );
});

test('a reflected edge pixel is used by more windows than its own place is', () => {
  const model = load('photo');
  const [rows, columns] = read('photo').links.map((links) => ({
    ...links,
    sources: links.sources.map((source, cell) => (cell < 1 || cell > 12 ? null : source)),
  }));
  const plain = readModel({ ...read('photo'), links: [rows, columns] });
  assert.equal(plain.users(2, 5).length, 9);
  assert.deepEqual(model.source(0, 5), [1, 4]);
  assert.equal(model.users(0, 5).length, model.users(2, 5).length);
});

test('a layer of one axis is a single row', () => {
  const model = load('line');
  assert.deepEqual([model.height, model.rows, model.kernelSize[0]], [1, 1, 1]);
  assert.deepEqual(model.window(0).columns, [0, 1, 2]);
});

test('a transposed convolution reads few cells, and says which', () => {
  const line = load('transposed-line');
  // Stride 3 over a kernel of 2: two cells in three hold a copy of the kernel, the third one nothing.
  const read = (step) => line.window(step).columns;
  assert.deepEqual([0, 1, 2, 3].map(read), [[0, null], [null, 0], [null, null], [1, null]]);
  assert.equal(line.window(2).sums[0].result, 0);
  assert.equal(
    windowSentence({ window: line.window(2), model: line }),
    'Output cell 2: window cells none; 0 products sum to 0.',
  );
  const { marks } = cellMarks({ cell: { kind: 'input', panel: 0, row: 0, column: 1 }, model: line, map: 0 });
  assert.deepEqual(marks.output, [[0, 3, 1, 1], [0, 4, 1, 1]]);
});

test('a kind that nobody knows is named', () => {
  const data = read('max');
  data.layers[0].kind = 'mode';
  assert.throws(() => readModel(data), /knows no layer of the kind mode/);
});

test('a number copied into the padding says where it comes from, and an arrow leads from there', () => {
  const model = load('mode-reflect');
  const { marks, words } = cellMarks({ cell: { kind: 'input', panel: 0, row: 0, column: 3 }, model, map: 0 });
  assert.match(words, /^Padding row −2, column 1 \(a copy of input row 2, column 1\): /);
  assert.deepEqual(marks.arrow, [[4, 3], [0, 3]]);
  assert.ok(marks.input.some(([row, column]) => row === 4 && column === 3));
});
test('a number of the input itself has no arrow', () => {
  const model = load('mode-reflect');
  const { marks } = cellMarks({ cell: { kind: 'input', panel: 0, row: 3, column: 3 }, model, map: 0 });
  assert.equal(marks.arrow, undefined);
});
test('an arrow ends in a head that points on', () =>
  assert.match(arrow(10, [[4, 3], [0, 3]]), /^M35.0 45.0L35.0 5.0M.*L35.0 5.0L/));
