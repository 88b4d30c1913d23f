"""Students who always make one slip are named soon; `python -m tests.quiz.report` says how soon."""

import random

import pytest

from lessons.quiz.mistakes import SLIPS
from tests.quiz.students import classes, named_after, pools


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
    assert share_named(40, most=3, noise=0.0, seed=2) >= 0.95


def test_a_steady_slip_with_random_errors_is_named_within_five():
    assert share_named(30, most=5, noise=0.1, seed=3) >= 0.9


@pytest.mark.long
def test_a_steady_slip_is_named_in_nearly_every_run():
    assert share_named(2000, most=3, noise=0.0, seed=4) >= 0.95
    assert share_named(2000, most=5, noise=0.1, seed=5) >= 0.9


@pytest.mark.long
def test_every_slip_can_be_revealed_by_some_level():
    assert {slip for pool in pools() for slip in classes(pool)} == set(SLIPS)
