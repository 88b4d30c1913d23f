// Where things are: places of the original, the windows on it and the pixels of the result. An axis is
// { before, taps, dilation, reach, stride, outputs, size }: `size` pixels of the original, `before` cells of padding
// in front of them, windows of `taps` pixels that reach over `reach`. A place is a pixel of the original; it may lie
// outside, in padding that is wider than half a window.

export const clamp = (value, low, high) => Math.max(low, Math.min(value, high));

// The result's pixel whose window is centred nearest to a place. Halfway between two of them, which happens with
// even kernels and with strides, it is the first: floor. Clamped, so that every place of the picture has one.
export function outputIndex(at, { before, reach, stride, outputs }) {
  // In halves of a pixel, so that ties are exact.
  const doubled = 2 * (at + before) - (reach - 1);
  return clamp(Math.ceil((doubled - stride) / (2 * stride)), 0, outputs - 1);
}

// The pixel in the middle of a window; of an even window the one after its middle, so that `outputIndex` finds
// the window again.
export const centreOf = (index, axis) => windowStart(index, axis) + Math.floor(axis.reach / 2);

// The first pixel of a window, negative in the padding.
export const windowStart = (index, { before, stride }) => index * stride - before;

// The pixel that cell `at` of an axis of `size` pixels shows, or -1 where padding is a constant.
export function sourceIndex(at, size, mode) {
  if (at >= 0 && at < size) return at;
  if (mode === 'replicate') return clamp(at, 0, size - 1);
  if (mode === 'circular') return ((at % size) + size) % size;
  if (mode !== 'reflect') return -1;
  if (size === 1) return 0;
  const period = 2 * (size - 1), turned = ((at % period) + period) % period;
  return Math.min(turned, period - turned);
}

// A point of the original, in pixels from its corner, as a point of the result: the middle of a window lies
// under the middle of the pixel it gives.
export const toResult = (at, { before, reach, stride }) => (at + before - reach / 2) / stride + 0.5;
export const toOriginal = (at, { before, reach, stride }) => (at - 0.5) * stride - before + reach / 2;

const ARROWS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export function keyStep({ key, shiftKey }) {
  return ARROWS[key]?.map((step) => step * (shiftKey ? 8 : 1)) ?? null;
}

// Whether a place that arrives with new data is news, or the echo of one that was sent from here: reruns may
// skip some, never reorder them.
export function receivePlace({ given, known, sent }) {
  const echo = sent.lastIndexOf(given);
  if (echo >= 0) return { adopt: false, known: given, sent: sent.slice(echo + 1) };
  return { adopt: given !== known, known: given, sent: given === known ? sent : [] };
}
