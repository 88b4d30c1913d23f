// Where the grids come to stand, and how large their cells are. Pure.
const GAP = 44,
  TITLE = 26,
  NARROW = 600,
  // Below each other grids are as small as it takes to see them all at once, but not too small to be tapped.
  TAPPED = 18;
const LARGEST_CELLS = { page: { largest: 60, side: 32, titleRoom: 190, kernelRoom: 112 }, audience: { largest: 84, side: 44, titleRoom: 300, kernelRoom: 230 } };
const floor = (...sizes) => Math.max(4, Math.floor(Math.min(...sizes)));

// Side by side with cells of one size, or on a narrow screen one below the other.
function beside({ width, height, shapes: { input, output }, largest }) {
  if (width < NARROW) {
    const high = Math.max(TAPPED, (height - 2 * TITLE - 16) / (input[0] + output[0]));
    const cell = floor(largest, high, width / Math.max(input[1], output[1]));
    const below = TITLE + input[0] * cell + TITLE + 12;
    return {
      input: { x: 0, y: TITLE, size: cell },
      output: { x: 0, y: below, size: cell },
      width,
      height: below + output[0] * cell + 4,
    };
  }
  const cell = floor(largest, (width - GAP) / (input[1] + output[1]), (height - TITLE) / Math.max(input[0], output[0]));
  const y = TITLE;
  return {
    input: { x: 1, y, size: cell },
    output: { x: input[1] * cell + GAP, y, size: cell },
    width,
    height: TITLE + Math.max(input[0], output[0]) * cell + 4,
  };
}

// The matrix in the middle, the input and the kernel on its left, the output on its right.
function around({ width, height, shapes: { input, kernel, matrix, output }, largest, side, titleRoom }) {
  const [rows, columns] = matrix;
  if (width < NARROW) {
    const small = floor(30, (width - 2 * GAP) / (input[1] + kernel[1] + output[1]));
    const top = TITLE + Math.max(input[0], kernel[0], output[0]) * small + TITLE + 12;
    const cell = floor(largest, width / columns);
    return {
      input: { x: 1, y: TITLE, size: small },
      kernel: { x: input[1] * small + GAP, y: TITLE, size: small },
      output: { x: (input[1] + kernel[1]) * small + 2 * GAP, y: TITLE, size: small },
      matrix: { x: 1, y: top, size: cell },
      width,
      height: top + rows * cell + 4,
    };
  }
  const high = Math.max(rows * 4, height - TITLE);
  const small = floor(side, (0.22 * width) / Math.max(input[1], kernel[1], output[1]), (high - TITLE) / (input[0] + kernel[0]));
  const left = Math.max(input[1] * small, kernel[1] * small, 70);
  const cell = floor(largest, (width - left - output[1] * small - 2 * GAP - 16) / columns, high / rows);
  const below = TITLE + input[0] * small + TITLE + 8,
    right = left + GAP + Math.max(columns * cell, titleRoom) + GAP;
  return {
    input: { x: 1, y: TITLE, size: small },
    kernel: { x: 1, y: below, size: small },
    matrix: { x: left + GAP, y: TITLE, size: cell },
    output: { x: right, y: TITLE, size: small },
    width,
    height: Math.max(TITLE + rows * cell, below + kernel[0] * small, TITLE + output[0] * small) + 4,
  };
}

// The input, and beside it one line for each kernel with what it makes.
function inLines({ width, height, shapes: { input, kernel, output }, largest }) {
  const narrow = width < NARROW,
    high = Math.max(kernel[0], output[0]);
  const left = narrow ? 0 : input[1];
  const cell = floor(
    largest,
    (width - (narrow ? GAP : 2 * GAP + 20) - 4) / Math.max(left + kernel[1] + output[1], narrow ? input[1] : 0),
    narrow ? Math.max(TAPPED, (height - 3 * TITLE - 34) / (input[0] + 2 * high)) : (height - 2 * TITLE - 16) / Math.max(2 * high, input[0]),
  );
  const x = narrow ? 1 : input[1] * cell + GAP + 20,
    first = narrow ? TITLE + input[0] * cell + TITLE + 14 : TITLE;
  const second = first + high * cell + TITLE + 16,
    beyond = x + kernel[1] * cell + GAP;
  return {
    input: { x: 1, y: TITLE, size: cell },
    kernel: { x, y: first, size: cell },
    output: { x: beyond, y: first, size: cell },
    turned: { x, y: second, size: cell },
    convolved: { x: beyond, y: second, size: cell },
    width,
    height: Math.max(second + high * cell, TITLE + input[0] * cell) + 4,
  };
}

// On a phone the input and both kernels stand in a row, and under them the zeros with the output beside them, or below.
// As small as can be read: both at once are worth more than cells that are easy to tap.
const READ = 14,
  CLOSE = 20,
  ROOMS = { input: 46, kernel: 66, turned: 115, inserted: 100, output: 130 };
