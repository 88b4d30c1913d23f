"""Choosing a kernel among several, and the slips that lead to another one."""

from __future__ import annotations

from collections.abc import Callable

from lessons.quiz.mistakes.reckoning import own_slip
from lessons.quiz.mistakes.slip import ASKED, REASONED, Slip
from lessons.quiz.question import Matrix


def _slip(id: str, name: str, say: str, point: str, prior: float = REASONED) -> Slip:
    return own_slip(id, name, say, point, prior)


CHOICE_SLIPS = (
    _slip(
        "chose-flipped",
        "the kernel turned by 180° chosen",
        "The kernel is used as it is: compare the first window's products.",
        "flip",
        ASKED,
    ),
    _slip(
        "chose-transposed",
        "rows and columns of the kernel swapped",
        "Row meets row: weights that change across find a change across.",
        "products",
    ),
    _slip(
        "chose-negative",
        "signs of the kernel reversed",
        "A positive answer needs bright cells under the positive weights.",
        "products",
    ),
    _slip(
        "chose-mirrored",
        "left and right exchanged",
        "The left column of the kernel lies on the left column of the window.",
        "products",
    ),
    _slip(
        "direction-exchanged",
        "across and down exchanged",
        "Negative left of positive finds vertical edges; negative above positive, horizontal ones.",
        "reading-kernels",
    ),
    _slip(
        "smoothing-confused",
        "1 1 1 and 1 2 1 confused",
        "Sobel counts the middle row or column twice; Prewitt counts all three the same.",
        "reading-kernels",
    ),
    _slip(
        "sum-not-looked-at",
        "sum of the weights overlooked",
        "Weights that sum to 1 keep the brightness; weights that sum to 0 leave edges only.",
        "reading-kernels",
    ),
    _slip(
        "neighbours-miscounted",
        "four and eight neighbours confused",
        "Look at the corners: with zeros there only the four nearest neighbours count.",
        "reading-kernels",
    ),
    _slip(
        "blur-shape-confused",
        "equal and bell-shaped weights confused",
        "Box weights are all the same; Gaussian weights grow towards the middle.",
        "reading-kernels",
    ),
)

#: What each slip makes of the right kernel's rows.
TURNED: dict[str, Callable[[Matrix], Matrix]] = {
    "chose-flipped": lambda rows: tuple(row[::-1] for row in rows[::-1]),
    "chose-transposed": lambda rows: tuple(zip(*rows, strict=True)),
    "chose-negative": lambda rows: tuple(tuple(-n for n in row) for row in rows),
    "chose-mirrored": lambda rows: tuple(row[::-1] for row in rows),
}

#: The catalogue's kernels that each slip confuses with one another.
CONFUSED: dict[str, tuple[tuple[str, str], ...]] = {
    "direction-exchanged": (("sobel-across", "sobel-down"), ("prewitt-across", "prewitt-down")),
    "smoothing-confused": (("sobel-across", "prewitt-across"), ("sobel-down", "prewitt-down")),
    "sum-not-looked-at": (("sharpen", "edge-4"), ("identity", "edge-8"), ("emboss", "edge-mixed")),
    "neighbours-miscounted": (("edge-4", "edge-8"),),
    "blur-shape-confused": (("box", "gaussian"),),
}
