"""The kernel editor: what it is handed, and that it types, paints and keeps what is typed."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from app.components import kernel_editor as editor_module
from app.components.assets import component_text
from app.components.kernel_editor import ACTS, PARTS, STYLES, kernel_editor

FOLDER = Path(editor_module.__file__).parent
SOBEL = [["-1", "0", "1"], ["-2", "0", "2"], ["-1", "0", "1"]]


def handed(**changes) -> dict:
    """The payload as the browser gets it."""

    def script(changes):
        from app.components.kernel_editor import kernel_editor

        kernel_editor(
            **{
                "taps_texts": [["-1", "1/9"]],
                "divisor": "9",
                "offset": "0",
                "key": "editor",
                **changes,
            },
            commits={"session": "one", "seen": 0},
        )

    run = AppTest.from_function(script, kwargs={"changes": changes}, default_timeout=120).run()
    assert not run.exception
    return json.loads(run.get("bidi_component")[0].proto.json)


# --- the wrapper ---


def test_the_kernel_is_handed_over_row_by_row():
    data = handed(taps_texts=[["1", "2", "3"], ["4", "5", "6"]], can=["undo"], error="No.")
    assert (data["rows"], data["columns"]) == (2, 3)
    assert data["texts"] == ["1", "2", "3", "4", "5", "6"]
    assert (data["divisor"], data["offset"], data["can"]) == ("9", "0", ["undo"])
    assert (data["error"], data["limit"], data["commits"]["seen"]) == ("No.", 1_000_000, 0)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"taps_texts": []}, "The kernel is 0 × 0; the editor shows 1 × 1 to 31 × 31."),
        ({"taps_texts": [["1"] * 16], "largest": 15}, "The kernel is 1 × 16; .* 15 × 15."),
        ({"taps_texts": [["1", "2"], ["3"]]}, r"rows hold \[2, 1\] numbers"),
        ({"can": ["erode"]}, "There is no act 'erode'; there are undo, redo, rotate"),
    ],
)
def test_what_cannot_be_shown_is_refused(changes, words):
    arguments = {"taps_texts": [["1"]], "divisor": "1", "offset": "0", "key": "k", **changes}
    with pytest.raises(ValueError, match=words):
        kernel_editor(**arguments, commits={"session": "one", "seen": 0})


def test_every_part_is_joined_and_every_act_has_its_button():
    assert sorted(part for part in PARTS if "/" not in part) == sorted(
        path.name for path in FOLDER.glob("*.mjs")
    )
    html = (FOLDER / "kernel_editor.html").read_text(encoding="utf-8")
    assert all(html.count(f'data-act="{act}"') == 1 for act in ACTS)
    assert html.count("data-act=") == len(ACTS)


def test_its_module_is_small():
    assert len(component_text(FOLDER, PARTS, STYLES).js.encode()) < 17_000


# --- in a real browser ---


def kernel(rows=SOBEL, seen=0, **changes) -> dict:
    return {
        "rows": len(rows),
        "columns": len(rows[0]),
        "texts": [text for row in rows for text in row],
        "divisor": "1",
        "offset": "0",
        "badges": [],
        "can": [act for act in ACTS if act not in ("undo", "redo")],
        "error": "",
        "limit": 1_000_000,
        "commits": {"session": "one", "seen": seen},
        **changes,
    }


MOUNT = """async ({ html, css, js, data }) => {
  const root = document.getElementById('host').attachShadow({ mode: 'open' });
  root.innerHTML = '<style>' + css + '</style>' + html;
  const file = new Blob([js], { type: 'text/javascript' });
  const { default: mount } = await import(URL.createObjectURL(file));
  window.calls = [];
  window.component = (data) => ({
    data, parentElement: root, key: 'editor',
    // Of commits, which are sent as the list of those not taken in yet, the last one is new.
    setStateValue: (name, { list }) => calls.push(list.at(-1).slice(1)),
    setTriggerValue: (name, value) => calls.push([name, value]),
  });
  window.hand = (data) => mount(component(data));
  Object.assign(window, { root, first: hand(data) });
}"""


@pytest.fixture
def mounted(blank_page):
    def mount(data: dict, width: int = 270):
        page = blank_page(700, 720)
        style = "--st-background-color:#ffffff;--st-text-color:#31333f;--st-font:sans-serif"
        page.set_content(
            f'<body style="margin:8px;{style}"><div id="host" style="width:{width}px"></div>'
        )
        page.evaluate(MOUNT, {**component_text(FOLDER, PARTS, STYLES)._asdict(), "data": data})
        return page

    return mount


def shown(page) -> list[str]:
    return page.locator(".cell").all_inner_texts()


def focused(page) -> str:
    return page.evaluate(
        "root.activeElement.getAttribute('aria-label') ?? root.activeElement.className"
    )


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (1, 7), (9, 9), (15, 15), (31, 31), (31, 1)])
def test_every_size_fits_a_narrow_column(mounted, size):
    rows, columns = size
    page = mounted(kernel([["-1"] * columns] * rows))
    expect(page.locator(".cell")).to_have_count(rows * columns)
    expect(page.locator(".cell[tabindex='0']")).to_have_count(1)
    box = page.locator(".kernel-editor").bounding_box()
    assert page.evaluate("root.querySelector('.kernel-editor').scrollWidth") <= 270
    assert page.locator(".grid").bounding_box()["width"] <= box["width"] == 270
    assert page.locator(".tools").bounding_box()["height"] <= 64
    assert page.locator(".reader").is_visible() == (max(size) > 12)
    assert page.evaluate("calls") == []


def test_typing_goes_down_with_enter_and_right_with_tab_and_is_sent_at_once(mounted):
    page = mounted(kernel())
    page.locator(".cell").first.focus()
    page.keyboard.type("-2,5")
    page.keyboard.press("Enter")
    assert focused(page) == "row 1, column 0: −2"
    page.keyboard.type("1/9")
    page.keyboard.press("Tab")
    assert focused(page) == "row 1, column 1: 0, centre"
    texts = ["-2.5", "0", "1", "1/9", "0", "2", "-1", "0", "1"]
    name, sent = page.evaluate("calls.at(-1)")
    assert name == "taps"
    assert sent == {"rows": 3, "columns": 3, "texts": texts, "divisor": "1", "offset": "0"}
    assert shown(page)[:4] == ["−2.5", "0", "1", "1/9"]


def test_a_number_is_sent_once_the_typing_rests(mounted):
    page = mounted(kernel())
    page.locator(".cell").nth(4).focus()
    page.keyboard.type("12")
    assert page.evaluate("calls") == []
    page.wait_for_function("() => calls.length === 1")
    assert page.evaluate("calls[0][1].texts[4]") == "12"
    page.keyboard.press("Escape")
    assert page.evaluate("calls.at(-1)[1].texts[4]") == "0"
    assert shown(page)[4] == "0"


def test_what_is_no_number_stays_and_is_not_sent(mounted):
    page = mounted(kernel())
    page.locator(".cell").first.focus()
    page.keyboard.type("1e")
    page.keyboard.press("Enter")
    sentence = page.locator(".wrong").first
    expect(sentence).to_have_text(
        "‘1e’ is not a number: write 3, −2.5 or 1/9.", use_inner_text=True
    )
    page.keyboard.press("Tab")
    assert focused(page) == "row 0, column 1: 0"
    assert page.locator(".cell").first.get_attribute("aria-invalid") == "true"
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    assert page.evaluate("calls.map(([name, { texts }]) => texts.slice(0, 2))") == [["-1", "4"]]
    # The echo of the other number leaves it alone.
    texts = ["-1", "4", *kernel()["texts"][2:]]
    page.evaluate("(data) => hand(data)", kernel(texts=texts, seen=1))
    assert shown(page)[0] == "1e" and sentence.is_visible()


def test_keys_step_clear_and_paint(mounted):
    page = mounted(kernel())
    page.locator(".cell").first.focus()
    for key in ("PageUp", "PageUp", "Shift+ArrowUp", "End", "PageDown", "ArrowDown", "Delete"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowDown")
    page.locator(".paint").fill("7")
    page.locator(".cell[tabindex='0']").focus()
    page.keyboard.press("Space")
    assert shown(page) == ["2", "0", "0", "−2", "0", "0", "−1", "0", "7"]


def test_a_fast_drag_paints_every_cell_that_it_passes_and_is_sent_once(mounted):
    page = mounted(kernel([["0"] * 5] * 5))
    page.locator(".toggle input").check()
    first, last = (page.locator(".cell").nth(at).bounding_box() for at in (10, 14))
    page.mouse.move(first["x"] + 9, first["y"] + 9)
    page.mouse.down()
    page.mouse.move(last["x"] + 9, last["y"] + 9)
    page.mouse.up()
    assert page.evaluate("calls.length") == 1
    assert page.evaluate("calls[0][1].texts.join('')") == f"{'0' * 10}{'1' * 5}{'0' * 10}"


def test_without_painting_a_drag_changes_nothing_and_a_click_selects(mounted):
    page = mounted(kernel())
    page.clock.install()
    page.locator(".cell").nth(2).click()
    assert focused(page) == "row 0, column 2: 1"
    page.locator(".cell").nth(3).drag_to(page.locator(".cell").nth(5))
    page.clock.run_for(1000)
    assert page.evaluate("calls") == []


PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  root.activeElement.dispatchEvent(paste);
}"""


