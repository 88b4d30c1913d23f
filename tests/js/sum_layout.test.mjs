import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { readModel } from '../../app/components/stage/model.mjs';
import { arrangeSum } from '../../app/components/stage/sum_layout.mjs';
import { sumShape } from '../../app/components/stage/sum_shape.mjs';
import { blockWords, rowWords } from '../../app/components/stage/sum_words.mjs';

const folder = new URL('fixtures/stage/', import.meta.url);
const load = (name) => readModel(JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')));
const NAMES = readdirSync(folder).map((file) => file.replace('.json', ''));
const ROOMS = [
  { width: 1010, height: 88 },
  { width: 700, height: 88 },
  { width: 358, height: 96 },
  { width: 1240, height: 130, large: 1.48 },
  { width: 1070, height: 124, large: 1.4 },
];
const EM = 0.54;
const conv = ({ channels = 1, kernel = 3, value = 3, pair = 7, bias = 0 }) => ({
  rows: kernel,
  columns: kernel,
  blocks: Array(channels).fill({
    name: channels > 1 ? 9 : 0,
    value: () => value,
    pair,
    row: value + 1,
    between: '+',
    open: 0,
    close: 0,
    aside: 0,
    note: 0,
    rowwise: true,
    end: channels > 1 ? value + 3 : 0,
  }),
  total: { sums: channels > 1 ? channels : 0, sum: value + 1, bias, end: value + 4 },
});

// Slots are centred; what follows the terms begins at its x.
const boxesOf = ({ blocks, total, font }) => {
  const centred = (slot) => [slot.x - slot.width / 2, slot.x + slot.width / 2, slot.y];
  const open = (slot) => [slot.x, slot.x + slot.width, slot.y];
  return [
    ...blocks.flatMap(({ terms, end, aside, note }) => [
      ...terms.map(centred),
      ...[end, aside, note].filter(Boolean).map(open),
    ]),
    ...(total ? [...total.sums, total.bias].filter(Boolean).map(centred) : []),
    ...(total ? [open(total.end)] : []),
  ].map(([left, right, y]) => ({ left, right, y, high: font }));
};
function check(found, { width, height }, name) {
  assert.ok(found, `${name}: nothing fits`);
  const boxes = boxesOf(found);
  for (const { left, right, y, high } of boxes) {
    assert.ok(left >= -0.01 && right <= width + 0.01, `${name}: ${left}–${right} of ${width}`);
    assert.ok(y - high / 2 >= -0.01 && y + high / 2 <= height + 0.01, `${name}: ${y} of ${height}`);
  }
  boxes.forEach((one, at) =>
    boxes.slice(at + 1).forEach((two) => {
      const apart = one.right <= two.left + 0.01 || two.right <= one.left + 0.01 || Math.abs(one.y - two.y) >= one.high * 0.99;
      assert.ok(apart, `${name}: ${JSON.stringify([one, two])}`);
    }),
  );
  assert.ok(found.font >= 11 && found.small >= 10, `${name}: type of ${found.font}`);
}

for (const name of NAMES) {
  const shape = sumShape(load(name));
  test(`${name}: the slots fit their room, none overlaps another, and the type stays legible`, () => {
    for (const room of ROOMS) check(arrangeSum({ ...room, shape, em: EM }), room, `${name} in ${room.width}`);
  });
}

test('the largest windows that the stage shows fit as well', () => {
  for (const channels of [1, 2, 3, 4])
    for (const kernel of [1, 2, 3, 5, 7])
      for (const value of [1, 3, 6])
        for (const bias of [0, 3])
          for (const room of ROOMS) {
            const shape = conv({ channels, kernel, value, pair: value + 5, bias });
            check(arrangeSum({ ...room, shape, em: EM }), room, `${channels} x ${kernel} of ${value} in ${room.width}`);
          }
});

test('many terms give way in levels: pairs, products, one term for each row of the kernel', () => {
  const level = (channels, kernel) => arrangeSum({ ...ROOMS[0], shape: conv({ channels, kernel }), em: EM }).level;
  assert.equal(level(1, 3), 'pairs');
  assert.equal(level(3, 3), 'products');
  assert.equal(level(3, 5), 'rows');
  assert.equal(level(4, 7), 'rows');
});

test('channels stand below each other, a line and a sum each, with air between them and without pairs', () => {
  for (const room of ROOMS.filter(({ width }) => width > 800)) {
    const { level, font, blocks, total } = arrangeSum({ ...room, shape: conv({ channels: 3, bias: 2 }), em: EM });
    assert.equal(level, 'products');
    const lines = [...blocks.map(({ terms }) => terms[0].y), total.end.y];
    blocks.forEach(({ terms }) => assert.equal(new Set(terms.map(({ y }) => y)).size, 1));
    lines.slice(1).forEach((y, at) => assert.ok(y - lines[at] >= font * 1.3, `${y} after ${lines[at]}`));
  }
});

test('every number of every step fits its slot, so that nothing jumps', () => {
  for (const name of NAMES) {
    const model = load(name),
      found = arrangeSum({ ...ROOMS[0], shape: sumShape(model), em: EM });
    const steps = Array.from({ length: model.steps }, (_, step) => step).filter((step) => step % Math.ceil(model.steps / 40) === 0);
    for (const step of steps) {
      const window = model.window(step);
      found.blocks.forEach(({ terms }, index) => {
        const words = blockWords({ window, model, index, level: found.level, digits: found.digits });
        terms.forEach(({ width }, slot) => {
          const text =
            found.level === 'rows'
              ? rowWords({ words, row: slot, columns: model.kernelSize[1], flights: Array(model.taps).fill(1), digits: 4 }).text
              : words.terms[words.slots.indexOf(slot)].text;
          const long = text.replace('≈', '').length * found.font * EM;
          assert.ok(long <= width + 0.01, `${name}, step ${step}: ${text}`);
        });
      });
    }
  }
});

test('nine products and what they come to share a line, on a wide screen and on a phone', () => {
  for (const room of [{ width: 1010, height: 88 }, { width: 1240, height: 130, large: 1.48 }, { width: 366, height: 68 }]) {
    const { blocks, total } = arrangeSum({ ...room, shape: sumShape(load('textbook')), em: EM });
    assert.equal(total.end.y, blocks[0].terms.at(-1).y, `${room.width}`);
  }
});
