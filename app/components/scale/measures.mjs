// Where everything comes to stand: cells brought to pixels, at one scale for both sides of the drawing.

const GAP = 56,
  TITLE = 26,
  // What is there is to be seen, however small it is beside the rest.
  LEAST = 2,
  // One axis alone has no height of its own.
  BAND = 46,
  DEPTH = 58;

const whole = ({ before, inside, after, over }) => before + inside + after + over;

// The largest scale at which both sides fit; at most `most` pixels for a cell.
export function scaleFor({ rows, columns, width, height, most = 40 }) {
  const across = whole(columns) + columns.other;
  const down = rows ? Math.max(whole(rows), rows.other) : 1;
  const scale = Math.min((width - GAP) / across, rows ? height / down : most, most);
  return Math.max(scale, 1e-6);
}

const long = (cells, scale) => (cells ? Math.max(cells * scale, LEAST) : 0);

// One axis in pixels: each part as [from, length].
export function placeExtent(extent, scale, start = 0) {
  const { before, inside, after, starts, reach, left, over, other } = extent;
  const at = (cell) => start + cell * scale;
  return {
    all: [start, long(before + inside + after, scale)],
    inside: [at(before), long(inside, scale)],
    windows: starts.map((cell) => [at(cell), long(reach, scale)]),
    left: [at(before + inside + after - left), long(left, scale)],
    over: [at(before + inside + after), long(over, scale)],
    other: long(other, scale),
  };
}

const band = (start) => ({
  all: [start, BAND],
  inside: [start, BAND],
  windows: [[start, BAND]],
  left: [start, 0],
  over: [start, 0],
  other: BAND,
});

// Two corners, enlarged, where windows would be too small to be seen: what part of the drawing each shows, and where it
// stands. Beside the drawing where there is room, else below it.
const INSET = 190,
  SMALL = 44,
  // What is said above a corner needs so much room.
  PAGE = { said: 116, above: 34 },
  FAR = { said: 236, above: 44 };

export function placeInsets({ across, down, width, right, bottom, scale, reach, high = INSET, present = false }) {
  if (reach * scale >= SMALL) return null;
  const { said, above } = present ? FAR : PAGE;
  const view = reach * scale * 2.6;
  const free = width - right - 40,
    halves = (free - 20) / 2;
  const pair = halves >= said,
    beside = free >= said;
  const side = Math.min(INSET, pair ? halves : beside ? free : (width - 24) / 2, Math.max(2 * SMALL, high));
  const x = beside ? right + 40 : 0;
  const y = beside ? TITLE : bottom + above - 4;
  const end = ([from, long], [, over]) => from + long + over;
  const place = (at) => (beside && !pair ? { x, y: y + at * (side + above) } : { x: x + at * (Math.max(side, said) + 20), y });
  const pad = view * 0.12;
  return {
    side,
    zoom: side / view,
    corners: [
      { ...place(0), from: [across.all[0] - pad, down.all[0] - pad], view },
      {
        ...place(1),
        from: [end(across.all, across.over) + pad - view, end(down.all, down.over) + pad - view],
        view,
      },
    ],
    bottom: place(1).y + side,
  };
}

// The whole drawing. `columns` and `rows` say where the first side's parts stand, `second` the other side; `titled` is how
// wide the titles of both are, which do not run into each other.
export function measure({ rows, columns, depth, width, height, present, titled = [0, 150] }) {
  const scale = scaleFor({ rows, columns, width, height: height - TITLE - (depth ? DEPTH : 0) });
  const across = placeExtent(columns, scale),
    down = rows ? placeExtent(rows, scale, TITLE) : band(TITLE);
  const tall = Math.max(down.all[1] + down.over[1], down.other);
  const first = across.all[1] + across.over[1];
  const x = Math.max(first + GAP, Math.min(titled[0] + 20, width - across.other));
  const second = { x, y: TITLE + (down.all[1] - down.other) / 2, width: across.other, height: down.other };
  const reach = Math.max(columns.reach, rows?.reach ?? 0);
  const right = second.x + Math.max(second.width, titled[1]);
  const insets = rows && placeInsets({ across, down, width, right, bottom: TITLE + tall, scale, reach, present, high: present ? height - TITLE - (depth ? DEPTH : 0) : undefined });
  const bottom = Math.max(TITLE + tall, insets?.bottom ?? 0);
  const line = depth && placeDepth(depth, { width, y: bottom + 30 });
  return { scale, across, down, second, insets, depth: line, height: bottom + (depth ? DEPTH + 12 : 10) };
}

// The third axis as a line of its own, at a scale of its own.
function placeDepth(depth, { width, y }) {
  const scale = Math.min(scaleFor({ rows: null, columns: depth, width: Math.min(width, 640), height: 1 }), 24);
  const along = placeExtent(depth, scale);
  return { y, along, second: along.all[1] + along.over[1] + GAP };
}
