// Puts the keyboard where it is needed next, brings into view what has just been said, and lets Enter in a box press
// the button that belongs to it.
import { mounting } from '../shared/mount.mjs';

const PARTS = 'input:not([disabled]), textarea:not([disabled]), button:not([disabled])';
// The page around is drawn in the same run, some parts a moment later than this one.
const TRIES = 40, APART = 50;
// Streamlit takes over a box's text on Enter too: it must be under way before the button is pressed.
const AFTER_THE_BOX = 150;

// Enter in a line or a choice, Ctrl+Enter where Enter makes a new line.
export function isEntered({ key, ctrlKey, metaKey, isComposing, target }) {
  if (key !== 'Enter' || isComposing) return false;
  return target.tagName === 'TEXTAREA' ? !!(ctrlKey || metaKey) : target.tagName === 'INPUT';
}

const areaOf = (name) => document.querySelector(`.st-key-${CSS.escape(name)}`);

function createKeyboard() {
  let told = { area: '', token: null, show: '', boxes: '', presses: '', clicker: false }, timer = 0;

  function arrive(token, left) {
    if (token !== told.token) return;
    const part = told.area ? areaOf(told.area)?.querySelector(PARTS) : null;
    const shown = told.show ? areaOf(told.show) : null;
    if ((told.area && !part) || (told.show && !shown)) {
      if (left) timer = setTimeout(() => arrive(token, left - 1), APART);
      return;
    }
    part?.focus({ preventScroll: !!shown, focusVisible: true });
    shown?.scrollIntoView({ block: 'nearest' });
  }

  const onKey = (event) => {
    // Before a class these keys press buttons; the page itself must stay where it is.
    if (told.clicker && ['PageDown', 'PageUp'].includes(event.key)) event.preventDefault();
    if (!told.boxes || !isEntered(event) || !areaOf(told.boxes)?.contains(event.target)) return;
    event.target.blur(); // what is left is sent at once, though the page may be busy
    setTimeout(() => areaOf(told.presses)?.querySelector('button:not([disabled])')?.click(), AFTER_THE_BOX);
  };
  document.addEventListener('keydown', onKey);

  return {
    update({ data }) {
      const isNew = data.token !== told.token;
      told = data;
      if (!isNew) return;
      clearTimeout(timer);
      timer = setTimeout(() => arrive(told.token, TRIES), APART);
    },
    destroy() {
      clearTimeout(timer);
      document.removeEventListener('keydown', onKey);
    },
  };
}

export default mounting(createKeyboard);
