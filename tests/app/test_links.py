"""Any link opens any page: without an exception, and with a sentence on each wish not granted."""

import importlib

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from kernels import EXAMPLES
from kernels.reading.link_names import same_setting
from kernels.reading.link_text import quoted
from kernels.scene.pooling_examples import POOLING_EXAMPLES
from lessons.quiz.sets import SET_NAMES
from tests.random_links import NAMES, random_link

STATES = {
    "/": "sliding_window",
    "/picture": "picture",
    "/pooling": "pooling",
    "/channels": "channels",
    "/sizes": "sizes",
    "/quiz": "quiz",
    "/make_a_set": "make_a_set",
}
WORDS = {
    "size": ("input", "picture"), "cin": ("channels in",), "cout": ("channels out",),
    "x": ("input numbers",), "w": ("kernel numbers", "the kernel"), "b": ("bias numbers",),
    "op": ("pooling",), "p": ("power p",), "power": ("power p",), "row": ("row",),
    "maps": ("number of kernels",), "k": ("kernel size",), "patch": ("patch size",),
    "times": ("repetitions", "layers"), "every": ("stride",), "by": ("shift",),
    "enters": ("comes in", "enters"),
    "to": ("move",), "ksize": ("kernel size", "size"), "kset": ("setting",),
    "kinds": ("pooling",), "mix": ("mix",), "dense": ("layers",), "from": ("question",),
    "n": ("questions",), "set": ("version",), "q": ("question", "version"),
    "full": ("full",), "own": ("photograph",), "colour": ("colours",), "show": ("colours",),
    "mode": ("zeros",), "want": ("wanted size",), "opad": ("output padding",), "rank": ("axes",),
    "batch": ("batch",), "pin": ("asks for nothing known",), "detector": ("kernel",),
}  # fmt: skip
"""What sentences call a setting, where that is not its name in links."""


USUAL = {"mode": "practice", "own": "0", "minutes": "0", "feedback": "each", "set": "1", "n": "10",
         "seed": "0"}  # fmt: skip
"""What the quiz's links leave out."""


class Parameters(dict):
    """The address's parameters as Streamlit hands them over: the last value of each."""

    def __init__(self, link):
        super().__init__(link)
        self._link = link

    def get_all(self, name):
        return [value for key, value in self._link if key == name]


def opened(page, link, monkeypatch):
    """What a page shows after a first visit by a link, as flat settings, and its sentences."""
    monkeypatch.setattr(st, "session_state", {})
    monkeypatch.setattr(st, "query_params", Parameters(link))
    state = importlib.import_module(f"app.screens.{STATES[page]}.state")
    if page == "/quiz":
        notes = state.follow(dict(link))
        return {"mode": state.mode(), **state.address()}, notes
    view, flags, notes = state.PAGE.opened(dict(link))
    return {**state.PAGE.flat(view), **flags}, notes


def silent(page, link, shown, notes):
    """The parameters that are not as they were asked for, and of which nothing is said."""
    said = " ".join(notes).lower()
    own = NAMES[page]
    # A student's link to a set is refused as a whole.
    unread = page == "/quiz" and "from" not in shown
    refused = set(SET_NAMES) if notes and unread else set()
    for name, asked in dict(link).items():
        is_flag = name == "present" and asked in ("0", "1")
        if not asked or is_flag or name.startswith("utm_") or name in refused & set(own):
            continue
        if name == "example" and asked in (EXAMPLES if page == "/" else POOLING_EXAMPLES):
            continue
        value = {**USUAL, **shown}.get({"power": "p"}.get(name, name))
        if name in own and value is not None and same_setting(asked, value):
            continue
        photograph = page == "/picture" and dict(link).get("own") == "1"
        if photograph and name in ("picture", "full", "row", "column"):
            name = "photograph"  # one sentence: a link never carries it
        words = (name.lower(), quoted(name).lower(), quoted(asked).lower(), *WORDS.get(name, ()))
        if not any(word in said for word in words):
            yield name, asked


def check(page, seed, monkeypatch):
    link = random_link(page, seed)
    shown, notes = opened(page, link, monkeypatch)
    lost = list(silent(page, link, shown, notes))
    assert not lost, (page, link, lost, notes)
    for note in notes:
        assert note[-1] in ".!?" and "\n" not in note and len(note) < 700, note


def run(page, link):
    """A page of the running app, opened by a link."""
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    if page != "/":
        at.switch_page(f"screens/{page[1:]}/{page[1:]}.py")
    for name, _ in link:
        at.query_params[name] = [value for key, value in link if key == name]
    at.run()
    assert not at.exception, (page, link, [(one.value, one.stack_trace) for one in at.exception])
    return at


@pytest.mark.parametrize("page", STATES)
def test_random_links_open_with_a_sentence_on_each_wish_not_granted(page, monkeypatch):
    for seed in range(50):
        check(page, seed, monkeypatch)


@pytest.mark.parametrize("page", STATES)
def test_a_page_opened_by_a_random_link_is_drawn(page):
    for seed in range(6):
        run(page, random_link(page, seed))


@pytest.mark.long
@pytest.mark.parametrize("page", STATES)
def test_thousands_of_random_links_open(page, monkeypatch):
    for seed in range(834):
        check(page, seed, monkeypatch)


@pytest.mark.long
@pytest.mark.parametrize("page", STATES)
def test_a_page_opened_by_hundreds_of_random_links_is_drawn(page):
    for seed in range(150):
        run(page, random_link(page, seed))


