// Puts the keyboard where it is needed next, brings into view what has just been said and says it to a screen reader,
// and lets Enter in a box press the button that belongs to it.
import { mounting } from '../shared/mount.mjs';

// Best a box, then what was made to be read from, then a button; never the help icon beside a box's label.
const HEADING = 'h2';
const PARTS = [
  'input:not([disabled]), textarea:not([disabled])', `.quiz [tabindex="-1"], ${HEADING}`, 'button:not([disabled])',
];
const LABEL = '[data-testid="stWidgetLabel"]';
// The page around is drawn in the same run, some parts a moment later than this one.
const TRIES = 40, APART = 50;
// Streamlit takes over a box's text on Enter too: it must be under way before the button is pressed.
const AFTER_THE_BOX = 150;
// A picture grows to its size only after it is there; so long what is shown is kept in view.
const GROWING = 3000;

// Enter in a line or a choice, Ctrl+Enter where Enter makes a new line.
export function isEntered({ key, ctrlKey, metaKey, isComposing, target }) {
  if (key !== 'Enter' || isComposing) return false;
  return target.tagName === 'TEXTAREA' ? !!(ctrlKey || metaKey) : target.tagName === 'INPUT';
}

// The part of an area that the keyboard belongs to.
export function partOf(area) {
  for (const kind of PARTS) {
    const part = [...(area?.querySelectorAll(kind) ?? [])].find((one) => !one.closest(LABEL));
    if (part) return part;
  }
  return null;
}

// Whoever is in a box of the area already stays there, or what is being typed would go into another one.
export const isInABoxOf = (area, active) => !!active?.matches?.(PARTS[0]) && !!area?.contains(active);

// What is higher than the window, less the bar at its top, is shown from its beginning.
const BAR_ABOVE = 80;
export const blockFor = ({ height }, room) => (height > room - BAR_ABOVE ? 'start' : 'nearest');

const areaOf = (name) => document.querySelector(`.st-key-${CSS.escape(name)}`);
const isLost = () => !document.activeElement || document.activeElement === document.body || document.activeElement.disabled;

function createKeyboard(host) {
  const said = host.querySelector('[role=status]');
  let wish = { area: '', token: null, show: '', says: '', stay: false, boxes: '', presses: '', clicker: false };
  let timer = 0, ending = 0, observer = null;

  // Tab goes on from a heading; on a phone the picture above it stays in view.
  function give(part, still) {
    const isHeading = !!part?.matches(HEADING);
    if (isHeading) part.tabIndex = -1;
    part?.focus({ preventScroll: still || isHeading, focusVisible: true });
  }
  const reveal = (shown) => shown.scrollIntoView({ block: blockFor(shown.getBoundingClientRect(), innerHeight) });
  function rest() {
    clearTimeout(ending);
    observer?.disconnect();
    observer = null;
  }
  function keepInView(shown) {
    rest();
    reveal(shown);
    observer = new ResizeObserver(() => reveal(shown));
    observer.observe(shown);
    ending = setTimeout(rest, GROWING);
  }

  function arrive(token, left) {
    if (token !== wish.token) return;
    const part = wish.area ? partOf(areaOf(wish.area)) : null;
    const shown = wish.show ? areaOf(wish.show) : null;
    if (left && ((wish.area && !part) || (wish.show && !shown))) {
      timer = setTimeout(() => arrive(token, left - 1), APART);
      return;
    }
    const held = isInABoxOf(areaOf(wish.area), document.activeElement);
    if (!held && (!wish.stay || isLost())) give(part, !!shown);
    if (shown) keepInView(shown);
    // Only a change of what stands here is said, and only after the focus has moved.
    timer = setTimeout(() => { said.textContent = wish.says; }, APART);
  }

  const onKey = (event) => {
    // Before a class these keys press buttons; the page itself must stay where it is.
    if (wish.clicker && ['PageDown', 'PageUp'].includes(event.key)) event.preventDefault();
    if (!wish.boxes || !isEntered(event) || !areaOf(wish.boxes)?.contains(event.target)) return;
    event.target.blur(); // what is left is sent at once, though the page may be busy
    setTimeout(() => areaOf(wish.presses)?.querySelector('button:not([disabled])')?.click(), AFTER_THE_BOX);
  };
  const ended = new AbortController();
  const listen = (name, act) => document.addEventListener(name, act, { signal: ended.signal, passive: name !== 'keydown' });
  listen('keydown', onKey);
  // Whoever scrolls or goes on has the say over what is in view.
  for (const name of ['wheel', 'touchmove', 'pointerdown', 'keydown']) listen(name, rest);

  return {
    update({ data }) {
      const isNew = data.token !== wish.token;
      wish = data;
      if (!isNew) return;
      clearTimeout(timer);
      rest();
      said.textContent = '';
      timer = setTimeout(() => arrive(wish.token, TRIES), APART);
    },
    destroy() {
      clearTimeout(timer);
      rest();
      ended.abort();
    },
  };
}

export default mounting(createKeyboard);
