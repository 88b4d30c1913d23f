"""What stands around the app: headers, the page that loads it, closed paths, room for uploads."""

import asyncio
import base64
import hashlib
import html
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from app import screens
from app.screens import FOR_TEACHERS, TITLES
from app.web import first_frame, preview, upload_room
from app.web.answer_headers import (
    FAULT,
    AnswerHeaders,
    content_security_policy,
    frame_ancestors,
)
from app.web.closed_paths import ClosedPaths
from app.web.page_shell import PageShell, script_hashes, shell
from app.web.upload_room import UploadRoom, bytes_in_all, keep_newest
from tests.serving import ROOT

HTML = b"text/html; charset=utf-8"


def behind(body=b"behind", status=200, kind=b"text/plain", parts=1, seen=None):
    """An application that always answers the same, in so many parts."""

    async def application(scope, receive, send):
        if seen is not None:
            seen.append(scope)
        headers = [(b"content-type", kind), (b"Content-Security-Policy", b"none at all")]
        headers += [(b"content-length", b"%d" % len(body)), (b"etag", b'"behind"')]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for part in range(parts):
            more = part + 1 < parts
            await send({"type": "http.response.body", "body": body[part::parts], "more_body": more})

    return application


def ask(application, path="/", method="GET", **headers):
    """(status, headers, body) of one request."""
    pairs = [(name.replace("_", "-").encode(), v.encode()) for name, v in headers.items()]
    scope = {"type": "http", "method": method, "path": path, "headers": pairs}
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(application(scope, None, send))
    body = b"".join(message.get("body", b"") for message in sent)
    return sent[0]["status"], dict(sent[0]["headers"]), body


# --- headers ---


@pytest.mark.parametrize("status", [200, 204, 304, 404, 500])
def test_every_answer_has_each_header_once(status):
    wrapped = AnswerHeaders(behind(status=status), policy="default-src 'self'")
    got, headers, body = ask(wrapped)
    assert (got, body) == (status, b"behind")
    assert headers[b"content-security-policy"] == b"default-src 'self'"
    assert headers[b"x-content-type-options"] == b"nosniff"
    assert headers[b"referrer-policy"] == b"same-origin"
    assert sum(name.lower() == b"content-security-policy" for name in headers) == 1


def test_a_fault_of_the_server_is_a_sentence_with_a_way_back_and_goes_to_the_log():
    async def broken(scope, receive, send):
        raise RuntimeError("secret")

    sent = []

    async def send(message):
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
    with pytest.raises(RuntimeError, match="secret"):
        asyncio.run(AnswerHeaders(broken, policy="p")(scope, None, send))
    assert sent[0]["status"] == 500
    assert dict(sent[0]["headers"])[b"content-security-policy"] == b"p"
    assert FAULT in html.unescape(sent[1]["body"].decode())
    assert b'href="/"' in sent[1]["body"]
    assert b"secret" not in sent[1]["body"]


def test_the_policy_names_no_other_server_and_lets_no_script_be_written_into_a_page():
    policy = content_security_policy(["'sha256-abc='"], "'self' https://moodle.example.edu")
    directives = dict(line.split(" ", 1) for line in policy.split("; "))
    assert directives["img-src"] == "'self' data: blob:"
    assert directives["frame-ancestors"] == "'self' https://moodle.example.edu"
    assert directives["script-src"].split() == ["'self'", "blob:", "'sha256-abc='"]
    elsewhere = [name for name, value in directives.items() if "//" in value]
    assert elsewhere == ["frame-ancestors"]


@pytest.mark.parametrize(
    "text", ["moodle.example.edu; script-src *", "https://a.example\nX: y", "javascript:", "a b'", "ftp://x"]
)  # fmt: skip
def test_what_is_no_site_cannot_frame_the_app(text):
    with pytest.raises(ValueError, match="is not the address of a site; write for example"):
        frame_ancestors(text)


def test_nobody_stands_alone():
    with pytest.raises(ValueError, match="means nobody at all"):
        frame_ancestors("'none' https://moodle.example.edu")
    assert frame_ancestors("*") == "*"
    assert (
        frame_ancestors("https: moodle.example.edu:8443") == "'self' https: moodle.example.edu:8443"
    )


# --- closed paths ---


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/", "/lab/_stcore/metrics"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_what_the_server_measures_is_told_to_nobody(path, method):
    assert ask(ClosedPaths(behind()), path, method)[0] == 404


