"""A server that restarts and a line that is cut, in the middle of what somebody does.

Whatever was on the screen is there again by itself, without a reload.
"""

import re
import signal
from collections.abc import Callable, Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Page, expect

from lessons.quiz import QuizSet, question_of, solve, written_by
from lessons.quiz.compare import written
from tests.browser.drawers import unfold, unfold_sizes
from tests.browser.runs import wait_until_idle
from tests.forked import forked_servers
from tests.line import Line, line_to
from tests.sampled import sampled
from tests.serving import IDLE, Server, free_port, wait_until_healthy

KEY = "output_size.2.3.1"
SET = QuizSet((("output_size", (2,)), ("layer_parameters", (1,)), ("macs", (1,))), 3, 5)
JOINED = '[data-testid="stApp"][data-test-connection-state="CONNECTED"]'
# The run that the page shows, with its session's name; while none is shown, the one before.
MARK = "() => document.querySelector('[class*=st-key-browser_mark] input')?.value ?? window.before"


class Restarting:
    """The app on one port, for a server after another; `start` is that of `forked_servers`."""

    def __init__(self, log, start) -> None:
        self._log, self._port, self._begin = log, free_port(), start
        self.server = self._start()

    def _start(self) -> Server:
        process = self._begin(self._port, self._log)
        url = f"http://127.0.0.1:{self._port}"
        wait_until_healthy(f"{url}/_stcore/health", process)
        return Server(url, self._log, process)

    def restart(self, page: Page, *, runs: bool = True) -> None:
        """End the server without a warning and start another one; back once the page has it.

        runs: whether something on the page tells the new server what it has, so that it runs.
        """
        self.server.process.kill()
        self.server.process.wait()
        wait_until_cut(page)
        self.server = self._start()
        expect(page.locator(JOINED)).to_be_attached()
        if runs:
            wait_until_joined(page)

    def wake(self) -> None:
        """Have a server that runs, whatever was done to the last one."""
        if self.server.process.poll() is None:
            self.server.process.send_signal(signal.SIGCONT)
        else:
            self.server = self._start()


def wait_until_cut(page: Page) -> None:
    """Return once the page has noticed; the run that it shows then is the last before the cut."""
    expect(page.locator(JOINED)).to_have_count(0)
    page.evaluate(f"window.before = ({MARK})()")


def wait_until_joined(page: Page) -> None:
    """Return once the page is connected again and shows a run that came after the cut."""
    expect(page.locator(JOINED)).to_be_attached()
    page.wait_for_function(f"() => ({MARK})() !== before")
    expect(page.locator(IDLE)).to_be_attached()


@pytest.fixture(scope="module")
def restarting(tmp_path_factory) -> Iterator[Restarting]:
    with forked_servers() as start:
        yield Restarting(tmp_path_factory.mktemp("restarting") / "server.log", start)


@pytest.fixture
def app(restarting) -> Restarting:
    """The server that the test before has left running; a new one if that test failed midway."""
    restarting.wake()
    return restarting


@pytest.fixture(scope="module")
def shared_line(restarting) -> Iterator[Line]:
    with line_to(int(restarting.server.url.rsplit(":", 1)[1])) as line:
        yield line


@pytest.fixture
def line(app, shared_line) -> Line:
    """A line to the app, joined."""
    shared_line.join()
    return shared_line


@pytest.fixture
def opened(line, new_page, open_page, complaints) -> Iterator[Callable[[str], Page]]:
    """Open an address of the app that can be restarted; a lost connection is no complaint."""

    def open_(address: str) -> Page:
        # Always over the line: the browser keeps the app's scripts by their address.
        return open_page(new_page(base_url=line.url), address)

    yield open_
    complaints[:] = [one for one in complaints if one.startswith("exception")]


def cut_and_join(page: Page, line: Line) -> None:
    line.cut()
    wait_until_cut(page)
    line.join()
    wait_until_joined(page)


def link(page: str, quiz: QuizSet) -> str:
    return f"/{page}?{urlencode(quiz.to_link())}"


def boxes(page: Page):
    return page.locator(".st-key-quiz_boxes input")


def marks(page: Page):
    return page.locator(".quiz .marks li")


