"""What the components share: encoder, joiner of parts, palette; and that the stage mounts."""

import base64
import json
import math
import re
import zlib
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import expect
from streamlit.testing.v1 import AppTest

from app.components.assets import ComponentText, component_text, joined
from app.components.palette import ROLES, TINT, css_variables
from app.components.payload import encode
from app.components.stage import PARTS, STYLES
from app.drawings.cells import LIGHT
from tests.mounted_stage import FIXTURES, STAGE, load, mount_stage
from tests.sampled import every_third

# --- the encoder ---


def test_arrays_become_shape_and_flat_values():
    data = {
        "x": np.arange(6.0).reshape(1, 2, 3) / 2,
        "n": np.array([1, 2]),
        "mask": np.array([True]),
        "small": np.float32(0.5),
    }
    assert encode(data) == {
        "x": {"shape": [1, 2, 3], "values": [0, 0.5, 1, 1.5, 2, 2.5]},
        "n": {"shape": [2], "values": [1, 2]},
        "mask": {"shape": [1], "values": [True]},
        "small": 0.5,
    }


def test_a_transposed_array_is_read_row_by_row():
    assert encode({"x": np.array([[1, 2], [3, 4]]).T})["x"] == {
        "shape": [2, 2],
        "values": [1, 3, 2, 4],
    }


def test_an_infinity_inside_an_array_is_an_empty_cell():
    assert encode({"x": np.array([-np.inf, 0.0, np.nan, np.inf])})["x"]["values"] == [
        None,
        0,
        None,
        None,
    ]


def test_everything_is_a_plain_python_type():
    encoded = encode(
        {
            "step": np.int64(3),
            "pad": (np.int32(1), 2.0),
            "deep": {"list": [np.float64(1.5), None, "a", np.True_]},
        }
    )
    assert encoded == {"step": 3, "pad": [1, 2], "deep": {"list": [1.5, None, "a", True]}}
    assert {type(value) for value in [encoded["step"], *encoded["pad"]]} == {int}
    assert type(encoded["deep"]["list"][3]) is bool
    json.dumps(encoded, allow_nan=False)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"step": float("nan")}, "step: nan is not a finite number"),
        ({"bias": [1, float("inf")]}, r"bias\[1\]: inf is not a finite number"),
        ({"z": np.array([1j])}, "z: an array of complex128 cannot be sent"),
        ({"words": np.array(["a"])}, "words: an array of"),
        ({"f": {"x": object()}}, r"f\.x: a object cannot be sent"),
        ({"f": {1: 2}}, "f: the key 1 is a int, not a text"),
        ({"raw": b"bytes"}, "raw: a bytes cannot be sent"),
    ],
)
def test_anything_else_is_refused_by_name(data, words):
    with pytest.raises(TypeError, match=words):
        encode(data)


# --- the joiner ---


def parts_in(folder: Path, **parts: str) -> list[str]:
    for name, text in parts.items():
        (folder / f"{name}.mjs").write_text(text, encoding="utf-8")
    return [f"{name}.mjs" for name in parts]


def test_parts_are_joined_without_their_imports_and_comments(tmp_path):
    parts = parts_in(
        tmp_path,
        a="// A comment.\nexport const one = 1;\n",
        b="import { one } from './a.mjs';\n"
        "export default function mount() {\n  // why\n  return `${one} // not a comment`;\n}\n",
    )
    assert joined(tmp_path, parts).splitlines() == [
        "export const one = 1;",
        "export default function mount() {",
        "return `${one} // not a comment`;",
        "}",
    ]


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("const x = 1;", "function x() {}\nexport default 1;", "b.mjs and a.mjs both declare x"),
        ("const w = 1, x = 2;", "const x = 3;\nexport default 1;", "both declare x"),
        ("export const { x } = y;", "export class x {}\nexport default 1;", "both declare x"),
        (
            "import { y } from './b.mjs';",
            "export const y = 1;\nexport default 1;",
            "a.mjs imports b.mjs, which must be listed before",
        ),
        ("import * as z from '../z.mjs';", "export default 1;", "a.mjs has a relative import"),
        ("const z = await import('./z.mjs');", "export default 1;", "a.mjs has a relative import"),
        ("const a = 1;", "const b = 1;", "exactly one part must have an export default"),
        ("export default 1;", "export default 2;", "exactly one part must have an export default"),
    ],
)
def test_what_cannot_be_joined_is_refused(tmp_path, first, second, words):
    with pytest.raises(ValueError, match=words):
        joined(tmp_path, parts_in(tmp_path, a=first + "\n", b=second + "\n"))


