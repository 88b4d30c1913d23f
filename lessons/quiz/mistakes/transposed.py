"""How large a transposed convolution's output is, and the slips in it.

o = (i - 1)s - 2p + d(k - 1) + output_padding + 1.
"""

from __future__ import annotations

from typing import NamedTuple

from kernels.layers.geometry import kernel_reach
from lessons.quiz.mistakes.slip import ASKED, REASONED, Slip, changed_where


class TransposedWorking(NamedTuple):
    """The output cells along one axis of a transposed convolution.

    >>> TransposedWorking(3, 3, 2, 1).value()
    5
    """

    input: int
    kernel: int
    stride: int = 1
    padding: int = 0
    extra: int = 0
    dilation: int = 1
    copies: int = -1  # added to the input: copies of the kernel after the first
    cropped: int = -2  # how many times the padding is added
    extras: int = 1
    spread: bool = True
    other: int = 0  # the input along the other axis
    placed: bool = True  # whether the kernel's own cells count
    instead: int | None = None
    line: str = ""  # how `instead` was worked out

    def value(self) -> int | None:
        if self.instead is not None:
            return self.instead if self.instead > 0 else None
        reach = kernel_reach(self.kernel, self.dilation if self.spread else 1)
        size = (self.input + self.copies) * self.stride + (reach if self.placed else 0)
        size += self.cropped * self.padding + self.extras * self.extra
        return size if size > 0 else None

    def arithmetic(self) -> str:
        """The calculation in numbers, without its result."""
        if self.line:
            return self.line
        copies = f"({self.input} − 1)" if self.copies else str(self.input)
        reach = str(self.kernel)
        if self.dilation > 1 and self.spread:
            reach = f"{self.dilation} × ({self.kernel} − 1) + 1"
        text = f"{copies} × {self.stride}" + (f" + {reach}" if self.placed else "")
        for times, cells in ((self.cropped, self.padding), (self.extras, self.extra)):
            if times and cells:
                count = f"{abs(times)} × {cells}" if abs(times) > 1 else str(cells)
                text += f" {'−' if times < 0 else '+'} {count}"
        return text


def _slip(id, name, say, step, prior, condition, **changes) -> Slip:
    return Slip(
        id,
        name,
        say,
        "transposed",
        step,
        prior,
        {TransposedWorking: changed_where(condition, **changes)},
    )


def _forward(w):
    reach = kernel_reach(w.kernel, w.dilation)
    return (w.input + 2 * w.padding - reach) // w.stride + 1


TRANSPOSED_SLIPS = (
    _slip(
        "forward-formula",
        "the ordinary convolution's formula",
        "A transposed convolution goes the other way: (i − 1)·s + k − 2p.",
        "whole",
        REASONED,
        lambda w: True,
        instead=_forward,
        line=lambda w: (
            f"⌊({w.input}{f' + 2 × {w.padding}' if w.padding else ''} "
            f"− {kernel_reach(w.kernel, w.dilation)}) / {w.stride}⌋ + 1"
        ),
    ),
    _slip(
        "transposed-padding-added",
        "padding added instead of cropped",
        "Here padding crops the output: subtract it on both sides.",
        "padding",
        REASONED,
        lambda w: w.padding > 0,
        cropped=2,
    ),
    _slip(
        "transposed-padding-once",
        "padding cropped once",
        "Padding crops both ends of the output: subtract 2p.",
        "padding",
        REASONED,
        lambda w: w.padding > 0,
        cropped=-1,
    ),
    _slip(
        "transposed-padding-ignored",
        "padding ignored",
        "Padding crops the output: subtract 2p.",
        "padding",
        REASONED,
        lambda w: w.padding > 0,
        cropped=0,
    ),
    _slip(
        "times-stride",
        "input times stride",
        "Only some settings give exactly i·s; count (i − 1)·s, then the kernel.",
        "whole",
        ASKED,
        lambda w: w.stride > 1,
        instead=lambda w: w.input * w.stride,
        line=lambda w: f"{w.input} × {w.stride}",
    ),
    _slip(
        "copies-not-steps",
        "as many steps as copies",
        "i copies of the kernel lie i − 1 steps apart.",
        "copies",
        REASONED,
        lambda w: True,
        copies=0,
    ),
    Slip(
        "transposed-kernel-ignored",
        "kernel not added",
        "The last copy of the kernel takes up room too: add k after (i − 1)·s.",
        "transposed",
        "kernel",
        REASONED,
        {TransposedWorking: changed_where(lambda w: True, placed=False)},
        late=True,
    ),
    _slip(
        "output-padding-forgotten",
        "output_padding forgotten",
        "output_padding adds cells at one end: add it once.",
        "extra",
        REASONED,
        lambda w: w.extra > 0,
        extras=0,
    ),
    _slip(
        "output-padding-twice",
        "output_padding on both sides",
        "output_padding adds cells at one end only: add it once.",
        "extra",
        REASONED,
        lambda w: w.extra > 0,
        extras=2,
    ),
    _slip(
        "transposed-dilation-ignored",
        "dilation ignored",
        "A dilated kernel reaches over d·(k − 1) + 1 cells.",
        "kernel",
        REASONED,
        lambda w: w.dilation > 1,
        spread=False,
    ),
)
