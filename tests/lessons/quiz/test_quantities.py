"""Everything that hangs on what a box asks for is there, for each quantity and each family."""

from importlib import import_module
from pathlib import Path

import pytest

from lessons.quiz import FAMILIES, QuizError, generate, solve
from lessons.quiz.compare import same
from lessons.quiz.mistakes.table import SLIPS, check_names
from lessons.quiz.own_words import own_question
from lessons.quiz.quantities import QUANTITIES, formulas_of, quantity_of, working_of
from lessons.quiz.question import Family, Field, Level
from lessons.quiz.registry import check_family
from lessons.quiz.revealing import slips_of
from tests.lessons.quiz import by_hand

LEVELS = [(f.id, n) for f in FAMILIES.values() for n in range(1, len(f.levels) + 1)]
OWN = own_question("ask How many? = 3")
QUESTIONS = [generate(*level, seed) for level in LEVELS for seed in (0, 1)] + [OWN]
ASKED = {field.asks: (q, field) for q in QUESTIONS for field in q.fields}
DRAWN = [name for name, (question, _) in ASKED.items() if question is not OWN]
"""What is asked by families: in somebody's own words there is neither a hint nor a slip."""
ROOT = Path(__file__).parents[3] / "lessons" / "quiz"


def test_every_family_file_is_in_the_registry():
    files = {path.stem for path in (ROOT / "families").glob("[a-z]*.py")}
    assert files == set(FAMILIES), "list the family in lessons/quiz/registry.py"


def test_no_two_rows_have_one_name():
    names = []
    for path in (ROOT / "quantities").glob("[a-z]*.py"):
        module = import_module(f"lessons.quiz.quantities.{path.stem}")
        names += [row.name for row in getattr(module, "ROWS", ())]
    assert sorted(names) == sorted(QUANTITIES)


def test_every_row_is_asked_for_by_a_family():
    assert set(QUANTITIES) == set(ASKED), "a row that no family asks for, or a family without a row"


@pytest.mark.parametrize("name", DRAWN)
def test_a_row_has_all_its_parts(name):
    question, field = ASKED[name]
    row = QUANTITIES[name]
    value = solve(question)[field.id]
    assert row.rule(question, field), f"{name}: the first hint (rule) is empty"
    assert row.numbers(question, field), f"{name}: the second hint (numbers) is empty"
    formulas = formulas_of(question, field)
    assert row.worked or formulas, f"{name} has neither formulas nor words for the solution"
    assert not row.worked or row.worked(question, field, value)
    assert (row.least is not None) == (field.kind == "setting"), f"{name}: only settings have least"
    assert row.hint_picture in ("", "windows", "covered")
    row.picture(question, field)


@pytest.mark.parametrize("name", QUANTITIES)
def test_the_right_working_comes_to_the_right_value(name):
    for question in QUESTIONS:
        for field in question.fields:
            if field.asks == name and field.kind != "setting":
                working, right = working_of(question, field), solve(question)[field.id]
                assert working is not None, f"{name} has no working: no slip can be made in it"
                assert same(working.value(), right), (question.key, working)
                assert isinstance(working.arithmetic(), str)


def test_only_settings_have_no_working_of_their_own():
    for question in QUESTIONS:
        for field in question.fields:
            assert (working_of(question, field) is None) == (field.kind == "setting")


@pytest.mark.parametrize("name", DRAWN)
def test_a_wrong_answer_can_be_explained(name):
    question, _ = ASKED[name]
    assert slips_of(question), f"no slip of {name}: its row's `slips`, or a topic in mistakes"


def test_a_box_that_follows_another_says_how():
    for question in QUESTIONS:
        for field in question.fields:
            if field.follows:
                assert quantity_of(field).carry, f"{field.asks} has no `carry`"


def test_a_box_beside_others_can_be_asked_alone():
    for question in QUESTIONS:
        several = len(question.fields) > 1 and question.fields[0].kind != "setting"
        assert all(field.alone for field in question.fields) or not several, question.key


@pytest.mark.parametrize("name", DRAWN)
def test_every_quantity_is_worked_out_by_hand_in_the_tests(name):
    question, field = ASKED[name]
    if field.kind != "setting":
        try:
            by_hand.answer(question, field)
        except KeyError:
            pytest.fail(f"tests/lessons/quiz/by_hand.py has no independent answer for {name}")


def test_a_quantity_that_is_not_there_is_named():
    with pytest.raises(QuizError, match="“hight”, but no row in lessons/quiz/quantities"):
        quantity_of(Field("height", "height", "axis", "hight"))


@pytest.mark.parametrize(
    "level, said",
    [
        (Level("one", ("padding-onse",)), "the slip “padding-onse”.* nearest is “padding-once”"),
        (Level("one", (), ("rouned-up",)), "the slip “rouned-up”.* nearest is “rounded-up”"),
        (Level("one", trains=("padings",)), "the skill “padings”.* nearest is “padding”"),
    ],
)
def test_a_misspelt_name_stops_the_import_and_says_where(level, said):
    family = Family("macs", "Multiply-adds", (Level("none"), level), ())
    with pytest.raises(LookupError, match=f"families/macs.py, level 2, names {said}"):
        check_family(family)


def test_a_misspelt_skill_that_must_come_before_is_named():
    with pytest.raises(LookupError, match=r"families/macs.py names the skill “weight”.*“weights”"):
        check_family(Family("macs", "Multiply-adds", (), (), after=("weight",)))


def test_every_name_is_checked_while_the_tables_are_built(monkeypatch):
    import importlib

    from lessons.quiz import registry
    from lessons.quiz.families import macs

    broken = Family("macs", "Multiply-adds", (Level("one", ("no-such-slip",)),), macs.FAMILY.draws)
    monkeypatch.setattr(macs, "FAMILY", broken)
    with pytest.raises(LookupError, match="no-such-slip"):
        importlib.reload(registry)
    monkeypatch.undo()
    check_names("here", SLIPS, SLIPS, "slip")
