"""What every page has around it: style, heading, notes, the way into the presenter view and out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from app.components.assets import css_text, shared_style
from app.components.presenter import presenter
from app.components.presenter.payload import Place
from app.components.share import share
from app.page.address import leave_presenting, start_presenting, stop_presenting
from app.page.browser import browser, commits_taken, take_acts, watch_restart
from app.page.embedding import embedding
from app.page.own_talk import want_scene
from app.page.plain import show_notes
from app.page.styled import styled

_FOLDER = Path(__file__).parent
# The first comes with the page that loads the app, too, but not under `streamlit run`.
_STYLE = shared_style() + "".join(
    css_text(_FOLDER / name)
    for name in ("first_paint.css", "frame.css", "workbench.css", "lesson.css", "phone.css")
)
_PRESENTER, _FRAME, _SHARE = "presenter", "frame", "share"
TRAVELS = (
    "It opens this page as you see it now, settings and numbers included. A photograph of your own "
    "and what you have reached in the quiz stay with you."
)
"""What the link to a page brings along, and what it does not."""
_PRESENTING, _EMBEDDED = (css_text(_FOLDER / name) for name in ("presenting.css", "embedded.css"))


class Frame(NamedTuple):
    """How a page was drawn last.

    switched : how often its presenter view was switched on or off on this visit
    turn : goes on by one look, or back by one, where a clicker finds nothing more to show
    jump : goes to a scene of a talk by its number
    place : where the talk is
    """

    title: str
    present: bool
    switched: int
    turn: Callable[[int], None] | None
    jump: Callable[[int], None] | None
    place: Place | None


def render_frame(
    title: str,
    hint: str,
    present: bool,
    hint_for_touch: str = "",
    past_controls: str = "picture",
    turn: Callable[[int], None] | None = None,
    long_link: str = "",
    jump: Callable[[int], None] | None = None,
    place: Place | None = None,
    scene: bool = True,
    bare: bool = False,
) -> None:
    """Set the page's style and its heading: a title, one line on what to do, the presenter view.

    While presenting, the heading gives way to the picture; a corner button leads back.

    place : where somebody is in a talk, said below the picture
    scene : whether the page can be a scene of a talk
    bare : whether the page stands without menu and heading, as it does inside another one
    """
    before: Frame | None = st.session_state.get(_FRAME)
    stays = before is not None and before.title == title
    switched = before.switched + (before.present != present) if stays else 0
    st.session_state[_FRAME] = Frame(title, present, switched, turn, jump, place)
    inside = (bare or embedding().on) and not present
    more = _PRESENTING if present else _EMBEDDED if inside else ""
    st.html(f"<style>{_STYLE}{more}</style>")
    if inside or present:
        st.html(f'<h1 class="presenting" tabindex="-1">{title}</h1>')
    if inside:
        return
    if present:
        if place:
            words = f"{place.number} of {place.count} · {place.title}"
            st.html(f'<p class="place">{escape(words)}</p>')
        with styled("leave", width="content"):
            st.button("Leave presenter view", on_click=stop_presenting, shortcut="Esc")
        return
    with styled("heading", horizontal=True, vertical_alignment="center"):
        touch = hint_for_touch or hint
        st.html(
            f'<a class="skip" href="#past-controls">Skip to the {past_controls}</a>'
            f'<div class="lead"><h1 tabindex="-1">{title}</h1><p class="mouse">{hint}</p>'
            f'<p class="touch">{touch}</p></div>'
        )
        with styled("share", width="content"):
            share(title, TRAVELS, long_link, key=_SHARE)
        if scene:
            with styled("add", width="content"):
                meaning = "Add this screen to your talk as a scene"
                st.button("Add to my talk", help=meaning, on_click=want_scene, args=(title,))
        with styled("enter", width="content"):
            meaning = "Large type, the picture and its keys alone"
            st.button("Present", help=meaning, on_click=start_presenting)


def take_presenter() -> None:
    """Take what a clicker or Escape did in the presenter view, before the page runs."""
    take_acts(
        _PRESENTER,
        {"turn": _turn, "jump": _jump, "leave": lambda _pressed: leave_presenting()},
    )


def render_presenter() -> None:
    """Follow the presenter view of the page that has just been drawn; draws nothing."""
    frame: Frame | None = st.session_state.get(_FRAME)
    if frame:
        with styled("unseen"):
            presenter(
                frame.present,
                frame.switched,
                frame.place,
                key=_PRESENTER,
                commits=commits_taken(_PRESENTER),
                seen=dict(browser().commits),
            )
        watch_restart({}, [_PRESENTER])


def _turn(step: int) -> None:
    """Go to the next look or the one before, where the page has looks."""
    if turn := st.session_state[_FRAME].turn:
        turn(step)


def _jump(number: int) -> None:
    """Go to a scene of a talk."""
    if jump := st.session_state[_FRAME].jump:
        jump(number)


def mark_past_controls() -> None:
    """Make the next element what the heading's link leads to, past all controls before it."""
    st.html('<div id="past-controls" tabindex="-1"></div>')


def render_notes(notes: Sequence[str], whose: str = "") -> None:
    """Say what had to be moved, one sentence a line.

    Their place is there without them, too: what comes and goes would have all boxes after it made
    anew, and whoever stands in one would lose the keyboard.

    whose : the beginning of that place's key, on a screen that has several
    """
    with styled("notes", whose):
        if notes:
            show_notes(notes)
