"""The quiz as a learner and an instructor use it, in a real browser."""

import json
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from lessons.quiz import QuizSet, hints, question_of, solve, written_by
from lessons.quiz.compare import written
from tests.browser.runs import turn, wait_until_idle
from tests.sampled import sampled

PHONE = {"width": 390, "height": 844}
SET = QuizSet((("output_size", (2,)), ("layer_parameters", (1,)), ("which_kernel", (1,))), 3, 5)


@pytest.fixture
def at(open_page):
    """Open an address and wait until the first box can be typed into."""

    def open_(page: Page, address: str) -> Page:
        open_page(page, address)
        expect(box(page)).to_be_visible()
        return page

    return open_


def box(page: Page):
    return page.locator(".st-key-quiz_boxes input, .st-key-quiz_begin_boxes input").first


def link(quiz: QuizSet) -> str:
    return "/quiz?" + "&".join(f"{key}={value}" for key, value in quiz.to_link().items())


def marks(page: Page):
    return page.locator(".quiz .marks li")


def focused(page: Page):
    return page.locator(":focus")


def write(page: Page, *texts: str) -> None:
    """Type into the boxes from the focused one on and press Enter, by keyboard alone."""
    for number, text in enumerate(texts):
        if number:
            page.keyboard.press("Tab")
            wait_until_idle(page)  # the box that is left is sent
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)
    page.keyboard.press("Enter")


def values(question, slip: str | None = None) -> list[str]:
    found = (written_by(question, (slip,)) if slip else None) or solve(question)
    return [written(value).replace(",", "") for value in found.values()]


def test_a_whole_set_by_keyboard_alone(page, at):
    first, second, third = SET.questions()
    at(page, link(SET))
    expect(focused(page)).to_have_attribute("aria-label", re.compile("Your name"))
    write(page, "Ada")

    expect(page.locator(".question .about")).to_contain_text("Question 1 of 3")
    expect(focused(page)).to_have_attribute("aria-label", "Height")
    write(page, "12x", "3,5")  # not readable
    expect(marks(page)).to_have_count(2)
    expect(marks(page).first).to_contain_text("Not read")
    # The page itself puts the keyboard into the first box again.
    expect(focused(page)).to_have_attribute("aria-label", "Height")
    write(page, *values(first))
    expect(marks(page).first).to_contain_text("✓ Right")
    expect(focused(page)).to_have_text("Next question")
    page.keyboard.press("Enter")

    expect(page.locator(".question .about")).to_contain_text("Question 2 of 3")
    expect(focused(page)).to_have_attribute("aria-label", "Parameters")
    write(page, *values(second, "bias-forgotten"))
    expect(marks(page).first).to_contain_text("Biases forgotten")
    expect(focused(page)).to_have_text("Next question")
    page.keyboard.press("Enter")

    expect(page.locator(".question .about")).to_contain_text("Question 3 of 3")
    expect(focused(page)).to_have_attribute("type", "radio")
    letters = [option.id for option in third.setup.options]
    page.keyboard.press("Space")
    for _ in range(letters.index(values(third)[0])):
        page.keyboard.press("ArrowDown")
    for _ in range(30):
        if page.evaluate("document.activeElement.innerText") == "Check":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(marks(page).first).to_contain_text("✓ Right")
    expect(focused(page)).to_have_text("Finish")
    page.keyboard.press("Enter")
    expect(page.locator(".quiz .total")).to_have_text("2 of 3 marks.")
    expect(page.locator(".quiz .sheet")).to_contain_text("biases forgotten")


@pytest.mark.long
def test_a_set_goes_on_after_a_reload(page, at, open_page):
    at(page, link(SET))
    expect(focused(page)).to_have_attribute("aria-label", re.compile("Your name"))
    write(page, "Ada")
    expect(focused(page)).to_have_attribute("aria-label", "Height")
    write(page, *values(SET.questions()[0]))
    expect(focused(page)).to_have_text("Next question")
    page.keyboard.press("Enter")
    expect(page.locator(".question .about")).to_contain_text("Question 2 of 3")
    page.wait_for_function(
        "() => Object.entries(localStorage).some(([name, text]) => "
        "name.startsWith('slide-and-sum.set') && JSON.parse(text).sitting.here === 1)"
    )
    page.reload()
    expect(page.locator(".question .about")).to_contain_text("Question 2 of 3")
    expect(page.locator(".stProgress")).to_contain_text("1 of 3 answered")


