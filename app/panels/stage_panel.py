"""The stage of a scene: its payload from the kernels, and the one sentence on unused cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from app.components.payload import encode
from app.components.stage import stage
from app.session.browser import commits_taken
from app.session.state import stop_presenting
from kernels import Axis, ConvSpec, Formula, PoolSpec, Scene, layer_formulas
from kernels.notation import LARGEST_NUMBER
from kernels.padding import pad_input
from kernels.pool_windows import window_divisors


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
    """
    unused = [(axis, name) for axis, name in ((rows, "row"), (columns, "column")) if axis.unused]
    if not unused:
        return ""
    named = " and ".join(_unused_words(axis, name) for axis, name in unused)
    verb = "are" if len(unused) > 1 or len(unused[0][0].unused) > 1 else "is"
    strides = " × ".join(dict.fromkeys(str(axis.stride) for axis, _ in unused))
    reason = f"one more step of {strides} would not fit."
    if any(axis.last_window_dropped for axis, _ in unused):
        reason = "the window that would reach them starts in the padding and is dropped."
    if not all(_is_trailing(axis) for axis, _ in unused):
        reason = f"the window's taps, in steps of {strides}, pass over them."
    return f"{named[0].upper()}{named[1:]} of the padded input {verb} never used: {reason}"


def _unused_words(axis: Axis, name: str) -> str:
    count = len(axis.unused)
    if _is_trailing(axis):
        return f"the last {name}" if count == 1 else f"the last {count} {name}s"
    listed = ", ".join(str(n) for n in axis.unused)
    return f"{name}{'s' if count > 1 else ''} {listed}"


def _is_trailing(axis: Axis) -> bool:
    return axis.unused == tuple(range(axis.padded - len(axis.unused), axis.padded))


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
