"""Which talk somebody looks at, at which scene, and what buttons do with it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from app.page.address import enter_presenting
from app.page.own_talk import change_talk, own_talk, put_talk
from app.page.page import Page
from lessons.talks.talk import Scene, Talk
from lessons.talks.written import TalkError, read_talk
from lessons.views.talks import MINE, TalksView, open_talks, settle_talks

_REVEALED, _EDITED, _FAULT, _FILE = "revealed", "edited", "talks_fault", "talks_file"
PAGE: Page[TalksView] = Page(
    "talks",
    open=open_talks,
    settle=settle_talks,
    flat=TalksView.to_flat,
    link=TalksView.link,
    boxes=(),
    still=lambda view: view,
    memory={_REVEALED: "", _EDITED: ""},
)


def going(**settings: str) -> Callable[[], None]:
    """A button's callback that goes to a talk, or to one of its scenes."""
    return PAGE.callback(lambda page: page.change(**settings))


def presenting_from(talk: str, scene: int, scenes: str = "") -> Callable[[], None]:
    """A button's callback that presents a talk from a scene on."""

    def begin(page: Page[TalksView]) -> None:
        page.change(talk=talk, scene=str(scene), scenes=scenes, **{_REVEALED: ""})
        enter_presenting()

    return PAGE.callback(begin)


def turn(talk: Talk, has_answer: bool, step: int) -> None:
    """Go on by one scene, or back; what a scene holds back is shown first."""
    view = PAGE.view()
    at = talk.nearest(view.scene)
    if step > 0 and has_answer and not is_revealed(view):
        reveal(at)
    elif talk.nearest(at + step) != at:
        PAGE.change(scene=str(at + step), **{_REVEALED: ""})


def reveal(at: int) -> None:
    """Show the answer of a scene."""
    PAGE.change(**{_REVEALED: str(at)})


def is_revealed(view: TalksView) -> bool:
    """Whether the answer of the scene is shown."""
    return bool(PAGE.remembered(_REVEALED) == str(view.scene))


def jump(talk: Talk, number: int) -> None:
    """Go to a scene by its number."""
    PAGE.change(scene=str(talk.nearest(number)), **{_REVEALED: ""})


def edited() -> int | None:
    """The place of the scene whose title and note are being written, counted from 0."""
    text = PAGE.remembered(_EDITED)
    return int(text) if text and int(text) < len(own_talk().scenes) else None


def editing(at: int | None) -> Callable[[], None]:
    """A button's callback that opens a scene for writing, or closes it."""
    return PAGE.callback(lambda page: page.change(**{_EDITED: "" if at is None else str(at)}))


def changing(change: Callable[..., Talk], *args: Any) -> Callable[[], None]:
    """A button's callback that changes one's own talk."""

    def do(page: Page[TalksView]) -> None:
        change_talk(change, *args)
        page.change(**{_EDITED: ""})

    return PAGE.callback(do)


def taking(key: str, change: Callable[[Talk, Any], Talk]) -> Callable[[], None]:
    """A box's callback: what was written there changes one's own talk."""
    return PAGE.callback(lambda _page: put_talk(change(own_talk(), st.session_state[key])))


def copying(talk: Talk) -> Callable[[], None]:
    """A button's callback that adds all scenes of a talk to one's own."""

    def copy(page: Page[TalksView]) -> None:
        mine = own_talk()
        if not mine.scenes:
            put_talk(Talk(talk.title, talk.scenes, talk.about))
        else:
            for scene in talk.scenes:
                mine = mine.with_scene(scene)
            put_talk(mine)
        page.change(talk="", scene="1", scenes="")

    return PAGE.callback(copy)


def opening(scene: Scene) -> Callable[[], None]:
    """A button's callback that opens the page of a scene as the scene shows it."""
    return PAGE.callback(lambda page: page.go_to(scene.page, dict(scene.settings)))


def file_key() -> str:
    """The key of the box for a file; a new one once a file has been taken over."""
    return f"{_FILE}_{st.session_state.get(_FILE, 0)}"


def take_file() -> None:
    """Open the talk in the file that was chosen."""
    PAGE.callback(_take_file)()


def _take_file(page: Page[TalksView]) -> None:
    state = st.session_state
    file = state.get(file_key())
    if file is None:
        return
    state[_FAULT] = ""
    try:
        put_talk(read_talk(file.getvalue().decode("utf-8", errors="replace")))
        state[_FILE] = state.get(_FILE, 0) + 1
        page.change(**{_EDITED: ""})
    except TalkError as error:
        state[_FAULT] = str(error)


def file_fault() -> str:
    """Why the file could not be opened; empty if nothing is wrong."""
    return st.session_state.get(_FAULT, "")


def title_of(view: TalksView, scene: Scene) -> str:
    """A scene's title, or a line that says what it shows."""
    return scene.title or scene.page.replace("_", " ").capitalize()


presenting_mine = partial(presenting_from, MINE)
