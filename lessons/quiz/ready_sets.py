"""Sets that are ready to be taken, for learners who have been given no link."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lessons.quiz.registry import FAMILIES
from lessons.quiz.sets import QuizSet


class ReadySet(NamedTuple):
    """A set by its name, with a sentence on what it asks; its seed is drawn when it is started."""

    title: str
    says: str
    quiz: QuizSet

    def started(self, seed: int) -> QuizSet:
        """The set with questions of its own.

        >>> READY_SETS["sizes"].started(7).seed
        7
        """
        return replace(self.quiz, seed=seed)


def _every(*families: str) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Families with all of their levels."""
    return tuple((id, tuple(range(1, len(FAMILIES[id].levels) + 1))) for id in families)


READY_SETS: dict[str, ReadySet] = {
    "sizes": ReadySet(
        "Output sizes",
        "From a kernel alone to strides that do not fit, padding, dilation and pooling.",
        QuizSet(
            (("output_size", (1, 2, 3, 4, 5)), ("pooling_shape", (1, 2)), ("unused_rows", (1, 2))),
            10,
            1,
        ),
    ),
    "values": ReadySet(
        "Values by hand",
        "One output number at a time: windows, products, padding, pooling, the flipped kernel.",
        QuizSet(
            (
                ("cell_value", (1, 2, 3, 4)),
                ("pooling_value", (1, 2, 3)),
                ("window_origin", (1, 2)),
                ("flipped_kernel", (1,)),
                ("whole_output", (1, 2)),
            ),
            10,
            1,
        ),
    ),
    "parameters": ReadySet(
        "Parameters and cost",
        "Weights, biases, groups, fully connected layers, multiply-adds.",
        QuizSet(
            (
                ("layer_weights", (1, 2)),
                ("layer_parameters", (1, 2)),
                ("grouped_parameters", (1, 2)),
                ("pooling_parameters", (1,)),
                ("linear_against_conv", (1, 2)),
                ("macs", (1, 2)),
            ),
            10,
            1,
        ),
    ),
    "networks": ReadySet(
        "Layers in a row",
        "Chains of layers, flatten, receptive fields, transposed convolution.",
        QuizSet(
            (
                ("layer_chain", (1, 2, 3)),
                ("flatten_size", (1, 2)),
                ("receptive_field", (1, 2, 3)),
                ("transposed_size", (1, 2)),
            ),
            8,
            1,
        ),
    ),
    "everything": ReadySet(
        "A bit of everything",
        "One question of each kind that the quiz has.",
        QuizSet(_every(*FAMILIES), len(FAMILIES), 1),
    ),
}
"""Every ready set by its id, from easy to wide."""
