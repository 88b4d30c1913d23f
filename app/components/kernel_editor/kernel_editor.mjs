// One image kernel to be typed, painted, pasted and turned. Python says what it is and changes it as a whole; single
// numbers are shown at once and sent a moment later.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { readNumber } from '../shared/reading.mjs';
import { fitNumbers, isMatrix, pretty, readDivisor, rowsOfText, stepped } from './entries.mjs';
import { cellAt, cellSize, cellsBetween, clampCell, moved, neighbour } from './grid.mjs';
import { kernelKey, receiveKernel } from './echo.mjs';
import { createCells } from './cells.mjs';
import { createEntry } from './entry.mjs';
import { createField } from './field.mjs';
import { createToolbar } from './toolbar.mjs';
import { drawBadges } from './badges.mjs';

const COMMIT_AFTER = 300, LONGEST_PASTE = 60_001;
const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };

function createEditor(host) {
  const root = host.querySelector('.kernel-editor'), find = (selector) => root.querySelector(selector);
  const grid = find('.grid'), over = find('.over'), reader = find('.reader'), line = find('.value');
  const toggle = find('.toggle input'), coarse = matchMedia('(pointer: coarse)');
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const commits = createCommits();
  let given = null, seen = 0, sent = 0, known = null, timer = 0;
  let kernel = null, values = [], active = { row: 0, column: 0 }, cell = 0, fit = null;
  let brush = { text: '1', own: false }, stroke = null, pointer = '';
  const drafts = new Map(), faults = new Map();
  const cells = createCells({ grid });
  const indexOf = ({ row, column }) => row * kernel.columns + column;
  const limit = () => given.limit;

  // --- drawing ---------------------------------------------------------------------------------------------------
  function draw() {
    if (!kernel || !cell) return;
    if (entry.index() === null) fit = fitNumbers({ texts: kernel.texts, cell });
    cells.draw({ ...kernel, values, drafts, active, cell, fit });
    reader.hidden = !!fit;
    write(find('.where'), `row ${active.row}, column ${active.column}`);
    const at = indexOf(active);
    if (!entry.isIn(line)) line.value = drafts.get(at)?.text ?? pretty(kernel.texts[at]);
    const sentence = [...faults.values(), ...[...drafts.values()].map((draft) => draft.sentence)].at(-1) ?? '';
    write(find('.wrong'), sentence);
    find('.wrong').hidden = !sentence;
    tools.show(possible);
  }
  function place() {
    if (!kernel || !root.clientWidth) return;
    cell = cellSize({ ...kernel, room: root.clientWidth, coarse: coarse.matches });
    if (entry.index() === null) cells.shape(kernel);
    draw();
    if (entry.isIn(over)) placeBox(entry.index());
  }
  // Over its cell, and wider where the number is longer.
  function placeBox(index) {
    const { row, column } = cellOf(index), room = root.clientWidth;
    const font = Math.max(fit?.font ?? 0, coarse.matches ? 16 : 13);
    const letters = (drafts.get(index)?.text ?? kernel.texts[index]).length;
    const width = Math.min(room, Math.max(cell + 1, 62, font * (0.64 * letters + 1)));
    const height = Math.max(cell + 1, 30);
    const left = Math.max(0, Math.min((column + 0.5) * cell + 0.5 - width / 2, room - width));
    const top = (row + 0.5) * cell + 0.5 - height / 2;
    over.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px;font-size:${font}px`;
  }
  const cellOf = (index) => ({ row: Math.floor(index / kernel.columns), column: index % kernel.columns });

  // --- changing numbers ------------------------------------------------------------------------------------------
  function commit() {
    clearTimeout(timer);
    const key = kernel && kernelKey(kernel);
    if (key === known) return;
    known = key;
    sent = commits.add('taps', { ...kernel, texts: [...kernel.texts] });
  }
  function commitSoon() {
    clearTimeout(timer);
    timer = setTimeout(commit, COMMIT_AFTER);
  }
  function put(indices, typed) {
    const { text, value } = readNumber(typed, { largest: limit() });
    if (text === undefined) return;
    indices.forEach((index) => {
      kernel.texts[index] = text;
      values[index] = value;
      drafts.delete(index);
    });
    draw();
    commitSoon();
  }
  // A brush that holds no number paints nothing.
  const paint = (indices) => { if (!faults.has('paint')) put(indices, brush.text); };
  function select(to, options) {
    active = to;
    draw();
    cells.at(indexOf(to)).focus(options);
  }
  const entry = createEntry({
    boxes: [over, line],
    listen,
    limit,
    kernel: {
      textOf: (index) => kernel.texts[index],
      draftOf: (index) => drafts.get(index),
      put: (index, text) => put([index], text),
      keep(index, draft) {
        drafts.delete(index);
        drafts.set(index, draft);
        draw();
      },
      readable: (index) => drafts.delete(index),
      typed(text) {
        if (brush.own) return;
        brush.text = text;
        brushField.show(text);
      },
      rest() {
        draw();
        commit();
      },
    },
    // True when the key's own effect is not wanted.
    leave({ key, step, touched }) {
      const next = key === 'Enter' ? moved({ ...kernel, ...active, key: 'ArrowDown' })
        : key === 'Tab' ? neighbour({ ...kernel, ...active, step }) : active;
      if (key === 'Tab' && !fit && !touched) return false;
      select(next ?? active);
      return !!next;
    },
  });
  function open(typed) {
    const index = indexOf(active), box = fit ? over : line;
    if (box === over) {
      placeBox(index);
      over.setAttribute('aria-label', `row ${active.row}, column ${active.column}`);
    }
    entry.open({ box, index, typed });
  }
  listen(line, 'focus', () => { if (!entry.isIn(line)) open(); });

  const fieldOf = (name, read, take) => createField({
    box: find(`.${name}`),
    listen,
    read: (text) => read(text, { largest: limit(), empty: name === 'divisor' ? '' : '0' }),
    take,
    wrong(sentence) {
      faults.delete(name);
      if (sentence) faults.set(name, sentence);
      draw();
    },
    rest: commit,
  });
  const afterwards = Object.entries({ divisor: readDivisor, offset: readNumber }).map(([name, read]) => [name, fieldOf(name, read, (text) => {
    kernel[name] = text;
    commitSoon();
  })]);
  const brushField = fieldOf('paint', readNumber, (text) => { brush = { text, own: true }; });

  // --- acts of Python --------------------------------------------------------------------------------------------
  // What has been sent a moment ago can be undone, even before Python says so.
  const possible = (name) => given.can.includes(name) || (name === 'undo' && sent > seen);
  function act(name) {
    entry.close();
    commit();
    if (possible(name)) sent = commits.add('act', name);
  }
  const tools = createToolbar({ tools: find('.tools'), listen, act });
  listen(root, 'keydown', (event) => {
    const { key, ctrlKey, metaKey, shiftKey, repeat, target } = event;
    if (!(ctrlKey || metaKey) || target.matches('input[type=text]')) return;
    const name = { z: shiftKey ? 'redo' : 'undo', y: 'redo' }[key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    if (!(repeat && sent > seen)) act(name);
  });

  // --- the keyboard in the grid ----------------------------------------------------------------------------------
  function pressed(event) {
    const { key, shiftKey, ctrlKey, metaKey, altKey } = event, control = ctrlKey || metaKey;
    const index = indexOf(active);
    const step = control ? 0 : key === 'PageUp' || (shiftKey && key === 'ArrowUp') ? 1
      : key === 'PageDown' || (shiftKey && key === 'ArrowDown') ? -1 : 0;
    const to = moved({ ...kernel, ...active, key, far: control });
    if (altKey) return false;
    if (step) put([index], stepped(values[index], step));
    else if (to) select(to);
    else if (control) return false;
    else if (key === 'Delete' || key === 'Backspace') put([index], '0');
    else if (key === 'Enter' || key === 'F2') open();
    else if (key === ' ') paint([index]);
    else if (/^[\d.,+−-]$/.test(key)) open(key);
    else return false;
    return true;
  }
  listen(grid, 'keydown', (event) => {
    if (pressed(event)) event.preventDefault();
    // Streamlit would run the page again at r and ask to clear its caches at c.
    else if (!/^[rc]$/i.test(event.key)) return;
    event.stopPropagation();
  });
  listen(grid, 'focusin', (event) => {
    const index = cells.indexOf(event.target);
    if (index < 0 || index === indexOf(active)) return;
    active = cellOf(index);
    draw();
  });
  listen(grid, 'copy', (event) => {
    event.clipboardData.setData('text/plain', rowsOfText(kernel));
    event.preventDefault();
    write(find('.live'), 'Copied.');
  });
  listen(root, 'paste', (event) => {
    const text = event.clipboardData.getData('text/plain'), inGrid = grid.contains(event.target);
    const inCell = event.target === over || event.target === line;
    if (!(inGrid || (inCell && isMatrix(text)))) return;
    event.preventDefault();
    if (!isMatrix(text) && readNumber(text, { largest: limit() }).text !== undefined) {
      put([indexOf(active)], text);
      return;
    }
    if (inCell) select(active);
    commit();
    sent = commits.add('paste', text.slice(0, LONGEST_PASTE));
  });

  // --- the pointer -----------------------------------------------------------------------------------------------
  function pointed({ clientX, clientY }) {
    const { left, top } = grid.getBoundingClientRect();
    return cellAt({ x: clientX - left, y: clientY - top, cell });
  }
  function paintTo(to) {
    const from = stroke ?? to;
    stroke = to;
    paint(cellsBetween({ from, to, ...kernel }));
  }
  listen(grid, 'pointerdown', (event) => {
    pointer = event.pointerType;
    if (!toggle.checked || event.button !== 0) return;
    event.preventDefault();
    entry.close();
    grid.setPointerCapture(event.pointerId);
    const to = pointed(event);
    select(clampCell({ ...to, rows: kernel.rows, columns: kernel.columns }), { preventScroll: true });
    paintTo(to);
  });
  listen(grid, 'pointermove', (event) => { if (stroke) paintTo(pointed(event)); });
  ['pointerup', 'pointercancel'].forEach((name) => listen(grid, name, () => {
    if (!stroke) return;
    stroke = null;
    commit();
  }));
  // A finger has no keys: its tap opens the box, which brings them.
  listen(grid, 'click', () => { if (!toggle.checked && pointer === 'touch') open(); });
  listen(grid, 'dblclick', () => { if (!toggle.checked) open(); });
  listen(toggle, 'change', () => grid.classList.toggle('painting', toggle.checked));
  const observer = new ResizeObserver(place);
  observer.observe(root);
  listen(coarse, 'change', place);

  // --- new data --------------------------------------------------------------------------------------------------
  const plain = (text) => readNumber(text).text ?? text;
  function takeOver({ rows, columns, texts, divisor, offset }) {
    const focus = root.getRootNode().activeElement;
    const inGrid = grid.contains(focus) || focus === over || (focus === line && entry.isIn(line));
    entry.drop();
    clearTimeout(timer);
    kernel = { rows, columns, texts: texts.map(plain), divisor: plain(divisor), offset: plain(offset) };
    values = kernel.texts.map((text) => readNumber(text).value ?? 0);
    known = kernelKey(kernel);
    drafts.clear();
    ['divisor', 'offset'].forEach((name) => faults.delete(name));
    afterwards.forEach(([name, field]) => field.show(kernel[name]));
    active = clampCell({ ...active, rows, columns });
    cells.shape(kernel);
    place();
    if (inGrid) cells.at(indexOf(active)).focus({ preventScroll: true });
    if (root.contains(focus)) write(find('.live'), `The kernel is now ${rows} × ${columns}.`);
  }
  function takeTexts({ texts }) {
    texts.forEach((text, index) => { if (index !== entry.index()) kernel.texts[index] = plain(text); });
    draw();
  }
  return {
    update(next) {
      given = next.data;
      sent = commits.receive(next, given.commits);
      ({ seen } = given.commits);
      const [red, green, blue] = getComputedStyle(root).backgroundColor.match(/[\d.]+/g).map(Number);
      root.style.colorScheme = red * 0.3 + green * 0.59 + blue * 0.11 < 128 ? 'dark' : 'light';
      const advice = kernel ? receiveKernel({ given: kernelKey(given), shown: kernelKey(kernel), known, seen, sent }) : 'all';
      if (advice === 'all') takeOver(given);
      else if (advice === 'texts') takeTexts(given);
      drawBadges({ parent: find('.badges'), badges: given.badges });
      const error = find('.error');
      write(error, given.error);
      error.hidden = !given.error;
      draw();
    },
    destroy() {
      ended.abort();
      observer.disconnect();
      commits.destroy();
      clearTimeout(timer);
    },
  };
}

export default mounting(createEditor);
