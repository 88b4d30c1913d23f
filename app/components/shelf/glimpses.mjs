// The pictures of the shelf, decoded once for each new message.

// A JPEG begins with this byte, a PNG does not.
export const typeOf = (bytes) => (bytes[0] === 0xff ? 'image/jpeg' : 'image/png');

const decode = (bytes) => createImageBitmap(new Blob([bytes], { type: typeOf(bytes) }));

export function createGlimpses({ changed }) {
  let id = '', files = [], seen = [], turn = 0;

  const close = () => [...new Set([...files, ...seen])].forEach((bitmap) => bitmap.close());
  return {
    async receive({ header, bytesOf }) {
      if (header.id === id) return;
      ({ id } = header);
      const mine = turn += 1, bitmaps = (places) => Promise.all(
        places.map((place) => (place[1] ? decode(bytesOf(place)) : null)));
      const decoded = await Promise.all([bitmaps(header.files), bitmaps(header.seen)]);
      // Something newer has come while this was decoded.
      if (mine !== turn) return;
      close();
      files = decoded[0];
      seen = decoded[1].map((bitmap, at) => bitmap ?? files[at]);
      changed();
    },
    large: (at) => files[at] ?? null,
    small: (at) => seen[at] ?? null,
    stop() {
      turn += 1;
      close();
    },
  };
}
