// The same along the width alone: a node for each cell, a line wherever one reads another.
import { svgNode } from '../stage/drawing.mjs';

const STEP = 62, RADIUS = 11, LEFT = 96, ABOVE = 26, PITCH = 58;

// Rows that only pass on, cell by cell, are left out.
export const rowsOf = (stops) =>
  stops.map((stop, index) => ({ ...stop, index })).filter(({ reads, index }) => index === 0 || reads.some((cells, at) => cells.length !== 1 || cells[0] !== at));

const longest = (rows) => Math.max(...rows.map(({ size }) => size[1]));
const heightOf = (rows) => ABOVE + (rows.length - 1) * STEP + 2 * RADIUS + 8;

// Its width and height where there is room enough.
export function latticeSize(stops) {
  const rows = rowsOf(stops);
  return [LEFT + longest(rows) * PITCH, heightOf(rows)];
}

export function drawLattice(svg, stops, room) {
  const rows = rowsOf(stops), most = longest(rows);
  const pitch = Math.min(PITCH, Math.max(30, (room - LEFT) / most));
  const [width, height] = [LEFT + most * pitch, heightOf(rows)];
  svg.replaceChildren();
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.style.width = `${width}px`;
  svg.style.height = `${height}px`;
  const lines = svgNode({ name: 'g', className: 'lines', parent: svg });
  // The input stands at the bottom; rows are centred under each other.
  const at = (row, column) => ({
    x: LEFT + ((most - rows[row].size[1]) / 2 + column + 0.5) * pitch,
    y: height - RADIUS - 6 - row * STEP,
  });
  const drawn = rows.map((row, nth) => {
    svgNode({ name: 'text', className: 'row-name', parent: svg, x: 0, y: at(nth, 0).y + 4 }).textContent = row.name;
    const group = svgNode({ name: 'g', className: 'map', parent: svg, tabindex: 0, role: 'img' });
    const nodes = Array.from({ length: row.size[1] }, (_, column) => {
      const { x, y } = at(nth, column);
      const node = svgNode({ name: 'circle', className: 'node', parent: group, cx: x, cy: y, r: RADIUS });
      node.column = column;
      return node;
    });
    const links = nth === 0 ? [] : row.reads.map((cells, column) => cells.map((cell) => {
      const [from, to] = [at(nth - 1, cell), at(nth, column)];
      const link = svgNode({ name: 'path', className: 'link', parent: lines, d: `M${from.x} ${from.y}L${to.x} ${to.y}` });
      return { link, cell };
    }));
    return { place: row, group, nodes, links };
  });
  return drawn;
}

// From the lit nodes of a row down to those that they read.
export function lightLattice(drawn, index, column) {
  const top = drawn.findIndex(({ place }) => place.index === index);
  let lit = new Set([column]);
  for (const { nodes, links } of drawn.slice(top + 1)) {
    nodes.forEach((node) => node.classList.remove('seen'));
    links.flat().forEach(({ link }) => link.classList.remove('seen'));
  }
  for (let row = top; row >= 0; row -= 1) {
    const { nodes, links } = drawn[row], below = new Set();
    nodes.forEach((node) => node.classList.toggle('seen', lit.has(node.column)));
    links.forEach((cells, at) => cells.forEach(({ link, cell }) => {
      link.classList.toggle('seen', lit.has(at));
      if (lit.has(at)) below.add(cell);
    }));
    lit = below;
  }
}
