// Where everything is at a moment of the opening: a pure function of the time that has been played.

// Milliseconds at which each part of the first cell's story begins, and the story of the others.
const OPENS = 500, COVERS = 1500, MULTIPLIES = 2100, ADDS = 3300, DROPS = 4400, SECOND = 5000;
const SLOW = [700, 500], REST = 3900, HOME = 700;
const SWEEP = SECOND + SLOW[0] + SLOW[1];
export const WHOLE = SWEEP + REST + HOME;

const within = (value) => Math.min(1, Math.max(0, value));
const share = (at, from, lasts) => within((at - from) / lasts);
export const eased = (t) => t * t * (3 - 2 * t);

// `at` is in milliseconds, `out` the cells on a side of the result, `rest` the cell at which all comes to rest.
// window: its top left pixel, in steps; cell: the output cell whose numbers are on show; opened: how far the nine cells
// have come out of the photograph; sheet: how far the kernel has come over them; products: how many are multiplied;
// added: how far they have come together; dropped: how far the sum is on its way; made: output cells that are there;
// said: how many of the four sentences are.
export function poseAt(at, { out, taps, rest }) {
  const whole = { opened: 1, sheet: 1, products: taps, added: 1, dropped: 1 };
  if (at < SECOND) {
    const dropped = eased(share(at, DROPS, SECOND - DROPS));
    return {
      window: [0, 0],
      cell: 0,
      opened: eased(share(at, OPENS, COVERS - OPENS - 200)),
      sheet: eased(share(at, COVERS, MULTIPLIES - COVERS)),
      products: share(at, MULTIPLIES, ADDS - MULTIPLIES - 300) * taps,
      added: eased(share(at, ADDS, DROPS - ADDS - 300)),
      dropped,
      made: dropped === 1 ? 1 : 0,
      said: at < COVERS ? 1 : at < ADDS ? 2 : at < DROPS ? 3 : 4,
    };
  }
  let from = SECOND;
  for (const [index, lasts] of SLOW.entries()) {
    const t = share(at, from, lasts);
    if (at < from + lasts) {
      // The window takes a step, then the number goes where it belongs.
      const cell = index + 1;
      return {
        ...whole, window: [0, index + eased(share(t, 0, 0.45))], cell: t < 0.4 ? index : cell,
        dropped: t < 0.45 ? 1 : eased(share(t, 0.45, 0.55)), made: cell, said: 4,
      };
    }
    from += lasts;
  }
  const begun = SLOW.length + 1, all = out * out;
  if (at < SWEEP + REST) {
    // Slowly off, then ever quicker.
    const t = share(at, SWEEP, REST);
    const made = Math.min(all, begun + Math.floor((all - begun) * t ** 2.2));
    const cell = Math.min(all - 1, made);
    return { ...whole, window: [Math.floor(cell / out), cell % out], cell, made, said: 4 };
  }
  const t = eased(share(at, SWEEP + REST, HOME));
  const window = rest.map((to) => out - 1 + (to - (out - 1)) * t);
  const cell = t < 1 ? Math.round(window[0]) * out + Math.round(window[1]) : rest[0] * out + rest[1];
  return { ...whole, window, cell, made: all, said: 4 };
}
