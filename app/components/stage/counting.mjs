// What the sum has come to, while its parts arrive one by one. Added in the order in which `windowSum` adds, so that
// the last partial sum is the sum itself.
import { total } from './windows.mjs';

const landed = (values, flights) => values.filter((value, at) => value !== null && flights[at] === 1);

// The sum of one channel's products that have landed; null before the first of them. `flights` are that channel's.
export function partialSum({ products, flights }) {
  const there = landed(products, flights);
  if (there.length) return total(there);
  return flights.every((flight) => flight === 1) ? 0 : null;
}

// The sums of the channels that have arrived, with the bias once it is there; null before the first of them.
export function partialTotal({ sums, gathers, bias, adding }) {
  const there = landed(sums, gathers);
  return there.length ? total(there) + (adding === 1 ? bias : 0) : null;
}

// What a pooling has come to with the cells that have landed: `pool` makes one number of those that are there.
export function partialPool({ products, flights, pool }) {
  const there = landed(products, flights);
  return there.length ? pool(there) : null;
}
