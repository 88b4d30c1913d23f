"""What the Talks page shows: the list of talks, or one talk at one of its scenes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernels.reading.link_names import open_link, own_names
from kernels.reading.link_text import quoted, whole_number
from lessons.talks.loader import ready_talks
from lessons.talks.talk import Talk
from lessons.talks.written import TalkError, unpacked

MINE, SENT = "mine", "sent"
"""A learner's own talk, and one that came with the link."""

_DEFAULTS: Mapping[str, str] = {"talk": "", "scene": "1", "scenes": "", "remote": "0"}


@dataclass(frozen=True)
class TalksView:
    """Where somebody is.

    Attributes
    ----------
    talk : a ready talk's name, `MINE` or `SENT`; empty for the list of all
    scene : the scene's number, counted from 1
    scenes : the talk that came with the link, packed
    remote : whether this is the presenter's second window, which shows no talk itself
    """

    talk: str = ""
    scene: int = 1
    scenes: str = ""
    remote: bool = False

    def to_flat(self) -> dict[str, str]:
        """Every setting as text."""
        return {
            "talk": self.talk,
            "scene": str(self.scene),
            "scenes": self.scenes,
            "remote": str(int(self.remote)),
        }

    def link(self) -> dict[str, str]:
        """What the address says: only what differs from the list of talks."""
        return {name: text for name, text in self.to_flat().items() if text != _DEFAULTS[name]}

    def shown(self, mine: Talk) -> Talk | None:
        """The talk on show, given the learner's own; None for the list of all."""
        if self.talk == MINE:
            return mine
        if self.talk == SENT:
            return unpacked(self.scenes)
        return ready_talks().get(self.talk)


def settle_talks(flat: Mapping[str, str]) -> tuple[TalksView, tuple[str, ...]]:
    """The nearest view, and a sentence for what had to give way.

    >>> settle_talks({"talk": "padding", "scene": "2"})[0].link()
    {'talk': 'padding', 'scene': '2'}
    >>> settle_talks({"talk": "cooking"})
    (TalksView(talk='', scene=1, scenes='', remote=False), ('There is no talk “cooking”.',))
    """
    notes: list[str] = []
    flat = {**_DEFAULTS, **flat}
    talk, scenes = flat["talk"], flat["scenes"]
    if flat["remote"] == "1":
        return TalksView(remote=True), ()
    if scenes and talk in ("", SENT):
        try:
            unpacked(scenes)
            talk = SENT
        except TalkError as error:
            notes.append(str(error))
            talk = scenes = ""
    elif talk == SENT or talk not in ("", MINE, *ready_talks()):
        notes.append(f"There is no talk {quoted(talk, 30)}.")
        talk = ""
    scene = whole_number(flat["scene"])
    if scene is None or scene < 1:
        notes.append(f"{quoted(flat['scene'], 20)} is not a scene; the first one is shown.")
        scene = 1
    view = TalksView(talk, scene if talk else 1, scenes if talk == SENT else "")
    given = view.shown(Talk())
    if given is not None and talk != MINE and scene > len(given.scenes):
        notes.append(f"“{given.title}” has {len(given.scenes)} scenes; the last one is shown.")
        view = TalksView(view.talk, given.nearest(scene), view.scenes)
    return view, tuple(notes)


def open_talks(link: Mapping[str, str]) -> tuple[TalksView, tuple[str, ...]]:
    """Open a link to a talk."""
    return open_link(link, own_names(_DEFAULTS), {}, settle_talks)
