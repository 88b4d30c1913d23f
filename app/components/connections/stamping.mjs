// Step after step by itself: windows that are counted on the cells that they cover, or copies that are laid down.
const WHOLE = 5200,
  SLOWEST = 320,
  FASTEST = 40;

// How long each of so many steps stays, so that the whole takes a few seconds. Pure.
export const pace = (steps) => Math.min(SLOWEST, Math.max(FASTEST, WHOLE / steps));

// `show(step)` draws a step under way, null at the end, `toRead()` is how long what it says must stay; `begin` and `end` are
// the button's words.
export function createStamping({ button, show, toRead = () => 0 }) {
  let timer = 0,
    run = { steps: 0, begin: '', end: '' };

  function halt() {
    clearTimeout(timer);
    timer = 0;
  }
  function stop() {
    halt();
    button.textContent = run.begin;
    show(null);
  }
  function stamp(step) {
    if (step === run.steps) return stop();
    show(step);
    timer = setTimeout(stamp, Math.max(pace(run.steps), toRead()), step + 1);
    return null;
  }
  function toggle() {
    if (timer) return stop();
    button.textContent = run.end;
    return stamp(0);
  }
  return {
    receive(next) {
      run = next;
      halt();
      button.textContent = run.begin;
    },
    toggle,
    halt,
    isOn: () => timer !== 0,
  };
}
