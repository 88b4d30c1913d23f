"""The page that builds a set, run without a browser: its controls, link, files and answers."""

import csv
import io
import zipfile
from dataclasses import replace
from html import escape
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.make_a_set.files import BANKS, FILES, Wanted, zipped
from app.screens.make_a_set.panel import _qr_code
from app.screens.make_a_set.state import FIRST, level_key, quiz_url
from lessons.quiz import FAMILIES, QuizSet, set_of, solution
from lessons.quiz.exports import to_gift
from lessons.quiz.ready_sets import READY_SETS

ALL = tuple(range(1, len(FAMILIES["macs"].levels) + 1))
"""Every level of a family."""

(GIFT,) = (kind for kind in FILES if kind.label == "GIFT")


def page(**address: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/make_a_set/make_a_set.py")
    for key, value in address.items():
        at.query_params[key] = value
    return ran(at)


def ran(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception
    return at


def built(at: AppTest) -> QuizSet:
    return at.session_state["builder_state"].view


def shown(at: AppTest) -> str:
    return " ".join(each.proto.body for each in at.get("html"))


def told(at: AppTest) -> dict[str, str]:
    """What the address says."""
    return {k: v if isinstance(v, str) else v[-1] for k, v in at.query_params.items()}


def notes(at: AppTest) -> str:
    return " ".join(each.value for each in at.info)


def test_opens_on_a_ready_set_with_its_questions_and_answers():
    at = page()
    assert built(at) == FIRST.started(built(at).seed)
    for question in built(at).questions():
        assert all(step.answer in shown(at) for step in solution(question).steps)


def test_every_control_is_part_of_the_set_and_of_the_address():
    at = page()
    at.multiselect(key="builder_families").set_value(["macs", "output_size"])
    at.number_input(key="builder_count").set_value(4)
    at.number_input(key="builder_seed").set_value(77)
    at.number_input(key="builder_minutes").set_value(20)
    at.toggle(key="builder_own").set_value(True)
    ran(at)
    quiz = built(at)
    assert [family for family, _ in quiz.families] == ["output_size", "macs"]  # the first stays
    assert (quiz.count, quiz.seed, quiz.minutes, quiz.own) == (4, 77, 20, True)
    assert set_of(told(at)) == quiz
    assert built(page(**told(at))) == quiz


def test_without_a_kind_of_question_the_last_ones_stay():
    at = page()
    before = built(at)
    at.multiselect(key="builder_families").set_value([])
    ran(at)
    assert built(at) == before


def test_a_ready_set_can_be_begun_from():
    at = page()
    at.selectbox(key="builder_ready").set_value("parameters")
    ran(at)
    assert built(at) == READY_SETS["parameters"].started(built(at).seed)
    assert built(at).seed != READY_SETS["parameters"].quiz.seed


def test_each_start_of_a_ready_set_has_questions_of_its_own():
    assert len({built(page()).seed for _ in range(3)}) == 3


def test_the_widest_set_there_is_can_be_built():
    every = tuple((id, tuple(range(1, len(f.levels) + 1))) for id, f in FAMILIES.items())
    quiz = QuizSet(every, 100, 5)
    assert built(page(**quiz.to_link())) == quiz


def test_the_link_leads_to_the_quiz_page_with_this_set():
    quiz = READY_SETS["networks"].quiz
    link = urlsplit(quiz_url("https://example.org/class/make_a_set", quiz))
    assert link.path == "/class/quiz"
    assert set_of(dict(parse_qsl(link.query))) == quiz


def test_the_longest_link_fits_into_a_qr_code():
    every = tuple((id, (1, 3)) for id, f in FAMILIES.items() if len(f.levels) > 2)
    quiz = QuizSet(every, 100, 2**31 - 1, own=True, minutes=600, feedback="end")
    assert _qr_code(quiz_url("https://" + "a" * 60 + ".example.org/make_a_set", quiz))[:4] == (
        b"\x89PNG"
    )


@pytest.mark.parametrize("bad", [{"from": "no such"}, {"from": "macs.1", "n": "x"}])
def test_a_damaged_link_is_said(bad):
    at = page(**bad)
    assert at.info and built(at).count == FIRST.quiz.count


def test_own_sets_are_an_example_until_names_are_written():
    at = page(**{**FIRST.quiz.to_link(), "own": "1"})
    said = shown(at) + " ".join(each.value for each in at.caption)
    assert "example questions" in said and "Questions of an example" in said
    at.text_area(key="builder_student").set_value("Ada Lovelace\n\n Alan  Turing\nAda Lovelace")
    ran(at)
    said = shown(at) + " ".join(each.value for each in at.caption)
    assert "example" not in said and "Questions of <bdi>Ada Lovelace</bdi>" in said
    own = replace(FIRST.quiz, own=True, student="Ada Lovelace").questions()[0]
    assert own.prompt[0] in shown(at)


def test_each_student_gets_a_file_of_their_own():
    quiz = replace(FIRST.quiz, own=True)
    sets = [replace(quiz, student=name) for name in ("Ada", "../Älan/*?")]
    data = zipped(sets, GIFT, Wanted())
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        assert files.namelist() == ["001-Ada.gift", "002----Älan---.gift"]
        texts = [files.read(name).decode() for name in files.namelist()]
    written = [to_gift(one.questions(), student=one.student) for one in sets]
    assert texts == written and texts[0] != texts[1]


# The order of kinds


CUSTOM = QuizSet((("macs", (3, 1)), ("output_size", (2, 1)), ("cell_value", (1,))), 6, 42)


def kinds(at: AppTest, *families: str) -> AppTest:
    at.multiselect(key="builder_families").set_value(list(families))
    return ran(at)


def levels(at: AppTest, family: str, *chosen: int) -> AppTest:
    at.session_state[level_key(family)] = list(chosen)
    return ran(at)


def touched(at: AppTest, key: str) -> AppTest:
    """One control changed and changed back."""
    if key == "builder_own":
        for _ in range(2):
            at.toggle(key=key).set_value(not at.toggle(key=key).value)
            ran(at)
        return at
    before = at.number_input(key=key).value
    for value in (before + 1, before):
        at.number_input(key=key).set_value(value)
        ran(at)
    return at


@pytest.mark.parametrize("key", ["builder_seed", "builder_count", "builder_minutes", "builder_own"])
def test_a_control_touched_and_touched_back_leaves_the_set_as_it_was(key):
    at = touched(page(**CUSTOM.to_link()), key)
    assert built(at) == CUSTOM and told(at) == CUSTOM.to_link()


def test_a_kind_taken_out_and_put_back_comes_back_to_its_place_with_its_levels():
    at = kinds(page(**CUSTOM.to_link()), "output_size", "cell_value")
    assert [id for id, _ in built(at).families] == ["output_size", "cell_value"]
    kinds(at, "output_size", "cell_value", "macs")
    assert built(at) == CUSTOM and told(at) == CUSTOM.to_link()


def test_a_level_taken_out_and_put_back_comes_back_to_its_place():
    at = levels(page(**CUSTOM.to_link()), "macs", 1)
    assert dict(built(at).families)["macs"] == (1,)
    levels(at, "macs", 1, 3)
    assert built(at) == CUSTOM


def test_a_new_kind_comes_last_and_a_new_level_to_its_place():
    at = kinds(page(**CUSTOM.to_link()), "channels_out", *dict(CUSTOM.families))
    assert [id for id, _ in built(at).families] == [*dict(CUSTOM.families), "channels_out"]
    levels(at, "cell_value", 3, 2, 1)
    assert dict(built(at).families)["cell_value"] == (1, 2, 3)


def test_a_kind_can_be_asked_earlier():
    at = page(**CUSTOM.to_link())
    at.button(key="builder_earlier_cell_value").click()
    ran(at)
    order = ["macs", "cell_value", "output_size"]
    assert [id for id, _ in built(at).families] == order
    assert built(page(**told(at))) == built(at) == built(touched(at, "builder_seed"))


# Links


def test_a_kind_that_stands_in_a_link_twice_is_put_together_and_said():
    at = page(**{"from": "output_size.2_macs.1+1_output_size.1", "n": "3", "seed": "5"})
    assert built(at) == QuizSet((("output_size", (2, 1)), ("macs", (1,))), 3, 5)
    assert "“Output size” stands in the link twice" in notes(at)
    assert "A level of “Multiply-adds” stands in the link twice" in notes(at)


def test_a_link_without_kinds_keeps_what_it_says():
    at = page(n="4", seed="9", minutes="20", own="1")
    first = FIRST.started(9)
    assert built(at) == replace(first, count=4, minutes=20, own=True)
    assert "the link names none" in notes(at) and "“Output size”" in notes(at)


@pytest.mark.parametrize(
    "change, says, name, value",
    [
        ({"n": "1000"}, "1 to 100 questions, not 1000: 100 is taken", "count", 100),
        ({"n": "\u2460"}, "is “\u2460” but must be a whole number", "count", 10),
        ({"seed": "-1"}, "The seed is “-1” but must be", "count", 6),
        ({"seed": "1" + 400 * "0"}, "The seed is “1000", "count", 6),
        ({"minutes": "9999"}, "1 to 600 minutes; 0 means no timer, not 9999: 600", "minutes", 600),
        ({"own": "yes"}, "“own” is “yes” but must be 0 or 1: it is the same for", "own", False),
        ({"feedback": "never"}, "not “never”: it is “each” here", "feedback", "each"),
        ({"set": "99"}, "or of a later version", "count", 6),
        ({"from": "sizes.1_macs.1"}, "no kind of question “sizes”", "families", (("macs", (1,)),)),
        ({"from": "macs.77+1"}, "not 77: asked are 1", "families", (("macs", (1,)),)),
        ({"from": "macs.77"}, "not 77: all are asked", "families", (("macs", ALL),)),
        ({"from": "macs.3-2"}, "in the wrong order", "families", (("macs", (2, 3)),)),
        ({"from": "<b>"}, "list of questions is damaged", "families", FIRST.quiz.families),
        ({"colour": "red"}, "no setting “colour”", "count", 6),
    ],
)
def test_each_setting_that_a_link_cannot_have_is_said_and_the_others_stay(
    change, says, name, value
):
    at = page(**{**CUSTOM.to_link(), **change})
    assert says in notes(at) and getattr(built(at), name) == value
    kept = {"count", "seed", "minutes", "own", "feedback"} - {
        {"n": "count"}.get(k, k) for k in change
    }
    assert all(getattr(built(at), one) == getattr(CUSTOM, one) for one in kept)
    assert set_of(told(at)) == built(at)


def test_what_was_said_of_a_link_stays_until_the_set_is_changed():
    at = page(**{**CUSTOM.to_link(), "n": "1000"})
    assert "100 is taken" in notes(ran(at))
    at.number_input(key="builder_count").set_value(5)
    assert not ran(at).info


def test_a_link_that_is_taken_whole_needs_no_words():
    assert not page().info and not page(**CUSTOM.to_link()).info


# Names


def named(text: str) -> AppTest:
    at = page(**replace(CUSTOM, own=True).to_link())
    at.text_area(key="builder_student").set_value(text)
    return ran(at)


def test_names_are_shown_as_they_were_read_and_letter_by_letter():
    at = named("![x](//example.invalid/a) <b>\nAda; Bob; Carl")
    assert "<b>4 students</b>: <bdi>![x](//example.invalid/a) &lt;b&gt;</bdi>" in shown(at)
    assert "“Ada; Bob; Carl” is read as 3 students" in shown(at)
    assert not any("example.invalid" in each.value for each in (*at.markdown, *at.caption))


def test_every_students_file_has_the_name_inside():
    quiz = replace(CUSTOM, own=True, count=2)
    names = ["O'Brien <&>", "Ada/Lovelace", "=1+1", "Ren\u00e9e: #1 {x}"]
    for kind in FILES:
        label, ending = kind.label, kind.ending
        data = zipped([replace(quiz, student=name) for name in names], kind, Wanted())
        with zipfile.ZipFile(io.BytesIO(data)) as files:
            written = [files.read(name) for name in files.namelist()]
        for name, data in zip(names, written, strict=True):
            if ending == "qti.zip":
                inside = zipfile.ZipFile(io.BytesIO(data)).read("imsmanifest.xml")
                titles = ElementTree.fromstring(inside).itertext()
                assert f"Slide & Sum - {name}" in titles
                continue
            text = data.decode()
            if ending == "xml":
                root = ElementTree.fromstring(text)
                assert root.findtext("question/category/text").endswith(name.replace("/", "//"))
            elif ending == "csv":
                rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
                assert {row["student"].lstrip("'") for row in rows} == {name}
            elif ending == "gift":
                assert text.splitlines()[0] == f"$CATEGORY: Slide & Sum/{name.replace('/', '//')}"
            else:
                assert escape(name) in text, label


def test_two_students_of_one_name_get_a_file_each():
    at = named("Ada Lovelace\nada lovelace")
    sets = [replace(built(at), student=name) for name in ("Ada Lovelace", "ada lovelace")]
    data = zipped(sets, GIFT, Wanted())
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == 2
    assert "stands there more than once" in shown(at) and "2 students" in shown(at)


def test_a_typed_layer_is_asked_first_and_stays_in_the_link():
    at = page(**CUSTOM.to_link())
    at.text_area(key="builder_pinned").set_value("size 1x256x256; c1k3s2p1; m4s1\nsize 1x2x2; c1k3")
    ran(at)
    assert built(at).pinned == ("given.size.1x256x256;c1k3s2p1;m4s1",) == (told(at)["pin"],)
    assert "kernel_size 3 but the padded input has only 2" in notes(at)
    assert "125" in shown(at) and set_of(told(at)) == built(at)


def test_a_question_in_own_words_is_asked_first_and_gives_way_to_another():
    at = page(**CUSTOM.to_link())
    at.text_area(key="builder_pinned").set_value("ask How many layers has VGG-16? = 16")
    ran(at)
    assert set_of(told(at)).pinned == ("own.How many layers has VGG-16? = 16",)
    assert "How many layers has VGG-16?" in shown(at) and "your words" in shown(at)
    at.selectbox(key="builder_shown").set_value(0)
    ran(at)
    at.button(key="builder_replace").click()
    ran(at)
    assert not at.exception and "VGG-16" not in shown(at)


def test_a_question_is_kept_let_go_and_replaced():
    at = page(**CUSTOM.to_link())
    before = [question.key for question in built(at).questions()]
    at.selectbox(key="builder_shown").set_value(1)
    ran(at)
    at.button(key="builder_pin").click()
    ran(at)
    assert built(at).pinned == (before[1],) and built(at).questions()[0].key == before[1]
    at.selectbox(key="builder_shown").set_value(0)
    ran(at)
    at.button(key="builder_pin").click()
    ran(at)
    assert built(at).pinned == ()
    at.button(key="builder_replace").click()
    ran(at)
    after = [question.key for question in built(at).questions()]
    assert after[1:] == before[1:] and after[0].split(".")[:2] == before[0].split(".")[:2]
    assert after[0] != before[0]


def test_the_paper_has_the_title_that_was_typed_and_the_link_unless_it_is_switched_off():
    at = page(**CUSTOM.to_link())
    at.text_input(key="builder_title").set_value("Week 3")
    ran(at)
    assert at.session_state["builder_state"].memory["title"] == "Week 3"
    assert at.toggle(key="builder_linked").value
    at.toggle(key="builder_linked").set_value(False)
    assert built(ran(at)) == CUSTOM and at.session_state["builder_state"].memory["linked"] == "0"
    wanted = Wanted("Week 3", "https://example.org/quiz?n=6")
    paper = next(kind for kind in FILES if kind.label == "Paper").write(CUSTOM, wanted)
    assert "<h1>Week 3</h1>" in paper and "https://example.org/quiz?n=6" in paper
    assert "<svg" in paper and "<footer" not in FILES[-1].write(CUSTOM, Wanted())


def test_a_question_bank_has_as_many_variants_of_each_level_as_wanted():
    at = page(**CUSTOM.to_link())
    at.number_input(key="builder_variants").set_value(3)
    ran(at)
    assert at.session_state["builder_state"].memory["variants"] == "3"
    levels = sum(len(levels) for _, levels in CUSTOM.families)
    root = ElementTree.fromstring(BANKS[0].write(CUSTOM, Wanted(variants=3)))
    kinds = [one.get("type") for one in root.iter("question")]
    assert kinds.count("category") == levels and len(kinds) == 4 * levels