def values(question, slip: str | None = None) -> list[str]:
    found = written_by(question, (slip,)) if slip else solve(question)
    return [written(value).replace(",", "") for value in found.values()]


def fill(page: Page, *texts: str) -> None:
    expect(boxes(page)).to_have_count(len(texts))
    expect(boxes(page).first).to_be_focused()  # where the page puts it for a new question
    for box, text in zip(boxes(page).all(), texts, strict=True):
        box.fill(text)
        box.press("Tab")


def type_into_second_box(page: Page, first: str, second: str) -> None:
    """Leave the first box with a text in it and go on typing in the second one."""
    expect(boxes(page).first).to_be_focused()
    page.keyboard.type(first)
    page.keyboard.press("Tab")
    page.wait_for_function(
        "() => Object.values(sessionStorage).concat(Object.values(localStorage))"
        f'.some((text) => text.includes(\'"height":"{first}"\'))'
    )
    expect(page.locator(IDLE)).to_be_attached()
    page.keyboard.type(second)
    expect(boxes(page).nth(1)).to_have_value(second)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()


def begin(page: Page) -> None:
    page.get_by_label(re.compile("Your name")).fill("Ada")
    press(page, "Begin")
    expect(page.locator(".question .about")).to_contain_text("Question 1 of 3")


def test_what_is_typed_in_practice_counts_after_a_cut_and_its_verdict_is_there_after_a_restart(
    app, line, opened
):
    page = opened(f"/quiz?q={KEY}")
    press(page, "Hint 1")
    expect(page.get_by_text("Hint 1.", exact=True)).to_be_visible()
    wait_until_idle(page)
    boxes(page).first.focus()
    height, width = values(question_of(KEY), "padding-once")
    type_into_second_box(page, height, width)
    cut_and_join(page, line)
    expect(boxes(page).nth(1)).to_have_value(width)
    press(page, "Check")
    expect(marks(page).first).to_contain_text("Wrong")
    expect(marks(page).first).to_contain_text(width)
    wait_until_idle(page)
    verdict = page.locator(".st-key-quiz_verdict").inner_text()
    assert "Padding" in verdict

    app.restart(page)
    expect(page.locator(".st-key-quiz_verdict")).to_have_text(verdict, use_inner_text=True)
    expect(page.locator(".skills").last).to_contain_text("padding on both sides")
    press(page, "Check")
    expect(page.get_by_text("Your first answer is the one that counts.")).to_be_visible()
    page.wait_for_function("() => JSON.parse(localStorage['slide-and-sum.practice']).asked === 1")
    press(page, "Next question")
    expect(page).not_to_have_url(re.compile(re.escape(KEY)))
    expect(boxes(page).first).to_be_visible()


@pytest.mark.long
def test_what_is_being_typed_in_practice_goes_on_where_it_was(app, opened):
    page = opened(f"/quiz?q={KEY}")
    height, width = values(question_of(KEY))
    type_into_second_box(page, height, width[:1])

    app.restart(page)
    expect(boxes(page).nth(0)).to_have_value(height)
    expect(boxes(page).nth(1)).to_have_value(width[:1])
    page.keyboard.type(width[1:])
    page.keyboard.press("Enter")
    expect(marks(page).first).to_contain_text("✓ Right")


def test_a_set_goes_on_at_its_question_with_what_was_answered_and_typed(app, opened):
    page = opened(link("quiz", SET))
    begin(page)
    first, second, _ = SET.questions()
    fill(page, *values(first))
    press(page, "Check")
    expect(marks(page).first).to_contain_text("✓ Right")
    press(page, "Next question")
    expect(page.locator(".question .about")).to_contain_text("Question 2 of 3")
    expect(boxes(page).first).to_be_focused()
    page.keyboard.type("12x")

    app.restart(page)
    expect(page.locator(".question .about")).to_contain_text("Question 2 of 3")
    expect(boxes(page).first).to_have_value("12x")
    press(page, "Check")
    expect(marks(page).first).to_contain_text("Not read")
    boxes(page).first.fill(values(second)[0])
    press(page, "Check")
    expect(marks(page).first).to_contain_text("✓ Right")
    press(page, "Finish")
    expect(page.locator(".quiz .total")).to_have_text("2 of 3 marks.")
    app.restart(page)
    expect(page.locator(".quiz .total")).to_have_text("2 of 3 marks.")


