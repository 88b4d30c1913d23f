"""A talk: ordered scenes, each one page as its link shows it, with a note for whoever speaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

FIRST_PAGE = "sliding_window"
PAGES = (
    "course",
    FIRST_PAGE,
    "picture",
    "pooling",
    "channels",
    "sizes",
    "networks",
    "quiz",
)
"""The pages that a scene can show."""

MOST_SCENES = 60
UNTITLED = "My talk"


@dataclass(frozen=True)
class Scene:
    """One scene of a talk.

    Attributes
    ----------
    page, settings : the page by its name, and what its link says
    title : a few words in the talk's list
    note : for whoever speaks; never shown to the class
    hidden : names of the page's boxes that cannot be changed while it is presented
    asks : whether sizes, counts and results are hidden at first, until the clicker shows them
    """

    page: str
    settings: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    note: str = ""
    hidden: tuple[str, ...] = ()
    asks: bool = False

    @property
    def link(self) -> str:
        """The address of the page as the scene shows it.

        >>> Scene("sliding_window", {"stride": "2x2"}).link, Scene("quiz").link
        ('/?stride=2x2', '/quiz')
        """
        path = "/" if self.page == FIRST_PAGE else f"/{self.page}"
        return f"{path}?{urlencode(self.settings)}" if self.settings else path


@dataclass(frozen=True)
class Talk:
    """A talk: its title, a sentence on what it is about, its scenes in order."""

    title: str = UNTITLED
    scenes: tuple[Scene, ...] = ()
    about: str = ""

    def with_scene(self, scene: Scene) -> Talk:
        """The same with one more scene at the end; a full talk stays as it is.

        >>> len(Talk().with_scene(Scene("quiz")).scenes)
        1
        """
        return replace(self, scenes=(*self.scenes, scene)[:MOST_SCENES])

    def without(self, at: int) -> Talk:
        """The same without the scene at a place, counted from 0."""
        return replace(self, scenes=self.scenes[:at] + self.scenes[at + 1 :])

    def moved(self, at: int, by: int) -> Talk:
        """The same with one scene moved up or down; none moves beyond the ends.

        >>> talk = Talk(scenes=(Scene("quiz"), Scene("sizes"), Scene("picture")))
        >>> [scene.page for scene in talk.moved(2, -1).scenes]
        ['quiz', 'picture', 'sizes']
        >>> talk.moved(0, -1) == talk
        True
        """
        scenes = list(self.scenes)
        if not (0 <= at < len(scenes) and 0 <= at + by < len(scenes)):
            return self
        scenes.insert(at + by, scenes.pop(at))
        return replace(self, scenes=tuple(scenes))

    def changed(self, at: int, **what: Any) -> Talk:
        """The same with something of one scene changed: its title, its note, what it hides."""
        scenes = list(self.scenes)
        scenes[at] = replace(scenes[at], **what)
        return replace(self, scenes=tuple(scenes))

    def nearest(self, scene: int) -> int:
        """The number of a scene, counted from 1, within the talk; 0 for a talk without scenes."""
        return min(max(scene, 1), len(self.scenes))


def scene_of_link(
    link: str, title: str = "", note: str = "", hidden: tuple[str, ...] = (), asks: bool = False
) -> Scene:
    """The scene that a link of the app shows.

    >>> scene_of_link("/pooling?look=shift").settings
    {'look': 'shift'}
    """
    parts = urlsplit(link)
    settings = dict(parse_qsl(parts.query, keep_blank_values=True))
    return Scene(parts.path.strip("/") or FIRST_PAGE, settings, title, note, hidden, asks)
