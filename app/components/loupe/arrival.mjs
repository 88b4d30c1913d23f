// New data. The result with all words, the original and the pinned place come as three messages, in any order; both
// pictures, the words and the pin change together, once everything that belongs together is here and decoded.
import { readAxis } from './axis.mjs';
import { NAMES } from './panels.mjs';
import { decode, keepPixels } from './pixels.mjs';
import { FITTED } from './view.mjs';

// Flat lists, one for each plane.
const planesOf = ({ shape: [count, ...size], values }) => {
  const area = size[0] * size[1];
  return Array.from({ length: count }, (_, plane) => [...values.slice(plane * area, (plane + 1) * area)]);
};

export function readLayer(layer) {
  const { axes, drawn, kernel } = layer;
  const taps = planesOf(kernel.taps), [, ...size] = kernel.taps.shape;
  return { ...layer, axes: axes.map(readAxis), drawn: drawn?.map(readAxis) ?? null, kernel: { ...kernel, taps, size } };
}

// The messages that belong to one another, or null while one of them is still on its way.
function gather(shown, messages) {
  const { header } = shown;
  const original = messages.read(`${header.key} original`), pinned = messages.read(`${header.key} pinned`);
  if (pinned?.header.of !== header.id || original?.header.id !== header.original.id) return null;
  return { shown, original, pinned };
}

// The files to decode: of the pictures that are new, and last, where there is one, of the original in colour.
function wantedFiles({ shown: { header, bytesOf }, original }, panels) {
  const files = { original: original.bytesOf(original.header.png), result: bytesOf(header.png) };
  const fresh = NAMES.filter((name) => panels[name].drawn !== header[name].id);
  const seen = original.header.seen[1] && fresh.includes('original') ? [original.bytesOf(original.header.seen)] : [];
  return { fresh, files: [...fresh.map((name) => files[name]), ...seen] };
}

const identityOf = (header) => header && `${header.original.about} ${header.original.size}`;

// Puts what has arrived into `loupe`, then calls `take` with the pinned place's header, and whether
// the layer or the picture is another one.
export function createArrival({ loupe, messages, take }) {
  let latest = null, turn = 0, ended = false;

  async function refresh() {
    const found = latest && gather(latest, messages);
    if (!found) return;
    const mine = turn += 1, { panels } = loupe, { fresh, files } = wantedFiles(found, panels);
    let bitmaps = [];
    try {
      bitmaps = await Promise.all(files.map(decode));
    } catch {
      loupe.find('.broken').hidden = false;
      return;
    }
    // Something newer has come while this was decoded.
    if (mine !== turn || ended) {
      bitmaps.forEach((bitmap) => bitmap.close());
      return;
    }
    const { header } = found.shown, { header: pinned, bytesOf } = found.pinned;
    fresh.forEach((name, at) => {
      const panel = panels[name], seen = name === 'original' ? bitmaps[fresh.length] : undefined;
      Object.assign(panel, { pixels: keepPixels(panel.source, bitmaps[at], seen), drawn: header[name].id });
    });
    // Another picture is seen whole first; another kernel, or colours in place of grey, is seen at the same place.
    if (identityOf(loupe.header) !== identityOf(header)) loupe.view = FITTED;
    const isNew = loupe.header?.id !== header.id;
    loupe.header = { ...header, layer: readLayer(header.layer) };
    const { index, values, shape, window } = pinned;
    loupe.computed = { index, values, window: planesOf({ shape, values: bytesOf(window) }) };
    take(pinned, isNew);
  }
  const leave = messages.listen((name) => {
    const key = latest?.header.key;
    if (name === `${key} original` || name === `${key} pinned`) refresh();
  });
  return {
    receive(payload) {
      latest = payload;
      refresh();
    },
    stop() {
      ended = true;
      leave();
    },
  };
}
