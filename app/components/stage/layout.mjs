// Where the panels stand in the room there is: one cell size for all of them, the largest that fits.

// The height of the name of one of several panels.
export const LABEL = 17;
const TITLE = 22,
  GAP = 12,
  // Between two blocks, for the sign: at least; at most so many cells.
  SIGN = 36,
  WIDE_SIGN = 1.5,
  SIGN_DOWN = 22,
  // The window's outline reaches over the edge of a panel.
  EDGE = 3,
  // Lines of panels of one length are worth smaller cells.
  RAGGED = 0.85,
  // Left below the board, and by how much the sum is larger then at most.
  SPARE = 40,
  LARGER = 1.75;

// A block is a group of equal panels: {count, rows, columns, foot: height below, least: width at least, wish: the cell size at
// which its numbers can be read, label: height of the words above each panel, names: of those below, named: whether a panel alone has words, too, apart: least width of a panel with its words,
// together: how many panels stay on one line}. Where there are several panels, each has its name: below it, as another
// channel must not move the first one's cells, unless it has words above.
const labelOf = (block) => block.label ?? 0;
const wordsHigh = (block) => block.label ?? (block.count > 1 || block.named ? (block.names ?? LABEL) : 0);
// From one panel to the next.
const pitch = (block, cell) => Math.max(block.columns * cell, block.apart ?? 0) + GAP;
function blockSize({ block, cell, lines }) {
  const across = Math.ceil(block.count / lines);
  const panels = block.count ? lines * (block.rows * cell + wordsHigh(block)) + (lines - 1) * GAP : 0;
  return {
    cell,
    across,
    width: Math.max(across * pitch(block, cell) - GAP, block.least ?? 0),
    height: TITLE + panels + (block.foot ?? 0),
  };
}

const linesOf = ({ count, together = 1 }) =>
  Array.from({ length: Math.max(1, count) }, (_, index) => index + 1).filter(
    (lines) => Math.ceil(count / lines) % together === 0,
  );
const combinations = (blocks) =>
  blocks.reduce(
    (lists, block) => lists.flatMap((list) => linesOf(block).map((lines) => [...list, lines])),
    [[]],
  );
const totalOf = (sizes, name) => sizes.reduce((sum, size) => sum + size[name], 0);
const most = (sizes, name) => Math.max(...sizes.map((size) => size[name]));

