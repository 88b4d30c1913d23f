"""Headers on every answer: what a page may load, who may frame it, what a link may tell."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOBODY_ELSE = "'self'"

# A keyword, a scheme or a host as CSP level 3 writes them, such as https://*.example.edu:8443.
_KEYWORD = r"'self'|'none'|\*"
_HOST = r"(https?://)?(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:(\d{1,5}|\*))?/?"
_ANCESTOR = re.compile(rf"{_KEYWORD}|https?:|{_HOST}")

_STARTS = ("http.response.start", "websocket.http.response.start")
# Files whose names carry a hash of what is in them (see app/components/registration.py).
_MODULES = "/_stcore/bidi-components/"
_FOR_EVER = (b"cache-control", b"public, immutable, max-age=31536000")

FAULT = "Something went wrong on the server. It is a fault of Slide & Sum, not of yours."
_FAULT_PAGE = (
    f'<!doctype html><html lang="en"><title>Slide &amp; Sum</title><p>{html.escape(FAULT)}</p>'
    '<p><a href="/">Open Slide &amp; Sum afresh</a></p></html>'
).encode()


def frame_ancestors(text: str) -> str:
    """Read who may show the app in a frame, or raise ValueError with one sentence.

    >>> frame_ancestors("")
    "'self'"
    >>> frame_ancestors("https://moodle.example.edu  https://*.example.org")
    "'self' https://moodle.example.edu https://*.example.org"
    >>> frame_ancestors("'none'")
    "'none'"

    Parameters
    ----------
    text : addresses with spaces between them; `'none'` for nobody at all, `*` for everybody
    """
    words = text.replace(",", " ").split()
    for word in words:
        if not _ANCESTOR.fullmatch(word):
            raise ValueError(
                f"FRAME_ANCESTORS: {word!r} is not the address of a site; write for example "
                "FRAME_ANCESTORS=https://moodle.example.edu, several with spaces between them."
            )
    if "'none'" in words and len(words) > 1:
        raise ValueError("FRAME_ANCESTORS: 'none' means nobody at all, so it stands alone.")
    if words in (["'none'"], ["*"]):
        return words[0]
    return " ".join(dict.fromkeys([NOBODY_ELSE, *words]))


def content_security_policy(scripts: Iterable[str], ancestors: str = NOBODY_ELSE) -> str:
    """Say what a page may load and run: only what this server sends.

    Parameters
    ----------
    scripts : hashes of the scripts that stand in the page itself, as 'sha256-...'
    ancestors : who may show the app in a frame
    """
    directives = {
        "default-src": "'self'",
        # Streamlit imports a component's module from a blob.
        "script-src": " ".join(["'self'", "blob:", *scripts]),
        # Streamlit's own styles, Plotly's and the components' are written into the page.
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' blob:",
        # The camera's photograph is fetched from the page itself.
        "connect-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


class AnswerHeaders:
    """ASGI middleware that puts its headers on every answer, errors among them.

    A fault of the server that nobody has answered yet is answered here, since what Starlette says
    to it would pass by outside of this.

    :param app: the application behind.
    :param policy: the Content-Security-Policy.
    """

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self._headers = [
            (b"content-security-policy", policy.encode("latin-1")),
            (b"x-content-type-options", b"nosniff"),
            # A page's address holds its state, which is nobody else's business.
            (b"referrer-policy", b"same-origin"),
        ]
        self._names = {name for name, _ in self._headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] in _STARTS:
                started = True
                kept = [pair for pair in message["headers"] if pair[0].lower() not in self._names]
                if _MODULES in scope["path"] and message.get("status") == 200:
                    kept = [pair for pair in kept if pair[0].lower() != _FOR_EVER[0]] + [_FOR_EVER]
                message = {**message, "headers": [*kept, *self._headers]}
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            if scope["type"] == "http" and not started:
                await answer(send_with_headers, 500, b"text/html; charset=utf-8", _FAULT_PAGE)
            raise  # to the log


async def answer(send: Send, status: int, content_type: bytes, body: bytes) -> None:
    """Send a whole answer."""
    headers = [
        (b"content-type", content_type),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-cache"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
