// Draws the whole editor: the grid at its size, the box over a cell, the sentence about what is wrong.
import { write } from '../shared/nodes.mjs';
import { placeName } from '../shared/places.mjs';
import { fitNumbers, pretty } from './entries.mjs';
import { cellSize } from './grid.mjs';

// Over its cell, and wider where the number is longer.
function placeBox({ box, text, row, column, cell, room, font }) {
  const width = Math.min(room, Math.max(cell + 1, 62, font * (0.64 * text.length + 1)));
  const height = Math.max(cell + 1, 30);
  const left = Math.max(0, Math.min((column + 0.5) * cell + 0.5 - width / 2, room - width));
  const top = (row + 0.5) * cell + 0.5 - height / 2;
  box.style.cssText = `left:${left}px;top:${top}px;width:${width}px;height:${height}px;font-size:${font}px`;
}

export function createDrawing(editor) {
  const { root, find, over, line, kernel, cells, faults, coarse } = editor;
  const drawing = {
    cell: 0, // pixels on a side
    fit: null, // null where cells are too small for numbers

    draw() {
      if (!kernel.numbers || !drawing.cell) return;
      const { numbers, values, drafts } = kernel, { active, entry } = editor;
      if (entry.index() === null) drawing.fit = fitNumbers({ texts: numbers.texts, cell: drawing.cell });
      cells.draw({ ...numbers, values, drafts, active, cell: drawing.cell, fit: drawing.fit });
      find('.reader').hidden = !!drawing.fit;
      write(find('.where'), placeName(active.row, active.column));
      const at = kernel.indexOf(active);
      if (!entry.isIn(line)) line.value = drafts.get(at)?.text ?? pretty(numbers.texts[at]);
      const sentence = [...faults.values(), ...[...drafts.values()].map((draft) => draft.sentence)].at(-1) ?? '';
      write(find('.wrong'), sentence);
      find('.wrong').hidden = !sentence;
      editor.tools.show(editor.canDo);
    },
    place() {
      if (!kernel.numbers || !root.clientWidth) return;
      drawing.cell = cellSize({ ...kernel.numbers, room: root.clientWidth, coarse: coarse.matches });
      if (editor.entry.index() === null) cells.shape(kernel.numbers);
      drawing.draw();
      if (editor.entry.isIn(over)) drawing.placeOver(editor.entry.index());
    },
    placeOver(index) {
      const font = Math.max(drawing.fit?.font ?? 0, coarse.matches ? 16 : 13);
      const { row, column } = kernel.placeOf(index);
      placeBox({ box: over, text: kernel.textAt(index), row, column, cell: drawing.cell, room: root.clientWidth, font });
      over.setAttribute('aria-label', placeName(row, column));
    },
  };
  return drawing;
}
