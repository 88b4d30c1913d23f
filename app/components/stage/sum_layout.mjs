// Where the terms of the sums stand. Every number has a slot of fixed width, made for the longest number of the whole
// layer, so that nothing jumps from step to step. Where terms are many it gives way in levels, never below legible type.

// Each level's largest and smallest type, on how many lines a block of terms may go on, to how many digits its numbers
// are rounded, and whether steps between the terms and a result are written.
const LEVELS = [
  { name: 'pairs', most: 22, least: 15.5, lines: 1, digits: [4, 3], asides: [true, false] },
  { name: 'products', most: 22, least: 13.5, lines: 2, digits: [4, 3], asides: [true, false] },
  { name: 'products', most: 13, least: 12, lines: 2, digits: [3], asides: [false] },
  { name: 'rows', labels: true, most: 20, least: 13, lines: 1, digits: [4], asides: [false] },
  { name: 'rows', most: 20, least: 11, lines: 1, digits: [4], asides: [false] },
  { name: 'sums', most: 20, least: 11, lines: 1, digits: [4], asides: [false] },
];
// The result is set larger than its terms; calculation.css says the same.
export const TOTAL = 1.12;
// Channels below each other, each on a line of its own, have no room for what their products come from: it would be a
// wall. They have air between them instead.
const levelsOf = ({ blocks, total }, levels) => (total && blocks.length > 1 ? levels.filter(({ name }) => name !== 'pairs') : levels);
const LINE_HIGH = 1.3,
  AIR = 0.45,
  OPERATOR = { '+': 1.25, ',': 0.55 },
  MINUS = 0.6,
  BLOCK_GAP = 26,
  ONE_LINE = 1.35,
  NUMBER_AIR = 4,
  // Small print beside the numbers: pairs, names, notes.
  SMALL_PRINT = 0.66,
  SMALLEST = 10.5;

const small = (font, least = SMALLEST) => Math.max(font * SMALL_PRINT, least);
const wide = (length, font, em) => length * font * em;

// A fraction on one line: ( ... ) / 9.
const flatly = (block) => (block.fraction ? { ...block, fraction: false, open: 1, close: 4 + block.divisor } : block);

// One block's terms with what stands around them, from its own top left corner. Its name stands above them, or in
// `lead`, the room beside them.
function measureBlock(block, { rows, columns }, { level, font, lines, digits, em, asides, lead, print }) {
  const tiny = small(font, print),
    op = OPERATOR[block.between] * font,
    pairs = level.labels || (level.name === 'pairs' && block.pair > 0),
    rowwise = level.name === 'rows';
  if (rowwise && !block.rowwise) return null;
  const count = level.name === 'sums' ? 0 : rowwise ? rows : rows * columns,
    perLine = rowwise ? count : Math.ceil(rows / lines) * columns;
  const figures = rowwise ? block.row : block.value(digits),
    number = Math.max(wide(figures, font, em), pairs ? wide(level.labels ? 'row 0'.length : block.pair, tiny, em) : 0) + NUMBER_AIR,
    slot = op + number;
  const open = count ? wide(block.open, font, em) : 0,
    close = count ? wide(block.close, font, em) : 0,
    // A plus stands before its number, a comma behind it; before the first one there is at most a minus sign.
    before = block.between === '+',
    saved = !before ? op : perLine >= count ? op - font * MINUS : 0,
    body = count ? Math.min(perLine, count) * slot - saved : 0;
  const lineHigh = font * LINE_HIGH + (pairs ? tiny * 1.15 : 0),
    top = !lead && block.name ? tiny * 1.5 : 0,
    over = Math.max(1, Math.ceil(count / Math.max(1, perLine))) * lineHigh,
    under = block.fraction && count ? font * LINE_HIGH : 0,
    high = top + over + under;
  // What follows stands at the last line, beside a fraction at its bar.
  const after = block.fraction && count ? top + over : top + over - (font * LINE_HIGH) / 2;
  const termAt = (at) => {
    const line = Math.floor(at / perLine);
    return {
      x: lead + open + (at % perLine) * slot + (before ? op - saved : 0) + number / 2,
      op: lead + open + (at % perLine) * slot + (before ? op / 2 - saved : number + op / 2),
      y: top + line * lineHigh + lineHigh - (font * LINE_HIGH) / 2,
      ...(pairs && { pair: top + line * lineHigh + tiny * 0.65 }),
      width: number,
    };
  };
  let x = lead + open + body + close;
  const piece = (length, size) => {
    if (!length) return null;
    const width = wide(length, size, em) + NUMBER_AIR,
      made = { x: x + size * 0.4, y: after, width };
    x += width + size * 0.4;
    return made;
  };
  const aside = asides && count ? piece(block.aside, font) : null,
    end = piece(block.end, font),
    note = asides ? piece(block.note, tiny) : null;
  const [first, last] = count ? [termAt(0), termAt(count - 1)] : [];
  return {
    width: x,
    height: high,
    terms: () => Array.from({ length: count }, (_, at) => termAt(at)),
    name: block.name ? (lead ? { x: 0, y: top + over / 2 } : { x: 0, y: tiny * 0.7 }) : null,
    open: block.open && first ? { x: lead, y: first.y } : null,
    close: block.close && first ? { x: lead + open + body, y: last.y } : null,
    bar: block.fraction && first ? { x: lead, y: top + over, width: open + body } : null,
    divisor: block.fraction && first ? { x: lead + (open + body) / 2, y: top + over + (font * LINE_HIGH) / 2 } : null,
    aside,
    end,
    note,
  };
}

