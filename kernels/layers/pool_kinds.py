"""What poolings there are: one row for each kind, which every other part of the module reads.

A new kind is a new row here. Settings, arrays, traces, listings and what the screens say follow
from it; `tests/kernels/layers/test_pool_kinds.py` runs every row through them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kernels.errors import ShapeError


@dataclass(frozen=True)
class PoolCode:
    """How the libraries write a kind of pooling; None where they have no such layer.

    Attributes
    ----------
    numpy : what is made of `window`, as text, with {divisor} and {p} where it needs them
    torch : the class in torch.nn, written with what stands before the kernel size: "LPPool2d({p}, "
    torch_dilates, torch_pads : whether that class takes a dilation, and padding of its own
    keras : the class in keras.layers
    before : a line that makes the input ready for that class
    negated : whether the class is given the negative input, so that its result is negated too
    """

    numpy: str
    torch: str | None = None
    torch_dilates: bool = False
    torch_pads: bool = True
    keras: str | None = None
    before: str = ""
    negated: bool = False


@dataclass(frozen=True)
class PoolKind:
    """One way to make one number of a window.

    >>> lp = POOL_KINDS["lp"]
    >>> lp.result(np.array([3.0, -4.0]), norm_type=2.0), lp.title, lp.decides
    (5.0, 'Lp', '')
    >>> POOL_KINDS["max"].result(np.array([])), POOL_KINDS["median"].result(np.array([1.0, 2, 9]))
    (-inf, 2.0)

    Attributes
    ----------
    name : as PoolSpec's kind has it
    title, word : for a choice on screen, and for the result in a sentence ("max 7")
    action : what is done with a window, said as an instruction
    absent : the number that a cell without one counts as: in the padding and beyond it
    absent_text, padding_words : that cell as drawn, and in words
    combine : the ufunc that makes one number of two; None where `reduce` needs the whole window
    reduce : lines of cells and how many of each are there -> one number a line
    term : what stands for a cell before cells are combined; the cell itself where it is None
    finish : (combined, norm_type) -> result; the combined number where it is None
    sign, decides : how the cells that hold the result are marked and named; empty where no cell
        does
    takes_norm : whether it has a power, PoolSpec's norm_type
    takes_divisor : whether what was combined is divided by the number of cells, in which those of
        the padding may count
    code : the listings
    """

    name: str
    title: str
    word: str
    action: str
    absent: float
    padding_words: str
    code: PoolCode
    absent_text: str = ""
    combine: np.ufunc | None = None
    reduce: Callable[[np.ndarray, np.ndarray], np.ndarray] | None = None
    term: Callable[[Any, float], Any] | None = None
    finish: Callable[[Any, float], Any] | None = None
    sign: str = ""
    decides: str = ""
    takes_norm: bool = field(default=False, kw_only=True)
    takes_divisor: bool = field(default=False, kw_only=True)

    def terms(self, cells: np.ndarray, norm_type: float | None = None) -> np.ndarray:
        """What is combined: the cells themselves, or for Lp their powers."""
        return cells if self.term is None else self.term(cells, _power(norm_type))

    def finished(self, combined: Any, divisor: Any = 1, norm_type: float | None = None) -> Any:
        """The result of what was combined: divided for the average, its root for Lp."""
        whole = combined / divisor if self.takes_divisor else combined
        return whole if self.finish is None else self.finish(whole, _power(norm_type))

    def result(self, cells: np.ndarray, divisor: int = 1, norm_type: float | None = None) -> float:
        """The result of one window; `cells` are those that are there."""
        terms = self.terms(np.asarray(cells, dtype=float).ravel(), norm_type)
        if self.combine is None:
            assert self.reduce is not None
            return float(self.reduce(terms[np.newaxis], np.array([terms.size]))[0])
        combined = self.combine.reduce(terms, initial=self.absent)
        return float(self.finished(combined, divisor, norm_type))

    @property
    def marks_cells(self) -> bool:
        """Whether single cells of the window hold the result: the largest, the smallest."""
        return self.combine in (np.maximum, np.minimum)


def _power(norm_type: float | None) -> float:
    return 2.0 if norm_type is None else norm_type


def middle(cells: np.ndarray, present: np.ndarray) -> np.ndarray:
    """The median of each line of cells; those that are absent hold NaN.

    >>> nan = np.nan
    >>> middle(np.array([[3, nan, 1, 2], [nan, 4, 1, nan]]), np.array([3, 2]))
    array([2. , 2.5])

    present : how many cells of each line are there. A line without any, or with a number among
        them that is NaN, has the median NaN.
    """
    if not cells.shape[-1]:
        return np.full(present.shape, np.nan)
    ordered = np.sort(cells, axis=-1)  # NaN comes behind the numbers
    low, high, last = (
        np.take_along_axis(ordered, np.maximum(place, 0)[..., np.newaxis], axis=-1)[..., 0]
        for place in ((present - 1) // 2, np.minimum(present // 2, present - 1), present - 1)
    )
    with np.errstate(invalid="ignore"):  # of infinity and minus infinity there is no mean
        found = np.where(low == high, low, low / 2 + high / 2)
    found[np.isnan(last) | (present == 0)] = np.nan
    return found


_ROWS = (
    PoolKind(
        "max",
        "Max",
        word="max",
        action="take the largest number",
        absent=-np.inf,
        absent_text="−∞",
        padding_words="minus infinity: it never wins",
        combine=np.maximum,
        sign="▲",
        decides="the largest number",
        code=PoolCode("window.max()", torch="MaxPool2d(", torch_dilates=True, keras="MaxPooling2D"),
    ),
    PoolKind(
        "avg",
        "Average",
        word="mean",
        action="take the mean",
        absent=0.0,
        padding_words="zeros",
        combine=np.add,
        takes_divisor=True,
        code=PoolCode("window.sum() / {divisor}", torch="AvgPool2d(", keras="AveragePooling2D"),
    ),
    PoolKind(
        "min",
        "Min",
        word="min",
        action="take the smallest number",
        absent=np.inf,
        absent_text="+∞",
        padding_words="plus infinity: it never wins",
        combine=np.minimum,
        sign="▼",
        decides="the smallest",
        code=PoolCode(
            "window.min()",
            torch="MaxPool2d(",
            torch_dilates=True,
            keras="MaxPooling2D",
            before="x = -x  # the smallest number is minus the largest of the negatives",
            negated=True,
        ),
    ),
    PoolKind(
        "median",
        "Median",
        word="median",
        action="take the median",
        absent=np.nan,
        padding_words="nothing: the median is that of the cells present",
        reduce=middle,
        sign="◆",
        decides="the middle ones",
        code=PoolCode("np.nanmedian(window)"),
    ),
    PoolKind(
        "lp",
        "Lp",
        word="norm",
        action="take the p-th root of the sum of p-th powers",
        absent=0.0,
        padding_words="zeros",
        combine=np.add,
        term=lambda cells, p: np.abs(cells) ** p,
        finish=lambda total, p: total ** (1 / p),
        takes_norm=True,
        code=PoolCode(
            "(np.abs(window) ** {p}).sum() ** (1 / {p})",
            torch="LPPool2d({p}, ",
            torch_pads=False,
            before="x = x.abs()  # LPPool2d leaves the signs",
        ),
    ),
)

POOL_KINDS: Mapping[str, PoolKind] = {kind.name: kind for kind in _ROWS}
"""Every kind by its name, in the order in which they are offered."""


def takes_norm(name: str) -> bool:
    """Whether a layer of this name, 'conv' and misspelt ones too, is a pooling with a power p.

    >>> takes_norm("lp"), takes_norm("max"), takes_norm("conv")
    (True, False, False)
    """
    return name in POOL_KINDS and POOL_KINDS[name].takes_norm


def pool_kind(name: str) -> PoolKind:
    """The row of a kind.

    >>> pool_kind("mean")
    Traceback (most recent call last):
    kernels.errors.ShapeError: kind is 'mean' but must be one of max, avg, min, median, lp; \
use 'max'.
    """
    if not isinstance(name, str) or name not in POOL_KINDS:
        raise ShapeError(f"kind is {name!r} but must be one of {', '.join(POOL_KINDS)}; use 'max'.")
    return POOL_KINDS[name]
