// Where things are: pictures on the screen, the patch on both of them. Sizes are [height, width] in pixels of
// the full picture.

// One scale for both pictures, so that a result that is smaller looks smaller.
export function fitScale({ sizes, room, height, largest = 24 }) {
  return Math.min(largest, ...sizes.flatMap(([rows, columns]) => [height / rows, room / columns]));
}

export function clampPatch({ row, column, size, picture }) {
  const inside = (start, axis) => Math.max(0, Math.min(Math.round(start), picture[axis] - size[axis]));
  return { row: inside(row, 0), column: inside(column, 1) };
}

// A place in the original, in pixels from its corner, as a place in the result: where the windows centred on
// it put their answers.
export function toResult({ point, place: { before, reach, stride } }) {
  return point.map((at, axis) => (at + before[axis] - reach[axis] / 2) / stride[axis] + 0.5);
}

export function toOriginal({ point, place: { before, reach, stride } }) {
  return point.map((at, axis) => (at - 0.5) * stride[axis] - before[axis] + reach[axis] / 2);
}

// The patch as a box on the screen, never so small that it cannot be seen or taken hold of.
export function screenBox({ corner, size, scale, least = 12 }) {
  const [height, width] = size.map((length) => Math.max(length * scale, least));
  const [top, left] = corner.map((at, axis) => (at + size[axis] / 2) * scale - [height, width][axis] / 2);
  return { top, left, height, width };
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function keyStep({ key, shiftKey }) {
  return STEPS[key]?.map((step) => step * (shiftKey ? 8 : 1)) ?? null;
}

// Whether a patch that arrives with new data is news, or the echo of one that was sent from here: reruns may
// skip some, never reorder them.
export function receivePatch({ given, known, sent }) {
  const echo = sent.lastIndexOf(given);
  if (echo >= 0) return { adopt: false, known: given, sent: sent.slice(echo + 1) };
  return { adopt: given !== known, known: given, sent: given === known ? sent : [] };
}