def test_progress_is_kept_in_the_browser_and_moves_to_another_in_a_file(page, at, tmp_path):
    key = "output_size.2.3.1"
    at(page, f"/quiz?q={key}")
    expect(focused(page)).to_have_attribute("aria-label", "Height")
    write(page, *values(question_of(key)))
    expect(marks(page).first).to_contain_text("✓ Right")
    skills = page.locator(".skills")
    expect(skills.last).to_contain_text("padding on both sides")
    kept = "JSON.parse(localStorage.getItem('slide-and-sum.practice'))?.asked"
    page.wait_for_function(f"() => {kept} === 1")
    page.goto("/quiz")
    expect(skills.last).to_contain_text("padding on both sides")
    page.get_by_text("Your progress").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").click()
    file = tmp_path / "progress.json"
    download.value.save_as(file)
    assert json.loads(file.read_text())["asked"] == 1
    # A browser that has nothing stored is like another one.
    page.goto("/_stcore/health")
    page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
    at(page, "/quiz")
    page.get_by_text("Your progress").click()
    expect(page.locator("input[type=file]")).to_be_attached()
    expect(skills).to_have_count(0)
    page.locator("input[type=file]").set_input_files(file)
    expect(skills.last).to_contain_text("padding on both sides")


@pytest.mark.long
def test_a_named_mistake_is_drawn_running_off_the_edge(page, at):
    at(page, "/quiz?q=output_size.4.0.1")
    expect(focused(page)).to_have_attribute("aria-label", "Height")
    write(page, "30.5", "30.5")
    figures = page.locator(".axes figure")
    expect(figures).to_have_count(2)
    expect(figures.nth(0)).to_contain_text("Right: 30 windows")
    expect(figures.nth(1)).to_contain_text("runs 1 over the edge")
    expect(figures.nth(0).locator(".reach.off")).to_have_count(0)
    expect(figures.nth(1).locator(".reach.off")).to_have_count(1)


@pytest.mark.long
def test_what_is_typed_is_kept_when_the_question_is_left_by_its_number(page, at):
    quiz = QuizSet((("output_size", (2,)),), 3, 5, feedback="end")
    at(page, link(quiz))
    expect(focused(page)).to_have_attribute("aria-label", re.compile("Your name"))
    write(page, "Ada")
    expect(focused(page)).to_have_attribute("aria-label", "Height")
    page.keyboard.type("26")
    page.keyboard.press("Tab")
    page.keyboard.type("27")
    page.get_by_label("Go to question").click()
    page.get_by_role("option", name="3", exact=True).click()
    expect(page.locator(".question .about")).to_contain_text("Question 3 of 3")
    for question in ("2 of 3", "1 of 3"):
        page.get_by_role("button", name="Back", exact=True).click()
        expect(page.locator(".question .about")).to_contain_text(f"Question {question}")
    boxes = page.locator(".st-key-quiz_boxes input")
    expect(boxes.nth(0)).to_have_value("26")
    expect(boxes.nth(1)).to_have_value("27")


def test_the_solution_shows_the_layer_on_the_stage_and_before_a_class_one_key_goes_on(page, at):
    at(page, "/quiz?q=cell_value.4.0.1")
    page.get_by_role("button", name="Show the solution").click()
    expect(page.locator(".working .answer")).to_be_visible()
    expect(page.locator(".stage .count")).to_have_text(re.compile(r"step \d+ of \d+"))
    expect(focused(page)).to_have_text("Next question")
    turn(page, "/quiz?q=output_size.2.3.1&present=1")
    expect(page.locator(".working .answer")).to_have_count(0)
    asked = page.locator(".question h2").inner_text()
    page.keyboard.press("PageDown")
    expect(page.locator(".working .answer").first).to_be_in_viewport(ratio=1)
    expect(page.locator(".question h2")).to_be_in_viewport(ratio=1)
    page.keyboard.press("PageDown")
    expect(page.locator(".question h2")).not_to_have_text(asked)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Present", exact=True)).to_be_visible()


