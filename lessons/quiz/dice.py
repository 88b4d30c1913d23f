"""Draws that are the same for ever: a question's seed must give it back in any year, on any Python.

The standard library and NumPy may change what a seed gives between versions; a hash may not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """A local generator of draws, rolled by hashing its key and the number of the roll.

    >>> dice = Dice("output_size", 1, 7)
    >>> [dice.whole(1, 6) for _ in range(5)] == [Dice("output_size", 1, 7).whole(1, 6)] * 5
    False
    >>> Dice("a", 1).numbers(2, 3, 0, 9) == Dice("a", 1).numbers(2, 3, 0, 9)
    True
    """

    def __init__(self, *key: str | int):
        self._key = "/".join(str(part) for part in key)
        self._rolls = 0

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        self._rolls += 1
        text = f"{self._key}#{self._rolls}".encode()
        number = int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big")
        return low + number % (high - low + 1)

    def pick(self, options: Sequence[T]) -> T:
        """One of the options; repeat one to make it likelier."""
        return options[self.whole(0, len(options) - 1)]

    def shuffled(self, options: Sequence[T]) -> tuple[T, ...]:
        """The options in a drawn order."""
        left, order = list(options), []
        while left:
            order.append(left.pop(self.whole(0, len(left) - 1)))
        return tuple(order)

    def kept(self, options: Sequence[T]) -> T:
        """One of the options, the same however often a question is drawn again.

        What a question's answer depends on is drawn like this: where some answers are harder to
        draw than others, they come as often all the same.

        >>> dice = Dice("find_padding", 1, 7, 2)
        >>> dice.kept(range(1, 6)) == dice.kept(range(1, 6))
        True
        """
        return options[Dice(self._key, "kept").whole(0, len(options) - 1)]

    def numbers(self, rows: int, columns: int, low: int, high: int) -> tuple[tuple[int, ...], ...]:
        """Rows of whole numbers."""
        return tuple(tuple(self.whole(low, high) for _ in range(columns)) for _ in range(rows))
