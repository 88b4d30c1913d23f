// One number as people type it, by the grammar of `kernels.reading.read_number`: a test holds the two together.
// What comes out is what Python reads: a point, a plain minus.

const NUMBER = /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?$/i;
const MAYBE_THOUSANDS = /^[-+]?[1-9]\d{0,2},\d{3}$/;
const THOUSANDS = /^[-+]?[1-9]\d{0,2}((,\d{3}){2,}(\.\d*)?|(,\d{3})+\.\d*|([' _])\d{3}(\5\d{3})*(\.\d*)?)$/;
const DECIMAL_COMMA = /^[-+]?\d*,\d+(e[-+]?\d{1,3})?$/i;
const MOST_CHARACTERS = 60;
const SAME = [
  [/[\u2212\u2010-\u2013\ufe63]/g, '-'],
  [/[\u00a0\u2002\u2003\u2007-\u200a\u202f\u3000]/g, ' '],
  [/\u066b/g, '.'],
  [/[\u066c\u3001\ufe50]/g, ','],
  [/[\u2044\u2215]/g, '/'],
  [/\u2019/g, "'"],
  [/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0)],
  [/\p{Cf}/gu, ''],
  [/\p{Nd}/gu, decimal],
];

// The digits of every script stand in runs of ten, from 0 to 9.
function decimal(digit) {
  const code = digit.codePointAt(0);
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

function plainText(text) {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  return SAME.reduce((plain, [pattern, same]) => plain.replace(pattern, same), text);
}

// Without separators of thousands, with a decimal point; or { readings } where a comma can be both.
function writtenPlainly(part) {
  if (MAYBE_THOUSANDS.test(part)) return { readings: [part.replace(',', '.'), part.replace(',', '')] };
  if (THOUSANDS.test(part)) return { text: part.replace(/[,' _]/g, '') };
  if (DECIMAL_COMMA.test(part)) return { text: part.replace(',', '.') };
  return { text: part.replace(/([\d.])f$/i, '$1') };
}

// A typed number as { text, value }, or { wrong }: one sentence.
export function readNumber(typed, { largest = Number.MAX_VALUE, empty = '' } = {}) {
  const plain = plainText(typed).trim() || empty;
  const noNumber = { wrong: `‘${typed.trim().slice(0, 20)}’ is not a number: write 3, −2.5 or 1/9.` };
  if (plain.length > MOST_CHARACTERS) return { wrong: `Write one number of at most ${MOST_CHARACTERS} characters.` };
  const parts = plain.replace(/^([-+]) (?=\S)/, '$1').split(/\s*\/\s*/).map(writtenPlainly);
  const doubtful = parts.find(({ readings }) => readings);
  if (doubtful) {
    const [pointed, whole] = doubtful.readings;
    return { wrong: `‘${plain}’ can mean ${pointed} or ${whole}: write the one you mean.` };
  }
  const [top, bottom, ...more] = parts.map(({ text }) => text);
  if (!NUMBER.test(top) || (bottom !== undefined && !NUMBER.test(bottom)) || more.length) return noNumber;
  const text = bottom === undefined ? top : `${top}/${bottom}`;
  if (bottom !== undefined && Number(bottom) === 0) {
    return { wrong: `‘${text.slice(0, 20)}’ divides by zero: write 3, −2.5 or 1/9.` };
  }
  const value = bottom === undefined ? Number(top) : top / bottom;
  if (!(Math.abs(value) <= largest)) {
    return { wrong: `‘${text.slice(0, 20)}’ is too large: write at most ${largest.toLocaleString('en')}.` };
  }
  return { text, value };
}
