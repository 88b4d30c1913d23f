"""What a class reads in the presenter view: how high its letters are, and what need not be read."""

from playwright.sync_api import Page

LEAST = 26
"""Pixels on a screen of 1280 x 720."""

EXEMPT = {
    "numbers that have to fit into their cell: the cell's size is the picture's": [
        ".cells text",
        ".sheet text",
        ".mark text",
        ".node text",
        ".numbers text",
        ".taps span",
        ".many .grid span",
        ".pick text",
        ".win",
        ".shiftrows .cells span",
        ".quiz .tables td",
    ],
    "words of a question's drawing, which grows with the room that the question leaves": [
        ".figure text",
    ],
    "the presenter's own controls": [
        ".strip button",
        ".strip input",
        ".stepper",
        ".transport button",
        ".speed",
        ".tools",
        ".open",
        ".stamp",
        ".again",
        ".acts",
        ".answers button",
        ".place",
        ".st-key-course_ways",
        "[class*='styled-live']",
        "[class*='styled-leave']",
        "kbd",
    ],
    "letters that are part of another's line": ["sub", "sup", ".index"],
    "a listing of code": ["code", "pre"],
    "not seen before Tab leads to it": ["[data-testid='stSkipToContent']"],
}
"""What may be smaller, by its reason: selectors of what it stands in."""

_SMALL = """
([least, exempt]) => {
  const found = [];
  const isHidden = (element) => {
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
      const { display, visibility, opacity, clipPath } = getComputedStyle(at);
      if (display === 'none' || visibility !== 'visible' || opacity < 0.05) return true;
      if (clipPath === 'inset(50%)' || (clipPath !== 'none' && at.clientWidth <= 1)) return true;
    }
    return false;
  };
  const sizeOf = (element) => {
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (element instanceof SVGElement) {
      const { a, b } = element.getScreenCTM();
      return size * Math.hypot(a, b);
    }
    let scale = element.currentCSSZoom ?? 1;
    for (let at = element; at; at = at.parentElement ?? at.getRootNode().host) {
      const { transform } = getComputedStyle(at);
      if (transform !== 'none') scale *= new DOMMatrix(transform).a;
    }
    return size * scale;
  };
  const look = (root) => {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.shadowRoot) look(node.shadowRoot);
        look(node);
      }
      const element = node.parentElement;
      if (node.nodeType !== Node.TEXT_NODE || !node.data.trim() || !element) continue;
      if (element.closest('style, script, option, title') || element.closest(exempt)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      const { width, height } = range.getBoundingClientRect();
      if (width < 2 || height < 2 || isHidden(element)) continue;
      const size = sizeOf(element);
      const words = node.data.trim().slice(0, 60);
      if (size < least - 0.25) found.push(`${size.toFixed(1)} px: ${words}`);
    }
  };
  look(document.body);
  return found;
}
"""


def too_small(page: Page) -> list[str]:
    """Each text that a class has to read and that is smaller than it can be read."""
    selectors = ", ".join(each for listed in EXEMPT.values() for each in listed)
    return page.evaluate(_SMALL, [LEAST, selectors])
