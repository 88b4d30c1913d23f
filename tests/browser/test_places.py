"""Two stages of one page on one screen, in a real browser: each plays and is changed by itself."""

import re
import shutil
import sys

import pytest
from playwright.sync_api import Page, expect

from tests.serving import ROOT, free_port, plain_environment, running, wait_until_healthy


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    """The address of the little app in tests/two_places.py."""
    url = f"http://127.0.0.1:{(port := free_port())}"
    folder = tmp_path_factory.mktemp("lesson")
    # Streamlit serves the app's text face from beside the script.
    shutil.copytree(ROOT / "app" / "static", folder / "static")
    script = folder / "lesson.py"
    script.write_text(f"import runpy\nrunpy.run_path({str(ROOT / 'tests' / 'two_places.py')!r})\n")
    command = [sys.executable, "-m", "streamlit", "run", str(script)]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    log = folder / "server.log"
    # The app's folder has Streamlit's settings.
    with running(command, cwd=ROOT / "app", env=plain_environment(), log=log) as process:
        wait_until_healthy(f"{url}/_stcore/health", process)
        yield url


@pytest.fixture
def page(new_page, open_page, lesson) -> Page:
    return open_page(new_page(base_url=lesson), "/?lesson=7")


def stage(page: Page, place: str):
    return page.locator(f".st-key-{place}_sliding_stage .stage")


def control(page: Page, key: str):
    return page.locator(f".st-key-{key} input")


def test_each_stage_steps_by_itself_and_tells_its_own_place(page, wait_until_idle):
    one, two = (stage(page, place).locator(".count") for place in ("one", "two"))
    expect(one).to_have_text("step 1 of 9")
    stage(page, "one").locator(".scrub").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(one).to_have_text("step 5 of 9")
    expect(control(page, "one_sliding_step")).to_have_value("4")
    wait_until_idle(page)
    expect(two).to_have_text("step 1 of 9")
    expect(page).to_have_url(re.compile(r"/\?lesson=7$"))


@pytest.mark.long
def test_a_control_changes_one_stage_and_leaves_the_other(page, wait_until_idle):
    one, two = (stage(page, place).locator(".count") for place in ("one", "two"))
    page.locator(".st-key-one_sliding_stride_0").get_by_role("button").last.click()
    expect(one).to_have_text("step 1 of 6")
    page.locator(".st-key-two_sliding_kernel_0").get_by_role("button").first.click()
    expect(two).to_have_text("step 1 of 12")
    wait_until_idle(page)
    expect(one).to_have_text("step 1 of 6")


@pytest.mark.long
def test_the_controls_of_every_place_look_as_on_the_page_itself(page):
    labels = page.locator('[class*="styled-controls"] [data-testid="stWidgetLabel"] p')
    expect(labels.first).to_be_visible()
    sizes = labels.evaluate_all("all => all.map((one) => getComputedStyle(one).whiteSpace)")
    assert len(sizes) >= 4 and set(sizes) == {"nowrap"}
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))