// The line that adds the channels' sums and the bias; for one channel without sums of its own, what follows its terms.
function measureTotal(total, { font, em }) {
  if (!total) return null;
  const op = OPERATOR['+'] * font;
  let x = 0;
  const slot = (length) => {
    const width = wide(length, font, em) + NUMBER_AIR,
      made = { x: x + op + width / 2, op: x + op / 2, width };
    x += op + width;
    return made;
  };
  const sums = Array.from({ length: total.sums }, () => slot(total.sum)),
    bias = total.bias ? slot(total.bias) : null,
    end = { x: x + font * 0.4, width: wide(total.end, font * TOTAL, em) + NUMBER_AIR };
  return { sums, bias, end, width: end.x + end.width, height: font * LINE_HIGH * 1.08 };
}

const moved = (place, x, y) =>
  place && { ...place, x: place.x + x, y: (place.y ?? 0) + y, ...(place.op !== undefined && { op: place.op + x }), ...(place.pair !== undefined && { pair: place.pair + y }) };

function placedBlock(block, x, y) {
  const made = { terms: block.terms().map((term) => moved(term, x, y)) };
  for (const name of ['name', 'open', 'close', 'bar', 'divisor', 'aside', 'end', 'note'])
    made[name] = moved(block[name], x, y);
  return made;
}

// One try: blocks in `across` columns, the total beside the only line or on a line of its own; null if it is too large.
function tried({ width, height, shape, em, print }, { level, font, lines, across, digits, asides, beside, apart }) {
  const names = Math.max(...shape.blocks.map(({ name }) => name)),
    lead = beside && names ? wide(names, small(font, print), em) + 14 : 0,
    flat = lead > 0;
  const measured = shape.blocks.map((block) =>
    measureBlock(flat ? flatly(block) : block, shape, { level, font, lines, digits, em, asides, lead, print }),
  );
  if (measured.includes(null)) return null;
  const total = measureTotal(shape.total, { font, em });
  const widths = Array.from({ length: across }, (_, column) =>
      Math.max(...measured.filter((_, at) => at % across === column).map((block) => block.width)),
    ),
    highOf = Math.max(...measured.map((block) => block.height)),
    down = Math.ceil(measured.length / across);
  const starts = widths.map((_, column) => widths.slice(0, column).reduce((sum, wide) => sum + wide + BLOCK_GAP, 0));
  const body = starts.at(-1) + widths.at(-1),
    least = down * highOf + (down - 1) * 2;
  // One channel's result stands at the end of its own line.
  const inline = total && measured.length === 1 && !apart;
  const whole = inline ? body + total.width : Math.max(body, total?.width ?? 0),
    foot = total && !inline ? total.height + 2 : 0;
  if (whole > width || least + foot > height) return null;
  // Between the lines, the total's too.
  const air = total && across === 1 && down > 1 ? Math.min((height - least - foot) / down, font * AIR) : 0,
    tall = least + down * air,
    high = tall + foot;
  const left = (width - (inline ? whole : body)) / 2,
    top = (height - high) / 2;
  const blocks = measured.map((block, at) =>
    placedBlock(
      block,
      left + starts[at % across],
      top + Math.floor(at / across) * (highOf + 2 + air),
    ),
  );
  const last = measured.at(-1);
  const place = inline
    ? { x: left + last.width, y: top + last.height - (font * LINE_HIGH) / 2 }
    : { x: totalLeft({ total, last, left, width, aligned: across === 1, figure: font * TOTAL * em }), y: top + tall + 2 + (total?.height ?? 0) / 2 };
  return {
    level: level.name,
    font,
    inline,
    small: small(font, print),
    digits,
    flat,
    blocks,
    total: total && {
      sums: total.sums.map((slot) => moved(slot, place.x, place.y)),
      bias: moved(total.bias, place.x, place.y),
      end: moved(total.end, place.x, place.y),
    },
  };
}

