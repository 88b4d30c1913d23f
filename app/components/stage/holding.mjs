// A button that acts when it is pressed, and again and again while it is held.
const FIRST = 450,
  AGAIN = 120;

// `act(button)` returns whether there is more to do. Buttons are those with the class `by`.
export function createHold({ root, listen, act }) {
  let timer = 0,
    pressed = null;

  function stop() {
    clearTimeout(timer);
    timer = 0;
  }
  function repeat(button, after) {
    timer = setTimeout(() => {
      pressed = button;
      if (act(button)) repeat(button, AGAIN);
    }, after);
  }
  listen(root, 'pointerdown', (event) => {
    const button = event.target.closest('.by');
    if (!button || event.button !== 0) return;
    // The focus stays where it is: on the number, or on the picture that is being played.
    event.preventDefault();
    stop();
    pressed = null;
    // A finger that comes down may be about to scroll: it counts when it is lifted, or held.
    if (event.pointerType !== 'touch') {
      pressed = button;
      if (!act(button)) return;
    }
    repeat(button, FIRST);
  });
  for (const name of ['pointerup', 'pointercancel', 'pointerleave']) listen(root, name, stop);
  listen(root, 'pointerout', (event) => {
    if (event.target.closest('.by') && event.pointerType !== 'touch') stop();
  });
  listen(root, 'click', (event) => {
    const button = event.target.closest('.by');
    if (!button) return;
    stop();
    if (pressed !== button) act(button);
    pressed = null;
  });
}
