"""What the Course page shows: a step, a whole lesson, or what the course covers; and its link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernels.reading.link_names import open_link, own_names
from kernels.scene.reader import SettingsReader
from lessons.course.lesson import Lesson, Step
from lessons.course.loader import course

FIRST = course()[0]
DEFAULTS: Mapping[str, str] = {
    "lesson": FIRST.id,
    "step": FIRST.steps[0].id,
    "covers": "0",
    "whole": "0",
}


@dataclass(frozen=True)
class CourseView:
    """A step of a lesson; `covers` shows the list of all topics instead, `whole` all its steps."""

    lesson: Lesson
    step: Step
    covers: bool = False
    whole: bool = False

    def to_flat(self) -> dict[str, str]:
        """All settings; `settle_course` reads them back."""
        switches = {"covers": str(int(self.covers)), "whole": str(int(self.whole))}
        return {"lesson": self.lesson.id, "step": self.step.id, **switches}

    def link(self) -> dict[str, str]:
        """The address; the first step of a lesson, and the first lesson, need no name."""
        if self.covers:
            return {"covers": "1"}
        if self.whole:
            return {"lesson": self.lesson.id, "whole": "1"}
        first = self.step is self.lesson.steps[0]
        names = {"lesson": self.lesson.id} | ({} if first else {"step": self.step.id})
        return {} if names == {"lesson": FIRST.id} else names

    def beside(self, by: int) -> CourseView | None:
        """The step that many further on, in whichever lesson; None beyond the ends.

        >>> view, _ = settle_course({})
        >>> view.beside(-1), view.beside(6).lesson.id
        (None, 'pictures')
        """
        every = [CourseView(lesson, step) for lesson in course() for step in lesson.steps]
        at = every.index(self) + by
        return every[at] if 0 <= at < len(every) else None


def settle_course(flat: Mapping[str, str]) -> tuple[CourseView, tuple[str, ...]]:
    """The step that is asked for, or the nearest one, and a sentence where there is none.

    >>> view, notes = settle_course({"lesson": "stride", "step": "floor"})
    >>> view.step.title, notes
    ('A row is left over', ())
    """
    reader = SettingsReader(DEFAULTS, flat)
    name = reader.choice("lesson", tuple(lesson.id for lesson in course()))
    lesson = next(lesson for lesson in course() if lesson.id == name)
    asked = flat.get("step", "")
    if asked and all(step.id != asked for step in lesson.steps):
        reader.notes.append(f"The lesson “{lesson.title}” has no step “{asked[:40]}”.")
    covers, whole = reader.flag("covers"), reader.flag("whole")
    view = CourseView(lesson, lesson.step(asked), covers=covers, whole=whole and not covers)
    return view, tuple(reader.notes)


def open_course(link: Mapping[str, str]) -> tuple[CourseView, tuple[str, ...]]:
    """Open a link to a step."""
    return open_link(link, own_names(DEFAULTS), {}, settle_course)
