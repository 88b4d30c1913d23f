// The maps side by side, each with the part of it that the unit sees.
import { svgNode } from '../stage/drawing.mjs';

const LEAST = 34, GROWS = 150, GAP = 26, MARGIN = 4, LONGEST = 14;
// Of letters, by their size: how wide one is, a line's height, what is below a map. SMALLEST can still be read.
const LETTER = 0.58, LINE = 1.16, BELOW = 2.9, SMALLEST = 13;

// A name in lines: stage1, block2, conv1.
export const linesOf = (name) => name.split('.').map((word) => (word.length > LONGEST ? `${word.slice(0, LONGEST - 1)}…` : word));
const sizeOf = ({ size }) => size.join(' × ');

// Sides grow with the root of the size, so that small maps can still be pointed at. They are `largest` times as large at
// most, and never so small that their words meet; words are as large as `type`, or as there is room for.
export function placesOf(stops, room, { largest, type }) {
  const shown = stops.map((stop, index) => ({ ...stop, index, lines: linesOf(stop.name) })).filter(({ shown: is }) => is);
  const most = Math.max(...shown.flatMap(({ size }) => size));
  const side = (n) => LEAST + (GROWS - LEAST) * Math.sqrt(n / most);
  const widths = shown.map(({ size: [, columns] }) => side(columns));
  const wanted = widths.reduce((sum, width) => sum + width + GAP, 0);
  const letters = shown.map((stop) => 1 + Math.max(...[...stop.lines, sizeOf(stop)].map(({ length }) => length)));
  // For letters of one pixel.
  const least = LETTER * Math.max(...letters.map((count, at) => count / (widths[at] + GAP)));
  const font = Math.max(SMALLEST, Math.min(type, room / wanted / least));
  const scale = Math.max(least * font, Math.min(largest, room / wanted));
  const line = LINE * font, top = line * (0.6 + Math.max(...shown.map(({ lines }) => lines.length)));
  let left = MARGIN;
  const places = shown.map((stop, at) => {
    const [high, wide] = [side(stop.size[0]) * scale, widths[at] * scale];
    const place = { ...stop, line, x: left, y: top + (GROWS * scale - high) / 2, high, wide };
    left += wide + GAP * scale;
    return place;
  });
  return { places, width: left, height: top + GROWS * scale + BELOW * font, font };
}

function drawWords({ lines, line, x, y, wide, high, ...place }, parent) {
  const middle = x + wide / 2;
  const write = (text, at, className) => {
    svgNode({ name: 'text', className, parent, x: middle, y: at }).textContent = text;
  };
  lines.forEach((text, nth) => write(text, y - 7 - line * (lines.length - 1 - nth), ''));
  write(sizeOf(place), y + high + line, 'size');
}

export function drawMaps(svg, { places, width, height, font }) {
  svg.replaceChildren();
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.style.height = `${height}px`;
  svg.style.width = `${width}px`;
  svg.style.fontSize = `${font}px`;
  const beams = svgNode({ name: 'g', className: 'beams', parent: svg });
  return places.map((place, at) => {
    const group = svgNode({ name: 'g', className: at ? 'map' : 'map first', parent: svg, tabindex: 0, role: 'img' });
    const box = svgNode({ name: 'rect', className: 'sheet', parent: group, x: place.x, y: place.y, width: place.wide, height: place.high });
    const lit = svgNode({ name: 'rect', className: 'seen', parent: group });
    drawWords(place, group);
    const beam = at ? svgNode({ name: 'path', className: 'beam', parent: beams }) : null;
    return { place, group, box, lit, beam };
  });
}

const boxOf = ({ x, y, wide, high, size: [rows, columns] }, [down, across]) => {
  const [cell, row] = [wide / columns, high / rows];
  const width = Math.max(3, (across[1] - across[0] + 1) * cell), height = Math.max(3, (down[1] - down[0] + 1) * row);
  return { x: x + across[0] * cell, y: y + down[0] * row, width, height };
};

export function lightMaps(drawn, fields) {
  let before = null;
  for (const { place, lit, beam } of drawn) {
    const field = fields[place.index], box = field && boxOf(place, field);
    lit.style.display = box ? '' : 'none';
    if (box) Object.entries(box).forEach(([name, value]) => lit.setAttribute(name, value));
    if (beam) {
      const both = before && box;
      beam.setAttribute('d', both ? `M${before.x + before.width} ${before.y}L${box.x} ${box.y}V${box.y + box.height}L${before.x + before.width} ${before.y + before.height}z` : '');
    }
    before = box;
  }
}

// The cell of a map under a point of the screen.
export function cellAt({ place, box }, { clientX, clientY }) {
  const { left, top, width, height } = box.getBoundingClientRect();
  const index = (share, count) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return [index((clientY - top) / height, place.size[0]), index((clientX - left) / width, place.size[1])];
}
