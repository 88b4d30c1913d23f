"""Where windows fall: output size, padding, effective kernel, leftovers, origins, legal ranges.

Whole numbers only; nothing here sees an array. One axis is one `Axis`, and every size, count and
position that a page shows about an axis is a property of it.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeGuard

from kernels.errors import ShapeError, raise_faults, whole_number_fault
from kernels.layers.padding_modes import padding_mode as mode_of

Pair = tuple[int, int]
PADDING_WORDS = ("valid", "same", "full", "same_upper", "same_lower")
AXIS_NAMES = {1: ("width",), 2: ("height", "width"), 3: ("depth", "height", "width")}


def kernel_reach(kernel: int, dilation: int = 1) -> int:
    """Cells from a kernel's first tap to its last, dilated: dilation * (kernel - 1) + 1.

    >>> kernel_reach(3), kernel_reach(3, dilation=2)
    (3, 5)
    """
    return dilation * (kernel - 1) + 1


@dataclass(frozen=True)
class Axis:
    """One axis of a layer: how far a window reaches and where it may stand.

    >>> axis = Axis(input=5, kernel=3, stride=2, before=1, after=1)
    >>> axis.output, axis.origins, axis.leftover
    (3, (-1, 1, 3), 0)

    Parameters: `input`, `kernel` cells along the axis; `before`, `after` padding cells at its two
    ends; `ceil_mode` as in torch.nn.MaxPool2d. Construct through `axis_of`, which refuses what
    cannot be.
    """

    input: int
    kernel: int
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1
    ceil_mode: bool = False

    @property
    def effective_kernel(self) -> int:
        """Cells from a window's first tap to its last: dilation * (kernel - 1) + 1."""
        return kernel_reach(self.kernel, self.dilation)

    @property
    def padded(self) -> int:
        return self.before + self.input + self.after

    @property
    def least_padding(self) -> int:
        """Cells of padding, both ends together, without which the window would not fit."""
        return max(self.effective_kernel - self.input, 0)

    @property
    def causal_padding(self) -> tuple[int, int]:
        """Cells before and after the input with which no output reads what comes after it.

        >>> Axis(8, 3, dilation=2).causal_padding
        (4, 0)
        """
        return self.effective_kernel - 1, 0

    @property
    def largest_kernel(self) -> int:
        """Largest kernel that would still fit, dilated as this one."""
        return largest_kernel(self.input, self.before, self.after, self.dilation)

    @property
    def room(self) -> int:
        """How many cells the window can move; negative if it does not fit even once."""
        return self.padded - self.effective_kernel

    @property
    def last_window_dropped(self) -> bool:
        """Whether rounding up would add a window that starts in the padding after the input."""
        steps = -(-self.room // self.stride)
        return self.ceil_mode and steps * self.stride >= self.input + self.before

    @property
    def output(self) -> int:
        """Number of windows along the axis.

        With ceil_mode a last window may hang over the end, unless it would start in the padding
        after the input (torch.nn.MaxPool2d).
        """
        if not self.ceil_mode:
            return self.room // self.stride + 1
        return -(-self.room // self.stride) + 1 - self.last_window_dropped

    @property
    def origins(self) -> tuple[int, ...]:
        """First tap of each window in input coordinates; negative ones lie in the padding."""
        return tuple(n * self.stride - self.before for n in range(self.output))

    @property
    def leftover(self) -> int:
        """Cells at the end of the padded axis that the last window does not reach."""
        return max(self.padded - ((self.output - 1) * self.stride + self.effective_kernel), 0)

    @property
    def overhang(self) -> int:
        """Cells by which the last window hangs over the padded axis (only with ceil_mode)."""
        return max((self.output - 1) * self.stride + self.effective_kernel - self.padded, 0)

    @property
    def attempt(self) -> tuple[int, ...]:
        """Cells that one window more would read, some of them beyond the padded axis.

        Empty where the last window ends with the axis, and where rounding up takes that window in.

        >>> Axis(input=4, kernel=3, stride=2, before=1, after=1).attempt, Axis(5, kernel=3).attempt
        ((4, 5, 6), ())
        """
        return self.taps(self.output) if self.leftover and not self.ceil_mode else ()

    def taps(self, position: int) -> tuple[int, ...]:
        """Cells read by window number `position`, in padded coordinates."""
        start = position * self.stride
        return tuple(start + n * self.dilation for n in range(self.kernel))

    @property
    def unused(self) -> tuple[int, ...]:
        """Cells of the padded axis, in padded coordinates, that no window reads."""
        used = {cell for position in range(self.output) for cell in self.taps(position)}
        return tuple(cell for cell in range(self.padded) if cell not in used)


def fitting_remedy(axis: Axis, most_padding: int | None = None) -> str:
    """Say what would make a window fit, with at most `most_padding` cells of padding per side.

    >>> fitting_remedy(Axis(input=3, kernel=5)), fitting_remedy(Axis(input=3, kernel=5), 0)
    ('use kernel_size 3 or less, or 1 more padding on each side', 'use kernel_size 3 or less')
    """
    remedy = f"use kernel_size {axis.largest_kernel} or less"
    missing = -(-(axis.effective_kernel - axis.padded) // 2)
    if most_padding is None or max(axis.before, axis.after) + missing <= most_padding:
        remedy += f", or {missing} more padding on each side"
    return remedy


def axis_faults(
    axis: Axis, name: str = "size", remedy: Callable[[Axis], str] = fitting_remedy
) -> list[str]:
    """List why a window does not fit on an axis; empty if it does."""
    if axis.input < 1:
        return [f"The input's {name} is {axis.input} but must be at least 1; use 1."]
    if axis.output >= 1 and (axis.room >= 0 or axis.ceil_mode):
        return []
    reach = axis.effective_kernel
    kernel_words = f"kernel_size {axis.kernel}"
    if axis.dilation > 1:
        kernel_words += f" with dilation {axis.dilation} reaches over {reach} cells"
    return [
        f"The window does not fit along the {name}: {kernel_words} but the padded input has only "
        f"{axis.padded} ({axis.input} + {axis.before} + {axis.after} padding); {remedy(axis)}."
    ]


def per_axis(name: str, value: Any, rank: int, least: int = 0) -> tuple[int, ...]:
    """Spread an int over `rank` axes, or check a sequence of that many.

    >>> per_axis("stride", 2, 2), per_axis("stride", (2, 1), 2)
    ((2, 2), (2, 1))
    """
    values = list(value) if _is_sequence(value) else [value] * rank
    if len(values) == 1 and rank > 1 and _is_sequence(value):
        values = values * rank
    if len(values) != rank:
        raise ShapeError(
            f"{name} has {len(values)} numbers ({value!r}) but the layer has {rank} "
            f"{'axis' if rank == 1 else 'axes'}; give one number or {rank}."
        )
    raise_faults(fault for v in values if (fault := whole_number_fault(name, v, least)))
    return tuple(int(v) for v in values)


def padding_form(padding: Any, rank: int) -> str | tuple[Pair, ...]:
    """Bring every accepted way to write padding to a word or one (before, after) pair an axis.

    >>> padding_form(1, 2), padding_form((1, 2), 2), padding_form(((0, 1), (2, 3)), 2)
    (((1, 1), (1, 1)), ((1, 1), (2, 2)), ((0, 1), (2, 3)))
    """
    if isinstance(padding, str):
        if padding not in PADDING_WORDS:
            raise ShapeError(
                f"padding is {padding!r} but must be a whole number, (before, after) pairs or one "
                f"of {', '.join(PADDING_WORDS)}; use 'valid' for none."
            )
        return padding
    if _is_sequence(padding) and any(_is_sequence(p) for p in padding):
        if len(padding) != rank or not all(_is_sequence(p) and len(p) == 2 for p in padding):
            example = ", ".join(["(1, 1)"] * rank) + ("," if rank == 1 else "")
            raise ShapeError(
                f"padding {padding!r} must be {rank} (before, after) "
                f"{'pair' if rank == 1 else 'pairs'}, one an axis; use for example ({example})."
            )
        pairs = (per_axis("padding", p, 2) for p in padding)
        return tuple((before, after) for before, after in pairs)
    return tuple((p, p) for p in per_axis("padding", padding, rank))


def padding_pair(
    padding: str | Pair, input: int, kernel: int, stride: int = 1, dilation: int = 1
) -> Pair:
    """Turn one axis's padding word into its (before, after) cells.

    'same' and 'same_upper' put an odd cell at the end, 'same_lower' at the start. 'same' is
    torch's and exists for stride 1 only; the other two are ONNX's auto_pad, and 'same_upper' is
    what TensorFlow calls SAME.

    >>> padding_pair("same", input=5, kernel=2), padding_pair("full", input=5, kernel=3)
    ((0, 1), (2, 2))
    >>> padding_pair("same_upper", input=224, kernel=7, stride=2)
    (2, 3)
    """
    if not isinstance(padding, str):
        return padding
    reach = kernel_reach(kernel, dilation)
    if padding == "valid":
        return (0, 0)
    if padding == "full":
        return (reach - 1, reach - 1)
    if padding == "same":
        if stride != 1:
            raise ShapeError(
                f"padding='same' needs stride 1 but stride is {stride}; use stride 1, or "
                f"padding='same_upper' (TensorFlow's SAME), or padding={(reach - 1) // 2}."
            )
        total = reach - 1
    else:
        total = max((-(-input // stride) - 1) * stride + reach - input, 0)
    small, large = total // 2, total - total // 2
    return (large, small) if padding == "same_lower" else (small, large)


def padding_mode_faults(
    axes: Sequence[Axis], padding_mode: str, padding_value: float = 0.0
) -> list[str]:
    """List why the input cannot be padded in this mode."""
    try:
        mode = mode_of(padding_mode)
    except ShapeError as error:
        return list(error.faults)
    faults = []
    if not isinstance(padding_value, numbers.Real) or not abs(padding_value) < 1e300:
        faults.append(f"padding_value is {padding_value!r} but must be a finite number; use 0.0.")
    elif padding_value != 0 and not mode.takes_value:
        faults.append(
            f"padding_value is {padding_value} but padding_mode is {padding_mode!r}; use "
            "padding_mode='constant'."
        )
    for axis in axes:
        most = mode.most(axis.input)
        if most is not None and max(axis.before, axis.after) > most:
            fits = min(axis.before, most) + axis.input + min(axis.after, most)
            remedy = most if fits >= axis.effective_kernel else "padding_mode='replicate'"
            faults.append(
                f"{padding_mode.capitalize()} padding takes its cells from the input: padding "
                f"{max(axis.before, axis.after)} is too much for input size {axis.input}, where "
                f"at most {most} is possible; use {remedy}."
            )
    return faults


# One change of a control asks 18 times for the axes of a single layer.
@lru_cache(maxsize=256)
def make_axes(
    input_size: tuple[int, ...],
    kernel_size: tuple[int, ...],
    stride: tuple[int, ...],
    padding: str | tuple[Pair, ...],
    dilation: tuple[int, ...],
    ceil_mode: bool = False,
    remedy: Callable[[Axis], str] = fitting_remedy,
) -> tuple[Axis, ...]:
    """Build one checked Axis for each axis of a layer whose settings are already per axis."""
    rank = len(kernel_size)
    names = AXIS_NAMES.get(rank, ("size",) * rank)
    axes, faults = [], []
    for n, (size, k, s, d) in enumerate(
        zip(input_size, kernel_size, stride, dilation, strict=True)
    ):
        word = padding if isinstance(padding, str) else padding[n]
        before, after = padding_pair(word, size, k, s, d)
        axis = Axis(size, k, s, before, after, d, ceil_mode)
        axes.append(axis)
        faults.extend(axis_faults(axis, names[n], remedy))
    raise_faults(faults)
    return tuple(axes)


def output_size(
    input_size: int | Sequence[int],
    kernel_size: int | Sequence[int],
    stride: int | Sequence[int] = 1,
    padding: Any = 0,
    dilation: int | Sequence[int] = 1,
    ceil_mode: bool = False,
) -> int | tuple[int, ...]:
    """Say how many outputs a convolution or pooling has along each axis.

    >>> output_size(5, 3)
    3
    >>> output_size((5, 5), (3, 3), stride=2, padding=1)
    (3, 3)
    >>> output_size(112, 3, stride=2), output_size(112, 3, stride=2, ceil_mode=True)
    (55, 56)
    >>> output_size((5,), (2,), padding=((0, 1),))
    (5,)

    An int is one axis and gives an int back; a tuple is that many axes and gives a tuple. Padding
    is per side, or 'valid', 'same', 'full', 'same_upper', 'same_lower', or (before, after) pairs.
    Raises ShapeError where no window fits. Source: Dumoulin and Visin 2016, relationship 15;
    ceil_mode as torch.nn.MaxPool2d.
    """
    ranks = {len(v) for v in (input_size, kernel_size) if _is_sequence(v)} or {1}
    others = {len(v) for v in (stride, padding, dilation) if _is_sequence(v)}
    if len(ranks) > 1 or ranks == {0} or not others <= ranks | {1}:
        raise ShapeError(
            f"input_size {input_size!r}, kernel_size {kernel_size!r}, stride {stride!r}, padding "
            f"{padding!r} and dilation {dilation!r} speak of different numbers of axes; give each "
            "one number or the same number of them."
        )
    rank = max(ranks)
    axes = make_axes(
        per_axis("input_size", input_size, rank, least=1),
        per_axis("kernel_size", kernel_size, rank, least=1),
        per_axis("stride", stride, rank, least=1),
        padding_form(padding, rank),
        per_axis("dilation", dilation, rank, least=1),
        bool(ceil_mode),
    )
    sizes = tuple(axis.output for axis in axes)
    scalar = rank == 1 and not (_is_sequence(input_size) or _is_sequence(kernel_size))
    return sizes[0] if scalar else sizes


def largest_kernel(input: int, before: int = 0, after: int = 0, dilation: int = 1) -> int:
    """Largest kernel that still fits on a padded axis.

    >>> largest_kernel(5), largest_kernel(5, 1, 1, dilation=2)
    (5, 4)
    """
    return (before + input + after - 1) // dilation + 1


def largest_dilation(input: int, kernel: int, before: int = 0, after: int = 0) -> int:
    """Largest dilation with which a kernel of at least two cells still fits; 1 for one cell.

    >>> largest_dilation(7, 3), largest_dilation(7, 1)
    (3, 1)
    """
    return 1 if kernel == 1 else max((before + input + after - 1) // (kernel - 1), 1)


def _is_sequence(value: Any) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, (tuple, list))


def window_near(axis: Axis, cell: int) -> int:
    """Give the window whose middle lies nearest to an input cell; the earlier one of two.

    >>> window_near(Axis(input=5, kernel=3, before=1, after=1), 4)
    4
    >>> [window_near(Axis(input=6, kernel=2, stride=2), cell) for cell in range(6)]
    [0, 0, 1, 1, 2, 2]

    Parameters
    ----------
    cell : an input cell, from 0; also outside, where the first or the last window is the nearest
    """
    # The middle of window n is at n * stride - before + (effective kernel - 1) / 2; halves go down.
    twice = 2 * (cell + axis.before) - (axis.effective_kernel - 1) - axis.stride
    return min(max(-(-twice // (2 * axis.stride)), 0), axis.output - 1)
