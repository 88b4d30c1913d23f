// What was found of the places: Python's word, and what is still on its way. Pure.

// `waiting` are what was done since, in its order: { axis, cell }, or { again: true }.
export function foundWith(axes, waiting) {
  const found = axes.map((axis) => new Set(axis.found));
  for (const { again, axis, cell } of waiting) {
    if (again) found.forEach((cells) => cells.clear());
    else found[axis]?.add(cell);
  }
  return found.map((cells) => [...cells].sort((one, other) => one - other));
}

export const isWhole = (axis, found) => axis.places.filter(({ legal }) => legal).length === found.length;

// The first axis that is not counted to its end: the one to go on with; null when all are.
export function axisToCount(axes, found) {
  const at = axes.findIndex((axis, index) => !isWhole(axis, found[index]));
  return at < 0 ? null : at;
}

const many = (count) => `${count} place${count === 1 ? '' : 's'}`;
export function tally(axis, found) {
  if (!found.length) return `${axis.title}: none found yet`;
  return isWhole(axis, found) ? `${axis.title}: ${many(found.length)}, all of them` : `${axis.title}: ${many(found.length)} so far`;
}
