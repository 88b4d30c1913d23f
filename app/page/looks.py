"""The looks of a page: what can be looked at, in order; a control and a clicker turn them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic

import streamlit as st

from app.page.box import View
from app.page.page import Page

Part = Callable[[Page[View], View], None]
"""A part of a screen: draws itself for a page, wherever that stands, and its view."""


@dataclass(frozen=True)
class Fold(Generic[View]):
    """Something in an expander below everything: its key and title, and what draws its content.

    boxes : names of the boxes whose controls it holds; where none of them is offered, it is left
        out
    """

    key: str
    title: str
    draw: Part[View]
    boxes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Look(Generic[View]):
    """One thing to look at on a page.

    title : its name in the control "Look at"
    hint : the line beside the page's heading; touch : the same for those without a mouse
    draw : the picture, for a page, its view, and whether it is presented
    controls : the column beside the picture
    below : what else stands below the picture, on the page itself alone
    folded : expanders below everything
    live : controls that can be reached while it is presented, by their boxes
    """

    title: str
    hint: str
    draw: Callable[[Page[View], View, bool], None]
    controls: Part[View]
    touch: str = ""
    below: Part[View] | None = None
    folded: tuple[Fold[View], ...] = ()
    live: Mapping[str, Part[View]] = field(default_factory=dict)


Looks = Mapping[str, Look[Any]]
"""The looks of a page, by what its setting `look` says."""


def draw_looks(page: Page[Any], looks: Looks, in_lines: bool = False) -> None:
    """The control that goes from look to look, where there is more than one.

    in_lines : whether there are so many, or so little room, that they fill several lines
    """
    if len(looks) > 1 and page.offers("look"):
        (st.pills if in_lines else st.segmented_control)(
            "Look at",
            list(looks),
            format_func=lambda name: looks[name].title,
            required=True,
            key=page.key("look"),
            wrap=True,
            label_visibility="collapsed",
        )


def turn_look(page: Page[View], looks: Looks, look: Callable[[View], str], step: int) -> None:
    """Go to the next look or the one before, as a clicker asks; the first and the last are ends.

    look : the name of the look that a view shows
    """
    names = list(looks)
    at = names.index(look(page.view())) + step
    if 0 <= at < len(names):
        page.move("look", names[at])
