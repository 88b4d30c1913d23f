// A square to draw in: by the pointer, or cell by cell with the arrow keys and the space bar.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { placeFirst } from '../shared/places.mjs';
import { followTheme } from '../shared/theme.mjs';
import { cellsOf, stroked, textOf, turned } from './strokes.mjs';

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const ROOM = 10;

function createDrawingPad(host) {
  const root = host.querySelector('.drawing-pad'),
    [canvas, said, where, clear] = ['canvas', '.said', '.where', '.clear'].map((part) => root.querySelector(part));
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const commits = createCommits();
  let side = 0, cells = [], last = null, cursor = null;

  function paint() {
    const context = canvas.getContext('2d');
    cells.forEach((cell, index) => {
      context.fillStyle = `rgb(${cell * 17} ${cell * 17} ${cell * 17})`;
      context.fillRect((index % side) * ROOM, Math.floor(index / side) * ROOM, ROOM, ROOM);
    });
    if (cursor === null) return;
    Object.assign(context, { strokeStyle: '#e69f00', lineWidth: 2 });
    context.strokeRect((cursor % side) * ROOM + 1, Math.floor(cursor / side) * ROOM + 1, ROOM - 2, ROOM - 2);
  }
  const commit = () => commits.add('draw', textOf(cells));
  function place(event) {
    const box = canvas.getBoundingClientRect();
    return [((event.clientY - box.top) / box.height) * side, ((event.clientX - box.left) / box.width) * side];
  }
  listen(canvas, 'pointerdown', (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    cursor = null;
    last = place(event);
    cells = stroked(cells, side, last, last);
    paint();
  });
  listen(canvas, 'pointermove', (event) => {
    if (last === null) return;
    const next = place(event);
    cells = stroked(cells, side, last, next);
    last = next;
    paint();
  });
  for (const name of ['pointerup', 'pointercancel']) {
    listen(canvas, name, () => {
      if (last === null) return;
      last = null;
      commit();
    });
  }
  listen(canvas, 'keydown', (event) => {
    const move = MOVES[event.key];
    if (!move && event.key !== ' ') return;
    event.preventDefault();
    const at = cursor ?? Math.floor(side / 2) * (side + 1);
    const row = Math.min(side - 1, Math.max(0, Math.floor(at / side) + (move?.[0] ?? 0)));
    const column = Math.min(side - 1, Math.max(0, (at % side) + (move?.[1] ?? 0)));
    cursor = row * side + column;
    if (!move) {
      cells = turned(cells, cursor);
      commit();
    }
    write(where, `${placeFirst(row, column)}: ${cells[cursor] ? 'white' : 'black'}`);
    paint();
  });
  listen(canvas, 'blur', () => {
    cursor = null;
    paint();
  });
  listen(clear, 'click', () => {
    cells = cells.map(() => 0);
    paint();
    commit();
  });

  return {
    update(component) {
      const { data } = component;
      followTheme(root);
      commits.receive(component, data.commits);
      // What was drawn since is on its way to Python: an older drawing must not take its place.
      if (last === null && !commits.isWaiting()) cells = cellsOf(data.cells);
      if (side !== data.side) {
        side = data.side;
        canvas.width = canvas.height = side * ROOM;
        canvas.setAttribute('aria-label', `A square of ${side} by ${side} cells to draw in; arrow keys move, the space bar turns a cell`);
        write(said, 'Draw with the pointer');
      }
      paint();
    },
    destroy() {
      ended.abort();
      commits.destroy();
    },
  };
}

export default mounting(createDrawingPad);
