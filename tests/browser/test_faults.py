"""A page that breaks down says so in our words, shows no details, and leads back."""

import os
import re
import sys

import pytest
from playwright.sync_api import expect

from app.web.script_fault import SENTENCE, WAY_BACK
from tests.browser.runs import eventually
from tests.sampled import sampled
from tests.serving import ROOT, free_port, running, wait_until_healthy

# The app as it is, with two functions that fail as code can: one look of the Picture page, and a
# control of every page.
BROKEN = """
import app.page.address

def broken(*arguments, **settings):
    raise ValueError("secret")

app.page.address.start_presenting = broken
import app.screens.picture.border

app.screens.picture.border.draw_border = broken
from app.server import serve
serve()
"""


@pytest.fixture(scope="module")
def broken_app(tmp_path_factory):
    """The address of the broken app, and what it has said."""
    log = tmp_path_factory.mktemp("broken") / "server.log"
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = os.environ | {"HOST": "127.0.0.1", "PORT": str(port), "OPENBLAS_NUM_THREADS": "1"}
    with running([sys.executable, "-c", BROKEN], cwd=ROOT, env=env, log=log) as process:
        wait_until_healthy(f"{url}/_stcore/health", process)
        yield url, log.read_text


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


@pytest.mark.parametrize("scheme", sampled(["light", "dark"], 1))
def test_a_page_that_fails_while_it_is_drawn(new_page, broken_app, scheme):
    url, said = broken_app
    page = new_page(base_url=url, color_scheme=scheme)
    page.goto("/picture?look=border&kernel=box")
    assert_breaks_down_and_leads_back(page, said)
    expect(page.locator(".loupe canvas").first).to_be_visible()


@pytest.mark.long
def test_a_control_that_fails_when_it_is_used(new_page, open_page, broken_app):
    url, said = broken_app
    page = open_page(new_page(base_url=url), "/picture?kernel=box")
    page.get_by_role("button", name="Present", exact=True).click()
    assert_breaks_down_and_leads_back(page, said)
    expect(page.locator(".loupe canvas").first).to_be_visible()
