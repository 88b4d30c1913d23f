// What part of the pictures is seen, and how large. A view is { zoom, centre }: how many times larger than fitted,
// and the point of the original in the middle. Lengths of frames are on the screen, all others in full-size pixels.
import { clamp, toOriginal, toResult } from './axis.mjs';

const LARGEST = 64;
const SCALES = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8, 16, 36, LARGEST];
export const FITTED = { zoom: 1, centre: [0, 0] };

const both = (make) => [make(0), make(1)];

// One scale for both pictures, so that a result that is smaller looks smaller. Under a curtain the result lies on
// the original, stretched by its strides, and both have to be seen whole: `low` to `high` in the original.
export function layoutOf({ sizes: [original, result], axes, room, curtain }) {
  const edges = (along) => [0, result[along]].map((at) => toOriginal(at, axes[along]));
  const low = both((along) => (curtain ? Math.min(0, edges(along)[0]) : 0));
  const high = both((along) => (curtain ? Math.max(original[along], edges(along)[1]) : original[along]));
  const whole = both((along) => high[along] - low[along]);
  const shown = curtain ? [whole] : [original, result];
  const fit = Math.min(LARGEST, ...shown.flatMap((size) => size.map((length, along) => room[along] / length)));
  const height = Math.max(...shown.map(([rows]) => rows)) * fit;
  // Side by side, the width that a narrow picture leaves free is used once it is zoomed.
  const frame = [height, curtain ? whole[1] * fit : room[1]];
  // Enlarged, the padding can be seen too, so that a window over the edge is seen whole.
  const ends = both((along) => {
    const [first, last] = axes[along].ends;
    return [Math.min(low[along], first), Math.max(high[along], last)];
  });
  return { low, high, ends, fit, frame, axes, result, curtain };
}

// Where a view of `seen` pixels starts: at the beginning of what fits, else between the ends of what does not.
const inside = (start, seen, low, high, [first, last] = [low, high]) =>
  (high - low <= seen * (1 + 1e-9) ? low : clamp(start, first, last - seen));

// For each picture the { origin, scale } with which it is drawn: a point p lies at (p - origin) * scale.
export function viewsOf({ zoom, centre }, { low, high, ends, fit, frame, axes, result, curtain }) {
  const scale = fit * zoom, seen = frame.map((length) => length / scale);
  const origin = both((at) => inside(centre[at] - seen[at] / 2, seen[at], low[at], high[at], ends[at]));
  const original = { origin, scale: [scale, scale] };
  if (curtain) {
    const start = both((at) => toResult(origin[at], axes[at]));
    return { original, result: { origin: start, scale: axes.map(({ step }) => scale * step) } };
  }
  const start = both((at) => {
    const middle = toResult(origin[at] + seen[at] / 2, axes[at]);
    const [first, last] = ends[at].map((end) => toResult(end, axes[at]));
    return inside(middle - seen[at] / 2, seen[at], 0, result[at], [Math.min(0, first), Math.max(result[at], last)]);
  });
  return { original, result: { origin: start, scale: [scale, scale] } };
}

// The view after zooming by a factor with the point of the original at `spot` on the screen staying there.
export function zoomed(view, layout, { factor, spot, finest = 1 }) {
  const { origin, scale: [scale] } = viewsOf(view, layout).original;
  const zoom = clamp(view.zoom * factor, 1, Math.max(1, LARGEST / finest / layout.fit));
  const next = zoom * layout.fit;
  return settled({
    zoom,
    centre: both((at) => origin[at] + spot[at] / scale + (layout.frame[at] / 2 - spot[at]) / next),
  }, layout);
}

export function panned(view, layout, by) {
  const scale = layout.fit * view.zoom;
  return settled({ ...view, centre: both((at) => view.centre[at] - by[at] / scale) }, layout);
}

// So that a box of the original is seen, or its middle where it is too large.
export function revealed(view, layout, { corner, size }) {
  const { origin, scale: [scale] } = viewsOf(view, layout).original;
  return settled({
    ...view,
    centre: both((at) => {
      const half = layout.frame[at] / scale / 2, middle = corner[at] + size[at] / 2;
      const room = Math.max(0, half - size[at] / 2);
      return clamp(origin[at] + half, middle - room, middle + room);
    }),
  }, layout);
}

// The centre as it is really seen, so that panning past an edge is not remembered.
function settled(view, layout) {
  const { origin, scale: [scale] } = viewsOf(view, layout).original;
  return { ...view, centre: both((at) => origin[at] + layout.frame[at] / scale / 2) };
}

// The factor to the next round scale, in (1) or out (-1).
export function zoomStep(scale, direction) {
  const beyond = direction > 0
    ? SCALES.find((other) => other > scale * 1.01)
    : SCALES.findLast((other) => other < scale * 0.99);
  return (beyond ?? scale) / scale;
}

export function zoomWords(scale) {
  const short = (value) => String(Number(value.toPrecision(value < 10 ? 2 : 3)));
  return scale >= 1 ? `${short(scale)}×` : `1 : ${short(1 / scale)}`;
}

// A box of pixels on the screen, never so small that it cannot be seen.
export function screenBox({ corner, size, view: { origin, scale }, least }) {
  const [height, width] = both((at) => Math.max(size[at] * scale[at], least));
  const middle = both((at) => (corner[at] + size[at] / 2 - origin[at]) * scale[at]);
  return { top: middle[0] - height / 2, left: middle[1] - width / 2, height, width };
}
