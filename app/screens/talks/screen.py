"""The Talks page: the ready talks, one's own with its scenes in order, and a talk presented."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from app.components.presenter.payload import Place
from app.components.remote import remote
from app.page.address import presenting
from app.page.frame import mark_past_controls, render_frame, render_notes
from app.page.own_talk import is_known, own_talk
from app.page.plain import plain, show_waiting
from app.screens import TITLES
from app.screens.talks import state
from app.screens.talks.own import draw_file, draw_own, remote_link
from app.screens.talks.scenes import draw_scene, has_answer
from lessons.talks.loader import ready_talks
from lessons.talks.talk import Scene, Talk
from lessons.views.talks import MINE, TalksView

HINT = "Prepared screens in order, each with a note. A clicker walks through them."


def show_talks() -> None:
    """Draw the whole page."""
    view, notes = state.PAGE.arrive()
    if view.remote:
        _draw_remote()
        return
    present = presenting()
    talk = view.shown(own_talk())
    if present and talk is not None and talk.scenes:
        _present(view, talk)
    else:
        render_frame("Talks", HINT, present, past_controls="talks", scene=False)
        render_notes(notes)
        mark_past_controls()
        if talk is None:
            _draw_all()
        elif view.talk == MINE and not talk.scenes:
            _say_where_it_is()
        else:
            _draw_outline(view, talk)
    state.PAGE.leave()


def _present(view: TalksView, talk: Talk) -> None:
    at = talk.nearest(view.scene)
    scene = talk.scenes[at - 1]
    following = talk.scenes[at] if at < len(talk.scenes) else None
    place = Place(
        talk.title,
        at,
        len(talk.scenes),
        state.title_of(view, scene),
        scene.note,
        state.title_of(view, following) if following else "",
        scene.asks,
    )
    render_frame(
        "Talks",
        HINT,
        True,
        turn=partial(state.turn, talk, has_answer(scene)),
        jump=partial(state.jump, talk),
        place=place,
    )
    draw_scene(scene, at, state.is_revealed(view))


def _draw_remote() -> None:
    """The presenter's second window."""
    render_frame("Talks", HINT, False, scene=False, bare=True)
    remote(key="talks_remote")
    state.PAGE.leave()


def _say_where_it_is() -> None:
    if is_known():
        st.caption("Your talk has no scenes yet. Open any page and press “Add to my talk”.")
    else:
        show_waiting("Reading the talk that this browser has kept…")


def _draw_all() -> None:
    """The talks that come with the app beside one's own."""
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("## Ready talks")
        for name, talk in ready_talks().items():
            words, buttons = st.columns([3, 2], vertical_alignment="center")
            words.markdown(f"**{talk.title}** · {len(talk.scenes)} scenes  \n{talk.about}")
            with buttons, st.container(horizontal=True, horizontal_alignment="right"):
                _button("Present", f"present_{name}", state.presenting_from(name, 1), talk)
                _button("Scenes", f"scenes_{name}", state.going(talk=name, scene="1"), talk)
    with right:
        st.markdown("## My talk")
        if own_talk().scenes:
            draw_own(own_talk())
        else:
            _say_where_it_is()
            draw_file("Open a talk from a file")


def _button(label: str, key: str, act: Callable[[], None], talk: Talk) -> None:
    st.button(label, key=f"talks_{key}", on_click=act, help=f"{label}: {plain(talk.title)}")


def _draw_outline(view: TalksView, talk: Talk) -> None:
    """One talk's scenes with their notes, to be read before it is given."""
    st.markdown(f"## {plain(talk.title)}\n\n{plain(talk.about)}")
    with st.container(horizontal=True):
        begin = state.presenting_from(view.talk, 1, view.scenes)
        st.button("Present", key="talks_begin", on_click=begin, type="primary")
        if view.talk != MINE:
            st.button("Copy into my talk", key="talks_copy", on_click=state.copying(talk))
        remote_link()
        st.button("All talks", key="talks_all", on_click=state.going(talk="", scenes=""))
    for number, scene in enumerate(talk.scenes, 1):
        _draw_row(view, number, scene)


def _draw_row(view: TalksView, number: int, scene: Scene) -> None:
    words, buttons = st.columns([3, 1])
    with words:
        title = plain(state.title_of(view, scene))
        note = f"  \n{plain(scene.note)}" if scene.note else ""
        st.markdown(f"**{number}. {title}** · {TITLES[scene.page]}{note}")
    with buttons, st.container(horizontal=True):
        begin = state.presenting_from(view.talk, number, view.scenes)
        st.button("Present from here", key=f"talks_from_{number}", on_click=begin)
        st.button("Open", key=f"talks_open_{number}", on_click=state.opening(scene))
