"""The talk that somebody puts together: a scene from every page, kept in their own browser."""

from __future__ import annotations

import time
from collections.abc import Callable

import streamlit as st

from app.components.browser_store import Stored, browser_store
from app.page.acts import act
from app.page.address import PRESENT
from app.page.embedding import HIDE
from app.page.plain import show_in_passing
from app.page.styled import styled
from app.page.undivided import undivided
from lessons.talks.naming import scene_title
from lessons.talks.talk import MOST_SCENES, PAGES, Scene, Talk
from lessons.talks.written import TalkError, read_talk, written_talk

STORED_AS, STORE = "slide-and-sum.talk", "talk_store"
_TALK, _REVISION, _WANTED, _HEARD = "talk", "talk_revision", "talk_wanted", "talk_heard"


def own_talk() -> Talk:
    """The talk as it now stands."""
    return st.session_state.get(_TALK, Talk())


def is_known() -> bool:
    """Whether the browser has said what it keeps."""
    return bool(st.session_state.get(_HEARD))


@undivided()
def put_talk(talk: Talk) -> None:
    """Replace the talk, here and in the browser."""
    state = st.session_state
    state[_TALK] = talk
    state[_REVISION] = max(round(time.time() * 1000), state.get(_REVISION, 0) + 1)


def change_talk(change: Callable[..., Talk], *args: object, **more: object) -> None:
    """Change the talk by `change`; called from an act."""
    put_talk(change(own_talk(), *args, **more))


@act
def want_scene(title: str) -> None:
    """Add the page as it is shown, once this run has drawn it and its address is written."""
    st.session_state[_WANTED] = title


def keep_talk(page: str) -> None:
    """Add the scene that was asked for, and keep the talk in the browser; last on each page.

    page : the name of the page that has been drawn
    """
    title = st.session_state.pop(_WANTED, None)
    if title and page in PAGES:
        _add(page, title)
    revision = st.session_state.get(_REVISION, 0)
    text = written_talk(own_talk()) if revision else None
    before = own_talk()
    with styled("unseen", "talk-"):
        browser_store(STORED_AS, text, revision, key=STORE, on_report=_receive)
    if own_talk() != before:
        st.rerun()  # what stands above was drawn without it


def _add(page: str, title: str) -> None:
    if len(own_talk().scenes) >= MOST_SCENES:
        show_in_passing(f"Your talk is full: it has {MOST_SCENES} scenes.")
        return
    settings = {name: text for name, text in st.query_params.items() if name not in (PRESENT, HIDE)}
    named = scene_title(page, settings, title)
    put_talk(own_talk().with_scene(Scene(page, settings, named)))
    show_in_passing(f"Added to your talk as scene {len(own_talk().scenes)}.")


@undivided()
def _receive(stored: Stored) -> None:
    """Take over what the browser has: as it was left, or as another tab has left it."""
    state = st.session_state
    first = not state.get(_HEARD)
    state[_HEARD] = True
    try:
        theirs = read_talk(stored.text) if stored.text else Talk()
    except TalkError:
        theirs = Talk()
    if first and state.get(_REVISION):
        # Something was added before the browser had said what it keeps.
        put_talk(Talk(theirs.title, (*theirs.scenes, *own_talk().scenes)[:MOST_SCENES]))
    else:
        state[_TALK] = theirs
