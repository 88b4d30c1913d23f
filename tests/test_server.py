"""The app as it is served: compressed scripts, the settings beside main.py, one BLAS thread."""

import gzip
import re
import subprocess
import sys
import urllib.request

import pytest

from tests.serving import PATIENCE, ROOT, plain_environment

ASK_SETTINGS = """
import os, sys
assert "numpy" not in sys.modules
import app.server
from streamlit import config
for name in ("runner.postScriptGC", "server.maxUploadSize", "server.enableXsrfProtection",
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
        "server.maxUploadSize 20",
        "server.enableXsrfProtection True",
        "server.enableCORS True",
        "browser.gatherUsageStats False",
        "theme.dark.primaryColor #56B4E9",
        "threads 1 False",
    ], result.stderr
