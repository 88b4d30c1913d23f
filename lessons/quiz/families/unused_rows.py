"""Rows and columns at the end of the padded input that no window reaches."""

from functools import partial

from kernels import ConvSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import ROWS_FIRST, layer_words, per_side, times

LEVELS = (
    Level("without padding", ("nothing-left-over", "kernel-ignored")),
    Level("with padding", ("nothing-left-over", "padding-ignored", "padding-once")),
    Level("rows and columns", ("nothing-left-over", "axes-exchanged")),
)


_LEFT = tuple((rows, columns) for rows in range(6) for columns in range(6) if rows != columns)
"""What can be left over where rows and columns differ."""


def draw(dice: Dice, level: int, even: bool = False) -> Draft | None:
    """even: whether each number of rows comes as often; otherwise 1 comes most."""
    stride = dice.whole(2, 5)
    kernel = dice.whole(stride, 7)
    padding = dice.whole(1, 3) if level >= 2 else 0
    size = (dice.whole(10, 40),) * 2
    if level == 3:
        size = (size[0], dice.whole(10, 40))
    if even:
        left = dice.kept(_LEFT) if level == 3 else (dice.kept(range(1, 7)),) * 2
        stride = dice.whole(max(left) + 1, max(left) + 3)
        kernel = dice.whole(stride, stride + 3)
        steps = [dice.whole(2, 36 // stride)] * 2
        if level == 3:
            steps[1] = dice.whole(2, 36 // stride)
        rows, columns = (
            kernel + step * stride + over - 2 * padding
            for step, over in zip(steps, left, strict=True)
        )
        size = (rows, columns)
    layer = ConvSpec(1, 1, kernel, stride, padding)
    if padding >= kernel or min(axis.room for axis in layer.axes(size)) < stride:
        return None
    of = "of the padded input" if padding else "of the input"
    rows_left = Field(
        "rows",
        "rows left over",
        "integer",
        "unused_rows",
        alone=f"How many rows {of} does no window reach?",
    )
    columns_left = Field(
        "columns",
        "columns left over",
        "integer",
        "unused_columns",
        alone=f"How many columns {of} does no window reach?",
    )
    asked = "rows and how many columns" if level == 3 else "rows"
    return Draft(
        (
            f"{layer_words(layer).capitalize()}, slides over an input of {times(*size)}.",
            f"How many {asked} {of} does no window reach?",
        ),
        (*((ROWS_FIRST,) if level == 3 else ()), *per_side(layer)),
        Setup((1, *size), (layer,)),
        (rows_left, columns_left) if level == 3 else (rows_left,),
    )


FAMILY = Family("unused_rows", "Rows left over", LEVELS, (draw, draw, partial(draw, even=True)))