// `rows` says which blocks stand side by side: [[0, 1, 2]], or the input above the others.
function measureRows({ sizes, rows }) {
  const parts = rows.map((row) => row.map((index) => sizes[index]));
  return {
    width: Math.max(...parts.map((part) => totalOf(part, 'width') + SIGN * (part.length - 1))),
    height: parts.reduce((sum, part) => sum + most(part, 'height'), 0) + SIGN_DOWN * (rows.length - 1),
  };
}
// The largest whole number up to `high` for which it fits; 0 if none does.
function largestFitting(high, fits) {
  let low = 0;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

// One cell size for all blocks. Only the kernel, which is looked at number by number, stays large enough to be read.
function fitCells({ blocks, rows, lines, width, height, largest }) {
  const sizes = (cells) => blocks.map((block, index) => blockSize({ block, cell: cells[index], lines: lines[index] }));
  const fits = (cells) => {
    const size = measureRows({ sizes: sizes(cells), rows });
    return size.width <= width && size.height <= height;
  };
  const cell = largestFitting(Math.floor(largest), (tried) => fits(blocks.map(() => tried)));
  if (cell < 2) return null;
  const wish = blocks[1].count ? Math.min(blocks[1].wish ?? 0, largest) : 0;
  const kernel = Math.max(cell, largestFitting(wish, (tried) => fits([cell, Math.max(cell, tried), cell])));
  const fitted = sizes([cell, kernel, cell]);
  const ragged = blocks.some(({ count }, index) => count % Math.max(1, fitted[index].across));
  const score = cell * (ragged ? RAGGED : 1) + kernel / 1e3 - measureRows({ sizes: fitted, rows }).height / 1e7;
  return { rows, fitted, score };
}

const BESIDE = [[[0, 1, 2]]];
const BELOW = [
  [[0], [1, 2]],
  [[0, 1], [2]],
  [[0], [1], [2]],
];
function best({ blocks, narrow, line, ...room }) {
  const ways = narrow ? BELOW : line ? [...BELOW, ...BESIDE] : BESIDE;
  const tried = ways
    .flatMap((rows) => combinations(blocks).map((lines) => fitCells({ blocks, rows, lines, ...room })))
    .filter(Boolean);
  return tried.reduce((one, next) => (one && one.score >= next.score ? one : next), null);
}

function placeBlock({ block, fit, x, y }) {
  const label = labelOf(block);
  const panels = Array.from({ length: block.count }, (_, index) => ({
    x: x + (index % fit.across) * pitch(block, fit.cell),
    y: y + TITLE + label + Math.floor(index / fit.across) * (block.rows * fit.cell + wordsHigh(block) + GAP),
  }));
  return { ...fit, x, y, panels, foot: y + fit.height - (block.foot ?? 0) };
}

// Blocks side by side: the first stands at the top left, the others on its middle axis, as in an equation.
function placeRow({ row, fitted, blocks, width, y }) {
  const sizes = row.map((index) => fitted[index]);
  const spare = width - totalOf(sizes, 'width');
  const sign = row.length > 1 ? Math.min(spare / (row.length - 1), Math.max(SIGN, WIDE_SIGN * sizes[0].cell)) : 0;
  const axis = sizes[0].height / 2;
  let x = EDGE;
  const placed = sizes.map((fit, at) => {
    if (at) x += sign;
    const left = x;
    x += fit.width;
    // A little lower than the first would look like a mistake.
    const down = axis - fit.height / 2;
    return placeBlock({ block: blocks[row[at]], fit, x: Math.round(left), y: y + (down < TITLE ? 0 : Math.round(down)) });
  });
  const signs = placed.slice(1).map((block) => ({ x: block.x - sign / 2, y: y + axis + TITLE / 2 }));
  return { placed, signs, height: most(sizes, 'height') };
}

// As much more room as it takes: while the page is being laid out there may be next to none, and where cells would be
// smaller than can be `borne` they grow downwards to `least`, as far as that helps.
function fitRoom({ least, borne, ...given }) {
  let room = given,
    found = best(room);
  while (!found) {
    room = { ...room, width: room.width + 40, height: room.height + 40 };
    found = best(room);
  }
  const cellOf = ({ fitted }) => fitted[0].cell;
  if (cellOf(found) >= borne) return { ...found, height: room.height };
  const reach = Math.min(least, cellOf(best({ ...room, height: Infinity })));
  while (cellOf(found) < reach) {
    room = { ...room, height: room.height + 40 };
    found = best(room);
  }
  return { ...found, height: room.height };
}

// Blocks are [input, kernel, output], in a room whose size does not depend on them; the sum has the foot of it, and more
// where they are so wide that much is left below them. The rows of a signal, a `line`, stand in whichever way is larger.
export function arrange({ width, height, sum = 0, blocks, largest = 44, least = 2, borne = least, narrow = width < 600, line = false }) {
  const inner = width - 2 * EDGE;
  const found = fitRoom({ width: inner, height: height - sum, blocks, largest, least, borne, narrow, line });
  const placed = [],
    signs = [];
  let y = 0;
  found.rows.forEach((row, index) => {
    if (index) {
      signs.push({ x: EDGE + found.fitted[0].width / 2, y: y + SIGN_DOWN / 2 });
      y += SIGN_DOWN;
    }
    const line = placeRow({ ...found, row, blocks, width: inner, y });
    placed.push(...line.placed);
    signs.push(...line.signs);
    y += line.height;
  });
  const spare = found.height - y,
    more = spare > SPARE ? Math.min(spare - GAP, sum * (LARGER - 1)) : 0;
  const room = { x: 0, y: found.height - more, width, height: sum + more };
  return { blocks: placed, signs, width, height: found.height + sum, sum: room };
}
