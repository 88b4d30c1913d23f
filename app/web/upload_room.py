"""How many uploaded files the server holds: so much for each session, and so much in all.

Streamlit keeps every file that is sent to a session until the session ends, whether a box on the
page asked for it or not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.web.answer_headers import answer

MEGABYTE = 1024 * 1024
MAX_FILES = 4
MAX_BYTES = 60 * MEGABYTE
MAX_BYTES_IN_ALL = 512 * MEGABYTE
# What a file may take while it arrives and has not said how much that is: the limit of one upload.
UNKNOWN = 21 * MEGABYTE

_UPLOADS = "/_stcore/upload_file/"
FULL = b"The server holds as many uploaded pictures as it can; try again in a few minutes."


class Files(Protocol):
    """What is used of Streamlit's manager of uploaded files."""

    file_storage: Mapping[str, Mapping[str, Any]]

    def remove_file(self, session_id: str, file_id: str) -> None: ...


class Sessions(Protocol):
    """What is used of Streamlit's runtime."""

    uploaded_file_mgr: Files

    def is_active_session(self, session_id: str) -> bool: ...


class UploadRoom:
    """ASGI middleware that bounds the uploaded files in memory.

    A session that sends one file after another keeps its newest, as the page has taken over the
    older ones already. When there is no room in all, the files of sessions that nobody is
    connected to go first; after that a new file is refused until somebody leaves.

    :param app: the application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._arriving = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "PUT" or _UPLOADS not in path:
            await self.app(scope, receive, send)
            return
        runtime = running_sessions()
        size = _announced(scope)
        if not self._make_room(runtime, size):
            await answer(send, 507, b"text/plain; charset=utf-8", FULL)
            return

        async def send_within_limits(message: Message) -> None:
            # Before the browser hears that its file has arrived.
            if message["type"] == "http.response.start":
                keep_newest(runtime.uploaded_file_mgr, path.split(_UPLOADS)[1].split("/")[0])
            await send(message)

        self._arriving += size
        try:
            await self.app(scope, receive, send_within_limits)
        finally:
            self._arriving -= size

    def _make_room(self, runtime: Sessions, size: int) -> bool:
        files = runtime.uploaded_file_mgr
        needed = self._arriving + size
        if bytes_in_all(files) + needed <= MAX_BYTES_IN_ALL:
            return True
        for session in list(files.file_storage):
            if not runtime.is_active_session(session):
                for file in list(files.file_storage.get(session, ())):
                    files.remove_file(session, file)
        return bytes_in_all(files) + needed <= MAX_BYTES_IN_ALL


def running_sessions() -> Sessions:
    """The sessions of this process."""
    from streamlit import runtime

    return runtime.get_instance()


def bytes_in_all(files: Files) -> int:
    """What all uploaded files take."""
    return sum(
        len(file.data) for session in list(files.file_storage.values()) for file in _listed(session)
    )


def keep_newest(files: Files, session: str) -> None:
    """Remove a session's oldest files until it is within its limits; the newest always stays."""
    held = list(files.file_storage.get(session, {}).items())
    while len(held) > 1 and (
        len(held) > MAX_FILES or sum(len(file.data) for _, file in held) > MAX_BYTES
    ):
        oldest, _ = held.pop(0)
        files.remove_file(session, oldest)


def _listed(session: Mapping[str, Any]) -> list[Any]:
    return list(session.values())


def _announced(scope: Scope) -> int:
    """What the file says it takes, and the most it can where it does not say."""
    text = next((value for key, value in scope["headers"] if key == b"content-length"), b"")
    return min(int(text), UNKNOWN) if text.isascii() and text.isdigit() else UNKNOWN