@pytest.mark.long
def test_a_name_that_is_being_typed_begins_the_set(app, opened):
    page = opened(link("quiz", SET))
    page.get_by_label(re.compile("Your name")).fill("Ada")
    app.restart(page)
    expect(page.get_by_label(re.compile("Your name"))).to_have_value("Ada")
    press(page, "Begin")
    expect(page.locator(".question .about")).to_contain_text("Question 1 of 3")
    page.wait_for_function(
        "() => Object.values(localStorage).some((text) => text.includes('\"Ada\"'))"
    )


@pytest.mark.long
def test_the_names_of_a_class_are_there_again(app, opened):
    page = opened(link("make_a_set", QuizSet(SET.families, 3, 5, own=True)))
    names = page.locator(".st-key-builder_student textarea")
    names.fill("Ada\nGrace")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Questions of Ada")).to_be_visible()
    names.press("ControlOrMeta+End")
    names.type("\nAlan")

    app.restart(page)
    expect(names).to_have_value("Ada\nGrace\nAlan")
    expect(page.get_by_text("Questions of Ada")).to_be_visible()
    app.restart(page)
    press(page, "Other questions")
    expect(page).not_to_have_url(re.compile("seed=5&"))
    expect(names).to_have_value("Ada\nGrace\nAlan")
    page.reload()
    expect(names).to_have_value("Ada\nGrace\nAlan")


@pytest.mark.long
def test_progress_that_was_replaced_can_be_taken_back_after_a_restart(app, opened):
    page = opened(f"/quiz?q={KEY}")
    fill(page, *values(question_of(KEY)))
    press(page, "Check")
    expect(page.locator(".skills").last).to_contain_text("padding on both sides")
    unfold(page, "Your progress")
    page.get_by_text("I want to start over").click()
    press(page, "Erase my progress")
    expect(page.get_by_text("was erased from this browser")).to_be_visible()
    app.restart(page)
    expect(page.locator(".skills")).to_have_count(0)
    press(page, "Undo")
    expect(page.locator(".skills").last).to_contain_text("padding on both sides")
    page.wait_for_function("() => JSON.parse(localStorage['slide-and-sum.practice']).asked === 1")


