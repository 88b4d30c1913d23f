// What is drawn over a picture: a ring around one number, the picture's own border, hatching on its padding.
import { write } from '../shared/nodes.mjs';

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

export function createOverlay(parent) {
  const svg = shape('svg', 'overlay', parent);
  svg.setAttribute('aria-hidden', 'true');
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
    const radius = Math.max(present ? 10 : 7, scale * 0.75), letter = present ? 10.5 : 7.2;
    const at = placeMark({ mark, scale, width, height, radius, words: words.length * letter });
    circles.forEach((circle) => attributes(circle, { cx: at.x, cy: at.y, r: radius }));
    write(note, words);
    attributes(note, { x: at.textX, y: at.textY, 'text-anchor': at.anchor });
  }
  return {
    hide: (hidden) => svg.toggleAttribute('hidden', hidden),
    draw(cell, scale, present) {
      const [height, width] = cell.size.map((length) => length * scale);
      attributes(svg, { width, height, viewBox: `0 0 ${width} ${height}` });
      border.style.display = cell.frame ? '' : 'none';
      ring.style.display = cell.mark ? '' : 'none';
      if (cell.frame) drawBorder(cell, scale);
      if (cell.mark) drawRing(cell, scale, present);
    },
  };
}
