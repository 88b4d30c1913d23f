// The maps side by side, each with the part of it that the unit sees.
import { svgNode } from '../stage/drawing.mjs';

const LEAST = 34, GROWS = 150, GAP = 26, TOP = 22, BELOW = 40, MARGIN = 4;

// Sides grow with the root of the size, so that small maps can still be pointed at.
export function placesOf(stops, room) {
  const shown = stops.map((stop, index) => ({ ...stop, index })).filter(({ shown: is }) => is);
  const most = Math.max(...shown.flatMap(({ size }) => size));
  const side = (n) => LEAST + (GROWS - LEAST) * Math.sqrt(n / most);
  const widths = shown.map(({ size: [, columns] }) => side(columns));
  const wanted = widths.reduce((sum, width) => sum + width + GAP, 0);
  const scale = Math.min(1.5, Math.max(0.45, room / wanted));
  let left = MARGIN;
  const places = shown.map((stop, at) => {
    const [high, wide] = [side(stop.size[0]) * scale, widths[at] * scale];
    const place = { ...stop, x: left, y: TOP + (GROWS * scale - high) / 2, high, wide };
    left += wide + GAP * scale;
    return place;
  });
  return { places, width: left, height: TOP + GROWS * scale + BELOW };
}

export function drawMaps(svg, { places, width, height }) {
  svg.replaceChildren();
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.style.height = `${height}px`;
  svg.style.width = `${width}px`;
  const beams = svgNode({ name: 'g', className: 'beams', parent: svg });
  return places.map((place, at) => {
    const group = svgNode({ name: 'g', className: at ? 'map' : 'map first', parent: svg, tabindex: 0, role: 'img' });
    const box = svgNode({ name: 'rect', className: 'sheet', parent: group, x: place.x, y: place.y, width: place.wide, height: place.high });
    const lit = svgNode({ name: 'rect', className: 'seen', parent: group });
    const middle = place.x + place.wide / 2, foot = place.y + place.high;
    svgNode({ name: 'text', parent: group, x: middle, y: place.y - 7 }).textContent = place.name.length > 14 ? `${place.name.slice(0, 13)}…` : place.name;
    svgNode({ name: 'text', className: 'size', parent: group, x: middle, y: foot + 16 }).textContent = place.size.join(' × ');
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
