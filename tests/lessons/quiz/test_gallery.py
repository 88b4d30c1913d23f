"""The page of all questions is what the quiz asks today."""

from lessons.quiz import FAMILIES
from lessons.quiz.gallery import COMMAND, FILE, gallery


def test_the_page_of_questions_is_up_to_date():
    same = FILE.read_text(encoding="utf-8") == gallery()
    assert same, f"docs/questions.md is out of date: run `{COMMAND}`, and read what has changed"


def test_it_has_each_level_of_each_family():
    headings = [line for line in gallery().splitlines() if line.startswith("### ")]
    assert len(headings) == sum(len(family.levels) for family in FAMILIES.values())
