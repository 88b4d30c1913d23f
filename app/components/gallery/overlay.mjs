// What is drawn over a picture: a ring around one number, the picture's own border, hatching on its padding.
import { write } from '../shared/nodes.mjs';

const LEAST_FONT = 8.5;

// Where the ring's words stand: at its right, or at its left where the tile ends; inside from top to bottom.
export function placeMark({ mark: [row, column], scale, width, height, radius, words }) {
  const x = (column + 0.5) * scale, y = (row + 0.5) * scale;
  const reach = radius + 5, right = x + reach + words <= width || x < width / 2;
  const half = radius + 3;
  return {
    x, y,
    textX: right ? x + reach : x - reach,
    textY: Math.max(half, Math.min(height - half, y)),
    anchor: right ? 'start' : 'end',
  };
}

// Everything outside the frame as one path, to be filled by the even-odd rule, and the frame's own outline.
export function placeFrame({ frame: [top, left, rows, columns], size, scale }) {
  const box = (y, x, high, wide) => `M${x * scale} ${y * scale}h${wide * scale}v${high * scale}h${-wide * scale}z`;
  const inner = box(top, left, rows, columns);
  // What reaches beyond the tile must not count as outside it.
  const bottom = Math.max(size[0], top + rows), end = Math.max(size[1], left + columns);
  const first = Math.min(0, top), start = Math.min(0, left);
  return { outside: box(first, start, bottom - first, end - start) + inner, line: inner };
}

const shape = (name, className, parent) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  node.setAttribute('class', className);
  parent.append(node);
  return node;
};
const attributes = (node, values) =>
  Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));

// Each number in its pixel, in letters that fit the longest; none where they could not be read.
export function placeNumbers({ numbers, columns, scale, present }) {
  const longest = Math.max(...numbers.map((text) => text.length));
  const font = Math.min(present ? 30 : 15, scale * 0.5, (scale * 0.9) / (longest * 0.58));
  if (font < LEAST_FONT) return { font: 0, places: [] };
  const places = numbers.map((text, at) => ({
    text, x: ((at % columns) + 0.5) * scale, y: (Math.floor(at / columns) + 0.5) * scale,
  }));
  return { font, places };
}

export function createOverlay(parent) {
  const svg = shape('svg', 'overlay', parent);
  svg.setAttribute('aria-hidden', 'true');
  const texts = shape('g', 'numbers', svg);
  const border = shape('g', 'border', svg), ring = shape('g', 'mark', svg);
  const outside = shape('path', 'outside', border), edges = ['casing', 'line'].map((name) => shape('path', name, border));
  const circles = ['casing', 'line'].map((name) => shape('circle', name, ring)), note = shape('text', '', ring);

  function drawBorder({ frame, size, hatched }, scale) {
    const placed = placeFrame({ frame, size, scale });
    outside.setAttribute('d', hatched ? placed.outside : '');
    edges.forEach((edge) => edge.setAttribute('d', placed.line));
  }
  function drawRing({ mark, size, note: words }, scale, present) {
    const [height, width] = size.map((length) => length * scale);
    const radius = Math.max(present ? 10 : 7, scale * 0.75), letter = present ? 14.5 : 7.2;
    const at = placeMark({ mark, scale, width, height, radius, words: words.length * letter });
    circles.forEach((circle) => attributes(circle, { cx: at.x, cy: at.y, r: radius }));
    write(note, words);
    attributes(note, { x: at.textX, y: at.textY, 'text-anchor': at.anchor });
  }
  function drawNumbers({ numbers, dark, size }, scale, present) {
    const { font, places } = placeNumbers({ numbers, columns: size[1], scale, present });
    while (texts.children.length > places.length) texts.lastChild.remove();
    while (texts.children.length < places.length) shape('text', '', texts);
    texts.style.fontSize = `${font}px`;
    places.forEach(({ text, x, y }, at) => {
      write(texts.children[at], text);
      attributes(texts.children[at], { x, y, class: dark[at] ? 'light' : '' });
    });
  }
  return {
    hide: (hidden) => svg.toggleAttribute('hidden', hidden),
    draw(cell, scale, present) {
      const [height, width] = cell.size.map((length) => length * scale);
      attributes(svg, { width, height, viewBox: `0 0 ${width} ${height}` });
      drawNumbers(cell, scale, present);
      border.style.display = cell.frame ? '' : 'none';
      ring.style.display = cell.mark ? '' : 'none';
      if (cell.frame) drawBorder(cell, scale);
      if (cell.mark) drawRing(cell, scale, present);
    },
  };
}