def test_a_pasted_matrix_goes_to_python_and_a_pasted_number_into_its_cell(mounted):
    page = mounted(kernel())
    page.locator(".cell").first.focus()
    page.evaluate(PASTE, "[[1, 2],\n [3, 4]]")
    assert page.evaluate("calls") == [["paste", "[[1, 2],\n [3, 4]]"]]
    page.evaluate(PASTE, " −3 ")
    assert shown(page)[0] == "−3"
    error = "Row 1 has 1 number but row 0, the first, has 2."
    page.evaluate("(data) => hand(data)", kernel(error=error, seen=2))
    expect(page.locator(".error")).to_have_text(error, use_inner_text=True)


def test_only_those_acts_are_sent_that_are_possible(mounted):
    page = mounted(kernel(can=["rotate"]))
    for act in ("negate", "rotate", "rotate"):
        page.locator(f"[data-act={act}]").click(force=True)
    assert page.evaluate("calls") == [["act", "rotate"]] * 2
    assert focused(page) == "Turn by 90° clockwise"


def test_control_z_sends_what_was_typed_before_it_undoes(mounted):
    page = mounted(kernel())
    page.locator(".cell").first.focus()
    page.keyboard.press("PageUp")
    page.keyboard.press("Control+z")
    assert page.evaluate("calls.map(([name]) => name)") == ["taps", "act"]
    assert page.evaluate("calls[1][1]") == "undo"


