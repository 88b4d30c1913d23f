"""Padding counted over both sides together, as some books have it."""

from dataclasses import replace

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import ROWS_FIRST, SHAPE, article, counted, times

BOTH = "Padding is counted over both sides together, as in the book “Dive into Deep Learning”."

LEVELS = (
    Level("the size of the output", ("total-on-each-side", "padding-ignored", "one-forgotten")),
    Level("the output keeps the input's size", ("half-for-total", "kernel-for-total")),
    Level("a total that is odd", ("ends-exchanged", "half-a-row", "all-at-one-end")),
)


def draw(dice: Dice, level: int) -> Draft | None:
    size = (dice.whole(12, 64), dice.whole(12, 64))
    kernel = (dice.whole(2, 9), dice.whole(2, 9))
    if level == 3:
        kernel = (2 * dice.whole(2, 8), 2 * dice.whole(2, 8))
    if size[0] == size[1] or kernel[0] == kernel[1]:
        return None
    total = (kernel[0] - 1, kernel[1] - 1)
    if level == 1:
        total = (dice.whole(1, kernel[0]), dice.whole(1, kernel[1]))
        if total == (kernel[0] - 1, kernel[1] - 1):
            return None
    padding = tuple((cells - cells // 2, cells // 2) for cells in total)
    layer = ConvSpec(1, 1, kernel, padding=padding)
    window = f"{article(times(*kernel))} {times(*kernel)} kernel"
    words = f"An input of {times(*size)} goes through a convolution with {window}"
    if level == 1:
        rows, columns = counted(total[0], "row"), counted(total[1], "column")
        given = f"{words}, after {rows} and {columns} of padding are put around it in all."
        asks = "How large is the output?"
        fields = tuple(replace(box, asks=f"{box.asks}_by_total") for box in SHAPE)
        agreed: tuple[str, ...] = (BOTH, ROWS_FIRST)
    elif level == 2:
        given = f"{words} and keeps its size, as padding is put around it."
        asks = "How many rows and how many columns of padding is that in all?"
        agreed = (BOTH, ROWS_FIRST)
        fields = (
            Field("rows", "rows", "axis", "total_rows", alone=f"{asks} Give the rows."),
            Field("columns", "columns", "axis", "total_columns", alone=f"{asks} Give the columns."),
        )
    else:
        given = f"{words} and keeps its size, as padding is put around it."
        asks = "How many rows of padding are put above it, and how many below?"
        agreed = ("Where rows cannot be shared out equally, one more goes to the top.", ROWS_FIRST)
        fields = (
            Field("top", "rows above", "axis", "rows_at_top", alone=f"{asks} Give those above."),
            Field(
                "bottom", "rows below", "axis", "rows_at_bottom", alone=f"{asks} Give those below."
            ),
        )
    hidden = () if level == 1 else ("padding",)
    return Draft((given, asks), agreed, Setup((1, *size), (layer,), hidden=hidden), fields)


FAMILY = Family("total_padding", "Padding in all", LEVELS, (draw, draw), after=("padding",))
