"""What a scene is called when a page is added to a talk, until somebody names it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lessons.quiz.practice_link import read_practice_link
from lessons.views.course import open_course
from lessons.views.networks import open_networks


def _question_title(settings: Mapping[str, str]) -> str:
    question = read_practice_link(settings)[0].question
    return question.title if question else ""


_TITLES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "course": lambda settings: open_course(settings)[0].step.title,
    "quiz": _question_title,
    "networks": lambda settings: open_networks(settings)[0].title,
}
"""For the pages that show one thing of many: its own title, '' where it has none."""


def scene_title(page: str, settings: Mapping[str, str], usual: str) -> str:
    """A step's title, a question's, a network's; elsewhere the page's own.

    >>> scene_title("course", {"lesson": "stride", "step": "floor"}, "Course")
    'A row is left over'
    >>> scene_title("quiz", {"q": "macs.1.3.1"}, "Quiz"), scene_title("quiz", {}, "Quiz")
    ('Multiply-adds', 'Quiz')
    >>> scene_title("networks", {"net": "u_net"}, "Networks")
    'U-Net'
    >>> scene_title("pooling", {}, "Pooling")
    'Pooling'
    """
    title = _TITLES[page](settings) if page in _TITLES else ""
    return title or usual
