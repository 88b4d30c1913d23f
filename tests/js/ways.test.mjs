import assert from 'node:assert/strict';
import test from 'node:test';
import { readFileSync } from 'node:fs';
import { arrangeGrids } from '../../app/components/connections/arranging.mjs';
import { belonging } from '../../app/components/connections/belonging.mjs';
import { readGraph } from '../../app/components/connections/graph.mjs';
import { saying } from '../../app/components/connections/saying.mjs';
import { readSteps } from '../../app/components/connections/steps.mjs';
import { insertedNumbers, landingsOf, outputAt, sharesOf } from '../../app/components/connections/ways.mjs';

// Transposed convolutions as the kernels compute them, with the output after each copy.
const cases = JSON.parse(readFileSync(new URL('./fixtures/ways.json', import.meta.url)));

for (const [name, { links, input, kernel, turned, turned_taps, output, running }] of Object.entries(cases)) {
  const graph = readGraph(links, turned_taps);
  test(`${name}: after each copy the output holds what the kernels say, and blanks where nothing has come`, () => {
    running.forEach((expected, step) => {
      const now = outputAt({ graph, order: 'copies', step, input, turned, output });
      assert.deepEqual(now.map((value) => value ?? 0), expected);
      const come = (number) => sharesOf(graph, number).some((share) => share.input <= step);
      if (step < running.length - 1) now.forEach((value, number) => assert.equal(value !== null, come(number)));
    });
  });
  test(`${name}: window after window the same output fills, and at the end both are whole`, () => {
    const last = output.length - 1;
    assert.deepEqual(outputAt({ graph, order: 'zeros', step: last, input, turned, output }), output);
    assert.deepEqual(outputAt({ graph, order: 'copies', step: input.length - 1, input, turned, output }), output);
    const first = outputAt({ graph, order: 'zeros', step: 0, input, turned, output });
    assert.deepEqual(first, [output[0], ...Array(last).fill(null)]);
  });
  test(`${name}: an input number belongs to the output cells whose windows cover it`, () => {
    input.forEach((_, number) => {
      const { lands, overlaps } = landingsOf(graph, number);
      const covering = output.map((_, cell) => cell).filter((cell) => sharesOf(graph, cell).some((share) => share.input === number));
      assert.deepEqual(lands.map(graph.numberOf), covering);
      assert.ok(number > 0 || !overlaps.length);
    });
  });
  test(`${name}: each weight lights itself in the turned kernel, and the other way round`, () => {
    kernel.forEach((weight, tap) => {
      const at = graph.tapPlace(tap),
        there = graph.turnedPlace(at);
      assert.equal(turned[graph.tapAt(there)], weight);
      for (const picture of ['ways', 'turned']) {
        const box = ([row, column]) => [row, column, 1, 1];
        const lit = (kind, place) => belonging({ graph, matrix: null, on: { kind, at: place }, picture });
        assert.deepEqual([lit('kernel', at).kernel, lit('kernel', at).turned], [[box(at)], [box(there)]]);
        assert.deepEqual([lit('turned', there).kernel, lit('turned', there).turned], [[box(at)], [box(there)]]);
      }
    });
  });
}

const up = () => ({ graph: readGraph(cases.up.links, cases.up.turned_taps), ...cases.up });
test('the numbers not laid down yet are missing among the zeros, and all are there for a window', () => {
  const { graph, input } = up();
  const shown = insertedNumbers({ graph, order: 'copies', step: 0, input });
  assert.equal(shown.filter((value) => value === null).length, input.length - 1);
  assert.ok(!insertedNumbers({ graph, order: 'zeros', step: 0, input }).includes(null));
});

test('an output cell lights the numbers that reach it above and its window below', () => {
  const { graph } = up();
  const lit = belonging({ graph, matrix: null, on: { kind: 'output', at: [2, 2] }, picture: 'ways' });
  assert.deepEqual([lit.input.length, lit.inserted.length, lit.kernel.length, lit.turned.length], [4, 9, 4, 4]);
  const number = belonging({ graph, matrix: null, on: { kind: 'inserted', at: graph.insertedAt(4) }, picture: 'ways' });
  assert.deepEqual(number.input, [[1, 1, 1, 1]]);
  assert.equal(number.output.length, 9);
});

test('a sentence says the same products twice', () => {
  const { graph, input, turned, output } = up();
  const data = { picture: 'ways', input: { values: input }, turned: { values: turned }, output: { values: output }, kernel: { values: [...turned].reverse() } };
  const say = (kind, at) => saying({ graph, data, on: { kind, at } });
  assert.match(say('output', [2, 2]), /^Output row 2, column 2: 4 copies reach it, .* = .*\. Its window covers those 4 numbers and 5 zeros: the same sum\.$/);
  assert.match(say('input', [0, 1]), /is added to 9 output cells; 3 cells held a number already, so they add up\. Among the zeros, 9 windows cover this/);
  assert.match(say('inserted', [0, 0]), /^A zero that was put in: it adds nothing to the 1 window over it\.$/);
});

test('a step is an input number for copies, and an output cell for windows', () => {
  const { graph } = up();
  const copies = readSteps({ data: { picture: 'ways', order: 'copies' }, graph }),
    windows = readSteps({ data: { picture: 'ways', order: 'zeros' }, graph });
  assert.deepEqual([copies.count, windows.count], [9, 49]);
  assert.equal(copies.stepAt({ kind: 'inserted', at: graph.insertedAt(7) }), 7);
  assert.deepEqual([copies.stepAt({ kind: 'output', at: [1, 1] }), windows.stepAt({ kind: 'output', at: [1, 1] })], [null, 8]);
});

test('both ways stand side by side in their room, on a phone the output beside the zeros or under them', () => {
  const { graph } = up();
  const shapes = { input: graph.input, kernel: graph.taps, inserted: graph.padded, turned: graph.taps, output: graph.output };
  for (const width of [360, 700, 990, 1500]) {
    const layout = arrangeGrids({ picture: 'ways', present: false, width, height: 430, shapes });
    Object.entries(shapes).forEach(([kind, [rows, columns]]) => {
      const { x, y, size } = layout[kind];
      assert.ok(x + columns * size <= width + 2 && y + rows * size <= layout.height, `${kind} at ${width}`);
    });
    if (width > 600) assert.ok(layout.height <= 436);
    else assert.ok(layout.output.y === layout.inserted.y && layout.output.x > layout.inserted.x + graph.padded[1] * layout.inserted.size);
  }
  const wide = { ...shapes, input: [6, 6], inserted: [15, 15], output: [13, 13] };
  const below = arrangeGrids({ picture: 'ways', present: false, width: 360, height: 430, shapes: wide });
  assert.ok(below.output.y > below.inserted.y + 15 * below.inserted.size && below.inserted.size === 18);
});
