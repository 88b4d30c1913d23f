"""The flat form of a scene: a short dict of strings, which controls and addresses speak.

`kernels.scene.settle` reads it back. A flat form also says what the layer shown has no use for, as
the kernel's numbers while a pooling is shown, so that switching back loses nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.reading.notation import format_numbers, number_text
from kernels.scene.axes import ends_at, numbers_at
from kernels.scene.layer_kinds import LayerKind, kind_of
from kernels.scene.planes import as_planes
from kernels.scene.scene import Numbers, Scene

DEFAULTS: dict[str, str] = {
    "op": "conv",
    "rank": "2",
    "size": "5x5",
    "cin": "1",
    "cout": "1",
    "kernel": "3x3",
    "stride": "1x1",
    "padding": "0x0",
    "mode": "zeros",
    "fill": "0",
    "dilation": "1x1",
    "opad": "0x0",
    "way": "copies",
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

rank: 2; 1 for a signal, whose sizes are one number each; 3 for a video, whose frames come first.
padding: `1x1` per side, `0.1x2.2` before.after an axis, or a word such as `same`. mode and fill:
padding_mode and padding_value. opad and way: output_padding of a transposed convolution, and how it
is shown. p: the power of Lp pooling. x, w, b: value sources (see notation). flip: true convolution.
"""


@dataclass(frozen=True)
class FlatScene(Scene):
    """A layer of one to three axes with everything that its controls say.

    >>> from kernels.scene.settle import settle
    >>> scene, _ = settle({"op": "max", "cout": "3"})
    >>> scene.out_channels, scene.conv.out_channels, scene.to_flat()["cout"]
    (1, 3, '3')

    `others` are the settings that the layer shown does not have, as pairs of key and text.
    """

    others: tuple[tuple[str, str], ...] = ()

    def to_flat(self) -> dict[str, str]:
        """The whole scene as a flat dict of strings; `settle` reads it back."""
        flat = {**DEFAULTS, **dict(self.others), **own_settings(self)}
        return {key: flat[key] for key in DEFAULTS}

    @property
    def kind(self) -> LayerKind:
        """The layer's row: its title, and the settings that it has."""
        return kind_of(self.layer)

    @property
    def conv(self) -> ConvSpec:
        """The convolution that the settings describe, also while another layer is shown."""
        if isinstance(self.layer, ConvSpec):
            return self.layer
        return conv_of(self.to_flat())

    @property
    def x(self) -> str:
        """The source of the input."""
        return self.to_flat()["x"]

    @property
    def w(self) -> str:
        """The source of the weights, also while a pooling is shown."""
        return self.to_flat()["w"]

    @property
    def b(self) -> str:
        """The source of the bias, also while there is none."""
        return self.to_flat()["b"]

    def pooled_by(self, kind: str, norm_type: float | None = None) -> FlatScene:
        """The same windows, pooled in another way; the power is what the settings say."""
        flat = self.to_flat()
        power = float(flat["p"]) if norm_type is None else norm_type
        pooled = super().pooled_by(kind, power)
        assert isinstance(pooled, FlatScene)
        return replace(pooled, others=others_of(pooled, flat))


def flat_of(scene: Scene) -> dict[str, str]:
    """The flat form of any scene.

    >>> scene = Scene(PoolSpec(2), [[[1, 2], [3, 4]]])
    >>> {key: value for key, value in flat_of(scene).items() if value != DEFAULTS[key]}
    {'op': 'max', 'size': '2x2', 'kernel': '2x2', 'stride': '2x2', 'x': '1 2_3 4'}
    """
    if isinstance(scene, FlatScene):
        return scene.to_flat()
    return {**DEFAULTS, **own_settings(scene)}


def own_settings(scene: Scene) -> dict[str, str]:
    """The settings that a scene's layer has, as texts."""
    layer = scene.layer
    own = {
        "op": kind_of(layer).name,
        "rank": str(layer.rank),
        "size": by(scene.input_size),
        "cin": str(scene.channels),
        "kernel": by(layer.kernel_size),
        "stride": by(layer.stride),
        "padding": padding_text(layer.padding),
        "dilation": by(layer.dilation),
        "step": str(scene.step),
        "x": _source(scene.input, scene.input.array, layer.rank),
    }
    match layer:
        case PoolSpec():
            own |= {"ceil": _flag(layer.ceil_mode), "countpad": _flag(layer.count_include_pad)}
            power = layer.norm_type
            return own if power is None else own | {"p": number_text(power)}
        case ConvSpec():
            own |= {
                "mode": layer.padding_mode,
                "fill": format_numbers([[[layer.padding_value]]]),
                "flip": _flag(scene.flip),
            }
        case ConvTransposeSpec():
            own |= {"opad": by(layer.output_padding), "way": scene.way or DEFAULTS["way"]}
    own |= {
        "cout": str(layer.out_channels),
        "groups": str(layer.groups),
        "bias": _flag(layer.bias),
        "w": _source(scene.weight, scene.kernels_array(), layer.rank),
    }
    return own if scene.bias is None else own | {"b": _source(scene.bias, scene.bias.array, 1)}


def others_of(scene: Scene, flat: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Those of some settings that a scene's layer does not have."""
    own = own_settings(scene)
    return tuple((key, flat[key]) for key in DEFAULTS if key not in own)


def conv_of(flat: Mapping[str, str]) -> ConvSpec:
    """The convolution that settled settings describe."""
    rank = int(flat["rank"])

    def lengths(key: str) -> tuple[int, ...]:
        numbers = numbers_at(flat[key], rank)
        assert numbers is not None, "settled settings can be read"
        return numbers

    padding = ends_at(flat["padding"], rank)
    return ConvSpec(
        in_channels=int(flat["cin"]),
        out_channels=int(flat["cout"]),
        kernel_size=lengths("kernel"),
        stride=lengths("stride"),
        padding=flat["padding"] if padding is None else padding,
        dilation=lengths("dilation"),
        groups=int(flat["groups"]),
        bias=flat["bias"] == "1",
        padding_mode=flat["mode"],
        padding_value=float(flat["fill"]),
    )


def by(pair: tuple[int, ...]) -> str:
    """Sizes as a setting has them.

    >>> by((3, 2))
    '3x2'
    """
    return "x".join(str(n) for n in pair)


def padding_text(padding: str | tuple[tuple[int, int], ...]) -> str:
    """Padding as a setting has it: a word, or cells an axis.

    >>> padding_text("same"), padding_text(((1, 1), (0, 2)))
    ('same', '1x0.2')
    """
    if isinstance(padding, str):
        return padding
    return "x".join(str(b) if b == a else f"{b}.{a}" for b, a in padding)


def _flag(on: bool) -> str:
    return str(int(on))


def _source(numbers: Numbers | None, array: np.ndarray | None, rank: int) -> str:
    """The text that gave the numbers, or the numbers themselves as text, channel by channel."""
    if numbers is None or array is None:
        return ""
    return numbers.source or format_numbers(as_planes(array, rank))
