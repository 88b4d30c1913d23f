// One tile: nodes made once, then only what changed is touched.
import { htmlNode, write } from '../shared/nodes.mjs';
import { createKernelGrid } from './kernel.mjs';
import { createOverlay } from './overlay.mjs';

function nodesOf() {
  const make = (name, className, parent, text = '') => htmlNode({ name, className, parent, text });
  const figure = make('figure', 'tile', null), operator = make('span', 'operator', figure);
  operator.setAttribute('role', 'img');
  const head = make('figcaption', 'head', figure), title = make('span', 'title', head);
  const kernel = make('div', 'kernel', head), frame = make('div', 'frame', figure);
  const canvas = make('canvas', 'pixels', frame);
  canvas.setAttribute('role', 'img');
  canvas.width = canvas.height = 1;
  const overlay = createOverlay(frame);
  const facts = make('div', 'facts', figure), button = make('button', 'open', figure, 'Open');
  button.type = 'button';
  return { figure, operator, head, title, kernel, frame, canvas, overlay, facts, button };
}

function showWords({ figure, operator, title, frame, canvas, overlay, facts, button }, cell) {
  write(title, cell.title);
  figure.dataset.tint = cell.tint;
  figure.dataset.role = cell.role;
  operator.hidden = !cell.operator;
  write(operator, cell.operator?.text ?? '');
  operator.setAttribute('aria-label', cell.operator?.words ?? '');
  canvas.setAttribute('aria-label', cell.about);
  canvas.hidden = !cell.image;
  // The picture says them.
  facts.ariaHidden = cell.image ? 'true' : null;
  frame.classList.toggle('bare', !cell.image);
  overlay.hide(!cell.image);
  figure.classList.toggle('opens', cell.open);
  button.hidden = !cell.open;
  button.setAttribute('aria-label', `Open ${cell.title}`);
  const lines = cell.facts.join('\n');
  if (facts.dataset.lines === lines) return;
  facts.dataset.lines = lines;
  facts.replaceChildren(...cell.facts.map((text) => htmlNode({ name: 'p', text })));
}

export function createTile({ id, onOpen }) {
  const nodes = nodesOf(), { figure, head, kernel, frame, canvas, overlay, button } = nodes;
  const drawKernel = createKernelGrid(kernel);
  let cell = null, drawn = '';
  button.onclick = () => onOpen(id);
  frame.onclick = () => { if (cell?.open) onOpen(id); };
  return {
    id, figure, button,
    say(next) {
      cell = next;
      showWords(nodes, cell);
    },
    needs: (next) => Boolean(next.image) && next.image !== drawn,
    draw(image, bitmap) {
      canvas.height = bitmap.height;
      canvas.width = bitmap.width;
      canvas.getContext('2d').drawImage(bitmap, 0, 0);
      drawn = image;
    },
    place({ scale, room, present }) {
      const [height, width] = cell.size.map((length) => length * scale);
      kernel.hidden = !cell.kernel;
      if (cell.kernel) {
        const large = !cell.image, around = large ? frame : head;
        if (kernel.parentElement !== around) around.append(kernel);
        drawKernel({ kernel: cell.kernel, room, font: present ? 15 : 11, large });
      }
      if (!cell.image) return;
      canvas.style.height = `${height}px`;
      canvas.style.width = `${width}px`;
      canvas.classList.toggle('large', width * devicePixelRatio >= 2 * canvas.width);
      overlay.draw(cell, scale, present);
    },
  };
}
