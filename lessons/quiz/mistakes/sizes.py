"""The slips in working out an output size along one axis, or the setting that gives a size."""

from __future__ import annotations

from collections.abc import Sequence

from kernels import Axis
from lessons.quiz.mistakes.carried_sizes import CARRIED, carried_changes
from lessons.quiz.mistakes.size_changes import (
    exchanged,
    settings_swapped,
    spread_out,
    stride_and_dilation_swapped,
)
from lessons.quiz.mistakes.size_workings import InverseWorking, SizeWorking, size_working
from lessons.quiz.mistakes.slip import (
    ASKED,
    PUBLISHED,
    REASONED,
    Change,
    Slip,
    changed_where,
)
from lessons.quiz.mistakes.transposed import TransposedWorking


def _slip(id, name, say, point, step, prior, change, inverse=True, says=None) -> Slip:
    changes: dict[type, Change] = {SizeWorking: change}
    if inverse:
        # Someone who slips in the formula finds the setting that fits the wrong formula.
        changes[InverseWorking] = lambda w: w._replace(changes=(*w.changes, change))
    if id in CARRIED:
        changes |= carried_changes(id)
    return Slip(id, name, say, point, step, prior, changes, says or (lambda working: ""))


def sized_by(axes: Sequence[Axis]) -> dict[str, tuple[int, ...]]:
    """What each of these slips makes of a convolution's output size, where it changes it.

    >>> axis = Axis(input=5, kernel=3, stride=1, before=1, after=1)
    >>> sized_by((axis, axis))
    {'padding-once': (4, 4), 'padding-ignored': (3, 3), 'one-forgotten': (4, 4), \
'kernel-ignored': (7, 7)}
    """
    found = {}
    for slip in SIZE_SLIPS:
        if slip.id in CARRIED:
            workings = [size_working(axis) for axis in axes]
            sizes = [(slip.changed(working) or working).value() for working in workings]
            whole = tuple(size for size in sizes if isinstance(size, int))
            if len(whole) == len(axes) and whole != tuple(axis.output for axis in axes):
                found[slip.id] = whole
    return found


def _padded(w):
    return w.padding > 0


def _steps(w):
    return w.step > 1


def _dilated(w):
    return w.axis.dilation > 1 and w.axis.kernel > 1


def _counts(w):
    return w.asks == "size"


_HALF = "That is both sides together; per side it is half."

_BEFORE_DIVIDING = "The window itself takes up room: subtract the kernel before you divide."

_padding_once = changed_where(_padded, padding=lambda w: w.axis.before or w.axis.after)


def _both_sides(w: InverseWorking) -> InverseWorking | None:
    if w.unknown != "padding":
        return None
    total = w._replace(sides=2)
    # Mostly that is what padding counted once comes to, and then the same slip.
    once = w._replace(changes=(*w.changes, _padding_once))
    return None if once.value() == total.value() else total


