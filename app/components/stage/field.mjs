// A whole number that is typed, or stepped by the arrow keys: what a screen reader calls a spin button.
import { htmlNode } from '../shared/nodes.mjs';
import { UP_DOWN, isPlain } from '../shared/keys.mjs';
import { readNumber } from '../shared/reading.mjs';

// On a pad without an Enter key, what was typed counts once nothing more comes.
const TYPED_AFTER = 900;

export function createField({ parent, label, listen, set }) {
  const box = htmlNode({ name: 'input', parent });
  Object.assign(box, { type: 'text', inputMode: 'numeric', autocomplete: 'off', maxLength: 4 });
  box.setAttribute('role', 'spinbutton');
  box.setAttribute('aria-label', label);
  let number = null,
    typed = false,
    resting = 0;

  function write() {
    typed = false;
    clearTimeout(resting);
    if (box.value !== number.text) box.value = number.text;
  }
  function take() {
    if (!typed) return;
    const { value } = readNumber(box.value);
    typed = false;
    clearTimeout(resting);
    if (Number.isFinite(value)) set(Math.round(value));
    write();
  }
  listen(box, 'input', () => {
    typed = true;
    clearTimeout(resting);
    resting = setTimeout(take, TYPED_AFTER);
  });
  listen(box, 'focus', () => box.select());
  listen(box, 'blur', take);
  listen(box, 'keydown', (event) => {
    const { key } = event,
      step = UP_DOWN[key];
    // What is not meant for the number goes on to the stage: the space bar plays here, too.
    const mine = isPlain(event) && (step || key === 'Enter' || (key === 'Escape' && typed) || /^(Arrow|Home|End|Back|Del|[\d.,+-])/.test(key));
    if (!mine) return;
    event.stopPropagation();
    if (key === 'Escape') write();
    if (step) {
      event.preventDefault();
      take();
      set(number.value + step);
    }
    if (key === 'Enter') {
      event.preventDefault();
      take();
      box.select();
    }
  });

  return {
    show(next) {
      number = next;
      box.setAttribute('aria-valuenow', next.value);
      box.setAttribute('aria-valuemin', next.least);
      box.setAttribute('aria-valuemax', next.most);
      if (next.text !== String(next.value)) box.setAttribute('aria-valuetext', next.text);
      else box.removeAttribute('aria-valuetext');
      if (!typed) write();
    },
  };
}
