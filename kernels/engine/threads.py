"""Work shared between two threads, and the scratch memory that each thread keeps for the next call.

NumPy lets go of Python's lock while it multiplies, adds or copies, so two threads that work on
different blocks of a result run at the same time. They do so only where BLAS was told to use one
thread itself, before NumPy was imported (OPENBLAS_NUM_THREADS=1 in the environment): with more on
both sides the threads fight, and a millisecond's work can take a second.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Iterable
from functools import partial
from queue import SimpleQueue
from typing import Any

import numpy as np

BLAS_IS_SINGLE = "1" in map(os.environ.get, ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"))

THREADS = min(2, os.cpu_count() or 1) if BLAS_IS_SINGLE else 1
"""Threads that work on one result: the caller's and, where there is a second core, a helper."""

WORTH_A_THREAD = 0.3e-3
"""Seconds of work below which waking the helper costs more than it saves."""

HANDOVER = 0.04e-3
"""Seconds that a helper starts and reports later than if it were the caller."""

_CACHE_LINE, _PAGE = 64, 4096

_lock = threading.Lock()
_helper: SimpleQueue[Callable[[], None]] | None = None
_mine = threading.local()


Memory = dict[str, tuple[np.ndarray, int]]
"""Scratch memory by name, each with its address."""


class Later:
    """NumPy, whose functions are called later: in their order, when `run` is called.

    >>> later, total = Later(), np.zeros(2)
    >>> later.add([1, 2], [3, 4], out=total)
    >>> later.multiply(total, 10, out=total)
    >>> total.tolist(), later.run(), total.tolist()
    ([0.0, 0.0], None, [40.0, 60.0])

    Python runs one thread at a time; NumPy does not mind. A thread that comes back from NumPy has
    to wait while another one is in Python, and to be woken takes as long as adding up 100 KB. So
    what Python has to do for a block is done first, and the calls then follow one another.

    buffers : the memory that `scratch` hands out.
    """

    def __init__(self, buffers: Memory | None = None) -> None:
        self.calls: list[Callable[[], Any]] = []
        self._buffers: Memory = {} if buffers is None else buffers

    def call(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> None:
        """Call any function later."""
        self.calls.append(partial(function, *arguments, **named))

    def __getattr__(self, name: str) -> Callable[..., None]:
        # Not kept: that would be a circle of references, in which results outlive their use.
        return partial(self.call, getattr(np, name))

    def run(self) -> None:
        """Call them all; overflow and NaN, which may arise where no result needs it, are silent."""
        with np.errstate(over="ignore", invalid="ignore"):
            for call in self.calls:
                call()

    def scratch(
        self, name: str, shape: tuple[int, ...], dtype: Any, beside: np.ndarray | None = None
    ) -> np.ndarray:
        """An array of undefined numbers, whose memory is used again for the next of that name.

        It starts at a cache line and, if `beside` is given, half a page from where that array
        starts in its own page: writes to one would hold up reads of the other if their addresses
        had the same last 12 bits.

        >>> Later().scratch("example", (2, 3), np.float32).shape
        (2, 3)
        """
        size = math.prod(shape) * np.dtype(dtype).itemsize + 2 * _PAGE
        if name not in self._buffers or self._buffers[name][0].nbytes < size:
            buffer = np.empty(size, np.uint8)
            self._buffers[name] = buffer, _address(buffer)
        buffer, address = self._buffers[name]
        if beside is None:
            return np.ndarray(shape, dtype, buffer, -address % _CACHE_LINE)
        half_a_page_on = _address(beside) // _CACHE_LINE * _CACHE_LINE + _PAGE // 2
        return np.ndarray(shape, dtype, buffer, (half_a_page_on - address) % _PAGE)


class Now(Later):
    """The same, but every function is called at once.

    >>> total = np.zeros(2)
    >>> Now().add([1, 2], [3, 4], out=total)
    >>> total
    array([4., 6.])
    """

    def call(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> None:
        """Call any function."""
        function(*arguments, **named)

    def scratch(
        self, name: str, shape: tuple[int, ...], dtype: Any, beside: np.ndarray | None = None
    ) -> np.ndarray:
        """A new array of undefined numbers."""
        return np.empty(shape, dtype)


NOW = Now()
"""For those who want the result and need not hurry."""


def share_out(work: Callable[[Any, Later], None], blocks: Iterable[Any], seconds: float) -> None:
    """Do the work of every block, on two threads if `seconds` of work are worth it.

    >>> squares = np.zeros((3, 2))
    >>> share_out(lambda n, do: do.copyto(squares[n], n * n), [0, 1, 2], seconds=1.0)
    >>> squares.tolist()
    [[0.0, 0.0], [1.0, 1.0], [4.0, 4.0]]

    work : a function of a block and of what takes down the NumPy calls that it needs.
    blocks : must not depend on each other. Each thread takes the next one as soon as it is free.

    A helper that is busy with another caller's work is not waited for. An exception in either
    thread is raised here.
    """
    blocks = list(blocks)
    waiting = iter(blocks)  # hands every block to one thread only

    def prepare(block: Any, memory: Memory) -> Later:
        later = Later(memory)
        work(block, later)
        return later

    def take(prepared: Later | None, memory: Memory) -> None:
        if prepared is not None:
            prepared.run()
        for block in waiting:
            prepare(block, memory).run()

    mine, theirs = _two_memories()
    if THREADS < 2 or len(blocks) < 2 or not worth_sharing(seconds):
        take(None, mine)
        return
    # Both first blocks are prepared here, before the helper is woken, so that it starts without a
    # word of Python and finds it free. An iterator hands its block to one thread only.
    first, for_helper = prepare(next(waiting), mine), iter([prepare(next(waiting), theirs)])
    done, errors = threading.Lock(), []
    done.acquire()

    def help_out() -> None:
        prepared = next(for_helper, None)
        if prepared is None:
            return
        try:
            take(prepared, theirs)
        except BaseException as error:
            errors.append(error)
        done.release()

    _helper_queue().put(help_out)
    try:
        take(first, mine)
    finally:
        # What the helper has not begun by now is quicker done than waited for.
        not_begun = next(for_helper, None)
        if not_begun is None:
            done.acquire()
        else:
            not_begun.run()
    if errors:
        raise errors.pop()


def _two_memories() -> tuple[Memory, Memory]:
    """The scratch memory of what this thread computes: its own and its helper's."""
    if not hasattr(_mine, "memories"):
        _mine.memories = {}, {}
    return _mine.memories


def _address(array: np.ndarray) -> int:
    return array.__array_interface__["data"][0]


def worth_sharing(seconds: float) -> bool:
    """Whether the helper saves more than it costs."""
    return THREADS > 1 and seconds >= WORTH_A_THREAD


def fewest_blocks(seconds: float) -> int:
    """Into how many blocks work should be cut at least: 1 without a helper.

    >>> fewest_blocks(0.0)
    1

    With a helper, 2: each time that a thread comes back from NumPy to Python it may have to wait
    for the other one, so that fewer and longer calls are better than blocks that balance finely.
    """
    return 2 if worth_sharing(seconds) else 1


def first_share(seconds: float) -> float:
    """How much of the work the caller takes if there are two blocks, to be done with the helper.

    >>> first_share(1.0) < 0.51 < first_share(2 * HANDOVER)
    True
    """
    return min(0.5 + HANDOVER / (2 * max(seconds, HANDOVER)), 0.75)


def _helper_queue() -> SimpleQueue[Callable[[], None]]:
    """Where the helper, started when it is first needed, takes its work from.

    A queue and a lock are all that it takes, and are quicker than an executor and its futures.
    """
    global _helper
    with _lock:
        if _helper is None:
            _helper = SimpleQueue()
            threading.Thread(target=_help, args=(_helper,), name="kernels", daemon=True).start()
        return _helper


def _help(queue: SimpleQueue[Callable[[], None]]) -> None:
    while True:
        queue.get()()  # not kept under a name: arrays would outlive their use


def _forget_helper() -> None:
    """Threads do not survive a fork: the child starts its own."""
    global _helper, _lock
    _helper, _lock = None, threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget_helper)
