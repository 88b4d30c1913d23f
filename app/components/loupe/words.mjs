// The sentences that change with the place.

import { formatNumber } from '../shared/numbers.mjs';
import { placeName } from '../shared/places.mjs';

const signed = (value) => String(value).replace('-', '−');

function lines(one, start, { reach }) {
  if (reach === 1) return `${one} ${signed(start)}`;
  return `${one}s ${signed(start)}${start < 0 ? ' to ' : '–'}${signed(start + reach - 1)}`;
}

// `near`: where only a smaller drawing is at hand, a place that it shows.
export function windowWords({ pinned, starts, axes, near = null }) {
  const window = near
    ? `near ${placeName(...near.map(signed))}`
    : `${lines('row', starts[0], axes[0])}, ${lines('column', starts[1], axes[1])}`;
  return `${pinned ? 'Pinned' : 'Pointer'}: ${window}`;
}

export function noteWords({ pinned, touch }) {
  if (touch) return 'Tap another place to read it.';
  return pinned ? 'Move to read, click to pin.' : 'Click to pin.';
}

// In place of a sum, where only a smaller drawing is at hand.
export function meansWords({ factor, waiting }) {
  return `Drawn smaller: each value here is the mean of ${factor} × ${factor} pixels; ${
    waiting ? 'reading the real ones.' : 'click for the real ones.'}`;
}

// For a screen reader: a rounded number is said to be one.
export const spokenNumber = (value) => formatNumber(value, 6).replace('≈', 'about ');

// Empty where both agree.
export function differenceWords({ agree, results, expected }) {
  if (agree) return '';
  const list = (values) => values.map(signed).join(', ');
  return `The products shown here give ${list(results)}, but the layer computed ${list(expected)}.`;
}
