"""A set is the same for everyone with its link, or a student's own by name and seed."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.quiz import FAMILIES, check, solve, written_by
from lessons.quiz.compare import written
from lessons.quiz.exports import sheet_of
from lessons.quiz.question import QuizError
from lessons.quiz.set_link import set_of
from lessons.quiz.sets import QuizSet, score_rows, student_seed, total

SET = QuizSet((("output_size", (1, 2, 4)), ("macs", (1,)), ("cell_value", (3,))), 7, 42)

LEVELS = st.sampled_from(list(FAMILIES)).flatmap(
    lambda id: st.tuples(
        st.just(id),
        st.lists(st.integers(1, len(FAMILIES[id].levels)), min_size=1, max_size=5, unique=True).map(
            tuple
        ),
    )
)


def test_the_same_link_gives_the_same_questions():
    assert set_of(SET.to_link()).questions() == SET.questions() == SET.questions()
    assert QuizSet(SET.families, 7, 43).questions() != SET.questions()


def test_families_and_levels_take_turns():
    asked = [(q.family, q.level) for q in SET.questions()]
    assert asked[:4] == [("output_size", 1), ("macs", 1), ("cell_value", 3), ("output_size", 2)]


def test_no_question_comes_twice():
    questions = QuizSet((("flatten_size", (1,)),), 12, 1).questions()
    assert len({question.setup for question in questions}) == 12


def test_a_level_with_few_questions_leaves_the_rest_to_others():
    # There are 16 pictures of known sizes.
    questions = QuizSet((("flatten_size", (4,)),), 60, 3).questions()
    assert len({question.setup for question in questions}) == 60
    assert {question.family for question in questions} == {"flatten_size"}
    assert [question.level for question in questions].count(4) > 12
    both = QuizSet((("flatten_size", (4,)), ("macs", (1,))), 50, 3).questions()
    assert len({question.setup for question in both}) == 50
    assert {(q.family, q.level) for q in both} == {("flatten_size", 4), ("macs", 1)}


@given(
    st.lists(LEVELS, min_size=1, max_size=6),
    st.integers(1, 100),
    st.integers(0, 2**31 - 1),
    st.booleans(),
    st.integers(0, 600),
    st.sampled_from(["each", "end"]),
)
def test_every_set_survives_its_link(families, count, seed, own, minutes, feedback):
    quiz = QuizSet(tuple(families), count, seed, "", own, minutes, feedback)
    link = quiz.to_link()
    assert set_of(link) == quiz
    assert all(isinstance(v, str) and v.isascii() and " " not in v for v in link.values())


LINK = ["set", "from", "n", "seed", "own", "minutes", "feedback"]


@given(st.dictionaries(st.sampled_from(LINK), st.text(max_size=40)), st.booleans())
def test_a_damaged_link_is_refused_in_one_sentence(link, whole):
    link = {**SET.to_link(), **link} if whole else link
    said = ""
    try:
        quiz = set_of(link)
    except QuizError as error:
        said = str(error)
    assert said.endswith(".") if said else set_of(quiz.to_link()) == quiz


def test_a_plus_that_was_passed_on_as_a_space_is_a_plus():
    assert set_of({**SET.to_link(), "from": "output_size.1-2 4_macs.1_cell_value.3"}) == SET


@pytest.mark.parametrize(
    "changes, says",
    [
        ({"from": "output_size.11"}, "levels 1 to 10"),
        ({"from": "sizes.1"}, "There is no kind of question “sizes”"),
        ({"from": ""}, "at least one kind of question"),
        ({"from": "output_size"}, "list of questions is damaged"),
        ({"from": "output_size.1-"}, "damaged"),
        ({"from": "output_size.1-99999999"}, "damaged"),
        ({"n": "0"}, "1 to 100 questions"),
        ({"n": "ten"}, "number of questions is “ten” but must be a whole number from 1 to 100"),
        ({"n": "-1"}, "is “-1” but must be a whole number from 1 to 100"),
        ({"from": "output_size.5-2"}, "levels “5-2” are in the wrong order; write 2-5"),
        ({"seed": "-1"}, "seed is “-1” but must be a whole number from 0 to 2147483647"),
        ({"seed": "9999999999"}, "seed is a whole number from 0"),
        ({"set": "99"}, "later version"),
        ({"set": "x"}, "“set” is “x”"),
        ({"own": "yes"}, "“own” is “yes” but must be 0 or 1"),
        ({"minutes": "601"}, "1 to 600 minutes"),
        ({"minutes": "-5"}, "minutes is “-5” but must be a whole number from 0 to 600"),
        ({"feedback": "never"}, "after “each” question or at the “end”"),
    ],
)
def test_what_a_link_cannot_ask_is_said(changes, says):
    with pytest.raises(QuizError, match=says):
        set_of({**SET.to_link(), **changes})


def test_a_students_seed_is_the_same_on_every_machine():
    # Written down once: an instructor must be able to rebuild every student's set.
    assert student_seed("Ada Lovelace", 42) == 1558095400
    assert student_seed("ada  lovelace\n", 42) == student_seed("Ada Lovelace", 42)
    assert student_seed("Jose\u0301", 1) == student_seed("Jos\u00e9", 1)
    assert student_seed("Ada", 1) != student_seed("Ada", 2) != student_seed("Bob", 2)


def test_a_link_that_was_handed_out_keeps_its_questions(monkeypatch):
    # Written down once: a printed key must answer these in any later version of the quiz.
    old = {"set": "1", "from": "flatten_size.1_macs.1", "n": "3", "seed": "7"}
    keys = [question.key for question in set_of(old).questions()]
    assert keys == [
        "flatten_size.1.785430380.1",
        "macs.1.385462818.1",
        "flatten_size.1.2084594208.1",
    ]
    later = {id: replace(one, draws=(*one.draws, one.draws[-1])) for id, one in FAMILIES.items()}
    monkeypatch.setattr("lessons.quiz.sets.VERSION", 9)
    for id, one in later.items():
        monkeypatch.setitem(FAMILIES, id, one)
    assert [question.key for question in set_of(old).questions()] == keys
    new = replace(set_of(old), version=9).questions()
    assert {question.version for question in new} == {3}


def test_students_have_sets_of_their_own_and_one_link():
    mine = replace(SET, own=True)
    one, other = (replace(mine, student=name) for name in ("Ada", "Bob"))
    assert one.questions() != other.questions() != SET.questions()
    assert one.to_link() == other.to_link() == mine.to_link() == {**SET.to_link(), "own": "1"}
    assert set_of(mine.to_link(), "Ada").questions() == one.questions()


def test_a_set_of_ones_own_without_a_name_can_be_previewed():
    assert replace(SET, own=True, student="  ").questions() == SET.questions()


def test_a_name_alone_changes_no_question():
    assert set_of(SET.to_link(), "Ada").questions() == SET.questions()


def test_a_link_says_only_what_is_not_as_usual():
    assert set(SET.to_link()) == {"set", "from", "n", "seed"}
    quiz = replace(SET, own=True, minutes=20, feedback="end")
    added = {"own": "1", "minutes": "20", "feedback": "end"}
    assert quiz.to_link() == {**SET.to_link(), **added}


def test_a_score_sheet_has_a_row_for_each_box():
    questions = SET.questions()
    typed = [{id: written(v) for id, v in solve(q).items()} for q in questions]
    typed[0] = {id: str(v) for id, v in written_by(questions[0], ["one-forgotten"]).items()}
    typed[1] = {"macs": "many"}
    rows = score_rows([check(q, t) for q, t in zip(questions, typed, strict=True)], "Ada")
    assert len(rows) == sum(len(q.fields) for q in questions)
    assert rows[0].slips.startswith("the + 1 forgotten") and rows[0].credit == 0
    assert rows[2].outcome == "not readable" and rows[2].credit is None
    assert total(rows) == (Fraction(5), 7)
    assert {row.student for row in rows} == {"Ada"}


def test_a_sheet_has_answers_only_with_its_key():
    plain, key = sheet_of(SET), sheet_of(SET, key=True)
    assert all(not item.key and not item.working for item in plain.items)
    for item, question in zip(key.items, SET.questions(), strict=True):
        answers = [f"{f.label}: {written(solve(question)[f.id])}" for f in question.fields]
        assert list(item.key) == answers and len(item.working) == len(item.key)
    assert [item.text for item in plain.items] == [item.text for item in key.items]
    tables = dict(plain.items[2].tables)
    assert tables.keys() == {"input", "kernel", "output"}
    # The cell asked for is marked, and no number of the output given away.
    assert sorted({cell for row in tables["output"] for cell in row}) == ["?", "·"]


def test_the_whole_set_typed_right_is_full_marks():
    for question in SET.questions():
        typed = {id: written(v) for id, v in solve(question).items()}
        assert check(question, typed).verdict.credit == 1
