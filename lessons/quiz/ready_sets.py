"""Sets that are ready to be taken, for learners who have been given no link."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lessons.quiz.given import given_question
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


LECTURES: tuple[str, ...] = tuple(
    given_question(text).key
    for text in (
        "size 1x4x4; c1k3s2p1",
        "size 1x4x4; c1k2s2p1",
        "size 1x3x3; c1k2",
        "size 1x280x320; c1k1x2",
        "size 1x10x10; c1k5; m2",
        "size 1x32x32; c1k5; c1k5; c1k5; c1k5; c1k5; c1k5; c1k5",
        "size 1x256x256; c1k3s2p1; m4s1",
        "parameters 1x3x3; c1k2",
        "parameters 3x32x32; c6k5",
        "macs 1x280x320; c1k1x2",
        "parameters 784; l84b0; l10b0",
        "parameters 1x28x28; c10k5b0; m2; c20k5b0; m2; flat; l84b0; l10b0",
        "parameters 1x28x28; c6k5p2; m2; c16k5; m2; flat; l120; l84; l10",
        "parameters 3x480x640; flat; l100b0; l100b0; l1b0",
        "parameters 3x1536x2048; flat; l100b0; l100b0; l1b0",
        "parameters 3x32x32; flat; l1b0",
        "parameters 3x200x200; flat; l1b0",
    )
)
"""Exercises of lectures on convolutional networks, with the numbers that they have there."""

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
    "lectures": ReadySet(
        "Exercises of well-known lectures",
        "Fixed numbers: digit networks, shrinking maps, LeNet-5, a photograph fully connected.",
        QuizSet((("output_size", (1, 2)),), len(LECTURES), 1, pinned=LECTURES),
    ),
    "everything": ReadySet(
        "A bit of everything",
        "One question of each kind that the quiz has.",
        QuizSet(_every(*FAMILIES), len(FAMILIES), 1),
    ),
}
"""Every ready set by its id, from easy to wide."""
