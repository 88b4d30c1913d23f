// The kernel as it stands here: its numbers, what was typed and is none, and when Python hears of it.
import { createEcho } from '../shared/echo.mjs';
import { readNumber } from '../shared/reading.mjs';

const COMMIT_AFTER = 300;

// Two kernels are the same if their numbers are, however they are written.
export function kernelKey({ rows, columns, texts, divisor, offset }) {
  const values = [...texts, divisor, offset].map((text) => readNumber(text).value ?? text);
  return `${rows}×${columns}: ${values.join(' ')}`;
}

const plain = (text) => readNumber(text).text ?? text;

// `changed()` is called whenever there is something to draw.
export function createKernel({ commits, changed }) {
  const echo = createEcho({ commits, keyOf: kernelKey });
  let timer = 0;
  const kernel = {
    numbers: null, // { rows, columns, texts, divisor, offset }
    values: [],
    drafts: new Map(), // by cell: { text, sentence } of what is not a number
    limit: Infinity,

    indexOf: ({ row, column }) => row * kernel.numbers.columns + column,
    placeOf: (index) => ({ row: Math.floor(index / kernel.numbers.columns), column: index % kernel.numbers.columns }),
    textAt: (index) => kernel.drafts.get(index)?.text ?? kernel.numbers.texts[index],

    put(indices, typed) {
      const { text, value } = readNumber(typed, { largest: kernel.limit });
      if (text === undefined) return;
      indices.forEach((index) => {
        kernel.numbers.texts[index] = text;
        kernel.values[index] = value;
        kernel.drafts.delete(index);
      });
      changed();
      kernel.commitSoon();
    },
    // The divisor or the offset.
    putBeside(name, text) {
      kernel.numbers[name] = text;
      kernel.commitSoon();
    },
    keepDraft(index, draft) {
      kernel.drafts.delete(index);
      kernel.drafts.set(index, draft);
      changed();
    },

    commit() {
      clearTimeout(timer);
      const { numbers } = kernel;
      if (!numbers || echo.holds(numbers)) return;
      echo.sent(numbers);
      commits.add('taps', { ...numbers, texts: [...numbers.texts] });
    },
    commitSoon() {
      clearTimeout(timer);
      timer = setTimeout(kernel.commit, COMMIT_AFTER);
    },

    // What Python hands over. A kernel of its own (another one chosen, an undo) replaces everything, half-typed cells
    // too, and the answer is true. Of the same numbers Python's way of writing them is taken over, but not in the cell
    // that is being typed in.
    receive(given, typedIn) {
      kernel.limit = given.limit;
      if (echo.isNews(given)) {
        clearTimeout(timer);
        const { rows, columns, texts, divisor, offset } = given;
        kernel.numbers = { rows, columns, texts: texts.map(plain), divisor: plain(divisor), offset: plain(offset) };
        kernel.values = kernel.numbers.texts.map((text) => readNumber(text).value ?? 0);
        kernel.drafts.clear();
        return true;
      }
      if (kernelKey(given) === kernelKey(kernel.numbers)) {
        given.texts.forEach((text, index) => { if (index !== typedIn) kernel.numbers.texts[index] = plain(text); });
      }
      return false;
    },
    destroy: () => clearTimeout(timer),
  };
  return kernel;
}
