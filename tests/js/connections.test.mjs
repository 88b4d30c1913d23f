import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { arrangeGrids } from '../../app/components/connections/arranging.mjs';
import { belonging, placeAt, tapsAt } from '../../app/components/connections/belonging.mjs';
import { linesOf, readGraph, talliesOf } from '../../app/components/connections/graph.mjs';
import { hueOf } from '../../app/components/connections/grids.mjs';
import { saying } from '../../app/components/connections/saying.mjs';
import { pace } from '../../app/components/connections/stamping.mjs';
import { spreadNodes } from '../../app/components/connections/wires.mjs';

// Tables as the kernels write them, with what they say of them.
const cases = JSON.parse(readFileSync(new URL('./fixtures/connections.json', import.meta.url)));

for (const [name, { links, lines, uses }] of Object.entries(cases)) {
  test(`${name}: the lines and the counts are those of the kernels`, () => {
    const graph = readGraph(links);
    assert.deepEqual(linesOf(graph).map(({ output, input, tap }) => [output, input, tap]), lines);
    assert.deepEqual(talliesOf(graph, graph.output[0] * graph.output[1]), uses);
  });
}

const plain = () => readGraph(cases.plain.links);
const matrix = { transpose: false, shape: [9, 25] };

test('an output cell lights its window and its row of the matrix; turned, its column', () => {
  const graph = plain(),
    on = { kind: 'output', at: [1, 1] };
  const lit = belonging({ graph, matrix, on, picture: 'matrix' });
  assert.equal(lit.input.length, 9);
  assert.deepEqual(lit.matrix, [[4, 0, 1, 25]]);
  assert.deepEqual(belonging({ graph, matrix: { transpose: true, shape: [25, 9] }, on, picture: 'matrix' }).matrix, [[0, 4, 25, 1]]);
});

test('an input cell lights every window that uses it', () => {
  const lit = belonging({ graph: plain(), matrix: null, on: { kind: 'input', at: [1, 1] }, picture: 'use' });
  assert.deepEqual(lit.output.map(([row, column]) => [row, column]), [[0, 0], [0, 1], [1, 0], [1, 1]]);
});

test('a weight lights every place of the matrix where it stands', () => {
  const graph = plain(),
    lit = belonging({ graph, matrix, on: { kind: 'kernel', at: [0, 2] }, picture: 'matrix' });
  assert.equal(lit.matrix.length, 9);
  lit.matrix.forEach(([row, column]) => assert.deepEqual(tapsAt(graph, { output: row, input: column }), [2]));
  assert.deepEqual(placeAt({ transpose: true }, { output: 1, input: 7 }), [7, 1]);
});

test('a sentence says how many windows use a cell, and why', () => {
  const data = { picture: 'use' };
  assert.equal(saying({ graph: plain(), data, on: { kind: 'input', at: [1, 1] } }), 'Input row 1, column 1: used by 4 windows: 2 down × 2 across.');
  assert.equal(saying({ graph: plain(), data, on: { kind: 'output', at: [0, 0] } }), 'Output row 0, column 0 (top left): its window covers 9 input cells.');
  assert.equal(saying({ graph: plain(), data, on: null }), '');
});

test('of a transposed layer it says how many products land on a cell', () => {
  const graph = readGraph(cases.transposed.links),
    data = { picture: 'use', landed: true };
  assert.match(saying({ graph, data, on: { kind: 'output', at: [0, 0] } }), /^Output row 0, column 0 \(top left\): 1 product lands here\.$/);
  assert.match(saying({ graph, data, on: { kind: 'input', at: [0, 0] } }), /its copy of the kernel lands on 4 output cells/);
});

test('every weight of a kernel has a hue of its own', () => {
  for (const taps of [1, 2, 4, 6, 9, 15, 16, 25]) {
    const hues = new Set(Array.from({ length: taps }, (_, tap) => hueOf(tap, taps)));
    assert.equal(hues.size, taps);
  }
});

test('grids stand side by side within their room, and below each other on a narrow screen', () => {
  const shapes = { input: [5, 5], kernel: [3, 3], matrix: [9, 25], output: [3, 3] };
  for (const width of [360, 700, 930, 1500]) {
    for (const picture of ['use', 'matrix']) {
      const layout = arrangeGrids({ picture, present: false, width, height: 400, shapes });
      Object.entries(shapes).filter(([kind]) => layout[kind]).forEach(([kind, [rows, columns]]) => {
        const { x, y, size } = layout[kind];
        assert.ok(x + columns * size <= width + 2, `${picture} ${kind} at ${width}`);
        assert.ok(y + rows * size <= layout.height);
      });
    }
  }
  assert.ok(arrangeGrids({ picture: 'use', present: false, width: 360, height: 400, shapes }).output.y > 100);
});

test('on a narrow screen grids below each other end where the room ends, unless they could not be tapped', () => {
  const shapes = { input: [5, 5], kernel: [3, 3], turned: [3, 3], output: [3, 3], convolved: [3, 3] };
  for (const picture of ['use', 'turned']) {
    const room = { picture, present: false, width: 366, shapes };
    assert.ok(arrangeGrids({ ...room, height: 480 }).height <= 480, picture);
    assert.equal(arrangeGrids({ ...room, height: 100 }).input.size, 18, picture);
  }
});

test('nodes keep apart, and a count of many windows is not slower than one of few', () => {
  const { xs, radius } = spreadNodes({ count: 16, most: 16, width: 360 });
  assert.ok(xs[1] - xs[0] > 2 * radius && xs.at(-1) + radius <= 360);
  assert.ok(pace(400) * 400 < 20_000 && pace(4) < 400);
});
