"""Hosting services start the app with Streamlit's own command; it must open then, too."""

import re
import sys

import pytest
from playwright.sync_api import expect

from app.screens import TITLES
from tests.sampled import sampled
from tests.serving import ROOT, free_port, plain_environment, running, wait_until_healthy

# Opened at /picture, Streamlit's own page looks for its server first below that address.
LOOKING_FOR_SERVER = re.compile(r"/\w+/_stcore/(health|host-config)\b")


# The first visitor of a fresh server may come by a link to any page.
@pytest.mark.parametrize(
    ("folder", "first"), sampled([("root", "/picture"), ("elsewhere", "/")], 1)
)
def test_streamlit_run(new_page, open_page, complaints, tmp_path, folder, first):
    url = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app" / "main.py")]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    cwd = ROOT if folder == "root" else tmp_path
    log = tmp_path / "server.log"
    with running(command, cwd=cwd, env=plain_environment(), log=log) as process:
        wait_until_healthy(f"{url}/_stcore/health", process)
        page = open_page(new_page(base_url=url), first)
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
        expect(page.get_by_test_id("stTopNavLink")).to_have_count(len(TITLES))
        page.close()
        complaints[:] = [said for said in complaints if not LOOKING_FOR_SERVER.search(said)]
