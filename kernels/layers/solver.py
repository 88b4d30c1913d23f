"""Which settings of one axis turn one size into another: every legal answer up to a bound.

>>> [(s.kernel, s.stride, s.before) for s in conv_settings_giving(112, 224, 7) if s.common]
[(2, 2, 0), (4, 2, 1), (1, 2, 0), (3, 2, 1), (5, 2, 2), (7, 2, 3)]
>>> [(s.before, s.after) for s in conv_settings_giving(112, 224) if s.kernel == 7]
[(3, 3), (2, 3)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kernels.errors import check_whole
from kernels.layers.geometry import Axis, kernel_reach, padding_pair
from kernels.layers.inverse import paddings_giving
from kernels.layers.transposed import TransposedAxis

MOST_KERNEL, MOST_STRIDE = 11, 8
"""How far the search goes unless told: beyond AlexNet's 11 hardly a network does."""

USUAL_KERNELS = (1, 3, 5, 7, 11)


@dataclass(frozen=True)
class Setting:
    """One answer along an axis.

    kernel, stride, dilation : cells; before, after : padding at the two ends, or what a transposed
        convolution crops there; output_padding : of a transposed convolution
    leftover : cells at the end of the padded input that no window reaches
    common : whether networks use it: see `is_common`
    """

    kernel: int
    stride: int
    before: int
    after: int
    dilation: int = 1
    output_padding: int = 0
    leftover: int = 0

    @property
    def common(self) -> bool:
        return is_common(self)


def is_common(setting: Setting) -> bool:
    """Whether a setting is one that well-known networks use.

    Undilated, and either a kernel of 1, 3, 5, 7 or 11 at stride 1 or 2, unpadded or padded by half
    of it (LeNet, VGG, ResNet); or windows side by side (pooling, the patches of a vision
    transformer, U-Net's way up); or 4 at stride 2 with padding 1 (DCGAN).

    >>> [is_common(Setting(k, s, p, p)) for k, s, p in ((3, 1, 1), (16, 16, 0), (6, 4, 1))]
    [True, True, False]
    """
    kernel, stride, padding = setting.kernel, setting.stride, setting.before
    if setting.dilation > 1 or setting.before != setting.after:
        return False
    side_by_side = kernel == stride and padding == 0 and not setting.output_padding
    usual = kernel in USUAL_KERNELS and stride <= 2 and padding in (0, kernel // 2)
    return side_by_side or usual or (kernel, stride, padding) == (4, 2, 1)


def conv_settings_giving(
    output: int,
    input: int,
    most_kernel: int = MOST_KERNEL,
    most_stride: int = MOST_STRIDE,
    dilations: Sequence[int] = (1,),
) -> tuple[Setting, ...]:
    """Every kernel, stride, padding and dilation of a convolution that gives `output` from `input`.

    >>> [(s.kernel, s.stride, s.before) for s in conv_settings_giving(28, 32, most_kernel=5)]
    [(5, 1, 0)]
    >>> conv_settings_giving(65, 32, most_kernel=3)
    ()

    Paddings are per side and alike, below the kernel's reach, so that every window touches the
    input; and the uneven one of TensorFlow's SAME where that gives the size. The common ones come
    first, then those that leave nothing over, then small kernels.

    Parameters
    ----------
    most_kernel, most_stride : bounds of the search
    dilations : those to try; a kernel of one cell has no gaps and is tried once

    Raises ShapeError for what is not a whole number of at least 1.
    """
    check_whole(output=output, input=input, most_kernel=most_kernel, most_stride=most_stride)
    return _sorted(
        setting
        for kernel, stride, dilation in _windows(most_kernel, most_stride, dilations)
        for setting in _conv_settings(output, input, kernel, stride, dilation)
    )


def conv_transpose_settings_giving(
    output: int,
    input: int,
    most_kernel: int = MOST_KERNEL,
    most_stride: int = MOST_STRIDE,
    dilations: Sequence[int] = (1,),
) -> tuple[Setting, ...]:
    """Every setting of a transposed convolution that gives `output` from `input`.

    >>> found = conv_transpose_settings_giving(64, 32, most_kernel=4, most_stride=2)
    >>> [(s.kernel, s.stride, s.before, s.output_padding) for s in found]
    [(2, 2, 0, 0), (4, 2, 1, 0), (1, 2, 0, 1), (3, 2, 1, 1)]

    Parameters and order: as in `conv_settings_giving`.
    """
    check_whole(output=output, input=input, most_kernel=most_kernel, most_stride=most_stride)
    return _sorted(
        Setting(kernel, stride, crop // 2, crop // 2, dilation, extra)
        for kernel, stride, dilation in _windows(most_kernel, most_stride, dilations)
        for extra in range(max(stride, dilation))
        if (crop := _uncropped(input, kernel, stride, dilation) + extra - output) % 2 == 0
        and 0 <= crop // 2 < kernel_reach(kernel, dilation)
    )


def undoing(axis: Axis) -> TransposedAxis:
    """The transposed convolution that leads from a layer's output size back to its input size.

    >>> axis = Axis(input=6, kernel=3, stride=2, before=1, after=1)
    >>> undoing(axis).output_padding, undoing(axis).output
    (1, 6)

    Kernel, stride, padding and dilation stay; output_padding brings back what rounding dropped.
    Source: Dumoulin and Visin 2016, relationship 14.
    """
    return TransposedAxis(
        axis.output, axis.kernel, axis.stride, axis.before, axis.after, axis.dilation, axis.leftover
    )


def _windows(
    most_kernel: int, most_stride: int, dilations: Sequence[int]
) -> Iterator[tuple[int, int, int]]:
    for kernel in range(1, most_kernel + 1):
        for stride in range(1, most_stride + 1):
            for dilation in dilations if kernel > 1 else dilations[:1]:
                yield kernel, stride, 1 if kernel == 1 else dilation


def _conv_settings(
    output: int, input: int, kernel: int, stride: int, dilation: int
) -> Iterator[Setting]:
    reach = kernel_reach(kernel, dilation)
    for padding in paddings_giving(output, input, kernel, stride, dilation):
        if padding >= max(reach, 1):
            break
        yield _setting(Axis(input, kernel, stride, padding, padding, dilation))
    before, after = padding_pair("same_upper", input, kernel, stride, dilation)
    same = Axis(input, kernel, stride, before, after, dilation)
    if before != after and same.output == output:
        yield _setting(same)


def _setting(axis: Axis) -> Setting:
    return Setting(
        axis.kernel, axis.stride, axis.before, axis.after, axis.dilation, leftover=axis.leftover
    )


def _uncropped(input: int, kernel: int, stride: int, dilation: int) -> int:
    return TransposedAxis(input, kernel, stride, dilation=dilation).uncropped


def _sorted(settings: Iterator[Setting]) -> tuple[Setting, ...]:
    return tuple(
        sorted(
            settings,
            key=lambda s: (
                not s.common,
                s.dilation,
                s.leftover > 0,
                s.before != s.after,
                s.output_padding,
                s.kernel,
                s.stride,
            ),
        )
    )
