"""Simulated students: a slip is named soon, and levels and mastery make sense for each of them.

`python -m tests.lessons.quiz.report` says how soon a slip is named.
"""

import random
from itertools import pairwise

import pytest

from lessons.quiz import FAMILIES, Session, fresh_session
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.skills import mastery
from tests.lessons.quiz.students import (
    able,
    classes,
    guessing,
    named_after,
    pools,
    practised,
    slipping,
)
from tests.sampled import every_third, sampled

TOPICS = [
    tuple((family.id, number) for number in range(1, len(family.levels) + 1))
    for family in FAMILIES.values()
]
# What a practice does is the same in each: every third one tells.
FEW_TOPICS = every_third(TOPICS)


def levels_fall_after_errors(seen):
    for number, (question, right) in enumerate(seen[:-1]):
        after = seen[number + 1][0]
        if not right and after.family == question.family:
            assert after.level <= question.level, (question.key, after.key)


@pytest.mark.parametrize("seed", range(3))
def test_whoever_guesses_meets_nothing_above_a_first_level_before_something_went_right(seed):
    session, seen = practised(fresh_session(seed), guessing(seed), 24)
    levels_fall_after_errors(seen)
    first = next((n for n, (_, right) in enumerate(seen) if right), len(seen))
    assert {question.level for question, _ in seen[: first + 1]} == {1}
    assert len({question.family for question, _ in seen}) >= 4
    assert all(one.setup != other.setup for (one, _), (other, _) in pairwise(seen))
    assert sum(mastery(session.record, skill) for skill in session.record) < len(session.record) / 3


@pytest.mark.parametrize("pool", FEW_TOPICS, ids=lambda pool: pool[0][0])
def test_whoever_guesses_in_a_topic_climbs_only_after_a_right_answer(pool):
    _, seen = practised(Session(pool, seed=3), guessing(5), 8)
    levels_fall_after_errors(seen)
    reached = 1
    for question, right in seen:
        assert question.level <= reached
        reached = max(reached, question.level + 1) if right else reached


@pytest.mark.parametrize(
    "slip",
    sampled(["padding-once", "one-forgotten", "depth-kept", "kernel-flipped", "rounded-up"], 0, 3),
)
def test_one_slip_costs_its_own_skill_and_hardly_any_other(slip):
    session, seen = practised(fresh_session(2), slipping(slip), 30)
    levels_fall_after_errors(seen)
    shares = {skill: mastery(session.record, skill) for skill in session.record}
    own = shares.pop(SLIPS[slip].point)
    assert own <= 0.5 and own < min(sorted(shares.values())[2:])
    assert sum(shares.values()) / len(shares) > 0.6
    if not seen[-1][1]:
        assert session.belief.named[0] == (slip,)


@pytest.mark.parametrize("pool", FEW_TOPICS, ids=lambda pool: pool[0][0])
def test_whoever_is_right_in_a_topic_reaches_its_highest_level(pool):
    session, seen = practised(Session(pool, seed=1), able, len(pool) + 1)
    assert max(question.level for question, _ in seen) == len(pool)
    assert all(entry["wrong"] == 0 for entry in session.record.values())


def share_named(runs, most, noise, seed):
    """The share of runs, drawn over all levels and their slips, that name the right slip."""
    draw, every = random.Random(seed), list(pools())
    named = 0
    for _ in range(runs):
        pool = draw.choice(every)
        slip = draw.choice(sorted(classes(pool)))
        named += named_after(slip, pool, draw.randrange(10**6), most, noise)[0]
    return named / runs


def test_a_steady_slip_is_named_within_three_questions():
    assert share_named(15, most=3, noise=0.0, seed=2) >= 0.95


@pytest.mark.long
def test_a_steady_slip_with_random_errors_is_named_within_five():
    assert share_named(25, most=5, noise=0.1, seed=3) >= 0.9


@pytest.mark.long
def test_a_steady_slip_is_named_in_nearly_every_run():
    assert share_named(2000, most=3, noise=0.0, seed=4) >= 0.95
    assert share_named(2000, most=5, noise=0.1, seed=5) >= 0.9


@pytest.mark.long
def test_every_slip_can_be_revealed_by_some_level():
    assert {slip for pool in pools() for slip in classes(pool)} == set(SLIPS)
