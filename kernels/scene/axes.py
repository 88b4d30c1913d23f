"""What the axes of a scene are called, and how a setting with a number for each is written.

A layer of three axes is a volume: the frames of a video, and in each of them rows and columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kernels.layers.geometry import Pair
from kernels.reading.link_text import ends_of_axes, whole_number

NAMES = MappingProxyType({1: ("width",), 2: ("height", "width"), 3: ("frames", "height", "width")})
"""The names of the axes, by how many there are."""

ENDS = MappingProxyType(
    {"frames": ("before", "after"), "height": ("top", "bottom"), "width": ("left", "right")}
)
"""What the two ends of each axis are called."""

OF_FRAMES = MappingProxyType(
    {"size": "4", "kernel": "2", "stride": "1", "padding": "0", "dilation": "1", "opad": "0"}
)
"""The settings with a number for each axis, and the one that frames have where none is given."""


def numbers_at(text: str, rank: int, frames: str = "1") -> tuple[int, ...] | None:
    """Read a whole number for each of so many axes, or one for all; None for anything else.

    >>> numbers_at("4x3x2", 3), numbers_at("3", 3), numbers_at("3x2", 1), numbers_at("3x2", 3, "4")
    ((4, 3, 2), (3, 3, 3), (2,), (4, 3, 2))
    >>> numbers_at("4x3x2x1", 3), numbers_at("wide", 2)
    (None, None)

    Of more numbers than there are axes the last ones count, and rows and columns alone are
    completed by those `frames`: what a layer of other axes said is understood.
    """
    parts = _parts(text, rank, frames)
    numbers = [n for part in parts if (n := whole_number(part)) is not None]
    return tuple(numbers) if len(numbers) == rank else None


def ends_at(text: str, rank: int) -> tuple[Pair, ...] | None:
    """Read cells (before, after) of each of so many axes, or of one for all, as `numbers_at` does.

    >>> ends_at("2.0x1x1", 3), ends_at("1x0.2", 3), ends_at("valid", 1), ends_at("same", 2)
    (((2, 0), (1, 1), (1, 1)), ((0, 0), (1, 1), (0, 2)), ((0, 0),), None)
    """
    parts = _parts("0" if text == "valid" else text, rank, "0")
    return ends_of_axes("x".join(parts), rank) if len(parts) == rank else None


def at_rank(flat: Mapping[str, str], rank: int) -> dict[str, str]:
    """The same settings as a layer of so many axes has them.

    >>> at_rank({**OF_FRAMES, "kernel": "3x5"}, 1)["kernel"]
    '5'
    """
    own = {key: "x".join(_parts(flat[key], rank, frames)) for key, frames in OF_FRAMES.items()}
    return {**flat, **own, "rank": str(rank)}


def _parts(text: str, rank: int, frames: str) -> list[str]:
    """The text of each axis; too many or too few where it says something else."""
    parts = text.split("x")
    if len(parts) == 1:
        return parts * rank
    if len(parts) > max(NAMES):
        return parts
    return [*[frames] * (rank - len(parts)), *parts[-rank:]]
