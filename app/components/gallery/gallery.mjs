// Rows of tiles. Python hands over pixels and words; here they are laid out, drawn once and kept.
import { mounting } from '../shared/mount.mjs';
import { followTheme } from '../shared/theme.mjs';
import { readPayload } from '../shared/payload.mjs';
import { largestFitting, layOut } from './layout.mjs';
import { createTile } from './tile.mjs';

// What the presenter view has around its pictures: margins, and the strip with the way back.
const PRESENT_AROUND = 60;

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

// After the last comes the first; at first, when none of them is on (-1), the nearest end.
const nextTurn = ({ now, step, count }) => (now < 0 && step < 0 ? count - 1 : (now + step + count) % count);

function makeRow() {
  const section = document.createElement('section');
  section.innerHTML = '<h2></h2><p class="note"></p><div class="cells"></div>';
  section.setAttribute('role', 'group');
  const [title, note, cells] = section.children;
  return { section, title, note, cells };
}

function createGallery(host) {
  const root = host.querySelector('.gallery'), list = root.querySelector('.rows');
  const broken = root.querySelector('.broken'), tiles = new Map(), rows = [];
  let component = null, header = null, turn = 0;
  const onOpen = (id) => component.setTriggerValue('open', id);

  function placeWithin(width, height) {
    const { columns, same_scale: sameScale, enlarged, present } = header;
    const placed = layOut({ rows: header.rows, width, height, columns, sameScale, enlarged, present });
    placed.forEach(({ gap, tracks, slots, scales }, at) => {
      rows[at].section.classList.toggle('dense', present && header.rows[at].cells.length > tracks.length);
      rows[at].cells.style.columnGap = `${gap}px`;
      rows[at].cells.style.gridTemplateColumns = tracks.map((track) => `${track}px`).join(' ');
      header.rows[at].cells.forEach((cell, index) => {
        const tile = tiles.get(cell.id), column = index % tracks.length;
        tile.figure.style.setProperty('--slot', `${slots[column]}px`);
        tile.place({ scale: scales[index], room: tracks[column] - slots[column], present });
      });
    });
  }
  function place() {
    const width = root.clientWidth;
    if (!header || !width) return;
    const height = Math.max(160, innerHeight * header.tall);
    placeWithin(width, height);
    if (!header.present) return;
    // Before an audience everything is on one screen, or else each row with its own words is.
    const room = innerHeight - PRESENT_AROUND;
    const goals = [
      { least: 0.18 * innerHeight, tall: () => list.offsetHeight },
      { least: 60, tall: () => Math.max(...rows.map(({ section }) => section.offsetHeight)) },
    ];
    goals.some(({ least, tall }) => {
      const fits = (high) => {
        placeWithin(width, high);
        return tall() <= room;
      };
      const fitting = largestFitting({ least, most: height, fits });
      if (fitting) placeWithin(width, fitting);
      return fitting;
    });
  }
  function say() {
    root.classList.toggle('present', header.present);
    root.classList.toggle('to-scale', header.same_scale);
    while (rows.length < header.rows.length) rows.push(makeRow());
    const kept = new Set();
    header.rows.forEach(({ title, note, cells }, at) => {
      const row = rows[at];
      row.title.textContent = title;
      row.title.hidden = !title;
      row.note.textContent = note;
      row.note.hidden = !note;
      row.section.setAttribute('aria-label', title);
      arrange(row.cells, cells.map((cell) => {
        kept.add(cell.id);
        if (!tiles.has(cell.id)) tiles.set(cell.id, createTile({ id: cell.id, onOpen }));
        const tile = tiles.get(cell.id);
        tile.say(cell);
        return tile.figure;
      }));
    });
    rows.length = header.rows.length;
    arrange(list, rows.map(({ section }) => section));
    [...tiles.keys()].filter((id) => !kept.has(id)).forEach((id) => tiles.delete(id));
  }
  const decode = (bytes) =>
    createImageBitmap(new Blob([bytes], { type: 'image/png' }), { colorSpaceConversion: 'none' });

  // Words and pictures change together, once all new pictures are decoded; the very first words need not wait.
  async function show({ header: next, bytesOf }) {
    const mine = turn += 1;
    const use = () => { header = next; say(); place(); };
    if (!header) use();
    const cells = next.rows.flatMap((row) => row.cells);
    const fresh = cells.filter((cell) => cell.image && (tiles.get(cell.id)?.needs(cell) ?? true));
    let bitmaps = [];
    try {
      bitmaps = await Promise.all(fresh.map((cell) => decode(bytesOf(cell.png))));
    } catch {
      broken.hidden = false;
      return;
    }
    // Something newer may have come while this was decoded.
    if (mine === turn) {
      broken.hidden = true;
      header = next;
      say();
      fresh.forEach((cell, at) => tiles.get(cell.id).draw(cell.image, bitmaps[at]));
      place();
    }
    bitmaps.forEach((bitmap) => bitmap.close());
  }
  // A presenter's clicker goes from map to map: Enter or a click then opens the one that has the focus.
  function turnPage(event) {
    const step = { PageDown: 1, PageUp: -1 }[event.key];
    if (!step || !header?.present || event.ctrlKey || event.metaKey || event.altKey) return;
    const cells = header.rows.flatMap((row) => row.cells).filter((cell) => cell.open);
    if (!cells.length) return;
    event.preventDefault();
    const now = cells.findIndex((cell) => tiles.get(cell.id).button === root.getRootNode().activeElement);
    const { figure, button } = tiles.get(cells[nextTurn({ now, step, count: cells.length })].id);
    button.focus({ preventScroll: true, focusVisible: true });
    // With its row, where that fits the screen.
    const row = figure.closest('section'), whole = row.offsetHeight <= innerHeight - PRESENT_AROUND;
    (whole ? row : figure).scrollIntoView({ block: 'nearest' });
  }
  const observer = new ResizeObserver(place);
  observer.observe(root);
  addEventListener('resize', place);
  document.addEventListener('keydown', turnPage);
  return {
    update(next) {
      component = next;
      followTheme(root);
      show(readPayload(next.data));
    },
    destroy() {
      turn += 1;
      observer.disconnect();
      removeEventListener('resize', place);
      document.removeEventListener('keydown', turnPage);
    },
  };
}

export default mounting(createGallery);
