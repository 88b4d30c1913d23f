"""Reads the lessons from their folders: lesson.toml says what, text.md holds the words."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from lessons.course.lesson import Lesson, Prediction, Step
from lessons.course.numbers import evaluate, filled

CONTENT = Path(__file__).with_name("content")
_HEADING = re.compile(r"^## (\S+)\s*$", re.MULTILINE)


class CourseError(ValueError):
    """A lesson's file that cannot be read; the sentence says which and what to do."""


@cache
def course() -> tuple[Lesson, ...]:
    """All lessons, in the order of their folders."""
    return tuple(read_lesson(folder) for folder in sorted(CONTENT.iterdir()) if folder.is_dir())


def read_lesson(folder: Path) -> Lesson:
    """Read one lesson's folder."""
    try:
        data = tomllib.loads((folder / "lesson.toml").read_text(encoding="utf-8"))
        texts = read_texts((folder / "text.md").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CourseError(f"{folder.name}: {error}") from None
    steps = tuple(_step(folder.name, row, texts) for row in data["step"])
    unused = set(texts) - {step.id for step in steps}
    if unused:
        raise CourseError(f"{folder.name}/text.md has {', '.join(sorted(unused))}; no step is so.")
    return Lesson(folder.name.split("_", 1)[1], data["title"], filled(data["goal"]), steps)


def read_texts(text: str) -> dict[str, str]:
    """The parts of a Markdown file by their headings.

    >>> read_texts("## a\\nOne.\\n\\n## b\\nTwo.")
    {'a': 'One.', 'b': 'Two.'}
    """
    _, *parts = _HEADING.split(text)
    return {name: body.strip() for name, body in zip(parts[::2], parts[1::2], strict=True)}


def _step(where: str, row: dict[str, Any], texts: dict[str, str]) -> Step:
    asked = row.pop("predict_number", None)
    if row["id"] not in texts:
        raise CourseError(f"{where}/text.md has no part “## {row['id']}”; write one.")
    try:
        prediction = None
        if asked:
            prediction = Prediction(
                filled(asked["question"]), float(evaluate(asked["answer"])), filled(asked["then"])
            )
        given: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value
            for key, value in row.items()
            if key not in ("do", "hint", "then", "text")
        }
        return Step(
            **given,
            text=filled(texts[row["id"]]),
            do=filled(row.get("do", "")),
            hint=filled(row.get("hint", "")),
            then=filled(row.get("then", "")),
            prediction=prediction,
        )
    except (TypeError, ValueError) as error:
        raise CourseError(f"{where}, step {row.get('id')}: {error}") from None
