// How large each tile is drawn, and how many stand side by side. Sizes are [height, width] in pixels of the
// picture; what comes out is in pixels of the screen. A cell is a tile with the operator before it.

// The least a picture should be wide, the most, and the room of words (and more, where there is room to spare),
// gaps and operators.
const MEASURES = {
  wide: { least: 150, most: 420, words: [112, 136], gap: 20, slot: 32 },
  narrow: { least: 128, most: 420, words: [112, 112], gap: 12, slot: 26 },
  present: { least: 230, most: 560, words: [250, 290], gap: 28, slot: 50 },
};
const TO_SPARE = 0.8;
// Before an audience the kernels of lines of tiles stand beside their pictures.
const BESIDE = 84;
const NARROW = 520;

export function measures({ width, present }) {
  if (width < NARROW) return MEASURES.narrow;
  return MEASURES[present ? 'present' : 'wide'];
}

// Even lines: five tiles where four fit become three and two.
const evenly = (count, fitting) => (count ? Math.ceil(count / Math.ceil(count / fitting)) : 1);

const scaleFor = ({ size: [rows, columns], room, height }) => Math.min(room / columns, height / rows);

function wholeScale(scale, enlarged) {
  return enlarged && scale >= 1 ? Math.floor(scale) : scale;
}

// The largest scale up to `high` that fits, found by halving.
function largestScale(high, fits) {
  if (fits(high)) return high;
  let low = 0;
  for (let turn = 0; turn < 30; turn += 1) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

// The largest height that fits, to a few pixels; 0 where not even the least does.
export function largestFitting({ least, most, fits }) {
  if (fits(most)) return most;
  if (!fits(least)) return 0;
  let [low, high] = [least, most];
  while (high - low > 4) {
    const middle = (low + high) / 2;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

// How many tiles of one size stand side by side so that all of them are as large as there is room; `around` is what
// each line has above and below its pictures.
export function columnsFor({ count, size: [rows, columns], width, height, gap, around }) {
  const scaleOf = (line) =>
    Math.min((width - (line - 1) * gap) / line / columns, (height / Math.ceil(count / line) - around) / rows);
  const lines = Array.from({ length: count }, (_, before) => before + 1);
  return lines.reduce((best, line) => (scaleOf(line) > scaleOf(best) ? line : best));
}

// `smallest` and `largest` are how wide a picture may be, where that is another width than usual.
// `tracks` are the columns of a row, each with the operator's slot at its left; `slots` says how wide each is.
export function layOut({ rows, width, height, columns, sameScale, enlarged, smallest = null, largest = null, present }) {
  const { words: wordings, slot, ...measured } = measures({ width, present });
  const least = smallest ?? measured.least, most = largest ?? measured.most;
  const operators = rows.some(({ cells }) => cells.some(({ operator }) => operator));
  // An operator's own room keeps the tiles apart.
  const gap = operators ? 0 : measured.gap;
  const inner = operators ? slot : 0;
  const across = (line) => width - (line - 1) * (gap + inner);
  const fitting = Math.max(1, Math.floor((width + gap + inner) / (least + gap + inner)));
  // At one scale small maps leave room: then a row may be on one line as long as its words fit.
  const longest = Math.max(...rows.map(({ cells }) => cells.length));
  const inOneLine = (room) => longest * room + (longest - 1) * (gap + inner);
  const single = sameScale && !columns && inOneLine(wordings[0]) <= width;
  const words = wordings[inOneLine(wordings[1]) <= TO_SPARE * width ? 1 : 0];
  const perLine = (count) => (columns ? Math.min(columns, fitting) : evenly(count, fitting));
  const lines = rows.map(({ cells: { length } }) => (single ? Math.max(1, length) : perLine(length)));
  // A row that goes on in a second line may begin that line with an operator.
  const leads = rows.some(({ cells }, at) => cells.some(({ operator }, index) => operator && index % lines[at] === 0));
  const lead = leads ? slot : 0;
  const sizes = rows.flatMap(({ cells }) => cells.map(({ size }) => size));
  const room = Math.floor(Math.min(most, ...lines.map((line) => (across(line) - lead) / line)));
  const slots = (line) => Array.from({ length: line }, (_, index) => (index ? inner : lead));
  const beside = present && rows.some(({ cells }, at) => cells.length > lines[at] && cells.some(({ kernel }) => kernel)) ? BESIDE : 0;
  const tightest = (space) => Math.min(...sizes.map((size) => scaleFor({ size, room: space, height })));
  const rowsOf = (scaleOf, widthOf) =>
    rows.map(({ cells }, at) => ({
      gap,
      tracks: slots(lines[at]).map((side, index) => Math.floor(side + widthOf(cells, index))),
      slots: slots(lines[at]),
      scales: cells.map(({ size }) => scaleOf(size)),
    }));
  if (!sameScale) return rowsOf((size) => wholeScale(scaleFor({ size, room: room - beside, height }), enlarged), () => room);
  if (!single) {
    const scale = wholeScale(tightest(room), enlarged);
    return rowsOf(() => scale, () => room);
  }
  const wide = (cell, scale) => Math.max(words, cell.size[1] * scale);
  const fits = (scale) =>
    rows.every(({ cells }, at) => cells.reduce((sum, cell) => sum + wide(cell, scale), lead) <= across(lines[at]));
  const scale = wholeScale(largestScale(tightest(most), fits), enlarged);
  return rowsOf(() => scale, (cells, index) => (cells[index] ? wide(cells[index], scale) : 0));
}
