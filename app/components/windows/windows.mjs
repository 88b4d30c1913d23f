// Windows along one axis: a row of cells, and below it each window on a line of its own. Python hands over every place.
import { mounting } from '../shared/mount.mjs';
import { followTheme } from '../shared/theme.mjs';

const SVG = 'http://www.w3.org/2000/svg';
const CELL = 24, LINE = 12, BAR = 8, TOP = 2, UNDER = 10;

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

export function cellKind(at, { before, input, after }) {
  if (at >= 0 && at < input) return 'cell';
  return at >= -before && at < input + after ? 'cell padding' : 'cell beyond';
}

// What is added outside of an output is cropped: that is no fault.
export const runsOff = (start, { before, input, after, reach, role }) =>
  role === 'input' && (start < -before || start + reach > input + after);

function figureOf(diagram, span) {
  const figure = document.createElement('figure');
  figure.dataset.role = diagram.role;
  const caption = document.createElement('figcaption');
  const title = document.createElement('b');
  title.textContent = diagram.title;
  const words = document.createElement('span');
  words.textContent = diagram.words;
  caption.append(title, words);
  figure.append(caption);

  const { first, end } = span;
  const width = (end - first) * CELL + 4;
  const height = TOP + CELL + UNDER + diagram.starts.length * LINE + 4;
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img' }, figure);
  svg.setAttribute('aria-label', `${diagram.title}. ${diagram.words}`);
  svg.style.maxWidth = `${width * 1.15}px`;
  const pattern = draw('pattern', { id: 'hatch', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)' }, draw('defs', {}, svg));
  draw('line', { x1: 0, y1: 0, x2: 0, y2: 6, class: 'hatching' }, pattern);
  const x = (at) => 2 + (at - first) * CELL;
  for (let at = first; at < end; at++) {
    const kind = cellKind(at, diagram);
    if (kind !== 'cell beyond') draw('rect', { class: kind, x: x(at), y: TOP, width: CELL, height: CELL }, svg);
    else if (diagram.starts.some((start) => at >= start && at < start + diagram.reach))
      draw('rect', { class: kind, x: x(at), y: TOP, width: CELL, height: CELL }, svg);
    if (kind === 'cell' && (at === 0 || at === diagram.input - 1 || at % 5 === 0))
      draw('text', { class: 'word', x: x(at) + CELL / 2, y: TOP + CELL / 2 + 4, 'text-anchor': 'middle' }, svg, String(at));
  }
  diagram.starts.forEach((start, number) => {
    const y = TOP + CELL + UNDER + number * LINE;
    const off = runsOff(start, diagram);
    draw('rect', { class: off ? 'window off' : 'window', x: x(start) + 1, y, width: diagram.reach * CELL - 2, height: BAR, rx: 2 }, svg);
    for (const tap of diagram.taps) draw('circle', { class: 'tap', cx: x(start + tap) + CELL / 2, cy: y + BAR / 2, r: 2 }, svg);
  });
  return figure;
}

function createWindows(host) {
  const root = host.querySelector('.windows');
  let drawn = '';
  return {
    update({ data }) {
      followTheme(root);
      const asked = JSON.stringify(data);
      if (asked === drawn) return;
      drawn = asked;
      // One scale for all, so that they can be compared by eye.
      const spans = data.diagrams.map(extent);
      const span = { first: Math.min(...spans.map((one) => one.first)), end: Math.max(...spans.map((one) => one.end)) };
      root.replaceChildren(...data.diagrams.map((diagram) => figureOf(diagram, span)));
    },
    destroy() {},
  };
}

export default mounting(createWindows);