@pytest.mark.parametrize("path", ["/", "/_stcore/health", "/metrics"])
def test_other_paths_are_open(path):
    assert ask(ClosedPaths(behind()), path)[2] == b"behind"


# --- the page that loads the app ---


@pytest.mark.parametrize(
    ("path", "page", "bare"),
    [
        ("/", "sliding_window", True),
        ("/lab/", "sliding_window", True),
        ("/quiz", "quiz", False),
        ("/lab/quiz", "quiz", False),
        ("/no/such/page", "sliding_window", False),
    ],
)
@pytest.mark.parametrize("parts", [1, 3])
def test_a_page_is_the_shell_with_its_own_first_frame(path, page, bare, parts):
    status, headers, body = ask(PageShell(behind(kind=HTML, parts=parts)), path)
    shown = preview.placed(shell(page, bare=bare), {"path": path, "headers": []})
    assert (status, body.decode()) == (200, shown)
    assert headers[b"content-length"] == b"%d" % len(body)
    assert b"etag" not in headers


def test_the_shell_knows_the_app_and_where_its_server_is():
    assert "<title>Sliding window · Slide &amp; Sum</title>" in shell()
    assert "BACKEND_BASE_URL" in shell()
    assert re.search(
        r'rel="modulepreload" crossorigin href="./static/js/TextInput\.\w+\.js"', shell()
    )
    assert ".stApp .stMainBlockContainer{padding:" in shell()
    assert shell().index("BACKEND_BASE_URL") < shell().index('type="module"')


def test_the_policy_lets_every_script_of_the_page_run_and_no_other():
    scripts = re.findall(r"<script>(.*?)</script>", shell(bare=True), re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()) for text in scripts]
    # In whatever order: a policy is a set of permissions.
    assert sorted(script_hashes()) == sorted(f"'sha256-{each.decode()}'" for each in hashes)
    # All others are data, or come from the server by their address.
    others = re.findall(r"<script ([^>]*)>", shell(bare=True))
    assert all('src="./' in each or each == 'type="application/json"' for each in others)


def test_every_page_is_in_the_menu():
    folders = {path.name for path in Path(screens.__file__).parent.glob("[a-z]*/")}
    assert folders == {*TITLES, *FOR_TEACHERS}, "list the page in app/screens/__init__.py"


@pytest.mark.parametrize("page", [*TITLES, *FOR_TEACHERS])
def test_the_first_frame_has_the_pages_heading_and_nothing_waits_for_a_style_sheet(page):
    body = shell(page)[shell(page).index("<body>") :]
    frame = body[: body.index('<link rel="stylesheet"')]
    assert f'<p class="title">{first_frame.title_of(page)}</p>' in frame
    assert '<link rel="stylesheet"' not in shell(page)[: shell(page).index("<body>")]


@pytest.mark.parametrize(
    ("host", "proto", "address"),
    [
        (b"example.edu", b"", "http://example.edu/lab/app/static/preview.png"),
        (b"example.edu:8501", b"https", "https://example.edu:8501/lab/app/static/preview.png"),
        (b"[::1]:8501", b"", "http://[::1]:8501/lab/app/static/preview.png"),
        (b'x"><script>', b"", "./app/static/preview.png"),
        (b"", b"", "./app/static/preview.png"),
    ],
)
def test_the_preview_of_a_link_names_its_picture_by_the_address_it_was_asked_at(
    host, proto, address
):
    headers = {"host": host.decode(), "x_forwarded_proto": proto.decode()}
    body = ask(PageShell(behind(kind=HTML)), "/lab/quiz", **headers)[2].decode()
    assert f'<meta property="og:image" content="{address}">' in body
    assert '<meta property="og:title" content="Quiz · Slide &amp; Sum">' in body


def test_the_picture_of_the_preview_has_the_size_it_is_said_to_have():
    with Image.open(ROOT / "app" / "static" / "preview.png") as picture:
        assert picture.size == (preview.WIDTH, preview.HEIGHT)


def test_head_of_a_page_has_no_body():
    assert ask(PageShell(behind(kind=HTML)), "/quiz", "HEAD")[2] == b""


def test_a_page_is_never_answered_in_part_or_by_an_old_copy():
    seen = []
    ask(PageShell(behind(kind=HTML, seen=seen)), "/quiz", range="bytes=0-9", if_none_match='"x"')
    assert seen[0]["headers"] == []


