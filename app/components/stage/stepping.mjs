// The layer's numbers that can be changed here: as Python said them last, with what was asked for since.

// What was asked for, in its order, over what Python said; `axis` null is all of a row's axes.
export function asked(rows, changes) {
  const now = rows.map((row) => ({ ...row, values: [...row.values], texts: [...row.texts] }));
  for (const { name, axis, value } of changes) {
    const row = now.find((each) => each.name === name);
    row?.values.forEach((_, at) => {
      if (axis !== null && axis !== at) return;
      row.values[at] = value;
      row.texts[at] = String(value);
    });
  }
  return now;
}

// How far a number goes on one axis, or on all of them, and the sentences for its two ends.
export function reach({ spans }, axis) {
  const [low, high] = [
    (a, b) => (b.least > a.least ? b : a),
    (a, b) => (b.most < a.most ? b : a),
  ].map((stricter) => (axis === null ? spans.reduce(stricter) : spans[axis]));
  return { least: low.least, most: Math.max(high.most, low.least), noLess: low.no_less, noMore: high.no_more };
}

export const isEven = ({ texts }) => texts.every((text) => text === texts[0]);

// One number of a row: its value, how it is written (`1.2` is a padding of unlike ends), what it is called.
export function numberOf(row, axis) {
  const at = axis ?? 0,
    side = row.values.length > 1 && axis !== null ? SIDES[row.name] ?? SIDES.any : null;
  return {
    value: row.values[at],
    text: row.texts[at].replace('.', '·'),
    name: side ? `${row.title} ${side[axis]}` : row.title,
    ...reach(row, axis),
  };
}
const SIDES = { stride: ['down', 'across'], any: ['height', 'width'] };

// `say(sentence)` tells why a number goes no further; `draw()` shows what was asked for at once.
export function createStepping({ commits, say, draw }) {
  let rows = [],
    owed = '';
  const now = () => asked(rows, commits.waiting('set'));
  const find = (name) => now().find((row) => row.name === name);

  // Whether the number could be given; if not, the nearest one is.
  function set(name, axis, wanted) {
    const row = find(name);
    const { value, least, most, noLess, noMore } = numberOf(row, axis);
    const given = Math.min(Math.max(wanted, least), most);
    const why = given === wanted ? '' : wanted < least ? noLess : noMore;
    if (why) say(why);
    const same = row.values.every((each, at) => (axis !== null && axis !== at) || each === given);
    if (!same || (axis === null && !isEven(row))) {
      const change = { name, axis, value: given };
      commits.add('set', change, change);
      owed = why;
      draw();
    }
    return given === wanted && given !== value;
  }
  return {
    receive: (next) => (rows = next),
    rows: now,
    find,
    set,
    step: (name, axis, by) => set(name, axis, numberOf(find(name), axis).value + by),
    isWaiting: () => commits.waiting('set').length > 0,
    // Once what was asked for is drawn, which says other things: why it is not all that was asked for.
    remind() {
      if (!owed || commits.waiting('set').length) return;
      say(owed);
      owed = '';
    },
  };
}