@pytest.mark.long
def test_what_a_browser_refuses_to_keep_its_page_holds(app, opened):
    page = opened("/quiz?mode=set")
    page.add_init_script(
        "for (const name of ['getItem', 'setItem']) {"
        "  const plain = Storage.prototype[name];"
        "  Storage.prototype[name] = function (key, ...more) {"
        "    if (key.startsWith('slide-and-sum')) throw new DOMException('no', 'SecurityError');"
        "    return plain.call(this, key, ...more);"
        "  };"
        "}"
    )
    page.goto(f"/quiz?q={KEY}")
    fill(page, *values(question_of(KEY)))
    press(page, "Check")
    expect(page.locator(".skills").last).to_contain_text("padding on both sides")
    app.restart(page)
    expect(marks(page).first).to_contain_text("✓ Right")
    expect(page.locator(".skills").last).to_contain_text("padding on both sides")
    unfold(page, "Your progress")
    expect(page.get_by_text("refuses to keep anything")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("address", [f"/quiz?q={KEY}", link("quiz", SET)])
def test_a_number_typed_and_not_yet_left_counts_after_a_cut_of_the_line(line, opened, address):
    page = opened(address)
    if "set=" in address:
        begin(page)
    question = SET.questions()[0] if "set=" in address else question_of(KEY)
    height, width = values(question)
    type_into_second_box(page, height, width)
    cut_and_join(page, line)
    expect(boxes(page).nth(1)).to_have_value(width)
    press(page, "Check")
    expect(marks(page).first).to_contain_text("✓ Right")
    expect(marks(page)).to_have_count(1)


LABS = (
    ("/?dilation=1x2&stride=1x3", "Kernel height", "4", "kernel=4x3"),
    ("/picture?kernel=box&row=40&column=50", "Row", "41", "row=41"),
    ("/pooling?stride=1x1", "Window height", "3", "kernel=3x2"),
    ("/channels?look=weights&cin=10&cout=20", "Channels out", "21", "cout=21"),
    ("/networks?net=vgg11&at=conv2_1", "Batch", "2", "batch=2"),
    ("/make_a_set?from=macs.1&n=5&seed=7", "Questions", "6", "n=6"),
)


@pytest.mark.long
@pytest.mark.parametrize(("address", "label", "after", "said"), LABS, ids=lambda text: text)
def test_the_first_change_after_a_restart_counts_and_the_rest_is_there(
    app, opened, address, label, after, said
):
    page = opened(address)
    unfold_sizes(page)
    app.restart(page, runs=False)
    box = page.get_by_label(label, exact=True)
    box.press("ArrowUp")
    expect(box).to_have_value(after)
    expect(page).to_have_url(re.compile(rf"[?&]{said}(&|$)"))
    kept = set(urlsplit(address).query.split("&"))
    now = set(urlsplit(page.url).query.split("&"))
    changed = said.partition("=")[0]
    assert {one for one in kept if not one.startswith(f"{changed}=")} <= now
    page.reload()
    wait_until_idle(page)
    unfold_sizes(page)
    expect(page.get_by_label(label, exact=True)).to_have_value(after)


@pytest.mark.long
def test_two_boxes_stepped_right_after_a_restart_both_count(app, opened):
    page = opened("/?padding=1x1")
    unfold_sizes(page)
    app.restart(page, runs=False)
    page.get_by_label("Padding height", exact=True).press("ArrowUp")
    page.get_by_label("Padding width", exact=True).press("ArrowDown")
    expect(page).to_have_url(re.compile(r"padding=2x0"))


def test_a_number_typed_just_before_a_restart_and_a_change_just_after_it_both_count(app, opened):
    page = opened("/?dilation=1x2&stride=1x3")
    unfold_sizes(page)
    page.locator(".panel.input rect").nth(0).click()
    app.server.process.send_signal(signal.SIGSTOP)  # alive, but it hears nothing any more
    page.locator(".edit").fill("77")
    page.locator(".edit").press("Enter")
    page.locator(".edit").press("Escape")
    app.restart(page, runs=False)
    box = page.get_by_label("Kernel height", exact=True)
    box.press("ArrowUp")
    expect(box).to_have_value("4")
    for part in ("x=77", "dilation=1x2", "stride=1x3", "kernel=4x3"):
        expect(page).to_have_url(re.compile(rf"[?&]{part}"))


@pytest.mark.long
def test_a_map_that_is_opened_just_before_the_server_ends_is_open_after_it(app, opened):
    page = opened("/picture?look=bank")
    open_ = page.get_by_role("button", name="Open Edges, 8 neighbours")
    expect(open_).to_be_visible()
    app.server.process.send_signal(signal.SIGSTOP)
    open_.click()
    app.restart(page)
    expect(page).to_have_url(re.compile(r"kernel=edge-8&"))
    expect(page.locator(".pair")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize(
    "address", sampled(["/picture?look=bank", "/channels?look=weights", "/"], 2)
)
def test_escape_leads_out_of_the_presenter_view_though_the_server_just_ends(app, opened, address):
    page = opened(f"{address}{'&' if '?' in address else '?'}present=1")
    page.wait_for_function(f"() => ({MARK})() !== ''")
    app.server.process.send_signal(signal.SIGSTOP)
    page.keyboard.press("Escape")
    app.restart(page)
    expect(page.get_by_role("button", name="Present", exact=True)).to_be_visible()
    expect(page).not_to_have_url(re.compile("present"))


@pytest.mark.long
def test_two_quick_turns_of_a_clicker_lead_two_looks_on_over_a_cut_line(line, opened):
    page = opened("/channels?look=dense&present=1")
    page.get_by_role("heading", name="Channels").focus()
    expect(page.locator(".tensor").first).to_be_visible()
    line.cut()
    wait_until_cut(page)
    page.keyboard.press("PageUp")
    page.keyboard.press("PageUp")
    line.join()
    wait_until_joined(page)
    expect(page).to_have_url(re.compile(r"look=mix"))
