// The weight tensor with its count, and bars of what layers cost. Python hands over every number and sentence.
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { createRoving } from '../shared/roving.mjs';
import { followTheme } from '../shared/theme.mjs';
import { showBars } from './bars.mjs';
import { showCounts } from './counts.mjs';
import { neighbour, outermost } from './fit.mjs';
import { set } from './nodes.mjs';
import { lightSheet, showSheets, sizeSheets } from './sheet.mjs';

const STEPS = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 };
const ALONG = { row: ['ArrowDown', 'ArrowUp'], column: ['ArrowRight', 'ArrowLeft'] };

function createTensor(host) {
  const root = host.querySelector('.tensor');
  const [counts, sheets, readout, bars] = root.children;
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const asked = () => [...counts.querySelectorAll('.term[tabindex]')];
  const refreshStops = createRoving({ root: counts, items: asked, listen });
  let component = null, data = null;

  // The row or column head that an event happened on, with its place in its sheet.
  function placeOf(event) {
    const cell = event.target.closest?.('th, td'), sheet = cell?.closest('.sheet');
    if (!sheet) return null;
    const index = [...sheets.children].indexOf(sheet), shown = data.sheets[index];
    const column = cell.cellIndex - 1, isHead = Boolean(cell.closest('thead'));
    const row = isHead ? null : cell.parentElement.sectionRowIndex;
    if (isHead && shown.columns[column]) return { index, sheet, shown, axis: 'column', at: column };
    return row !== null && shown.rows[row] ? { index, sheet, shown, axis: 'row', at: row } : null;
  }
  function rest() {
    [...sheets.children].forEach((sheet, index) => lightSheet({ sheet, data: data.sheets[index] }));
    write(readout, data.invitation);
  }
  function light(event) {
    const place = placeOf(event), term = event.target.closest?.('.term[tabindex]');
    rest();
    if (place) {
      const { sheet, shown, axis, at } = place;
      lightSheet({ sheet, data: shown, [axis]: at });
      write(readout, shown[`${axis}s`][at].words);
    } else if (term) {
      [...sheets.children].forEach((sheet, index) =>
        lightSheet({ sheet, data: data.sheets[index], part: term.dataset.part }));
      write(readout, term.dataset.meaning);
    }
  }
  function calm() {
    rest();
    // What has the focus stays lit when the mouse has left.
    const focused = root.getRootNode().activeElement;
    if (focused && root.contains(focused)) light({ target: focused });
  }
  function move(event, place) {
    const { sheet, shown, axis, at } = place, items = shown[`${axis}s`];
    let to = null;
    if (ALONG[axis].includes(event.key)) to = neighbour({ items, from: at, step: STEPS[event.key] });
    else if (event.key === 'Home' || event.key === 'End') to = outermost({ items, last: event.key === 'End' });
    if (to === null) return;
    event.preventDefault();
    focusHead(sheet, items, axis, to);
  }
  function focusHead(sheet, items, axis, to) {
    const table = sheet.querySelector('table');
    const heads = axis === 'row' ? [...table.tBodies[0].rows].map((line) => line.cells[0])
      : [...table.tHead.rows[0].cells].slice(1);
    heads.forEach((head, which) => { if (items[which]) head.tabIndex = which === to ? 0 : -1; });
    heads[to].focus({ focusVisible: true });
  }
  // A presenter's clicker goes from kernel to kernel; past the last it is the page's again.
  function turn(event) {
    const step = { PageDown: 1, PageUp: -1 }[event.key], [sheet] = sheets.children;
    if (!step || !sheet || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const items = data.sheets[0].rows, now = placeOf({ target: root.getRootNode().activeElement ?? root });
    const on = now?.axis === 'row' && now.index === 0;
    if (!on && step < 0) return;
    const to = on ? neighbour({ items, from: now.at, step }) : outermost({ items, last: false });
    if (on && to === now.at) return;
    event.preventDefault();
    focusHead(sheet, items, 'row', to);
  }

  listen(root, 'pointerover', light);
  listen(root, 'pointerleave', calm);
  listen(root, 'focusin', light);
  listen(root, 'focusout', rest);
  listen(root, 'keydown', (event) => {
    const place = placeOf(event);
    // Streamlit's own hotkeys listen on the document; the arrows here are ours.
    if (place && (STEPS[event.key] || ['Home', 'End', 'r', 'c'].includes(event.key))) event.stopPropagation();
    if (place) move(event, place);
  });
  listen(document, 'keydown', (event) => {
    if (!data?.present) return;
    if (event.key === 'Escape' && !event.defaultPrevented) component.setTriggerValue('leave', true);
    else turn(event);
  });
  const place = () => {
    if (!data || !root.clientWidth) return;
    const { present } = data, height = Math.max(180, innerHeight * (present ? 0.55 : 0.42));
    sizeSheets({ root: sheets, sheets: data.sheets, width: root.clientWidth, height, present });
  };
  const observer = new ResizeObserver(place);
  observer.observe(root);

  return {
    update(next) {
      component = next;
      data = next.data;
      followTheme(root);
      root.classList.toggle('present', data.present);
      root.classList.toggle('beside', data.sheets.length > 1);
      showCounts({ root: counts, counts: data.counts });
      refreshStops();
      showSheets({ root: sheets, sheets: data.sheets });
      showBars({ root: bars, bars: data.bars });
      readout.hidden = !data.invitation;
      set(root, 'aria-label', data.title);
      place();
      calm();
    },
    destroy() {
      ended.abort();
      observer.disconnect();
    },
  };
}

export default mounting(createTensor);
