// Where the cells of each row, what stands below them and their numbers come to stand.
import { readLinks, spanOf } from '../stage/links.mjs';
import { range } from '../stage/windows.mjs';

// So many windows have a line each; more of them share lines, side by side.
const STAIRS = 12;

// The line of each span: a staircase, or as few lines as keep the spans of one line apart.
export function lanesOf(spans) {
  if (spans.length <= STAIRS) return spans.map((_, number) => number);
  const ends = [];
  return spans.map(([first, count]) => {
    const free = ends.findIndex((end) => end < first);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = first + count;
    return lane;
  });
}

// One row as it is drawn. `outside` cells lie before the padded ones; what windows read there runs off the edge, and
// what is added there to an output is cropped, which is not a fault.
export function readRow({ title, words, links, outside, role }) {
  const table = readLinks(links);
  const windows = links.reads.map((pairs) => pairs.map(([, cell]) => cell)).filter((cells) => cells.length);
  const spans = windows.map(spanOf);
  const lanes = lanesOf(spans);
  const isOver = (cell) => cell < outside || table.zone(cell) === 'over';
  const isCovered = (cell) => spans.some(([first, count]) => cell >= first && cell < first + count);
  return {
    title,
    words,
    role,
    before: links.before,
    input: links.input,
    cells: range(table.cells).map((cell) => (!isOver(cell) ? table.zone(cell) : isCovered(cell) ? 'over' : 'none')),
    bars: spans.map(([first, count], number) => ({
      first,
      count,
      lane: lanes[number],
      // Where a window does not read all of the cells that it spans.
      taps: windows[number].length < count ? windows[number] : [],
      off: role === 'input' && (isOver(first) || isOver(first + count - 1)),
    })),
  };
}

// All rows begin their inputs at one place and have one scale, so that they can be compared by eye; no cell is
// narrower or wider than is said.
export function scaleOf(rows, width, { least, widest }) {
  const before = Math.max(...rows.map((row) => row.before)),
    after = Math.max(...rows.map((row) => row.cells.length - row.before));
  const cell = Math.max(least, Math.min(widest, width / (before + after)));
  return { before, cells: before + after, cell };
}

// Which cells have their number written: the first, the last, and so many between as there is room for.
export function isNumbered(at, input, cell) {
  const apart = cell >= 18 ? 5 : 10;
  return at === 0 || at === input - 1 || (at % apart === 0 && input - 1 - at >= apart / 2);
}
