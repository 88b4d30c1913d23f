"""One page drawn in several places of a screen: each has its own view, controls and commits."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from app.page.styled import Style
from app.screens.sliding_window.state import PAGE


@pytest.fixture
def lesson() -> AppTest:
    at = AppTest.from_file("../two_places.py", default_timeout=120)
    at.query_params["lesson"] = "7"
    at.run()
    assert not at.exception
    return at


def payload(at: AppTest, key: str) -> dict:
    parts = at.get("bidi_component")
    proto = next(part.proto for part in parts if part.proto.id.endswith(f"-{key}"))
    return json.loads(proto.mixed.json or proto.json)


def shapes(at: AppTest) -> dict[str, list[int]]:
    """The output of each stage."""
    keys = ("one_sliding_stage", "two_sliding_stage", "one_pooling_stage", "two_pooling_stage")
    return {key: payload(at, key)["layers"][0]["output"]["shape"] for key in keys}


def test_only_the_chosen_controls_are_offered(lesson):
    boxes = (*lesson.number_input, *lesson.text_area, *lesson.selectbox, *lesson.toggle)
    assert {box.key for box in boxes} == {
        *(f"one_sliding_{key}" for key in ("stride_0", "stride_1", "step", "x_text")),
        *(f"two_sliding_{key}" for key in ("kernel_0", "kernel_1", "padding_form")),
        *(f"two_sliding_{key}" for key in ("padding_0", "padding_1")),
    }
    assert [group.key for group in lesson.button_group] == ["one_pooling_kinds"]


def test_a_control_moves_its_own_place_alone_and_no_address(lesson):
    before = shapes(lesson)
    assert before["one_sliding_stage"] == before["two_sliding_stage"] == [1, 3, 3]
    lesson.number_input(key="one_sliding_stride_0").set_value(2).run()
    assert shapes(lesson) == before | {"one_sliding_stage": [1, 2, 3]}
    lesson.number_input(key="two_sliding_kernel_0").set_value(2).run()
    assert shapes(lesson) == before | {
        "one_sliding_stage": [1, 2, 3],
        "two_sliding_stage": [1, 4, 3],
    }
    assert dict(lesson.query_params) == {"lesson": "7"}


def test_what_stands_beside_a_view_belongs_to_its_place(lesson):
    assert not payload(lesson, "one_sliding_stage")["predict"]
    assert payload(lesson, "two_sliding_stage")["predict"]


def test_a_choice_that_adds_a_picture_adds_it_in_one_place(lesson):
    lesson.button_group(key="one_pooling_kinds").set_value(["max", "avg"]).run()
    kinds = {key: len(payload(lesson, key)["layers"]) for key in shapes(lesson)}
    assert (kinds["one_pooling_stage"], kinds["two_pooling_stage"]) == (2, 1)


def test_a_text_that_cannot_be_read_is_said_where_it_was_typed(lesson):
    lesson.text_area(key="one_sliding_x_text").set_value("1 2\n3 x").run()
    assert len(lesson.error) == 1 and lesson.text_area(key="one_sliding_x_text").value == "1 2\n3 x"
    lesson.text_area(key="one_sliding_x_text").set_value("1 2 3\n4 5 6\n7 8 9").run()
    assert not lesson.error
    assert payload(lesson, "one_sliding_stage")["input"]["shape"] == [1, 3, 3]
    assert payload(lesson, "two_sliding_stage")["input"]["shape"] == [1, 5, 5]


def test_the_steps_of_two_places_go_on_by_themselves(lesson):
    lesson.number_input(key="one_sliding_step").set_value(4).run()
    assert payload(lesson, "one_sliding_stage")["step"] == 4
    assert payload(lesson, "two_sliding_stage")["step"] == 0


def test_components_of_two_places_commit_under_their_own_names(lesson):
    assert payload(lesson, "one_sliding_stage")["commits"]["of"] == "one_sliding_stage"
    assert payload(lesson, "two_sliding_stage")["commits"]["of"] == "two_sliding_stage"


def changing() -> None:
    import streamlit as st

    from app.page.browser import end_run, start_run
    from app.page.workbench import draw
    from app.screens.sliding_window.screen import SCREEN
    from app.screens.sliding_window.state import PAGE

    start_run()
    stride = "2x2" if st.checkbox("Next") else "1x1"
    draw(SCREEN, PAGE.at("talk", PAGE.settle({"stride": stride})[0], controls=("stride",)))
    end_run()


def test_another_view_at_the_same_place_starts_it_anew():
    at = AppTest.from_function(changing, default_timeout=120).run()
    at.number_input(key="talk_sliding_stride_0").set_value(3).run()
    assert at.number_input(key="talk_sliding_stride_0").value == 3
    at.checkbox[0].check().run()
    assert not at.exception
    assert [box.value for box in at.number_input] == [2, 2]
    at.number_input(key="talk_sliding_stride_1").set_value(1).run()
    assert [box.value for box in at.number_input] == [2, 1]


def test_a_control_that_the_page_has_not_is_refused_with_those_that_it_has():
    view, _ = PAGE.settle({})
    with pytest.raises(ValueError, match="sliding has no control zoom; it has example, x_text,"):
        PAGE.at("one", view, controls=("zoom",))
    with pytest.raises(ValueError, match="letters and digits"):
        PAGE.at("one two", view)


def test_no_style_is_the_beginning_of_another_as_the_sheets_find_them_by_a_part():
    names = Style.__args__
    assert not [(one, two) for one in names for two in names if one != two and two.startswith(one)]
