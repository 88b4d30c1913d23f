"""The live view of a step, which can be any page's, and whether the step's task is done."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from app.page.page import Page
from app.page.workbench import Screen, draw
from app.screens import TITLES
from lessons.course.lesson import Lesson, Step

_NO_SETTINGS = frozenset({"course", "quiz"})
PRINTED = 400
"""How high a stage is on paper."""
LIVE = tuple(name for name in TITLES if name not in _NO_SETTINGS)
"""The pages whose views a step can show."""


@cache
def page_of(name: str) -> Page[Any]:
    """A page's mechanism, loaded when it is first needed."""
    return import_module(f"app.screens.{name}.state").PAGE


@cache
def screen_of(name: str) -> Screen[Any]:
    """How a page looks."""
    return import_module(f"app.screens.{name}.screen").SCREEN


def placed(lesson: Lesson, step: Step, *, revealed: bool, printed: bool = False) -> Page[Any]:
    """The page of a step, in the step's own place.

    revealed : whether the number is known by now; printed : in another one, with nothing to press
    """
    page = page_of(step.page)
    hides, remembers = step.predict and not revealed, "predict" in page.memory
    settings = dict(step.shown(revealed=revealed))
    if hides and not remembers:
        settings["predict"] = "1"
    view, _ = page.open(settings)
    memory = {"predict": "1"} if hides and remembers else {}
    if "formulas" in page.memory:
        memory["formulas"] = step.formulas
    place = f"course{lesson.id}{step.id}".replace("_", "").replace("-", "")
    if printed:
        tall = {"tall": PRINTED} if "tall" in page.memory else {}
        return page.at(f"{place}printed", view, **memory, **tall)
    return page.at(place, view, controls=step.controls, **memory)


_IN_THE_PICTURE = {
    "sliding_window": {"kernel", "stride", "padding", "dilation", "step", "x_text", "w_text"},
    "picture": {"bank", "relu", "pool"},
}
"""By page, what can be changed in the picture itself: no column of boxes is needed for these."""


def draw_live(
    lesson: Lesson, step: Step, *, revealed: bool, present: bool = False
) -> dict[str, str]:
    """Draw a step's view and return its settings as they now stand."""
    page = placed(lesson, step, revealed=revealed)
    alone = set(step.controls) <= _IN_THE_PICTURE.get(step.page, set())
    draw(screen_of(step.page), page, present=present, alone=alone)
    return dict(page.flat(page.view()))


def draw_still(lesson: Lesson, step: Step) -> None:
    """Draw a step's view as it is before anything is done, without controls."""
    draw(screen_of(step.page), placed(lesson, step, revealed=False, printed=True), alone=True)


def is_reached(step: Step, settings: Mapping[str, str]) -> bool:
    """Whether the view is what the step asks for."""
    return all(settings.get(name) == value for name, value in step.reach.items())
