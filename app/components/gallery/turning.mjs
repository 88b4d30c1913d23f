// A presenter's clicker goes from map to map: Enter or a click then opens the one that has the focus.
import { isPlain } from '../shared/keys.mjs';

const TURNS = { PageDown: 1, PageUp: -1 };

// The next of those on show; null at the ends, where what is around goes on.
export function nextTurn({ now, step, count }) {
  const to = now + step;
  return to < 0 || to >= count ? null : to;
}

export function turnMap({ root, header, rows, tiles }, event) {
  const step = TURNS[event.key];
  if (!step || !header?.present || !isPlain(event) || event.defaultPrevented) return;
  const cells = header.rows.flatMap((row, at) => (rows[at].section.hidden ? [] : row.cells)).filter((cell) => cell.open);
  const now = cells.findIndex((cell) => tiles.get(cell.id).button === root.getRootNode().activeElement);
  const to = nextTurn({ now, step, count: cells.length });
  if (to === null) return;
  event.preventDefault();
  const { figure, button } = tiles.get(cells[to].id);
  button.focus({ preventScroll: true, focusVisible: true });
  figure.scrollIntoView({ block: 'nearest' });
}
