"""The one way in which a part of a screen gets its style.

Streamlit gives a container a class only through its key, and a key may stand once on a screen.
`styled` therefore makes a key of the style's name and of whose part it is. Style sheets find it as
`[class*="styled-controls"]`, whatever page it stands on, and name no key of any page.
"""

from __future__ import annotations

from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

Style = Literal[
    "workbench",  # controls beside a picture
    "controls",  # narrow boxes with short labels
    "offered",  # a few of them above a picture, on a phone below it
    "above",  # what is chosen on one line above a picture; on a phone switches follow below it
    "row",  # boxes that stay side by side on a phone
    "kept-in-sight",  # on a phone it stays in sight above the pictures
    "shelf",  # a row of choices, which on a phone stays in sight below that
    "heading",
    "share",  # the page's link
    "add",  # the page becomes a scene of a talk
    "enter",  # the way into the presenter view
    "leave",  # and out of it
    "live",  # what can be changed before a class
    "notes",  # what had to be moved
    "steady",  # a sentence that may be long: what stands below it stays where it is
    "tight",  # boxes of one line of numbers, closely set
    "spoken",  # sentences that are read out from the back row
    "wrapped",  # buttons whose words may need two lines
    "unclipped",  # a list that shows all that was chosen
    "lesson",  # a step of the course beside its view
    "printed",  # a step of a lesson that is printed whole
    "asked",  # a box for one number, with the button beside it
    "step",  # its words, narrow enough to be read
    "unseen",
]
"""What a part of a screen can be; no name begins with another one."""


def styled(style: Style, prefix: str = "", **options: Any) -> DeltaGenerator:
    """A container that looks as its style says.

    prefix : whose it is, where a screen can have several; options: those of `st.container`
    """
    return st.container(key=style_key(style, prefix), **options)


def style_key(style: Style, prefix: str = "") -> str:
    """The key by which a control or a component gets its style without a container around it.

    >>> style_key("unseen", "run-")
    'run-styled-unseen'
    """
    return f"{prefix}styled-{style}"
