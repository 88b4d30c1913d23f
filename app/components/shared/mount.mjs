// For those who wait until a whole page is drawn (app/web/first_frame).
export function markDrawn(parentElement) {
  const host = parentElement.host ?? parentElement;
  if (host.dataset) host.dataset.drawn = '';
}

// How every component lives: `create(parentElement)` once, `update(component)` on each run of the page and on a
// change of theme, which come with the same parentElement, `destroy()` once that has left the page.
//
// Streamlit also cleans up after a call that a newer one overtakes, long before it makes that newer one when its script
// is slow to load: what is still on the page lives on.
export function mounting(create) {
  const mounted = new WeakMap();
  const leave = (parentElement, made) => {
    if (parentElement.isConnected || mounted.get(parentElement) !== made) return;
    mounted.delete(parentElement);
    made.destroy();
  };
  return (component) => {
    const { parentElement } = component;
    // A call that was under way when its page was left.
    if (!parentElement.isConnected) return () => {};
    const made = mounted.get(parentElement) ?? create(parentElement);
    mounted.set(parentElement, made);
    made.update(component);
    markDrawn(parentElement);
    return () => setTimeout(leave, 0, parentElement, made);
  };
}
