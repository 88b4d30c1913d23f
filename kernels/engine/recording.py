"""The NumPy calls that a block needs, taken down once and repeated on other arrays.

To find out which views of which arrays a block of a layer reads and writes takes Python as long as
NumPy takes for a tenth of a million products. They are the same each time for arrays of the same
shapes, but for where in memory the arrays are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np


class View(NamedTuple):
    """Some cells of one of the arrays that differ from call to call."""

    which: int
    shape: tuple[int, ...]
    offset: int
    strides: tuple[int, ...]


class Place(int):
    """Which of a recording's views stands here."""


class Recording:
    """Calls on views of `arrays` and of memory that stays, to be repeated on other arrays.

    >>> one, two = np.arange(3.0), np.zeros(3)
    >>> copy = Recording([partial(np.copyto, two[1:], one[:2])], [one, two], [])
    >>> other, result = np.array([5.0, 6.0, 7.0]), np.zeros(3)
    >>> for call in copy.calls([other, result]):
    ...     call()
    >>> result, copy.is_complete
    (array([0., 5., 6.]), True)

    arrays : each is contiguous or None. buffers : the memory that stays.
    """

    def __init__(
        self,
        calls: Iterable[Callable[..., Any]],
        arrays: Sequence[np.ndarray | None],
        buffers: Iterable[np.ndarray],
    ) -> None:
        self.is_complete = True
        """False if a call is about an array that is neither of these: it cannot be repeated."""
        self._types = [array is not None and array.dtype for array in arrays]
        self._arrays = [_memory(array) for array in arrays]
        self._buffers = [_memory(buffer) for buffer in buffers]
        self._views: dict[View, Place] = {}  # each is made once, however many calls are about it
        self._calls = [self._abstract(call) for call in calls]
        del self._arrays, self._buffers

    def calls(self, arrays: Sequence[np.ndarray | None]) -> list[Callable[..., Any]]:
        """The calls on these arrays."""
        types = self._types
        views = [
            np.ndarray(shape, types[which], arrays[which], offset, strides)
            for which, shape, offset, strides in self._views
        ]

        def concrete(value: Any) -> Any:
            return views[value] if type(value) is Place else value

        return [
            call
            if call is not None
            else partial(
                function,
                *map(concrete, positional),
                **{name: concrete(value) for name, value in named.items()},
            )
            for call, function, positional, named in self._calls
        ]

    def _abstract(self, call: Any) -> tuple[Any, ...]:
        """(call, ...) of one that is the same each time, else (None, function, its arguments)."""
        positional = [self._placed(value) for value in call.args]
        named = {name: self._placed(value) for name, value in call.keywords.items()}
        if any(type(value) is Place for value in (*positional, *named.values())):
            return None, call.func, positional, named
        return call, None, None, None

    def _placed(self, value: Any) -> Any:
        """The place of a view of one of the arrays, or the value itself."""
        if not isinstance(value, np.ndarray) or value.size == 0:
            return value
        address = _memory(value)[0]
        for which, (start, stop) in enumerate(self._arrays):
            if start <= address < stop:
                view = View(which, value.shape, address - start, value.strides)
                return self._views.setdefault(view, Place(len(self._views)))
        if not any(start <= address < stop for start, stop in self._buffers):
            self.is_complete = False
        return value


def _memory(array: np.ndarray | None) -> tuple[int, int]:
    """Where a contiguous array starts and ends."""
    if array is None:
        return 0, 0
    start = array.__array_interface__["data"][0]
    return start, start + array.nbytes
