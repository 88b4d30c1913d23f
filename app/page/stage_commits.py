"""What a learner does on the stage, as settings: a step, a cell edited, a setting's number."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from app.page.box import Settings
from kernels.reading.notation import (
    LARGEST_NUMBER,
    NotationError,
    divisor_of,
    encode_patch,
    format_numbers,
)
from kernels.scene.flat import FlatScene
from kernels.scene.planes import Planes, as_planes
from lessons.views.steppers import Stepper, set_number


def stage_commits(
    scene_of: Callable[[Any], FlatScene], steppers_of: Callable[[Any], Sequence[Stepper]]
) -> dict[str, Callable[..., Settings]]:
    """The stage's commits for a page whose views hold a scene, and numbers to be stepped."""
    return {
        "set": lambda number, view, _settings: taken_number(number, steppers_of(view)),
        "step": lambda step, _view, _settings: {"step": str(int(step))},
        "edit": lambda edit, view, _settings: taken_edit(edit, scene_of(view)),
    }


def taken_number(number: Mapping[str, Any], steppers: Sequence[Stepper]) -> Settings:
    """A number given to a setting, on one axis or, where `axis` is None, on all."""
    return dict(set_number(steppers, number["name"], number["axis"], int(number["value"])))


def taken_edit(edit: Mapping[str, Any], scene: FlatScene) -> Settings:
    """A number typed into a cell of the stage.

    Raises NotationError if it is too large.
    """
    value = float(edit["value"])
    if not abs(value) <= LARGEST_NUMBER:
        raise NotationError(f"{value:g} is too large; use numbers up to {LARGEST_NUMBER:,.0f}.")
    key, source = edited_source(scene, edit["target"], edit["index"], value)
    return {key: source}


def edited_source(
    scene: FlatScene, target: str, index: Sequence[int], value: float
) -> tuple[str, str]:
    """The value source, with its key, after one cell as shown on the stage was changed."""
    if target == "bias":
        bias = scene.bias_array()
        bias[index[0]] = value
        return "b", format_numbers(bias[None, None])
    layer, rank = scene.layer, scene.layer.rank
    volume = Planes(layer, scene.input_size) if rank == 3 else None
    if target == "kernel":
        kernels = scene.kernels_array()
        kernel, *cell = index
        channel, *at = _place(cell, rank, volume.slices if volume else ())
        if scene.shows_turned:
            sides = kernels.shape[2:]
            at = [side - 1 - place for side, place in zip(sides, at, strict=True)]
        kernels[(kernel, channel, *at)] = value
        return "w", format_numbers(as_planes(kernels, rank))
    array = scene.input_array()
    array[tuple(_place(index, rank, volume.inputs if volume else ()))] = value
    if scene.x.startswith("u8:") and value in range(256):
        return "x", encode_patch(array)
    return "x", format_numbers(as_planes(array, rank))


def _place(cell: Sequence[int], rank: int, planes: Sequence[tuple[int, int]]) -> list[int]:
    """Where a cell of a plane stands in its array: a signal has no row, a video's plane a frame."""
    plane, *at = cell
    return [*(planes[plane] if planes else (plane,)), *at[-rank:]]


def weights_text(array: np.ndarray) -> str:
    """Weights as people type them; a divisor, if they have one, stands on a line of its own.

    >>> print(weights_text(np.array([[1, 2], [2, 4]]) / 16))
    1 2
    2 4
    / 16
    """
    divisor = divisor_of(array)
    if divisor == 1:
        return numbers_text(array)
    return f"{numbers_text(np.round(array * divisor))}\n/ {divisor}"


def numbers_text(array: np.ndarray) -> str:
    """Numbers as people type them: a row a line, an empty line between planes."""
    planes = array.reshape(-1, *array.shape[-2:])
    return format_numbers(planes, row="\n", plane="\n\n")
