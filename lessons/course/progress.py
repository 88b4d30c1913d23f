"""How far somebody has come: which steps are done, as text for the browser to keep."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from lessons.course.lesson import Lesson, Step

_NAMED, _VERSION = "slide-and-sum-course", 1


@dataclass(frozen=True)
class Done:
    """The steps that are done, each as "lesson.step"."""

    steps: frozenset[str] = frozenset()

    def with_step(self, lesson: Lesson, step: Step) -> Done:
        """The same with one more."""
        return Done(self.steps | {key_of(lesson, step)})

    def has(self, lesson: Lesson, step: Step) -> bool:
        """Whether a step is done."""
        return key_of(lesson, step) in self.steps

    def count(self, lesson: Lesson) -> int:
        """How many of a lesson's steps are done."""
        return sum(self.has(lesson, step) for step in lesson.steps)


def key_of(lesson: Lesson, step: Step) -> str:
    """A step's name in the whole course."""
    return f"{lesson.id}.{step.id}"


def written_done(done: Done) -> str:
    """Write it as JSON text.

    >>> read_done(written_done(Done(frozenset({"stride.floor"})))).steps
    frozenset({'stride.floor'})
    """
    return json.dumps({"app": _NAMED, "version": _VERSION, "done": sorted(done.steps)})


def read_done(text: str) -> Done:
    """Read what `written_done` wrote; what cannot be read is as if nothing had been done.

    >>> read_done("[" * 9000), read_done('{"app": "other"}')
    (Done(steps=frozenset()), Done(steps=frozenset()))
    """
    try:
        data = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return Done()
    if not isinstance(data, dict) or data.get("app") != _NAMED:
        return Done()
    listed = data.get("done")
    names = listed if isinstance(listed, list) else []
    return Done(frozenset(name for name in names[:2000] if isinstance(name, str)))


def merged(*parts: Done) -> Done:
    """What was done in any of them: two tabs go on at the same time."""
    return Done(frozenset().union(*(part.steps for part in parts)))


def next_open(lessons: Sequence[Lesson], done: Done) -> tuple[Lesson, Step]:
    """Where to go on: the first step that is not done, else the first of all."""
    for lesson in lessons:
        for step in lesson.steps:
            if not done.has(lesson, step):
                return lesson, step
    return lessons[0], lessons[0].steps[0]
