"""The page that loads the app: Streamlit's own, and in it all that is there before Streamlit."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from app.components.assets import css_text, shared_style
from app.screens import FIRST
from app.web import first_frame, opening, phone_menu, preview

# Opened at /quiz, Streamlit would first look for its server at /quiz/_stcore/health, and find
# nothing. It is where the page's own "./static" is.
_WHERE = "window.__streamlit = { BACKEND_BASE_URL: new URL('.', window.location.href).href };"
_FIRST_PAINT = Path(__file__).parents[1] / "page" / "first_paint.css"
_FACE = "./app/static/slide-sum-text.woff2"
# What every page draws. Streamlit asks for each only when the first element of its kind has come,
# which costs another way there and back, and one more for what that imports.
_DRAWN_WITH = (
    "BidiComponent",
    "Button",
    "ButtonGroup",
    "Checkbox",
    "Html",
    "NumberInput",
    "Selectbox",
    "TextInput",
)
_IMPORTS = re.compile(r'(?:from|import)"\./([\w.-]+\.js)"')
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE_SHEET = re.compile(r'<link rel="stylesheet" [^>]*>\n?')
_OWN_FACE = re.compile(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>\n?')
_ICON = re.compile(r'<link rel="shortcut icon"[^>]*>')


@cache
def shell(page: str = FIRST, *, bare: bool = False) -> str:
    """Streamlit's index.html with its server's address, the app's name, style and first frame.

    page : a page by its folder's name; bare : its address is the app's own, so the opening may come

    Raises RuntimeError if it is no longer the page that this was written for.
    """
    path = Path(file_util.get_static_dir()) / "index.html"
    text = path.read_text(encoding="utf-8")

    def once(pattern: str | re.Pattern[str], new: str) -> str:
        """Replace what stands there once, and return it."""
        nonlocal text
        found = re.findall(pattern if isinstance(pattern, re.Pattern) else re.escape(pattern), text)
        if len(found) != 1:
            raise RuntimeError(f"{path} has {len(found)} times {pattern}, not once")
        text = text.replace(found[0], new)
        return found[0]

    title = f"{first_frame.title_of(page)} · Slide & Sum".replace("&", "&amp;")
    parts = (first_frame.style(), phone_menu.style(), opening.style())
    style = shared_style() + css_text(_FIRST_PAINT) + "".join(parts)
    # Nothing is painted before the style sheets that stand above it have come. Streamlit's own is
    # for what Streamlit draws.
    sheet = once(_STYLE_SHEET, "").strip()
    once(_OWN_FACE, f'<link rel="preload" href="{_FACE}" as="font" type="font/woff2" crossorigin>')
    once(_ICON, f'<link rel="shortcut icon" href="{first_frame.mark_address()}">')
    once("<title>Streamlit</title>", f"<title>{title}</title>\n{_preloaded(path.parent, text)}")
    once("<head>", f"<head>\n    <script>{_WHERE}</script>")
    once("</head>", f"  {preview.lines(title)}\n  <style>{style}</style>\n  </head>")
    once(
        '<div id="root"></div>',
        # The opening first: between two scripts a browser may paint, and there is no frame to see
        # where the opening lies over it.
        (f"{opening.opening()}<script>{opening.script()}</script>\n" if bare else "")
        + f"{first_frame.first_frame(page)}<script>{first_frame.script()}</script>\n"
        + f"{phone_menu.phone_menu()}<script>{phone_menu.script()}</script>\n"
        + f'    {sheet}\n    <div id="root"></div>',
    )
    return text


def _preloaded(static: Path, page: str) -> str:
    """Links by which a browser fetches the scripts of `_DRAWN_WITH` along with the page.

    page : Streamlit's own, which names those that it cannot begin without
    """
    scripts = static / "static" / "js"
    found: list[str] = []
    wanted = []
    for name in _DRAWN_WITH:
        (script,) = scripts.glob(f"{name}.*.js")
        wanted.append(script.name)
    while wanted:
        name = wanted.pop(0)
        if name not in found and name not in page:
            found.append(name)
            wanted += _IMPORTS.findall((scripts / name).read_text(encoding="utf-8"))
    line = '    <link rel="modulepreload" crossorigin href="./static/js/{}">'
    return "\n".join(map(line.format, found))


def script_hashes() -> list[str]:
    """The hashes of the scripts that stand in the page itself, as a policy names them.

    >>> [text[:8] for text in script_hashes()]
    ["'sha256-", "'sha256-", "'sha256-", "'sha256-", "'sha256-"]
    """
    # The opening's page has numbers in it, which are computed later; its script is known now.
    scripts = [*_INLINE.findall(shell()), opening.script()]
    return [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in scripts
    ]


class PageShell:
    """ASGI middleware that puts the shell in the place of Streamlit's index.html.

    Streamlit decides which addresses are pages; where it answers with its page, this one goes out.

    :param app: the application behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        body = b""
        replacing = False

        async def send_shell(message: Message) -> None:
            nonlocal body, replacing
            if message["type"] == "http.response.start":
                replacing = _is_page(scope, message)
                if replacing:
                    body = _body(scope)
                    headers = _headers(message, body)
                    message = {**message, "status": 200, "headers": headers}
            elif replacing and message["type"] == "http.response.body":
                if message.get("more_body"):
                    return
                sent = b"" if scope["method"] == "HEAD" else body
                message = {"type": "http.response.body", "body": sent}
            await send(message)

        # A part of the other page, or word that a copy of it is still good, would be of no use.
        unconditional = [
            (name, value)
            for name, value in scope["headers"]
            if name not in (b"range", b"if-none-match", b"if-modified-since", b"accept-encoding")
        ]
        wanted = {**scope, "headers": unconditional} if _may_be_page(scope["path"]) else scope
        await self.app(wanted, receive, send_shell)


def _body(scope: Scope) -> bytes:
    path = scope["path"]
    text = shell(first_frame.page_at(path), bare=path.endswith("/"))
    return preview.placed(text, scope).encode()


def _headers(message: Message, body: bytes) -> list[tuple[bytes, bytes]]:
    replaced = (b"content-length", b"etag", b"last-modified", b"accept-ranges")
    kept = [pair for pair in message["headers"] if pair[0].lower() not in replaced]
    return [*kept, (b"content-length", str(len(body)).encode())]


def _may_be_page(path: str) -> bool:
    # Anywhere, as the whole app may be served below an address of its own.
    return not any(part in path for part in ("/static/", "/_stcore/", "/media/", "/component/"))


def _is_page(scope: Scope, message: Message) -> bool:
    kind = next((v for k, v in message["headers"] if k.lower() == b"content-type"), b"")
    return (
        message["status"] == 200 and kind.startswith(b"text/html") and _may_be_page(scope["path"])
    )
