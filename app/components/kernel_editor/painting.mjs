// The pointer in the grid: painting by dragging, opening a cell by a double click or a tap.
import { cellAt, cellsBetween, clampCell } from './grid.mjs';

export function followPointer(editor) {
  const { grid, toggle, kernel, listen } = editor;
  let stroke = null, pointer = '';

  function pointed({ clientX, clientY }) {
    const { left, top } = grid.getBoundingClientRect();
    return cellAt({ x: clientX - left, y: clientY - top, cell: editor.drawing.cell });
  }
  function paintTo(to) {
    const from = stroke ?? to;
    stroke = to;
    editor.beside.paint(cellsBetween({ from, to, ...kernel.numbers }));
  }
  listen(grid, 'pointerdown', (event) => {
    pointer = event.pointerType;
    if (!toggle.checked || event.button !== 0) return;
    event.preventDefault();
    editor.entry.close();
    grid.setPointerCapture(event.pointerId);
    const to = pointed(event), { rows, columns } = kernel.numbers;
    editor.select(clampCell({ ...to, rows, columns }), { preventScroll: true });
    paintTo(to);
  });
  listen(grid, 'pointermove', (event) => { if (stroke) paintTo(pointed(event)); });
  ['pointerup', 'pointercancel'].forEach((name) => listen(grid, name, () => {
    if (!stroke) return;
    stroke = null;
    kernel.commit();
  }));
  // A finger has no keys: its tap opens the box, which brings them.
  listen(grid, 'click', () => { if (!toggle.checked && pointer === 'touch') editor.entry.openActive(); });
  listen(grid, 'dblclick', () => { if (!toggle.checked) editor.entry.openActive(); });
  listen(toggle, 'change', () => grid.classList.toggle('painting', toggle.checked));
}
