"""Expanders: what is folded away is there once they were opened and the page has run."""

from playwright.sync_api import Page, expect

from tests.browser.runs import wait_until_idle

# An opening expander moves what is in it: a press would begin on one part and end on another.
AT_REST = """fold => Promise.allSettled(
    fold.getAnimations({ subtree: true }).map(({ finished }) => finished))"""
SIZES = ("Sizes and padding", "Kernels and bias")


def unfold(page: Page, label: str) -> None:
    """Open an expander, unless it stands open."""
    fold = page.get_by_test_id("stExpander").filter(has_text=label)
    details = fold.get_by_test_id("stExpanderDetails")
    if not details.is_visible():
        wait_until_idle(page)  # what the one before has brought stands where it stays
        fold.locator("summary").click()
    expect(details).to_be_visible()
    fold.evaluate(AT_REST)


def unfold_sizes(page: Page) -> None:
    """Open the drawer with a number box for each size, where the page has one."""
    drawers = page.get_by_test_id("stExpander")
    for title in SIZES:
        if drawers.filter(has_text=title).count():
            unfold(page, title)
            expect(drawers.get_by_test_id("stNumberInput").first).to_be_visible()
            wait_until_idle(page)
