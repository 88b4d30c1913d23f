"""Serve Streamlit's own scripts and styles compressed: a cold visit moves 1 MB instead of 3."""

import asyncio
import gzip
from pathlib import Path

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

# Named here, since a machine's own table of types may be wrong (Windows keeps it in the registry).
CONTENT_TYPES = {
    ".css": b"text/css; charset=utf-8",
    ".js": b"text/javascript; charset=utf-8",
    ".json": b"application/json",
    ".svg": b"image/svg+xml",
    ".wasm": b"application/wasm",
}
LEVEL = 9  # once per file and process, so take the time


class StaticGzip:
    """ASGI middleware that answers `GET /static/...` with gzip, kept in memory.

    Streamlit never compresses these files, because its server would do so anew at each request.
    They never change while the process lives (their names carry a hash of their content), so each
    is compressed once, when it is first asked for. Everything else passes through: unknown
    names, clients that take no gzip, ranges.

    :param app: the application behind.
    :param directory: the folder that `/static/...` is served from.
    """

    def __init__(self, app: ASGIApp, directory: Path | None = None) -> None:
        self.app = app
        directory = directory or Path(file_util.get_static_dir()) / "static"
        self._files = {
            f"/static/{path.relative_to(directory).as_posix()}": path
            for path in directory.rglob("*")
            if path.suffix in CONTENT_TYPES and path.is_file()
        }
        self._compressed: dict[str, asyncio.Future[bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._takes(scope):
            await self.app(scope, receive, send)
            return
        name = scope["path"]
        etag = b'"' + Path(name).name.encode() + b'"'
        headers = [
            (b"cache-control", b"public, immutable, max-age=31536000"),
            (b"etag", etag),
            (b"vary", b"accept-encoding"),
        ]
        if _header(scope, b"if-none-match") == etag:
            await _answer(send, 304, headers, b"")
            return
        body = await self._gzipped(name)
        headers += [
            (b"content-type", CONTENT_TYPES[Path(name).suffix]),
            (b"content-encoding", b"gzip"),
            (b"content-length", str(len(body)).encode()),
            (b"x-content-type-options", b"nosniff"),
        ]
        await _answer(send, 200, headers, b"" if scope["method"] == "HEAD" else body)

    def _takes(self, scope: Scope) -> bool:
        return (
            scope["type"] == "http"
            and scope["method"] in ("GET", "HEAD")
            and scope["path"] in self._files
            and not _header(scope, b"range")
            and "gzip" in _accepted(_header(scope, b"accept-encoding").decode("latin-1"))
        )

    async def _gzipped(self, name: str) -> bytes:
        # The future is kept, not its bytes: a class that comes in together waits for one of them.
        if name not in self._compressed:
            self._compressed[name] = asyncio.ensure_future(
                asyncio.to_thread(_compress, self._files[name])
            )
        return await asyncio.shield(self._compressed[name])


def _compress(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)


def _accepted(accept_encoding: str) -> set[str]:
    """The encodings of an Accept-Encoding header that are not ruled out by q=0.

    >>> sorted(_accepted("gzip, deflate;q=0.5, br;q=0"))
    ['deflate', 'gzip']
    """
    accepted = set()
    for part in accept_encoding.split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "").rstrip("0.") != "q=":
            accepted.add(name.strip().lower())
    return accepted


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


async def _answer(send: Send, status: int, headers: list, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
