// What a person does in a component, sent to the page as a list that grows until Python has taken it in: two acts in
// quick succession both arrive, in their order, where of two triggers the second could replace the first.
import { watchLine } from '../shared/line.mjs';

export function createCommits({ watch = watchLine } = {}) {
  let component = null, session = null, last = 0, waiting = [];

  const send = () => component.setStateValue('commits', { session, list: waiting.map(({ number, name, value }) => [number, name, value]) });
  // What was done while the line was cut wakes whoever answers now.
  const stop = watch(() => { if (waiting.length) send(); });
  return {
    // Returns the commit's number; `note` stays here, for those who draw what is still on its way.
    add(name, value, note = null) {
      last += 1;
      waiting = [...waiting, { number: last, name, value, note }];
      send();
      return last;
    },
    waiting: (name) => waiting.filter((commit) => commit.name === name).map(({ note }) => note),
    // On each update. `told` is Python's { session, seen }: the server session's name, and the last commit that it
    // has taken in. What a restarted server has not heard is sent again. Returns the number of the last commit.
    receive(next, told) {
      component = next;
      const again = session !== null && told.session !== session;
      waiting = again
        ? waiting.map((commit, index) => ({ ...commit, number: told.seen + 1 + index }))
        : waiting.filter(({ number }) => number > told.seen);
      session = told.session;
      last = Math.max(again ? told.seen : last, told.seen, waiting.at(-1)?.number ?? 0);
      // A component may not send while it is being drawn.
      if (again && waiting.length) setTimeout(send);
      return last;
    },
    destroy: stop,
  };
}
