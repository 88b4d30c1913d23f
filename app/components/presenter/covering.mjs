// What lies over the whole screen before a class: black, so that all look at the speaker, or a spotlight on one place.

const SHADE = 'position: fixed; inset: 0; z-index: 2000000;';
const RADIUS = 120;

export const spotlight = ({ x, y, radius = RADIUS }) =>
  `radial-gradient(circle ${radius}px at ${x}px ${y}px, transparent 98%, rgb(0 0 0 / 62%) 100%)`;

// One cover at a time: `toggle(kind)` lays it on or takes it away; `kind` is 'blank' or 'spot'.
export function createCovering() {
  let cover = null, kind = null, at = null;
  function aim() {
    at ??= { x: innerWidth / 2, y: innerHeight / 2 };
    if (kind === 'spot') cover.style.background = spotlight(at);
  }
  function remove() {
    cover?.remove();
    cover = kind = null;
  }
  return {
    remove,
    isBlank: () => kind === 'blank',
    move(x, y) {
      at = { x, y };
      aim();
    },
    toggle(asked) {
      const off = kind === asked;
      remove();
      if (off) return;
      kind = asked;
      cover = document.createElement('div');
      cover.className = `cover ${asked}`;
      cover.setAttribute('aria-hidden', 'true');
      cover.style.cssText = asked === 'blank' ? `${SHADE} background: #000; cursor: none;` : `${SHADE} pointer-events: none;`;
      document.body.append(cover);
      aim();
    },
  };
}
