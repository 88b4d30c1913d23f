// The rows of a gallery and their tiles: made once, then only moved and told what changed.
import { write } from '../shared/nodes.mjs';
import { createTile } from './tile.mjs';

// Children as they should be, in their order; what stays where it is is not touched.
function arrange(parent, children) {
  const focused = parent.getRootNode().activeElement;
  children.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  while (parent.children.length > children.length) parent.lastElementChild.remove();
  // A node that is moved loses the focus.
  if (focused?.isConnected && parent.getRootNode().activeElement !== focused) focused.focus({ preventScroll: true });
}

function makeRow() {
  const section = document.createElement('section');
  section.innerHTML = '<h2></h2><p class="note"></p><div class="cells"></div>';
  section.setAttribute('role', 'group');
  const [title, note, cells] = section.children;
  return { section, title, note, cells };
}

// Writes all words of `gallery.header`, with a tile for each cell.
export function showRows(gallery, onOpen) {
  const { list, rows, tiles, header } = gallery, ids = new Set();
  while (rows.length < header.rows.length) rows.push(makeRow());
  header.rows.forEach(({ title, note, cells }, at) => {
    const row = rows[at];
    write(row.title, title);
    row.title.hidden = !title;
    write(row.note, note);
    row.note.hidden = !note;
    row.section.setAttribute('aria-label', title);
    arrange(row.cells, cells.map((cell) => {
      ids.add(cell.id);
      if (!tiles.has(cell.id)) tiles.set(cell.id, createTile({ id: cell.id, onOpen }));
      const tile = tiles.get(cell.id);
      tile.say(cell);
      return tile.figure;
    }));
  });
  rows.length = header.rows.length;
  arrange(list, rows.map(({ section }) => section));
  [...tiles.keys()].filter((id) => !ids.has(id)).forEach((id) => tiles.delete(id));
}
