// A presenter's clicker goes from map to map: Enter or a click then opens the one that has the focus.
import { isPlain } from '../shared/keys.mjs';

const TURNS = { PageDown: 1, PageUp: -1 };

// After the last comes the first; at first, when none of them is on (-1), the nearest end.
const nextTurn = ({ now, step, count }) => (now < 0 && step < 0 ? count - 1 : (now + step + count) % count);

export function turnMap({ root, header, tiles }, event) {
  const step = TURNS[event.key];
  if (!step || !header?.present || !isPlain(event)) return;
  const cells = header.rows.flatMap((row) => row.cells).filter((cell) => cell.open);
  if (!cells.length) return;
  event.preventDefault();
  const now = cells.findIndex((cell) => tiles.get(cell.id).button === root.getRootNode().activeElement);
  const { figure, button } = tiles.get(cells[nextTurn({ now, step, count: cells.length })].id);
  button.focus({ preventScroll: true, focusVisible: true });
  figure.scrollIntoView({ block: 'nearest' });
}
