"""A scene: a layer with its input, its weights and the step shown. One truth for a whole screen.

Picture, formula, numbers, code and link are functions of a Scene. Its flat form is a short dict of
strings, which `kernels.scene.settle` reads back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.pool_kinds import pool_kind
from kernels.layers.spec import ConvSpec, LayerSpec, PoolSpec
from kernels.ops.functional import conv2d
from kernels.ops.pool import pool_layer
from kernels.reading.notation import format_numbers, number_text
from kernels.scene.values import fit_bias, fit_input, fit_weight

DEFAULTS: dict[str, str] = {
    "op": "conv",
    "size": "5x5",
    "cin": "1",
    "cout": "1",
    "kernel": "3x3",
    "stride": "1x1",
    "padding": "0x0",
    "mode": "zeros",
    "fill": "0",
    "dilation": "1x1",
    "groups": "1",
    "bias": "0",
    "ceil": "0",
    "countpad": "1",
    "p": "2",
    "flip": "0",
    "step": "0",
    "x": "3 3 2 1 0_0 0 1 3 1_3 1 2 2 3_2 0 0 2 2_2 0 0 0 1",
    "w": "0 1 2_2 2 0_0 1 2",
    "b": "0",
}
"""The flat form's keys with the scene that the app opens on (Dumoulin and Visin 2016, fig. 1.1).

padding: `1x1` per side, `0.1x2.2` before.after an axis, or a word such as `same`. mode and fill:
padding_mode and padding_value. p: the power of Lp pooling. x, w, b: value sources (see notation).
flip: true convolution.
"""


@dataclass(frozen=True)
class Scene:
    """A layer, its input, its weights and the step shown.

    >>> from kernels.scene.settle import settle
    >>> scene, _ = settle(DEFAULTS)
    >>> scene.output()[0].tolist()
    [[12.0, 12.0, 17.0], [10.0, 17.0, 19.0], [9.0, 6.0, 14.0]]
    >>> scene.steps, scene.layer.kernel_size
    (9, (3, 3))

    Attributes: `layer`; `input_size` (height, width); `channels` of the input; `x`, `w`, `b` value
    sources; `flip` turns the kernel by 180 degrees (true convolution); `step` of the animation.
    `conv` keeps the convolution's own settings while the layer is a pooling, and `norm_type` the
    power of Lp pooling while it is another one, so that switching back loses nothing.
    """

    layer: LayerSpec
    conv: ConvSpec
    input_size: tuple[int, int]
    x: str
    w: str
    b: str
    flip: bool = False
    step: int = 0
    norm_type: float = 2.0

    @property
    def channels(self) -> int:
        return self.conv.in_channels

    @property
    def out_channels(self) -> int:
        return self.conv.out_channels if self.is_conv else self.channels

    @property
    def is_conv(self) -> bool:
        return isinstance(self.layer, ConvSpec)

    @property
    def axes(self) -> tuple[Axis, ...]:
        return self.layer.axes(self.input_size)

    @property
    def steps(self) -> int:
        """Number of output numbers, which is the number of steps."""
        return self.out_channels * math.prod(self.layer.output_size(self.input_size))

    @cached_property
    def _input(self) -> tuple[np.ndarray, str]:
        return fit_input(self.x, (self.channels, *self.input_size))

    @cached_property
    def _weight(self) -> tuple[np.ndarray, str]:
        return fit_weight(self.w, self.conv.weight_shape)

    def pooled_by(self, kind: str) -> Scene:
        """The same windows over the same input, pooled in another way ('max', 'avg', ...)."""
        if not isinstance(self.layer, PoolSpec):
            raise ShapeError(
                f"the layer is {self.layer.kind!r}, not a pooling; use settle with op={kind!r}."
            )
        norm_type = self.norm_type if pool_kind(kind).takes_norm else None
        return replace(self, layer=replace(self.layer, kind=kind, norm_type=norm_type))

    def input_array(self) -> np.ndarray:
        """The input, (C, H, W)."""
        return self._input[0].copy()

    def weight_array(self) -> np.ndarray:
        """The weights as multiplied, (K, C / groups, kh, kw): turned if `flip`."""
        weight = self.written_weight_array()
        return weight[..., ::-1, ::-1] if self.flip else weight

    def written_weight_array(self) -> np.ndarray:
        """The weights as written, before any flip."""
        return self._weight[0].copy()

    def bias_array(self) -> np.ndarray | None:
        """One number for each output channel, or None."""
        return fit_bias(self.b, self.conv.out_channels) if self.layer_has_bias else None

    def filled(self) -> tuple[str, ...]:
        """Sentences on the numbers that the sources did not give; empty if they gave all."""
        notes = [self._input[1], self._weight[1] if self.is_conv else ""]
        return tuple(note for note in notes if note)

    @property
    def layer_has_bias(self) -> bool:
        return self.is_conv and self.conv.bias

    def output(self) -> np.ndarray:
        """The output maps, (K, H_out, W_out)."""
        x, layer = self.input_array(), self.layer
        if isinstance(layer, ConvSpec):
            return conv2d(
                x,
                self.weight_array(),
                self.bias_array(),
                layer.stride,
                layer.padding,
                layer.dilation,
                layer.groups,
                padding_mode=layer.padding_mode,
                padding_value=layer.padding_value,
            )
        return pool_layer(x, layer)

    def to_flat(self) -> dict[str, str]:
        """The whole scene as a flat dict of strings; `settle` reads it back."""
        layer, conv = self.layer, self.conv
        pool = layer if isinstance(layer, PoolSpec) else None
        return {
            "op": layer.kind,
            "size": _by(self.input_size),
            "cin": str(conv.in_channels),
            "cout": str(conv.out_channels),
            "kernel": _by(layer.kernel_size),
            "stride": _by(layer.stride),
            "padding": _padding_text(layer.padding),
            "mode": conv.padding_mode,
            "fill": format_numbers([[[conv.padding_value]]]),
            "dilation": _by(layer.dilation),
            "groups": str(conv.groups),
            "bias": str(int(conv.bias)),
            "ceil": str(int(bool(pool and pool.ceil_mode))),
            "countpad": str(int(pool.count_include_pad if pool else 1)),
            "p": number_text(self.norm_type),
            "flip": str(int(self.flip)),
            "step": str(self.step),
            "x": self.x,
            "w": self.w,
            "b": self.b,
        }


def _by(pair: tuple[int, ...]) -> str:
    return "x".join(str(n) for n in pair)


def _padding_text(padding: str | tuple[tuple[int, int], ...]) -> str:
    if isinstance(padding, str):
        return padding
    return "x".join(str(b) if b == a else f"{b}.{a}" for b, a in padding)
