// What differs between two pictures of the stage: where each panel comes from, how much of it is new, whom a changed
// number reaches. Pure; tweening.mjs makes it move.
import { between } from './easing.mjs';
import { isRead, pairsOf, spanOf } from './links.mjs';
import { range } from './windows.mjs';

// In so many parts a way is drawn that is not straight.
const MOMENTS = 8;

// Where a panel stands: the corner of its first own cell (`before`: cells of padding above and left of it) and its size.
export const standOf = ({ x, y, size, rows, columns }, before = [0, 0]) => ({
  x: x + before[1] * size,
  y: y + before[0] * size,
  size,
  before,
  after: [rows - before[0], columns - before[1]],
});

// The move of a panel: the transform of its group that shows it where it was, and how much of each side was not there.
export function moveOf(from, to) {
  const scale = from.size / to.size;
  const grown = (now, then) => Math.max(0, now - then) * to.size;
  return {
    x: from.x - to.before[1] * from.size,
    y: from.y - to.before[0] * from.size,
    scale,
    // Top, right, bottom, left, in the panel's own units.
    inset: [
      grown(to.before[0], from.before[0]),
      grown(to.after[1], from.after[1]),
      grown(to.after[0], from.after[0]),
      grown(to.before[1], from.before[1]),
    ],
  };
}
// That move, moment by moment: where the panel is, and at what scale. `to` is where it comes to rest.
export function momentsOf(move, to) {
  const [x, y] = [to.x - to.before[1] * to.size, to.y - to.before[0] * to.size];
  const count = move.scale === 1 ? 1 : MOMENTS;
  return range(count + 1).map((nth) => {
    const t = nth / count;
    return { t, x: between(move.x, x, t), y: between(move.y, y, t), scale: between(move.scale, 1, t) };
  });
}
// The way within that panel of what goes evenly on the screen, from one of the panel's own lengths to another: evenly in
// the panel, which is scaled on its way, it would swing out and back.
export function evenly(moments, axis, from, to) {
  const [first, last] = [moments[0], moments.at(-1)],
    seen = (moment, length) => moment[axis] + length * moment.scale;
  return moments.map(({ t, scale, [axis]: at }) => (between(seen(first, from), seen(last, to), t) - at) / scale);
}
// Where taps that are pulled apart lie at each moment, [row, column] each, counted from the first of them in cells.
export function tapsAlong(moments, [before, after], { margin: [top, left], size }) {
  const ways = before.map((from, tap) => {
    const along = (axis, at, edge) => evenly(moments, axis, (from[at] + edge) * size, (after[tap][at] + edge) * size);
    return [along('y', 0, top), along('x', 1, left)];
  });
  return moments.map((_, nth) => ways.map((way) => way.map((each, at) => (each[nth] - ways[0][at][nth]) / size)));
}
// What is clipped away of each side at each moment: top, right, bottom, left.
export function insetsOf(move, moments, { wide, high }) {
  const [top, right, bottom, left] = move.inset;
  const above = evenly(moments, 'y', top, 0),
    below = evenly(moments, 'y', high - bottom, high),
    before = evenly(moments, 'x', left, 0),
    after = evenly(moments, 'x', wide - right, wide);
  return moments.map((_, nth) => [above[nth], wide - after[nth], high - below[nth], before[nth]]);
}
// The cells that a panel had and has no more, as it counts rows and columns now.
export function goneOf(from, to) {
  const extent = (stand, axis) => [to.before[axis] - stand.before[axis], to.before[axis] + stand.after[axis]];
  const [rows, columns] = [0, 1].map((axis) => extent(from, axis));
  const kept = ([row, column]) => [row, column].every((at, axis) => at >= 0 && at < to.before[axis] + to.after[axis]);
  const every = pairsOf(range(rows[1] - rows[0]), range(columns[1] - columns[0]));
  return every.map(([row, column]) => [row + rows[0], column + columns[0]]).filter((at) => !kept(at));
}
export const isMove = ({ x, y, scale, inset }, to) =>
  scale !== 1 || inset.some(Boolean) || x !== to.x - to.before[1] * to.size || y !== to.y - to.before[0] * to.size;

