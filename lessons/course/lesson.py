"""What a lesson is: plain data, read from its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Prediction:
    """A question before the reveal: a number to type, and what is said once it is right.

    answer is computed by `kernels` from what the lesson's file says.
    """

    question: str
    answer: float
    then: str


@dataclass(frozen=True)
class Step:
    """One step of a lesson.

    Attributes
    ----------
    id, title : its name in links, and on the screen
    text : at most 80 words of Markdown, with its numbers filled in
    page, settings : the page whose view stands beside it, and the link's settings of that view
    before : what of these is otherwise until the number is predicted, so that no picture tells it
    controls : the page's boxes that are offered
    predict : whether the view hides its results until they are asked for
    formulas : whether the formulas of size and cost stand above a stage
    do, reach, hint : what is to be done there, the settings that show it is done, and a way to it
    then : what is said once it is done
    prediction : a number to be predicted first
    checkpoint : a question of the quiz: family and level, such as "output_size.3"
    covers : rows of the curriculum that it teaches
    """

    id: str
    title: str
    text: str
    page: str = ""
    settings: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    controls: tuple[str, ...] = ()
    predict: bool = False
    formulas: bool = True
    do: str = ""
    reach: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    then: str = ""
    prediction: Prediction | None = None
    checkpoint: str = ""
    covers: tuple[str, ...] = ()

    def shown(self, *, revealed: bool) -> Mapping[str, str]:
        """The settings of its view, before the predicted number is shown, or after."""
        return self.settings if revealed else {**self.settings, **self.before}


@dataclass(frozen=True)
class Lesson:
    """A lesson: its id, title, the goal in a sentence, its steps in order."""

    id: str
    title: str
    goal: str
    steps: tuple[Step, ...]

    def step(self, id: str) -> Step:
        """The step of that id; the first one if none has it."""
        return next((step for step in self.steps if step.id == id), self.steps[0])
