"""A page that breaks down says so in our words, shows no details, and leads back."""

import os
import re
import sys

import pytest
from playwright.sync_api import expect

from app.web.script_fault import SENTENCE, WAY_BACK
from tests.browser.runs import eventually
from tests.serving import ROOT, free_port, running, wait_until_healthy

# The app as it is, with one function of the Picture page that fails as code can.
BROKEN = """
import {module} as module

def broken(*arguments, **settings):
    raise ValueError("secret")

module.{function} = broken
from app.server import serve
serve()
"""


@pytest.fixture
def broken_app(tmp_path):
    """`broken_app(module, function)`: a context in which the app runs with that one broken."""

    def start(module, function):
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        env = os.environ | {"HOST": "127.0.0.1", "PORT": str(port), "OPENBLAS_NUM_THREADS": "1"}
        code = BROKEN.format(module=module, function=function)
        server = running(
            [sys.executable, "-c", code], cwd=ROOT, env=env, log=tmp_path / "server.log"
        )
        return url, server

    return start


def assert_breaks_down_and_leads_back(page, server_said):
    box = page.get_by_test_id("stAlertContentError")
    expect(box).to_have_text(SENTENCE)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("secret")).to_have_count(0)
    elsewhere = (
        "anchors => anchors.map(a => a.href).filter(url => !url.startsWith(location.origin))"
    )
    assert page.locator("a[href]").evaluate_all(elsewhere) == []

    def is_told_to_the_log() -> None:
        assert "ValueError: secret" in server_said()

    eventually(page, is_told_to_the_log)
    page.get_by_role("link", name=WAY_BACK).click()
    expect(page).to_have_url(re.compile(r"/picture\??$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_that_fails_while_it_is_drawn(new_page, broken_app, tmp_path, scheme):
    url, server = broken_app("app.screens.picture.border", "draw_border")
    with server as process:
        wait_until_healthy(f"{url}/_stcore/health", process)
        page = new_page(base_url=url, color_scheme=scheme)
        page.goto("/picture?look=border&kernel=box")
        assert_breaks_down_and_leads_back(page, (tmp_path / "server.log").read_text)
        expect(page.locator(".loupe canvas").first).to_be_visible()
        page.close()


def test_a_control_that_fails_when_it_is_used(new_page, open_page, broken_app, tmp_path):
    url, server = broken_app("app.page.address", "start_presenting")
    with server as process:
        wait_until_healthy(f"{url}/_stcore/health", process)
        page = open_page(new_page(base_url=url), "/picture?kernel=box")
        page.get_by_role("button", name="Present").click()
        assert_breaks_down_and_leads_back(page, (tmp_path / "server.log").read_text)
        expect(page.locator(".loupe canvas").first).to_be_visible()
        page.close()
