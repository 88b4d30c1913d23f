"""What every page has around it: style, heading, notes, the way into the presenter view and out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import streamlit as st

from app.components.presenter import presenter
from app.page.address import leave_presenting, start_presenting, stop_presenting
from app.page.browser import commits_taken, new_commits, take_acts
from app.page.plain import show_notes

_STYLE = Path(__file__).with_name("frame.css").read_text(encoding="utf-8")
_PRESENTER, _FRAME = "presenter", "frame"
_PRESENTING = Path(__file__).with_name("presenting.css").read_text(encoding="utf-8")


class Looks(NamedTuple):
    """The looks of a page, which a clicker turns where a look has nothing more to show."""

    names: Sequence[str]
    shown: str
    """The one that was drawn last."""
    show: Callable[[str], None]
    """Goes to another one, from an act."""


class Frame(NamedTuple):
    """How a page was drawn last; turn: how often its presenter view was switched on this visit."""

    title: str
    present: bool
    turn: int
    looks: Looks | None


def render_frame(
    title: str,
    hint: str,
    present: bool,
    hint_for_touch: str = "",
    past_controls: str = "picture",
    looks: Looks | None = None,
) -> None:
    """Set the page's style and its heading: a title, one line on what to do, the presenter view.

    While presenting, the heading gives way to the picture; a corner button leads back.
    """
    before: Frame | None = st.session_state.get(_FRAME)
    turn = before.turn + (before.present != present) if before and before.title == title else 0
    st.session_state[_FRAME] = Frame(title, present, turn, looks)
    st.html(f"<style>{_STYLE}{_PRESENTING if present else ''}</style>")
    if present:
        st.html(f'<h1 class="presenting" tabindex="-1">{title}</h1>')
        with st.container(key="leave", width="content"):
            st.button("Leave presenter view", on_click=stop_presenting, shortcut="Esc")
        return
    with st.container(key="heading", horizontal=True, vertical_alignment="center"):
        touch = hint_for_touch or hint
        st.html(
            f'<a class="skip" href="#past-controls">Skip to the {past_controls}</a>'
            f'<div class="lead"><h1 tabindex="-1">{title}</h1><p class="mouse">{hint}</p>'
            f'<p class="touch">{touch}</p></div>'
        )
        with st.container(key="enter", width="content"):
            meaning = "Large type, the picture and its keys alone"
            st.button("Present", help=meaning, on_click=start_presenting)


def take_presenter() -> None:
    """Ask for what a clicker or Escape did in the presenter view; before the page runs."""
    take_acts(_PRESENTER, {"turn": _turn, "leave": lambda _pressed: leave_presenting()})


def render_presenter() -> None:
    """Follow the presenter view of the page that has just been drawn; draws nothing."""
    frame: Frame | None = st.session_state.get(_FRAME)
    if not frame:
        return
    presenter(frame.present, frame.turn, key=_PRESENTER, commits=commits_taken(_PRESENTER))
    # What came with the run that draws it first is taken in by the next one.
    if new_commits(_PRESENTER):
        st.rerun()


def _turn(step: int) -> None:
    """Go to the next look or the one before; the first and the last are the ends."""
    frame: Frame = st.session_state[_FRAME]
    looks = frame.looks
    if not looks:
        return
    at = list(looks.names).index(looks.shown) + step
    if 0 <= at < len(looks.names):
        looks.show(looks.names[at])
        # A second press may come in with this one, and goes on from here.
        st.session_state[_FRAME] = frame._replace(looks=looks._replace(shown=looks.names[at]))


def mark_past_controls() -> None:
    """Make the next element what the heading's link leads to, past all controls before it."""
    st.html('<div id="past-controls" tabindex="-1"></div>')


def render_notes(notes: Sequence[str]) -> None:
    """Say what had to be moved, one sentence a line."""
    if notes:
        with st.container(key="notes"):
            show_notes(notes)
