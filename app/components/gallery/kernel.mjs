// A kernel as a grid of tinted cells, with its numbers where they can be read.

const LARGEST_WRITTEN = 5, TIP_LETTER = 7.4, TIP_GAP = 9;

// Beside a title (`room` pixels wide in all) the grid may take less than half of the room.
export function kernelCells({ texts, columns, room, font, large = false }) {
  const rows = texts.length / columns;
  const longest = Math.max(...texts.map((text) => text.length));
  const wish = Math.max(font * 1.6, (longest * 0.64 + 0.7) * font);
  const written = Math.max(rows, columns) <= LARGEST_WRITTEN && wish * columns <= room * (large ? 1 : 0.45);
  if (large) {
    const cell = Math.min(room / columns, written ? Math.max(wish, 40) : 24);
    return { written, width: Math.floor(cell), height: Math.floor(cell) };
  }
  if (written) return { written, width: Math.ceil(wish), height: Math.ceil(font * 1.6) };
  const side = Math.max(2, Math.min(9, Math.floor(52 / Math.max(rows, columns))));
  return { written, width: side, height: side };
}

// Whether all numbers of a grid that is too small for them fit into a note as wide as the tile.
export function isTold({ texts, columns, room }) {
  const longest = Math.max(...texts.map((text) => text.length));
  return columns * (longest * TIP_LETTER + TIP_GAP) <= room && texts.length / columns <= 2 * LARGEST_WRITTEN;
}
