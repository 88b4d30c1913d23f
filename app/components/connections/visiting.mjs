// Pointing at cells, or going from cell to cell by the arrow keys; a presenter's clicker goes from window to window.
import { isPlain } from '../shared/keys.mjs';

const ARROWS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };
const TURNS = { PageDown: 1, PageUp: -1 };
const within = (at, count) => Math.min(Math.max(0, at), count - 1);
const same = (one, other) => one?.kind === other?.kind && String(one?.at) === String(other?.at);

// `choose(on)` is a click or Enter; `turn(by)` returns whether there was a window to go to.
export function createVisiting({ svg, listen, look, choose, turn, isPresented }) {
  let walk = null,
    pointed = null;

  const point = (on) => {
    if (same(on, pointed)) return;
    pointed = on;
    look().show(on ?? walk);
  };
  const leave = () => {
    if (walk) look().rest(walk);
    walk = null;
    look().show(null);
  };
  function go(kind, key) {
    const [rows, columns] = look().size(kind);
    if (walk?.kind !== kind) walk = { kind, at: look().start(kind) };
    else if (ARROWS[key]) {
      const [down, right] = ARROWS[key];
      walk = { kind, at: [within(walk.at[0] + down, rows), within(walk.at[1] + right, columns)] };
    } else walk = { kind, at: key === 'Home' ? [0, 0] : [rows - 1, columns - 1] };
    look().show(walk);
  }
  listen(svg, 'pointerover', ({ target }) => point(look().cellOf(target)));
  listen(svg, 'pointerleave', () => point(null));
  listen(svg, 'click', ({ target }) => {
    const on = look().cellOf(target);
    if (on) choose(on);
  });
  // Listened to above the drawing: browsers make one that listens to the focus itself a Tab stop.
  listen(svg.parentElement, 'focusin', ({ target }) => {
    const kind = look().kindOf(target),
      node = look().cellOf(target);
    if (kind && target.matches(':focus-visible')) go(kind, '');
    else if (node) look().show((walk = node));
  });
  listen(svg.parentElement, 'focusout', leave);
  listen(svg.parentElement, 'keydown', (event) => {
    const { key } = event,
      kind = look().kindOf(event.target);
    if (!kind || !isPlain(event)) return;
    if (ARROWS[key] || key === 'Home' || key === 'End') go(kind, key);
    else if (key === 'Enter' && walk) choose(walk);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  listen(document, 'keydown', (event) => {
    const by = TURNS[event.key];
    if (!by || !isPresented() || event.defaultPrevented || !isPlain(event)) return;
    if (turn(by)) event.preventDefault();
  });
  return {
    forget() {
      walk = pointed = null;
    },
  };
}
