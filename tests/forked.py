"""Servers of the app that start at once: each is a copy of a process that has imported everything.

    with forked_servers() as start:
        process = start(port, log)      # like a Popen: pid, poll, wait, kill, send_signal

To import Streamlit takes two seconds of a processor. A copy begins where `python -m app.server`
does after its imports; nothing has been served and no thread started before.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.serving import ROOT

_PARENT = "tests.forked"


class Forked:
    """A server that was copied; what of `subprocess.Popen` a test needs."""

    def __init__(self, pid: int, ended: Callable[[int], int | None]) -> None:
        self.pid = pid
        self._ended = ended
        self._code: int | None = None

    def poll(self) -> int | None:
        if self._code is None:
            self._code = self._ended(self.pid)
        return self._code

    def send_signal(self, sign: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, sign)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float = 60) -> int:
        deadline = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(_PARENT, timeout)
            time.sleep(0.01)
        return code


@contextmanager
def forked_servers() -> Iterator[Callable[[int, Path], Forked]]:
    """`start(port, log)` for a `with` block, after which no server of it is left."""
    env = os.environ | {"HOST": "127.0.0.1", "OPENBLAS_NUM_THREADS": "1"}
    begun: list[Forked] = []
    with subprocess.Popen(
        [sys.executable, "-m", _PARENT],
        cwd=ROOT,
        env=env,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as parent:

        def ask(*words: object) -> str:
            print(*words, sep="\t", file=parent.stdin, flush=True)
            return parent.stdout.readline().strip()

        def ended(pid: int) -> int | None:
            said = ask("ended", pid)
            return int(said) if said else None

        def start(port: int, log: Path) -> Forked:
            begun.append(Forked(int(ask("start", port, log)), ended))
            return begun[-1]

        yield start
        for one in begun:
            one.kill()
            one.wait()


def _serve(port: str, log: str) -> None:
    """What the copy does."""
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(output, stream)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ["PORT"] = port
    from app.server import serve

    serve()


def _copy_when_asked() -> None:
    """What the parent does: imports, then one copy for each line `start`."""
    import importlib

    from app.server import HEAVY_IMPORTS

    for name in HEAVY_IMPORTS:
        importlib.import_module(name)
    for line in sys.stdin:
        act, *words = line.rstrip("\n").split("\t")
        if act == "start":
            pid = os.fork()
            if not pid:
                _serve(*words)
                os._exit(0)
            print(pid, flush=True)
        else:
            pid, status = os.waitpid(int(words[0]), os.WNOHANG)
            print(os.waitstatus_to_exitcode(status) if pid else "", flush=True)


if __name__ == "__main__":
    _copy_when_asked()
