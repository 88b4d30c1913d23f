import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { changeSentence, editSentence, floorSentence } from '../../app/components/stage/change_words.mjs';
import { readModel } from '../../app/components/stage/model.mjs';

const folder = new URL('fixtures/stage/', import.meta.url);
const load = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
const stepper = (name, values) => ({ name, title: name, values, texts: values.map(String) });
// A layer of the stage whose strip says these numbers.
const layer = (rows, columns, ...steppers) => ({ layers: [{}], rule: {}, size: [5, 5], kernelSize: [3, 3], conv: true, adds: false, maps: 1, rows, columns, steppers });

test('a longer stride is said with what moves, and with the output before and after', () => {
  const before = layer(3, 3, stepper('stride', [1, 1]), stepper('padding', [0, 0])),
    after = layer(2, 2, stepper('stride', [2, 2]), stepper('padding', [0, 0]));
  assert.equal(changeSentence(before, after), 'Stride 2: the window takes longer steps. The output is 2 × 2 instead of 3 × 3.');
  assert.match(changeSentence(after, before), /^Stride 1: the window takes shorter steps/);
  assert.equal(changeSentence(before, after, true), 'Stride 2. The output is 2 × 2 instead of 3 × 3.');
});

test('a kernel is said by both its sides, a padding that differs by both', () => {
  const kernel = (side) => layer(3, 3, { ...stepper('kernel', [side, side]), title: 'kernel' });
  assert.match(changeSentence(kernel(3), kernel(5)), /^Kernel 5 × 5: the window covers more\. The output stays 3 × 3\.$/);
  const padding = (...texts) => layer(3, 3, { ...stepper('padding', [1, 1]), texts });
  assert.match(changeSentence(padding('1', '1'), padding('1.2', '1')), /^Padding 1·2 × 1:/);
});

test('another example, where several numbers change, has no sentence about a change', () => {
  const before = layer(3, 3, stepper('stride', [1, 1]), stepper('padding', [0, 0])),
    after = layer(2, 2, stepper('stride', [2, 2]), stepper('padding', [1, 1]));
  assert.equal(changeSentence(before, after), '');
  assert.equal(changeSentence(null, after), '');
});

test('a number that was typed is said with how much of the output it reaches', () => {
  const data = load('textbook'),
    changed = (part, at) => {
      const values = data[part].values.map((value, index) => (index === at ? value + 1 : value));
      return readModel({ ...data, [part]: { ...data[part], values } });
    };
  assert.equal(editSentence(readModel(data), changed('input', 0)), '1 number of the output has changed with it.');
  assert.equal(editSentence(readModel(data), changed('kernel', 4)), '9 numbers of the output have changed with it.');
  assert.equal(editSentence(readModel(data), readModel(data)), '');
});

test('the step that does not fit is said with its rounding', () => {
  const rounding = { quotient: 1.5, whole: 1 };
  assert.match(floorSentence({ stays: false }, rounding), /falls back\. 1\.5 is rounded down to 1\.$/);
  assert.match(floorSentence({ stays: true }, { quotient: 1.5, whole: 2 }), /stays\. 1\.5 is rounded up to 2\.$/);
  assert.match(floorSentence({ stays: false }, undefined), /falls back\.$/);
});
