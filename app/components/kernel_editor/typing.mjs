// Typing into the grid: where a cell's box opens, and where the keys lead from there.
import { createEntry } from './entry.mjs';
import { moved, neighbour } from './grid.mjs';

export function createTyping(editor) {
  const { over, line, kernel, listen } = editor;
  const entry = createEntry({
    boxes: [over, line],
    listen,
    limit: () => kernel.limit,
    kernel: {
      textOf: (index) => kernel.numbers.texts[index],
      draftOf: (index) => kernel.drafts.get(index),
      put: (index, text) => kernel.put([index], text),
      keep: kernel.keepDraft,
      readable: (index) => kernel.drafts.delete(index),
      typed: (text) => editor.beside.brushTyped(text),
      rest() {
        editor.draw();
        kernel.commit();
      },
    },
    // True when the key's own effect is not wanted.
    leave({ key, step, touched }) {
      const { active } = editor, from = { ...kernel.numbers, ...active };
      const next = key === 'Enter' ? moved({ ...from, key: 'ArrowDown' })
        : key === 'Tab' ? neighbour({ ...from, step }) : active;
      if (key === 'Tab' && !editor.drawing.fit && !touched) return false;
      editor.select(next ?? active);
      return !!next;
    },
  });
  function open(typed) {
    const index = kernel.indexOf(editor.active), box = editor.drawing.fit ? over : line;
    if (box === over) editor.drawing.placeOver(index);
    entry.open({ box, index, typed });
  }
  listen(line, 'focus', () => { if (!entry.isIn(line)) open(); });
  return { ...entry, openActive: open };
}
