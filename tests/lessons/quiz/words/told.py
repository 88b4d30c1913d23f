"""Questions that are known by what they tell; all others by what they ask (see `reader`)."""

import re
from collections.abc import Callable

from tests.lessons.quiz.words import axes, letters, networks, patches
from tests.lessons.quiz.words.page import Page, Unread

TOLD: tuple[tuple[str, str, Callable[[Page], list]], ...] = (
    (r"around it in all\.$", r"How large is the output\?", axes.padded_in_all),
    (
        r"keeps its size, as padding is put around it",
        r"How many rows (and how many columns of padding is that in all|"
        r"of padding are put above it, and how many below)\?",
        axes.padding_that_keeps,
    ),
    (
        r"^A signal of",
        r"How long is the output\?|How many parameters does the layer learn\?",
        axes.signal,
    ),
    (
        r"^A video of",
        r"How many frames come out, and of which height and width\?|"
        r"How many parameters does the layer learn\?",
        axes.video,
    ),
    (r"are joined by lines", r"How many lines does each of the two layers have\?", axes.lines),
    (
        r"A fully connected layer could compute as many numbers",
        r"How many products does each of the two layers compute\?",
        axes.both_products,
    ),
    (
        r"n × n|\bK kernels",
        r"Which height \(= width\) has the output\?|How many parameters does the layer learn\?",
        letters.chosen_expression,
    ),
    (r"Two numbers of the output are hidden", r"Which numbers are they\?", patches.hidden),
    (
        r"a large patch of an image in which every cell",
        r"Which number comes out in the middle of the patch\?",
        patches.brightness,
    ),
    (
        r"corners and .* at each of its four sides",
        r"Which weight must stand in the middle\?",
        patches.middle,
    ),
    (
        r"^The kernel looks for a line",
        r"Which number does the kernel give for each of the two\?",
        patches.line,
    ),
    (
        r"are concatenated\.$",
        r"How many channels does the result have, and which height\?",
        networks.joined,
    ),
    (r"is cropped, so that", r"How many rows are cut off at the top\?", networks.cropped),
    (r"^In a U-Net", r"Fill in the boxes in order\.", networks.u_net),
    (
        r"goes through a residual block",
        r"Which shortcut can be added to it, with as few weights as possible\?",
        networks.shortcut,
    ),
    (
        r"^A residual block turns",
        r"How many weights does the shortcut have\?",
        networks.projection,
    ),
    (
        r"go into the last, fully connected layer",
        r"How many outputs does the layer have, and how many parameters does it learn\?",
        networks.last_layer,
    ),
    (
        r"^A network finds things",
        r"How many numbers does it give for one cell, and how many in all\?",
        networks.grid,
    ),
)
"""What is told, what is asked of it, and who reads on."""


def by_what_is_told(page: Page) -> list | None:
    """What belongs into each box; None where nobody here knows what is told."""
    for told, asked, read in TOLD:
        if re.search(told, page.given):
            if not re.fullmatch(asked, page.asked):
                raise Unread(f"what does “{page.asked}” ask?")
            return read(page)
    return None
