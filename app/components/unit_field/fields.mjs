// From one unit back to the input: which cells each map before it is seen through. Only Python's tables are read.
import { placeName } from '../shared/places.mjs';

// The cells that any of the cells from `first` to `last` reads: [first, last], or null.
export function spanOver(spans, [first, last]) {
  const read = spans.slice(first, last + 1).filter(Boolean);
  if (!read.length) return null;
  return [Math.min(...read.map(([a]) => a)), Math.max(...read.map(([, b]) => b))];
}

const joined = (one, other) => (one && other ? [Math.min(one[0], other[0]), Math.max(one[1], other[1])] : (one ?? other));

// For each stop up to `at`: [rows, columns] that the unit there depends on, null where it depends on none.
export function fieldsOf(stops, at, [row, column]) {
  const fields = stops.map(() => null);
  fields[at] = [[row, row], [column, column]];
  for (let index = at; index > 0; index -= 1) {
    const field = fields[index];
    if (!field) continue;
    const read = field.map((span, axis) => spanOver(stops[index].spans[axis], span));
    if (read.includes(null)) continue;
    for (const source of stops[index].inputs) {
      const before = fields[source];
      fields[source] = read.map((span, axis) => joined(before?.[axis] ?? null, span));
    }
  }
  return fields;
}

const many = ([first, last]) => last - first + 1;
const place = ([first, last]) => (first === last ? `${first}` : `${first} to ${last}`);

// What is said of the unit and its field.
export function fieldSentence(stops, at, [row, column], fields) {
  const unit = `Unit at ${placeName(row, column)} of ${stops[at].name}`;
  const seen = fields[0];
  if (!seen) return `${unit} sees nothing of the input.`;
  const [rows, columns] = seen;
  return `${unit} sees ${many(rows)} × ${many(columns)} cells of the input: rows ${place(rows)}, columns ${place(columns)}.`;
}
