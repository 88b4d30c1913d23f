// Puts the keyboard where it is needed next: into the first box of a new question, onto the button that goes on.
import { mounting } from '../shared/mount.mjs';

const PARTS = 'input:not([disabled]), textarea:not([disabled]), button:not([disabled])';
// The page around is drawn in the same run, some parts a moment later than this one.
const TRIES = 40, APART = 50;

function createFocus() {
  let asked = null, timer = 0;

  function find(area, token, left) {
    if (token !== asked) return;
    const part = document.querySelector(`.st-key-${CSS.escape(area)}`)?.querySelector(PARTS);
    if (part) part.focus({ preventScroll: true, focusVisible: true });
    else if (left) timer = setTimeout(() => find(area, token, left - 1), APART);
  }

  return {
    update({ data: { area, token } }) {
      if (token === asked) return;
      asked = token;
      clearTimeout(timer);
      if (area) timer = setTimeout(() => find(area, token, TRIES), APART);
    },
    destroy: () => clearTimeout(timer),
  };
}

export default mounting(createFocus);
