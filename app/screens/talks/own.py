"""One's own talk: its scenes in order, each with its title and note; its link and its file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from app.components.copy import copy_text
from app.page.box import title_of_box
from app.page.plain import plain, show_error
from app.screens import TITLES
from app.screens.talks import state
from app.screens.talks.scenes import hideable
from lessons.talks.talk import UNTITLED, Scene, Talk
from lessons.talks.written import LONGEST_LINK, packed, written_talk
from lessons.views.talks import MINE


def draw_own(talk: Talk) -> None:
    """Draw the list of scenes and what can be done with the talk."""
    key = "talks_title"
    st.session_state[key] = talk.title
    named = state.taking(key, lambda now, text: replace(now, title=text.strip() or UNTITLED))
    st.text_input("Title", key=key, on_change=named, autocomplete="off", max_chars=120)
    with st.container(horizontal=True):
        begin = state.presenting_mine(1)
        st.button("Present my talk", key="talks_begin", on_click=begin, type="primary")
        st.button("Read through", key="talks_read", on_click=state.going(talk=MINE, scene="1"))
        remote_link()
    for at, scene in enumerate(talk.scenes):
        _draw_scene(talk, at, scene)
    _draw_taking_along(talk)


def remote_link() -> None:
    """The way to the presenter's second window."""
    st.link_button(
        "Open the remote",
        f"{(st.context.url or '/talks').split('?')[0]}?{urlencode({'remote': 1})}",
        help="Notes, the next scene, a clock and the keys, for a second window of this browser. "
        "In the presenter view R opens it, too.",
    )


def _draw_scene(talk: Talk, at: int, scene: Scene) -> None:
    with st.container(key=f"talks_scene_{at}"):
        note = f"  \n{plain(scene.note)}" if scene.note else ""
        st.markdown(f"**{at + 1}. {plain(scene.title)}** · {TITLES[scene.page]}{note}")
        with st.container(horizontal=True, gap="small"):
            for label, act, possible in (
                ("Edit", state.editing(None if state.edited() == at else at), True),
                ("Up", state.changing(Talk.moved, at, -1), at > 0),
                ("Down", state.changing(Talk.moved, at, 1), at < len(talk.scenes) - 1),
                ("Open", state.opening(scene), True),
                ("Remove", state.changing(Talk.without, at), True),
            ):
                st.button(
                    label,
                    key=f"talks_{label.lower()}_{at}",
                    help=f"{label}: {plain(scene.title)}",
                    on_click=act,
                    disabled=not possible,
                )
        if state.edited() == at:
            _draw_editing(at, scene)


def _draw_editing(at: int, scene: Scene) -> None:
    keys = {name: f"talks_{name}_of_{at}" for name in ("title", "note", "hidden", "asks")}
    st.session_state[keys["title"]] = scene.title
    st.session_state[keys["note"]] = scene.note
    st.session_state[keys["asks"]] = scene.asks

    def taken(name: str, now: Talk, value: object) -> Talk:
        return now.changed(at, **{name: tuple(value) if name == "hidden" else value})

    def act(name: str) -> Callable[[], None]:
        return state.taking(keys[name], partial(taken, name))

    st.text_input("Title of the scene", key=keys["title"], on_change=act("title"), max_chars=120)
    st.text_area("Note, for you alone", key=keys["note"], on_change=act("note"), max_chars=2000)
    # What the scene's file hides beside them stays hidden.
    boxes = list(dict.fromkeys((*hideable(scene), *scene.hidden)))
    if boxes:
        st.session_state[keys["hidden"]] = list(scene.hidden)
        st.multiselect(
            "Hide these controls",
            boxes,
            format_func=title_of_box,
            key=keys["hidden"],
            on_change=act("hidden"),
        )
    st.checkbox(
        "Ask first",
        key=keys["asks"],
        on_change=act("asks"),
        help="Sizes, counts and results are hidden when the scene begins; the next press of the "
        "clicker shows them.",
    )


def _draw_taking_along(talk: Talk) -> None:
    with st.expander("Send it, save it, open another"):
        link = packed(talk)
        if len(link) <= LONGEST_LINK:
            base = st.context.url or "/talks"
            copy_text(
                f"{base.split('?')[0]}?{urlencode({'scenes': link})}",
                "Copy the link",
                key="talks_link",
            )
        else:
            show_error("The talk is too long for a link; save it as a file.")
        st.download_button(
            "Save as a file",
            written_talk(talk),
            "slide-and-sum-talk.json",
            "application/json",
            key="talks_file_out",
            on_click="ignore",
        )
        draw_file("Open a talk from a file; it takes the place of this one")


def draw_file(label: str) -> None:
    """The box that opens a talk from a file."""
    st.file_uploader(
        label, type="json", key=state.file_key(), max_upload_size=1, on_change=state.take_file
    )
    if why := state.file_fault():
        show_error(why)
