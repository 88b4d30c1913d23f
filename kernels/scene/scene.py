"""A scene: a layer with its numbers and the step shown. One truth for a whole screen.

Picture, formula, numbers, code and link are functions of a Scene. The flat form, a short dict of
strings that controls and addresses speak, is that of `kernels.scene.flat`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kernels.errors import ShapeError, raise_faults
from kernels.layers.formula import Formula, layer_formulas
from kernels.layers.geometry import Axis
from kernels.layers.links import Links, inserted_links, links_of
from kernels.layers.pool_kinds import pool_kind
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, LayerSpec, PoolSpec
from kernels.layers.transposed import TransposedAxis
from kernels.ops.conv import convolve
from kernels.ops.conv_transpose import transpose_convolve
from kernels.ops.padding import as_float
from kernels.ops.pool import pool_layer
from kernels.ops.trace import WindowTrace, step_place, trace_window
from kernels.scene.axes import NAMES
from kernels.scene.layer_kinds import WAYS


@dataclass(frozen=True, eq=False)
class Numbers:
    """An array, where it came from, and what the source did not give.

    >>> typed = Numbers([[[1, 2], [3, 4]]], source="1 2_3 4")
    >>> typed.array.shape, typed == Numbers([[[1, 2], [3, 4]]]), typed == typed
    ((1, 2, 2), False, True)

    Attributes
    ----------
    array : real numbers; the scene's own view of them, which cannot be written to
    source : the text that gave them: typed, an example's, `random:7`, a patch of a photograph;
        empty for what was computed, as one layer's output that is the next one's input
    note : a sentence on numbers that the source did not give
    """

    array: np.ndarray
    source: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        view = as_float(self.array, "numbers").view()
        view.flags.writeable = False
        object.__setattr__(self, "array", view)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Numbers):
            return NotImplemented
        return self is other or (
            (self.source, self.note) == (other.source, other.note)
            and np.array_equal(self.array, other.array, equal_nan=True)
        )

    def __hash__(self) -> int:
        return hash((self.source, self.array.shape))


@dataclass(frozen=True)
class Scene:
    """A layer of one to three axes, its input, its weights and the step shown.

    >>> layer = ConvSpec(1, 1, 2, bias=False)
    >>> scene = Scene(layer, [[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]], step=1)
    >>> scene.output()[0].tolist(), scene.steps, scene.trace.result
    ([[19.0, 25.0], [37.0, 43.0]], 4, 25.0)
    >>> up = Scene(ConvTransposeSpec(1, 1, 2, stride=2, bias=False), scene.output(), scene.weight)
    >>> up.output().shape, [links.output for links in up.links]
    ((1, 4, 4), [4, 4])

    Attributes
    ----------
    layer : a convolution, a transposed convolution or a pooling
    input : (C, *size)
    weight : of the layer's weight_shape, as written; None for a pooling
    bias : one number for each output channel, or None where the layer has none
    step : which output number is shown, channel by channel, row by row
    flip : whether kernels are turned by 180 degrees (true convolution)
    way : of a transposed convolution, "zeros" where a window moves over the input with zeros put
        in, "copies" where each step adds one input number's copy of the kernel to the output; a
        step is then such a number, output channel by output channel. Else empty

    Arrays may be given instead of Numbers. Raises ShapeError where they do not fit the layer.
    """

    layer: LayerSpec
    input: Numbers
    weight: Numbers | None = None
    bias: Numbers | None = None
    step: int = 0
    flip: bool = False
    way: str = ""

    def __post_init__(self) -> None:
        for name in ("input", "weight", "bias"):
            value = getattr(self, name)
            if value is not None and not isinstance(value, Numbers):
                object.__setattr__(self, name, Numbers(value))
        raise_faults(_faults(self))
        self.layer.axes(self.input_size)
        step_place(self.step, (self.steps,), 1)

    @property
    def input_size(self) -> tuple[int, ...]:
        """(height, width), the length alone, or (frames, height, width)."""
        return self.input.array.shape[1:]

    @property
    def channels(self) -> int:
        return len(self.input.array)

    @property
    def out_channels(self) -> int:
        return self.channels if isinstance(self.layer, PoolSpec) else self.layer.out_channels

    @property
    def is_conv(self) -> bool:
        """Whether it is a convolution, and no transposed one."""
        return isinstance(self.layer, ConvSpec)

    @property
    def planes(self) -> tuple[str, ...]:
        """What each channel holds of the photograph that the input was cut from; else empty.

        >>> layer = ConvSpec(1, 1, 2, bias=False)
        >>> patch = Numbers([[[0, 255], [9, 9]]], source="u8:1x2x2:AP8JCQ")
        >>> Scene(layer, patch, [[[[0, 1], [2, 3]]]]).planes
        ('grey',)
        """
        if not self.input.source.startswith("u8:") or self.input.note:
            return ()
        return {1: ("grey",), 3: ("red", "green", "blue")}.get(self.channels, ())

    @property
    def layer_has_bias(self) -> bool:
        return self.bias is not None

    @property
    def axes(self) -> tuple[Axis, ...] | tuple[TransposedAxis, ...]:
        return self.layer.axes(self.input_size)

    @property
    def links(self) -> tuple[Links, ...]:
        """What each output cell reads, one table an axis; of the zeros too that are put in."""
        if self.way == "zeros":
            return tuple(
                inserted_links(axis) for axis in self.axes if isinstance(axis, TransposedAxis)
            )
        return self.own_links

    @property
    def own_links(self) -> tuple[Links, ...]:
        """What each output cell reads of the input itself, whatever way it is shown."""
        mode = self.layer.padding_mode if isinstance(self.layer, ConvSpec) else "zeros"
        return tuple(links_of(axis, mode) for axis in self.axes)

    @property
    def output_size(self) -> tuple[int, ...]:
        return self.layer.output_size(self.input_size)

    @property
    def steps(self) -> int:
        """Number of output numbers, or of the copies that are added up."""
        if self.adds_copies:
            read = len(self.layer.channels_read(0))
            return self.out_channels * read * math.prod(self.input_size)
        return self.out_channels * math.prod(self.output_size)

    @property
    def adds_copies(self) -> bool:
        """Whether each step adds one input number's copy of the kernel to the output."""
        return self.way == "copies"

    @property
    def formulas(self) -> tuple[Formula, ...]:
        """The layer's formulas, with this input's size."""
        return layer_formulas(self.layer, self.input_size, NAMES[self.layer.rank])

    @property
    def trace(self) -> WindowTrace:
        """The output number shown, spelled out."""
        if self.adds_copies:
            raise ShapeError("a step of copies is an input number, no output; use way='zeros'.")
        channel, position = step_place(self.step, self.output_size, self.out_channels)
        arrays = self.input.array, self.weight_array(), self.bias_array()
        return trace_window(self.layer, *arrays, position, channel)

    def input_array(self) -> np.ndarray:
        """The input, (C, *size), to be changed at will."""
        return self.input.array.copy()

    def weight_array(self) -> np.ndarray | None:
        """The weights as multiplied: turned if `flip`; None for a pooling."""
        weight = self.written_weight_array()
        if weight is None or not self.flip:
            return weight
        return np.flip(weight, tuple(range(2, weight.ndim)))

    def written_weight_array(self) -> np.ndarray | None:
        """The weights as written, before any flip."""
        return None if self.weight is None else self.weight.array.copy()

    def kernels_array(self) -> np.ndarray | None:
        """The weights as written with the output map first, whatever the layer's own order.

        >>> up = ConvTransposeSpec(2, 1, (2,), bias=False)
        >>> Scene(up, np.ones((2, 3)), [[[1, 2]], [[3, 4]]]).kernels_array().tolist()
        [[[1.0, 2.0], [3.0, 4.0]]]
        """
        weight = self.written_weight_array()
        return None if weight is None else maps_first(self.layer, weight)

    @property
    def shows_turned(self) -> bool:
        """Whether the kernels are drawn turned by 180 degrees."""
        return self.flip or self.way == "zeros"

    def shown_kernels(self) -> np.ndarray | None:
        """The weights as they are drawn: the output map first, and turned where they are shown so.

        >>> up = ConvTransposeSpec(1, 1, (2,), bias=False)
        >>> Scene(up, [[1, 2]], [[[3, 4]]], way="zeros").shown_kernels().tolist()
        [[[4.0, 3.0]]]
        """
        kernels = self.kernels_array()
        if kernels is None or not self.shows_turned:
            return kernels
        return np.flip(kernels, tuple(range(2, kernels.ndim)))

    def bias_array(self) -> np.ndarray | None:
        """One number for each output channel, or None."""
        return None if self.bias is None else self.bias.array.copy()

    def filled(self) -> tuple[str, ...]:
        """Sentences on the numbers that the sources did not give; empty if they gave all."""
        given = (self.input, self.weight, self.bias)
        return tuple(numbers.note for numbers in given if numbers is not None and numbers.note)

    def pooled_by(self, kind: str, norm_type: float = 2.0) -> Scene:
        """The same windows over the same input, pooled in another way ('max', 'avg', ...).

        norm_type : the power, where the kind takes one
        """
        if not isinstance(self.layer, PoolSpec):
            raise ShapeError(
                f"the layer is {self.layer.kind!r}, not a pooling; use settle with op={kind!r}."
            )
        power = norm_type if pool_kind(kind).takes_norm else None
        return replace(self, layer=replace(self.layer, kind=kind, norm_type=power))

    def running_output(self) -> np.ndarray:
        """The output maps when the copies of all steps up to this one have been added.

        >>> layer = ConvTransposeSpec(1, 1, (3,), stride=2, bias=False)
        >>> Scene(layer, [[1, 2]], [[[1, 1, 1]]], way="copies").running_output().tolist()
        [[1.0, 1.0, 1.0, 0.0, 0.0]]
        """
        if not self.adds_copies:
            raise ShapeError("only copies of the kernel are added up; use way='copies'.")
        read = len(self.layer.channels_read(0))
        within = self.steps // self.out_channels
        maps = []
        for channel in range(self.out_channels):
            added = min(max(self.step + 1 - channel * within, 0), within)
            x, group = np.zeros_like(self.input.array), list(self.layer.channels_read(channel))
            part = self.input.array[group].copy().reshape(read, -1)
            part.reshape(-1)[added:] = 0
            x[group] = part.reshape(len(group), *self.input_size)
            maps.append(self._output_of(x)[channel])
        return np.stack(maps)

    def output(self) -> np.ndarray:
        """The output maps, (K, *output size)."""
        return self._output_of(self.input.array)

    def _output_of(self, x: np.ndarray) -> np.ndarray:
        layer = self.layer
        match layer:
            case ConvSpec():
                return convolve(
                    layer.rank,
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
            case ConvTransposeSpec():
                return transpose_convolve(
                    layer.rank,
                    x,
                    self.weight_array(),
                    self.bias_array(),
                    layer.stride,
                    layer.padding,
                    layer.output_padding,
                    layer.groups,
                    layer.dilation,
                )
            case PoolSpec():
                return pool_layer(x, layer)


def maps_first(layer: LayerSpec, weight: np.ndarray) -> np.ndarray:
    """Weights as (K, C / groups, *kernel): those of a transposed convolution stand input first."""
    if not isinstance(layer, ConvTransposeSpec):
        return weight
    read, made = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    grouped = weight.reshape(layer.groups, read, made, *layer.kernel_size)
    return grouped.swapaxes(1, 2).reshape(layer.out_channels, read, *layer.kernel_size)


def as_stored(layer: LayerSpec, kernels: np.ndarray) -> np.ndarray:
    """The same weights in the layer's own order: the way back of `maps_first`."""
    if not isinstance(layer, ConvTransposeSpec):
        return kernels
    read, made = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    grouped = kernels.reshape(layer.groups, made, read, *layer.kernel_size)
    return grouped.swapaxes(1, 2).reshape(layer.weight_shape)


def _faults(scene: Scene) -> list[str]:
    """List what does not fit together: the layer and the shapes of its numbers."""
    layer = scene.layer
    if not isinstance(layer, ConvSpec | ConvTransposeSpec | PoolSpec):
        return [
            f"layer is {layer!r} but must be a ConvSpec, ConvTransposeSpec or PoolSpec; use one."
        ]
    shape = scene.input.array.shape
    if len(shape) != layer.rank + 1:
        return [
            f"input has shape {shape} but must have channels and {layer.rank} "
            f"{'axis' if layer.rank == 1 else 'axes'}; drop the batch or add the channels."
        ]
    faults = []
    if scene.way and (scene.way not in WAYS or not isinstance(layer, ConvTransposeSpec)):
        faults.append(
            f"way is {scene.way!r} but only a transposed convolution has one, "
            f"{' or '.join(map(repr, WAYS))}; use way=''."
        )
    wanted: dict[str, tuple[int, ...] | None] = {"weight": None, "bias": None}
    if isinstance(layer, PoolSpec):
        if scene.flip:
            faults.append("flip is set but a pooling has no kernel to turn; use flip=False.")
    else:
        wanted["weight"] = layer.weight_shape
        wanted["bias"] = (layer.out_channels,) if layer.bias else None
        if shape[0] != layer.in_channels:
            faults.append(
                f"input has {shape[0]} channels but the layer takes {layer.in_channels}; use those."
            )
    for name, needed in wanted.items():
        numbers = getattr(scene, name)
        given = None if numbers is None else numbers.array.shape
        if given != needed:
            faults.append(
                f"{name} has shape {given} but the layer takes {needed}; "
                f"use {'None' if needed is None else f'shape {needed}'}."
            )
    return faults
