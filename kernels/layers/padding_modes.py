"""What padding holds: one row for each mode, which every other part of the module reads.

A new mode is a new row here. Geometry, arrays, links, matrix, gradients, listings and the choices
on screen follow from it; `tests/kernels/layers/test_padding_modes.py` runs every row through them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Literal

from kernels.errors import ShapeError


@dataclass(frozen=True)
class PaddingMode:
    """What the cells around an input hold, and what the libraries call it.

    >>> reflect = PADDING_MODES["reflect"]
    >>> [reflect.source(cell, 4) for cell in range(-2, 6)], reflect.most(4)
    ([2, 1, 0, 1, 2, 3, 2, 1], 3)
    >>> PADDING_MODES["zeros"].source(-1, 4), PADDING_MODES["zeros"].most(4)
    (None, None)

    Attributes
    ----------
    name : as torch.nn.Conv2d's padding_mode has it
    title : for a choice on screen: the name, and what it does
    numpy : np.pad's name
    torch : the name in torch.nn.Conv2d and torch.nn.functional.pad; None where they have no such
        mode
    torch_pad : the layer of torch.nn that pads so, without its 2d; None where there is none
    outside : (cell, input size) -> the input cell that a padding cell copies; None where padding
        holds one number
    limit : input size -> most cells a side that can be copied; None where any number can
    takes_value : whether that one number is the learner's own: padding_value
    """

    name: str
    title: str
    numpy: Literal["constant", "reflect", "edge", "wrap", "symmetric"]
    torch: str | None
    torch_pad: str | None = None
    outside: Callable[[int, int], int] | None = None
    limit: Callable[[int], int] | None = None
    takes_value: bool = False

    @property
    def copies(self) -> bool:
        """Whether padding cells are copies of input cells; else they hold one number."""
        return self.outside is not None

    def source(self, cell: int, input: int) -> int | None:
        """The input cell whose number stands at a place in or beside the input; None if none.

        cell : counted from the input's first cell; negative ones lie before it
        """
        if 0 <= cell < input:
            return cell
        return None if self.outside is None else self.outside(cell, input)

    def most(self, input: int) -> int | None:
        """Most cells of padding a side for an input of this size; None for any number."""
        return None if self.limit is None else self.limit(input)

    def least_input(self, padding: int) -> int:
        """The smallest input that can be padded by so many cells a side.

        >>> PADDING_MODES["reflect"].least_input(3), PADDING_MODES["zeros"].least_input(3)
        (4, 1)
        """
        limit = self.limit
        return 1 if limit is None else next(n for n in count(1) if limit(n) >= padding)


_ROWS = (
    PaddingMode("zeros", "zeros", numpy="constant", torch="zeros", torch_pad="ConstantPad"),
    PaddingMode(
        "constant",
        "a constant",
        numpy="constant",
        torch="constant",
        torch_pad="ConstantPad",
        takes_value=True,
    ),
    PaddingMode(
        "reflect",
        "reflect: mirror without edge",
        numpy="reflect",
        torch="reflect",
        torch_pad="ReflectionPad",
        outside=lambda cell, input: -cell if cell < 0 else 2 * (input - 1) - cell,
        limit=lambda input: input - 1,
    ),
    PaddingMode(
        "replicate",
        "replicate: repeat the edge",
        numpy="edge",
        torch="replicate",
        torch_pad="ReplicationPad",
        outside=lambda cell, input: min(max(cell, 0), input - 1),
    ),
    PaddingMode(
        "circular",
        "circular: wrap around",
        numpy="wrap",
        torch="circular",
        torch_pad="CircularPad",
        outside=lambda cell, input: cell % input,
        limit=lambda input: input,
    ),
)

PADDING_MODES: Mapping[str, PaddingMode] = {mode.name: mode for mode in _ROWS}
"""Every mode by its name, in the order in which they are offered."""


def padding_mode(name: str) -> PaddingMode:
    """The row of a mode.

    >>> padding_mode("mirror")
    Traceback (most recent call last):
    kernels.errors.ShapeError: padding_mode is 'mirror' but must be one of zeros, constant, \
reflect, replicate, circular; use 'zeros'.
    """
    if not isinstance(name, str) or name not in PADDING_MODES:
        raise ShapeError(
            f"padding_mode is {name!r} but must be one of {', '.join(PADDING_MODES)}; use 'zeros'."
        )
    return PADDING_MODES[name]
