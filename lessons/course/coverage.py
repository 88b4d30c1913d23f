"""Which step, view and question stand for each row of a usual first course (coverage.toml).

slips.toml lists what slides print otherwise, each with the step that names it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from lessons.course.lesson import Lesson, Step
from lessons.course.loader import course
from lessons.quiz import FAMILIES

_FILE = Path(__file__).with_name("coverage.toml")
_SLIPS = Path(__file__).with_name("slips.toml")


@dataclass(frozen=True)
class Row:
    """A row of the curriculum.

    Attributes
    ----------
    id, says : its number, and its topic in a few words
    step : "lesson.step", where it is taught
    family : the family of questions that asks it; empty where none is asked for
    """

    id: str
    says: str
    step: str
    family: str = ""

    @property
    def place(self) -> tuple[Lesson, Step]:
        """The lesson and the step."""
        return place_of(self.step)

    @property
    def view(self) -> str:
        """The address at which it can be explored; empty where the step has words alone."""
        _, step = self.place
        page = "" if step.page == "sliding_window" else step.page
        return f"/{page}?{urlencode(step.settings)}" if step.page else ""

    @property
    def step_title(self) -> str:
        """The lesson and the step as people read them."""
        return title_of(self.step)

    @property
    def family_title(self) -> str:
        """The family's title; empty if none asks it."""
        return FAMILIES[self.family].title if self.family else ""


@dataclass(frozen=True)
class Slip:
    """What some slides print otherwise.

    Attributes
    ----------
    says : what it is, in a few words
    step : "lesson.step", which names it
    words : words of that step in which it does
    """

    says: str
    step: str
    words: str

    @property
    def is_named(self) -> bool:
        """Whether the step says those words, in its text or once its prediction is right."""
        _, step = place_of(self.step)
        said = f"{step.text} {step.prediction.then if step.prediction else ''}"
        return " ".join(self.words.split()) in " ".join(said.split())


def place_of(name: str) -> tuple[Lesson, Step]:
    """The lesson and the step that are called "lesson.step"."""
    lesson_id, _, step_id = name.partition(".")
    lesson = next(lesson for lesson in course() if lesson.id == lesson_id)
    return lesson, next(step for step in lesson.steps if step.id == step_id)


def title_of(name: str) -> str:
    """The lesson and the step as people read them."""
    lesson, step = place_of(name)
    return f"{lesson.title}: {step.title}"


@cache
def slips() -> tuple[Slip, ...]:
    """What slides print otherwise, in the file's order."""
    data = tomllib.loads(_SLIPS.read_text(encoding="utf-8"))
    return tuple(Slip(**slip) for slip in data["slip"])


@cache
def coverage() -> tuple[Row, ...]:
    """All rows, in the file's order."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Row(id, **row) for id, row in data.items())


def gaps() -> Iterator[str]:
    """What does not hold: a row without its step, or a step that a row should name."""
    steps = {f"{lesson.id}.{step.id}": step for lesson in course() for step in lesson.steps}
    rows = {row.id: row for row in coverage()}
    for row in rows.values():
        if row.step not in steps:
            yield f"{row.id} names the step {row.step}, which is not there."
        elif row.id not in steps[row.step].covers:
            yield f"{row.id} names the step {row.step}, which does not cover it; add it there."
        if row.family and row.family not in FAMILIES:
            yield f"{row.id} names the family {row.family}, which is not there."
    for name, step in steps.items():
        for id in set(step.covers) - set(rows):
            yield f"The step {name} covers {id}, which has no row; add it to coverage.toml."
