"""Numbers that are hidden in an output, and what a kernel makes of a flat patch or of a line."""

import re
from dataclasses import replace

from tests.lessons.quiz.words.page import Page, Unread, found
from tests.lessons.quiz.words.values import Rows, output, slid

LINES = {
    "falls to the right": ["100", "010", "001"],
    "rises to the right": ["001", "010", "100"],
    "stands upright in the middle": ["010", "010", "010"],
    "lies across the middle": ["000", "111", "000"],
}
"""Lines on three rows of three cells, drawn."""


def hidden(page: Page) -> list[int]:
    """The numbers behind the question marks; all others have to be right as they are shown."""
    page.must_agree("Rows and columns are counted from 0")
    told = page.given.replace("Two numbers of the output are hidden.", "")
    made = output(replace(page, given=told))
    shown = [row.split() for row in dict(page.tables)["output"].split("\n")]
    asked = [found(r"^row (\d+), column (\d+)$", box) for box in page.boxes]
    for r, row in enumerate(made):
        for c, number in enumerate(row):
            text = "?" if (r, c) in asked else str(number).replace("-", "−")
            if shown[r][c] != text:
                raise Unread(f"row {r}, column {c} shows {shown[r][c]} where {text} is expected")
    return [made[r][c] for r, c in asked]


def _plain(page: Page) -> None:
    page.must_agree("There is no bias")
    page.must_agree("The kernel is not divided by anything")


def _on_flat(kernel: Rows, brightness: int) -> int:
    """What comes out in the middle of a patch of one brightness."""
    return slid([[brightness] * 5 for _ in range(5)], kernel)[1][1]


def brightness(page: Page) -> list[int]:
    _plain(page)
    return [_on_flat(page.table("kernel"), *found(r"every cell is (\d+)\.$", page.given))]


def middle(page: Page) -> list[int]:
    """The weight in the middle: each is tried, on patches of several brightnesses."""
    _plain(page)
    told = re.search(r"has (−?\d+) in each of its four corners and (−?\d+) at each", page.given)
    if not told:
        raise Unread("what is around the middle?")
    corner, side = (int(number.replace("−", "-")) for number in told.groups())
    if page.given.endswith("On a flat patch, whatever its brightness, 0 must come out."):
        wanted = {1: 0, 7: 0}
    elif page.given.endswith("its own brightness must come out, whatever that is."):
        wanted = {1: 1, 7: 7}
    else:
        raise Unread("what must come out?")
    ring = [corner, side, corner]
    return [
        weight
        for weight in range(-99, 100)
        if all(
            _on_flat([ring, [side, weight, side], ring], light) == right
            for light, right in wanted.items()
        )
    ]


def line(page: Page) -> list[int]:
    """What a kernel gives for a line, and for a white patch."""
    _plain(page)
    says = re.search(
        r"^The kernel looks for a line that ([a-z ]+)\. One patch has 1 on just that line and 0 in "
        r"its other cells; another patch is white: 1 in all nine cells\.$",
        page.given,
    )
    if not says:
        raise Unread("which patches?")
    patches = {"the line": LINES[says[1]], "the white patch": ["111"] * 3}
    kernel = page.table("kernel")
    return [
        slid([[int(n) for n in row] for row in patches[box]], kernel)[0][0] for box in page.boxes
    ]
