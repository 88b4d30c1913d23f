// When a page that Streamlit draws unseen can be shown: it has run, and nothing in it has moved for a moment.

// Frames in a row in which nothing moved; milliseconds from the first part of the page, and from the very beginning,
// after which it is shown as it is: somebody may have to be told what went wrong.
export const STILL = 5, LONGEST = 12000, GIVEN_UP = 30000;

// `step({ now, place, ready })` is asked at each frame: `place` says where everything stands, '' before there is
// anything; `ready`, that no run is under way and no part is missing. The answer: whether to show the page.
export function createSettled() {
  let last = null, since = 0, first = null, begun = null;
  return {
    step({ now, place, ready }) {
      begun ??= now;
      if (place) first ??= now;
      since = place && ready && place === last ? since + 1 : 0;
      last = place;
      return since >= STILL || (first !== null && now - first > LONGEST) || now - begun > GIVEN_UP;
    },
  };
}
