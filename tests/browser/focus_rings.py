"""Where the keyboard's place cannot be seen: each part of a page gets the focus and is looked at.

A ring is an outline, or a thick stroke of a circle, that was not there before; it may be drawn by
what stands around a hidden box. It is lost where it is thin, pale against what it lies on, cut off
by a box that clips, or under what stays in sight.
"""

from playwright.sync_api import Page

_COLOURS = """
  const ink = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    ink.clearRect(0, 0, 1, 1);
    ink.fillStyle = colour;
    ink.fillRect(0, 0, 1, 1);
    return [...ink.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = rgba(colour).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const ground = (node) => {
    for (let at = node; at; at = up(at)) {
      const colour = getComputedStyle(at).backgroundColor;
      if (rgba(colour)[3] > 250) return colour;
    }
    return 'Canvas';
  };
"""
_TREE = """
  const up = (node) => node.assignedSlot ?? node.parentElement ?? node.getRootNode().host ?? null;
  const line = (node) => (node ? [node, ...line(up(node))] : []);
  const all = (root) => [...root.querySelectorAll('*')].flatMap((node) =>
    node.shadowRoot ? [node, ...all(node.shadowRoot)] : [node]);
  const focused = () => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };
  const called = (node) => node.dataset.testid ?? (node.getAttribute('class') || node.tagName);
  const name = (node) => {
    const words = (node.ariaLabel ?? node.textContent ?? '').trim().slice(0, 40);
    const place = line(node).find((at) => at.matches('[class*=st-key], [data-testid]')) ?? node;
    return `${node.tagName.toLowerCase()} "${words}" in ${place.getAttribute('class')}`;
  };
"""
_RINGS = """
  const near = (node) => [...new Set([...line(node).slice(0, 3), ...node.querySelectorAll('*'),
    ...(node.closest('label')?.querySelectorAll('*') ?? [])])];
  const ringOf = (node) => {
    const style = getComputedStyle(node), width = parseFloat(style.outlineWidth);
    if (style.outlineStyle !== 'none' && width > 0) {
      const out = width + parseFloat(style.outlineOffset);
      return { width, colour: style.outlineColor, out };
    }
    if (!node.matches('circle')) return null;
    return { width: parseFloat(style.strokeWidth) / 2, colour: style.stroke, out: 0 };
  };
  const told = (node) => JSON.stringify(ringOf(node));
"""
_HIDDEN = """
  // By how much a ring is cut off at a side of a box around it.
  const cuts = (node, out) => {
    const ring = node.getBoundingClientRect(), found = [];
    for (const at of line(node)) {
      const { overflowX, overflowY, position } = getComputedStyle(at), zoom = at.currentCSSZoom;
      const box = at.getBoundingClientRect();
      const left = box.left + at.clientLeft * zoom, top = box.top + at.clientTop * zoom;
      const wide = at.clientWidth * zoom, high = at.clientHeight * zoom;
      if (at !== node && at !== document.body && overflowX !== 'visible' && ring.width < wide)
        found.push([left - ring.left, 'left', at], [ring.right - left - wide, 'right', at]);
      if (at !== node && at !== document.body && overflowY !== 'visible' && ring.height < high)
        found.push([top - ring.top, 'top', at], [ring.bottom - top - high, 'bottom', at]);
      if (position === 'fixed' || at === document.body) break;
    }
    return found.filter(([over]) => over + out > BORNE)
      .map(([over, side, at]) => `cut off by ${over + out} px at the ${side} of ${called(at)}`);
  };
  const level = (node) => Number(
    line(node).map((at) => getComputedStyle(at).zIndex).find((index) => index !== 'auto') ?? 0);
  const stays = (at) => ['fixed', 'sticky'].includes(getComputedStyle(at).position);
  // What stays in sight and lies over the middle of a side, but not over what is marked there.
  const covers = (node, out) => {
    const { left, top, right, bottom, width, height } = node.getBoundingClientRect();
    const across = left + width / 2, down = top + height / 2;
    const sides = [
      [across, top, 0, -1], [across, bottom, 0, 1], [left, down, -1, 0], [right, down, 1, 0],
    ];
    return sides.flatMap(([x, y, dx, dy]) => {
      const hit = document.elementFromPoint(x + dx * (out - 0.5), y + dy * (out - 0.5));
      const cover = line(hit).find(stays);
      if (!cover || line(node).includes(cover) || node.contains(cover)) return [];
      const box = cover.getBoundingClientRect(), [inX, inY] = [x - 2 * dx, y - 2 * dy];
      const isBelow = inX > box.left && inX < box.right && inY > box.top && inY < box.bottom;
      return isBelow || level(cover) < level(node) ? [] : [`under ${called(cover)}`];
    });
  };
"""
_LOST = f"""() => {{
  const LEAST = 2, CONTRAST = 3, BORNE = 1.5;
  {_TREE}{_COLOURS}{_RINGS}{_HIDDEN}
  const faultsOf = (node, ring) => {{
    if (!ring) return ['no ring'];
    const found = [], thick = ring.width * node.currentCSSZoom, out = Math.max(0, ring.out);
    if (thick < LEAST - 0.01) found.push(`a ring of ${{thick}} px`);
    // A ring on the edge is seen against what it marks, or against what is around.
    const grounds = [ground(up(node)), ...(out < ring.width ? [ground(node)] : [])];
    if (Math.max(...grounds.map((each) => contrast(ring.colour, each))) < CONTRAST)
      found.push(`${{ring.colour}} on ${{grounds}}`);
    return [...found, ...cuts(node, out), ...(out < 1 ? [] : covers(node, out))];
  }};
  focused()?.blur();
  const stops = all(document).filter((node) =>
    node.matches('a[href], button, input, select, textarea, summary, [tabindex]')
    && node.tabIndex >= 0 && !node.disabled && !node.closest('[inert]')
    && node.checkVisibility({{ visibilityProperty: true }}));
  const faults = new Set();
  // Forwards and backwards: what is scrolled to comes to either end of the screen.
  for (const stop of [...stops, ...stops.toReversed()]) {{
    const parts = near(stop), before = parts.map(told);
    stop.focus({{ focusVisible: true }});
    if (focused() !== stop) continue;
    const shown = parts.filter((node, at) => ringOf(node) && told(node) !== before[at])
      .map((node) => ({{ node, ring: ringOf(node) }}))
      .sort((one, other) => other.ring.width - one.ring.width);
    // One of several buttons in a row may have kept its ring from before.
    const own = {{ node: stop, ring: stop.matches(':focus-visible') ? ringOf(stop) : null }};
    const {{ node, ring }} = shown[0] ?? own;
    for (const fault of faultsOf(node, ring)) faults.add(`${{name(stop)}}: ${{fault}}`);
    stop.blur();
  }}
  return {{ stops: stops.length, faults: [...faults] }};
}}"""


def lost_rings(page: Page) -> list[str]:
    """Each part of a page that can have the focus without its being seen, and why."""
    page.keyboard.press("Tab")  # somebody goes by keys
    looked = page.evaluate(_LOST)
    assert looked["stops"] > 2
    return looked["faults"]
