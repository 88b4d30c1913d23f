// How a component reports what only the browser knows, to each server session that does not know it.
//
// A session that is new (a first visit, a restart of the server, a long sleep) sends a word of its own with the data,
// and to a new word a component reports its state. Streamlit runs nothing by itself when a cut line is joined again,
// and the first click would then meet a session that knows nothing: so a component also reports when the line comes
// back, to whoever answers (`to: null`).
import { watchLine } from '../shared/line.mjs';

// `send({ to, turn }, more)` sets the component's state with these two in it; `turn` is never twice the same.
export function createReports({ send, onJoined = () => {} }) {
  let word = null, about = null, turn = 0;
  const next = (to, more) => {
    turn = Math.max(Date.now(), turn + 1);
    send({ to, turn }, more);
  };
  const stop = watchLine(() => {
    if (word === null) return;
    next(null);
    onJoined();
  });
  return {
    // Whether this session knows nothing about this yet; then it is sent a report, but not while mounting: Streamlit
    // would lose what a component sets there.
    asked(by, what = '') {
      if (by === word && what === about) return false;
      [word, about] = [by, what];
      setTimeout(() => next(word));
      return true;
    },
    // Reports something new, unasked.
    add: (more) => next(word, more),
    destroy: stop,
  };
}
