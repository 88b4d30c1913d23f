// What a person does in a component, sent to the page as a list that grows until Python has taken it in: two acts in
// quick succession both arrive, in their order, where of two triggers the second could replace the first.
import { watchLine } from '../shared/line.mjs';

// Streamlit draws a component anew once a cut line is joined: what waits is held by the page, by the component's name.
const held = () => (globalThis.slideAndSumCommits ??= new Map());

// Forgets what a session has taken in of components that are gone from the page by now, and so do not hear it; `seen`
// has the last commit taken in by the component's name. A later session would otherwise do it once more.
export function forgetTaken({ session, seen }) {
  for (const [name, entry] of held()) {
    if (entry.session !== session) continue;
    held().set(name, { session, waiting: entry.waiting.filter(({ number }) => !(number <= seen[name])) });
  }
}

export function createCommits({ watch = watchLine } = {}) {
  let component = null, name = null, session = null, last = 0, waiting = [];

  const keep = () => held().set(name, { session, waiting });
  const send = () => component.setStateValue('commits', { session, list: waiting.map((commit) => [commit.number, commit.act, commit.value]) });
  // What was done while the line was cut wakes whoever answers now.
  const stop = watch(() => { if (waiting.length) send(); });
  return {
    // Returns the commit's number; `note` stays here, for those who draw what is still on its way.
    add(act, value, note = null) {
      last += 1;
      waiting = [...waiting, { number: last, act, value, note }];
      keep();
      send();
      return last;
    },
    // Whether anything is still on its way; what Python hands over is then older than what was done here.
    isWaiting: () => waiting.length > 0,
    waiting: (act) => waiting.filter((commit) => commit.act === act).map(({ note }) => note),
    // On each update. `taken` is Python's { of, session, seen }: the component's name, the server session's, and the
    // last commit that it has taken in. What a restarted server has not heard is sent again. Returns the number of
    // the last commit.
    receive(next, taken) {
      component = next;
      name = taken.of;
      if (session === null) ({ session, waiting } = held().get(name) ?? { session, waiting });
      const again = session !== null && taken.session !== session;
      waiting = again
        ? waiting.map((commit, index) => ({ ...commit, number: taken.seen + 1 + index }))
        : waiting.filter(({ number }) => number > taken.seen);
      session = taken.session;
      keep();
      last = Math.max(again ? taken.seen : last, taken.seen, waiting.at(-1)?.number ?? 0);
      // A component may not send while it is being drawn.
      if (again && waiting.length) setTimeout(send);
      return last;
    },
    destroy: stop,
  };
}
