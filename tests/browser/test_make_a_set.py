"""A teacher builds a set for a class, in a real browser."""

import re
import zipfile
from dataclasses import replace
from urllib.parse import urlencode

from playwright.sync_api import expect

from lessons.quiz import QuizSet
from tests.browser.runs import turn

SET = QuizSet((("output_size", (2,)), ("layer_parameters", (1,)), ("which_kernel", (1,))), 3, 5)


def make(quiz: QuizSet) -> str:
    return f"/make_a_set?{urlencode(quiz.to_link())}"


def test_a_class_pasted_from_a_spreadsheet_gets_a_file_each(page, open_page):
    open_page(page, make(replace(SET, own=True)))
    names = page.get_by_label("Files for these students")
    names.fill("Ada Lovelace\r\nO\u2019Brien\t\nAda lovelace\n![x](//example.invalid/a)\nBo; Cy")
    names.press("Control+Enter")
    read = page.locator(".names").first
    expect(read).to_contain_text("6 students: Ada Lovelace · O\u2019Brien · Ada lovelace")
    expect(read).to_contain_text("![x](//example.invalid/a)")
    expect(read).to_contain_text("“Bo; Cy” is read as 2 students")
    expect(read).to_contain_text("“Ada Lovelace” stands there more than once")
    with page.expect_download() as download:
        page.get_by_role("button", name="GIFT", exact=True).click()
    with zipfile.ZipFile(download.value.path()) as files:
        texts = [files.read(name).decode() for name in files.namelist()]
    assert [text.splitlines()[0].rpartition("& Sum/")[2] for text in texts] == [
        "Ada Lovelace",
        "O\u2019Brien",
        "Ada lovelace",
        "![x](////example.invalid//a)",
        "Bo",
        "Cy",
    ]


def test_what_is_said_of_a_link_stays_and_a_control_touched_and_touched_back_leaves_the_link(
    page, open_page, wait_until_idle
):
    open_page(page, "/make_a_set?from=output_size.1_output_size.1&n=1000&seed=5")
    expect(page).to_have_url(re.compile(r"from=output_size\.1&n=100&seed=5"))
    said = page.get_by_test_id("stAlertContentInfo")
    expect(said).to_contain_text("100 is taken")
    expect(said).to_contain_text("“Output size” stands in the link twice")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    quiz = QuizSet((("macs", (3, 1)), ("output_size", (2,))), 4, 7)
    turn(page, make(quiz))
    shown = page.locator("pre")
    expect(shown).to_contain_text("from=macs.3%2B1_output_size.2")
    before = shown.inner_text()
    kinds = page.locator(".st-key-builder_families")
    kinds.get_by_role("button", name="Remove Multiply-adds").click()
    expect(shown).not_to_contain_text("macs")
    wait_until_idle(page)
    kinds.locator("input").fill("Multiply")
    page.get_by_role("option", name="Multiply-adds").click()
    expect(shown).to_have_text(before)


def test_a_ready_set_has_other_questions_at_each_start(page, open_page):
    seeds = set()
    for _ in range(2):
        open_page(page, "/quiz?mode=set")
        page.get_by_role("button", name="Values by hand").click()
        expect(page).to_have_url(re.compile(r"seed=\d+"))
        seeds.add(re.search(r"seed=(\d+)", page.url)[1])
    assert len(seeds) == 2
