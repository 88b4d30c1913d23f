"""A slow line between browser and server: each piece of data is held back, both ways.

A process of its own (`python -m tests.slow_line PORT MILLISECONDS` writes the port to connect to),
so that it is gone with everything that it holds when a test ends.
"""

import asyncio
import contextlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.serving import ROOT


@contextmanager
def slow_line(port: int, milliseconds: int) -> Iterator[int]:
    """A port on this machine that leads to `port`, as far away as a distant server."""
    command = [sys.executable, "-m", "tests.slow_line", str(port), str(milliseconds)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield int(process.stdout.readline())
        finally:
            process.kill()


async def hold_back(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float
) -> None:
    """Pass on what is read, so much later."""
    waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
    now = asyncio.get_running_loop().time

    async def read() -> None:
        data = b"-"
        while data:
            data = await reader.read(65536)
            waiting.put_nowait((now() + seconds, data))

    async def write() -> None:
        while True:
            due, data = await waiting.get()
            await asyncio.sleep(max(0.0, due - now()))
            if not data:
                writer.close()
                return
            writer.write(data)
            await writer.drain()

    with contextlib.suppress(ConnectionError):
        await asyncio.gather(read(), write())


async def serve(port: int, milliseconds: int) -> None:
    """Listen on a free port until the process ends."""

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        from_server, to_server = await asyncio.open_connection("127.0.0.1", port)
        seconds = milliseconds / 1000
        await asyncio.gather(
            hold_back(reader, to_server, seconds), hold_back(from_server, writer, seconds)
        )

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