@pytest.fixture(scope="module")
def stage_text() -> ComponentText:
    return component_text(STAGE, PARTS, STYLES)


def test_every_part_of_the_stage_is_joined():
    assert sorted(part for part in PARTS if "/" not in part) == sorted(
        path.name for path in STAGE.glob("*.mjs")
    )


def test_the_stage_is_small(stage_text):
    assert len(stage_text.js.encode()) < 90_000


def test_the_stage_unpacks_to_its_parts_and_its_style(stage_text):
    packed = re.search(r"text = '(.+)'", stage_text.js).group(1)
    source = zlib.decompress(base64.b85decode(packed), -zlib.MAX_WBITS).decode()
    assert source.startswith(joined(STAGE, PARTS)) and source.endswith("sourceURL=stage.mjs\n")
    worn = json.loads(re.search(r"^export const css = (.+);$", source, re.MULTILINE).group(1))
    assert worn.endswith(stage_text.css)
    assert not re.search(r"""(from|import\()\s*['"]\.""", source)


def test_no_style_is_sent_with_a_change():
    """A browser has it from the module, which it fetches once; each message would bring it anew."""
    at = AppTest.from_file("../../app/main.py", default_timeout=120).run()
    sent = [part.proto for part in at.get("bidi_component")]
    assert len(sent) > 2 and all(len(part.css_content) < 40 for part in sent)


# --- the palette ---

PAGES = {"light": ("#ffffff", "#31333f"), "dark": ("#0e1117", "#fafafa")}
TEXT_ROLES = [role for role in ROLES if not role.startswith("window-")]


