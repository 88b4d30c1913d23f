// Before an audience, rows that have no room on one screen together: one at a time, turned by keys, a clicker or two
// buttons.
import { BUSY, isPlain } from '../shared/keys.mjs';
import { write } from '../shared/nodes.mjs';
import { roomOnScreen } from '../shared/room.mjs';
import { placeAlone, placeOnOneScreen } from './sizes.mjs';

const STEPS = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };

// The row that a key leads to; null where there is none, so that a clicker goes on to the next look.
export function rowAfter({ key, at, count }) {
  const to = { Home: 0, End: count - 1 }[key] ?? at + (STEPS[key] ?? 0);
  return to === at || to < 0 || to >= count ? null : to;
}

export function createSingly({ gallery, turns, listen }) {
  const { root } = gallery, [back, next] = turns.querySelectorAll('button');
  const [name, where] = turns.querySelectorAll('[role=status] span');
  // The row shown is known by its title: others may come before it. `known` is for what `together` was found.
  let title = null, known = [], together = true;

  function place() {
    const { header } = gallery, width = root.clientWidth, room = roomOnScreen(root);
    if (!header?.present) {
      show(null);
      known = [];
      return false;
    }
    if (!width) return true;
    const asked = [header, width, room];
    if (asked.some((one, at) => one !== known[at])) {
      known = asked;
      show(null);
      together = placeOnOneScreen(gallery, { width, room });
    }
    if (together) return true;
    const named = header.rows.findIndex((row) => row.title === title), at = named < 0 ? header.first : named;
    show(at);
    placeAlone(gallery, at, { width, room });
    return true;
  }
  // One row, or all of them.
  function show(only) {
    const { header, rows } = gallery;
    rows.forEach(({ section }, at) => (section.hidden = only !== null && at !== only));
    root.classList.toggle('singly', only !== null);
    turns.hidden = only === null || rows.length < 2;
    if (only === null) return;
    title = header.rows[only].title;
    write(name, `${title}: `);
    write(where, `${only + 1} of ${rows.length}`);
    back.setAttribute('aria-disabled', only === 0);
    next.setAttribute('aria-disabled', only === rows.length - 1);
  }
  function turn(key) {
    const at = gallery.header.rows.findIndex((row) => row.title === title);
    const to = rowAfter({ key, at, count: gallery.rows.length });
    if (to === null) return false;
    ({ title } = gallery.header.rows[to]);
    place();
    return true;
  }
  listen(back, 'click', () => turn('ArrowLeft'));
  listen(next, 'click', () => turn('ArrowRight'));
  listen(document, 'keydown', (event) => {
    const from = event.composedPath()[0], busy = from.closest?.(BUSY) && !turns.contains(from);
    if (turns.hidden || busy || event.defaultPrevented || !isPlain(event)) return;
    if (turn(event.key)) event.preventDefault();
  });
  // Whether the rows stand as this one wants them.
  return { place };
}
