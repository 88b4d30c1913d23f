"""The app as it is served: headers, compressed scripts, limits, the settings beside main.py."""

import gzip
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import requests
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.serving import PATIENCE, ROOT, plain_environment

ASK_SETTINGS = """
import os, sys
assert "numpy" not in sys.modules
import app.server
from streamlit import config
for name in ("runner.postScriptGC", "runner.fastReruns",
             "server.maxUploadSize", "server.enableXsrfProtection",
             "server.enableCORS", "browser.gatherUsageStats", "theme.dark.primaryColor"):
    print(name, config.get_option(name))
print("threads", os.environ["OPENBLAS_NUM_THREADS"], "numpy" in sys.modules)
"""


def fetch(url, **headers):
    request = urllib.request.Request(url, headers=headers)
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return answer.headers, answer.read()


def test_streamlits_scripts_arrive_compressed(server):
    _, page = fetch(server.url)
    script = re.search(rb'src="\.(/static/js/index[^"]+\.js)"', page)[1].decode()
    plain_headers, plain = fetch(server.url + script)
    headers, body = fetch(server.url + script, **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(body) == plain
    assert len(body) < len(plain) / 2
    assert headers["Cache-Control"] == plain_headers["Cache-Control"]
    assert "javascript" in headers["Content-Type"]


def test_an_unknown_script_is_answered_by_streamlit(server):
    headers, _ = fetch(server.url + "/static/js/none.js", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/quiz", 200),
        ("GET", "/no-such-page", 200),
        ("GET", "/quiz/", 301),
        ("GET", "SCRIPT", 200),
        ("GET", "/favicon.png", 200),
        ("GET", "/_stcore/health", 200),
        ("GET", "/_stcore/host-config", 200),
        ("GET", "/media/none.png", 404),
        ("GET", "/component/none", 404),
        ("POST", "/", 405),
        ("PUT", "/_stcore/upload_file/a/b", 403),
        ("GET", "/%2e%2e/%2e%2e/etc/passwd", 400),
    ],
)
def test_every_answer_has_its_headers(server, method, path, status):
    if path == "SCRIPT":
        path = re.search(r'src="\.(/static/js/index[^"]+\.js)"', requests.get(server.url).text)[1]
    answer = requests.request(method, server.url + path, timeout=PATIENCE, allow_redirects=False)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert "img-src 'self' data: blob:;" in policy
    assert policy.endswith("frame-ancestors 'self'")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_what_the_server_measures_is_closed(server):
    assert requests.get(f"{server.url}/_stcore/metrics", timeout=PATIENCE).status_code == 404


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("https://moodle.example.edu", "frame-ancestors 'self' https://moodle.example.edu none"),
        ("'none'", "frame-ancestors 'none' lax"),
        ("", "frame-ancestors 'self' lax"),
        ("nonsense;", "FRAME_ANCESTORS: 'nonsense;' is not the address of a site"),
    ],
)
def test_who_may_frame_the_app_is_a_setting(told, said):
    ask = "import app.server as s; from streamlit import config\n"
    ask += "print(s.policy.split('; ')[-1], config.get_option('server.xsrfCookieSameSite'))"
    result = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT,
        env=plain_environment() | {"FRAME_ANCESTORS": told},
        capture_output=True,
        text=True,
    )
    assert said in result.stdout + result.stderr


def memory(server):
    """What the server's process holds, in megabytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def test_files_that_no_box_asked_for_do_not_stay_in_memory(server):
    browser = requests.Session()
    browser.get(f"{server.url}/_stcore/host-config", timeout=PATIENCE)
    browser.get(f"{server.url}/_stcore/health", timeout=PATIENCE)
    token = browser.cookies["_streamlit_xsrf"]
    start = BackMsg()
    start.rerun_script.query_string = ""
    with connect(
        server.url.replace("http", "ws") + "/_stcore/stream",
        subprotocols=["streamlit", token],
        additional_headers={"Cookie": f"_streamlit_xsrf={token}", "Origin": server.url},
        max_size=None,
    ) as stream:
        stream.send(start.SerializeToString())
        message, session = ForwardMsg(), ""
        while message.WhichOneof("type") != "script_finished":
            message.ParseFromString(stream.recv(timeout=PATIENCE))
            session = message.new_session.initialize.session_id or session
        before = memory(server)
        for number in range(10):
            answer = browser.put(
                f"{server.url}/_stcore/upload_file/{session}/file-{number}",
                files={"file": ("a.png", bytes(19 * 2**20), "image/png")},
                headers={"X-Xsrftoken": token},
                timeout=PATIENCE,
            )
            assert answer.status_code == 204
        # At most 60 MB of the 190 stay; what the last request needed itself may be there as well.
        assert memory(server) - before < 110


@pytest.mark.parametrize("folder", ["root", "elsewhere"])
def test_settings_are_read_from_any_folder(folder, tmp_path):
    result = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{ASK_SETTINGS}"],
        cwd=ROOT if folder == "root" else tmp_path,
        env=plain_environment(),
        capture_output=True,
        text=True,
    )
    assert result.stdout.splitlines() == [
        "runner.postScriptGC False",
        "runner.fastReruns False",
        "server.maxUploadSize 20",
        "server.enableXsrfProtection True",
        "server.enableCORS True",
        "browser.gatherUsageStats False",
        "theme.dark.primaryColor #56B4E9",
        "threads 1 False",
    ], result.stderr
