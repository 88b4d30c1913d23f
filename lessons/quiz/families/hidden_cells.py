"""An output of which some numbers are hidden."""

from kernels import ConvSpec
from lessons.places import asked_place, coordinates
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import (
    CORRELATION,
    FROM_ZERO,
    PER_SIDE,
    ZEROS,
    scene_with,
    settings_words,
    times,
)

LEVELS = (
    Level("zeros and ones", ("kernel-flipped", "kernel-transposed")),
    Level("with a stride", ("stride-not-moved", "kernel-flipped")),
    Level("in the padding", ("edge-replicated", "padding-not-drawn", "kernel-flipped")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    size, side = {1: (5, 3), 2: (5, 2), 3: (3, 3)}[level]
    layer = ConvSpec(1, 1, side, 2 if level == 2 else 1, int(level == 3), bias=False)
    x = dice.numbers(size, size, 0, 1 if level == 1 else 4)
    weights = dice.numbers(side, side, 0 if level == 1 else -1, 1 if level == 1 else 2)
    rows, columns = layer.output_size((size, size))
    cells = [(r, c) for r in range(rows) for c in range(columns)]
    if level == 2:
        cells.remove((0, 0))  # the window has not moved yet
    if level == 3:
        cells.remove((1, 1))  # no padding there
    hidden = sorted(dice.shuffled(cells)[:2])
    return Draft(
        (
            f"The {times(side, side)} kernel slides over the {times(size, size)} input"
            f"{settings_words(layer)}. Two numbers of the output are hidden.",
            "Which numbers are they?",
        ),
        (CORRELATION, FROM_ZERO, *((PER_SIDE, ZEROS) if level == 3 else ())),
        Setup((1, size, size), (layer,), scene_with(layer, (x,), (weights,), place=hidden[0])),
        tuple(
            Field(
                f"hidden{number}",
                coordinates((r, c)),
                "number",
                "number",
                alone=f"Which number is hidden at {asked_place((r, c), 'output')}?",
                place=(r, c),
            )
            for number, (r, c) in enumerate(hidden, start=1)
        ),
        ("input", "kernel", "output"),
    )


FAMILY = Family("hidden_cells", "Hidden cells", LEVELS, (draw, draw), after=("products",))
