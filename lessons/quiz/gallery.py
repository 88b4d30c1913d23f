"""Three questions of each family and level as a page to read: `python -m lessons.quiz.gallery`.

It is for people: read it aloud after a family, a slip or a sentence has changed.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from lessons.quiz.answers import solve
from lessons.quiz.checked import Checked, check
from lessons.quiz.compare import written
from lessons.quiz.explain import hints, solution
from lessons.quiz.exports.items import lines_of, tables_of
from lessons.quiz.question import Family, Question, Value
from lessons.quiz.registry import FAMILIES, generate
from lessons.quiz.reply import way_words
from lessons.quiz.revealing import slips_of, written_by

FILE = Path(__file__).parents[2] / "docs" / "questions.md"
COMMAND = "python -m lessons.quiz.gallery"
SEEDS = (1, 2, 3)

HEAD = f"""# The questions of the quiz

Three questions of each family and level, with answers, hints, a worked solution, and what somebody
with a mistake hears. `{COMMAND}` writes this page; do not edit it by hand.
"""


def gallery() -> str:
    """The whole page, in Markdown."""
    return "\n".join([HEAD, *map(_family, FAMILIES.values())])


def _family(family: Family) -> str:
    parts = [f"## {family.title}\n"]
    for number, level in enumerate(family.levels, start=1):
        parts.append(f"### {family.title}, level {number}: {level.says}\n")
        for seed in SEEDS:
            parts.append(_question(generate(family.id, number, seed), seed))
    return "\n".join(parts)


def _question(question: Question, seed: int) -> str:
    *given, asked = question.prompt
    lines = [
        f"**{question.key}** {' '.join(given)} **{asked}** {' '.join(question.convention)}",
        "",
    ]
    for caption, rows in tables_of(question):
        lines += [f"{caption}:", "", "```", lines_of(rows), "```", ""]
    steps = solution(question).steps
    lines.append("- Answer: " + "; ".join(f"{step.label} {step.answer}" for step in steps))
    if seed == SEEDS[0]:
        lines += [f"- Hint {n}: {hint.text}" for n, hint in enumerate(hints(question), start=1)]
        lines += [f"- Solution, {step.label}: {step.text}" for step in steps]
    lines += _mistake(question, seed)
    return "\n".join(lines) + "\n"


def _mistake(question: Question, seed: int) -> list[str]:
    """What somebody with one of the level's slips writes, and hears; each seed has another slip."""
    slips = question.reveals or slips_of(question)
    for turn in range(len(slips)):
        values = written_by(question, (slips[(seed + turn) % len(slips)],))
        if values and values != solve(question):
            return _said(check(question, typed_as(question, values)))
    return []


def _said(checked: Checked) -> list[str]:
    lines = []
    wrong = [box for box in checked.boxes if box.outcome != "right"]
    for (say, ways, perhaps), alike in groupby(
        wrong, key=lambda box: (box.say, box.ways, box.perhaps)
    ):
        labels = ", ".join(
            f"{checked.question.field(box.field).label} {checked.reading[box.field].text}"
            for box in alike
        )
        lines.append(f"- Wrong, {labels}: {say}")
        if way := way_words(ways, perhaps=perhaps):
            lines.append(f"    - {way}")
        elif len(ways) > 1:
            lines += [f"    - {way.name}: {way.line}" for way in ways]
    return lines


def typed_as(question: Question, values: dict[str, Value]) -> dict[str, str]:
    """Values as a learner types or chooses them."""
    labels = {option.id: option.label for option in question.setup.options}
    return {
        id: labels[value] if isinstance(value, str) else written(value)
        for id, value in values.items()
    }


if __name__ == "__main__":
    FILE.write_text(gallery(), encoding="utf-8")