@pytest.mark.parametrize(
    ("path", "settings"),
    [
        ("/media/sheet.html", {"kind": HTML}),
        ("/lab/media/sheet.html", {"kind": HTML}),
        ("/static/js/none.js", {"kind": HTML}),
        ("/quiz", {"kind": HTML, "status": 404}),
        ("/favicon.png", {"kind": b"image/png"}),
    ],
)
def test_everything_else_comes_through(path, settings):
    status, headers, body = ask(PageShell(behind(**settings)), path)
    assert (status, body) == (settings.get("status", 200), b"behind")
    assert headers[b"etag"] == b'"behind"'


# --- room for uploads ---

KILOBYTE = 1024


@pytest.fixture
def files(monkeypatch):
    """Streamlit's own manager of files; the sessions "here" and "there" are connected."""
    manager = MemoryUploadedFileManager("/_stcore/upload_file")
    runtime = SimpleNamespace(
        uploaded_file_mgr=manager, is_active_session={"here", "there"}.__contains__
    )
    monkeypatch.setattr(upload_room, "running_sessions", lambda: runtime)
    monkeypatch.setattr(upload_room, "MAX_FILES", 3)
    monkeypatch.setattr(upload_room, "MAX_BYTES", 8 * KILOBYTE)
    monkeypatch.setattr(upload_room, "MAX_BYTES_IN_ALL", 20 * KILOBYTE)
    monkeypatch.setattr(upload_room, "UNKNOWN", 5 * KILOBYTE)
    return manager


def put(files, session, file, size, told=True):
    """Send a file to a session as Streamlit takes it; its status."""

    async def taking(scope, receive, send):
        record = UploadedFileRec(file_id=file, name=file, type="image/png", data=bytes(size))
        files.add_file(session, record)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    headers = {"content_length": str(size)} if told else {}
    path = f"/_stcore/upload_file/{session}/{file}"
    return ask(UploadRoom(taking), path, "PUT", **headers)[0]


def held(files, session):
    return list(files.file_storage.get(session, {}))


def test_a_session_keeps_its_newest_files_up_to_their_number(files):
    assert {put(files, "here", f"{n}", KILOBYTE) for n in range(10)} == {204}
    assert held(files, "here") == ["7", "8", "9"]


def test_a_session_keeps_its_newest_files_up_to_their_bytes(files):
    for n in range(4):
        put(files, "here", f"{n}", 4 * KILOBYTE)
    assert held(files, "here") == ["2", "3"]
    put(files, "here", "large", 9 * KILOBYTE)
    assert held(files, "here") == ["large"]


def test_one_session_takes_nothing_from_another(files):
    put(files, "there", "mine", KILOBYTE)
    for n in range(10):
        put(files, "here", f"{n}", KILOBYTE)
    assert held(files, "there") == ["mine"]


@pytest.mark.parametrize("told", [True, False])
def test_when_all_is_full_those_who_left_make_room_and_then_no_more_is_taken(files, told):
    for n in range(2):
        files.add_file("gone", UploadedFileRec(f"{n}", "", "", bytes(7 * KILOBYTE)))
    files.add_file("there", UploadedFileRec("mine", "", "", bytes(7 * KILOBYTE)))
    assert put(files, "here", "first", 5 * KILOBYTE, told) == 204
    assert held(files, "gone") == []
    assert held(files, "there") == ["mine"]
    files.add_file("there", UploadedFileRec("more", "", "", bytes(4 * KILOBYTE)))
    assert put(files, "here", "second", 5 * KILOBYTE, told) == 507
    assert held(files, "here") == ["first"]
    assert bytes_in_all(files) <= 20 * KILOBYTE


def test_files_that_arrive_at_the_same_time_are_counted_before_they_are_there(files):
    finish = asyncio.Event()
    statuses = []

    async def waiting(scope, receive, send):
        await finish.wait()
        await send({"type": "http.response.start", "status": 204, "headers": []})

    async def send(message):
        statuses.append(message.get("status"))

    async def together():
        room = UploadRoom(waiting)
        length = [(b"content-length", b"%d" % (5 * KILOBYTE))]
        scope = {"type": "http", "method": "PUT", "headers": length}
        paths = [f"/_stcore/upload_file/here/{n}" for n in range(6)]
        tasks = [asyncio.ensure_future(room({**scope, "path": p}, None, send)) for p in paths]
        await asyncio.sleep(0)
        finish.set()
        await asyncio.gather(*tasks)

    asyncio.run(together())
    assert statuses.count(204) == 4
    assert statuses.count(507) == 2


def test_a_session_without_files_has_none_to_lose(files):
    keep_newest(files, "nobody")
    assert held(files, "nobody") == []
