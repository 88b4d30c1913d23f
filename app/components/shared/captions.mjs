// Whether what moves is said in words, and waits to be read: one choice for all that moves, kept in the browser. A button
// beside a picture changes it, or a key before a class; every component then hears of it.
import { createKept } from './keeping.mjs';

const CHOICE = 'slide-and-sum captions', CHANGED = 'slide-and-sum-captions';
// How long one looks at a sentence before things go on: milliseconds a word.
const PER_WORD = 260;
export const readingTime = (sentence) => PER_WORD * sentence.split(' ').length;

// `show(on)` is called at once and whenever it changes; `listen` as components have it.
export function createCaptionsChoice({ listen, show = () => {}, on = globalThis, storage }) {
  const kept = createKept(CHOICE, storage), isOn = () => kept.get() === 'on';
  listen(on, CHANGED, ({ detail }) => {
    kept.set(detail);
    show(isOn());
  });
  show(isOn());
  return { isOn, toggle: () => on.dispatchEvent(new CustomEvent(CHANGED, { detail: isOn() ? 'off' : 'on' })) };
}

// The button that turns them on; what moves is in `root`, whose class says it to the style.
export function createCaptionsButton({ root, listen }) {
  const button = root.querySelector('.captions');
  const choice = createCaptionsChoice({
    listen,
    show(on) {
      root.classList.toggle('captioned', on);
      button.setAttribute('aria-pressed', String(on));
    },
  });
  listen(button, 'click', choice.toggle);
  return choice;
}