function intoOneNarrow({ width, height, shapes: { input, kernel, inserted, output }, largest }) {
  const upper = Math.max(input[0], kernel[0]);
  const across = (kind, columns, cell) => Math.max(columns * cell, ROOMS[kind]);
  const fits = (cell) => across('inserted', inserted[1], cell) + CLOSE + across('output', output[1], cell) <= width;
  const isBeside = fits(READ),
    lower = isBeside ? Math.max(inserted[0], output[0]) : inserted[0] + output[0];
  const high = Math.max(isBeside ? READ : TAPPED, (height - (isBeside ? 2 : 3) * TITLE - 30) / (upper + lower));
  const row = Math.min((width - 2 * CLOSE) / (input[1] + 2 * kernel[1]), (width - ROOMS.turned - 2 * CLOSE) / (input[1] + kernel[1]));
  let cell = floor(largest, high, row, (width - 2) / Math.max(inserted[1], output[1]));
  while (isBeside && !fits(cell)) cell -= 1;
  const kernelX = across('input', input[1], cell) + CLOSE,
    below = TITLE + upper * cell + TITLE + 8;
  const outputX = isBeside ? across('inserted', inserted[1], cell) + CLOSE : 1,
    outputY = isBeside ? below : below + inserted[0] * cell + TITLE + 8;
  return {
    input: { x: 1, y: TITLE, size: cell },
    kernel: { x: kernelX, y: TITLE, size: cell },
    turned: { x: kernelX + across('kernel', kernel[1], cell) + CLOSE, y: TITLE, size: cell },
    inserted: { x: 1, y: below, size: cell },
    output: { x: outputX, y: outputY, size: cell },
    width,
    height: Math.max(below + inserted[0] * cell, outputY + output[0] * cell) + 4,
  };
}

// Input and kernel above, the input with its zeros and the turned kernel below, and beside both the one output.
function inTwoRows({ width, height, shapes: { input, kernel, inserted, output }, largest, kernelRoom }) {
  const upper = Math.max(input[0], kernel[0]),
    left = Math.max(input[1], inserted[1]);
  const cell = floor(
    largest,
    (width - 2 * GAP - 10) / (left + kernel[1] + output[1]),
    (width - 2 * GAP - 10 - kernelRoom) / (left + output[1]),
    (height - 2 * TITLE - 18) / (upper + inserted[0]),
    (height - TITLE) / output[0],
  );
  const kernelX = left * cell + GAP,
    below = TITLE + upper * cell + TITLE + 18,
    under = below + Math.max(inserted[0], kernel[0]) * cell;
  const outputY = Math.max(TITLE, TITLE + (under - TITLE - output[0] * cell) / 2);
  return {
    input: { x: 1, y: TITLE, size: cell },
    kernel: { x: kernelX, y: TITLE, size: cell },
    inserted: { x: 1, y: below, size: cell },
    turned: { x: kernelX, y: below, size: cell },
    output: { x: kernelX + Math.max(kernel[1] * cell, kernelRoom) + GAP, y: outputY, size: cell },
    width,
    height: Math.max(under, outputY + output[0] * cell) + 4,
  };
}

// Input above its kernel, then the input with its zeros, the turned kernel and the one output, all beside each other.
function inOneRow({ width, height, shapes: { input, kernel, inserted, output }, largest, kernelRoom }) {
  const first = Math.max(input[1], kernel[1]),
    high = Math.max(inserted[0], output[0]);
  const rooms = { first: 0.6 * kernelRoom, turned: kernelRoom };
  const widest = (cell) => Math.max(first * cell, rooms.first) + inserted[1] * cell + Math.max(kernel[1] * cell, rooms.turned) + output[1] * cell + 3 * GAP;
  let cell = floor(largest, (height - TITLE) / high, (height - 2 * TITLE - 12) / (input[0] + kernel[0]));
  while (cell > 4 && widest(cell) > width - 2) cell -= 1;
  const insertedX = 1 + Math.max(first * cell, rooms.first) + GAP,
    turnedX = insertedX + inserted[1] * cell + GAP,
    middle = (rows) => TITLE + ((high - rows) * cell) / 2;
  const below = TITLE + input[0] * cell + TITLE + 12;
  return {
    input: { x: 1, y: TITLE, size: cell },
    kernel: { x: 1, y: below, size: cell },
    inserted: { x: insertedX, y: middle(inserted[0]), size: cell },
    turned: { x: turnedX, y: middle(kernel[0]), size: cell },
    output: { x: turnedX + Math.max(kernel[1] * cell, rooms.turned) + GAP, y: middle(output[0]), size: cell },
    width,
    height: Math.max(TITLE + high * cell, below + kernel[0] * cell) + 4,
  };
}

// Of the arrangements that there is room for, the one with the larger cells.
function intoOne(room) {
  if (room.width < NARROW) return intoOneNarrow(room);
  const [one, two] = [inOneRow(room), inTwoRows(room)];
  return one.input.size > two.input.size ? one : two;
}

const WAYS = { use: beside, matrix: around, turned: inLines, ways: intoOne };

export const arrangeGrids = ({ picture, present, ...room }) => WAYS[picture]({ ...room, ...LARGEST_CELLS[present ? 'audience' : 'page'] });
