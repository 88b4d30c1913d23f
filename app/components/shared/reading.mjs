// One number as people type it, by the grammar of `kernels.reading.read_number`: a test holds the two together.
// What comes out is what Python reads: a point, a plain minus. Kept short, as it is sent with each component.

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?$/i;

// The digits of every script stand in runs of ten, from 0 to 9.
function decimal(digit) {
  let at = digit.codePointAt(0), before = 9;
  for (; /\p{Nd}/u.test(String.fromCodePoint(at)); at -= 1) before += 1;
  return before % 10;
}

const plainText = (text) => text.replace(/\p{Cf}/gu, '').replace(/\p{Nd}/gu, decimal).trim()
  .replace(/[‐-–−－]/g, '-').replace(/[٫．]/g, '.').replace(/[٬，]/g, ',').replace(/^([-+])\s/, '$1');

// A typed number as { text, value }, or { wrong }: one sentence.
export function readNumber(typed, { largest = Number.MAX_VALUE, empty = '' } = {}) {
  const wrong = (what) => ({ wrong: `‘${typed.slice(0, 20)}’ ${what}.` });
  const parts = (plainText(typed) || empty).split(/\s*[/⁄∕／]\s*/);
  const doubtful = parts.find((part) => /^[-+]?[1-9]\d{0,2},\d{3}$/.test(part));
  if (doubtful) return wrong(`can mean ${doubtful.replace(',', '.')} or ${doubtful.replace(',', '')}`);
  const text = parts.map((part) => part.replace(/,(?=\d)/, '.')).join('/');
  const [top, bottom = '1'] = text.split('/');
  if (parts.length > 2 || ![top, bottom].every((part) => NUMBER.test(part))) return wrong('is not a number: write 3, −2.5 or 1/9');
  if (!Number(bottom)) return wrong('divides by zero');
  const value = top / bottom;
  if (!(Math.abs(value) <= largest)) return wrong(`is too large: write at most ${largest.toLocaleString('en')}`);
  return { text, value };
}
