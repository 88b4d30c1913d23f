"""What an answer shows of each skill, as plain data."""

import json

import pytest

from lessons.quiz import (
    FAMILIES,
    believe,
    check,
    declared_undetectable,
    generate,
    judge,
    next_question,
    parse,
    solve,
    written_by,
)
from lessons.quiz.compare import written
from lessons.quiz.skills import (
    LEVELS_OF,
    SKILLS,
    evidence,
    mastery,
    ratings,
    recorded,
    skills_shown,
    trains,
)
from tests.lessons.quiz.test_diagnose import size_question

PADDED = generate("output_size", 2, 0)
POOL = (("output_size", 2), ("output_size", 3), ("output_size", 4))


def read(question, values):
    return parse(question, {id: written(value) for id, value in values.items()})


def test_every_level_trains_skills_and_every_skill_has_a_level():
    levels = [(f.id, n) for f in FAMILIES.values() for n in range(1, len(f.levels) + 1)]
    assert all(set(trains(*level)) <= set(SKILLS) and trains(*level) for level in levels)
    assert all(LEVELS_OF[skill] for skill in SKILLS)


def test_a_right_number_that_a_slip_would_give_too_does_not_show_the_skill():
    classic = size_question(5, 3, 2, 1)  # rounding up gives 3 as well
    assert "rounding" not in skills_shown(classic) and "padding" in skills_shown(classic)
    shown = evidence(judge(classic, read(classic, solve(classic))))
    assert "rounding" not in shown.shown and "rounded-up" not in shown.withstood
    assert "rounded-up" in declared_undetectable(classic).coinciding
    assert "rounding" not in recorded({}, evidence(judge(classic, read(classic, solve(classic)))))


def test_one_slip_that_gives_the_right_number_is_enough_to_leave_a_skill_unshown():
    quarter = size_question(16, 3, 4)  # 13 / 4 = 3.25: rounding up is wrong, to the nearest right
    hidden = declared_undetectable(quarter)
    assert "rounded-nearest" in hidden.coinciding and "rounded-up" not in hidden.as_right
    assert "rounding" not in skills_shown(quarter)
    assert "rounding" in skills_shown(size_question(18, 3, 4))  # 15 / 4 = 3.75: both are wrong


def test_a_slip_that_never_applies_leaves_a_skill_shown():
    searched = generate("find_padding", 1, 0)  # stride 1: padding added to the output is the same
    hidden = declared_undetectable(searched)
    assert "padding-after" in hidden.as_right - hidden.coinciding
    assert "padding" in skills_shown(searched)


def test_a_wrong_number_speaks_against_the_skill_of_its_slip():
    values = written_by(PADDED, ["padding-once"])
    found = evidence(judge(PADDED, read(PADDED, values)))
    assert "padding" in found.missed and "padding-once" in found.slips and not found.shown
    assert ratings(evidence(judge(PADDED, read(PADDED, values))))["padding"] == 1


def test_ratings_are_those_of_spaced_repetition():
    right = read(PADDED, solve(PADDED))
    assert set(ratings(evidence(judge(PADDED, right))).values()) == {3}
    assert set(ratings(evidence(judge(PADDED, right)), hints=1).values()) == {2}
    assert ratings(evidence(check(PADDED, {}))) == {}


def test_a_record_counts_and_is_plain_data():
    record = {}
    for seed in range(3):
        question = generate("output_size", 2, seed)
        record = recorded(record, evidence(judge(question, read(question, solve(question)))))
    assert record["padding"]["right"] == record["padding"]["streak"] == 3
    assert record["padding"]["withstood"]["padding-once"] == 3
    high = mastery(record, "padding")
    wrong = recorded(
        record, evidence(judge(PADDED, read(PADDED, written_by(PADDED, ["padding-once"]))))
    )
    assert record["padding"]["wrong"] == 0  # the old record is untouched
    assert wrong["padding"]["streak"] == 0 and mastery(wrong, "padding") < high / 1.5
    assert json.loads(json.dumps(wrong)) == wrong


def test_one_ambiguous_number_names_several():
    question = size_question(10, 5, 2, 4)
    values = {"height": 5, "width": 5}  # padding once, or input divided by stride
    belief = believe(POOL, [judge(question, read(question, values))])
    named = [one[0] for one in belief.named]
    assert {"padding-once", "divided-by-stride"} <= set(named)
    assert ", or " in belief.say() and "next question" not in belief.say()
    after = next_question(POOL, belief, 1, [question])
    answers = [written_by(after, (slip,)) or solve(after) for slip in named[:2]]
    assert answers[0] != answers[1]


def test_right_answers_name_nothing():
    history = []
    for seed in range(3):
        question = generate("output_size", 4, seed)
        history.append(judge(question, read(question, solve(question))))
    belief = believe(POOL, history)
    assert belief.named == () and belief.say() == ""
    assert belief.weights[0][0] == () and sum(w for _, w in belief.weights) == pytest.approx(1)
