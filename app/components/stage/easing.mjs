// How things move: from rest to rest, without a jolt.

export const clamp = (value) => Math.min(Math.max(0, value), 1);
// Slow at both ends.
export const smooth = (t) => t * t * t * (t * (6 * t - 15) + 10);
// Let go, and slowing down.
export const settle = (t) => 1 - (1 - t) ** 3;
export const between = (from, to, t) => from + (to - from) * t;

// From one place to another on a flat arc that rises by `rise` in the middle. Places are {x, y, scale}.
export function onTheWay({ from, to, t, rise = 0 }) {
  const at = smooth(t);
  return {
    x: between(from.x, to.x, at),
    y: between(from.y, to.y, at) - rise * Math.sin(Math.PI * at),
    scale: between(from.scale, to.scale, at),
  };
}
