// Where the squares and the points of the curve come to stand, in pixels.

const LEAST = 2,
  CURVE = 120,
  LABEL = 34,
  // The least room for a square with its number.
  SLOT = 46,
  GAP = 18,
  HIGH = 170;

// How many squares stand on a line, and the scale at which the widest line still fits.
function fit(sizes, width) {
  const across = Math.max(1, Math.min(sizes.length, Math.floor((width + GAP) / (SLOT + GAP))));
  const most = Math.max(...sizes.flat());
  const fits = (scale) =>
    sizes.every(
      (_, at) =>
        at % across > 0 ||
        sizes.slice(at, at + across).reduce((sum, [, columns]) => sum + slotFor(columns, scale) + GAP, -GAP) <= width,
    );
  let scale = HIGH / most;
  while (!fits(scale) && scale > 1e-6) scale *= 0.95;
  return { across, scale, most };
}

const slotFor = (columns, scale) => Math.max(columns * scale, SLOT);

// All squares have one scale; where they are too many for one line, they go on below. `squares` have x, y, width, height
// and the place of their label; `points` are [x, y] of the curve above them, the widest at its top.
export function placeRow({ sizes, width }) {
  const { across, scale, most } = fit(sizes, width);
  const high = Math.max(...sizes.map(([rows]) => rows)) * scale + LABEL;
  let x = 0;
  const squares = sizes.map(([rows, columns], at) => {
    const line = Math.floor(at / across);
    if (at % across === 0) x = 0;
    const [wide, tall, slot] = [Math.max(columns * scale, LEAST), Math.max(rows * scale, LEAST), slotFor(columns, scale)];
    const bottom = CURVE + (line + 1) * high - LABEL;
    const square = { x: x + (slot - wide) / 2, y: bottom - tall, width: wide, height: tall, label: [x + slot / 2, bottom + 18] };
    x += slot + GAP;
    return square;
  });
  const step = sizes.length > 1 ? (width - 40) / (sizes.length - 1) : 0;
  const points = sizes.map(([, columns], at) => [20 + at * step, CURVE - 14 - ((CURVE - 40) * columns) / most]);
  return { squares, points, height: CURVE + Math.ceil(sizes.length / across) * high + 4 };
}
