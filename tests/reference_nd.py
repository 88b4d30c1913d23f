"""An independent slow reference over 1 to 3 axes, written from the definitions.

Nothing of `kernels` is imported and no array is padded, strided or reshaped: every window is a
list of places, every sum a plain loop.
"""

from itertools import product

import numpy as np

from tests.reference import ends, folded, window_starts


def spread(value, rank):
    """One number an axis."""
    return (value,) * rank if isinstance(value, int) else tuple(value)


def axis_ends(padding, size, kernel, stride, dilation):
    """Cells (before, after) of each axis."""
    rank = len(size)
    return [
        ends(padding, axis, size[axis], kernel[axis], stride[axis], dilation[axis])
        for axis in range(rank)
    ]


def windows(size, kernel, stride=1, padding=0, dilation=1, ceil_mode=False):
    """The places (in input coordinates) of each window's cells, and the number of windows."""
    rank = len(size)
    kernel, stride, dilation = (spread(v, rank) for v in (kernel, stride, dilation))
    pairs = axis_ends(padding, size, kernel, stride, dilation)
    starts = [
        window_starts(size[n], kernel[n], stride[n], *pairs[n], dilation[n], ceil_mode)
        for n in range(rank)
    ]
    cells = [
        [
            tuple(start[n] + tap[n] * dilation[n] for n in range(rank))
            for tap in product(*(range(k) for k in kernel))
        ]
        for start in product(*starts)
    ]
    return cells, tuple(len(line) for line in starts)


def number_at(plane, place, mode="zeros", value=0.0):
    """The number at a place of a plane that is continued without end."""
    if mode in ("zeros", "constant"):
        return float(plane[place]) if inside(place, plane.shape) else value
    return float(plane[tuple(folded(p, n, mode) for p, n in zip(place, plane.shape, strict=True))])


def inside(place, size):
    return all(0 <= p < n for p, n in zip(place, size, strict=True))


def conv(
    x,
    w,
    bias=None,
    stride=1,
    padding=0,
    dilation=1,
    groups=1,
    padding_mode="zeros",
    padding_value=0.0,
):
    """Cross-correlation of (N, C, *size) with (K, C / groups, *kernel)."""
    places, size = windows(x.shape[2:], w.shape[2:], stride, padding, dilation)
    y = np.zeros((len(x), len(w), len(places)))
    each, kernels = w.shape[1], len(w) // groups
    for n, k, c in product(range(len(x)), range(len(w)), range(each)):
        plane, weights = x[n, k // kernels * each + c], w[k, c].ravel()
        for position, cells in enumerate(places):
            for place, weight in zip(cells, weights, strict=True):
                number = number_at(plane, place, padding_mode, padding_value)
                y[n, k, position] += number * float(weight)
    if bias is not None:
        y += np.asarray(bias)[:, None]
    return y.reshape(len(x), len(w), *size)


def conv_transpose(x, w, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
    """Each input cell adds its kernel to a dict of places; the output reads that dict."""
    rank, kernel = x.ndim - 2, w.shape[2:]
    stride, dilation = spread(stride, rank), spread(dilation, rank)
    extra = spread(output_padding, rank)
    pairs = axis_ends(padding, x.shape[2:], kernel, stride, dilation)
    size = tuple(
        (x.shape[2 + a] - 1) * stride[a] + dilation[a] * (kernel[a] - 1) + 1 + extra[a]
        - sum(pairs[a])
        for a in range(rank)
    )  # fmt: skip
    channels, each = w.shape[1], len(w) // groups
    y = np.zeros((len(x), channels * groups, *size))
    for n, c, k in product(range(len(x)), range(len(w)), range(channels)):
        sums = {}
        for cell in np.ndindex(*x.shape[2:]):
            for tap in np.ndindex(*kernel):
                place = tuple(
                    cell[a] * stride[a] + tap[a] * dilation[a] - pairs[a][0] for a in range(rank)
                )
                number = float(x[(n, c, *cell)]) * float(w[(c, k, *tap)])
                sums[place] = sums.get(place, 0.0) + number
        for place in np.ndindex(*size):
            y[(n, c // each * channels + k, *place)] += sums.get(place, 0.0)
    if bias is not None:
        y += np.asarray(bias).reshape(-1, *(1,) * rank)
    return y


def pool(
    x,
    kind,
    kernel_size,
    stride=None,
    padding=0,
    dilation=1,
    ceil_mode=False,
    count_include_pad=True,
    divisor_override=None,
    norm_type=None,
):
    """Every pooling, of the list of the cells that each window really has."""
    size, rank = x.shape[2:], x.ndim - 2
    kernel = spread(kernel_size, rank)
    stride = kernel if stride is None else spread(stride, rank)
    dilation = spread(dilation, rank)
    places, sizes = windows(size, kernel, stride, padding, dilation, ceil_mode)
    pairs = axis_ends(padding, size, kernel, stride, dilation)
    y = np.zeros((*x.shape[:2], len(places)))
    for n, c in np.ndindex(*x.shape[:2]):
        for position, cells in enumerate(places):
            numbers = [float(x[(n, c, *place)]) for place in cells if inside(place, size)]
            counted = len(numbers)
            if count_include_pad:
                counted = sum(
                    all(-b <= p < m + a for p, m, (b, a) in zip(place, size, pairs, strict=True))
                    for place in cells
                )
            divisor = divisor_override or counted or 1
            y[n, c, position] = pooled(kind, numbers, divisor, norm_type)
    return y.reshape(*x.shape[:2], *sizes)


def pooled(kind, numbers, divisor, norm_type):
    """One number for a list of numbers."""
    if kind == "max":
        return max(numbers, default=-np.inf)
    if kind == "min":
        return min(numbers, default=np.inf)
    if kind == "avg":
        return sum(numbers) / divisor
    if kind == "median":
        return median(numbers)
    return sum(abs(number) ** norm_type for number in numbers) ** (1 / norm_type)


def winners(x, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Where in its plane the first largest cell of each window stands; -1 for none."""
    size, rank = x.shape[2:], x.ndim - 2
    kernel = spread(kernel_size, rank)
    stride = kernel if stride is None else stride
    places, sizes = windows(size, kernel, stride, padding, dilation, ceil_mode)
    found = np.full((*x.shape[:2], len(places)), -1)
    for n, c in np.ndindex(*x.shape[:2]):
        for position, cells in enumerate(places):
            best = None
            for place in cells:
                if inside(place, size) and (best is None or x[(n, c, *place)] > best):
                    best = x[(n, c, *place)]
                    found[n, c, position] = np.ravel_multi_index(place, size)
    return found.reshape(*x.shape[:2], *sizes)


def median(numbers):
    """The number in the middle, or the mean of the two there."""
    ordered, half = sorted(numbers), len(numbers) // 2
    if not ordered:
        return np.nan
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def adaptive_cells(size, output):
    """The places of each window of an adaptive pooling, counted with fractions."""
    lines = [
        [
            [cell for cell in range(n) if cell + 1 > w * n / o and cell < (w + 1) * n / o]
            for w in range(o)
        ]
        for n, o in zip(size, output, strict=True)
    ]
    return [list(product(*window)) for window in product(*lines)]
