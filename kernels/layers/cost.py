"""What layers cost: parameters and multiply-adds."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kernels.errors import ShapeError, check_whole, nearest_divisor_fault, raise_faults
from kernels.layers.geometry import per_axis
from kernels.layers.spec import window_tuple


def conv_parameters(
    in_channels: int,
    out_channels: int,
    kernel_size: int | Sequence[int],
    groups: int = 1,
    bias: bool = True,
) -> int:
    """Count the learnable numbers of a convolution layer.

    >>> conv_parameters(3, 6, (5, 5)), conv_parameters(3, 6, (5, 5), bias=False)
    (456, 450)
    >>> conv_parameters(32, 32, (3, 3), groups=32)
    320
    >>> conv_parameters(3, 64, 7), conv_parameters(3, 64, (7,))
    (9472, 1408)

    kernel_size: as in ConvSpec, an int is a square 2-D kernel, a tuple is that many axes; write
    (3,) for a 1-D kernel. bias: one number for each output channel. Neither picture size, stride,
    padding nor dilation counts. Raises ShapeError.
    """
    kernel = _checked(in_channels, out_channels, kernel_size, groups)
    return out_channels * (in_channels // groups) * math.prod(kernel) + out_channels * bool(bias)


def conv_macs(
    in_channels: int,
    out_channels: int,
    kernel_size: int | Sequence[int],
    output_size: int | Sequence[int],
    groups: int = 1,
) -> int:
    """Count the multiply-adds (MACs) of a convolution layer for one input.

    >>> conv_macs(3, 16, (3, 3), (32, 32))
    442368

    One multiply-add is one product and its addition; counted as floating-point operations it is
    two. The bias is not counted. output_size: the size of the *output* maps, an int for all axes of
    the kernel. kernel_size: as in ConvSpec, an int is a square 2-D kernel. Raises ShapeError.
    """
    kernel = _checked(in_channels, out_channels, kernel_size, groups)
    given = len(output_size) if isinstance(output_size, (tuple, list)) else len(kernel)
    if given != len(kernel):
        raise ShapeError(
            f"kernel_size {kernel_size!r} and output_size {output_size!r} speak of different "
            "numbers of axes; give both the same number."
        )
    size = per_axis("output_size", output_size, len(kernel), least=1)
    return out_channels * (in_channels // groups) * math.prod(kernel) * math.prod(size)


def linear_parameters(in_features: int, out_features: int, bias: bool = True) -> int:
    """Count the learnable numbers of a fully connected layer.

    >>> linear_parameters(784, 84, bias=False), linear_parameters(128, 256)
    (65856, 33024)
    """
    check_whole(in_features=in_features, out_features=out_features)
    return in_features * out_features + out_features * bool(bias)


def memory_bytes(numbers: int, bytes_each: int = 4) -> str:
    """Say how much memory so many numbers take, as float32 unless told.

    >>> memory_bytes(150), memory_bytes(802_816), memory_bytes(3 * 10**9)
    ('600 bytes', '3.21 MB', '12 GB')

    Decimal units: 1 MB is a million bytes. Raises ShapeError for a negative count.
    """
    check_whole(0, numbers=min(numbers, 1))
    size = numbers * bytes_each
    for power, unit in ((12, "TB"), (9, "GB"), (6, "MB"), (3, "kB")):
        if size >= 10**power:
            return (
                f"{size / 10**power:,.3g} {unit}"
                if size < 10 ** (power + 3)
                else (f"{size / 10**power:,.0f} {unit}")
            )
    return f"{size} byte{'' if size == 1 else 's'}"


def _checked(
    in_channels: int, out_channels: int, kernel_size: int | Sequence[int], groups: int
) -> tuple[int, ...]:
    check_whole(in_channels=in_channels, out_channels=out_channels, groups=groups)
    fault = nearest_divisor_fault(groups, in_channels, out_channels)
    raise_faults([fault] if fault else [])
    return window_tuple(kernel_size)
