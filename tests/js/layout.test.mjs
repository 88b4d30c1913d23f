import assert from 'node:assert/strict';
import test from 'node:test';
import { arrange } from '../../app/components/stage/layout.mjs';

const layer = ({ channels = 1, input, kernel, maps = 1, output, foot = 0 }) => [
  { count: channels, rows: input, columns: input },
  { count: channels, rows: kernel, columns: kernel, foot },
  { count: maps, rows: output, columns: output },
];
const LAYERS = {
  textbook: layer({ input: 5, kernel: 3, output: 3 }),
  rgb: layer({ channels: 3, input: 18, kernel: 3, maps: 4, output: 16, foot: 68 }),
  large: layer({ channels: 4, input: 16, kernel: 7, maps: 4, output: 10, foot: 68 }),
  extreme: layer({ channels: 4, input: 28, kernel: 7, maps: 4, output: 22, foot: 68 }),
  pooling: [
    { count: 4, rows: 16, columns: 16 },
    { count: 0, rows: 2, columns: 2, least: 100 },
    { count: 4, rows: 8, columns: 8 },
  ],
  flat: [
    { count: 1, rows: 1, columns: 28 },
    { count: 1, rows: 1, columns: 7 },
    { count: 1, rows: 1, columns: 22 },
  ],
};
const boxes = (layout, blocks) =>
  layout.blocks.flatMap((block, index) =>
    block.panels.map(({ x, y }) => ({
      left: x,
      top: y,
      right: x + blocks[index].columns * block.cell,
      bottom: y + blocks[index].rows * block.cell,
    })),
  );

for (const [name, blocks] of Object.entries(LAYERS))
  for (const [width, height] of [
    [940, 250],
    [940, 330],
    [1240, 400],
    [700, 250],
    [358, 250],
    [320, 200],
  ]) {
    test(`${name} at ${width} x ${height}: inside the page, nothing overlaps`, () => {
      const layout = arrange({ width, height, blocks });
      if (width >= 600) assert.ok(layout.height <= height + 3, `${layout.height} is too high`);
      const all = boxes(layout, blocks);
      assert.equal(
        all.length,
        blocks.reduce((sum, block) => sum + block.count, 0),
      );
      all.forEach((box, index) => {
        assert.ok(
          box.left >= 0 && box.right <= width + 1 && box.bottom <= layout.height,
          JSON.stringify(box),
        );
        for (const other of all.slice(index + 1))
          assert.ok(
            box.right <= other.left ||
              other.right <= box.left ||
              box.bottom <= other.top ||
              other.bottom <= box.top,
            'overlap',
          );
      });
    });
  }

test('a small layer has one cell size, large enough to read', () => {
  const cells = arrange({ width: 940, height: 330, blocks: LAYERS.textbook }).blocks.map(
    (block) => block.cell,
  );
  assert.equal(new Set(cells).size, 1);
  assert.ok(cells[0] >= 40);
});

test('more room never makes the cells of a textbook layer smaller', () => {
  let before = 0;
  for (let width = 620; width <= 1240; width += 31) {
    const [block] = arrange({ width, height: 300, blocks: LAYERS.textbook }).blocks;
    assert.ok(block.cell >= before);
    before = block.cell;
  }
});

test('on a phone the output stands below the input', () => {
  const layout = arrange({ width: 358, height: 300, blocks: LAYERS.textbook });
  assert.ok(layout.blocks[2].y > layout.blocks[0].y + 5 * layout.blocks[0].cell);
});

test('the poolings of one channel stay on one line, and words have their room', () => {
  const input = { count: 2, rows: 4, columns: 4 };
  const window = { count: 0, rows: 2, columns: 2, least: 60 };
  const output = { count: 4, rows: 2, columns: 2, together: 2, apart: 90, label: 20 };
  for (const width of [620, 700, 940, 1400]) {
    const { blocks } = arrange({ width, height: 330, blocks: [input, window, output] });
    // Three in a line would tear a channel's poolings apart.
    assert.ok([2, 4].includes(blocks[2].across), `${blocks[2].across} in a line at ${width}`);
    const [first, second] = blocks[2].panels;
    assert.ok(second.x - first.x >= 90);
  }
});

test('input, kernel and output have one cell size, as large as the room allows', () => {
  const [input, kernel, output] = arrange({ width: 976, height: 480, sum: 88, blocks: LAYERS.textbook, largest: 78 }).blocks;
  assert.deepEqual([kernel.cell, output.cell], [input.cell, input.cell]);
  assert.ok(input.cell >= 70, `${input.cell}`);
});

