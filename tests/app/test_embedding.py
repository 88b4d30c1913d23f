"""A page inside another one: what its address leaves out, and the code that puts it there."""

from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from app.page.embedding import snippet
from app.screens.sliding_window.state import PAGE
from tests.components_of import components_of


def opened(**address: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.query_params.update(address)
    at.run()
    assert not at.exception
    return at


def labels(at: AppTest) -> set[str]:
    kinds = (at.selectbox, at.toggle, at.number_input, at.button, at.button_group)
    return {box.label for kind in kinds for box in kind if box.label}


def test_a_frame_has_neither_heading_nor_share_and_keeps_its_address():
    at = opened(embed="1", hide="example,op", size="6x6")
    assert labels(at).isdisjoint({"Example", "Layer", "Present", "Add to my talk"})
    assert "Predict, then reveal" in labels(at)
    assert at.query_params["hide"] in ("example,op", ["example,op"])
    at.toggle(key="sliding_predict").set_value(True).run()
    assert not at.exception
    assert at.query_params["hide"] in ("example,op", ["example,op"])
    assert "Example" not in labels(at)


def test_a_frame_can_hold_the_picture_alone():
    at = opened(embed="1", hide="all")
    assert labels(at) == set()
    assert "stage" in {
        component.proto.component_name.split(".")[-1] for component in components_of(at)
    }


def test_without_embed_nothing_is_hidden():
    at = opened(hide="example")
    assert {"Example", "Present"} <= labels(at)
    assert "hide" not in at.query_params


@pytest.mark.parametrize("path", ["", "quiz"])
def test_an_unknown_name_is_said_and_passed_over(path):
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.query_params.update({"embed": "1", "hide": "cooking,step"})
    if path:
        at.switch_page(f"screens/{path}/{path}.py")
    at.run()
    assert not at.exception
    said = " ".join(info.value for info in at.info)
    assert "“cooking” is not a control of this page, so nothing is hidden for it." in said
    assert ("“step”" in said) == bool(path)


def test_a_drawer_whose_boxes_are_all_hidden_is_left_out():
    numbers = ("cin", "cout", "groups", "bias")
    assert PAGE.without(numbers).is_bare("channels")
    assert not PAGE.without(numbers[1:]).is_bare("channels")
    assert PAGE.without(("all",)).is_bare() and not PAGE.is_bare()
    assert not PAGE.without(numbers).offers("cin") and PAGE.offers("cin")


def test_the_code_opens_what_it_was_copied_from():
    settings = {"x": "1 2_3 4", "size": "2x2"}
    code = snippet("https://a.org/", settings, ("example", "op"), "Sliding window")
    address = urlsplit(unescape(code.split('src="')[1].split('"')[0]))
    assert dict(parse_qsl(address.query)) == {"embed": "1", "hide": "example,op", **settings}
    assert ' title="Sliding window · Slide &amp; Sum"' in code
