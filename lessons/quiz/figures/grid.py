"""A grid over an image, with one of its cells marked, and the numbers that are told for each."""

from __future__ import annotations

from lessons.quiz.figures.drawing import Figure, Givens, arrow, asked_box, legend, rect
from lessons.quiz.question import Setup

SIDE = 160.0
"""How large the image is drawn."""


def grid_figure(setup: Setup, givens: Givens) -> Figure:
    """The grid of a detector, and a question mark for what it tells."""
    rows, columns = setup.input_shape[1:]
    high, wide = SIDE / rows, SIDE / columns
    parts = [
        rect(14 + c * wide, 16 + r * high, wide, high, "input")
        for r in range(rows)
        for c in range(columns)
    ]
    marked = (14 + columns // 2 * wide, 16 + rows // 2 * high)
    parts.append(rect(*marked, wide, high, "kernel"))
    size = givens.size(rows, columns)
    lines = [
        ("input", f"{size} cells" if size != "?" else "a grid"),
        ("kernel", "one of its cells"),
    ]
    parts += [legend(200, 40, lines), arrow(340, 66, 370, "thin")]
    parts.append(asked_box(384, 34, 64, "numbers"))
    said = "; ".join(words for _, words in lines)
    return Figure("".join(parts), 192, f"Drawn: {said}; the numbers with a question mark.")
