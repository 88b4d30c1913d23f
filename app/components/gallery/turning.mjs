// A presenter's clicker goes from map to map of a row: Enter or a click then opens the one that has the focus. At the ends
// what is around goes on.
import { isPlain } from '../shared/keys.mjs';
import { rowAfter } from './singly.mjs';

export function turnMap({ root, header, rows, tiles }, event) {
  if (!/^Page/.test(event.key) || !header?.present || !isPlain(event) || event.defaultPrevented) return;
  const cells = header.rows.flatMap((row, at) => (rows[at].section.hidden ? [] : row.cells)).filter((cell) => cell.open);
  const at = cells.findIndex((cell) => tiles.get(cell.id).button === root.getRootNode().activeElement);
  const to = rowAfter({ key: event.key, at, count: cells.length });
  if (to === null) return;
  event.preventDefault();
  const { figure, button } = tiles.get(cells[to].id);
  button.focus({ preventScroll: true, focusVisible: true });
  figure.scrollIntoView({ block: 'nearest' });
}