def needs_no_sideways_scrolling(page: Page) -> None:
    wide = "document.querySelector('[data-testid=stMain]').scrollWidth"
    page.wait_for_function(f"() => {wide} <= 390")


@pytest.mark.long
@pytest.mark.parametrize("address", ["/quiz?mode=set", "/make_a_set", link(SET)])
def test_a_phone_needs_no_sideways_scrolling(new_page, open_page, address):
    page = new_page(viewport=PHONE, has_touch=True)
    open_page(page, address)
    expect(page.locator("h1")).to_be_visible()
    needs_no_sideways_scrolling(page)


def test_on_a_phone_no_question_needs_sideways_scrolling_and_the_verdict_comes_into_view(
    new_page, at
):
    page = at(new_page(viewport=PHONE, has_touch=True), "/quiz?q=layer_chain.4.2.1")
    needs_no_sideways_scrolling(page)
    turn(page, "/quiz?q=cell_value.4.0.1")
    expect(box(page)).to_have_attribute("aria-label", "Number")
    box(page).fill("14")
    page.get_by_role("button", name="Check").click()
    expect(marks(page).first).to_be_in_viewport()


class Sheet(HTMLParser):
    """The text of a page."""

    def __init__(self):
        super().__init__()
        self.text = ""

    def handle_data(self, data):
        self.text += data


@pytest.mark.long
def test_an_instructor_gets_link_code_and_files(page, open_page):
    open_page(page, link(SET).replace("/quiz", "/make_a_set"))
    expect(page.locator('img[src^="data:image/png"]')).to_be_visible()
    expect(page.locator("pre")).to_contain_text("/quiz?set=")
    saved = {}
    for label in ("Moodle XML", "GIFT", "CSV", "Paper", "Paper with key"):
        with page.expect_download() as download:
            page.get_by_role("button", name=label, exact=True).click()
        with open(download.value.path(), encoding="utf-8") as file:
            saved[label] = file.read()
    assert len(ElementTree.fromstring(saved["Moodle XML"]).findall("question")) == 1 + 3
    assert "::01 Output size" in saved["GIFT"]
    assert saved["CSV"].startswith("\ufeffname,question")
    for label, keyed in (("Paper", False), ("Paper with key", True)):
        sheet = Sheet()
        sheet.feed(saved[label])
        assert SET.questions()[1].prompt[-1] in sheet.text
        assert ("Key" in sheet.text) == keyed


@pytest.mark.long
def test_the_instructors_link_opens_the_same_questions(page, open_page):
    open_page(page, link(SET).replace("/quiz", "/make_a_set"))
    shown = page.locator("pre")
    expect(shown).to_contain_text("/quiz?set=")
    page.goto(shown.inner_text())
    expect(box(page)).to_be_visible()
    page.get_by_role("button", name="Begin").click()
    expect(page.locator(".question h2")).to_contain_text(
        SET.questions()[0].prompt[0].replace(" × ", "\u00a0×\u00a0")
    )


@pytest.mark.long
def test_the_layer_of_a_solution_opens_in_the_sliding_window(page, at):
    at(page, "/quiz?q=cell_value.4.0.1")
    page.get_by_role("button", name="Show the solution").click()
    page.get_by_role("link", name="Open this layer in the sliding window").click()
    expect(page).to_have_url(re.compile(r":\d+/\?example=two-channels"))
    expect(page.locator("h1")).to_have_text("Sliding window")
    page.go_back()
    expect(page.locator(".question h2")).to_contain_text("2 channels")


@pytest.mark.parametrize(
    "key, box_is",
    sampled(
        [
            ("output_size.2.3.1", "Height"),
            ("macs.1.0.1", "MACs"),
            ("cell_value.1.0.1", "Number"),
            ("legal_setting.2.0.1", "Kernel size"),
            ("whole_output.1.0.1", "Output"),
            ("pooling_value.5.0.1", "Output"),
        ],
        4,
    ),
)
def test_a_new_question_has_the_keyboard_in_its_first_box(page, open_page, key, box_is):
    open_page(page, f"/quiz?q={key}")
    expect(focused(page)).to_have_attribute("aria-label", box_is)
    page.keyboard.type("7")
    expect(focused(page)).to_have_value("7")


