// What there is to read at a place: the window on it, its sum, what is shown there.
import { agrees, windowAt, windowSum } from './arithmetic.mjs';
import { clamp, nearestWindow } from './axis.mjs';
import { differenceWords } from './words.mjs';

const axesOf = ({ header }) => header.layer.axes;
export const factorOf = ({ header }, name) => header[name].factor;

export const indexOf = (loupe, place) => place.map((at, along) => nearestWindow(at, axesOf(loupe)[along]));

// The window as a box on the original.
export const windowBox = (loupe, index) => ({
  corner: axesOf(loupe).map(({ first }, along) => first[index[along]]),
  size: axesOf(loupe).map(({ reach }) => reach),
});

const windowIn = ({ panels, header: { layer } }, axes, index) => windowAt({
  pixels: panels.original.pixels, planes: layer.planes, axes, index, paddingValue: layer.padding_value,
});
export const liveWindow = (loupe, index) => windowIn(loupe, axesOf(loupe), index);
export const sumOf = ({ header }, { values }) => windowSum({ values, kernel: header.layer.kernel });

// Where the original is drawn smaller: the pixels that are drawn, round the one at this place.
export function drawnWindow(loupe, place) {
  const axes = loupe.header.layer.drawn, factor = factorOf(loupe, 'original');
  const index = place.map((at, along) => nearestWindow(Math.floor(at / factor), axes[along]));
  return {
    window: windowIn(loupe, axes, index),
    corner: axes.map(({ first }, along) => first[index[along]] * factor),
    size: axes.map(({ reach }) => reach * factor),
  };
}

// The result's pixel as it is shown; null where it is drawn smaller.
export function shownAt({ panels, plane, header }, index) {
  if (header.result.factor > 1) return null;
  const { source, pixels } = panels.result;
  return pixels[4 * (index[0] * source.width + index[1]) + (header.layer.kernel.sums_over ? 0 : plane)];
}

// What the layer computed at the pinned place: its own window, and whether our sums agree with its values.
export function checkedAt(loupe, index) {
  const { computed, header } = loupe;
  if (String(computed.index) !== String(index)) return null;
  const live = liveWindow(loupe, index), { kernel } = header.layer, expected = computed.values;
  const window = { values: computed.window, padded: live.padded }, sum = sumOf(loupe, window);
  const drawn = factorOf(loupe, 'original') > 1 ? sum : sumOf(loupe, live);
  const wrong = [sum, drawn].find((one) => !agrees({ sum: one, kernel, expected }));
  const { results } = wrong ?? sum;
  return { window, sum, differs: differenceWords({ agree: !wrong, results, expected }) };
}

// Under a point of a picture: the result's pixel and the place in the original; null beside the picture.
export function pointedAt(loupe, { name, point }) {
  const { origin, scale } = loupe.views[name], { size } = loupe.header[name];
  const at = point.map((length, along) => Math.floor(origin[along] + length / scale[along]));
  if (at.some((place, along) => place !== clamp(place, 0, size[along] - 1))) return null;
  if (name === 'original') return { index: indexOf(loupe, at), place: at };
  return { index: at, place: at.map((pixel, along) => axesOf(loupe)[along].middles[pixel]) };
}
