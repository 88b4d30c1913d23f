// Whether the opening is to be played: once for each browser, at the bare address, or when it is asked for.

// `address` is the page's URL. The answer: whether it is to `play`, whether the stage's guide is asked for, and the
// address without these wishes, if it held one.
export function wish(address, seen) {
  const url = new URL(address), asked = {};
  for (const name of ['opening', 'guide']) {
    asked[name] = url.searchParams.get(name) === '1';
    url.searchParams.delete(name);
  }
  const wished = asked.opening || asked.guide, bare = !url.search && !url.hash;
  const play = asked.opening || (bare && !seen && !asked.guide);
  return { play, guide: asked.guide && !play, address: wished ? url.href : null };
}

// A private window may refuse; then it is played at each visit.
export function remembered(name) {
  try {
    return localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}

export function remember(name) {
  try {
    localStorage.setItem(name, 'seen');
  } catch {
    // It will be played again.
  }
}
