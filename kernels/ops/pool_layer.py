"""A pooling as its spec describes it: whichever kind, the same call."""

from __future__ import annotations

from typing import Any

import numpy as np

from kernels.layers.spec import PoolSpec
from kernels.ops.lp_pool import lp_pool2d
from kernels.ops.pool import avg_pool2d, max_pool2d
from kernels.ops.rank_pool import median_pool2d, min_pool2d

_BY_RANK = {"max": max_pool2d, "min": min_pool2d, "median": median_pool2d}


def pool_layer(input: Any, layer: PoolSpec) -> np.ndarray:
    """Pool maps by a layer of two axes.

    >>> x = np.arange(9.0).reshape(1, 3, 3)
    >>> pool_layer(x, PoolSpec(2, 1)).tolist(), pool_layer(x, PoolSpec(2, 1, kind="avg")).tolist()
    ([[[4.0, 5.0], [7.0, 8.0]]], [[[2.0, 3.0], [5.0, 6.0]]])

    Parameters
    ----------
    input : (C, H, W) or (N, C, H, W)
    layer : a pooling with windows of two axes

    Raises ShapeError, as the function of that kind does.
    """
    windows = (layer.kernel_size, layer.stride, layer.padding)
    if layer.kind == "avg":
        counting = layer.count_include_pad, layer.divisor_override
        return avg_pool2d(input, *windows, layer.ceil_mode, *counting, layer.dilation)
    if layer.kind == "lp":
        size, stride, padding = windows
        return lp_pool2d(
            input, layer.norm_type, size, stride, layer.ceil_mode, padding, layer.dilation
        )
    return _BY_RANK[layer.kind](input, *windows, layer.dilation, layer.ceil_mode)
