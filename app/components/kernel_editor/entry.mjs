// Typing a number into a cell: in a box over it, or in the line above where cells are too small for numbers.
import { isPlain } from '../shared/keys.mjs';
import { readNumber } from '../shared/reading.mjs';
import { pretty } from './entries.mjs';

// `kernel` has what is read and called here: textOf, draftOf, put, keep (a text that is not a number), readable, rest
// (nothing more will be typed now). `leave` hears which key ended the typing.
export function createEntry({ boxes, listen, limit, kernel, leave }) {
  let entry = null;
  const read = (text) => readNumber(text, { largest: limit(), empty: '0' });

  function shut() {
    const last = entry;
    entry = null;
    last.box.removeAttribute('aria-invalid');
    last.box.classList.add('closed');
    return last;
  }
  // What cannot be read stays in its cell as it was typed.
  function close() {
    const { index, box, before } = shut(), { text, wrong } = read(box.value);
    if (wrong) kernel.keep(index, { text: box.value, sentence: wrong });
    else {
      kernel.readable(index);
      if (text !== before) kernel.typed(text);
    }
    kernel.rest();
  }
  function cancel() {
    const { index, before, draft } = shut();
    kernel.put(index, before);
    if (draft) kernel.keep(index, draft);
    kernel.rest();
  }
  function changed() {
    const { index, box, before } = entry;
    box.removeAttribute('aria-invalid');
    entry.touched = true;
    kernel.put(index, read(box.value).text ?? before);
  }
  function open({ box, index, typed }) {
    if (entry) close();
    const before = kernel.textOf(index), draft = kernel.draftOf(index);
    entry = { box, index, before, draft, touched: typed !== undefined };
    box.classList.remove('closed');
    box.value = typed ?? draft?.text ?? pretty(before);
    box.focus({ preventScroll: true });
    if (typed === undefined) box.select();
    else changed();
  }
  // A text that is not a number keeps the box open.
  function enter(key) {
    const { box, index } = entry, { wrong } = read(box.value);
    if (wrong) {
      box.setAttribute('aria-invalid', 'true');
      kernel.keep(index, { text: box.value, sentence: wrong });
    } else {
      close();
      leave({ key, index });
    }
  }
  function pressed(event) {
    event.stopPropagation();
    if (!entry || !isPlain(event)) return;
    const { key, shiftKey } = event, { index, touched } = entry;
    if (key === 'Enter') {
      event.preventDefault();
      enter(key);
    } else if (key === 'Escape') {
      event.preventDefault();
      cancel();
      leave({ key, index });
    } else if (key === 'Tab') {
      close();
      if (leave({ key, index, step: shiftKey ? -1 : 1, touched })) event.preventDefault();
    }
  }
  boxes.forEach((box) => {
    box.classList.add('closed');
    listen(box, 'keydown', pressed);
    listen(box, 'input', () => entry && changed());
    listen(box, 'blur', () => { if (entry?.box === box) close(); });
  });

  return {
    open,
    close: () => { if (entry) close(); },
    drop: () => { if (entry) shut(); },
    isIn: (box) => entry?.box === box,
    index: () => entry?.index ?? null,
  };
}
