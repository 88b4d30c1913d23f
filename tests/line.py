"""A line between a browser and the app: as long as a distant server's, and a test can cut it."""

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Iterator


class Line:
    """A TCP proxy on a port of its own; `cut` breaks what goes through it, `join` lets it again.

    delay : seconds for which each piece of data is held back, both ways
    """

    def __init__(self, to_port: int, delay: float = 0.0) -> None:
        self._to_port, self._delay = to_port, delay
        self._on_its_way = 0
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._whole = True
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        """Break every connection, and refuse new ones."""
        with self._lock:
            self._whole = False
            for end in self._open:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def join(self) -> None:
        """Let connections through again."""
        with self._lock:
            self._whole = True

    @property
    def at_rest(self) -> bool:
        """Whether everything that was sent has arrived, both ways."""
        with self._lock:
            return self._on_its_way == 0

    def close(self) -> None:
        """Stop for good."""
        self.cut()
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        with contextlib.closing(near), contextlib.suppress(OSError):
            with self._lock:
                if not self._whole:
                    return
                far = socket.create_connection(("127.0.0.1", self._to_port))
                self._open |= {near, far}
            with contextlib.closing(far):
                back = threading.Thread(target=self._pump, args=(far, near), daemon=True)
                back.start()
                self._pump(near, far)
                back.join()
            with self._lock:
                self._open -= {near, far}

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        """Carry what `source` says to `sink` until one of them ends."""
        pieces: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        out = threading.Thread(target=self._deliver, args=(pieces, sink), daemon=True)
        out.start()
        data = b"-"
        while data:
            try:
                data = source.recv(65536)
            except OSError:
                data = b""
            with self._lock:
                self._on_its_way += 1
            pieces.put((time.monotonic() + self._delay, data))
        out.join()
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _deliver(self, pieces: queue.SimpleQueue[tuple[float, bytes]], sink: socket.socket) -> None:
        """Pass on each piece when it is due, until an empty one says that there are no more."""
        data = b"-"
        while data:
            due, data = pieces.get()
            time.sleep(max(0.0, due - time.monotonic()))
            with contextlib.suppress(OSError):  # the other end may be gone; the rest is dropped
                sink.sendall(data)
            with self._lock:
                self._on_its_way -= 1


@contextlib.contextmanager
def line_to(port: int, delay: float = 0.0) -> Iterator[Line]:
    """A line to the app on `port` for a `with` block."""
    line = Line(port, delay)
    try:
        yield line
    finally:
        line.close()