@pytest.mark.long
def test_another_question_is_another_each_time_it_is_pressed(page, at):
    at(page, "/quiz?topic=window_origin&level=1")
    shown = [page.locator(".question h2").inner_text()]
    for _ in range(4):
        page.get_by_role("button", name="Another question").click()
        expect(page.locator(".question h2")).not_to_have_text(shown[-1])
        shown.append(page.locator(".question h2").inner_text())
    assert len(set(shown)) == len(shown)


def expect_hints(page: Page, key: str) -> None:
    """Ask for one hint after another: each comes into view, and the keyboard stays."""
    expect(focused(page)).to_have_attribute("type", "text")
    count = len(hints(question_of(key)))
    for number in range(1, count + 1):
        page.get_by_role("button", name=f"Hint {number} of {count}").press("Enter")
        expect(page.locator(f".st-key-quiz_hint_{number} .hint")).to_be_in_viewport(ratio=1)
        expect(spoken(page)).to_contain_text(f"Hint {number}.")
        if number < count:
            expect(focused(page)).to_have_text(f"Hint {number + 1} of {count}")
    expect(focused(page)).to_have_attribute("type", "text")


@pytest.mark.long
@pytest.mark.parametrize("key", ["output_size.2.3.1", "layer_parameters.2.0.1"])
def test_each_hint_comes_into_view_and_the_keyboard_stays(page, at, key):
    at(page, f"/quiz?q={key}")
    expect_hints(page, key)


def spoken(page: Page):
    """What is handed to a screen reader."""
    return page.locator(".st-key-quiz_keyboard [role=status]")


def test_hints_and_the_verdict_are_said_to_a_screen_reader_and_are_on_the_screen(page, at):
    key = "output_size.4.0.1"
    at(page, f"/quiz?q={key}")
    expect(focused(page)).to_have_attribute("aria-label", "Height")
    expect(spoken(page)).to_have_text("")
    region = spoken(page).element_handle()
    expect_hints(page, key)
    expect(focused(page)).to_have_attribute("aria-label", "Height")
    write(page, *values(question_of(key), "rounded-up"))
    expect(spoken(page)).to_contain_text("Wrong.")
    expect(spoken(page)).to_contain_text("⌈(62 + 2 × 1 − 5) / 2⌉ + 1 = 31")
    # It was there before it had something to say, or a screen reader would not say it.
    assert region.evaluate("node => node.isConnected && node.textContent.includes('Wrong.')")
    expect(marks(page).first).to_be_in_viewport(ratio=1)
    expect(page.locator(".axes figure").first).to_contain_text("Right: 30 windows")


@pytest.mark.long
def test_a_solution_shows_the_weight_tensor_of_the_question(page, at):
    at(page, "/quiz?q=layer_parameters.2.0.1")
    page.get_by_role("button", name="Show the solution").click()
    expect(page.locator(".sheet")).to_contain_text("10 × 16 × 5 × 5")
    expect(page.locator(".stage")).to_have_count(0)


@pytest.mark.long
def test_a_solution_shows_the_layers_of_a_receptive_field(page, at):
    at(page, "/quiz?q=receptive_field.5.0.1")
    page.get_by_role("button", name="Show the solution").click()
    figures = page.locator(".axes figure")
    expect(figures).to_have_count(4)
    expect(figures.first).to_contain_text("19 cells of the input, 8 windows")


@pytest.mark.long
def test_a_finished_set_has_the_focus_on_its_marks(page, at):
    quiz = QuizSet((("macs", (1,)),), 1, 5)
    at(page, link(quiz))
    page.get_by_role("button", name="Begin").click()
    expect(focused(page)).to_have_attribute("aria-label", "MACs")
    write(page, *values(quiz.questions()[0]))
    expect(focused(page)).to_have_text("Finish")
    page.keyboard.press("Enter")
    expect(focused(page)).to_have_text("1 of 1 mark.")
    expect(spoken(page)).to_contain_text("1 of 1 mark.")
    page.get_by_role("button", name="Another set").press("Enter")
    expect(page.get_by_role("button", name="Output sizes")).to_be_focused()
