// The keyboard in the grid, and undoing from anywhere in the editor.
import { isPlain } from '../shared/keys.mjs';
import { stepped } from './entries.mjs';
import { moved } from './grid.mjs';

function stepOf({ key, shiftKey }) {
  if (key === 'PageUp' || (shiftKey && key === 'ArrowUp')) return 1;
  return key === 'PageDown' || (shiftKey && key === 'ArrowDown') ? -1 : 0;
}

export function followKeys(editor) {
  const { root, grid, cells, kernel, listen } = editor;

  // Whether the key meant something here.
  function pressed(event) {
    const { key, ctrlKey, metaKey, altKey } = event, control = ctrlKey || metaKey;
    const index = kernel.indexOf(editor.active), step = control ? 0 : stepOf(event);
    const to = moved({ ...kernel.numbers, ...editor.active, key, far: control });
    if (altKey) return false;
    if (step) kernel.put([index], stepped(kernel.values[index], step));
    else if (to) editor.select(to);
    else if (!isPlain(event)) return false;
    else if (key === 'Delete' || key === 'Backspace') kernel.put([index], '0');
    else if (key === 'Enter' || key === 'F2') editor.entry.openActive();
    else if (key === ' ') editor.beside.paint([index]);
    else if (/^[\d.,+−-]$/.test(key)) editor.entry.openActive(key);
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
    if (index < 0 || index === kernel.indexOf(editor.active)) return;
    editor.active = kernel.placeOf(index);
    editor.draw();
  });
  listen(root, 'keydown', (event) => {
    const { key, ctrlKey, metaKey, shiftKey, repeat, target } = event;
    if (!(ctrlKey || metaKey) || target.matches('input[type=text]')) return;
    const name = { z: shiftKey ? 'redo' : 'undo', y: 'redo' }[key.toLowerCase()];
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    if (!(repeat && editor.commits.isWaiting())) editor.act(name);
  });
}