test('input and output have one cell size however many there are; the kernel stays large enough to be read', () => {
  for (const name of ['rgb', 'large', 'extreme']) {
    const blocks = LAYERS[name].map((block, index) => (index === 1 ? { ...block, wish: 22 } : block));
    const [input, kernel, output] = arrange({ width: 976, height: 400, blocks, largest: 78 }).blocks;
    assert.equal(input.cell, output.cell, name);
    assert.ok(kernel.cell >= input.cell, name);
  }
});

test('the input stands where it stands, and so does the sum, whatever the kernel, the padding and the stride', () => {
  const places = [[5, 3, 3], [7, 3, 5], [9, 3, 7], [5, 5, 1], [5, 1, 5], [7, 3, 3]].map(([input, kernel, output]) => {
    const layout = arrange({ width: 976, height: 480, sum: 88, blocks: layer({ input, kernel, output }), largest: 78 });
    return [layout.blocks[0].panels[0], layout.sum, layout.height];
  });
  places.forEach((place) => assert.deepEqual(place, places[0]));
});

test('another channel does not move the first cell of the input', () => {
  const [one, four] = [1, 4].map((channels) => {
    const blocks = layer({ channels, input: 6, kernel: 3, maps: channels, output: 4 });
    return arrange({ width: 976, height: 480, sum: 88, blocks, largest: 78 }).blocks[0].panels[0];
  });
  assert.deepEqual(four, one);
});

test('three planes stand on one line or below each other, if that costs little', () => {
  const blocks = layer({ channels: 3, input: 5, kernel: 3, maps: 2, output: 3, foot: 68 });
  for (const width of [976, 1240, 1360]) {
    const { blocks: placed } = arrange({ width, height: 420, sum: 86, blocks, largest: 78 });
    for (const { across, panels } of placed) assert.equal(panels.length % across, 0, `${across} in a line at ${width}`);
  }
});

test('a wide board leaves the sum more room, one as high as it can be leaves it where it is', () => {
  const wide = layer({ channels: 3, input: 5, kernel: 3, maps: 2, output: 3, foot: 68 });
  const heights = [wide, LAYERS.textbook].map((blocks) => arrange({ width: 976, height: 420, sum: 86, blocks, largest: 78 }).sum.height);
  assert.ok(heights[0] > 120, `${heights[0]}`);
  assert.equal(heights[1], 86);
});

test('on a phone smaller cells are borne where the whole board can then be seen', () => {
  const room = { width: 366, height: 490, sum: 68, least: 26, borne: 18 };
  const seen = arrange({ ...room, blocks: layer({ input: 9, kernel: 3, output: 7 }) });
  assert.ok(seen.blocks[0].cell >= 18 && seen.height === 490, `${seen.blocks[0].cell} ${seen.height}`);
  const tall = arrange({ ...room, blocks: layer({ input: 14, kernel: 3, output: 12 }) });
  assert.ok(tall.height > 490 && tall.blocks[0].cell > 18);
});

test('the picture stays above the room of the sum', () => {
  for (const [name, blocks] of Object.entries(LAYERS)) {
    const { sum, ...layout } = arrange({ width: 940, height: 420, sum: 90, blocks });
    boxes(layout, blocks).forEach(({ bottom }) => assert.ok(bottom <= sum.y, name));
    assert.equal(sum.y + sum.height, 420, name);
  }
});

test('where cells would be too small to be touched, the picture grows downwards', () => {
  const { blocks, height, sum } = arrange({ width: 358, height: 480, sum: 96, blocks: LAYERS.rgb, least: 9 });
  assert.ok(blocks[0].cell >= 9 && height > 480 && sum.y + sum.height === height);
});

test('next to no room still gives a layout, while the page is being laid out', () => {
  for (const [name, blocks] of Object.entries(LAYERS)) {
    for (const width of [1, 40, 120, 200]) {
      const { blocks: placed } = arrange({ width, height: 170, blocks });
      assert.equal(placed.length, 3, `${name} at ${width}`);
      placed.forEach(({ cell }) => assert.ok(cell > 0));
    }
  }
});

test('the rows of a signal stand side by side where that makes their cells larger', () => {
  const bars = LAYERS.flat.map((block) => ({ ...block, columns: Math.ceil(block.columns / 2), label: 76 }));
  const placed = (height) => arrange({ width: 1240, height, blocks: bars, line: true, largest: 96 }).blocks;
  const [low, high] = [placed(170), placed(600)];
  assert.ok(low[0].cell >= 36 && low[2].y === low[0].y, `${low[0].cell}`);
  assert.ok(high[0].cell > low[0].cell && high[2].y > high[0].y, `${high[0].cell}`);
});
