// Where the panels stand: the largest cells for the room there is.

const TITLE = 22,
  LABEL = 17,
  GAP = 12,
  SIGN = 44,
  COMFORT = 22;

// A block is a group of equal panels: {count, rows, columns, wish: cell size to reach for, foot: height below, least: width at least,
// label: height of the words above each panel, apart: least width of a panel with its words, together: how many panels stay on one line}.
const labelOf = (block) => block.label ?? (block.count > 1 ? LABEL : 0);
// From one panel to the next.
const pitch = (block, cell) => Math.max(block.columns * cell, block.apart ?? 0) + GAP;
function blockSize({ block, cell, lines }) {
  const across = Math.ceil(block.count / lines);
  const label = labelOf(block);
  return {
    across,
    width: Math.max(across * pitch(block, cell) - GAP, block.least ?? 0),
    height: TITLE + lines * (block.rows * cell + label) + (lines - 1) * GAP + (block.foot ?? 0),
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

// The largest cells for one arrangement: the same for all blocks first; if those are small, each block grows
// on its own, the worst off first, towards the size at which its numbers can be read (`wish`).
function growCells({ blocks, lines, room, height, largest }) {
  const sizes = (cells) =>
    blocks.map((block, index) => blockSize({ block, cell: cells[index], lines: lines[index] }));
  const fit = (cells) => {
    const tried = sizes(cells);
    return (
      tried.every((size) => size.height <= height) && tried.reduce((sum, size) => sum + size.width, 0) <= room
    );
  };
  let cell = largest;
  while (cell > 1 && !fit(blocks.map(() => cell))) cell -= 1;
  if (cell < 2) return null;
  const cells = blocks.map(() => cell);
  const wish = (block) => Math.min(block.wish ?? COMFORT, largest);
  const share = (index) => Math.min(1, cells[index] / wish(blocks[index]));
  for (let growing = true; growing;) {
    const next = blocks
      .map((_, index) => index)
      .filter((index) => blocks[index].count && share(index) < 1)
      .sort((a, b) => share(a) - share(b))
      .find((index) => fit(cells.with(index, cells[index] + 1)));
    growing = next !== undefined;
    if (growing) cells[next] += 1;
  }
  const fits = sizes(cells).map((size, index) => ({ cell: cells[index], ...size }));
  const even = blocks.every((block) => !block.count || cell >= wish(block));
  const score = even
    ? 1000 + cell
    : cells.reduce((sum, _, index) => sum + (blocks[index].count ? Math.log(share(index)) : 0), 0);
  return { fits, score: score - Math.max(...fits.map((size) => size.height)) / 1e4 };
}

// Blocks side by side, in the number of lines of panels that gives the largest cells; among equals the lowest.
export function fitLine({ blocks, width, height, largest }) {
  const room = width - SIGN * (blocks.length - 1);
  const tried = combinations(blocks)
    .map((lines) => growCells({ blocks, lines, room, height, largest }))
    .filter(Boolean);
  return tried.length ? tried.reduce((best, next) => (next.score > best.score ? next : best)).fits : null;
}

const widthOf = (fits) => fits.reduce((sum, fit) => sum + fit.width, 0);

function placeBlock({ block, fit, x, y }) {
  const label = labelOf(block);
  const panels = Array.from({ length: block.count }, (_, index) => ({
    x: x + (index % fit.across) * pitch(block, fit.cell),
    y: y + TITLE + label + Math.floor(index / fit.across) * (block.rows * fit.cell + label + GAP),
  }));
  return {
    cell: fit.cell,
    x,
    y,
    width: fit.width,
    height: fit.height,
    panels,
    foot: y + fit.height - (block.foot ?? 0),
  };
}

// Blocks are [input, kernel, output]. Wide: one line. Narrow: the input above, kernel and output below it,
// side by side where their cells stay comfortable, else each on a line of its own.
export function arrange({ width, height, blocks, largest = 44, narrow = width < 600 }) {
  const [input, kernel, output] = blocks;
  const line = (some, high = height) => ({
    some,
    fits: fitLine({ blocks: some, width, height: high, largest }),
  });
  // While the page is being laid out there may be next to no room: then as little more as it takes.
  const sure = (some, high, room = width) => {
    const fits = fitLine({ blocks: some, width: room, height: high, largest });
    return fits ? { some, fits } : sure(some, high + 40, room + 40);
  };
  let lines = [line(blocks)];
  if (narrow || !lines[0].fits) {
    const pair = line([kernel, output], 330);
    const good = pair.fits?.every((fit, index) => fit.cell >= COMFORT || !pair.some[index].count);
    lines = [sure([input], 400), ...(good ? [pair] : [sure([kernel], 300), sure([output], 400)])];
  }
  const placed = [],
    signs = [];
  let y = 0;
  lines.forEach(({ some, fits }, index) => {
    const tall = Math.max(...fits.map((fit) => fit.height));
    let x = Math.max(0, (width - widthOf(fits) - SIGN * (fits.length - 1)) / 2);
    if (index) {
      signs.push({ x: width / 2, y: y + 14 });
      y += 30;
    }
    fits.forEach((fit, at) => {
      if (at) {
        signs.push({ x: x + SIGN / 2, y: y + (tall + TITLE) / 2 });
        x += SIGN;
      }
      placed.push(
        placeBlock({ block: some[at], fit, x: Math.round(x), y: Math.round(y + (tall - fit.height) / 2) }),
      );
      x += fit.width;
    });
    y += tall;
  });
  return { blocks: placed, signs, width, height: Math.ceil(y) + 3 };
}

// The grids of products under the picture: cell size, whether "x × w" fits above the product, and where the sum stands.
export function arrangeProducts({ width, channels, rows, columns, pairLength, length, large = 1 }) {
  const char = 7 * large,
    gap = 22;
  const wish = Math.max(pairLength * char * 0.9, length * char) + 10;
  const inOneLine = (width - (channels - 1) * gap) / channels / columns;
  const least = Math.max(22, length * char * 0.82 + 4);
  // Too narrow for all channels in one line: as many to a line as fit, at least one.
  const across =
    inOneLine >= least
      ? channels
      : Math.max(1, Math.min(channels, Math.floor((width + gap) / (least * columns + gap))));
  const cellWidth = Math.floor(
    Math.min(Math.max(wish, 34 * large), (width - (across - 1) * gap) / across / columns),
  );
  const pairs = pairLength > 0 && rows <= 4 && cellWidth >= pairLength * char * 0.82 + 4;
  const cellHeight = Math.round(
    (pairs ? (rows <= 3 ? 31 : 27) : rows <= 4 ? 21 : rows <= 5 ? 17 : 14) * large,
  );
  const used = across * columns * cellWidth + (across - 1) * gap;
  const beside = width - used >= 300 * large;
  const caption = channels > 1 ? 38 * large : 0;
  const lines = Math.ceil(channels / across);
  return {
    cellWidth,
    cellHeight,
    pairs,
    beside,
    used,
    height: lines * (rows * cellHeight + caption) + (lines - 1) * 8,
  };
}
