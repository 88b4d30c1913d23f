"""The name of a kernel from its numbers, drawn as a picture, or from what it does."""

import numpy as np

from kernels import CATALOGUE, ConvSpec, conv2d
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Option, Setup
from lessons.quiz.wording import CORRELATION, scene_with

_FAR = ("identity", "box", "sharpen", "edge-8", "sobel-across", "sobel-down", "emboss")
_PAIRS = (
    ("sobel-across", "sobel-down"),
    ("prewitt-across", "prewitt-down"),
    ("sobel-across", "prewitt-across"),
    ("sobel-down", "prewitt-down"),
    ("sharpen", "edge-4"),
    ("identity", "edge-8"),
    ("emboss", "edge-mixed"),
    ("edge-4", "edge-8"),
    ("box", "gaussian"),
)

#: Which slips a question can reveal depends on its choices; it trains the same whatever they are.
_READING = ("reading-kernels",)

LEVELS = (
    Level("kernels that look different", trains=_READING),
    Level("kernels that look alike", trains=_READING),
    Level("from an input and its output", trains=_READING),
)


def draw(dice: Dice, level: int) -> Draft | None:
    if level == 1:
        names = dice.shuffled(_FAR)[:4]
        right = dice.pick(names)
    else:
        pair = dice.pick(_PAIRS)
        right = dice.pick(pair)
        close = [name for group in _PAIRS if right in group for name in group]
        others = dice.shuffled([n for n in CATALOGUE if n not in close and _small(n)])
        names = dice.shuffled((*dict.fromkeys(close), *others)[:4])
    x = _picture(dice)
    made = [conv2d(np.array(x, float)[None], _taps(name)[None, None]) for name in names]
    if level == 3 and len({m.tobytes() for m in made}) < len(names):
        return None
    layer = ConvSpec(1, 1, 3, bias=False)
    rows = tuple(tuple(int(n) for n in row) for row in _taps(right))
    options = tuple(Option(name, CATALOGUE[name].title) for name in names)
    given = (
        ("A kernel slid over the input and made the output.", "Which kernel was it?")
        if level == 3
        else (
            "These are the numbers of a 3 × 3 kernel, before any division.",
            "Which kernel is it?",
        )
    )
    return Draft(
        given,
        (CORRELATION, "No kernel is divided by the sum of its weights.")
        if level == 3
        else (CORRELATION,),
        Setup((1, 6, 6), (layer,), scene_with(layer, (x,), (rows,)), options=options),
        (Field("name", "kernel", "choice", "kernel_name"),),
        ("input", "output") if level == 3 else ("kernel",),
    )


def _small(name: str) -> bool:
    return CATALOGUE[name].taps.shape == (3, 3)


def _taps(name: str) -> np.ndarray:
    return CATALOGUE[name].taps


def _picture(dice: Dice) -> tuple[tuple[int, ...], ...]:
    """A bright block on a dark ground: edges of both directions, corners, flat parts."""
    top, left = dice.whole(1, 2), dice.whole(1, 2)
    high, wide = dice.whole(2, 3), dice.whole(2, 3)
    return tuple(
        tuple(9 if top <= r < top + high and left <= c < left + wide else 1 for c in range(6))
        for r in range(6)
    )


FAMILY = Family("kernel_name", "Name the kernel", LEVELS, (draw, draw))