SIZE_SLIPS = (
    Slip(
        "axes-exchanged",
        "height and width exchanged",
        "Height comes before width: rows first, then columns.",
        "axes",
        "axis",
        ASKED,
        {
            SizeWorking: exchanged,
            TransposedWorking: changed_where(
                lambda w: w.other not in (0, w.input),
                input=lambda w: w.other,
                other=lambda w: w.input,
            ),
        },
    ),
    _slip(
        "fraction-kept",
        "fraction kept",
        "A window that does not fit whole is dropped: round down before you add 1.",
        "rounding",
        "rounding",
        ASKED,
        changed_where(lambda w: w.rounding != "none" and _steps(w) and _counts(w), rounding="none"),
        inverse=False,
    ),
    _slip(
        "rounded-up",
        "rounded up",
        "Round down: rounding up is ceil_mode, which some pooling layers use.",
        "rounding",
        "rounding",
        ASKED,
        changed_where(lambda w: w.rounding == "down" and _steps(w) and _counts(w), rounding="up"),
    ),
    _slip(
        "rounded-down",
        "rounded down despite ceil_mode",
        "With ceil_mode the last window may hang over the end: round up.",
        "rounding",
        "rounding",
        ASKED,
        changed_where(lambda w: w.rounding == "up" and _steps(w) and _counts(w), rounding="down"),
    ),
    _slip(
        "rounded-nearest",
        "rounded to the nearest",
        "Always round down, never to the nearest: half a window is not a window.",
        "rounding",
        "rounding",
        REASONED,
        changed_where(lambda w: _steps(w) and _counts(w), rounding="nearest"),
    ),
    _slip(
        "padding-once",
        "padding counted once",
        "There is padding on both sides: add the cells at the start and those at the end.",
        "padding",
        "padding",
        PUBLISHED,
        _padding_once,
        says=lambda w: _HALF if isinstance(w, InverseWorking) and w.unknown == "padding" else "",
    ),
    Slip(
        "padding-of-both-sides",
        "total padding given",
        _HALF,
        "padding",
        "padding",
        REASONED,
        {InverseWorking: _both_sides},
    ),
    _slip(
        "padding-ignored",
        "padding ignored",
        "The window slides over the padded input: add the padding on both sides first.",
        "padding",
        "padding",
        REASONED,
        changed_where(_padded, padding=0),
    ),
    _slip(
        "padding-doubled",
        "one end's padding taken for both",
        "Each end has its own padding here: add the two numbers.",
        "padding",
        "padding",
        REASONED,
        changed_where(
            lambda w: w.axis.before != w.axis.after and not w.word,
            padding=lambda w: 2 * max(w.axis.before, w.axis.after),
        ),
    ),
    _slip(
        "padding-after",
        "padding added to the output",
        "Pad the input, then slide: padding is not added to the output.",
        "padding",
        "padding",
        REASONED,
        changed_where(
            lambda w: _padded(w) and _steps(w) and _counts(w),
            padding=0,
            outside=lambda w: w.padding,
        ),
    ),
    _slip(
        "one-forgotten",
        "the + 1 forgotten",
        "The first position counts too: it is the number of steps plus 1.",
        "first-position",
        "one",
        PUBLISHED,
        changed_where(_counts, one="no"),
    ),
    _slip(
        "one-before-division",
        "1 added before dividing",
        "Divide and round down first; then add 1.",
        "first-position",
        "one",
        ASKED,
        changed_where(lambda w: _steps(w) and _counts(w), one="before"),
    ),
    _slip(
        "stride-ignored",
        "stride ignored",
        "Only every s-th position counts: divide the room to move by the stride.",
        "stride",
        "stride",
        PUBLISHED,
        changed_where(lambda w: _steps(w) and _counts(w) and w.stride_given, step=1),
    ),
    Slip(
        "strides-exchanged",
        "the other axis's stride used",
        "Rows move by the first stride, columns by the second.",
        "stride",
        "stride",
        REASONED,
        {
            SizeWorking: changed_where(
                lambda w: (
                    _counts(w)
                    and w.stride_given
                    and w.other is not None
                    and w.other.stride != w.axis.stride
                ),
                step=lambda w: w.other.stride,
            )
        },
    ),
    _slip(
        "divided-by-stride",
        "input divided by stride",
        "Dividing the input by the stride is right only with 'same' padding, and then rounded up.",
        "stride",
        "whole",
        REASONED,
        changed_where(
            lambda w: _steps(w) and _counts(w),
            instead=lambda w: w.axis.input // w.axis.stride or 1,
            line=lambda w: f"⌊{w.axis.input} / {w.axis.stride}⌋",
        ),
        inverse=False,
    ),
    _slip(
        "kernel-ignored",
        "kernel not subtracted",
        "The window itself takes up room: subtract the kernel, then divide, then add 1.",
        "kernel-reach",
        "whole",
        REASONED,
        changed_where(lambda w: True, reach=0, one="no"),
        says=lambda w: _BEFORE_DIVIDING if isinstance(w, SizeWorking) and not _counts(w) else "",
    ),
    _slip(
        "dilation-ignored",
        "dilation ignored",
        "A dilated kernel reaches over d·(k − 1) + 1 cells, not over k.",
        "dilation",
        "kernel",
        ASKED,
        changed_where(_dilated, reach=lambda w: w.axis.kernel),
    ),
    _slip(
        "dilation-times-kernel",
        "dilation times kernel",
        "There is no gap after the last tap: the reach is d·(k − 1) + 1, not d·k.",
        "dilation",
        "kernel",
        ASKED,
        changed_where(_dilated, reach=lambda w: w.axis.dilation * w.axis.kernel),
    ),
    _slip(
        "dilation-one-gap",
        "only one gap widened",
        "k taps have k − 1 gaps, and dilation widens each of them.",
        "dilation",
        "kernel",
        REASONED,
        changed_where(
            lambda w: _dilated(w) and w.axis.kernel > 2,
            reach=lambda w: w.axis.kernel + w.axis.dilation - 1,
        ),
    ),
    _slip(
        "stride-and-dilation-exchanged",
        "stride and dilation exchanged",
        "Stride moves the window; dilation spreads its taps.",
        "stride",
        "whole",
        REASONED,
        stride_and_dilation_swapped,
    ),
    _slip(
        "same-keeps-size",
        "size kept despite the stride",
        "'Same' padding gives ⌈input / stride⌉: it keeps the size only with stride 1.",
        "same-padding",
        "whole",
        ASKED,
        changed_where(
            lambda w: w.word.startswith("same") and _steps(w) and _counts(w),
            instead=lambda w: w.axis.input,
            line=lambda w: str(w.axis.input),
        ),
        inverse=False,
    ),
    _slip(
        "same-half-kernel",
        "half the kernel on both sides",
        "For an even kernel 'same' adds one more cell at one end than at the other.",
        "same-padding",
        "padding",
        ASKED,
        changed_where(
            lambda w: w.word.startswith("same") and w.axis.effective_kernel % 2 == 0,
            padding=lambda w: 2 * (w.axis.effective_kernel // 2),
        ),
        inverse=False,
    ),
    _slip(
        "pool-stride-one",
        "pooling moved by 1",
        "Unless a stride is given, pooling moves by its own window: the stride is k.",
        "pooling",
        "stride",
        REASONED,
        changed_where(lambda w: w.pool and not w.stride_given and _steps(w), step=1),
        inverse=False,
    ),
    _slip(
        "pool-stride-kernel",
        "pooling moved by its window",
        "A stride is given here: use it, and the windows overlap.",
        "pooling",
        "stride",
        REASONED,
        changed_where(
            lambda w: w.pool and w.stride_given and w.axis.kernel != w.axis.stride,
            step=lambda w: w.axis.kernel,
        ),
        inverse=False,
    ),
    Slip(
        "stride-and-padding-exchanged",
        "stride and padding exchanged",
        "Padding is added on both sides; by the stride you divide.",
        "stride",
        "whole",
        REASONED,
        {SizeWorking: lambda w: settings_swapped(w) if _counts(w) else None},
        late=True,
    ),
    Slip(
        "transposed-formula",
        "the transposed convolution's formula",
        "A convolution makes its output smaller: add the padding, subtract the kernel, divide.",
        "stride",
        "whole",
        REASONED,
        {
            SizeWorking: changed_where(
                lambda w: _counts(w) and _steps(w) and not w.pool and not w.word,
                instead=lambda w: (
                    (w.axis.input - 1) * w.axis.stride + w.axis.kernel - 2 * w.axis.before
                ),
                line=spread_out,
            )
        },
        late=True,
    ),
    _slip(
        "nothing-left-over",
        "nothing left over",
        "The room to move is not a multiple of the stride: the last window stops before the end.",
        "rounding",
        "whole",
        REASONED,
        changed_where(lambda w: w.asks == "leftover", instead=0, line="0"),
        inverse=False,
    ),
)