@pytest.mark.parametrize(
    "page, link",
    [
        ("/quiz", {"topic": "output_size", "level": "①"}),
        ("/quiz", {"topic": "output_size", "level": "٣"}),
        ("/channels", {"row": "31x16"}),
        ("/channels", {"cin": "31x16", "column": "nan"}),
        ("/picture", {"row": "abc", "column": "1e5"}),
        ("/picture", {"mix": "nan inf 1"}),
        ("/picture", {"kernel": "gabor", "kset": "sigma:nan"}),
        ("/picture", {"kernel": "box", "ksize": "٣x٣"}),
        ("/pooling", {"times": "1" + 400 * "0"}),
        ("/", {"mode": "constant", "fill": "1_0"}),
    ],
)
def test_a_number_that_is_none_gets_a_sentence(page, link):
    at = run(page, link.items())
    assert list(link.values())[-1][:6] in at.info[0].value


@pytest.mark.parametrize("kinds", ["output_size.1_output_size.1", "output_size.1+1"])
@pytest.mark.parametrize("page", ["/make_a_set", "/quiz"])
def test_a_set_that_names_something_twice_is_drawn(page, kinds):
    run(page, [("set", "1"), ("from", kinds)])


# What a page makes of its link


@pytest.mark.parametrize("page", ["/", "/picture", "/pooling", "/channels", "/quiz"])
def test_a_bare_link_settles_its_address_in_one_run(page):
    at = run(page, ())
    settled = dict(at.query_params)
    assert dict(at.run().query_params) == settled


@pytest.mark.parametrize("page", STATES)
def test_sentences_stand_in_the_presenter_view_too(page):
    at = run(page, [("present", "1"), ("colour of the sky", "blue")])
    assert "no setting “colour of the sky”" in at.info[0].value


# Names that a page does not know


@pytest.mark.parametrize(
    "page, link, setting, said",
    [
        ("/", {"p": "1x1"}, {"padding": "1x1"}, "“p” is read as padding"),
        ("/", {"s": "2x2"}, {"stride": "2x2"}, "“s” is read as stride"),
        ("/", {"k": "2"}, {"kernel": "2x2"}, "“k” is read as kernel"),
        ("/", {"d": "2"}, {"dilation": "2x2"}, "“d” is read as dilation"),
        ("/", {"kernel_size": "2x3"}, {"kernel": "2x3"}, "“kernel_size” is read as kernel"),
        ("/", {"Stride": "2"}, {"stride": "2x2"}, "“Stride” is read as stride"),
        ("/", {"op": "lp", "p": "3"}, {"p": "3", "op": "lp"}, ""),
        ("/", {"p": "3", "padding": "1"}, {"p": "3", "padding": "1x1"}, ""),
        ("/", {"colour": "red"}, {}, "no setting “colour”"),
        ("/", {"s": "2", "stride": "3"}, {"stride": "3x3"}, "“s” is left out"),
        ("/", {"utm_source": "letter", "fbclid": "x"}, {}, ""),
        ("/pooling", {"p": "1", "s": "1"}, {"padding": "1x1", "stride": "1x1"}, "read as padding"),
        ("/pooling", {"kinds": "lp", "p": "3"}, {"p": "3", "kinds": "lp"}, ""),
        ("/pooling", {"op": "avg"}, {"kinds": "avg"}, "“op” is read as kinds"),
        ("/picture", {"p": "same", "s": "2"}, {"stride": "2x2"}, "“s” is read as stride"),
        ("/picture", {"k": "5", "kernel": "box"}, {"ksize": "5x5"}, "“k” is read as ksize"),
        ("/picture", {"d": "2"}, {}, "no setting “d”"),
        ("/channels", {"k": "5"}, {"k": "5"}, ""),
        ("/channels", {"kernel_size": "5"}, {"k": "5"}, "“kernel_size” is read as k"),
        ("/channels", {"s": "2"}, {}, "no setting “s”"),
        ("/quiz", {"kind": "macs"}, {}, "no setting “kind”"),
        ("/quiz", {"topic": "macs", "level": "1", "n": "3"}, {"level": "1"}, "no setting “n”"),
    ],
)
def test_a_name_is_understood_or_named(page, link, setting, said, monkeypatch):
    shown, notes = opened(page, link.items(), monkeypatch)
    assert {name: shown[name] for name in setting} == setting
    assert said in " ".join(notes) if said else not notes, notes


def test_a_parameter_that_stands_there_twice_is_named(monkeypatch):
    shown, notes = opened("/", [("stride", "2"), ("stride", "3")], monkeypatch)
    assert shown["stride"] == "3x3" and "stands in the link more than once" in notes[0]


@pytest.mark.parametrize(
    "page, link",
    [
        ("/", {"ceil": "1"}),
        ("/", {"fill": "5"}),
        ("/", {"predict": "yes"}),
        ("/picture", {"full": "1"}),
        ("/picture", {"own": "maybe"}),
        ("/picture", {"kernel": "box", "w": "1 2_3 4"}),
        ("/pooling", {"row": "random:3"}),
        ("/pooling", {"enters": "1 2 3"}),
        ("/channels", {"b": "random:"}),
        ("/quiz", {"level": "2"}),
        ("/quiz", {"mode": "exam"}),
        ("/quiz", {"topic": "macs", "level": "99"}),
        ("/quiz", {"present": "maybe"}),
    ],
)
def test_a_wish_that_comes_to_nothing_gets_a_sentence(page, link, monkeypatch):
    _, notes = opened(page, link.items(), monkeypatch)
    name, asked = list(link.items())[-1]
    (note,) = notes
    assert quoted(asked) in note or name in note


def test_a_kernel_of_numbers_alone_is_ones_own(monkeypatch):
    shown, notes = opened("/picture", [("w", "1 2_3 4")], monkeypatch)
    assert (shown["kernel"], shown["w"], notes) == ("own", "1 2_3 4", [])
