// The small boxes beside the grid: what the sum is divided by, what is added, and the number that is painted.
import { readNumber } from '../shared/reading.mjs';
import { readDivisor } from './entries.mjs';
import { createField } from './field.mjs';

const READ = { divisor: readDivisor, offset: readNumber };

export function createBeside(editor) {
  const { find, listen, kernel, faults } = editor;
  let brush = { text: '1', own: false }; // the number last typed anywhere, until it has one of its own
  const fieldOf = (name, read, take) => createField({
    box: find(`.${name}`),
    listen,
    read: (text) => read(text, { largest: kernel.limit, empty: name === 'divisor' ? '' : '0' }),
    take,
    wrong(sentence) {
      faults.delete(name);
      if (sentence) faults.set(name, sentence);
      editor.draw();
    },
    rest: kernel.commit,
  });
  const fields = Object.entries(READ)
    .map(([name, read]) => [name, fieldOf(name, read, (text) => kernel.putBeside(name, text))]);
  const brushField = fieldOf('paint', readNumber, (text) => { brush = { text, own: true }; });
  return {
    show() {
      fields.forEach(([name, field]) => {
        faults.delete(name);
        field.show(kernel.numbers[name]);
      });
    },
    brushTyped(text) {
      if (brush.own) return;
      brush.text = text;
      brushField.show(text);
    },
    // A brush that holds no number paints nothing.
    paint(indices) { if (!faults.has('paint')) kernel.put(indices, brush.text); },
  };
}
