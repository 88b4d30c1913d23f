"""What the policy allows is enough for every page, and what it forbids does not happen.

A browser reports each thing that a policy stops as a console error, which fails every test that
opens a page; here are the corners that no other test goes to.
"""

import re
import sys

import pytest
from playwright.sync_api import expect

from tests.browser.drawers import unfold
from tests.browser.runs import turn
from tests.sampled import sampled
from tests.serving import free_port, plain_environment, running, wait_until_healthy

CORNERS = {
    "charts, planes and kernels": ("/picture", "/picture?look=channels", "/picture?look=bank"),
    "growth chart": ("/channels?look=dense",),
    "code": ("/?step=3",),
    "files": ("/make_a_set",),
}


@pytest.mark.parametrize(
    ("looks",), sampled(((looks,) for looks in CORNERS.values()), 3), ids=CORNERS
)
def test_folded_parts_open_without_a_complaint(page, open_page, wait_until_idle, looks):
    open_page(page, looks[0])
    for address in looks:
        turn(page, address)
        for heading in page.get_by_test_id("stExpander").locator("summary").all():
            heading.click()
            wait_until_idle(page)
        for chart in page.get_by_test_id("stPlotlyChart").all():
            expect(chart.locator(".main-svg").first).to_be_visible()


def finds_its_server_at_once(page, open_page, path):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, path)
    page.reload()
    looked = [url for url in asked if re.search(r"/_stcore/(health|host-config)$", url)]
    assert looked
    assert [url for url in looked if re.search(r":\d+/\w+/_stcore/", url)] == []


@pytest.mark.long
@pytest.mark.parametrize("path", ["/quiz", "/make_a_set"])
def test_a_page_opened_by_its_link_finds_its_server_at_once(page, open_page, path):
    finds_its_server_at_once(page, open_page, path)


def test_a_picture_finds_its_server_at_once_is_saved_and_a_photograph_of_the_camera_comes_through(
    new_page, open_page, wait_until_idle
):
    page = new_page(permissions=["camera"])
    finds_its_server_at_once(page, open_page, "/picture?kernel=box")
    wait_until_idle(page)
    unfold(page, "Take it along")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as PNG").click()
    assert saved.value.suggested_filename == "box.png"
    unfold(page, "Your own photograph")
    page.get_by_role("switch", name="Take one with the camera").press(" ")
    take = page.get_by_test_id("stCameraInputButton")
    expect(take).to_be_enabled()
    take.click()
    expect(page.locator("canvas[aria-label^='Original: Photograph']")).to_be_visible()


def test_a_strangers_picture_and_script_are_stopped(page, open_page, complaints):
    open_page(page, "/")
    stopped = page.evaluate(
        """() => new Promise(done => {
            const stopped = [];
            document.addEventListener('securitypolicyviolation', event => {
                stopped.push(event.effectiveDirective);
                if (stopped.length === 3) done(stopped.sort());
            });
            new Image().src = 'http://example.invalid/a.png';
            document.head.append(Object.assign(document.createElement('script'), { text: 'x()' }));
            fetch('http://example.invalid/').catch(() => {});
        })"""
    )
    assert stopped == ["connect-src", "img-src", "script-src-elem"]
    complaints.clear()


FRAME = "url => document.body.append(Object.assign(document.createElement('iframe'), { src: url }))"


def test_the_app_may_stand_in_a_frame_of_its_own_site_and_is_worked_by_keyboard(page, server):
    page.goto(f"{server.url}/_stcore/health")
    page.evaluate(FRAME, f"{server.url}/?embed=1&hide=all")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".stage .count")).to_have_text("step 1 of 9")
    expect(frame.get_by_test_id("stHeader")).to_be_hidden()
    frame.locator(".stage .panel.input").focus()
    page.keyboard.press("PageDown")
    expect(frame.locator(".stage .count")).to_have_text("step 2 of 9")


def test_another_site_cannot_show_the_app_in_a_frame(page, server, complaints, tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html><title>Another site</title>")
    port = free_port()
    command = [sys.executable, "-m", "http.server", f"{port}", "--bind", "127.0.0.1"]
    log = tmp_path / "log"
    with running(command, cwd=tmp_path, env=plain_environment(), log=log) as process:
        wait_until_healthy(f"http://127.0.0.1:{port}/page.html", process)
        page.goto(f"http://127.0.0.1:{port}/page.html")
        with (
            page.expect_event("requestfailed") as failed,
            page.expect_console_message(lambda said: "frame-ancestors" in said.text),
        ):
            page.evaluate(FRAME, server.url)
        assert failed.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"
    complaints.clear()
