// One image kernel to be typed, painted, pasted and turned. Python says what it is and changes it as a whole; single
// numbers are shown at once and sent a moment later. The parts share one object, `editor`.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { write } from '../shared/nodes.mjs';
import { followTheme } from '../shared/theme.mjs';
import { drawBadges } from './badges.mjs';
import { createBeside } from './beside.mjs';
import { createCells } from './cells.mjs';
import { followClipboard } from './clipboard.mjs';
import { createDrawing } from './drawing.mjs';
import { clampCell } from './grid.mjs';
import { createKernel } from './kernel.mjs';
import { followKeys } from './keys.mjs';
import { followPointer } from './painting.mjs';
import { createToolbar } from './toolbar.mjs';
import { createTyping } from './typing.mjs';

function editorOf(host, listen) {
  const root = host.querySelector('.kernel-editor'), find = (selector) => root.querySelector(selector);
  const grid = find('.grid'), commits = createCommits();
  const editor = {
    root, find, listen, grid, commits,
    over: find('.over'), line: find('.value'), toggle: find('.toggle input'), coarse: matchMedia('(pointer: coarse)'),
    cells: createCells({ grid }),
    kernel: createKernel({ commits, changed: () => editor.draw() }),
    faults: new Map(), // sentences about the boxes beside the grid, by name
    active: { row: 0, column: 0 },
    can: [], // what Python can do

    draw: () => editor.drawing.draw(),
    select(to, options) {
      editor.active = to;
      editor.draw();
      editor.cells.at(editor.kernel.indexOf(to)).focus(options);
    },
    // What has been sent a moment ago can be undone, even before Python says so.
    canDo: (name) => editor.can.includes(name) || (name === 'undo' && commits.isWaiting()),
    act(name) {
      editor.entry.close();
      editor.kernel.commit();
      if (editor.canDo(name)) commits.add('act', name);
    },
  };
  editor.drawing = createDrawing(editor);
  editor.entry = createTyping(editor);
  editor.beside = createBeside(editor);
  editor.tools = createToolbar({ tools: find('.tools'), listen, act: editor.act });
  return editor;
}

// Another kernel than before: nothing of what was typed holds any more.
function showAnew(editor, focus) {
  const { root, grid, over, line, find, kernel, cells, entry } = editor, { rows, columns } = kernel.numbers;
  const inGrid = grid.contains(focus) || focus === over || (focus === line && entry.isIn(line));
  entry.drop();
  editor.beside.show();
  editor.active = clampCell({ ...editor.active, rows, columns });
  cells.shape(kernel.numbers);
  editor.drawing.place();
  if (inGrid) cells.at(kernel.indexOf(editor.active)).focus({ preventScroll: true });
  if (root.contains(focus)) write(find('.live'), `The kernel is now ${rows} × ${columns}.`);
}

function createEditor(host) {
  const ended = new AbortController();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const editor = editorOf(host, listen), { root, find, kernel, entry, commits } = editor;
  followKeys(editor);
  followClipboard(editor);
  followPointer(editor);
  const observer = new ResizeObserver(editor.drawing.place);
  observer.observe(root);
  listen(editor.coarse, 'change', editor.drawing.place);
  return {
    update(next) {
      const { data } = next;
      commits.receive(next, data.commits);
      editor.can = data.can;
      followTheme(root);
      const focus = root.getRootNode().activeElement;
      if (kernel.receive(data, entry.index())) showAnew(editor, focus);
      drawBadges({ parent: find('.badges'), badges: data.badges });
      const error = find('.error');
      write(error, data.error);
      error.hidden = !data.error;
      editor.draw();
    },
    destroy() {
      ended.abort();
      observer.disconnect();
      commits.destroy();
      kernel.destroy();
    },
  };
}

export default mounting(createEditor);