// The results stand below each other, where the lines of the channels do. One alone stands in the middle, without the
// room that is kept for a minus sign.
function totalLeft({ total, last, left, width, aligned, figure }) {
  if (!total) return 0;
  if (!total.sums.length && !total.bias) return Math.max(0, (width + figure - total.end.width) / 2 - total.end.x);
  const below = aligned && last.end ? left + last.end.x - total.end.x : -1;
  return below >= 0 && below + total.width <= width ? below : (width - total.width) / 2;
}

// In which ways a level can be set, the better ones first. Channels stand below each other with their names beside them,
// poolings side by side with their names above, or, where there are many, below each other as well.
function arrangements({ blocks, total, rows }, level) {
  const upwards = Array.from({ length: blocks.length }, (_, at) => at + 1),
    ways = total
      ? [
          { beside: true, columns: [1] },
          { beside: false, columns: upwards.slice(1) },
        ]
      : [
          { beside: false, columns: upwards.toReversed() },
          { beside: true, columns: blocks.length > 1 ? upwards : [] },
        ];
  const lines = Array.from({ length: Math.min(level.lines, rows) }, (_, at) => at + 1);
  return level.asides.flatMap((asides) =>
    lines.flatMap((count) => ways.map((way) => ({ ...way, asides, lines: count }))),
  );
}

// Terms and result on one line are worth smaller type.
const worth = ({ font, inline }) => font * (inline ? ONE_LINE : 1);

// Before an audience nothing is smaller than can be read from the back row, and a sum may take one more line for it.
const seenFrom = (legible) => LEVELS.map((level) => ({ ...level, most: Math.max(level.most, legible), least: Math.max(level.least, legible), lines: level.lines + 1 }));

// The most legible arrangement that fits into `width` and `height`. `em` is the width of a figure as a share of its type,
// `legible` the size below which type is used only where nothing else fits.
export function arrangeSum({ legible = 0, ...room }) {
  return (legible && arrangedIn({ ...room, print: legible }, seenFrom(legible))) || arrangedIn(room, LEVELS);
}

function arrangedIn({ width, height, shape, em = 0.54, large = 1, print }, levels) {
  const { blocks, total } = shape;
  for (const level of levelsOf(shape, levels))
    for (const { columns, ...way } of arrangements(shape, level)) {
      const found = level.digits
        .flatMap((digits) => columns.map((across) => ({ ...way, level, digits, across })))
        .flatMap((options) => (total && blocks.length === 1 ? [options, { ...options, apart: true }] : [options]))
        .map((options) => largestType({ width, height, shape, em, print }, options, level.most * large))
        .filter(Boolean);
      if (found.length) return found.reduce((best, next) => (worth(next) > worth(best) ? next : best));
    }
  return null;
}

// One arrangement in the largest type in which it fits, in steps of half a pixel; null if it never does.
function largestType(room, options, most) {
  const { least } = options.level,
    at = (steps) => tried(room, { ...options, font: least + steps / 2 });
  let [low, high, found] = [0, Math.floor((most - least) * 2), at(0)];
  if (!found) return null;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2),
      next = at(middle);
    if (next) [low, found] = [middle, next];
    else high = middle - 1;
  }
  return found;
}
