// Many things to ask about behind one Tab stop: arrow keys go from one to the next, Home and End to the ends.
const ROVING = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

// `items()` are the nodes in their order; call what is returned whenever they may have changed.
export function createRoving({ root, items, listen }) {
  const stopAt = (stop) => items().forEach((item) => { item.tabIndex = item === stop ? 0 : -1; });
  listen(root, 'focusin', ({ target }) => {
    if (items().includes(target)) stopAt(target);
  });
  listen(root, 'keydown', (event) => {
    const all = items(), from = all.indexOf(event.target), step = ROVING[event.key];
    if (from < 0 || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    all[Math.min(Math.max(0, from + step), all.length - 1)].focus();
  });
  return () => {
    const all = items();
    stopAt(all.find((item) => item.tabIndex === 0) ?? all[0]);
  };
}
