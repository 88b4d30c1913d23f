"""The drawer "Take it along": the stage's picture as a file, and its whole animation."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from threading import Lock
from typing import Any

import streamlit as st

from app.components.copy import copy_text
from app.drawings import files
from app.drawings.board import Board
from app.page.box import title_of_box
from app.page.embedding import EVERYTHING, snippet
from app.page.looks import Fold
from app.page.page import Page
from app.page.plain import show_notes
from app.page.stage import stage_payload
from kernels import Scene

_ONE_AT_A_TIME = Lock()
"""An animation is seconds of work: a class that asks for some leaves room for everybody else."""


Staged = tuple[Scene, tuple[str, ...], bool]
"""A scene, more kinds of pooling beside its own, and whether results are hidden."""


def take_along(title: str, staged: Callable[[Page[Any], Any], Staged]) -> Fold[Any]:
    """The drawer of a look with a stage.

    title : of the page; staged : a page and its view -> what the stage shows
    """

    def draw(page: Page[Any], view: Any) -> None:
        _draw_files(page, *staged(page, view))
        _draw_snippet(page, view, title)

    return Fold("take", "Take it along", draw)


def board_of(scene: Scene, also: tuple[str, ...], dark: bool, predict: bool = False) -> Board:
    """The drawing of what the stage shows."""
    return Board(scene, stage_payload(scene, also=also, predict=predict), dark, also)


def _draw_files(page: Page[Any], scene: Scene, also: tuple[str, ...], predict: bool) -> None:
    dark = st.toggle("On a dark page", key=page.key("take_dark"))
    name = f"slide-and-sum-step-{scene.step + 1}"
    board = partial(board_of, scene, also, dark)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"Step {scene.step + 1} as a picture")
        for kind, mime, make in (
            ("PNG", "image/png", lambda: files.png(board(predict).svg())),
            ("SVG", "image/svg+xml", lambda: board(predict).svg()),
        ):
            _button(page, kind, f"{name}.{kind.lower()}", mime, make)
    _draw_words(page, "step", board(predict).words)
    if why := files.why_not(scene.steps):
        show_notes([why])
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("All steps as an animation")
        for kind, end, mime in (("GIF", "gif", "image/gif"), ("APNG", "png", "image/png")):
            make = partial(_animation, kind, scene, also, dark)
            _button(page, kind, f"slide-and-sum.{end}", mime, make)
    _draw_words(page, "steps", board(predict).story)


def _draw_words(page: Page[Any], name: str, words: str) -> None:
    """What a picture shows in words, for its caption and for those who cannot see it."""
    copy_text(words, "Copy as a caption", wrapped=True, key=page.key(f"take_{name}_words"))


def _draw_snippet(page: Page[Any], view: Any, title: str) -> None:
    """The code that shows this very screen inside another page, with the boxes that are wanted."""
    names = {EVERYTHING: "all of them: the picture alone"}
    names |= {box.name: title_of_box(box.name) for box in page.boxes}
    hidden = st.multiselect(
        "Inside another page, without these controls",
        list(names),
        format_func=names.get,
        key=page.key("take_hidden"),
        placeholder="Every control stays",
    )
    address = (st.context.url or "/").split("?")[0]
    code = snippet(address, dict(page.link(view)), tuple(hidden), title)
    copy_text(code, "Copy the code", key=page.key("take_code"))
    st.caption("Whoever runs this app names the sites that may show it: FRAME_ANCESTORS.")


def _button(
    page: Page[Any], kind: str, file: str, mime: str, make: Callable[[], bytes | str]
) -> None:
    """A button that makes its file only once it is pressed."""
    key = page.key(f"take_{kind.lower()}")
    st.download_button(f"Save as {kind}", make, file, mime, key=key, on_click="ignore")


@lru_cache(maxsize=16)
def _animation(kind: str, scene: Scene, also: tuple[str, ...], dark: bool) -> bytes:
    with _ONE_AT_A_TIME:
        return files.ANIMATIONS[kind](board_of(scene, also, dark))
