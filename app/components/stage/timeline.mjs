// One step as a little story: the window moves, products appear channel by channel, sums, bias, result.

const MOVE = 320,
  PRODUCT = 170,
  SUM = 320,
  BIAS = 320,
  RESULT = 300,
  REST = 420,
  LONGEST = 2400;

// Milliseconds at speed 1 at which each thing appears.
export function timeline({ channels, taps, bias }) {
  const product = Math.min(PRODUCT, LONGEST / (channels * taps));
  const products = [],
    sums = [];
  let at = MOVE;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let tap = 0; tap < taps; tap += 1) products.push((at += product));
    sums.push((at += channels > 1 ? SUM : 0));
  }
  const biasAt = (at += bias ? BIAS : 0);
  const result = (at += RESULT);
  return { products, sums, bias: biasAt, result, end: at + REST };
}

// How far the story has come after `elapsed` milliseconds (before 0 counts as 0).
export function phaseAt({ story, elapsed }) {
  const now = Math.max(0, elapsed);
  const passed = (marks) => {
    let count = 0;
    while (count < marks.length && marks[count] <= now) count += 1;
    return count;
  };
  return {
    products: passed(story.products),
    sums: passed(story.sums),
    bias: now >= story.bias,
    result: now >= story.result,
    over: now >= story.end,
  };
}
