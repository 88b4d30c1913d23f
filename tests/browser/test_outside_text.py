"""Words from outside are shown letter by letter, and no stranger's server is asked for anything."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from app.pictures.samples import ASSETS
from tests.sampled import sampled

WORDS = (
    "![](//a.invalid/b)",
    "[a](//a.invalid/b)",
    "<img src=//a.invalid",
    "https://a.invalid/b",
    "www.a.invalid",
    ":material/home:",
    "$x^2$ `b` **c**",
    "</style><b>",
)
"""Each means something in Markdown or HTML; short enough to be quoted whole."""
MEANT = "a[href*=invalid], [src*=invalid], .katex, [data-testid=stAlert] :is(a, img, b, strong, em)"
"""What would be on the page if somebody read such words as they are meant."""


@pytest.fixture
def asked(page, server):
    """What was asked of any server but our own."""
    found = []

    def note(request):
        if not request.url.startswith((server.url, "data:", "blob:")):
            found.append(request.url)

    page.on("request", note)
    yield found
    assert found == []


def expect_letter_by_letter(page: Page, *words: str) -> None:
    for word in words:
        expect(page.get_by_test_id("stAlert").filter(has_text=word).first).to_be_visible()
    expect(page.locator(MEANT)).to_have_count(0)


@pytest.mark.parametrize(
    "page_and_names",
    sampled(
        [
            "/ example op size stride padding dilation x present",
            "/picture picture kernel kset padding mode mix row bank",
            "/pooling example kinds size padding look row to times",
            "/channels look picture row size mix dense x groups",
            "/sizes size kernel op look convention want times groups",
            "/quiz topic mode present a b c d e",
            "/talks talk scene present a b c d e",
            "/make_a_set n present a b c d e f",
        ],
        0,
    ),
)
def test_a_link_is_quoted_letter_by_letter(page, open_page, asked, page_and_names):
    path, *names = page_and_names.split()
    link = dict(zip(names, WORDS, strict=True)) | dict.fromkeys(WORDS, "1")
    open_page(page, f"{path}?{urlencode(link)}")
    expect_letter_by_letter(page, *WORDS)


@pytest.mark.parametrize("width, height", sampled([(1280, 720), (390, 800)], 1))
def test_in_the_presenter_view_a_sentence_covers_nothing(new_page, open_page, width, height):
    page = open_page(
        new_page(viewport={"width": width, "height": height}), "/?present=1&kernel=9x9&colour=red"
    )
    note = page.locator("[class*=styled-notes]")
    expect(note).to_contain_text("Kernel width 9 is not possible here")
    expect(page.locator(".st-key-sliding_stage")).to_be_visible()
    strip, stage = note.bounding_box(), page.get_by_test_id("stMain").bounding_box()
    assert stage["y"] + stage["height"] <= strip["y"]
    assert strip["y"] + strip["height"] <= height
    # And the stage has come to rest below it.
    assert page.locator(".stage .picture").bounding_box()["height"] < height


@pytest.mark.long
def test_what_is_typed_is_quoted_letter_by_letter(page, open_page, asked):
    open_page(page, "/")
    page.get_by_text("Type or paste numbers").click()
    box = page.get_by_role("textbox", name="Input numbers")
    for word in WORDS:
        first, *_ = word.split()
        box.fill(f"1 2 {first}")
        box.press("Control+Enter")
        # A sentence may quote less than all of it.
        expect(page.get_by_test_id("stAlert").first).to_be_visible()
        expect(page.locator(MEANT)).to_have_count(0)


@pytest.mark.long
def test_a_files_name_is_shown_letter_by_letter(page, open_page, asked):
    name = "![](__a.invalid_b) $x^2$ **c** :material_home:.png"
    open_page(page, "/picture")
    page.get_by_text("Your own photograph").click()
    file = {"name": name, "mimeType": "image/png", "buffer": b"no picture"}
    page.locator("input[type=file]").set_input_files(file)
    expect_letter_by_letter(page, name)
    picture = (ASSETS / "brick.png").read_bytes()
    page.locator("input[type=file]").set_input_files({**file, "buffer": picture})
    pictures = page.get_by_role("combobox", name="Picture")
    expect(pictures).to_have_value(name)
    pictures.click()
    expect(page.get_by_role("option", name=name)).to_be_visible()
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    expect(page.locator(MEANT)).to_have_count(0)


def test_a_pasted_link_is_quoted_letter_by_letter(page, open_page, asked):
    open_page(page, "/quiz?mode=set")
    box = page.get_by_label("Or the link of a set")
    box.fill("?from=macs.1&n=![](//a.invalid/b)")
    box.press("Enter")
    expect_letter_by_letter(page, "![](//a.invalid/b)")


@pytest.mark.long
def test_a_students_name_is_shown_letter_by_letter(page, open_page, asked):
    open_page(page, "/make_a_set?set=1&from=macs.1&n=1&own=1")
    box = page.get_by_label("Files for these students")
    box.fill(WORDS[0])
    box.press("Control+Enter")
    expect(page.get_by_text(f"Questions of {WORDS[0]}")).to_be_visible()
    expect(page.locator(MEANT)).to_have_count(0)
