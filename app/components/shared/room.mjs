// How much of the screen a part of a page has: from where it begins to where the screen ends, or what scrolls it.
export const scrollerOf = (part) => (part.getRootNode().host ?? part).closest('[data-testid="stMain"]');

// As if nothing were scrolled.
export function roomBelow(part) {
  const main = scrollerOf(part), { top } = part.getBoundingClientRect();
  if (!main) return innerHeight - top - document.documentElement.scrollTop;
  return Math.min(innerHeight, main.getBoundingClientRect().bottom) - top - main.scrollTop;
}

// Of what begins in the lower half of a screen, a long page shows a screen of its own.
export function roomOnScreen(part) {
  const room = roomBelow(part);
  return room > innerHeight / 2 ? room : (scrollerOf(part)?.clientHeight ?? innerHeight);
}

// Calls `act` whenever the room may have changed: the part's width, the screen, or what stands around the part.
export function watchRoom(part, act) {
  const observer = new ResizeObserver(act), main = scrollerOf(part);
  for (const each of main ? [part, main, ...main.children] : [part]) observer.observe(each);
  addEventListener('resize', act);
  return () => {
    observer.disconnect();
    removeEventListener('resize', act);
  };
}
