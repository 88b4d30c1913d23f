"""The app in a real browser: its bar and menu, the ways past them, light and dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.runs import eventually
from tests.sampled import sampled

PAGES = {
    "/course": "Course",
    "/": "Sliding window",
    "/picture": "Picture",
    "/pooling": "Pooling",
    "/channels": "Channels",
    "/sizes": "Sizes",
    "/networks": "Networks",
    "/quiz": "Quiz",
    "/talks": "Talks",
    "/make_a_set": "Make a set",
}
FOR_TEACHERS = ("/talks", "/make_a_set")
BACKGROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 19, 20)"}
LABS = ("/", "/picture", "/pooling", "/channels")


@pytest.mark.long
@pytest.mark.parametrize("path", sampled(["/", "/channels"], 1))
def test_the_bar_has_the_whole_name(page, open_page, path):
    open_page(page, path)
    name = page.locator(":has(> [data-testid=stHeaderLogo])").last
    said = name.evaluate("(node) => getComputedStyle(node, '::before').content")
    assert said.startswith('"Slide"')

    def is_whole() -> None:
        assert name.bounding_box()["width"] > 90

    eventually(page, is_whole)


@pytest.mark.parametrize("path", sampled(LABS, 1))
def test_a_link_leads_past_the_controls_to_the_picture(page, open_page, path):
    open_page(page, path)
    expect(page.locator(".stage .panel, .loupe canvas").first).to_be_visible()
    link = page.get_by_role("link", name="Skip to the picture")
    expect(link).not_to_be_in_viewport()
    link.focus()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    component = page.locator("[data-testid=stBidiComponentIsolated]:focus-within")
    # The stage's own settings are the first of it, the loupe's pictures.
    expect(component.locator(".strip :focus, [tabindex='0']:focus")).to_have_count(1)


def test_a_link_leads_past_the_controls_to_the_question(page, open_page):
    open_page(page, "/quiz")
    expect(page.locator(".st-key-quiz_boxes input").first).to_be_focused()
    link = page.get_by_role("link", name="Skip to the question")
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".st-key-quiz_boxes input").first).to_be_focused()


def test_the_menus_lead_to_other_pages_and_themes_and_nothing_comes_from_another_server(
    page, open_page, wait_until_idle, server
):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, "/")
    menu = page.get_by_test_id("stTopNavLink")
    expect(menu).to_have_text([title for path, title in PAGES.items() if path not in FOR_TEACHERS])
    menu.filter(has_text="Picture").click()
    expect(page).to_have_url(re.compile(r"/picture(\?|$)"))
    expect(page).to_have_title("Picture · Slide & Sum")
    wait_until_idle(page)
    menu.filter(has_text="Sliding window").click()
    expect(page).to_have_url(re.compile(r":\d+/(\?|$)"))
    wait_until_idle(page)
    page.get_by_test_id("stMainMenu").get_by_role("button").click()
    choices = page.get_by_test_id("stThemeSwitcher").get_by_role("menuitemradio")
    expect(choices).to_have_count(3)
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUND["light"])
    choices.filter(has_text="Dark").click()
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUND["dark"])
    assert asked
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []


@pytest.mark.long
def test_teachers_have_a_corner_of_the_menu(page, open_page):
    open_page(page, "/quiz")
    entry = page.get_by_role("menuitem", name="Talks")
    expect(entry).to_have_count(0)
    page.get_by_test_id("stTopNavSection").get_by_text("For teachers", exact=True).click()
    entry.click()
    expect(page.locator("h1")).to_have_text("Talks")


@pytest.mark.parametrize("scheme", sampled(BACKGROUND, 1))
def test_the_system_chooses_light_or_dark_and_the_page_link_with_the_focus_is_outlined(
    new_page, open_page, scheme
):
    page = open_page(new_page(color_scheme=scheme), "/")
    expect(page.get_by_test_id("stApp")).to_have_css("background-color", BACKGROUND[scheme])
    page.keyboard.press("Tab")  # Streamlit's own link to the main part
    for path, name in PAGES.items():
        if path in FOR_TEACHERS:
            continue
        page.keyboard.press("Tab")
        link = page.get_by_test_id("stTopNavLink").filter(has_text=name)
        expect(link).to_be_focused()
        expect(link).to_have_css("outline-style", "solid")
        expect(link).to_have_css("outline-width", "2px")
