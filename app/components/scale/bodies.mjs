// The rectangles of the drawing, from where they stand.
import { write } from '../shared/nodes.mjs';
import { svgNode } from '../stage/drawing.mjs';

const box = (parent, className, [x, width], [y, height], words) => {
  if (!width || !height) return null;
  const made = svgNode({ name: 'rect', className, parent, x, y, width, height });
  if (words) made.dataset.words = words;
  return made;
};
const text = (parent, className, x, y, words) => {
  const made = svgNode({ name: 'text', className, parent, x, y });
  write(made, words);
  return made;
};
const cells = (count) => `${count} ${count === 1 ? 'cell' : 'cells'}`;
const by = (rows, columns, read) => (rows ? `${read(rows)} × ${read(columns)}` : `${read(columns)}`);

function drawLeft(parent, { down, across }, { rows, columns, transposed }) {
  const why = transposed ? 'no copy of the kernel adds to them' : 'one more step would not fit';
  const said = (count, name) => `The last ${cells(count)} of the ${name}: ${why}.`;
  if (columns.left) box(parent, 'left', across.left, down.all, said(columns.left, 'width'));
  if (rows?.left) box(parent, 'left', across.all, down.left, said(rows.left, 'height'));
}

function drawWindows(parent, { down, across }, { rows, columns, transposed }) {
  const thing = transposed ? 'copy of the kernel' : 'window';
  const reach = by(rows, columns, (axis) => axis.reach);
  const names = ['first', 'last'];
  const corners = [
    [down.windows[0], across.windows[0]],
    [down.windows.at(-1), across.windows.at(-1)],
  ];
  const next = across.windows.length > 2 ? [down.windows[0], across.windows[1]] : null;
  if (next) box(parent, 'window-box next', next[1], next[0], `The second ${thing}: one stride on.`);
  corners.forEach(([vertical, horizontal], at) => {
    box(parent, `window-box ${names[at]}`, horizontal, vertical, `The ${names[at]} ${thing}: it reaches over ${reach}.`);
  });
}

// How wide the titles will be.
export function titleWidths(svg, titles) {
  const nodes = titles.map((words) => text(svg, 'title', 0, 15, words));
  const widths = nodes.map((node) => node.getComputedTextLength());
  nodes.forEach((node) => node.remove());
  return widths;
}

// Draws it all anew: it has a few dozen nodes.
export function drawScale({ svg, places, data, width }) {
  const { rows, columns, depth, transposed, titles } = data,
    { across, down, second } = places;
  [...svg.children].forEach((child) => child.tagName !== 'defs' && child.remove());
  svg.setAttribute('viewBox', `0 0 ${width} ${places.height}`);
  svg.setAttribute('height', places.height);
  const outer = (part) => [part.all[0], part.all[1] + part.over[1]];
  const [first, last] = transposed ? ['output', 'input'] : ['input', 'output'];
  text(svg, `title ${first}`, 0, 15, titles[0]);
  // A small side at the right edge has no room for its title, which then ends there.
  const title = text(svg, `title ${last}`, second.x, 15, titles[1]);
  const overhang = second.x + title.getComputedTextLength() - width;
  if (overhang > 0) title.setAttribute('x', second.x - overhang);
  const body = svgNode({ name: 'g', className: 'bodies', parent: svg });
  const around = transposed ? 'Cropped: no part of the output.' : 'Padding.';
  if (across.over[1] || down.over[1]) box(body, 'beyond', outer(across), outer(down), 'Beyond the padding: the last window hangs over.');
  box(body, 'around', across.all, down.all, around);
  const sizes = by(rows, columns, (axis) => axis.inside);
  box(body, `inside ${first}`, across.inside, down.inside, `${transposed ? 'Output' : 'Input'}: ${sizes}.`);
  drawLeft(body, places, data);
  drawWindows(body, places, data);
  const others = by(rows, columns, (axis) => axis.other);
  box(body, `inside ${last}`, [second.x, second.width], [second.y, second.height], `${transposed ? 'Input' : 'Output'}: ${others}.`);
  if (places.insets) drawInsets(svg, body, places.insets, data.present);
  if (depth) drawDepth(svg, places.depth, data);
}

// From here on there is room for all the words above a corner.
const ROOMY = { page: 160, audience: 360 };

// The same rectangles once more, through a magnifying glass, which leaves the hatching as fine as it is.
function drawInsets(svg, body, { side, zoom, corners }, present) {
  svg.querySelectorAll('defs [id$=near]').forEach((pattern) => pattern.remove());
  svg.querySelectorAll('pattern').forEach((pattern) => {
    const near = pattern.cloneNode(true);
    near.id += '-near';
    near.setAttribute('patternTransform', `rotate(45) scale(${1 / zoom})`);
    pattern.parentNode.append(near);
  });
  const factor = zoom < 10 ? zoom.toFixed(1) : Math.round(zoom);
  corners.forEach(({ x, y, from, view }, at) => {
    text(svg, 'label', x, y - 7, `${at ? 'Last' : 'First'} corner${side < ROOMY[present ? 'audience' : 'page'] ? ` × ${factor}` : `, ${factor} × larger`}`);
    const attributes = { x, y, width: side, height: side, viewBox: `${from[0]} ${from[1]} ${view} ${view}` };
    const glass = svgNode({ name: 'svg', className: 'glass', parent: svg, ...attributes });
    glass.append(body.cloneNode(true));
    svgNode({ name: 'rect', className: 'rim', parent: svg, x, y, width: side, height: side });
  });
}

function drawDepth(svg, { y, along, second }, { depth, transposed }) {
  const high = [y + 6, 18];
  const group = svgNode({ name: 'g', className: 'bodies', parent: svg });
  const [first, last] = transposed ? ['output', 'input'] : ['input', 'output'];
  text(svg, 'label', 0, y, `depth ${depth.inside}`);
  text(svg, 'label', second, y, `depth ${depth.other}`);
  box(group, 'around', along.all, high, 'Padding along the depth.');
  box(group, `inside ${first}`, along.inside, high, `Depth: ${cells(depth.inside)}.`);
  if (depth.left) box(group, 'left', along.left, high, `The last ${cells(depth.left)} of the depth are not reached.`);
  box(group, 'window-box first', along.windows[0], high, `The first window reaches over ${cells(depth.reach)} of the depth.`);
  box(group, 'window-box last', along.windows.at(-1), high, 'The last window along the depth.');
  box(group, `inside ${last}`, [second, along.other], high, `Depth: ${cells(depth.other)}.`);
}
