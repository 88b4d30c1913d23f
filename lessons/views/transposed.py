"""What is said of a transposed convolution: whose way back it is, and why output padding."""

from __future__ import annotations

from math import prod

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import output_size
from kernels.layers.links import links_of
from kernels.layers.transposed import TransposedAxis
from kernels.scene.scene import Scene


def shared_size_sentence(*axes: TransposedAxis) -> str:
    """Say why it is called transposed, and which sizes output padding tells apart.

    >>> print(shared_size_sentence(*[TransposedAxis(3, 3, 2, 1, 1)] * 2))
    “Transposed”: its matrix is that of the convolution from 5 to 3, transposed. That convolution \
makes 3 of 6, too: output padding 0 leads back to 5, 1 to 6.
    >>> print(shared_size_sentence(TransposedAxis(2, 3)))
    “Transposed”: its matrix is that of the convolution from 4 to 2, transposed.

    The sizes are those along the first axis on which a stride leaves some apart.
    """
    axis = next((axis for axis in axes if axis.stride > 1), axes[0])
    alike = _sizes_alike(axis)
    if axis.output not in alike:
        return "“Transposed”: its matrix is that of a convolution, transposed."
    said = (
        f"“Transposed”: its matrix is that of the convolution from {axis.output} to {axis.input}, "
        "transposed."
    )
    others = [size for size in alike if size != axis.output]
    if not others:
        return said
    least = axis.output - axis.output_padding
    first, *rest = (f"{size - least} leads back to {size}" for size in alike)
    each = ", ".join([first, *(text.replace("leads back ", "") for text in rest)])
    words = " and ".join(map(str, others))
    return f"{said} That convolution makes {axis.input} of {words}, too: output padding {each}."


def _sizes_alike(axis: TransposedAxis) -> list[int]:
    """Input sizes of which a convolution with the same settings makes this axis's input size."""
    least = axis.output - axis.output_padding
    found = []
    for size in range(max(least, 1), least + axis.stride):
        try:
            made = output_size(
                (size,), (axis.kernel,), axis.stride, ((axis.before, axis.after),), axis.dilation
            )
        except ShapeError:
            continue
        if made == (axis.input,):
            found.append(size)
    return found


def step_the_other_way(scene: Scene) -> int:
    """The step that shows the same numbers in the other of the two ways.

    Of a copy, the output cell in the middle of where it lands; of an output cell, the middle one of
    the input cells whose copies reach it.

    >>> from dataclasses import replace
    >>> from kernels.scene.settle import settle
    >>> scene, _ = settle({"op": "transposed", "size": "2x2", "stride": "2x2", "step": "3"})
    >>> step_the_other_way(scene), step_the_other_way(replace(scene, way="zeros", step=18))
    (18, 3)
    """
    tables = [links_of(axis) for axis in scene.axes]
    size, made = scene.input_size, scene.output_size
    read = len(scene.layer.channels_read(0))
    if scene.adds_copies:
        channel, _, *place = np.unravel_index(scene.step, (scene.out_channels, read, *size))
        found = [
            [cell for cell in table.landings[at] if cell is not None]
            for table, at in zip(tables, place, strict=True)
        ]
        first, shape = int(channel) * prod(made), made
    else:
        channel, *place = np.unravel_index(scene.step, (scene.out_channels, *made))
        found = [
            [cell for _, cell in table.reads[at]] for table, at in zip(tables, place, strict=True)
        ]
        first, shape = int(channel) * read * prod(size), size
    if not all(found):
        return first
    middle = tuple(sorted(cells)[len(cells) // 2] for cells in found)
    return first + int(np.ravel_multi_index(middle, shape))
