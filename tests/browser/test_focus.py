"""Whoever goes by keys sees where they are: on every page, in both themes, in forced colours."""

import pytest

from tests.browser.accessible_states import drawn
from tests.browser.focus_rings import lost_rings
from tests.browser.runs import wait_until_idle

pytestmark = pytest.mark.browser
DESK, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
THEMES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}
# By address, the part of the page that comes last.
SCREENS = {
    "/": "stage",
    "/?example=rgb": "stage",
    "/?example=no-checkerboard&step=5": "stage",
    "/?example=causal": "stage",
    "/?look=use": "connections",
    "/?look=matrix": "connections",
    "/?look=lines": "connections",
    "/?look=ways&example=checkerboard": "connections",
    "/?look=count": "counting",
    "/?present=1": "stage",
    "/pooling?kinds=max.avg": "stage",
    "/pooling?look=photo": "gallery",
    "/pooling?look=shift": "rows",
    "/channels": "stage",
    "/channels?look=weights": "tensor",
    "/channels?look=mix": "gallery",
    "/channels?look=dense": "tensor",
    "/picture?kernel=gaussian&ksize=7x7&curtain=1": "loupe",
    "/picture?look=bank": "gallery",
    "/picture?look=border": "gallery",
    "/sizes": "scale",
    "/sizes?look=solver": "answers",
    "/networks": "layers",
    "/networks?look=unit": "field",
    "/quiz?q=output_size.2.3.1": "quiz",
    "/make_a_set": "set",
    "/course": "step",
    "/talks?talk=padding&scene=4&present=1": "stage",
}
CURTAIN = "/picture?kernel=gaussian&ksize=7x7&curtain=1"
FIRST = {"light": "/", "dark": CURTAIN, "forced": "/?present=1"}


@pytest.mark.parametrize(("theme", "address"), FIRST.items())
def test_whatever_has_the_focus_is_seen_to_have_it(new_page, theme, address):
    page = new_page(**THEMES[theme])
    page.goto(address)
    drawn(page, SCREENS[address])
    wait_until_idle(page)
    assert lost_rings(page) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("theme", "size"), [*((theme, DESK) for theme in THEMES), ("light", PHONE)]
)
def test_it_is_seen_on_every_page_at_a_desk_and_on_a_phone(new_page, theme, size):
    page, faults = new_page(viewport=size, **THEMES[theme]), {}
    for address, part in SCREENS.items():
        # A phone presents to nobody; there the list of kernels that stays in sight lies over what
        # is gone back to with a keyboard.
        if size == PHONE and ("present=1" in address or address.startswith("/picture")):
            continue
        page.goto(address)
        drawn(page, part)
        wait_until_idle(page)
        faults[address] = lost_rings(page)
    assert {address: found for address, found in faults.items() if found} == {}