def test_an_echo_leaves_a_half_typed_number_and_another_kernel_replaces_it(mounted):
    page = mounted(kernel())
    page.clock.install(time=0)
    page.clock.pause_at(10)  # else "12" is sent, too, where the machine is slow
    page.locator(".cell").first.focus()
    page.keyboard.type("1")
    page.clock.run_for(1000)
    assert page.evaluate("calls.length") == 1
    page.keyboard.type("2")
    page.evaluate("(data) => hand(data)", kernel(texts=["1", *kernel()["texts"][1:]], seen=1))
    assert page.locator(".over").input_value() == "12"
    assert focused(page) == "row 0, column 0 (top left)"
    page.evaluate("(data) => hand(data)", kernel([["5", "6"], ["7", "8"]], seen=1))
    expect(page.locator(".over")).to_be_hidden()
    assert shown(page) == ["5", "6", "7", "8"]
    assert focused(page) == "row 0, column 0 (top left): 5, centre"
    page.clock.run_for(1000)
    assert page.evaluate("calls.length") == 1


def test_divisor_and_offset_are_sent_with_the_numbers(mounted):
    page = mounted(kernel())
    page.locator(".divisor").fill("0")
    page.keyboard.press("Enter")
    expect(page.locator(".wrong").first).to_contain_text("divided by 0", use_inner_text=True)
    assert page.evaluate("calls") == []
    page.locator(".divisor").fill("1/2")
    page.keyboard.press("Tab")
    page.keyboard.type("128")
    page.keyboard.press("Enter")
    sent = page.evaluate("calls.map((call) => [call[1].divisor, call[1].offset])")
    assert sent == [["1/2", "0"], ["1/2", "128"]]


def test_after_the_last_cleanup_nothing_listens_any_more(mounted):
    page = mounted(kernel())
    page.clock.install()
    page.evaluate("root.host.remove(); first()")
    page.clock.run_for(1000)
    page.evaluate("document.body.append(root.host)")
    page.locator(".cell").first.focus()
    page.keyboard.press("PageUp")
    page.clock.run_for(1000)
    assert page.evaluate("calls") == []
