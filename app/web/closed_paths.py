"""What Streamlit tells about the server to anybody who asks, and this one to nobody."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.answer_headers import answer

CLOSED = ("/_stcore/metrics",)


class ClosedPaths:
    """ASGI middleware that knows nothing of the closed paths.

    :param app: the application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].rstrip("/").endswith(CLOSED):
            await answer(send, 404, b"text/plain; charset=utf-8", b"Not Found")
        else:
            await self.app(scope, receive, send)
