// Where the opening's parts stand in the room that there is: beside each other, or on a phone in two rows.

// The line on which a square's name stands, above it.
const NAME = 26,
  // Between the pictures of a row, and for the line around them.
  GAP = 16,
  EDGE = 1;
const square = (x, y, side) => ({ x, y, side });

// Answers photograph, cells, kernel and result as squares, `sum` as a point, all centred in width x height.
export function placesIn(width, height) {
  return width > height * 1.15 ? besideEachOther(width, height) : inTwoRows(width, height);
}

function besideEachOther(width, height) {
  const side = Math.min(height - NAME, width / 3.3), grid = side * 0.44, gap = (width - 2 * side - 2.3 * grid) / 4;
  const wide = Math.min(gap, side * 0.28), all = 2 * side + 2.3 * grid + 2 * wide;
  const left = (width - all) / 2, top = NAME + (height - NAME - side) / 2, middle = left + side + wide;
  return {
    photograph: square(left, top, side),
    cells: square(middle, top + side * 0.08, grid),
    kernel: square(middle + 1.3 * grid, top + side * 0.08, grid),
    sum: { x: middle + 1.15 * grid, y: top + side * 0.8, size: side * 0.17 },
    result: square(left + all - side, top, side),
  };
}

function inTwoRows(width, height) {
  const side = Math.min((width - GAP) / 2 - EDGE, height * 0.4);
  const grid = Math.min((width - GAP) / 2.3, height * 0.34), left = (width - 2 * side - GAP) / 2;
  const free = height - side - grid - 2 * NAME, top = NAME + Math.max(0, free * 0.08), below = top + side + NAME + free * 0.22;
  const middle = (width - 2.3 * grid) / 2, size = Math.min(44, free * 0.3);
  return {
    photograph: square(left, top, side),
    cells: square(middle, below, grid),
    kernel: square(middle + 1.3 * grid, below, grid),
    sum: { x: width / 2, y: Math.min(height - size * 0.6, below + grid + free * 0.3), size },
    result: square(left + side + GAP, top, side),
  };
}
