// For those who wait until a whole page is drawn (app/web/first_frame).
export function markDrawn(parentElement) {
  const host = parentElement.host ?? parentElement;
  if (host.dataset) host.dataset.drawn = '';
}

// How every component lives: `create(parentElement)` once, `update(component)` on each run of the page and on a
// change of theme, which come with the same parentElement, `destroy()` at the end.
export function mounting(create) {
  const mounted = new WeakMap();
  return (component) => {
    const { parentElement } = component;
    const entry = mounted.get(parentElement) ?? { made: create(parentElement) };
    mounted.set(parentElement, entry);
    const token = (entry.token = {});
    entry.made.update(component);
    markDrawn(parentElement);
    // A superseded call's cleanup may run late, or just before the next call: only the last one ends it.
    return () =>
      setTimeout(() => {
        if (entry.token !== token) return;
        entry.made.destroy();
        mounted.delete(parentElement);
      });
  };
}
