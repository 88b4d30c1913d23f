// Where a page of whole blocks begins: a clicker turns a long look as if it were slides.

const SLACK = 2;

// `blocks` are [top, bottom] in their order, `top` is what is scrolled to, `end` how far that can go, and `height` what
// is seen; the answer is where to scroll, the same `top` where there is nothing more in that direction.
export function turnedTo({ blocks, top, end, height, step }) {
  const within = (at) => Math.min(Math.max(0, at), end);
  if (step > 0) {
    const cut = blocks.find(([, bottom]) => bottom > top + height + SLACK);
    if (!cut) return top;
    // A block taller than the screen is read on, a few lines seen twice.
    return within(cut[0] > top + SLACK ? cut[0] : top + 0.9 * height);
  }
  const above = blocks.findLast(([start]) => start < top - SLACK);
  if (!above) return within(top) > SLACK ? 0 : top;
  if (above[1] - above[0] > height) return within(Math.max(above[0], top - 0.9 * height));
  const first = blocks.find(([start]) => start >= above[1] - height - SLACK);
  return first === blocks[0] ? 0 : within(first[0]);
}
