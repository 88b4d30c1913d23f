"""A guard against work that never ends, or that grows far faster than its input."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class Hangs(Exception):
    """More of the processor's time was used than any machine needs for this."""


@contextmanager
def no_hang(seconds: float = 30) -> Iterator[None]:
    """Raise Hangs inside the `with` block after so many seconds of this process's own work.

    A busy machine does not make them pass faster, and a slow one needs far fewer: it is no measure
    of speed, for which there is tests/bench.
    """

    def stop(*_):
        raise Hangs(f"still at work after {seconds} s of processor time")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
