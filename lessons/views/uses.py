"""How often a layer's windows use each input cell, and what there is to see in it."""

from __future__ import annotations

from functools import reduce

import numpy as np

from kernels.scene.scene import Scene


def uses_of(scene: Scene) -> np.ndarray:
    """How many windows read each input cell, of the input's size.

    >>> from lessons.views.sliding_window import open_sliding
    >>> uses_of(open_sliding({})[0])[:3].tolist()
    [[1, 2, 3, 2, 1], [2, 4, 6, 4, 2], [3, 6, 9, 6, 3]]

    A window is a pair of one along the rows and one along the columns, so the counts multiply.
    """
    return reduce(np.multiply.outer, (np.array(table.uses) for table in scene.own_links))


def landings_of(scene: Scene) -> np.ndarray:
    """How many products land on each output cell of a transposed convolution.

    >>> from lessons.views.sliding_window import open_sliding
    >>> landings_of(open_sliding({"example": "checkerboard"})[0])[2:5, 2:5].tolist()
    [[4, 2, 4], [2, 1, 2], [4, 2, 4]]
    """
    lines = (np.array([len(reads) for reads in table.reads]) for table in scene.own_links)
    return reduce(np.multiply.outer, lines)


def landings_sentence(scene: Scene) -> str:
    """Why the products fall in a checkerboard, or why they do not.

    >>> from lessons.views.sliding_window import open_sliding
    >>> print(landings_sentence(open_sliding({"example": "checkerboard"})[0]))
    Some cells get 1 product, others 4: kernel 3 is not a multiple of stride 2, so the copies \
overlap unevenly. That is the checkerboard.
    >>> print(landings_sentence(open_sliding({"example": "no-checkerboard"})[0]))
    Away from the edge every cell gets 4 products: kernel 4 is a multiple of stride 2, so the \
copies overlap evenly. No checkerboard.
    """
    landings = landings_of(scene)
    layer = scene.layer
    uneven = [(k, s) for k, s in zip(layer.kernel_size, layer.stride, strict=True) if k % s]
    most, least = int(landings.max()), int(landings.min())
    products = f"{most} product{'s' if most > 1 else ''}"
    if not uneven:
        kernel, stride = layer.kernel_size[0], layer.stride[0]
        return (
            f"Away from the edge every cell gets {products}: kernel {kernel} is a multiple of "
            f"stride {stride}, so the copies overlap evenly. No checkerboard."
        )
    kernel, stride = uneven[0]
    few = f"{least} product{'' if least == 1 else 's'}"
    return (
        f"Some cells get {few}, others {most}: kernel {kernel} is not a multiple of stride "
        f"{stride}, so the copies overlap unevenly. That is the checkerboard."
    )


def uses_sentence(scene: Scene) -> str:
    """What there is to see: the corner against the most used cell, and cells that go unused.

    >>> from lessons.views.sliding_window import open_sliding
    >>> print(uses_sentence(open_sliding({})[0]))
    A corner is used once, the busiest cell 9 times. More padding evens it out.
    >>> print(uses_sentence(open_sliding({"padding": "2x2"})[0]))
    Every cell is used 9 times: with this padding a corner counts as much as the middle.
    """
    uses = uses_of(scene)
    corner, most, least = int(uses.flat[0]), int(uses.max()), int(uses.min())
    if most == least:
        reason = "no two windows overlap" if most == 1 else "a corner counts as much as the middle"
        with_this = "with this padding " if most > 1 and _is_padded(scene) else ""
        return f"Every cell is used {_times(most)}: {with_this}{reason}."
    place = "a corner" if scene.layer.rank > 1 else "the first cell"
    said = (
        f"{place[0].upper()}{place[1:]} is used {_times(corner)}, the busiest cell {_times(most)}."
    )
    never = int((uses == 0).sum())
    if never:
        cells = "1 input cell is" if never == 1 else f"{never} input cells are"
        return f"{said} {cells} never used at all."
    if corner < most and all(axis.stride == 1 for axis in scene.axes):
        return f"{said} More padding evens it out."
    return said


def _is_padded(scene: Scene) -> bool:
    return any(axis.before or axis.after for axis in scene.axes)


def _times(count: int) -> str:
    words = {0: "never", 1: "once", 2: "twice"}
    return words.get(count, f"{count} times")
