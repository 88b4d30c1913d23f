"""What the quiz promises, held: true mastery, nobody accused by chance, promises kept.

`python -m tests.lessons.quiz.targets` prints the figures.
"""

import pytest

from lessons.quiz import DEFAULT_POOL, FAMILIES, declared_undetectable, fresh_session, solve
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.revealing import shown_slips
from lessons.quiz.session import Session
from lessons.quiz.skills import SKILLS, mastery
from tests.lessons.quiz import classic
from tests.lessons.quiz.students import able, guessing
from tests.lessons.quiz.targets import (
    COMMON,
    accused,
    classic_numbers,
    differs,
    levels_met,
    longest_run,
    mastered_with,
    not_shown,
    promises,
    walk,
)


@pytest.fixture(scope="module")
def able_walk():
    """Sixty questions of the whole quiz, all answered right."""
    return list(walk(fresh_session(4), able, 60))


def test_within_sixty_questions_nearly_every_slip_has_had_a_chance_to_show(able_walk):
    shown = set().union(*(shown_slips(question) for question, _, _ in able_walk))
    assert len(shown & COMMON) >= 0.95 * len(COMMON)
    made = {
        one.name
        for one in classic.MISTAKES
        for question, _, _ in able_walk
        if differs(classic.written(one, question), solve(question))
    }
    assert len(made) >= 0.95 * len(classic.NAMES)


def test_whoever_is_right_climbs_is_mastered_and_suspected_of_nothing(able_walk):
    session = able_walk[-1][2]
    assert all(checked.right_in_all for _, checked, _ in able_walk)
    assert set(session.record) == set(SKILLS)
    assert min(mastery(session.record, skill) for skill in SKILLS) > 0.6
    assert session.belief.named == () and session.belief.say() == ""
    levels = [(question.family, question.level) for question, _, _ in able_walk]
    assert {level for _, level in levels[-14:]} >= {2, 3, 4} and len(set(levels)) >= 50
    for question, _, _ in able_walk:  # no right answer is told that it proves nothing
        points = {SLIPS[id].point for id in question.reveals}
        found = declared_undetectable(question).coinciding.difference(question.by_chance)
        assert not points & {SLIPS[id].point for id in found if not SLIPS[id].late}


def test_a_guess_is_hardly_ever_told_to_be_one_slip():
    some = DEFAULT_POOL[::4]
    assert accused("random", (1, 2, 3, 4), some) <= 0.05
    assert accused("near", (1, 2), some) <= 0.15


def test_the_next_question_shows_which_slip_it_is_where_that_is_said():
    kept, made = promises((1,), DEFAULT_POOL[::5])
    assert kept == made > 0


def test_classic_wrong_numbers_are_named_first_or_second():
    missed, count = classic_numbers((5,), DEFAULT_POOL[::2])
    assert count > 70 and len(missed) <= 0.05 * count, missed


@pytest.mark.long
def test_nearly_every_slip_has_a_chance_to_show_in_nearly_every_practice():
    runs = [not_shown(seed) for seed in range(10)]
    slips, mistakes = (sum(len(run[place]) for run in runs) for place in (0, 1))
    assert slips <= 0.05 * len(COMMON) * len(runs)
    assert mistakes <= 0.05 * len(classic.NAMES) * len(runs)


@pytest.mark.long
def test_whoever_keeps_going_meets_every_level():
    for seed in range(3):
        assert levels_met(seed, 220) == set(DEFAULT_POOL)


@pytest.mark.long
def test_a_skill_is_hardly_ever_shown_as_mastered_while_a_slip_of_it_is_made():
    some = list(SLIPS)[::2]  # five seconds each
    assert sum(mastered_with(slip, 3) for slip in some) <= 0.05 * len(some)


@pytest.mark.long
def test_in_many_answers_few_guesses_are_told_to_be_one_slip():
    assert accused("random", range(12)) <= 0.05
    assert accused("near", range(12)) <= 0.15


@pytest.mark.long
def test_every_promise_is_kept():
    kept, made = promises(range(3))
    assert kept == made > 50


@pytest.mark.long
def test_of_many_classic_wrong_numbers_nearly_all_are_named():
    missed, count = classic_numbers(range(10))
    assert len(missed) <= 0.05 * count


@pytest.mark.long
def test_a_guesser_does_not_stay_on_one_family():
    families = [question.family for question, _, _ in walk(fresh_session(1), guessing(1), 200)]
    assert longest_run(families) <= 4 and len(set(families)) >= 8
    assert max(map(families.count, families)) <= 60


@pytest.mark.long
@pytest.mark.parametrize("family", [f for f in FAMILIES if len(FAMILIES[f].levels) > 1])
def test_a_topic_does_not_ask_one_level_again_and_again(family):
    pool = tuple((family, n) for n in range(1, len(FAMILIES[family].levels) + 1))
    levels = [question.level for question, _, _ in walk(Session(pool, 1), able, 24)]
    assert longest_run(levels) <= 3 and set(levels) == {n for _, n in pool}
