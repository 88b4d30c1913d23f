"""What holds of every question of every family, level and seed."""

import hashlib

import numpy as np
import pytest

from lessons.quiz import (
    FAMILIES,
    check,
    declared_undetectable,
    generate,
    solve,
    written_by,
)
from lessons.quiz.compare import same, written
from lessons.quiz.revealing import slips_of
from lessons.quiz.skills import skills_shown, trains
from tests.lessons.quiz import by_hand

LEVELS = [
    pytest.param(family.id, level, id=f"{family.id}-{level}")
    for family in FAMILIES.values()
    for level in range(1, len(family.levels) + 1)
]


def some_seeds():
    """One seed of each ten among 100, not always the same of the ten."""
    return [10 * n + (7 * n) % 10 for n in range(10)]


def check_question(family, level, seed):
    question = generate(family, level, seed)
    answers = solve(question)
    assert set(answers) == {field.id for field in question.fields}
    for field in question.fields:
        if field.kind == "setting":
            continue
        by_count = by_hand.answer(question, field)
        if isinstance(by_count, str):
            assert answers[field.id] == by_count
        elif isinstance(by_count, np.ndarray):
            ours = np.array(answers[field.id], dtype=float)
            assert ours.shape == by_count.shape and np.allclose(ours, by_count, atol=1e-9)
        else:
            assert abs(float(answers[field.id]) - float(by_count)) < 1e-6
    if question.fields[0].kind == "setting":
        assert by_hand.legal(question, answers)
    check_slips(question, answers)


def check_slips(question, answers):
    """Every slip gives another answer than the right one, or is declared not to."""
    declared = declared_undetectable(question)
    assert not declared.as_right & set(question.reveals)
    # Of a right number nobody has to say that it proves nothing: such a question is not asked.
    assert set(trains(question.family, question.level)) <= set(skills_shown(question))
    for slip in slips_of(question):
        values = written_by(question, (slip,))
        if question.fields[0].kind == "setting":
            wrong = values is not None and not by_hand.legal(question, values)
        else:
            wrong = values is not None and any(not same(values[f], answers[f]) for f in answers)
        assert wrong == (slip not in declared.as_right), slip


@pytest.mark.parametrize("family, level", LEVELS)
def test_a_tenth_of_the_questions(family, level):
    for seed in some_seeds():
        check_question(family, level, seed)


@pytest.mark.long
@pytest.mark.parametrize("family, level", LEVELS)
def test_a_thousand_questions(family, level):
    for seed in range(1000):
        check_question(family, level, seed)


@pytest.mark.parametrize("family, level", LEVELS)
def test_the_same_seed_gives_the_same_question(family, level):
    anew = generate.__wrapped__  # past the cache
    questions = [anew(family, level, seed) for seed in range(5)]
    assert questions == [anew(family, level, seed) for seed in range(5)]
    assert questions[0] == anew(family, level, 0, version=FAMILIES[family].version)
    assert len({(q.prompt, q.setup) for q in questions}) > 1


@pytest.mark.parametrize("family, level", LEVELS)
def test_the_right_answer_typed_is_right(family, level):
    question = generate(family, level, 3)
    typed = {id: written(value) for id, value in solve(question).items()}
    verdict = check(question, typed).verdict
    assert verdict.outcome == "right" and verdict.credit == 1


@pytest.mark.parametrize("family, level", LEVELS)
def test_a_question_says_what_was_agreed(family, level):
    question = generate(family, level, 1)
    text = " ".join((*question.prompt, *question.convention))
    assert question.prompt[-1].rstrip().endswith(("?", ".")) and "  " not in text
    assert " -" not in text  # a true minus sign
    if ", padding " in text and ", padding '" not in text:
        assert "per side" in text or "at the top" in text or family == "receptive_field"


GIVEN_AWAY = (
    "do not count",
    "does not count",
    "crops",
    "adds rows",
    "minus infinity",
    "by its own window",
    "turned",
    "one for each",
    "not learned",
    "⌈",
    "round up",
)
"""Words that would say what a question is there to find out."""


@pytest.mark.parametrize("family, level", LEVELS)
def test_heading_and_convention_leave_the_answer_to_be_found(family, level):
    question = generate(family, level, 1)
    said = " ".join((FAMILIES[family].levels[level - 1].says, *question.convention))
    assert not [words for words in GIVEN_AWAY if words in said], said


def test_an_old_link_keeps_its_question():
    first, second = (
        [(setup.input_shape, setup.layers) for setup in setups(version)] for version in (1, 2)
    )
    assert digest(first) == "78cbe1191c74" and first != second


def setups(version):
    return [generate("output_size", 8, seed, version).setup for seed in range(12)]


def digest(setups):
    return hashlib.sha256(repr(setups).encode()).hexdigest()[:12]


def test_published_totals_and_sizes_are_drawn():
    answers = {
        level: {tuple(solve(generate(*level, seed)).values()) for seed in range(60)}
        for level in (
            ("network_parameters", 1),
            ("network_parameters", 2),
            ("network_parameters", 3),
        )
    }
    assert (250, 5000, 26_880, 840, 32_970) in answers["network_parameters", 1]
    assert (156, 2416, 48_120, 10_164, 850, 61_706) in answers["network_parameters", 2]
    vgg = (102_764_544, 16_781_312, 4_097_000, 123_642_856)
    assert vgg in answers["network_parameters", 3]
    picture = {solve(generate("flatten_size", 4, seed))["features"] for seed in range(60)}
    assert {3072, 120_000} <= picture


def test_at_least_twenty_families():
    assert len(FAMILIES) >= 20
