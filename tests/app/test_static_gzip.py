"""Streamlit's scripts arrive compressed, and nothing else changes."""

import asyncio
import gzip

import pytest

from app.web.static_gzip import StaticGzip

SCRIPT = b"const window = [0, 1, 2];\n" * 100


async def behind(scope, receive, send):
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b"from behind"})


@pytest.fixture
def ask(tmp_path):
    """`ask(path, method, header=value)` -> (status, headers, body), from one middleware."""
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "index.abc.js").write_bytes(SCRIPT)
    (tmp_path / "font.woff2").write_bytes(b"compressed already")
    application = StaticGzip(behind, tmp_path)

    def ask_(path, method="GET", **headers):
        pairs = [(name.replace("_", "-").encode(), v.encode()) for name, v in headers.items()]
        scope = {"type": "http", "method": method, "path": path, "headers": pairs}
        sent = []

        async def send(message):
            sent.append(message)

        asyncio.run(application(scope, None, send))
        return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]

    return ask_


def test_a_script_arrives_compressed_and_whole(ask):
    status, headers, body = ask("/static/js/index.abc.js", accept_encoding="gzip, deflate, br")
    assert status == 200
    assert gzip.decompress(body) == SCRIPT
    assert len(body) < len(SCRIPT)
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"content-length"] == str(len(body)).encode()
    assert headers[b"content-type"].startswith(b"text/javascript")
    assert b"immutable" in headers[b"cache-control"]
    assert headers[b"vary"] == b"accept-encoding"


def test_head_has_the_headers_alone(ask):
    status, headers, body = ask("/static/js/index.abc.js", "HEAD", accept_encoding="gzip")
    assert (status, body) == (200, b"")
    assert int(headers[b"content-length"]) > 0


def test_a_copy_that_is_still_good_is_not_sent_again(ask):
    _, headers, _ = ask("/static/js/index.abc.js", accept_encoding="gzip")
    etag = headers[b"etag"].decode()
    status, _, body = ask("/static/js/index.abc.js", accept_encoding="gzip", if_none_match=etag)
    assert (status, body) == (304, b"")


@pytest.mark.parametrize(
    ("path", "method", "headers"),
    [
        ("/static/js/index.abc.js", "GET", {}),
        ("/static/js/index.abc.js", "GET", {"accept_encoding": "identity"}),
        ("/static/js/index.abc.js", "GET", {"accept_encoding": "br, gzip;q=0"}),
        ("/static/js/index.abc.js", "GET", {"accept_encoding": "gzip", "range": "bytes=0-9"}),
        ("/static/js/index.abc.js", "POST", {"accept_encoding": "gzip"}),
        ("/static/font.woff2", "GET", {"accept_encoding": "gzip"}),
        ("/static/js/other.js", "GET", {"accept_encoding": "gzip"}),
        ("/static/js/../js/index.abc.js", "GET", {"accept_encoding": "gzip"}),
        ("/media/picture.png", "GET", {"accept_encoding": "gzip"}),
    ],
)
def test_everything_else_passes_through(ask, path, method, headers):
    assert ask(path, method, **headers)[0] == 418


def test_a_file_is_compressed_once(ask, tmp_path):
    first = ask("/static/js/index.abc.js", accept_encoding="gzip")
    (tmp_path / "js" / "index.abc.js").unlink()
    assert ask("/static/js/index.abc.js", accept_encoding="gzip") == first
