// The divider between original and result where one lies on the other.
import { isPlain } from '../shared/keys.mjs';
import { clamp } from './axis.mjs';

const STEPS = { ArrowLeft: -0.02, ArrowDown: -0.02, ArrowRight: 0.02, ArrowUp: 0.02, Home: -1, End: 1 };

// `extent()` gives the left and right end of the pictures in `frame`, on the screen; `covering` is the frame of the
// result, which is drawn right of the divider alone.
export function createCurtain({ divider, frame, covering, extent, listen, changed }) {
  let split = 0.5;
  function move(to) {
    split = clamp(to, 0, 1);
    changed();
  }
  listen(divider, 'pointerdown', (event) => {
    event.preventDefault();
    divider.setPointerCapture(event.pointerId);
    divider.focus({ preventScroll: true });
  });
  listen(divider, 'pointermove', (event) => {
    if (!divider.hasPointerCapture(event.pointerId)) return;
    const [left, right] = extent();
    move((event.clientX - frame.getBoundingClientRect().left - left) / (right - left));
  });
  listen(divider, 'keydown', (event) => {
    const step = STEPS[event.key];
    if (!step || !isPlain(event)) return;
    event.preventDefault();
    event.stopPropagation();
    move(split + step * (event.shiftKey ? 5 : 1));
  });
  return {
    draw() {
      const [left, right] = extent(), at = left + split * (right - left), percent = Math.round(100 * split);
      covering.style.clipPath = `inset(0 0 0 ${at}px)`;
      divider.style.transform = `translateX(${at}px)`;
      divider.setAttribute('aria-valuenow', percent);
      divider.setAttribute('aria-valuetext', `${percent} percent original`);
    },
    open() { covering.style.clipPath = ''; },
  };
}
