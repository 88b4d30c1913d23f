"""The fast path for whole pictures: one kernel over every plane, at full size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kernels.engine.filter_bands import BAND, filter_in_bands
from kernels.engine.filter_fft import filter_by_fft, tile_side
from kernels.engine.filter_separable import TILE, filter_separably, separated
from kernels.engine.plan import remembered
from kernels.errors import ShapeError
from kernels.layers.geometry import AXIS_NAMES, Axis, make_axes, per_axis
from kernels.ops.padding import apart_from, as_float, result_array

# The crossovers: nanoseconds on one thread for float32, measured. Only their ratios matter.
START = {"bands": 2e4, "separable": 3e4, "fft": 1e5}
COPIED = 0.1  # a cell copied to shifted lines
DEALT = 0.3  # a cell copied to where a stride's columns follow one another
PRODUCT = 0.009  # a multiplication with its addition, in a product with long lines
PRODUCT_LARGE = 0.019  # the same where the small matrix has thousands of cells
LARGE = 2000  # cells of the small matrix from where on
TILED = 0.011  # the same in a product with tiles
PASSED = 0.1  # a cell that a product writes
SCATTERED = 0.3  # the same in tiles
THERE, BACK = 1.5, 1.8  # a cell of a tile transformed, and transformed back
FFT_FROM = 80  # taps of a kernel below which transforms are not thought of, nor imported


def filter2d(
    planes: Any, kernel: Any, stride: Any = 1, out: np.ndarray | None = None
) -> np.ndarray:
    """Slide one kernel over every plane of a picture, the fastest way.

    >>> picture = np.arange(12.0).reshape(3, 4)
    >>> filter2d(picture, [[-1, 1]])
    array([[1., 1., 1.],
           [1., 1., 1.],
           [1., 1., 1.]])
    >>> filter2d(picture, np.ones((2, 2)), stride=2)
    array([[10., 18.]])
    >>> photograph = np.zeros((3, 480, 640), np.float32)
    >>> blur = np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]) / 256
    >>> filter2d(np.pad(photograph, ((0, 0), (2, 2), (2, 2)), "edge"), blur).shape
    (3, 480, 640)

    Parameters
    ----------
    planes : (C, H, W) or (H, W). A float32 picture is computed in float32, to about 2e-6 of the
        result's largest number. Whole numbers are computed exactly, as float64, and float64 as
        exactly as it can; that takes two to ten times as long, so that a photograph is better
        turned to float32 before.
    kernel : (kh, kw), multiplied as it stands: no flip. It takes the picture's type.
    stride : a whole number or one an axis; what it leaves out is not computed.
    out : array of the result's shape and type to write to.

    There is no padding: see `kernels.ops.padding.pad_input` or np.pad. Cells that are infinite or
    not a number reach the results whose windows they are in, and no others; pictures full of them
    take long. Returns (C, H_out, W_out), without C if the picture had none. Raises ShapeError with
    the numbers where no window fits. Source: torch.nn.functional.conv2d with one channel in and
    out.
    """
    x, w = as_float(planes, "planes"), as_float(kernel, "kernel")
    faults = [
        f"{name} has {array.ndim} axes, shape {array.shape}, but must have {least}; {remedy}."
        for name, array, most, least, remedy in (
            ("planes", x, (2, 3), "2 (size) or 3 (planes and size)", "filter one image at a time"),
            ("kernel", w, (2,), "2 (height and width)", "give one kernel for all planes"),
        )
        if array.ndim not in most
    ]
    if faults:
        raise ShapeError(faults)
    axes = _axes(x.shape[-2:], w.shape, stride)
    size = tuple(axis.output for axis in axes)
    result = result_array(out, (*x.shape[:-2], *size), x.dtype)
    if result.size == 0:
        return result
    x = np.ascontiguousarray(apart_from(out, x)).reshape(-1, *x.shape[-2:])
    w = np.ascontiguousarray(w, x.dtype)
    target = result if result.flags.c_contiguous else np.empty(result.shape, result.dtype)
    filter_planes(x, w, axes, target.reshape(-1, *size))
    if target is not result:
        result[...] = target
    return result


def filter_planes(
    planes: np.ndarray,
    kernel: np.ndarray,
    axes: Sequence[Axis],
    out: np.ndarray,
    way: str | None = None,
) -> None:
    """Write the planes times the kernel to `out`, the fastest way.

    planes, kernel, out : as in `filter_in_bands`. way : take this one, whatever it costs.
    """

    rows, columns = axes

    def found(is_separable: bool) -> dict[str, float]:
        return costs((rows, columns), kernel.dtype, is_separable)

    cost, factors = found(True), None
    if way is None:
        # With a kernel that is not finite there is nothing to be fast about.
        way = fastest(cost) if np.isfinite(kernel).all() else "bands"
    if way == "separable":
        factors = separated(kernel)
        if factors is None:
            cost = found(False)
            way = fastest(cost)
    seconds = len(planes) * cost.get(way, math.inf) * 1e-9
    if way == "separable":
        filter_separably(planes, kernel, axes, out, seconds, factors)
    else:
        {"bands": filter_in_bands, "fft": filter_by_fft}[way](planes, kernel, axes, out, seconds)


def fastest(cost: dict[str, float]) -> str:
    """Name the way with the least to do.

    >>> fastest({"bands": 9e3, "fft": 5e4})
    'bands'
    """
    return min(cost, key=cost.__getitem__)


def costs(
    axes: tuple[Axis, Axis], dtype: Any = np.float32, is_separable: bool = False
) -> dict[str, float]:
    """Predict how many nanoseconds each way takes for a plane; what would not do is left out.

    >>> def choice(k, **settings):
    ...     return fastest(costs((Axis(input=1000, kernel=k),) * 2, **settings))
    >>> choice(3), choice(31), choice(31, is_separable=True), choice(31, dtype=np.float64)
    ('bands', 'fft', 'separable', 'bands')
    """
    rows, columns = axes
    cells = rows.output * columns.output
    small = ((BAND - 1) * rows.stride + rows.kernel) * columns.kernel
    product = PRODUCT if BAND * small < LARGE else PRODUCT_LARGE
    read = rows.output * min(rows.stride, rows.kernel)
    copied = COPIED * columns.kernel * read * columns.output if columns.kernel > 1 else 0
    if columns.stride > 1:
        copied += DEALT * read * columns.output * min(columns.stride, columns.kernel)
    found = {"bands": (product * small + PASSED) * cells + copied}
    if np.dtype(dtype) != np.float32:
        return {"bands": START["bands"] + 2 * found["bands"]}
    if is_separable:
        down = ((BAND - 1) * rows.stride + rows.kernel) * PRODUCT + PASSED
        along = ((TILE - 1) * columns.stride + columns.kernel) * TILED + SCATTERED
        found["separable"] = down * rows.output * columns.input + along * cells
    if rows.kernel * columns.kernel < FFT_FROM:
        return {way: START[way] + cost for way, cost in found.items()}
    sides = [tile_side(axis) for axis in axes]
    tiles = math.prod(
        -(-axis.output // (side - -(-axis.kernel // axis.stride) + 1))
        for axis, side in zip(axes, sides, strict=True)
    )
    phases = math.prod(min(axis.stride, axis.kernel) for axis in axes)
    found["fft"] = math.prod(sides) * (tiles * (THERE * phases + BACK) + THERE * phases)
    return {way: START[way] + cost for way, cost in found.items()}


@remembered(sizes=2)
def _axes(size: tuple[int, ...], kernel_size: tuple[int, ...], stride: Any) -> tuple[Axis, ...]:
    """The checked axes of a picture and a kernel, or ShapeError."""
    for name, number in zip(AXIS_NAMES[2], kernel_size, strict=True):
        if number == 0:
            raise ShapeError(f"The kernel's {name} is 0 but must be at least 1; use 1.")
    return make_axes(size, kernel_size, per_axis("stride", stride, 2, least=1), "valid", (1, 1))
