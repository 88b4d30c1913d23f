// The letters and numbers of a formula as handles: dragged sideways or stepped by the arrow keys, they change the layer.
import { UP_DOWN, isPlain } from '../shared/keys.mjs';
import { numberOf } from './stepping.mjs';

const PIXELS = 22, // of dragging for one step
  SLACK = 5; // less than this is a click

// The setting that a symbol stands for in a formula, and its axis: null for all, where one formula says both sizes.
export function settingOf({ rows, symbol, id, merged }) {
  const row = rows.find(({ handles }) => symbol in handles);
  if (!row) return null;
  const own = merged || row.values.length === 1 ? null : id === 'width' ? 1 : 0;
  return { name: row.name, axis: row.values.length === 1 ? null : row.handles[symbol] ?? own };
}

export function createHandles({ root, listen, stepping, onUsed }) {
  let start = null,
    dragged = false;
  const handleAt = (event) => event.target.closest?.('.handle');
  const numberAt = ({ setting: { name, axis } }) => numberOf(stepping.find(name), axis);

  function set({ name, axis }, value) {
    stepping.set(name, axis, value);
    onUsed();
  }
  // Before the keys that go from term to term: on a handle, up and down change its number.
  listen(root, 'keydown', (event) => {
    const handle = handleAt(event),
      step = UP_DOWN[event.key];
    if (!handle || !step || !isPlain(event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    set(handle.setting, numberAt(handle).value + step);
  });
  listen(root, 'pointerdown', (event) => {
    const handle = handleAt(event);
    dragged = false;
    if (!handle || event.button !== 0) return;
    start = { x: event.clientX, setting: handle.setting, from: numberAt(handle).value, steps: 0 };
    event.preventDefault(); // nothing is marked as text on the way
    handle.focus({ preventScroll: true });
  });
  listen(root, 'pointermove', (event) => {
    if (!start) return;
    const way = event.clientX - start.x;
    if (!dragged && Math.abs(way) < SLACK) return;
    if (!dragged) {
      // A change may make the term under the pointer anew: the formulas themselves hold on to it.
      root.setPointerCapture(event.pointerId);
      root.classList.add('dragging');
      dragged = true;
    }
    const steps = Math.round(way / PIXELS);
    if (steps !== start.steps) set(start.setting, start.from + steps);
    start.steps = steps;
  });
  function end() {
    start = null;
    root.classList.remove('dragging');
  }
  for (const name of ['pointerup', 'pointercancel', 'lostpointercapture']) listen(root, name, end);
  return { isDragging: () => dragged && !!start, numberAt };
}
