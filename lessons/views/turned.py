"""True convolution beside cross-correlation: the same numbers, the kernel turned and not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from kernels.ops.conv import convolve
from kernels.scene.flat import FlatScene
from kernels.scene.scene import Scene


@dataclass(frozen=True)
class Turned:
    """One channel's kernel as it is written and turned by 180°, with what each makes of the input.

    >>> from lessons.views.sliding_window import open_sliding
    >>> both = turned(open_sliding({"example": "two-by-two"})[0])
    >>> both.turned.tolist(), both.correlation.tolist(), both.convolution.tolist()
    ([[3.0, 2.0], [1.0, 0.0]], [[19.0, 25.0], [37.0, 43.0]], [[5.0, 11.0], [23.0, 29.0]])
    """

    kernel: np.ndarray
    turned: np.ndarray
    correlation: np.ndarray
    convolution: np.ndarray
    left_out: str = ""

    @property
    def sentence(self) -> str:
        """What there is to see, and which part of the layer is left out."""
        return " ".join(filter(None, (self._said, self.left_out)))

    @property
    def _said(self) -> str:
        said = (
            "Deep learning says convolution and multiplies the kernel as it is written, which is "
            "cross-correlation. True convolution turns it by 180° first."
        )
        if self.kernel.ndim == 1:
            said = (
                "Deep learning multiplies each number by the weight at the same place, "
                "s_t = Σ u_(t+a) · w_a: cross-correlation. True convolution, "
                "s_t = Σ u_a · w_(t−a), runs through the kernel the other way round."
            )
        if np.array_equal(self.kernel, self.turned):
            return f"{said} This kernel looks the same turned, so both results are equal."
        if np.array_equal(self.correlation, self.convolution):
            return f"{said} On these numbers both happen to be equal."
        return said


def left_out(scene: Scene) -> str:
    """The sentence on what is not computed here; empty if the whole layer is.

    >>> from lessons.views.sliding_window import open_sliding
    >>> left_out(open_sliding({"cin": "2", "bias": "1"})[0])
    'Drawn for the first input channel and the first output channel, without the bias.'
    """
    several = scene.channels > 1 or scene.out_channels > 1
    drawn = "Drawn for the first input channel and the first output channel" if several else ""
    if scene.layer_has_bias:
        return f"{drawn}, without the bias." if several else "Drawn without the bias."
    return f"{drawn}." if several else ""


def turned_taps(kernel: Sequence[int]) -> tuple[int, ...]:
    """For each weight of a kernel of this size, in reading order, its place once turned.

    >>> turned_taps((1, 3)), turned_taps((2, 2))
    ((2, 1, 0), (3, 2, 1, 0))
    """
    written = np.arange(prod(kernel)).reshape(tuple(kernel))
    places: list[int] = np.argsort(np.flip(written).ravel()).tolist()
    return tuple(places)


def turned(scene: FlatScene) -> Turned:
    """Both, from the first input channel to the first output channel, without bias."""
    layer, weight = scene.conv, scene.written_weight_array()
    assert weight is not None
    kernel = weight[:1, :1]
    other = np.flip(kernel, tuple(range(2, kernel.ndim)))
    made = [
        convolve(
            layer.rank,
            scene.input_array()[:1],
            each,
            None,
            layer.stride,
            layer.padding,
            layer.dilation,
            1,
            padding_mode=layer.padding_mode,
            padding_value=layer.padding_value,
        )[0]
        for each in (kernel, other)
    ]
    return Turned(kernel[0, 0], other[0, 0], made[0], made[1], left_out(scene))