// A window's taps, counted from the input's first own cell: pairs [row, column], null for one that reads nothing.
export const tapsOf = ({ rows, columns }, [top, left]) =>
  pairsOf(rows, columns).map((at) => (at.every(isRead) ? [at[0] - top, at[1] - left] : null));

// Taps that were pulled apart or pushed together: as many as before, all of them reading.
export const isSpread = (before, after) =>
  before.length === after.length &&
  [...before, ...after].every(Boolean) &&
  before.some((at, index) => at[0] - before[0][0] !== after[index][0] - after[0][0] || at[1] - before[0][1] !== after[index][1] - after[0][1]);

// How far the window moves from one output cell to the next, along an axis.
const pace = (links) => {
  if (links.outputs < 2) return null;
  const [first, second] = [spanOf(links.window(0)), spanOf(links.window(1))];
  return first && second ? second[0] - first[0] : null;
};
// The steps one window further down and across, where the stride there has grown; and whether it grew at all.
export function nextWindows(before, after, step) {
  const { row, column } = after.place(step),
    next = [];
  const grew = (axis) => {
    const [then, now] = [pace(before.links[axis]), pace(after.links[axis])];
    return then !== null && now !== null && now > then;
  };
  const inMap = step - row * after.columns - column;
  if (grew(1)) next.push(column + 1 < after.columns ? step + 1 : step - 1);
  if (grew(0)) next.push(inMap + (row + 1 < after.rows ? row + 1 : row - 1) * after.columns + column);
  return next;
}

const differing = (then, now) => range(now.length).filter((index) => then[index] !== now[index]);
// The changed numbers of a picture whose geometry stayed: {kind, places: the output cells that each one reaches}. Null
// where none changed, or so many that they are another layer's numbers.
export function editOf(before, after, most = 4) {
  const { height, width, rows, columns, taps, per } = after;
  const planeOf = (index) => Math.floor(index / (height * width));
  const cellOf = (index) => [Math.floor(index / width) % height, index % width];
  const inputs = differing(before.input.values, after.input.values).filter((index) => after.zone(...cellOf(index), planeOf(index)) === 'input');
  const weights = after.conv ? differing(before.kernel.values, after.kernel.values) : [];
  const biases = after.bias && before.bias ? differing(before.bias, after.bias) : [];
  const count = inputs.length + weights.length + biases.length;
  if (!count || count > most) return null;
  const on = (map) => (at) => [map, ...at];
  const users = {
    input: inputs.flatMap((index) => {
      const maps = after.mapsReading(planeOf(index));
      return maps.flatMap((map) => after.users(...cellOf(index)).map(on(map)));
    }),
    kernel: weights.flatMap((index) => {
      const tap = [Math.floor((index % taps) / after.kernelSize[1]), index % after.kernelSize[1]];
      return after.mapsOf(Math.floor(index / (taps * per))).flatMap((map) => after.tapUsers(...tap).map(on(map)));
    }),
    bias: biases.flatMap((kernel) => after.mapsOf(kernel).flatMap((map) => pairsOf(range(rows), range(columns)).map(on(map)))),
  };
  const kind = inputs.length ? 'input' : weights.length ? 'kernel' : 'bias';
  return { kind, places: Object.values(users).flat() };
}

// The same places in rings around the first of them, at most so many: [[map, row, column], ...] each.
export function ringsOf(places, most = 5) {
  if (!places.length) return [];
  const [[, top, left]] = places;
  const distance = ([, row, column]) => Math.hypot(row - top, column - left);
  const reach = Math.max(1, ...places.map(distance));
  const rings = range(most).map(() => []);
  places.forEach((place) => rings[Math.min(most - 1, Math.floor((distance(place) / reach) * most))].push(place));
  return rings.filter((ring) => ring.length);
}
