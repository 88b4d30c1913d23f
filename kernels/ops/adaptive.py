"""Adaptive pooling: as many windows as asked for, spread over an input of any size."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from kernels.errors import ShapeError
from kernels.layers.geometry import per_axis
from kernels.ops.padding import as_batch, result_array


def adaptive_windows(input: int, output: int) -> list[slice]:
    """Say which cells each of `output` windows covers, along an axis of `input` cells.

    >>> [(window.start, window.stop) for window in adaptive_windows(input=7, output=3)]
    [(0, 3), (2, 5), (4, 7)]

    Window n reaches from n * input / output, rounded down, to (n + 1) * input / output, rounded
    up. So all cells are used; windows overlap where the sizes do not divide, and may differ in
    length by one cell.
    """
    return [slice(n * input // output, -(-(n + 1) * input // output)) for n in range(output)]


def adaptive_avg_pool(
    rank: int, input: Any, output_size: Any, *, out: np.ndarray | None = None
) -> np.ndarray:
    """Take the means of `output_size` windows spread over inputs of `rank` axes.

    Parameters
    ----------
    input : (N, C, *size) or (C, *size). float32 and float64 keep their type; whole numbers become
        float64.
    output_size : a whole number or one an axis; None keeps the input's size. Where it is larger
        than the input's, cells are repeated. Which cells a window covers: see adaptive_windows.
    out : array of the result's shape and type to write to.

    Returns (N, C, *output), without N if the input had none. Raises ShapeError. Source:
    torch.nn.functional.
    """
    x, windows, result, batch = _arrays(rank, input, output_size, out)
    counts = np.ones(())
    for axis, some in enumerate(windows, start=2):
        before = (slice(None),) * axis
        x = np.stack([x[(*before, window)].sum(axis) for window in some], axis)
        counts = np.multiply.outer(counts, [window.stop - window.start for window in some])
    np.divide(x, counts.astype(x.dtype), out=batch)
    return result


def adaptive_max_pool(
    rank: int,
    input: Any,
    output_size: Any,
    return_indices: bool = False,
    *,
    out: np.ndarray | None = None,
) -> Any:
    """Keep the largest numbers of `output_size` windows spread over inputs of `rank` axes.

    Parameters
    ----------
    input, output_size, out : as in adaptive_avg_pool.
    return_indices : also return where in its plane (row * W + column) each winner stands, the
        first one where several tie.

    Returns (N, C, *output), or that and an int64 array of the same shape. Raises ShapeError.
    Source: torch.nn.functional.
    """
    x, windows, result, batch = _arrays(rank, input, output_size, out)
    places = np.arange(math.prod(x.shape[2:])).reshape(1, 1, *x.shape[2:])
    places = np.broadcast_to(places, x.shape)
    # Last axis first: of equal numbers the first in its row stays, then the first of the rows.
    for axis in reversed(range(2, x.ndim)):
        before, some = (slice(None),) * axis, windows[axis - 2]
        if return_indices:
            parts = [
                np.argmax(x[(*before, window)], axis, keepdims=True) + window.start
                for window in some
            ]
            winners = np.concatenate(parts, axis)
            places = np.take_along_axis(places, winners, axis)
            x = np.take_along_axis(x, winners, axis)
        else:
            x = np.stack([x[(*before, window)].max(axis) for window in some], axis)
    batch[...] = x
    return (result, places.reshape(result.shape)) if return_indices else result


def _arrays(
    rank: int, input: Any, output_size: Any, out: np.ndarray | None
) -> tuple[np.ndarray, list[list[slice]], np.ndarray, np.ndarray]:
    """The input as (N, C, *size), the windows of each axis, the result, and it as (N, C, *size)."""
    x, added_batch = as_batch(input, rank)
    size = per_axis("input_size", x.shape[2:], rank, least=1)
    asked = list(output_size) if isinstance(output_size, (tuple, list)) else [output_size] * rank
    if len(asked) != rank:
        raise ShapeError(
            f"output_size has {len(asked)} numbers ({output_size!r}) but the pooling has {rank} "
            f"{'axis' if rank == 1 else 'axes'}; give one number or {rank}."
        )
    kept = tuple(n if o is None else o for n, o in zip(size, asked, strict=True))
    kept = per_axis("output_size", kept, rank, least=1)
    shape = (*x.shape[:2], *kept)
    result = result_array(out, shape[1:] if added_batch else shape, x.dtype)
    windows = [adaptive_windows(n, o) for n, o in zip(size, kept, strict=True)]
    return x, windows, result, result.reshape(shape)
