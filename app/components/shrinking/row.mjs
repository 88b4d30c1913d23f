// Where the squares and the points of the curve come to stand, in pixels.

const LEAST = 2,
  GAP = 18,
  // The room of the curve and of what is written above its highest point, of a label and how far it stands below its
  // square, the least room for a square with its number, the height of the largest.
  ROOMS = {
    page: { curve: 120, above: 26, label: 34, below: 18, slot: 46, high: 170 },
    audience: { curve: 230, above: 44, label: 50, below: 32, slot: 84, high: 300 },
  };

// How many squares stand on a line, and the scale at which the widest line still fits.
function fit({ sizes, width, slot, high }) {
  const across = Math.max(1, Math.min(sizes.length, Math.floor((width + GAP) / (slot + GAP))));
  const most = Math.max(...sizes.flat());
  const fits = (scale) =>
    sizes.every(
      (_, at) =>
        at % across > 0 ||
        sizes.slice(at, at + across).reduce((sum, [, columns]) => sum + Math.max(columns * scale, slot) + GAP, -GAP) <= width,
    );
  let scale = high / most;
  while (!fits(scale) && scale > 1e-6) scale *= 0.95;
  return { across, scale, most };
}

// All squares have one scale; where they are too many for one line, they go on below. `squares` have x, y, width, height
// and the place of their label; `points` are [x, y] of the curve above them, the widest at its top.
export function placeRow({ sizes, width, present = false }) {
  const { curve, above, label, below, ...room } = ROOMS[present ? 'audience' : 'page'];
  const { across, scale, most } = fit({ sizes, width, ...room });
  const high = Math.max(...sizes.map(([rows]) => rows)) * scale + label;
  let x = 0;
  const squares = sizes.map(([rows, columns], at) => {
    const line = Math.floor(at / across);
    if (at % across === 0) x = 0;
    const [wide, tall, slot] = [Math.max(columns * scale, LEAST), Math.max(rows * scale, LEAST), Math.max(columns * scale, room.slot)];
    const bottom = curve + (line + 1) * high - label;
    const square = { x: x + (slot - wide) / 2, y: bottom - tall, width: wide, height: tall, label: [x + slot / 2, bottom + below] };
    x += slot + GAP;
    return square;
  });
  const step = sizes.length > 1 ? (width - 40) / (sizes.length - 1) : 0;
  const points = sizes.map(([, columns], at) => [20 + at * step, curve - 14 - ((curve - 14 - above) * columns) / most]);
  return { squares, points, height: curve + Math.ceil(sizes.length / across) * high + 4 };
}
