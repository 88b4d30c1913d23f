// A stroke on a square of cells: a round brush, soft at its rim, along a line.
const WHITE = 15;
const REACH = 1.35;

export const cellsOf = (text) => [...text].map((cell) => parseInt(cell, 16));
export const textOf = (cells) => cells.map((cell) => cell.toString(16)).join('');

function distance([row, column], from, to) {
  const down = to[0] - from[0], across = to[1] - from[1];
  const length = down * down + across * across;
  const along = length ? ((row - from[0]) * down + (column - from[1]) * across) / length : 0;
  const at = Math.min(1, Math.max(0, along));
  return Math.hypot(row - from[0] - at * down, column - from[1] - at * across);
}

// The cells after a brush has moved from one place to another, both in cells from the top left corner; a cell is never
// made darker.
export function stroked(cells, side, from, to) {
  return cells.map((cell, index) => {
    const middle = [Math.floor(index / side) + 0.5, (index % side) + 0.5];
    const ink = Math.round(WHITE * Math.min(1, Math.max(0, 1.6 - distance(middle, from, to) / REACH * 1.1)));
    return Math.max(cell, ink);
  });
}

// One cell made white, or black if it is white.
export const turned = (cells, index) => cells.map((cell, at) => (at === index ? (cell === WHITE ? 0 : WHITE) : cell));
