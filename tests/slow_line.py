"""A slow line between browser and server: each piece of data is held back, both ways."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.serving import free_port


@contextmanager
def slow_line(port: int, milliseconds: int) -> Iterator[int]:
    """A port on this machine that leads to `port`, as far away as a distant server."""
    outside, loop, started = free_port(), asyncio.new_event_loop(), threading.Event()

    async def hold_back(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def read() -> None:
            data = b"-"
            while data:
                data = await reader.read(65536)
                waiting.put_nowait((loop.time() + milliseconds / 1000, data))

        async def write() -> None:
            while True:
                due, data = await waiting.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if not data:
                    return
                writer.write(data)
                await writer.drain()

        try:
            await asyncio.gather(read(), write())
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to_server = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(hold_back(reader, to_server[1]), hold_back(to_server[0], writer))

    async def serve() -> None:
        server = await asyncio.start_server(connect, "127.0.0.1", outside)
        started.set()
        async with server:
            await server.serve_forever()

    task = None

    def run() -> None:
        nonlocal task
        asyncio.set_event_loop(loop)
        task = loop.create_task(serve())
        try:
            loop.run_until_complete(task)
        except asyncio.CancelledError:
            pass
        finally:
            for other in asyncio.all_tasks(loop):
                other.cancel()
            loop.run_until_complete(asyncio.sleep(0))
            loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    started.wait()
    try:
        yield outside
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(timeout=5)
