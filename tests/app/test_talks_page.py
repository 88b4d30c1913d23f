"""Talks: the ready ones hold what they promise, and the page keeps, orders and presents them."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app.screens import FIRST, TITLES
from app.screens.talks.scenes import boxes_of, has_answer, hideable, says_of
from lessons.talks.linter import faults, scene_faults
from lessons.talks.loader import ready_talks
from lessons.talks.talk import FIRST_PAGE, MOST_SCENES, PAGES, Scene, Talk, scene_of_link
from lessons.talks.written import TalkError, packed, read_talk, unpacked, written_talk
from lessons.views.sliding_window import open_sliding
from lessons.views.steppers import layer_steppers
from lessons.views.talks import open_talks

SAYS = {name: lambda settings, name=name: says_of(Scene(name, settings)) for name in PAGES}
CONTROLS = {name: frozenset(boxes_of(name)) for name in PAGES}
SCENE = Scene("sizes", {"look": "shrink"}, "Shrinking", "Say it.")


def test_scenes_can_show_every_page_of_the_menu():
    where = "PAGES in lessons/talks/talk.py and TITLES in app/screens/__init__.py name other pages"
    assert (tuple(TITLES), FIRST) == (PAGES, FIRST_PAGE), where


@pytest.mark.parametrize("name", ready_talks())
def test_nothing_is_wrong_with_a_ready_talk(name):
    assert list(faults(ready_talks()[name], SAYS, CONTROLS)) == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": ""}, "has no title"),
        ({"note": ""}, "has no note"),
        ({"page": "weather"}, "shows the page 'weather'"),
        ({"settings": {"look": "upside"}}, "is not what its link says"),
        ({"settings": {"kernel": "900000000"}}, "is not what its link says"),
        ({"hidden": ("zoom",)}, "hides zoom"),
        ({"page": "quiz", "settings": {}}, "No question"),
        ({"page": "course", "settings": {"lesson": "cooking"}}, "is not what its link says"),
    ],
)
def test_the_linter_says_what_is_wrong_with_a_scene(change, says):
    assert list(scene_faults(SCENE, SAYS, CONTROLS)) == []
    assert says in " ".join(scene_faults(replace(SCENE, **change), SAYS, CONTROLS))


@pytest.mark.parametrize("name", ready_talks())
def test_a_file_and_a_link_bring_the_same_talk_back(name):
    talk = ready_talks()[name].changed(
        0, hidden=("kernel",), asks=True, note="a “note”\nof two lines"
    )
    assert read_talk(written_talk(talk)) == talk == unpacked(packed(talk))
    view, notes = open_talks({"scenes": packed(talk), "scene": "2"})
    assert (view.shown(Talk()), view.scene, notes) == (talk, 2, ())


@pytest.mark.parametrize(
    ("link", "names"),
    [
        ("/", {"example", "predict", "kernel", "stride", "padding", "dilation"}),
        ("/picture?look=bank", {"sample", "bank"}),
        ("/pooling?look=photo", set()),
        ("/channels?look=weights", {"predict"}),
        ("/quiz?q=macs.1.3.1", set()),
    ],
)
def test_what_a_scene_can_hide_is_what_its_bar_would_show(link, names):
    assert set(hideable(scene_of_link(link))) == names


@pytest.mark.parametrize(
    "text", ["", "[" * 9000, "{}", '{"app": "slide-and-sum-talk", "scenes": [{"page": "../x"}]}']
)
def test_a_text_that_is_no_talk_is_refused(text):
    with pytest.raises(TalkError):
        read_talk(text)


def test_a_link_that_unpacks_to_more_than_a_talk_is_refused():
    with pytest.raises(TalkError):
        unpacked(packed(Talk("a" * 5_000_000)))
    with pytest.raises(TalkError):
        read_talk(written_talk(Talk("many", (SCENE,) * (MOST_SCENES + 1))))


def opened(**settings: str) -> AppTest:
    test = AppTest.from_file("../../app/main.py", default_timeout=120)
    test.switch_page("screens/talks/talks.py")
    for name, value in settings.items():
        test.query_params[name] = value
    return test.run()


def press(test: AppTest, key: str) -> None:
    test.button(key=key).click().run()
    assert not test.exception


def titles(test: AppTest) -> list[str]:
    return [scene.title for scene in test.session_state["talk"].scenes]


def test_a_talk_is_copied_ordered_noted_and_shortened():
    test = opened(talk="shifts")
    press(test, "talks_copy")
    first, second, *rest = (scene.title for scene in ready_talks()["shifts"].scenes)
    assert titles(test) == [first, second, *rest]
    press(test, "talks_down_0")
    assert titles(test) == [second, first, *rest]
    press(test, "talks_edit_1")
    test.text_area(key="talks_note_of_1").set_value("Slowly.").run()
    test.multiselect(key="talks_hidden_of_1").set_value(["kernel"]).run()
    test.checkbox(key="talks_asks_of_1").set_value(True).run()
    scene = test.session_state["talk"].scenes[1]
    assert (scene.note, scene.hidden, scene.asks) == ("Slowly.", ("kernel",), True)
    press(test, "talks_remove_0")
    assert titles(test) == [first, *rest]


def test_a_page_is_added_as_it_is_shown():
    test = AppTest.from_file("../../app/main.py", default_timeout=120)
    test.query_params["stride"] = "2x2"
    test.run()
    next(button for button in test.button if button.label == "Add to my talk").click().run()
    (scene,) = test.session_state["talk"].scenes
    assert (scene.page, scene.settings) == ("sliding_window", {"stride": "2x2"})


def test_what_the_strip_can_step_can_be_hidden():
    link = {"op": "transposed"}
    steppers = layer_steppers(open_sliding(link)[0])
    stepped = {stepper.setting for stepper in steppers if stepper.in_sight}
    assert "opad" in stepped
    assert stepped <= set(hideable(Scene("sliding_window", link)))


@pytest.mark.parametrize("name", ready_talks())
def test_every_scene_of_a_ready_talk_is_drawn_large(name):
    test = opened(talk=name, present="1")
    talk = ready_talks()[name]
    for number, scene in enumerate(talk.scenes, 1):
        test.query_params["scene"] = str(number)
        test.run()
        assert not test.exception, scene.title
        assert any(
            f"{number} of {len(talk.scenes)}" in html.proto.body for html in test.get("html")
        )


def test_what_a_scene_holds_back_is_shown_before_the_next_scene():
    talk = ready_talks()["padding"]
    assert [has_answer(scene) for scene in talk.scenes] == [False] * 5 + [True]
