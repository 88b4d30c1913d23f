import assert from 'node:assert/strict';
import test from 'node:test';
import { cellsOf, stroked, textOf, turned } from '../../app/components/drawing_pad/strokes.mjs';

const SIDE = 9;
const empty = Array(SIDE * SIDE).fill(0);
const at = (cells, row, column) => cells[row * SIDE + column];

test('cells are written as a hexadecimal digit each and read back', () => {
  assert.equal(textOf([0, 9, 15, 10]), '09fa');
  assert.deepEqual(cellsOf('09fa'), [0, 9, 15, 10]);
});

test('a stroke is white along its line, softer beside it and nothing elsewhere', () => {
  const cells = stroked(empty, SIDE, [4.5, 1.5], [4.5, 7.5]);
  for (let column = 1; column <= 7; column += 1) assert.equal(at(cells, 4, column), 15);
  assert.ok(at(cells, 5, 4) > 0 && at(cells, 5, 4) < 15);
  assert.equal(at(cells, 3, 4), at(cells, 5, 4));
  assert.equal(at(cells, 7, 4), 0);
});

test('a stroke across another one makes nothing darker', () => {
  const first = stroked(empty, SIDE, [4.5, 1.5], [4.5, 7.5]);
  const both = stroked(first, SIDE, [1.5, 4.5], [7.5, 4.5]);
  assert.ok(both.every((cell, index) => cell >= first[index]));
});

test('a cell is turned by itself', () => {
  assert.deepEqual(turned([0, 15, 7], 0), [15, 15, 7]);
  assert.deepEqual(turned([0, 15, 7], 1), [0, 0, 7]);
  assert.deepEqual(turned([0, 15, 7], 2), [0, 15, 15]);
});
