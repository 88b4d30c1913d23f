// Messages that one component of the page leaves for another one. Streamlit sends a component's whole payload again
// whenever a part of it changes, so what changes at different times travels with components of its own: see message.mjs.

export function createMessages() {
  const messages = new Map(), readers = new Set();
  return {
    put(name, message) {
      messages.set(name, message);
      readers.forEach((reader) => reader(name));
    },
    read: (name) => messages.get(name) ?? null,
    // Only what is still there from this very sender is taken away.
    remove(name, message) { if (messages.get(name) === message) messages.delete(name); },
    listen(reader) { readers.add(reader); return () => readers.delete(reader); },
  };
}

// Every component's module is its own copy of this text, so the messages are held by the page.
export const pageMessages = () => (globalThis.slideAndSumMessages ??= createMessages());
