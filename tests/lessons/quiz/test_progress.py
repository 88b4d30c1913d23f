"""Progress as text: what was written is read back, and no other text does harm."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.quiz import (
    QuizError,
    Session,
    check,
    fresh_session,
    generate,
    read_progress,
    skill_rows,
    solve,
    written_by,
    written_progress,
)
from lessons.quiz.compare import written
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.plain import LONGEST_TEXT
from lessons.quiz.progress import Given, Progress, counted, read_kept
from lessons.quiz.skills import SKILLS, record_of

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def after(*answers):
    """A session after (question, slip or none) answers."""
    session = fresh_session(3)
    for question, slip in answers:
        values = written_by(question, [slip]) if slip else solve(question)
        typed = {id: written(value) for id, value in values.items()}
        session = session.answered(check(question, typed), NOW)
    return session


PADDED, PLAIN = generate("output_size", 2, 0), generate("output_size", 1, 0)
SOME = after((PADDED, "padding-once"), (PLAIN, ""), (PADDED, "padding-once"))


def test_progress_is_read_back():
    again = read_progress(written_progress(SOME))
    assert again == SOME and again.belief == SOME.belief and len(again.history) == 3
    data = json.loads(written_progress(SOME))
    assert (data["app"], data["version"]) == ("slide-and-sum", 1)


@pytest.mark.parametrize(
    "text, says",
    [
        ("", "is empty"),
        (" \n", "is empty"),
        ("no json", "not progress"),
        ("[1, 2]", "not progress"),
        ('{"app": "another", "version": 1}', "not progress"),
        ('{"app": ["slide-and-sum"]}', "not progress"),
        ("[" * 100_000, "not progress"),
        ("1" * 5_000, "not progress"),
        ('{"app": "slide-and-sum", "version": 2}', "later version"),
        (" " * (LONGEST_TEXT + 1), "too long"),
    ],
)
def test_what_is_no_progress_is_said_in_one_sentence(text, says):
    with pytest.raises(QuizError, match=says) as raised:
        read_progress(text)
    assert str(raised.value).endswith(".") and str(raised.value).count(".") == 1


def test_a_learner_who_met_everything_fits():
    counts = dict.fromkeys(SLIPS, 10**9 - 1)
    entry = {"right": 9, "wrong": 9, "streak": 9, "made": counts, "withstood": counts}
    record = record_of(dict.fromkeys(SKILLS, entry))
    session = Session(SOME.pool, record=record, cards=dict.fromkeys(SKILLS, SOME.cards["padding"]))
    assert len(written_progress(session)) < LONGEST_TEXT / 5


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=50)
@given(st.text(max_size=40) | JSON.map(json.dumps))
def test_any_text_is_progress_or_refused(text):
    said = ""
    try:
        read_progress(text)
    except QuizError as error:
        said = str(error)
    assert said.endswith(".") or json.loads(text)["app"] == "slide-and-sum"


def test_an_answer_that_another_tab_has_overlooked_is_counted_once():
    here = counted(Progress(fresh_session(3)), [given("a", PADDED)], NOW)
    there = counted(Progress(fresh_session(3)), [given("b", PLAIN)], NOW)
    both = counted(there, [given("a", PADDED)], NOW)
    assert both.session.asked == 2 and both.session.record["padding"]["right"] == 1
    assert counted(both, [given("a", PADDED), given("b", PLAIN)], NOW) == both
    assert read_kept(written_progress(both)).counted == ("b", "a")
    again = counted(here, [given("b", PLAIN)], NOW)
    assert (again.session.record, again.session.asked) == (both.session.record, 2)


def test_answers_from_before_an_erasure_or_long_ago_are_not_counted_again():
    erased = Progress(fresh_session(4), since=NOW)
    before = given("a", PADDED, NOW - timedelta(seconds=1))
    assert counted(erased, [before], NOW) == erased
    assert counted(Progress(fresh_session(4)), [before], NOW + timedelta(hours=1)).counted == ()


def given(mark, question, now=NOW):
    typed = {id: written(value) for id, value in solve(question).items()}
    return Given(mark, check(question, typed), now)


def test_the_table_has_the_weakest_skill_first_and_unseen_ones_last():
    rows = skill_rows(SOME, NOW)
    assert len(rows) == len(SKILLS)
    assert (rows[0].skill, rows[0].right, rows[0].wrong) == ("padding", 0, 2)
    assert rows[0].slip_name == SLIPS["padding-once"].name
    assert rows[0].slip_say == SLIPS["padding-once"].say
    assert rows[0].recall == 1 and rows[0].next_due == NOW + timedelta(minutes=10)
    seen = [row.seen for row in rows]
    assert seen == sorted(seen, reverse=True) and 2 <= sum(seen) < len(rows)
    shown = [row.mastery for row in rows if row.seen]
    assert shown == sorted(shown) and shown[-1] > 0.5
    unseen = next(row for row in rows if not row.seen)
    assert (unseen.mastery, unseen.recall, unseen.next_due, unseen.slip_say) == (0, None, None, "")


def test_the_table_has_the_skills_of_the_pool_alone():
    rows = skill_rows(Session((("macs", 1), ("relu", 1))[:1]), NOW)
    assert [row.skill for row in rows] == ["cost"]
