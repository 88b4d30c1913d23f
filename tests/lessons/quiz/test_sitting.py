"""A student's run through a set: what is final, what counts, and how late it was."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.quiz import FAMILIES, hints, solve, written_by
from lessons.quiz.compare import written
from lessons.quiz.exports import scores_csv
from lessons.quiz.sets import QuizSet, total
from lessons.quiz.sitting import (
    Answer,
    Sitting,
    merged,
    sitting_facts,
    sitting_of,
    stamped,
    start,
)

EACH = QuizSet((("output_size", (2,)), ("macs", (1,)), ("kernel_name", (1,))), 3, 42)
END = replace(EACH, feedback="end")
TIMED = replace(EACH, minutes=20)


def typed_right(question):
    return {id: written(value) for id, value in solve(question).items()}


def all_right(quiz, now=0.0):
    sitting = start(quiz, now)
    for number, question in enumerate(sitting.questions):
        sitting = sitting.go(number).answer(typed_right(question))
    return sitting


def test_with_feedback_after_each_a_readable_answer_is_final():
    sitting = start(EACH, 0.0).answer({"height": "32x32x", "width": "3"})
    assert sitting.given == Answer({"height": "32x32x", "width": "3"})
    sitting = sitting.answer({"height": "3", "width": "3"})
    assert sitting.given.handed_in
    assert sitting.answer(typed_right(sitting.question)) is sitting
    assert sitting.hint() is sitting


def test_with_feedback_at_the_end_an_answer_can_be_changed_until_then():
    sitting = start(END, 0.0).answer({"height": "3", "width": "3"})
    assert not sitting.given.handed_in
    sitting = sitting.answer(typed_right(sitting.question)).finish(9.0)
    assert sitting.answer({"height": "3", "width": "3"}) is sitting
    assert sitting.see_solution() is sitting
    assert sitting.rows()[0].outcome == "right"


def test_whoever_sees_the_solution_hands_in_what_is_typed():
    empty = start(EACH, 0.0).see_solution()
    assert empty.given == Answer({}, True, 0, True)
    assert empty.answer(typed_right(empty.question)) is empty
    assert [row.outcome for row in empty.rows()[:2]] == ["not answered"] * 2
    half = start(EACH, 0.0).answer({"height": "about 9", "width": "1000"}).see_solution()
    assert [row.outcome for row in half.rows()[:2]] == ["not readable", "wrong"]
    assert [row.credit for row in half.rows()[:2]] == [0, 0]


def test_hints_end_with_the_ladder():
    sitting = start(EACH, 0.0)
    for _ in range(9):
        sitting = sitting.hint()
    assert sitting.given.hints == len(hints(sitting.question))
    assert sitting.answers[1].hints == 0


def test_one_cannot_go_beyond_the_set():
    sitting = start(EACH, 0.0)
    assert [sitting.go(n).here for n in (-1, 0, 2, 3)] == [0, 0, 2, 2]
    assert sitting.go(1).question == EACH.questions()[1]


def test_the_timer_can_be_extended_and_stops_at_the_end():
    assert start(EACH, 0.0).left(99.0) is None and start(EACH, 0.0).extend().extended == 0
    sitting = start(TIMED, 100.0)
    assert sitting.left(100.0) == 20 * 60
    assert sitting.left(100.0 + 21 * 60) == -60
    longer = sitting.extend().extend(10)
    assert longer.extended == 15 and longer.left(100.0) == 35 * 60
    done = longer.finish(700.0)
    assert done.left(9999.0) == longer.left(700.0) == 25 * 60
    assert done.finish(800.0) is done and done.extend() is done
    assert longer.finish(5.0).finished == 100.0  # a clock set back


def test_an_answer_after_the_time_still_counts_and_the_lateness_is_said():
    sitting = all_right(TIMED).extend().finish(26 * 60.0 + 30)
    assert sitting_facts(sitting) == (
        "3 of 3 marks.",
        "It took 26 minutes and 30 seconds.",
        "Handed in 1 minute and 30 seconds late: the time was 25 minutes.",
        "The time was extended by 5 minutes.",
    )
    assert sitting_facts(all_right(TIMED).finish(20 * 60.0)) == (
        "3 of 3 marks.",
        "It took 20 minutes.",
    )


def test_the_facts_tell_hints_empty_boxes_and_part_marks():
    sitting = start(EACH, 0.0).hint().hint()
    half = {**typed_right(sitting.question), "width": "1000"}
    assert sitting_facts(sitting.answer(half).go(1).hint()) == (
        "0.5 of 3 marks.",
        "Not finished yet.",
        "3 hints used, in 2 questions.",
        "2 of 4 boxes not answered.",
    )


def test_the_score_sheet_has_every_box_and_goes_to_a_file():
    sitting = start(replace(EACH, student="Ada"), 0.0)
    slipped = {id: str(v) for id, v in written_by(sitting.question, ["one-forgotten"]).items()}
    sitting = sitting.answer(slipped).go(1).answer(typed_right(sitting.questions[1])).finish(60.0)
    rows = sitting.rows()
    outcomes = [row.outcome for row in rows]
    assert outcomes == ["wrong", "wrong", "right", "not answered"]
    assert total(rows) == (Fraction(1), 3) and "the + 1 forgotten" in rows[0].slips
    head, *cells = csv.reader(io.StringIO(scores_csv(rows), newline=""))
    assert [line[head.index("outcome")] for line in cells] == outcomes
    assert [line[head.index("credit")] for line in cells] == ["0", "0", "1", "0"]
    assert {line[0] for line in cells} == {"Ada"}


@pytest.mark.parametrize("feedback", ["each", "end"])
def test_a_set_typed_right_has_full_marks(feedback):
    families = tuple((id, (1,)) for id in FAMILIES)
    sitting = all_right(QuizSet(families, len(families), 5, feedback=feedback)).finish(1.0)
    assert total(sitting.rows()) == (len(families), len(families))


def test_a_sitting_is_read_back():
    sitting = all_right(TIMED, 7.5).go(1).hint().extend()
    for one in (start(TIMED, 7.5), sitting, sitting.finish(99.5)):
        assert sitting_of(TIMED, json.loads(json.dumps(one.to_data()))) == one


def test_what_two_tabs_answer_is_one_sitting_in_any_order():
    begun = start(END, 0.0)
    one = stamped(begun, begun.answer({"height": "3", "width": "3"}), 5.0)
    other = stamped(begun, begun.go(1).answer({"macs": "7"}), 5.0).go(2)
    both = merged(one, other)
    assert [answer.typed.get("macs") for answer in both.answers] == [None, "7", None]
    assert both.answers[0].typed == {"height": "3", "width": "3"} and both.here == 0
    assert merged(other, one) == both.go(2) and merged(both, other) == both
    assert merged(both.finish(20.0), other).finished == 20.0


def test_the_newer_of_two_answers_counts_but_one_handed_in_is_final():
    begun = start(EACH, 0.0)
    old = stamped(begun, begun.note({"height": "3"}), 5.0)
    new = stamped(begun, begun.note({"height": "4"}), 6.0)
    assert merged(old, new).given == merged(new, old).given == new.given
    final = stamped(begun, begun.answer(typed_right(begun.question)), 4.0)
    later = stamped(begun, begun.answer({"height": "1", "width": "1"}), 7.0)
    for other in (old, new, later):
        assert merged(final, other).given == merged(other, final).given == final.given
    seen = stamped(final, final.see_solution(), 9.0)
    assert merged(final, seen).given == merged(seen, final).given == seen.given


def test_a_sitting_begun_anew_takes_the_place_of_the_one_before():
    before = all_right(EACH, 1.0).finish(9.0)
    after = start(EACH, 10.0)
    assert merged(before, after) == merged(after, before) == after


def test_the_sitting_of_another_set_or_student_is_dropped():
    data = start(EACH, 0.0).answer({"height": "3", "width": "3"}).to_data()
    others = [
        END,
        TIMED,
        replace(EACH, seed=43),
        replace(EACH, student="Ada"),
        replace(EACH, count=2),
        replace(EACH, own=True),
    ]
    assert all(sitting_of(other, data) is None for other in others)
    assert sitting_of(EACH, {**data, "version": 2}) is None
    assert sitting_of(EACH, {**data, "started": float("nan")}) is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "typed": JSON | st.dictionaries(st.sampled_from(["height", "macs", "x"]), JSON),
        "handed_in": JSON,
        "hints": JSON,
        "solution_seen": JSON,
    },
)


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(list(start(TIMED, 0.0).to_data())), JSON)
    | st.fixed_dictionaries({"answers": st.lists(JSON | ANSWERS, max_size=5)}),
    st.booleans(),
)
def test_a_damaged_sitting_is_repaired_or_dropped(changes, keep):
    data = {**(start(TIMED, 3.0).to_data() if keep else {}), **changes}
    sitting = sitting_of(TIMED, data)
    if isinstance(sitting, Sitting):
        assert len(sitting.rows()) == 4 and sitting.left(5.0) is not None
        assert sitting_facts(sitting) and sitting_of(TIMED, sitting.to_data()) == sitting
        sitting.hint().answer({"height": "1"}).see_solution().go(1).finish(9.0)
    else:
        assert not keep or {"version", "set", "started"} & set(changes)


@pytest.mark.parametrize("level", [1, 2, 3])
def test_settings_given_in_part_are_judged(level):
    quiz = QuizSet((("legal_setting", (level,)),), 1, 3)
    first, *rest = start(quiz, 0.0).question.fields
    rows = start(quiz, 0.0).answer({first.id: "2"}).see_solution().rows()
    assert [row.outcome for row in rows] == ["wrong"] + ["not answered"] * len(rest)


def test_one_minute_is_told_as_one():
    sitting = start(replace(EACH, minutes=1), 0.0).finish(120.0)
    assert "Handed in 1 minute late: the time was 1 minute." in sitting_facts(sitting)
    longer = start(replace(EACH, minutes=1), 0.0).extend(1).finish(60.0)
    assert "The time was extended by 1 minute." in sitting_facts(longer)
