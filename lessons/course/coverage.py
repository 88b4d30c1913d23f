"""Which step, view and question stand for each row of a usual first course (coverage.toml).

slips.toml lists what slides print otherwise, each with the step that names it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
    family : the family of questions that asks it; empty where the step itself does
    shows : settings of the page on which it is best explored, where the step's are others
    """

    id: str
    says: str
    step: str
    family: str = ""
    shows: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> tuple[Lesson, Step]:
        """The lesson and the step."""
        return place_of(self.step)

    @property
    def view(self) -> str:
        """The address at which it can be explored."""
        _, step = self.place
        page = "" if step.page == "sliding_window" else step.page
        return _address(page, self.shows or step.settings)

    @property
    def question(self) -> tuple[str, str]:
        """Where it is asked, and the address: in the quiz, or by the step itself."""
        if self.family:
            return FAMILIES[self.family].title, _address("quiz", {"topic": self.family})
        return "in the step", address_of(self.step)


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


def _address(page: str, settings: Mapping[str, str]) -> str:
    return f"./{page}?{urlencode(settings)}" if settings else f"./{page}"


def address_of(name: str) -> str:
    """The address of the step that is called "lesson.step".

    >>> address_of("stride.floor")
    './course?lesson=stride&step=floor'
    """
    lesson, step = place_of(name)
    return _address("course", {"lesson": lesson.id, "step": step.id})


def by_lesson() -> Iterator[tuple[Lesson, list[Row]]]:
    """The rows of each lesson, in the order in which its steps teach them."""
    for lesson in course():
        order = {f"{lesson.id}.{step.id}": at for at, step in enumerate(lesson.steps)}
        rows = [row for row in coverage() if row.step in order]
        yield lesson, sorted(rows, key=lambda row: order[row.step])


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


def _asks(step: Step) -> bool:
    return bool(step.prediction or step.checkpoint or step.reach)


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
        elif not row.family and row.step in steps and not _asks(steps[row.step]):
            yield f"{row.id} is asked by no family, nor by its step {row.step}; name a family."
    for name, step in steps.items():
        for id in set(step.covers) - set(rows):
            yield f"The step {name} covers {id}, which has no row; add it to coverage.toml."
