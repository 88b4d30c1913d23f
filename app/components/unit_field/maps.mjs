// The maps side by side, each with the part of it that the unit sees.
import { svgNode } from '../stage/drawing.mjs';

const LEAST = 34, GROWS = 150, GAP = 26, MARGIN = 4, LONGEST = 14;
// How many times as large maps are at least, and how finely that is found.
const SMALLEST = 0.4, FINE = 0.02;
// Of letters, by their size: how wide one is, a line's height, what is below a map.
const LETTER = 0.58, LINE = 1.16, BELOW = 2.9;

// A name in lines: stage1, block2, conv1.
export const linesOf = (name) => name.split('.').map((word) => (word.length > LONGEST ? `${word.slice(0, LONGEST - 1)}…` : word));
const sizeOf = ({ size }) => size.join(' × ');
const lettersOf = (stop) => 1 + Math.max(...[...stop.lines, sizeOf(stop)].map(({ length }) => length));

// The maps of one line, from left to right, so that neither they nor their words meet.
function placeLine(stops, { scale, type, side }) {
  const above = LINE * type * (0.6 + Math.max(...stops.map(({ lines }) => lines.length)));
  const highest = scale * Math.max(...stops.map(({ size }) => side(size[0])));
  let end = 0, after = 0;
  const places = stops.map((stop) => {
    const [high, wide] = stop.size.map((n) => side(n) * scale), words = (LETTER * type * lettersOf(stop)) / 2;
    // From the middle of the last one to that of this one.
    const middle = Math.max(end ? end + GAP * scale + wide / 2 : MARGIN + wide / 2, after + words);
    [end, after] = [middle + wide / 2, middle + words];
    return { ...stop, line: LINE * type, x: middle - wide / 2, y: above + (highest - high) / 2, high, wide };
  });
  return { places, width: Math.max(end, after) + MARGIN, height: above + highest + BELOW * type };
}

// In so many lines, about equally long.
function placeLines(stops, count, how) {
  const each = Math.ceil(stops.length / count);
  let top = 0;
  const lines = Array.from({ length: Math.ceil(stops.length / each) }, (_, nth) => {
    const line = placeLine(stops.slice(nth * each, (nth + 1) * each), how), down = top;
    top += line.height;
    return { ...line, places: line.places.map((place) => ({ ...place, nth, y: place.y + down })) };
  });
  return { places: lines.flatMap(({ places }) => places), width: Math.max(...lines.map(({ width }) => width)), height: top, font: how.type };
}

// Sides grow with the root of the size, so that small maps can still be pointed at. They are `largest` times as large at
// most; words are as large as `type`, for which maps go on in another line. All have the room's width, and are no higher
// than `tall` where they need not be.
export function placesOf(stops, room, { largest, type, tall = Infinity }) {
  const shown = stops.map((stop, index) => ({ ...stop, index, lines: linesOf(stop.name) })).filter(({ shown: is }) => is);
  const most = Math.max(...shown.flatMap(({ size }) => size));
  const side = (n) => LEAST + (GROWS - LEAST) * Math.sqrt(n / most);
  const placed = (count, scale) => placeLines(shown, count, { scale, type, side });
  const count = shown.findIndex((_, before) => placed(before + 1, SMALLEST).width <= room) + 1 || shown.length;
  let scale = largest, found = placed(count, scale);
  while (scale > SMALLEST && (found.width > room || found.height > tall)) found = placed(count, (scale -= FINE));
  return found;
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
      const both = before && box && before.nth === place.nth;
      beam.setAttribute('d', both ? `M${before.x + before.width} ${before.y}L${box.x} ${box.y}V${box.y + box.height}L${before.x + before.width} ${before.y + before.height}z` : '');
    }
    before = box && { ...box, nth: place.nth };
  }
}

// The cell of a map under a point of the screen.
export function cellAt({ place, box }, { clientX, clientY }) {
  const { left, top, width, height } = box.getBoundingClientRect();
  const index = (share, count) => Math.min(count - 1, Math.max(0, Math.floor(share * count)));
  return [index((clientY - top) / height, place.size[0]), index((clientX - left) / width, place.size[1])];
}
