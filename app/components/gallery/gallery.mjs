// Rows of tiles. Python hands over pixels and words; here they are laid out, drawn once and kept. The parts share one
// object, `gallery`.
import { createCommits } from '../shared/commits.mjs';
import { mounting } from '../shared/mount.mjs';
import { readPayload } from '../shared/payload.mjs';
import { watchRoom } from '../shared/room.mjs';
import { followTheme } from '../shared/theme.mjs';
import { showRows } from './rows.mjs';
import { createSingly } from './singly.mjs';
import { placeRows } from './sizes.mjs';
import { turnMap } from './turning.mjs';

const decode = (bytes) =>
  createImageBitmap(new Blob([bytes], { type: 'image/png' }), { colorSpaceConversion: 'none' });

function createGallery(host) {
  const root = host.querySelector('.gallery'), ended = new AbortController(), commits = createCommits();
  const listen = (target, name, act) => target.addEventListener(name, act, { signal: ended.signal });
  const gallery = { root, list: root.querySelector('.rows'), rows: [], tiles: new Map(), header: null };
  const broken = root.querySelector('.broken');
  let turn = 0;

  // From map to map of a row, then from row to row.
  listen(document, 'keydown', (event) => turnMap(gallery, event));
  const singly = createSingly({ gallery, turns: root.querySelector('.turns'), listen });
  const place = () => singly.place() || placeRows(gallery);
  function say(header) {
    gallery.header = header;
    root.classList.toggle('present', header.present);
    root.classList.toggle('to-scale', header.same_scale);
    showRows(gallery, (id) => commits.add('open', id));
  }
  // Words and pictures change together, once all new pictures are decoded; the very first words need not wait.
  async function show({ header, bytesOf }) {
    const mine = turn += 1, { tiles } = gallery;
    if (!gallery.header) {
      say(header);
      place();
    }
    const cells = header.rows.flatMap((row) => row.cells);
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
      say(header);
      fresh.forEach((cell, at) => tiles.get(cell.id).draw(cell.image, bitmaps[at]));
      place();
    }
    bitmaps.forEach((bitmap) => bitmap.close());
  }
  const leaveRoom = watchRoom(root, place);
  return {
    update(next) {
      const payload = readPayload(next.data);
      if (payload.header.commits) commits.receive(next, payload.header.commits);
      followTheme(root);
      show(payload);
    },
    destroy() {
      turn += 1;
      ended.abort();
      commits.destroy();
      leaveRoom();
    },
  };
}

export default mounting(createGallery);
