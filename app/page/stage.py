"""The stage of a scene: its payload from the kernels, and the one sentence on unused cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from app.components.payload import encode
from app.components.stage import stage
from app.page.address import stop_presenting
from app.page.browser import commits_taken
from kernels import Axis, ConvSpec, PoolSpec, Scene, layer_formulas
from kernels.layers.formula import Formula
from kernels.ops.padding import pad_input
from kernels.ops.pool_windows import window_divisors
from kernels.reading.notation import LARGEST_NUMBER


def render_stage(
    scene: Scene,
    *,
    key: str,
    present: bool = False,
    predict: bool = False,
    also: Sequence[str] = (),
    tall: int = 600,
    editable: bool = True,
    formulas: bool = True,
) -> None:
    """Draw a scene on the stage; the page takes its commits in under the key.

    also : more kinds of pooling of the same windows, side by side with the scene's own
    tall : pixels that it may be high where nobody presents it
    editable : whether a cell's number can be changed
    formulas : whether the layer's formulas stand above it
    """
    payload = stage_payload(
        scene,
        present=present,
        predict=predict,
        also=also,
        tall=tall,
        editable=editable,
        formulas=formulas,
    )
    stage(
        {**payload, "commits": commits_taken(key)},
        key=key,
        on_leave_change=stop_presenting,
    )


def stage_payload(
    scene: Scene,
    *,
    present: bool = False,
    predict: bool = False,
    also: Sequence[str] = (),
    tall: int = 600,
    editable: bool = True,
    formulas: bool = True,
) -> dict[str, Any]:
    """Everything the stage draws, computed by the kernels.

    predict: hide each result until it is asked for. also, tall, editable, formulas: as in
    `render_stage`.
    """
    layer, axes = scene.layer, scene.axes
    rows, columns = axes
    conv = layer if isinstance(layer, ConvSpec) else None
    bias = scene.bias_array()
    written = layer_formulas(layer, scene.input_size) if formulas else ()
    return encode(
        {
            **_result(scene),
            "others": [_result(scene.pooled_by(kind)) for kind in also],
            "input": _padded_input(scene),
            "pad": [rows.before, rows.after, columns.before, columns.after],
            "padding_mode": conv.padding_mode if conv else "zeros",
            "overhang": [rows.overhang, columns.overhang],
            "kernel": scene.weight_array() if conv else None,
            "flip": bool(conv and scene.flip),
            "kernel_size": list(layer.kernel_size),
            "bias": None if bias is None else bias.tolist(),
            "stride": list(layer.stride),
            "dilation": list(layer.dilation),
            "groups": conv.groups if conv else scene.channels,
            "unused": {
                "rows": list(rows.unused),
                "columns": list(columns.unused),
                "sentence": unused_sentence(rows, columns),
            },
            "formulas": [_formula(f) for f in written],
            "step": scene.step,
            "steps": scene.steps,
            "editable": editable,
            "limit": LARGEST_NUMBER,
            "present": present,
            "predict": predict,
            "tall": tall,
        }
    )


def unused_sentence(rows: Axis, columns: Axis) -> str:
    """Name the rows and columns of the padded input that no window reads; empty if none.

    >>> unused_sentence(Axis(4, 3, 2, 1, 1), Axis(4, 3, 2, 1, 1))
    'The last row and the last column of the padded input are never used: one more step of 2 \
would not fit.'
    >>> print(unused_sentence(Axis(6, 3, 3, 0, 1), Axis(5, 1, 2)))
    The last row of the padded input is never used: one more step of 3 would not fit. \
Columns 1, 3 of the padded input are never used: the window's taps, in steps of 2, pass over them.
    """
    left: dict[str, list[tuple[int, str, int]]] = {}
    for axis, name in ((rows, "row"), (columns, "column")):
        last = axis.padded - axis.leftover
        ends = [cell for cell in axis.unused if cell >= last]
        between = [cell for cell in axis.unused if cell < last]
        if ends:
            reason = "dropped" if axis.last_window_dropped else "left over"
            words = f"the last {len(ends)} {name}s" if len(ends) > 1 else f"the last {name}"
            left.setdefault(reason, []).append((len(ends), words, axis.stride))
        if between:
            words = f"{name}{'s' if len(between) > 1 else ''} {', '.join(map(str, between))}"
            left.setdefault("between", []).append((len(between), words, axis.stride))
    return " ".join(_unused_words(reason, parts) for reason, parts in left.items())


_REASONS = {
    "left over": "one more step of {} would not fit.",
    "dropped": "the window that would reach them starts in the padding and is dropped.",
    "between": "the window's taps, in steps of {}, pass over them.",
}


def _unused_words(reason: str, parts: Sequence[tuple[int, str, int]]) -> str:
    """One sentence on what is left for one reason: how many cells, their words, the stride."""
    named = " and ".join(words for _, words, _ in parts)
    verb = "is" if sum(count for count, _, _ in parts) == 1 else "are"
    strides = " × ".join(dict.fromkeys(str(stride) for _, _, stride in parts))
    said = _REASONS[reason].format(strides)
    return f"{named[0].upper()}{named[1:]} of the padded input {verb} never used: {said}"


def _padded_input(scene: Scene) -> np.ndarray:
    layer, x = scene.layer, scene.input_array()
    if isinstance(layer, ConvSpec):
        return pad_input(x, scene.axes, layer.padding_mode, layer.padding_value)
    # What a padding cell is taken for differs from pooling to pooling, so it holds no number.
    return pad_input(x, scene.axes, "constant", np.nan)


def _result(scene: Scene) -> dict[str, Any]:
    """What one kind of layer makes of the windows, and what it needs to know for that."""
    layer = scene.layer
    pool = layer if isinstance(layer, PoolSpec) else None
    return {
        "kind": layer.kind,
        "output": scene.output(),
        "divisors": _divisors(layer, scene.axes),
        "count_pad": bool(pool and pool.count_include_pad),
        "norm": pool.norm_type if pool else None,
    }


def _divisors(layer: Any, axes: tuple[Axis, ...]) -> list[int] | None:
    if not isinstance(layer, PoolSpec) or layer.kind != "avg":
        return None
    divisors = window_divisors(axes, layer.count_include_pad, layer.divisor_override)
    return [int(n) for n in divisors.ravel()]


def _formula(formula: Formula) -> dict[str, Any]:
    return {
        "id": formula.id,
        "label": formula.label,
        "result": formula.result,
        "note": formula.note,
        "meaning": formula.meaning,
        "terms": [asdict(term) for term in formula.terms],
    }
