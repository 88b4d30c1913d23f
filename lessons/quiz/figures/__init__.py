"""What a question is about, drawn before it is answered: the givens, and a question mark.

No number that is asked for is written or can be counted: see `drawing.Givens`.
"""

from __future__ import annotations

from functools import lru_cache

from kernels import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.layers import Linear
from lessons.quiz.figures.chain import chain_figure
from lessons.quiz.figures.dense import dense_figure
from lessons.quiz.figures.drawing import Figure, Givens, page_style, standalone
from lessons.quiz.figures.grid import grid_figure
from lessons.quiz.figures.weights import weights_figure
from lessons.quiz.figures.window import transposed_figure, window_figure
from lessons.quiz.quantities import quantity_of
from lessons.quiz.question import Question

__all__ = ["Figure", "figure_of", "page_style", "standalone"]

_ORDER_ASKED = ("size_after_all",)
"""What is asked where reading the layers' order is the point: a drawing would read it."""


@lru_cache(maxsize=512)
def figure_of(question: Question) -> Figure | None:
    """A drawing of what the question tells; None where it shows numbers, or none would help.

    >>> from lessons.quiz import generate
    >>> figure_of(generate("output_size", 4, 1)).alt
    'Drawn: the input of 62 × 62 with padding 2 around it; a kernel of 3 × 3 at its first place; \
an arrow to the next place, stride 2; the output with a question mark.'
    >>> figure_of(generate("cell_value", 1, 0)) is None
    True
    """
    setup, first = question.setup, question.fields[0]
    if not setup.layers or setup.scene is not None or setup.options or first.asks in _ORDER_ASKED:
        return None
    givens = Givens.of(question)
    if any(isinstance(layer, Linear) for layer in setup.layers) and not any(
        isinstance(layer, ConvSpec | PoolSpec) for layer in setup.layers
    ):
        return dense_figure(setup, givens)
    if len(setup.layers) > 1:
        return chain_figure(setup, givens)
    match setup.layers[0]:
        case ConvSpec() if setup.head[1]:
            return grid_figure(setup, givens)
        case ConvSpec() as layer if quantity_of(first).weighs:
            return weights_figure(layer, setup, givens)
        case ConvSpec(rank=1 | 2) | PoolSpec(rank=1 | 2) as layer:
            return window_figure(layer, setup, givens)
        case ConvTransposeSpec(rank=2) as layer:
            return transposed_figure(layer, setup, givens)
        case _:
            return chain_figure(setup, givens)
