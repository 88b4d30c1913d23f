"""A convolution over frames as one over planes, side by side: how a volume is drawn and computed.

A plane is one frame of one channel. Each frame of the output is a sum over the planes that it
reads, one slice of the kernel over each: for a stage of two axes that is a layer of many channels,
and which planes are read stands in the table of the frames' own axis.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kernels.layers.geometry import Axis
from kernels.layers.links import Links, links_of
from kernels.layers.spec import ConvSpec
from kernels.ops.padding import pad_input

Place = tuple[int, int]
"""A channel, or a kernel's slice of one, and a frame of it."""


@dataclass(frozen=True)
class Planes:
    """The planes of a convolution of three axes on an input of this size.

    >>> planes = Planes(ConvSpec(1, 1, (2, 3, 3)), (3, 5, 5))
    >>> planes.inputs, planes.slices, planes.outputs
    (((0, 0), (0, 1), (0, 2)), ((0, 0), (0, 1)), ((0, 0), (0, 1)))
    >>> planes.reads
    ((0, 1), (1, 2))
    """

    layer: ConvSpec
    size: tuple[int, ...]

    @cached_property
    def axis(self) -> Axis:
        """The frames' axis."""
        return self.layer.axes(self.size)[0]

    @cached_property
    def links(self) -> Links:
        """Which padded frames each output frame reads."""
        return links_of(self.axis, self.layer.padding_mode)

    @property
    def inputs(self) -> tuple[Place, ...]:
        """What each plane of the input is, with what pads it, counted from its own first frame."""
        frames = range(-self.links.before, self.links.padded - self.links.before)
        return tuple((c, frame) for c in range(self.layer.in_channels) for frame in frames)

    @property
    def slices(self) -> tuple[Place, ...]:
        """What each slice of a kernel is: of which channel that it reads, and which frame."""
        read = self.layer.in_channels // self.layer.groups
        return tuple((c, tap) for c in range(read) for tap in range(self.links.taps))

    @property
    def outputs(self) -> tuple[Place, ...]:
        """What each plane of the output is."""
        frames = range(self.links.output)
        return tuple((k, frame) for k in range(self.layer.out_channels) for frame in frames)

    @property
    def sources(self) -> tuple[int | None, ...]:
        """For each plane of the input the one whose numbers it holds; None where it holds none.

        >>> Planes(ConvSpec(1, 1, (3, 1, 1), padding=(1, 0, 0)), (2, 4, 4)).sources
        (None, 1, 2, None)
        """
        padded, before = self.links.padded, self.links.before
        return tuple(
            None if source is None else c * padded + before + source
            for c in range(self.layer.in_channels)
            for source in self.links.sources
        )

    @property
    def padding(self) -> tuple[bool, ...]:
        """Whether each plane of the input is padding."""
        return tuple(not 0 <= frame < self.links.input for _, frame in self.inputs)

    @property
    def reads(self) -> tuple[tuple[int, ...], ...]:
        """For each plane of the output the input planes that it reads, in the order of slices."""
        return tuple(
            tuple(
                channel * self.links.padded + cell
                for channel in self.layer.channels_read(k)
                for _, cell in self.links.reads[frame]
            )
            for k, frame in self.outputs
        )

    def padded(self, x: np.ndarray) -> np.ndarray:
        """The input (C, T, H, W) as planes (planes, H, W), padded by whole frames alone."""
        axes = [self.axis, *(Axis(n, 1) for n in x.shape[2:])]
        frames = pad_input(x, axes, self.layer.padding_mode, self.layer.padding_value)
        return as_planes(frames, 3)


def as_planes(array: np.ndarray, rank: int) -> np.ndarray:
    """The numbers of a layer of so many axes as one plane after the other: (planes, H, W).

    >>> as_planes(np.zeros((2, 3, 4, 5)), 3).shape, as_planes(np.zeros((2, 5)), 1).shape
    ((6, 4, 5), (2, 1, 5))

    Those along one axis are single rows.
    """
    rows = array if rank > 1 else array[..., np.newaxis, :]
    return rows.reshape(-1, *rows.shape[-2:])
