"""What is asked next, and a practice as plain data."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.quiz import (
    DEFAULT_POOL,
    FAMILIES,
    Session,
    check,
    fresh_session,
    generate,
    judge,
    parse,
    session_of,
    solve,
    written_by,
)
from lessons.quiz.compare import written
from lessons.quiz.ladder import REST
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.review import due, reviewed
from lessons.quiz.skills import SKILLS, evidence, record_of, recorded, skills_shown, trains
from tests.lessons.quiz.test_diagnose import size_question
from tests.sampled import every_third

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
POOL = (("output_size", 2), ("output_size", 3), ("output_size", 4))


def read(question, values):
    return parse(question, {id: written(value) for id, value in values.items()})


def practised(session, questions, slip="", now=NOW):
    """The session after so many questions, answered right or with a slip, and what was asked."""
    asked = []
    for _ in range(questions):
        question = session.next_question(now)
        values = (written_by(question, [slip]) if slip else None) or solve(question)
        session = session.answered(judge(question, read(question, values)), now)
        asked.append(question)
    return session, asked


@pytest.fixture(scope="module")
def able():
    """Twenty-six questions, all answered right."""
    return practised(fresh_session(1), 26)


@settings(max_examples=50)
@given(
    st.recursive(
        st.none()
        | st.integers()
        | st.text(max_size=5)
        | st.sampled_from([*SKILLS, "right", "made"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["padding", "bias", "right", "made", "pool", "record", "cards"]),
                inner,
            )
        ),
    )
)
def test_a_damaged_file_is_read_as_far_as_it_can_be(data):
    record = record_of(data)
    assert record_of(record) == record and json.loads(json.dumps(record)) == record
    session = session_of(data)
    assert session.pool == DEFAULT_POOL and session_of(session.to_data()) == session


def test_a_session_is_read_back():
    session, _ = practised(Session(POOL, seed=4), 1)
    again = session_of(json.loads(json.dumps(session.to_data())))
    assert (again.pool, again.seed, again.asked) == (session.pool, 4, 1)
    assert again.record == session.record and again.met == session.met != {}
    assert again.history == session.history and again.belief == session.belief
    assert again.cards == session.cards != {}
    assert fresh_session(4).to_data().get("pool") is None  # a later quiz may have more levels


def test_an_unreadable_answer_changes_nothing():
    session = Session(POOL, seed=1)
    question = session.next_question(NOW)
    assert session.answered(check(question, {"height": "32x32x"}), NOW) is session
    assert recorded({}, evidence(check(question, {}))) == {}


def test_a_session_names_a_slip():
    session, _ = practised(Session(POOL, seed=3), 4, "padding-once")
    assert session.belief.named[0] == ("padding-once",)
    assert session.belief.say() == SLIPS["padding-once"].say
    assert json.loads(json.dumps(session.to_data()))["asked"] == 4


def ambiguous(session):
    """The session after 5 for a 10 × 10 input: padding once, or the input divided by the stride."""
    question = replace(size_question(10, 5, 2, 4), level=4)
    checked = session.told(judge(question, read(question, {"height": 5, "width": 5})))
    return session.answered(checked, NOW), checked


def test_the_next_question_shows_which_slip_it_is_where_that_was_promised():
    session, checked = ambiguous(Session(POOL, seed=2))
    assert checked.boxes[0].say.endswith("the next question will show which is yours.")
    slips = [way.slips for way in checked.boxes[0].ways]
    assert {("padding-once",), ("divided-by-stride",)} <= set(slips)
    after = session.next_question(NOW)
    answers = {tuple((written_by(after, one) or solve(after)).values()) for one in slips}
    assert len(answers) == len(slips)
    # It comes whatever the page has counted since, and once it was left another one does.
    assert session.leave(checked.question).next_question(NOW) == after
    assert session.leave(after).next_question(NOW) != after


def test_nothing_is_promised_where_no_question_is_left_to_tell():
    _, checked = ambiguous(Session((("macs", 1),), seed=2))
    assert len(checked.boxes[0].ways) > 1 and "next question" not in checked.boxes[0].say


def test_what_earlier_answers_rule_out_is_not_named():
    session = Session(POOL, seed=2)
    for seed in range(3):  # the + 1 forgotten, where nothing else gives that number
        question = generate("output_size", 2, seed)
        values = written_by(question, ["one-forgotten"])
        session = session.answered(judge(question, read(question, values)), NOW)
    classic = size_question(5, 3, 2, 1)
    answer = judge(classic, read(classic, {"height": 2, "width": 2}))
    assert len(answer.boxes[0].ways) == 5
    assert [way.slips for way in session.told(answer).boxes[0].ways] == [("one-forgotten",)]


def test_giving_up_counts_as_not_known_and_another_question_follows():
    session = Session(POOL, seed=2)
    question = session.next_question(NOW)
    after = session.gave_up(question, NOW).leave(question)
    assert [entry["wrong"] for entry in after.record.values()] == [1]
    assert after.asked == 1 and after.history == () and len(after.cards) == 1
    assert after.next_question(NOW) != question


def test_one_slip_is_one_mark():
    classic = size_question(5, 3, 2, 1)  # five slips of four skills give 2
    answer = judge(classic, read(classic, {"height": 2, "width": 2}))
    session = Session(POOL).answered(answer, NOW)
    assert sum(entry["wrong"] for entry in session.record.values()) == 1
    nothing = judge(classic, read(classic, {"height": 77, "width": 77}))
    session = Session(POOL).answered(nothing, NOW)
    assert sum(entry["wrong"] for entry in session.record.values()) == 1


def test_a_beginner_starts_at_the_easiest_level_of_the_first_skill():
    for seed in range(5):
        question = fresh_session(seed).next_question(NOW)
        assert (question.family, question.level) == ("output_size", 1)


def test_new_skills_come_in_teaching_order_and_never_before_their_time(able):
    _, asked = able
    known, firsts = set(), []
    for question in asked:
        ahead = {*FAMILIES[question.family].after, *trains(question.family, question.level)}
        firsts += [skill for skill in SKILLS if skill in ahead - known][:1]
        assert set(FAMILIES[question.family].after) <= known
        known |= set(skills_shown(question))
    assert firsts == sorted(firsts, key=list(SKILLS).index)
    assert known == set(SKILLS)


def test_harder_levels_open_as_a_skill_is_mastered():
    entry = {"right": 0, "wrong": 0, "streak": 1}
    hardest = []
    met = dict.fromkeys(DEFAULT_POOL, 1)
    for right in range(8):
        record = {skill: {**entry, "right": right} for skill in SKILLS}
        levels = Session(DEFAULT_POOL, record=record, met=met).suitable_levels("padding")
        hardest.append(max(number for _, number in levels))
        assert hardest[-1] <= 2 + max(right, 0)
    assert hardest == sorted(hardest) and hardest[:2] == [2, 2] and hardest[-1] >= 4
    after_slips = {skill: {"right": 4, "wrong": 3, "streak": 0} for skill in SKILLS}
    levels = Session(DEFAULT_POOL, record=after_slips).suitable_levels("padding")
    assert max(number for _, number in levels) == 2


def test_the_question_shows_the_skill_that_it_is_asked_for(able):
    session, _ = able
    for seed in range(3):
        asked = Session(DEFAULT_POOL, seed, record=session.record)
        assert asked.next_skill(NOW) in skills_shown(asked.next_question(NOW))


def test_a_skill_due_for_review_comes_before_a_weaker_one():
    known = {skill: {"right": 9, "wrong": 0, "streak": 9} for skill in SKILLS}
    cards = reviewed({}, {"padding": 3}, NOW - timedelta(days=1))
    cards = reviewed(cards, {"bias": 3, "stride": 3}, NOW)
    session = Session(DEFAULT_POOL, record={**known, "cost": {"right": 0, "wrong": 4}}, cards=cards)
    assert session.next_skill(NOW) == "cost"
    assert set(due(cards, NOW + timedelta(days=2))) == {"padding", "bias", "stride"}
    assert session.next_skill(NOW + timedelta(days=2)) == "padding"
    question = session.next_question(NOW + timedelta(days=2))
    assert "padding" in skills_shown(question)


def test_hints_bring_a_skill_back_sooner():
    question = generate("output_size", 1, 0)
    answer = read(question, solve(question))
    alone, helped = (Session(POOL).answered(judge(question, answer), NOW, hints=n) for n in (0, 1))
    assert helped.cards["first-position"]["due"] < alone.cards["first-position"]["due"]
    assert helped.record == alone.record


@pytest.mark.parametrize("slip", ["one-forgotten", "padding-once"])
def test_a_slip_that_stays_does_not_keep_everything_else_from_being_asked(slip):
    session, asked = practised(fresh_session(2), 16, slip)
    assert session.belief.named[0] == (slip,)
    assert len({question.family for question in asked}) >= 3
    levels = [(question.family, question.level) for question in asked]
    assert all(one != after for one, after in pairwise(levels))


def test_a_skill_just_asked_waits_while_there_are_others(able):
    _, asked = able
    for number, question in enumerate(asked):
        lately = [set(trains(q.family, q.level)) for q in asked[max(0, number - REST) : number]]
        assert set(trains(question.family, question.level)) - set().union(*lately)


def test_a_practice_of_one_level_goes_on():
    _, asked = practised(Session((("macs", 1),)), 6)
    assert {q.family for q in asked} == {"macs"} and len(set(asked)) == 6


def test_a_session_begins_with_the_weakest_skill():
    record = {s: {"right": 9, "wrong": 0, "streak": 9} for s in SKILLS if s != "rounding"}
    session = Session(POOL, record=record)
    assert session.next_skill(NOW) == "rounding"
    assert session.next_question(NOW).level == 4


def test_the_same_session_asks_the_same():
    one, other = Session(POOL, seed=8), Session(POOL, seed=8)
    assert one.next_question(NOW) == other.next_question(NOW)
    assert one.next_question(NOW) != Session(POOL, seed=9).next_question(NOW)


def test_families_name_skills_that_come_before_them():
    for family in FAMILIES.values():
        assert set(family.after) <= set(SKILLS)
        for skill in family.after:  # else no beginner could ever be asked it
            others = [level for level in DEFAULT_POOL if level[0] != family.id]
            assert any(skill in trains(*level) for level in others)


FAMILY_POOLS = [
    tuple((family.id, number) for number in range(1, len(family.levels) + 1))
    for family in FAMILIES.values()
]
# What a practice does is the same in each.
FEW_POOLS = every_third(FAMILY_POOLS)


@pytest.mark.parametrize("pool", FEW_POOLS, ids=lambda pool: pool[0][0])
def test_a_practice_of_one_family_begins_at_its_lowest_level_and_climbs(pool):
    _, asked = practised(Session(pool, seed=3), 4)
    levels = [question.level for question in asked]
    assert levels[:2] == [1, 2]
    assert all(after <= max(levels[:n]) + 1 for n, after in enumerate(levels[1:], start=1))
    assert max(levels) == min(len(pool), 4)


@pytest.mark.parametrize("pool", FEW_POOLS, ids=lambda pool: pool[0][0])
def test_after_an_error_no_higher_level_is_asked(pool):
    session, asked = practised(Session(pool, seed=3), 2)
    for _ in range(3):
        question = session.next_question(NOW)
        if asked[-1] is not asked[1]:
            assert question.level <= asked[-1].level
        wrong = {
            field.id: next(
                o.label for o in question.setup.options if o.id != solve(question)[field.id]
            )
            if field.kind == "choice"
            else "999"
            for field in question.fields
        }
        session = session.answered(check(question, wrong), NOW)
        asked.append(question)


def test_a_practice_read_back_goes_on_at_the_level_reached():
    pool = FAMILY_POOLS[list(FAMILIES).index("cell_value")]
    session, _ = practised(Session(pool, seed=3), 3)
    again = session_of(session.to_data())
    assert again.open_levels() == pool[:4] == session.open_levels()
    assert Session(pool).open_levels() == pool[:1]


@pytest.mark.parametrize("pool", [*FEW_POOLS, DEFAULT_POOL], ids=lambda pool: pool[0][0])
def test_another_question_is_another_each_time_and_no_harder(pool):
    session = Session(pool, seed=7)
    shown = [session.next_question(NOW)]
    for _ in range(6):
        session = session.leave(shown[-1])
        shown.append(session.next_question(NOW))
    assert all(one.setup != other.setup for n, one in enumerate(shown) for other in shown[:n])
    assert {question.level for question in shown} == {1}
    assert session.record == {} and session.asked == 0


def test_a_question_that_was_left_does_not_come_back_after_the_next_answer():
    session = Session((("window_origin", 1),), seed=7)
    left = session.next_question(NOW)
    session = session.leave(left)
    answered = session.next_question(NOW)
    session = session.answered(judge(answered, read(answered, solve(answered))), NOW)
    assert session.next_question(NOW).setup not in (left.setup, answered.setup)
