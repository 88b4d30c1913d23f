"""What a messenger or a forum shows of a link to the app: a title, a sentence, a picture."""

from __future__ import annotations

import html
import re

from starlette.types import Scope

SENTENCE = (
    "Convolution arithmetic you can see and touch: a window slides over real numbers, the products "
    "add up before your eyes, and the size formula follows every setting."
)
PICTURE = "app/static/preview.png"
WIDTH, HEIGHT = 1200, 630
# Where the address stands that only a request can tell.
_HERE = "{{here}}"
_HOST = re.compile(rb"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9a-fA-F:]+\](:\d{1,5})?")


def lines(title: str) -> str:
    """The lines for a page's head; `placed` completes them.

    title : already escaped for HTML
    """
    described = {
        "og:type": "website",
        "og:site_name": "Slide &amp; Sum",
        "og:title": title,
        "og:description": html.escape(SENTENCE),
        "og:image": f"{_HERE}{PICTURE}",
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:alt": "The sliding window page: a window on an input, the kernel, the output",
    }
    rows = [f'<meta property="{name}" content="{text}">' for name, text in described.items()]
    rows.append(f'<meta name="description" content="{html.escape(SENTENCE)}">')
    rows.append('<meta name="twitter:card" content="summary_large_image">')
    return "\n    ".join(rows)


def placed(page: str, scope: Scope) -> str:
    """The page with the picture's whole address, which is what those who fetch it want.

    >>> scope = {"path": "/quiz", "scheme": "http", "headers": [(b"host", b"example.edu:8501")]}
    >>> placed("{{here}}preview.png", scope)
    'http://example.edu:8501/preview.png'

    A host that is none is not repeated:

    >>> placed("{{here}}preview.png", {**scope, "headers": [(b"host", b'"><script>')]})
    './preview.png'
    """
    headers = dict(scope["headers"])
    host = headers.get(b"host", b"")
    if not _HOST.fullmatch(host):
        return page.replace(_HERE, "./")
    # A proxy that ends HTTPS says so.
    secure = headers.get(b"x-forwarded-proto", b"").split(b",")[0].strip() == b"https"
    scheme = "https" if secure else scope.get("scheme", "http")
    folder = html.escape(scope["path"].rsplit("/", 1)[0])
    return page.replace(_HERE, f"{scheme}://{host.decode()}{folder}/")
