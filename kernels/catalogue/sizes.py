"""Which sizes a kernel can have, and the sentence for a size that it cannot have."""

from __future__ import annotations

from dataclasses import dataclass

LARGEST_SIDE = 31
"""Taps on a side; more would not be read as numbers any longer."""

LARGEST_BINOMIAL = 9
"""The largest side made of Pascal's triangle: at 9 × 9 the taps add up to 65,536, and at 11 × 11 to
more than the million up to which typed numbers are read."""


@dataclass(frozen=True)
class Sizes:
    """The sizes that a kernel's meaning allows.

    >>> Sizes(odd=True, square=True, low=3).words
    'odd squares from 3 × 3 to 31 × 31'
    >>> Sizes(only=(2, 2)).words
    'only 2 × 2'
    >>> Sizes().allows((4, 1)), Sizes(odd=True).allows((4, 1))
    (True, False)

    Parameters
    ----------
    low, high : the fewest and the most taps on a side
    odd : whether both sides must be odd, so that there is a middle
    square : whether both sides must be the same
    only : (height, width) of the one size that there is, if so
    """

    low: int = 1
    high: int = LARGEST_SIDE
    odd: bool = False
    square: bool = False
    only: tuple[int, int] | None = None

    @property
    def words(self) -> str:
        """The rule, for a sentence."""
        if self.only:
            return f"only {size_words(self.only)}"
        if self.square:
            kind = "odd squares" if self.odd else "squares"
        else:
            kind = "odd height and width" if self.odd else "any size"
        low, high = size_words((self.low, self.low)), size_words((self.high, self.high))
        return f"{kind} from {low} to {high}"

    def allows(self, size: tuple[int, int]) -> bool:
        """Whether (height, width) is one of these sizes."""
        height, width = size
        if self.only:
            return (height, width) == self.only
        if not all(self.low <= side <= self.high for side in size):
            return False
        return (not self.odd or height * width % 2 == 1) and (not self.square or height == width)


def size_words(size: tuple[int, int]) -> str:
    """Write (height, width) for a sentence.

    >>> size_words((3, 5))
    '3 × 5'
    """
    return f"{size[0]} × {size[1]}"
