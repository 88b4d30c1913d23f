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
    return reduce(np.multiply.outer, (np.array(table.uses) for table in scene.links))


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
