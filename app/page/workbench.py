"""The screen that the pages of settings share: controls beside a picture, expanders below.

The controls stand in a column that scrolls by itself, so that an open expander moves no picture.
On a phone the picture comes first and the controls below it. `show` draws a page with its heading
and its address; `draw` draws the same parts elsewhere, with the controls that are offered there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic

import streamlit as st

from app.page.address import presenting
from app.page.alone import draw_alone
from app.page.box import View
from app.page.embedding import embedding
from app.page.frame import mark_past_controls, render_frame, render_notes
from app.page.looks import Look, Looks, Part, draw_looks, turn_look
from app.page.page import Page
from app.page.plain import show_notes


@dataclass(frozen=True)
class Screen(Generic[View]):
    """How a page of settings looks.

    title : its heading
    looks : what can be looked at
    look : the name of the look that a view shows
    beside : controls on one line with "Look at", by their boxes
    roomy : whether "Look at" stands with the controls, so that the picture has all the height
    tall : whether its controls, however few, need a column of their own beside the picture
    long_link : what Share advises instead of a link that is too long to be passed on
    """

    title: str
    looks: Looks
    look: Callable[[View], str]
    beside: Mapping[str, Part[View]] = field(default_factory=dict)
    roomy: bool = False
    tall: bool = False
    long_link: str = ""

    def shown(self, view: View) -> Look[View]:
        """The look that a view shows."""
        return self.looks[self.look(view)]


def show(screen: Screen[View], page: Page[View]) -> None:
    """Draw a page as itself: with heading, presenter view, notes and address.

    What stands below the heading runs alone where nothing but a setting has changed.
    """
    page = page.without(embedding().hidden if embedding().on else ())
    arrived = page.arrive()
    look, present = around = _around(screen, arrived[0])
    render_frame(
        screen.title,
        look.hint,
        present,
        hint_for_touch=look.touch,
        turn=partial(turn_look, page, screen.looks, screen.look),
        long_link=screen.long_link,
    )

    def draw_body(alone: bool) -> None:
        view, notes = page.arrive() if alone else arrived
        if _around(screen, view) != around:
            st.rerun()
        _draw_parts(screen, page, view, present, partial(render_notes, notes))
        page.leave()

    draw_alone(draw_body)


def _around(screen: Screen[View], view: View) -> tuple[Look[View], bool]:
    """What the heading and the presenter view depend on: the look, and whether it is presented."""
    return screen.shown(view), presenting()


def draw(
    screen: Screen[View], page: Page[View], *, present: bool = False, alone: bool = False
) -> None:
    """Draw a page in a place of its own (`Page.at`): its picture, and the controls chosen there.

    present : large type and the picture alone, as for a lecture hall
    alone : the picture without boxes beside it, where it has what was chosen in itself
    """
    view, notes = page.arrive()
    if alone and not present:
        _say(notes)
        _draw_picture(screen, page, view)
    else:
        say = partial(render_notes, notes, page.key("")) if present else partial(_say, notes)
        _draw_parts(screen, page, view, present, say)
    page.leave()


def _say(notes: Sequence[str]) -> None:
    with st.container():
        show_notes(notes)


def _draw_parts(
    screen: Screen[View], page: Page[View], view: View, present: bool, notes: Callable[[], None]
) -> None:
    look = screen.shown(view)
    if present:
        notes()
        look.draw(page, view, True)
        if look.live and page.offers(*look.live):
            with page.styled("live", horizontal=True):
                draw_offered(page, view, look.live)
        return
    if page.is_bare():
        notes()
        _draw_picture(screen, page, view)
        return
    elsewhere = {"look", *screen.beside, *(name for fold in look.folded for name in fold.boxes)}
    if page.controls is not None and page.controls <= elsewhere:
        notes()
        _draw_picture(screen, page, view)
    elif page.controls is not None and not screen.tall:  # few: the picture has all the width
        notes()
        with page.styled("offered"):
            with page.styled("controls", horizontal=True, vertical_alignment="bottom"):
                look.controls(page, view)
            with st.container():
                _draw_picture(screen, page, view)
    else:
        with page.styled("workbench"):
            notes()
            left, right = st.columns([1, 3.2], gap="medium")
            with left, page.styled("controls"):
                if not _looks_above(screen, page):
                    draw_looks(page, screen.looks, in_lines=True)
                look.controls(page, view)
            with right:
                _draw_picture(screen, page, view)
    for fold in look.folded:
        if page.offers(*fold.boxes):
            draw_folded(page, fold.key, fold.title, partial(fold.draw, page, view))


def _draw_picture(screen: Screen[View], page: Page[View], view: View) -> None:
    look, is_itself = screen.shown(view), page.controls is None
    looks = len(screen.looks) > 1 and page.offers("look") and _looks_above(screen, page)
    if looks or (screen.beside and page.offers(*screen.beside)):
        with page.styled("above", horizontal=True, vertical_alignment="center"):
            if looks:
                draw_looks(page, screen.looks)
            draw_offered(page, view, screen.beside)
    if is_itself:
        mark_past_controls()
    look.draw(page, view, False)
    if is_itself and look.below:
        look.below(page, view)


def _looks_above(screen: Screen[View], page: Page[View]) -> bool:
    """Whether "Look at" stands above the picture; elsewhere the page's controls are few."""
    return not screen.roomy or page.controls is not None


def draw_offered(page: Page[View], view: View, controls: Mapping[str, Part[View]]) -> None:
    """Draw those of the controls, given by their boxes, that are offered here."""
    for name, control in controls.items():
        if page.offers(name):
            control(page, view)


def draw_side_by_side(
    page: Page[View],
    view: View,
    controls: Mapping[str, Part[View]],
    widths: Sequence[int] = (),
    **options: Any,
) -> None:
    """The same, next to each other; widths and options are those of `st.columns`."""
    shares = widths or [1] * len(controls)
    offered = [
        (share, control)
        for share, (name, control) in zip(shares, controls.items(), strict=True)
        if page.offers(name)
    ]
    if offered:
        columns = st.columns([share for share, _ in offered], **options)
        for column, (_, control) in zip(columns, offered, strict=True):
            with column:
                control(page, view)


def draw_folded(
    page: Page[Any], key: str, title: str, content: Callable[[], None], keeps: bool = False
) -> None:
    """Something in an expander; where controls were chosen one by one, it stands open.

    keeps : whether it is drawn even while it is folded, because its content would be lost otherwise
    """
    if page.controls is not None:
        content()
        return
    if page.is_bare(key):
        return
    # What is folded away is not computed: `open` is known on the server.
    folded = st.expander(title, key=page.key(key), on_change="rerun")
    if folded.open or keeps:
        with folded:
            content()
