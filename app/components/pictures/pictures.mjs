// Original and result side by side, and a patch that can be moved on either. Python hands over pixels, facts
// and geometry: the result with all words as this component's data, the original and the patch by couriers.
import { readPayload, rgbaOf } from './payload.mjs';
import { pageBoard } from './board.mjs';
import { clampPatch, fitScale, keyStep, receivePatch, screenBox, toOriginal, toResult } from './place.mjs';

const COMMIT_AFTER = 300, SPEAK_AFTER = 500, GAP = 24, STACKED = 600, NAMES = ['original', 'result'];

const element = (name, className, text = '') =>
  Object.assign(document.createElement(name), { className, textContent: text });
const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };

function isDark(host) {
  const probe = element('span', '');
  probe.style.color = 'var(--st-background-color, white)';
  host.append(probe);
  const [red, green, blue] = getComputedStyle(probe).color.match(/[\d.]+/g).map(Number);
  probe.remove();
  return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
}

function createPictures(host) {
  const root = host.querySelector('.pictures'), find = (selector) => root.querySelector(selector);
  const panels = Object.fromEntries(NAMES.map((name) => {
    const figure = find(`[data-panel=${name}]`);
    const parts = ['.frame', 'canvas', '.patch', '.facts'].map((part) => figure.querySelector(part));
    const [frame, canvas, box, facts] = parts;
    return [name, { figure, frame, canvas, box, facts, drawn: '' }];
  }));
  const handle = panels.original.box, near = find('.near'), ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const timers = {};
  const later = (name, wait, act) => { clearTimeout(timers[name]); timers[name] = setTimeout(act, wait); };
  let component = null, latest = null, header = null, given = null, scale = 1, turn = 0;
  let patch = { row: 0, column: 0 }, known = null, sent = [], drag = null;

  // --- drawing ---------------------------------------------------------------------------------------------------
  function place() {
    const width = root.clientWidth;
    if (!header || !width) return;
    const stacked = width < STACKED, room = stacked ? width : (width - GAP) / 2;
    // Heading, words and the row of boxes below need their room on the same screen.
    const height = header.present ? innerHeight * 0.68 : Math.max(240, innerHeight - 374);
    scale = fitScale({ sizes: NAMES.map((name) => header[name].size), room, height });
    NAMES.forEach((name) => {
      const [rows, columns] = header[name].size, { canvas } = panels[name];
      canvas.style.height = `${rows * scale}px`;
      canvas.style.width = `${columns * scale}px`;
      canvas.classList.toggle('large', columns * scale * devicePixelRatio >= 2 * canvas.width);
    });
    placePatch();
  }
  function placePatch() {
    const size = given.size, corner = [patch.row, patch.column], shift = header.place;
    const boxes = {
      original: { corner, size },
      result: {
        corner: toResult({ point: corner, place: shift }),
        size: size.map((length, axis) => length / shift.stride[axis]),
      },
    };
    NAMES.forEach((name) => {
      const box = screenBox({ ...boxes[name], scale });
      Object.entries(box).forEach(([side, length]) => { panels[name].box.style[side] = `${length}px`; });
    });
    const [rows, columns] = size;
    const where = `Patch of ${rows} × ${columns} pixels at row ${patch.row}, column ${patch.column}`;
    write(find('.where'), where);
    handle.setAttribute('aria-label', `${where}. Arrow keys move it, with Shift by 8 pixels.`);
    drawNear();
  }
  // The patch close up: cut from the picture on the screen where that is full size, else as Python sent it.
  function drawNear() {
    const [rows, columns] = given.size, { canvas } = panels.original;
    const whole = canvas.height === header.original.size[0] && canvas.width === header.original.size[1];
    const current = patch.row === given.row && patch.column === given.column;
    near.classList.toggle('stale', !whole && !current);
    if (!whole && !current) return;
    near.height = rows;
    near.width = columns;
    near.style.height = `${Math.min(56, (56 * rows) / columns)}px`;
    near.style.width = `${Math.min(56, (56 * columns) / rows)}px`;
    const pen = near.getContext('2d');
    if (current) pen.putImageData(new ImageData(rgbaOf(given), columns, rows), 0, 0);
    else pen.drawImage(canvas, patch.column, patch.row, columns, rows, 0, 0, columns, rows);
  }
  function drawWords() {
    NAMES.forEach((name) => {
      const { figure, canvas, facts } = panels[name], { title, about, facts: lines } = header[name];
      write(figure.querySelector('.title'), title);
      canvas.setAttribute('aria-label', about);
      if (facts.dataset.lines !== lines.join('\n')) {
        facts.dataset.lines = lines.join('\n');
        facts.replaceChildren(...lines.map((line) => element('p', '', line)));
      }
    });
    const { kernel, formulas } = header, taps = find('.taps');
    write(find('.name'), kernel.title);
    taps.style.gridTemplateColumns = `repeat(${kernel.columns}, auto)`;
    taps.replaceChildren(...kernel.taps.map((tap) => element('span', '', tap)));
    find('.formulas').replaceChildren(...formulas.map(({ label, pieces, result }) => {
      const line = element('span', 'line'), whole = element('p', 'formula');
      line.append(...pieces.map(([text, role]) => {
        const piece = element('span', '', text);
        if (role) piece.dataset.role = role;
        return piece;
      }), ' = ', element('span', 'result', result));
      whole.append(element('span', 'label', label), line);
      return whole;
    }));
  }

  // --- moving the patch --------------------------------------------------------------------------------------------
  const keyOf = ({ row, column }) => `${row} ${column}`;
  function commit() {
    clearTimeout(timers.commit);
    const key = keyOf(patch);
    if (key === (sent.at(-1) ?? known)) return;
    sent.push(key);
    component.setStateValue('patch', [patch.row, patch.column]);
  }
  function moveTo(row, column) {
    patch = clampPatch({ row, column, size: given.size, picture: header.original.size });
    placePatch();
    later('commit', COMMIT_AFTER, commit);
    later('speak', SPEAK_AFTER, () => write(find('.live'), `Row ${patch.row}, column ${patch.column}`));
  }
  function pointOf(event, name) {
    const { left, top } = panels[name].canvas.getBoundingClientRect();
    const point = [(event.clientY - top) / scale, (event.clientX - left) / scale];
    return name === 'result' ? toOriginal({ point, place: header.place }) : point;
  }
  function centreOn([row, column]) {
    moveTo(row - given.size[0] / 2, column - given.size[1] / 2);
  }
  function take(event, name) {
    if (!header || event.button !== 0) return;
    const { frame, box } = panels[name], onPatch = event.target === box;
    // A finger on the picture may be about to scroll the page: only a tap, or the patch itself, moves the patch.
    if (event.pointerType === 'touch' && !onPatch) return;
    event.preventDefault();
    handle.focus({ preventScroll: true });
    const [row, column] = pointOf(event, name);
    const hold = onPatch ? [row - patch.row, column - patch.column] : given.size.map((length) => length / 2);
    drag = { name, hold };
    frame.setPointerCapture(event.pointerId);
    root.classList.add('dragging');
    if (!onPatch) centreOn([row, column]);
  }
  function move(event) {
    if (!drag) return;
    const [row, column] = pointOf(event, drag.name);
    moveTo(row - drag.hold[0], column - drag.hold[1]);
  }
  function release() {
    if (!drag) return;
    drag = null;
    root.classList.remove('dragging');
    commit();
  }
  NAMES.forEach((name) => {
    const { frame } = panels[name];
    listen(frame, 'pointerdown', (event) => take(event, name));
    listen(frame, 'pointermove', move);
    listen(frame, 'pointerup', release);
    listen(frame, 'pointercancel', release);
    listen(frame, 'click', (event) => {
      if (!header || event.pointerType !== 'touch' || event.target === panels[name].box) return;
      centreOn(pointOf(event, name));
      commit();
    });
  });
  listen(handle, 'keydown', (event) => {
    const step = keyStep(event);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(patch.row + step[0], patch.column + step[1]);
  });
  listen(handle, 'blur', commit);
  listen(window, 'resize', place);
  // The presenter's clicker turns to the next kernel; Escape leads back.
  listen(document, 'keydown', (event) => {
    if (!header?.present || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = { PageDown: 1, PageUp: -1 }[event.key];
    if (next) component.setTriggerValue('turn', next);
    else if (event.key === 'Escape') component.setTriggerValue('leave', true);
    else return;
    event.preventDefault();
  });
  const observer = new ResizeObserver(place);
  observer.observe(root);

  // --- new data ------------------------------------------------------------------------------------------------------
  const decode = (bytes) =>
    createImageBitmap(new Blob([bytes], { type: 'image/png' }), { colorSpaceConversion: 'none' });
  function show(name, bitmap) {
    const { canvas } = panels[name];
    canvas.height = bitmap.height;
    canvas.width = bitmap.width;
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    bitmap.close();
  }
  // Both pictures, the words and the patch change together, once everything that belongs together is here and decoded.
  async function refresh() {
    const original = board.read('original'), patchNote = board.read('patch');
    if (!latest || !patchNote || original?.header.id !== latest.header.original.id) return;
    const mine = turn += 1, { header: words, bytesOf } = latest;
    const files = { original: original.bytesOf(original.header.png), result: bytesOf(words.result.png) };
    const fresh = NAMES.filter((name) => panels[name].drawn !== words[name].id);
    let bitmaps = [];
    try {
      bitmaps = await Promise.all(fresh.map((name) => decode(files[name])));
    } catch {
      find('.broken').hidden = false;
      return;
    }
    // Something newer has come while this was decoded.
    if (mine !== turn || ended.signal.aborted) {
      bitmaps.forEach((bitmap) => bitmap.close());
      return;
    }
    bitmaps.forEach((bitmap, at) => {
      show(fresh[at], bitmap);
      panels[fresh[at]].drawn = words[fresh[at]].id;
    });
    header = words;
    given = { ...patchNote.header, planes: patchNote.bytesOf(patchNote.header.pixels) };
    const received = receivePatch({ given: keyOf(given), known, sent });
    ({ known, sent } = received);
    if (received.adopt && !drag) {
      clearTimeout(timers.commit);
      patch = { row: given.row, column: given.column };
    }
    patch = clampPatch({ ...patch, size: given.size, picture: words.original.size });
    root.classList.toggle('present', words.present);
    drawWords();
    place();
  }
  const board = pageBoard(), leave = board.listen(refresh);
  return {
    update(next) {
      component = next;
      root.style.colorScheme = isDark(root) ? 'dark' : 'light';
      latest = readPayload(next.data);
      refresh();
    },
    destroy() {
      ended.abort();
      leave();
      observer.disconnect();
      Object.values(timers).forEach(clearTimeout);
    },
  };
}

// The page calls this again on every run and on a change of theme, with the same parentElement.
const mounted = new WeakMap();
export default function mount(component) {
  const { parentElement } = component;
  const entry = mounted.get(parentElement) ?? { pictures: createPictures(parentElement) };
  mounted.set(parentElement, entry);
  const token = entry.token = {};
  entry.pictures.update(component);
  // A superseded call's cleanup may run late, or just before the next call: only the last one ends it.
  return () => setTimeout(() => {
    if (entry.token !== token) return;
    entry.pictures.destroy();
    mounted.delete(parentElement);
  });
}
