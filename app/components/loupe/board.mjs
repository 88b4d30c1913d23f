// A board in the page on which one component leaves what another one reads. Streamlit sends a component's
// whole payload again whenever a part of it changes, so what changes at different times travels with
// components of its own: see courier.mjs.

export function createBoard() {
  const notes = new Map(), readers = new Set();
  const tell = (name) => readers.forEach((reader) => reader(name));
  return {
    put(name, note) { notes.set(name, note); tell(name); },
    read: (name) => notes.get(name) ?? null,
    // Only what is still there from this very writer is taken away.
    remove(name, note) { if (notes.get(name) === note) notes.delete(name); },
    listen(reader) { readers.add(reader); return () => readers.delete(reader); },
  };
}

// Every component's module is its own copy of this text, so the one board is kept by the page.
export const pageBoard = () => (globalThis.slideAndSumBoard ??= createBoard());
