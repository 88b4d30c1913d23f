"""What a screen reader would say by itself: whatever comes into a live region, or as an alert.

listen(page)        before the page is opened
heard(page)         what was said since it was asked last
"""

from playwright.sync_api import Page

LISTEN = """(() => {
  const said = window.heardSaid = [];
  const above = (node) => node.parentElement ?? node.getRootNode().host ?? null;
  const regionOf = (node) => {
    for (let at = node.nodeType === 1 ? node : node.parentElement; at; at = above(at)) {
      const live = at.getAttribute('aria-live');
      if (live) return live === 'off' ? null : at;
      if (['status', 'alert', 'log'].includes(at.getAttribute('role'))) return at;
    }
    return null;
  };
  const alertsIn = (node) => {
    if (node.nodeType !== 1) return [];
    const speaks = (at) => at.matches('[role=alert], [role=status]');
    return [node, ...node.querySelectorAll('*')].filter(speaks);
  };
  const observer = new MutationObserver((records) => {
    const regions = new Set();
    for (const { target, addedNodes } of records)
      for (const node of [target, ...addedNodes])
        for (const region of [regionOf(node), ...(node === target ? [] : alertsIn(node))])
          if (region?.isConnected && region.checkVisibility()) regions.add(region);
    for (const { innerText } of regions) if (innerText.trim()) said.push(innerText.trim());
  });
  const what = { subtree: true, childList: true, characterData: true };
  observer.observe(document, what);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (settings) {
    const root = attach.call(this, settings);
    observer.observe(root, what);
    return root;
  };
})()"""


def listen(page: Page) -> None:
    """Note from now on what the pages that are opened say by themselves."""
    page.add_init_script(LISTEN)


def heard(page: Page) -> list[str]:
    """What was said, in its order, since this was asked last."""
    return page.evaluate("heardSaid.splice(0)")
