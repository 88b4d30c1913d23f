// Whether what Python hands over is news, or only says again what was done here. For each thing that both sides can
// change (a kernel, a pinned place) there is one of these, over the component's commits.

// `keyOf(value)` names a value, so that two of them can be compared.
export function createEcho({ commits, keyOf = String }) {
  let known = null;
  return {
    // What has just been committed, and will come back.
    sent(value) { known = keyOf(value); },
    // Whether Python holds this very value, as far as is known here.
    holds: (value) => keyOf(value) === known,
    // To be asked for each value that is handed over, after `commits.receive`. While something of ours is on its way,
    // it is older than that; then it is news if it is not what Python held before.
    isNews(value) {
      if (known !== null && commits.isWaiting()) return false;
      const key = keyOf(value), news = key !== known;
      known = key;
      return news;
    },
  };
}
