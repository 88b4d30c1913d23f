// One tile: nodes made once, then only what changed is touched.
import { write } from '../shared/nodes.mjs';
import { isTold, kernelCells } from './kernel.mjs';
import { placeFrame, placeMark } from './overlay.mjs';

const make = (name, className, parent, text = '') => {
  const node = Object.assign(document.createElement(name), { className, textContent: text });
  parent?.append(node);
  return node;
};
const shape = (name, className, parent) => {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  node.setAttribute('class', className);
  parent.append(node);
  return node;
};
const attributes = (node, values) =>
  Object.entries(values).forEach(([name, value]) => node.setAttribute(name, value));

function makeOverlay(parent) {
  const svg = shape('svg', 'overlay', parent);
  svg.setAttribute('aria-hidden', 'true');
  const frame = shape('g', 'border', svg), mark = shape('g', 'mark', svg);
  return {
    svg, frame, mark,
    outside: shape('path', 'outside', frame), casing: shape('path', 'casing', frame), line: shape('path', 'line', frame),
    rings: [shape('circle', 'casing', mark), shape('circle', 'line', mark)],
    note: shape('text', '', mark),
  };
}

export function createTile({ id, onOpen }) {
  const figure = make('figure', 'tile'), operator = make('span', 'operator', figure);
  operator.setAttribute('role', 'img');
  const head = make('figcaption', 'head', figure), title = make('span', 'title', head);
  const kernel = make('div', 'kernel', head), frame = make('div', 'frame', figure);
  const canvas = make('canvas', 'pixels', frame), overlay = makeOverlay(frame);
  canvas.setAttribute('role', 'img');
  canvas.width = canvas.height = 1;
  const facts = make('div', 'facts', figure), button = make('button', 'open', figure, 'Open');
  button.type = 'button';
  const open = () => onOpen(id);
  button.onclick = open;
  frame.onclick = () => { if (cell?.open) open(); };
  let cell = null, drawn = '', gridKey = '';

  function say(next) {
    cell = next;
    write(title, cell.title);
    figure.dataset.tint = cell.tint;
    figure.dataset.role = cell.role;
    operator.hidden = !cell.operator;
    write(operator, cell.operator?.text ?? '');
    operator.setAttribute('aria-label', cell.operator?.words ?? '');
    canvas.setAttribute('aria-label', cell.about);
    canvas.hidden = !cell.image;
    frame.classList.toggle('bare', !cell.image);
    overlay.svg.toggleAttribute('hidden', !cell.image);
    figure.classList.toggle('opens', cell.open);
    button.hidden = !cell.open;
    button.setAttribute('aria-label', `Open ${cell.title}`);
    const lines = cell.facts.join('\n');
    if (facts.dataset.lines !== lines) {
      facts.dataset.lines = lines;
      facts.replaceChildren(...cell.facts.map((line) => make('p', '', null, line)));
    }
  }
  function drawKernel(room, font) {
    kernel.hidden = !cell.kernel;
    if (!cell.kernel) return;
    const { texts, tints, columns, about, short } = cell.kernel, large = !cell.image;
    const told = isTold({ texts, columns, room });
    (large ? frame : head).append(kernel);
    const fit = kernelCells({ texts, columns, room, font, large });
    const key = JSON.stringify([texts, columns, fit, large, told]);
    if (key === gridKey) return;
    gridKey = key;
    const grid = (name, within) => {
      const made = make('div', name, null);
      made.style.gridTemplateColumns = `repeat(${columns}, ${within ? `${within.width}px` : 'auto'})`;
      if (within) made.style.gridAutoRows = `${within.height}px`;
      made.append(...texts.map((text, index) => {
        const end = tints[index] < 0 ? 'negative' : 'positive', percent = Math.abs(tints[index]);
        const square = make('span', '', null, within && !within.written ? '' : text);
        square.style.background = `color-mix(in srgb, var(--ss-${end}) ${percent}%, var(--page))`;
        return square;
      }));
      return made;
    };
    const taps = grid('taps', fit);
    attributes(taps, { role: 'img', 'aria-label': about });
    taps.classList.toggle('large', large);
    kernel.replaceChildren(taps);
    if (fit.written) return;
    // Too small to be read: the numbers are shown while it is pointed at or has the focus.
    taps.tabIndex = 0;
    const tip = told ? grid('tip numbers', null) : make('p', 'tip', null, short);
    tip.style.maxWidth = told ? '' : `${room}px`;
    tip.setAttribute('aria-hidden', 'true');
    kernel.append(tip);
  }
  function drawOverlay(scale, present) {
    const [height, width] = cell.size.map((length) => length * scale);
    const { svg, frame: border, mark, outside, casing, line, rings, note } = overlay;
    attributes(svg, { width, height, viewBox: `0 0 ${width} ${height}` });
    border.style.display = cell.frame ? '' : 'none';
    mark.style.display = cell.mark ? '' : 'none';
    if (cell.frame) {
      const placed = placeFrame({ frame: cell.frame, size: cell.size, scale });
      outside.setAttribute('d', cell.hatched ? placed.outside : '');
      [casing, line].forEach((path) => path.setAttribute('d', placed.line));
    }
    if (!cell.mark) return;
    const radius = Math.max(present ? 10 : 7, scale * 0.75), letter = present ? 10.5 : 7.2;
    const words = cell.note.length * letter;
    const at = placeMark({ mark: cell.mark, scale, width, height, radius, words });
    rings.forEach((ring) => attributes(ring, { cx: at.x, cy: at.y, r: radius }));
    write(note, cell.note);
    attributes(note, { x: at.textX, y: at.textY, 'text-anchor': at.anchor });
  }
  return {
    id, figure, button, say,
    needs: (next) => Boolean(next.image) && next.image !== drawn,
    draw(image, bitmap) {
      canvas.height = bitmap.height;
      canvas.width = bitmap.width;
      canvas.getContext('2d').drawImage(bitmap, 0, 0);
      drawn = image;
    },
    place({ scale, room, present }) {
      const [height, width] = cell.size.map((length) => length * scale);
      drawKernel(room, present ? 15 : 11);
      if (!cell.image) return;
      canvas.style.height = `${height}px`;
      canvas.style.width = `${width}px`;
      canvas.classList.toggle('large', width * devicePixelRatio >= 2 * canvas.width);
      drawOverlay(scale, present);
    },
  };
}
