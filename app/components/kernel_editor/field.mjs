// A small box for one number beside the grid.
import { pretty } from './entries.mjs';

// `take(text)` is called at every change that can be read, `wrong(sentence)` when what was left there cannot ('' when
// it can again), `rest()` when nothing more will be typed now.
export function createField({ box, listen, read, take, wrong, rest }) {
  let before = '';
  function left() {
    const { text, wrong: sentence = '' } = read(box.value);
    box.toggleAttribute('aria-invalid', !!sentence);
    wrong(sentence);
    if (!sentence) box.value = pretty(text);
    rest();
  }
  function changed() {
    const { text } = read(box.value);
    box.removeAttribute('aria-invalid');
    wrong('');
    if (text !== undefined) take(text);
  }
  listen(box, 'focus', () => {
    before = box.value;
    box.select();
  });
  listen(box, 'input', changed);
  listen(box, 'blur', left);
  listen(box, 'keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      box.value = before;
      changed();
    }
    if (event.key === 'Enter' || event.key === 'Escape') left();
  });
  return {
    show(text) {
      box.removeAttribute('aria-invalid');
      if (box.value !== pretty(text)) box.value = pretty(text);
    },
  };
}
