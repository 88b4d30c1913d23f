"""Sentences about a transposed convolution: which convolution it reverses, why output padding."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import output_size
from kernels.layers.links import Links, inserted_links, links_of
from kernels.layers.spec import ConvTransposeSpec
from kernels.layers.transposed import TransposedAxis
from kernels.ops.conv_transpose import transpose_convolve
from kernels.ops.trace import step_place
from kernels.scene.flat import by
from kernels.scene.scene import Scene
from lessons.views.turned import left_out
from lessons.views.uses import landings_sentence


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


@dataclass(frozen=True)
class BothWays:
    """One channel of a transposed convolution: its kernel as written and turned, and the output.

    links : for each axis, what an ordinary window reads of the input with zeros put in

    >>> from kernels.scene.settle import settle
    >>> both = both_ways(settle({"op": "transposed", "size": "2x2", "x": "1 2_3 4", "w": "1 0_0 2",
    ...                          "kernel": "2x2"})[0])
    >>> both.turned.tolist(), both.output.tolist()
    ([[2.0, 0.0], [0.0, 1.0]], [[1.0, 2.0, 0.0], [3.0, 6.0, 4.0], [0.0, 6.0, 8.0]])
    """

    links: tuple[Links, ...]
    kernel: np.ndarray
    turned: np.ndarray
    output: np.ndarray
    sentence: str


def both_ways(scene: Scene) -> BothWays:
    """From the first input channel to the first output channel, without bias."""
    layer, weight = scene.layer, scene.kernels_array()
    assert isinstance(layer, ConvTransposeSpec) and weight is not None
    kernel = weight[0, 0]
    output = transpose_convolve(
        layer.rank,
        scene.input_array()[:1],
        kernel[np.newaxis, np.newaxis],
        None,
        layer.stride,
        layer.padding,
        layer.output_padding,
        1,
        layer.dilation,
    )[0]
    links = tuple(inserted_links(axis) for axis in layer.axes(scene.input_size))
    return BothWays(links, kernel, np.flip(kernel), output, _both_ways_sentence(scene))


def transposed_settings(scene: Scene) -> dict[str, str]:
    """The settings that make a transposed convolution of any layer, small enough to be seen whole.

    >>> from kernels.scene.settle import settle
    >>> transposed_settings(settle({"size": "5x2"})[0])
    {'op': 'transposed', 'rank': '2', 'size': '3x2', 'kernel': '3x3', 'stride': '2x2', \
'padding': '0x0', 'dilation': '1x1', 'opad': '0x0'}
    """
    rank = min(scene.layer.rank, 2)
    size = by(tuple(min(n, 3) for n in scene.input_size[-rank:]))
    alike = {"kernel": 3, "stride": 2, "padding": 0, "dilation": 1, "opad": 0}
    each = {key: by((number,) * rank) for key, number in alike.items()}
    return {"op": "transposed", "rank": str(rank), "size": size, **each}


def _both_ways_sentence(scene: Scene) -> str:
    said = (
        "One way: each number lays down a copy of the kernel, and copies add up where they "
        "overlap. The other: a window slides over the same numbers with zeros put in. Same "
        "products, same output."
    )
    overlaps = landings_sentence(scene) if max(scene.layer.stride) > 1 else ""
    return " ".join(filter(None, (said, overlaps, left_out(scene))))


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
        channel, (_, *place) = step_place(scene.step, (read, *size), scene.out_channels)
        found = [
            [cell for cell in table.landings[at] if cell is not None]
            for table, at in zip(tables, place, strict=True)
        ]
        first, shape = channel * prod(made), made
    else:
        channel, (*place,) = step_place(scene.step, made, scene.out_channels)
        found = [
            [cell for _, cell in table.reads[at]] for table, at in zip(tables, place, strict=True)
        ]
        first, shape = channel * read * prod(size), size
    if not all(found):
        return first
    middle = tuple(sorted(cells)[len(cells) // 2] for cells in found)
    return first + int(np.ravel_multi_index(middle, shape))
