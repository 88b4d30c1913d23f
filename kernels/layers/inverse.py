"""The size formula read backwards: which setting of one axis gives a wanted number of outputs.

Rounding down lets several settings give the same size, so each answer is a range, which may be
empty. Along one axis, with o outputs of an input of n cells, a kernel that reaches over r and
padding p at both ends, stride s:

    (o − 1)·s  ≤  n + 2·p − r  ≤  o·s − 1
"""

from __future__ import annotations

from kernels.errors import LARGEST_COUNT, check_whole
from kernels.layers.geometry import kernel_reach


def paddings_giving(
    output: int, input: int, kernel: int, stride: int = 1, dilation: int = 1
) -> range:
    """The paddings per side that give so many outputs.

    >>> list(paddings_giving(5, input=5, kernel=3)), list(paddings_giving(3, 5, 3, stride=2))
    ([1], [1])
    >>> list(paddings_giving(112, input=224, kernel=7, stride=2)), list(paddings_giving(4, 7, 2, 2))
    ([3], [1])
    >>> list(paddings_giving(5, input=5, kernel=2))
    []

    Raises ShapeError for what is not a whole number of at least 1.
    """
    check_whole(output=output, input=input, kernel=kernel, stride=stride, dilation=dilation)
    missing = kernel_reach(kernel, dilation) - input
    least = max(-(-((output - 1) * stride + missing) // 2), 0)
    return _range(least, (output * stride - 1 + missing) // 2)


def strides_giving(
    output: int, input: int, kernel: int, padding: int = 0, dilation: int = 1
) -> range:
    """The strides that give so many outputs; for a single one, all from the first on.

    >>> list(strides_giving(3, input=7, kernel=3)), list(strides_giving(4, input=10, kernel=3))
    ([2], [2])
    >>> list(strides_giving(2, input=7, kernel=3)), strides_giving(1, input=7, kernel=3).start
    ([3, 4], 5)

    Raises ShapeError for what is not a whole number of at least 1, or 0 for padding.
    """
    check_whole(output=output, input=input, kernel=kernel, dilation=dilation)
    check_whole(0, padding=padding)
    room = input + 2 * padding - kernel_reach(kernel, dilation)
    if room < 0:
        return range(0)
    return _range(room // output + 1, LARGEST_COUNT if output == 1 else room // (output - 1))


def kernels_giving(
    output: int, input: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> range:
    """The kernel sizes that give so many outputs.

    >>> list(kernels_giving(28, input=32)), list(kernels_giving(3, input=7, stride=2))
    ([5], [2, 3])
    >>> list(kernels_giving(3, input=7, dilation=2))
    [3]

    Raises ShapeError for what is not a whole number of at least 1, or 0 for padding.
    """
    check_whole(output=output, input=input, stride=stride, dilation=dilation)
    check_whole(0, padding=padding)
    padded = input + 2 * padding
    # From the reach r = d·(k − 1) + 1 to the kernel: k = (r − 1) / d + 1.
    least, most = padded - output * stride, padded - (output - 1) * stride - 1
    return _range(max(-(-least // dilation) + 1, 1), most // dilation + 1)


def inputs_giving(
    output: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> range:
    """The input sizes that give so many outputs: what a transposed convolution cannot tell apart.

    >>> list(inputs_giving(3, kernel=3)), list(inputs_giving(3, kernel=3, stride=2, padding=1))
    ([5], [5, 6])

    Raises ShapeError for what is not a whole number of at least 1, or 0 for padding.
    """
    check_whole(output=output, kernel=kernel, stride=stride, dilation=dilation)
    check_whole(0, padding=padding)
    least = (output - 1) * stride + kernel_reach(kernel, dilation) - 2 * padding
    return _range(max(least, 1), least + stride - 1)


def _range(least: int, most: int) -> range:
    return range(least, max(most + 1, least))
