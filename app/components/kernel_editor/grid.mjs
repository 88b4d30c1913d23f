// Where the cells are: their size, the way from one to the next, the ones that a pointer has passed.

// Small kernels have large cells; a large one shrinks until it fits the column. Fingers need more than a mouse.
export function cellSize({ rows, columns, room, coarse = false }) {
  const wished = coarse ? 56 : Math.min(56, Math.max(36, 71 - 5 * Math.max(rows, columns)));
  const tallest = Math.max(252, Math.min(room, 420));
  return Math.max(6, Math.floor(Math.min(wished, (room - 1) / columns, tallest / rows)));
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function clampCell({ row, column, rows, columns }) {
  return { row: Math.max(0, Math.min(row, rows - 1)), column: Math.max(0, Math.min(column, columns - 1)) };
}

// The cell that a key leads to, or null if the key moves nothing.
export function moved({ key, far = false, row, column, rows, columns }) {
  if (key === 'Home') return { row: far ? 0 : row, column: 0 };
  if (key === 'End') return { row: far ? rows - 1 : row, column: columns - 1 };
  if (!(key in STEPS)) return null;
  const [down, right] = STEPS[key].map((step) => step * (far ? Math.max(rows, columns) : 1));
  return clampCell({ row: row + down, column: column + right, rows, columns });
}

// In reading order, with null before the first and after the last.
export function neighbour({ row, column, rows, columns, step }) {
  const at = row * columns + column + step;
  return at < 0 || at >= rows * columns ? null : { row: Math.floor(at / columns), column: at % columns };
}

// The middle cell; of an even number the one before the middle.
export function centreOf({ rows, columns }) {
  return { row: Math.floor((rows - 1) / 2), column: Math.floor((columns - 1) / 2) };
}

// Outside the grid too, so that a pointer may leave it and come back elsewhere.
export function cellAt({ x, y, cell }) {
  return { row: Math.floor(y / cell), column: Math.floor(x / cell) };
}

// The cells of the grid on the straight way from one place to the other, both included: a fast pointer skips
// cells between two of its events.
export function cellsBetween({ from, to, rows, columns }) {
  const down = to.row - from.row, right = to.column - from.column;
  const steps = Math.max(Math.abs(down), Math.abs(right), 1);
  const way = Array.from({ length: steps + 1 }, (_, at) => ({
    row: from.row + Math.round((down * at) / steps),
    column: from.column + Math.round((right * at) / steps),
  }));
  return way
    .filter(({ row, column }) => row >= 0 && row < rows && column >= 0 && column < columns)
    .map(({ row, column }) => row * columns + column)
    .filter((index, at, all) => all.indexOf(index) === at);
}
