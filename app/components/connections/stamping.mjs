// The windows one after the other, each counted on the cells that it covers.
import { talliesOf } from './graph.mjs';

const WHOLE = 5200,
  SLOWEST = 320,
  FASTEST = 40;

// How long each of so many windows stays, so that the whole takes a few seconds. Pure.
export const pace = (windows) => Math.min(SLOWEST, Math.max(FASTEST, WHOLE / windows));

// `show({ tallies, window })` draws a count under way; both are null at its end.
export function createStamping({ button, show }) {
  let timer = 0,
    graph = null;

  function halt() {
    clearTimeout(timer);
    timer = 0;
  }
  function stop() {
    halt();
    button.textContent = 'Slide the window and count';
    show({ tallies: null, window: null });
  }
  function stamp(window, windows) {
    if (window === windows) return stop();
    show({ tallies: talliesOf(graph, window + 1), window });
    timer = setTimeout(stamp, pace(windows), window + 1, windows);
    return null;
  }
  function toggle() {
    if (timer) return stop();
    button.textContent = 'Show the whole count';
    return stamp(0, graph.output[0] * graph.output[1]);
  }
  return {
    receive(next) {
      if (timer) stop();
      graph = next;
    },
    toggle,
    halt,
    isOn: () => timer !== 0,
  };
}
