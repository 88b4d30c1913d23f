// What is drawn over a picture: a ring around one number, the picture's own border, hatching on its padding.

// Where the ring's words stand: at its right, or at its left where the tile ends; inside from top to bottom.
export function placeMark({ mark: [row, column], scale, width, height, radius, words }) {
  const x = (column + 0.5) * scale, y = (row + 0.5) * scale;
  const reach = radius + 5, right = x + reach + words <= width || x < width / 2;
  const half = radius + 3;
  return {
    x, y,
    textX: right ? x + reach : x - reach,
    textY: Math.max(half, Math.min(height - half, y)),
    anchor: right ? 'start' : 'end',
  };
}

// Everything outside the frame as one path, to be filled by the even-odd rule, and the frame's own outline.
export function placeFrame({ frame: [top, left, rows, columns], size, scale }) {
  const box = (y, x, high, wide) => `M${x * scale} ${y * scale}h${wide * scale}v${high * scale}h${-wide * scale}z`;
  const inner = box(top, left, rows, columns);
  // What reaches beyond the tile must not count as outside it.
  const bottom = Math.max(size[0], top + rows), end = Math.max(size[1], left + columns);
  const first = Math.min(0, top), start = Math.min(0, left);
  return { outside: box(first, start, bottom - first, end - start) + inner, line: inner };
}
