"""The output shape of a pooling."""

from kernels import PoolSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Level, Setup
from lessons.quiz.wording import CEIL, FLOOR, PER_SIDE, ROWS_FIRST, SHAPE, layer_words, times

LEVELS = (
    Level("no stride is given", ("pool-stride-one", "one-forgotten")),
    Level("overlapping windows", ("pool-stride-kernel", "stride-ignored", "one-forgotten")),
    # To the nearest is up wherever the stride is 2, as it is in most networks.
    Level(
        "with ceil_mode",
        ("rounded-down", "one-forgotten", "pool-stride-kernel"),
        ("rounded-nearest",),
    ),
    Level("with padding", ("padding-once", "padding-ignored", "one-forgotten")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    kind, window = dice.pick(("max", "avg")), dice.pick((2, 2, 3) if level == 1 else (3, 3, 4, 5))
    stride = window if level == 1 else dice.whole(2, window - 1)
    padding = dice.whole(1, window // 2) if level == 4 else 0
    layer = PoolSpec(window, stride, padding, ceil_mode=level == 3, kind=kind)
    size = (dice.whole(8, 40), dice.whole(8, 40))
    axes = layer.axes(size)
    if any(axis.last_window_dropped for axis in axes):
        return None
    convention = [ROWS_FIRST]
    if level == 1:
        convention.append("No stride is given: it is PyTorch's default.")
    if level == 4:
        convention.append(PER_SIDE)
    convention.append(CEIL if level == 3 else FLOOR)
    hidden = ("stride",) if level == 1 else ()
    return Draft(
        (
            f"An input of {times(*size)} goes through {layer_words(layer, hidden)}.",
            "How large is the output?",
        ),
        tuple(convention),
        Setup((1, *size), (layer,), hidden=hidden),
        SHAPE,
    )


FAMILY = Family("pooling_shape", "Size after pooling", LEVELS, (draw, draw))
