// The keyboard on a sheet's heads, and a presenter's clicker.
import { isPlain } from '../shared/keys.mjs';
import { neighbour, outermost } from './fit.mjs';

const STEPS = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 };
const ALONG = { row: ['ArrowDown', 'ArrowUp'], column: ['ArrowRight', 'ArrowLeft'] };
const TURNS = { PageDown: 1, PageUp: -1 };

function focusHead(sheet, items, axis, to) {
  const table = sheet.querySelector('table');
  const heads = axis === 'row' ? [...table.tBodies[0].rows].map((line) => line.cells[0])
    : [...table.tHead.rows[0].cells].slice(1);
  heads.forEach((head, which) => { if (items[which]) head.tabIndex = which === to ? 0 : -1; });
  heads[to].focus({ focusVisible: true });
}

function move(event, { sheet, shown, axis, at }) {
  const items = shown[`${axis}s`];
  let to = null;
  if (ALONG[axis].includes(event.key)) to = neighbour({ items, from: at, step: STEPS[event.key] });
  else if (event.key === 'Home' || event.key === 'End') to = outermost({ items, last: event.key === 'End' });
  if (to === null) return;
  event.preventDefault();
  focusHead(sheet, items, axis, to);
}

export function followKeys(tensor) {
  const { root, sheets, lights, listen } = tensor;

  // A presenter's clicker goes from kernel to kernel; past the last it is the page's again.
  function turn(event) {
    const step = TURNS[event.key], [sheet] = sheets.children;
    if (!step || !sheet || event.defaultPrevented || !isPlain(event)) return;
    const items = tensor.data.sheets[0].rows, now = lights.placeOf({ target: root.getRootNode().activeElement ?? root });
    const on = now?.axis === 'row' && now.index === 0;
    if (!on && step < 0) return;
    const to = on ? neighbour({ items, from: now.at, step }) : outermost({ items, last: false });
    if (on && to === now.at) return;
    event.preventDefault();
    focusHead(sheet, items, 'row', to);
  }
  listen(root, 'keydown', (event) => {
    const place = lights.placeOf(event);
    // Streamlit's own hotkeys listen on the document; the arrows here are ours.
    if (place && (STEPS[event.key] || ['Home', 'End', 'r', 'c'].includes(event.key))) event.stopPropagation();
    if (place) move(event, place);
  });
  listen(document, 'keydown', (event) => { if (tensor.data?.present) turn(event); });
}