def linear(colour: str) -> np.ndarray:
    channels = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, (lighter + 0.05) / (darker + 0.05), of the luminances."""
    luminances = sorted(float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other))
    return (luminances[1] + 0.05) / (luminances[0] + 0.05)


def over(colour: str, page: str, share: float) -> str:
    mixed = [
        round(share * int(colour[i : i + 2], 16) + (1 - share) * int(page[i : i + 2], 16))
        for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", PAGES)
@pytest.mark.parametrize("role", TEXT_ROLES)
def test_a_role_can_be_read_as_text_and_under_text(role, theme):
    page, text = PAGES[theme]
    colour = getattr(ROLES[role], theme)
    assert contrast(colour, page) >= 4.5
    assert contrast(text, over(colour, page, TINT)) >= 4.5


@pytest.mark.parametrize("theme", PAGES)
def test_the_window_stands_out_from_page_and_tint(theme):
    page, _ = PAGES[theme]
    line, casing = (getattr(ROLES[role], theme) for role in ("window-line", "window-casing"))
    assert contrast(line, casing) >= 3
    grounds = [page, over(getattr(ROLES["input"], theme), page, TINT)]
    assert all(max(contrast(line, ground), contrast(casing, ground)) >= 3 for ground in grounds)


# F. Vienot, H. Brettel, J. Mollon (1999): what the two common kinds of colour blindness leave of
# linear RGB.
COLOUR_BLIND = {
    "protan": np.array([[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]]),
    "deutan": np.array([[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]]),
}


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = (
        np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
        @ rgb
        / [0.9505, 1, 1.089]
    )
    x, y, z = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("theme", PAGES)
@pytest.mark.parametrize("kind", COLOUR_BLIND)
def test_neighbouring_roles_stay_apart_for_colour_blind_eyes(kind, theme):
    seen = {
        role: lab(np.clip(COLOUR_BLIND[kind] @ linear(getattr(tone, theme)), 0, 1))
        for role, tone in ROLES.items()
    }
    close = [
        pair
        for pair in [*combinations(("input", "kernel", "output"), 2), ("positive", "negative")]
        if np.linalg.norm(seen[pair[0]] - seen[pair[1]]) < 15
    ]
    assert not close


def test_css_and_javascript_use_the_palette():
    assert css_variables().count("light-dark(") == len(ROLES)
    tints = (STAGE / "tints.mjs").read_text(encoding="utf-8")
    assert f"const TINT = {TINT};" in tints
    lights = ", ".join(f"{plane}: {list(light)}" for plane, light in LIGHT.items())
    assert f"const LIGHT = {{ {lights} }};" in tints
    styles = "".join((STAGE / style).read_text(encoding="utf-8") for style in STYLES)
    used = set(re.findall(r"--ss-([\w-]+)", styles))
    assert used <= set(ROLES)


# --- the stage in a real browser ---


@pytest.fixture
def mounted(blank_page):
    """Mount a payload in a plain page; whatever the test does, nothing is logged as an error."""
    return partial(mount_stage, blank_page)


NAMES = sorted(path.stem for path in FIXTURES.glob("*.json"))


@pytest.mark.parametrize("name", every_third(NAMES))
def test_every_sample_layer_is_drawn_and_agrees_with_its_output(mounted, name):
    data = load(name)
    page = mounted(data)
    layers, shape = data["layers"], data["layers"][0]["output"]["shape"]
    expect(page.locator(".panel.output")).to_have_count(len(layers) * shape[0])
    expect(page.locator(".count")).to_have_text(
        f"step {data['step'] + 1} of {math.prod(shape)}", use_inner_text=True
    )
    expect(page.locator(".difference")).to_be_hidden()
    readout = page.locator(".readout").bounding_box()
    assert readout["y"] + readout["height"] <= page.viewport_size["height"]
    assert page.evaluate("calls") == []


def test_a_phone_needs_no_sideways_scrolling(mounted):
    page = mounted(load("rgb"), width=358)
    assert page.evaluate("document.documentElement.scrollWidth <= 390")


def test_keys_step_and_the_step_is_committed_once_they_rest(mounted):
    page = mounted(load("textbook"))
    page.locator("[data-act=play]").focus()
    for key in ("ArrowRight", "PageDown", "ArrowDown", "ArrowLeft"):
        page.keyboard.press(key)
    expect(page.locator(".count")).to_have_text("step 5 of 9", use_inner_text=True)
    page.wait_for_function("() => calls.length > 0")
    assert page.evaluate("calls") == [["step", 4]]


def test_hovering_an_output_cell_shows_its_window_and_leaves_the_step(mounted):
    page = mounted(load("textbook"))
    page.locator(".output rect").nth(5).hover()
    readout = page.locator(".readout")
    expect(readout).to_have_text(
        "Output row 1, column 2: window rows 1–3, columns 2–4; 9 products sum to 19."
    )
    page.locator(".input rect").nth(0).hover()
    expect(readout).to_have_text("Input row 0, column 0 (top left): 3; used by 1 output cell.")
    page.locator(".kernel rect").nth(0).hover()
    expect(page.locator(".readout")).to_contain_text("used 9 times", use_inner_text=True)
    page.mouse.move(1, 700)
    expect(page.locator(".count")).to_have_text("step 1 of 9", use_inner_text=True)
    expect(page.locator(".readout")).to_contain_text("row 0, column 0", use_inner_text=True)


def test_a_term_lights_its_part_of_the_picture_and_a_cell_its_term(mounted):
    page = mounted(load("strided"))
    lit = "Boolean(root.querySelector('.panel.input .lit').getAttribute('d'))"
    assert page.evaluate(lit) is False
    page.locator(".term[data-role=padding]").first.hover()
    page.wait_for_function(lit)
    page.locator(".input rect").nth(0).hover()
    expect(page.locator(".term.on").first).to_have_attribute("data-role", "padding")


def test_a_typed_cell_is_sent_and_bad_text_is_not(mounted):
    page = mounted(load("strided"))
    page.locator(".input rect").nth(7).click()
    page.keyboard.type("abc")
    page.keyboard.press("Enter")
    expect(page.locator(".wrong")).to_be_visible()
    assert page.evaluate("calls") == []
    page.locator(".edit").fill("-1/4")
    page.keyboard.press("Enter")
    assert page.evaluate("calls") == [
        ["edit", {"target": "input", "index": [0, 0, 0], "value": -0.25}]
    ]
    assert page.locator(".edit").input_value() == "5"
    page.keyboard.press("Escape")
    expect(page.locator(".edit")).to_be_hidden()


def test_a_rerun_keeps_the_play_state_and_the_focus(mounted):
    data = load("textbook")
    page = mounted(data)
    # Time stands still but where the test lets it pass: no playing ends before it is looked at.
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)
    page.locator("select").select_option("8")
    page.locator("[data-act=play]").click()
    while page.locator(".count").inner_text() == "step 1 of 9":
        page.clock.run_for(100)
    page.evaluate("(data) => { window.second = mount(component(data)); first(); }", data)
    page.clock.run_for(50)
    expect(page.locator(".stage.playing")).to_have_count(1)
    assert page.evaluate("root.activeElement.dataset.act") == "play"
    assert page.locator(".count").inner_text() != "step 1 of 9"
    page.clock.run_for(30_000)
    expect(page.locator(".count")).to_have_text("step 9 of 9")
    expect(page.locator(".playing")).to_have_count(0)
    assert page.evaluate("calls") == [["step", 8]]


def test_a_new_step_from_outside_is_adopted_and_a_smaller_layer_clamps_it(mounted):
    page = mounted(load("textbook"))
    page.evaluate("(data) => mount(component(data))", {**load("textbook"), "step": 7})
    expect(page.locator(".count")).to_have_text("step 8 of 9", use_inner_text=True)
    page.evaluate("(data) => mount(component(data))", {**load("strided"), "step": 7})
    expect(page.locator(".count")).to_have_text("step 4 of 4", use_inner_text=True)


def test_a_wrong_output_cell_is_said_and_not_hidden(mounted):
    data = load("textbook")
    data["layers"][0]["output"]["values"][0] = 99
    page = mounted(data)
    assert (
        page.locator(".difference").inner_text()
        == "The products shown here give 12, but the layer computed 99."
    )


def test_poolings_side_by_side_share_window_step_and_marks(mounted):
    page = mounted(load("pools"))
    assert page.locator(".panel.output .label").first.text_content() == "▲ Max"
    expect(page.locator(".win").filter(has_text="▼")).to_have_count(2)
    page.locator(".panel.output").nth(3).locator("rect").nth(1).hover()
    expect(page.locator(".readout")).to_contain_text("median 5.5", use_inner_text=True)
    page.locator("[data-act=last]").click()
    assert page.locator(".channel .total .piece.output").all_text_contents() == [
        "= 4", "= 2", "= 0", "= 2", "≈ 5.099",
    ]  # fmt: skip


def test_a_wrong_number_of_any_pooling_is_said(mounted):
    data = load("pools")
    data["layers"][3]["output"]["values"][0] = 99
    said = mounted(data).locator(".difference").inner_text()
    assert said == "The products shown here give 3, but the layer computed 99."


def test_a_secret_is_nowhere_on_the_page_until_it_is_revealed(mounted):
    page = mounted({**load("pools"), "predict": True})
    page.locator(".panel.output").first.locator("rect").first.hover()
    shown = page.locator(".stage").inner_text()
    assert "7.937" not in shown and "3.25" not in shown and "= 6" not in shown
    expect(page.locator(".panel.output .secret")).to_have_count(5 * 4)
    page.locator(".reveal").click()
    expect(page.locator(".panel.output .secret")).to_have_count(5 * 3)
    expect(page.locator(".stage")).to_contain_text("7.937", use_inner_text=True)
    # A rerun with the same numbers keeps it; other numbers ask again.
    page.evaluate("(data) => mount(component(data))", {**load("pools"), "predict": True})
    expect(page.locator(".panel.output .secret")).to_have_count(5 * 3)
    changed = {**load("pools"), "predict": True}
    changed["layers"][0]["output"]["values"][3] = 4.5
    page.evaluate("(data) => mount(component(data))", changed)
    expect(page.locator(".panel.output .secret")).to_have_count(5 * 4)


def test_after_the_last_cleanup_nothing_listens_any_more(mounted):
    page = mounted({**load("textbook"), "present": True})
    page.keyboard.press("ArrowRight")
    expect(page.locator(".count")).to_have_text("step 2 of 9", use_inner_text=True)
    page.evaluate("root.host.remove(); first()")
    page.evaluate("new Promise((done) => setTimeout(done))")  # the cleanup's own timer is over
    page.evaluate("document.body.append(root.host)")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".count")).to_have_text("step 2 of 9", use_inner_text=True)
