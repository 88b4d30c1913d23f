// Windows along one axis: a row of cells, and below it each window on a line of its own. Python hands over every place.
import { mounting } from '../shared/mount.mjs';
import { followTheme } from '../shared/theme.mjs';

const SVG = 'http://www.w3.org/2000/svg';
const CELL = 24, LEAST_CELL = 9, WIDE = 560, LINE = 12, BAR = 8, TOP = 2, HIGH = 24, UNDER = 10;
// So many windows have a line each; more of them share lines, side by side.
const STAIRS = 12;

function draw(name, attributes, parent, text = '') {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.textContent = text;
  parent.append(node);
  return node;
}

// Cells from the first that anything touches to the last, in input coordinates.
export function extent({ before, input, after, starts, reach }) {
  const ends = starts.map((start) => start + reach);
  return { first: Math.min(-before, ...starts), end: Math.max(input + after, ...ends) };
}

// The line of each window: a staircase, or as few lines as keep windows of one line apart.
export function lanesOf({ starts, reach }) {
  if (starts.length <= STAIRS) return starts.map((_, number) => number);
  const ends = [];
  return starts.map((start) => {
    const free = ends.findIndex((end) => end < start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = start + reach;
    return lane;
  });
}

// How wide a cell is drawn: narrower where there are many, so that the numbers stay legible.
export const cellWidth = (cells) => Math.max(LEAST_CELL, Math.min(CELL, Math.floor(WIDE / cells)));

// Which cells have their number written: the first, the last, and so many between as there is room for.
export function isNumbered(at, input, cell) {
  const apart = cell >= 18 ? 5 : 10;
  return at === 0 || at === input - 1 || (at % apart === 0 && input - 1 - at >= apart / 2);
}

export function cellKind(at, { before, input, after }) {
  if (at >= 0 && at < input) return 'cell';
  return at >= -before && at < input + after ? 'cell padding' : 'cell beyond';
}

// What is added outside of an output is cropped: that is no fault.
export const runsOff = (start, { before, input, after, reach, role }) =>
  role === 'input' && (start < -before || start + reach > input + after);

function figureOf(diagram, span, number) {
  const figure = document.createElement('figure');
  figure.dataset.role = diagram.role;
  figure.setAttribute('aria-label', diagram.title);
  const caption = document.createElement('figcaption');
  const title = document.createElement('b');
  title.textContent = diagram.title;
  const words = document.createElement('span');
  words.textContent = diagram.words;
  caption.append(title, words);
  figure.append(caption);

  const { first, end } = span;
  const cell = cellWidth(end - first), lanes = lanesOf(diagram);
  const width = (end - first) * cell + 4;
  const height = TOP + HIGH + UNDER + (Math.max(-1, ...lanes) + 1) * LINE + 4;
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img' }, figure);
  svg.setAttribute('aria-label', `${diagram.title}. ${diagram.words}`);
  svg.style.maxWidth = `${width * 1.15}px`;
  svg.style.minWidth = `${Math.min(width, (end - first) * LEAST_CELL)}px`;
  const hatch = `hatch-${number}`;
  const pattern = draw('pattern', { id: hatch, width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, draw('defs', {}, svg));
  draw('line', { x1: 0, y1: 0, x2: 0, y2: 6, class: 'hatching' }, pattern);
  const x = (at) => 2 + (at - first) * cell;
  for (let at = first; at < end; at++) {
    const kind = cellKind(at, diagram);
    if (kind !== 'cell beyond' || diagram.starts.some((start) => at >= start && at < start + diagram.reach)) {
      const rect = draw('rect', { class: kind, x: x(at), y: TOP, width: cell, height: HIGH }, svg);
      if (kind === 'cell padding') rect.style.fill = `url(#${hatch})`;
    }
    if (kind === 'cell' && isNumbered(at, diagram.input, cell))
      draw('text', { class: 'word', x: x(at) + cell / 2, y: TOP + HIGH / 2 + 4, 'text-anchor': 'middle' }, svg, String(at));
  }
  diagram.starts.forEach((start, which) => {
    const y = TOP + HIGH + UNDER + lanes[which] * LINE;
    const off = runsOff(start, diagram);
    draw('rect', { class: off ? 'window off' : 'window', x: x(start) + 1, y, width: diagram.reach * cell - 2, height: BAR, rx: 2 }, svg);
    for (const tap of diagram.taps) draw('circle', { class: 'tap', cx: x(start + tap) + cell / 2, cy: y + BAR / 2, r: 2 }, svg);
  });
  return figure;
}

function createWindows(host) {
  const root = host.querySelector('.windows');
  let drawn = '';
  // A drawing that is wider than its place is moved by the arrow keys, once Tab has led there.
  const reachable = () => root.querySelectorAll('figure').forEach((figure) => {
    figure.toggleAttribute('tabindex', figure.scrollWidth > figure.clientWidth);
    if (figure.hasAttribute('tabindex')) figure.setAttribute('tabindex', '0');
  });
  const observer = new ResizeObserver(reachable);
  observer.observe(root);
  return {
    update({ data }) {
      followTheme(root);
      const asked = JSON.stringify(data);
      if (asked === drawn) return;
      drawn = asked;
      // One scale for all, so that they can be compared by eye.
      const spans = data.diagrams.map(extent);
      const span = { first: Math.min(...spans.map((one) => one.first)), end: Math.max(...spans.map((one) => one.end)) };
      root.classList.toggle('stacked', data.stacked);
      root.replaceChildren(...data.diagrams.map((diagram, number) => figureOf(diagram, span, number)));
      reachable();
    },
    destroy: () => observer.disconnect(),
  };
}

export default mounting(createWindows);
