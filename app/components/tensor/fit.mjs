// How large a slice of a kernel is drawn, so that a whole grid of them fits its room.

const LARGEST = { usual: 60, present: 76 };
const LEAST = 14;
const GAP = 10;

// `columns` slices stand side by side within `width`, `rows` above each other within `height`; `labels` is the
// room that the row's name and its map take. Slices are square for square kernels; never too small to be seen.
export function sliceSize({ width, height, columns, rows, labels, present }) {
  const across = (width - labels) / Math.max(1, columns) - GAP;
  const down = height / Math.max(1, rows) - GAP;
  const most = LARGEST[present ? 'present' : 'usual'];
  return Math.floor(Math.max(LEAST, Math.min(most, across, down)));
}

// Where the arrow keys lead from row to row or column to column: past the gaps, no farther than the ends.
export function neighbour({ items, from, step }) {
  for (let at = from + step; at >= 0 && at < items.length; at += step) if (items[at]) return at;
  return from;
}

export function outermost({ items, last }) {
  const found = items.map((item, index) => (item ? index : -1)).filter((index) => index >= 0);
  return last ? found.at(-1) : found[0];
}

// C_out is a letter with an index below.
export function symbolParts(symbol) {
  const [base, index = ''] = symbol.split('_');
  return { base, index };
}

// Which columns a row reads; with `column`, which rows read that column.
export function seen({ rows, row = null, column = null }) {
  if (row !== null) return rows[row].sees.flatMap((sees, index) => (sees ? [index] : []));
  return rows.flatMap((each, index) => (each?.sees[column] ? [index] : []));
}
