"""The page that loads the app: Streamlit's own, with its server's address and the first style."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

# Opened at /quiz, Streamlit would first look for its server at /quiz/_stcore/health, and find
# nothing. It is where the page's own "./static" is.
_WHERE = "window.__streamlit = { BACKEND_BASE_URL: new URL('.', window.location.href).href };"
_FIRST_PAINT = Path(__file__).parents[1] / "page" / "first_paint.css"
# What every page draws. Streamlit asks for each only when the first element of its kind has come,
# which costs another way there and back; the browser's word on what it shows waits for the last.
_DRAWN_WITH = ("BidiComponent", "NumberInput", "Selectbox", "TextInput")
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@cache
def shell() -> str:
    """Streamlit's index.html with its server's address, the app's name and the first style.

    Raises RuntimeError if it is no longer the page that this was written for.
    """
    path = Path(file_util.get_static_dir()) / "index.html"
    page = path.read_text(encoding="utf-8")
    for old, new in (
        ("<title>Streamlit</title>", "<title>Slide &amp; Sum</title>"),
        ("<head>", f"<head>\n    <script>{_WHERE}</script>"),
        ("</head>", f"  <style>{_FIRST_PAINT.read_text(encoding='utf-8')}</style>\n  </head>"),
        ("</title>", f"</title>\n{_preloaded(path.parent)}"),
    ):
        if page.count(old) != 1:
            raise RuntimeError(f"{path} has {page.count(old)} times {old}, not once")
        page = page.replace(old, new)
    return page


def _preloaded(static: Path) -> str:
    """Links by which a browser fetches the scripts of `_DRAWN_WITH` along with the page."""
    lines = []
    for name in _DRAWN_WITH:
        (script,) = (static / "static" / "js").glob(f"{name}.*.js")
        lines.append(f'    <link rel="modulepreload" crossorigin href="./static/js/{script.name}">')
    return "\n".join(lines)


def script_hashes() -> list[str]:
    """The hashes of the scripts that stand in the page itself, as a policy names them.

    >>> [text[:8] for text in script_hashes()]
    ["'sha256-", "'sha256-"]
    """
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in _INLINE.findall(shell())
    ]


class PageShell:
    """ASGI middleware that puts the shell in the place of Streamlit's index.html.

    Streamlit decides which addresses are pages; where it answers with its page, this one goes out.

    :param app: the application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._body = shell().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        replacing = False

        async def send_shell(message: Message) -> None:
            nonlocal replacing
            if message["type"] == "http.response.start":
                replacing = _is_page(scope, message)
                if replacing:
                    message = {**message, "status": 200, "headers": self._headers(message)}
            elif replacing and message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                body = b"" if scope["method"] == "HEAD" else self._body
                message = {"type": "http.response.body", "body": body}
            await send(message)

        # A part of the other page, or word that a copy of it is still good, would be of no use.
        unconditional = [
            (name, value)
            for name, value in scope["headers"]
            if name not in (b"range", b"if-none-match", b"if-modified-since", b"accept-encoding")
        ]
        wanted = {**scope, "headers": unconditional} if _may_be_page(scope["path"]) else scope
        await self.app(wanted, receive, send_shell)

    def _headers(self, message: Message) -> list[tuple[bytes, bytes]]:
        replaced = (b"content-length", b"etag", b"last-modified", b"accept-ranges")
        kept = [pair for pair in message["headers"] if pair[0].lower() not in replaced]
        return [*kept, (b"content-length", str(len(self._body)).encode())]


def _may_be_page(path: str) -> bool:
    # Anywhere, as the whole app may be served below an address of its own.
    return not any(part in path for part in ("/static/", "/_stcore/", "/media/", "/component/"))


def _is_page(scope: Scope, message: Message) -> bool:
    kind = next((v for k, v in message["headers"] if k.lower() == b"content-type"), b"")
    return (
        message["status"] == 200 and kind.startswith(b"text/html") and _may_be_page(scope["path"])
    )
