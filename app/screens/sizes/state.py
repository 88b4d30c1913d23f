"""The Sizes page's controls, and the flat settings that they stand for.

Sizes are typed as people write them: 224, 224x180, 16x112x112.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.page.box import SAY, Box, Settings, choice, flag
from app.page.page import Page
from lessons.views.sizes import SizesView, settle_sizes
from lessons.views.sizes_examples import EXAMPLES, example_of, open_ready
from lessons.views.sizes_facts import answers, loaded, undone
from lessons.views.sizes_typed import Typed, of_rank, typed_lengths, typed_padding, typed_size

ANSWERS = "answers"


def undo(page: Page[SizesView]) -> None:
    """Load the layer that leads back to this one's input size."""
    if (settings := undone(page.view())) is not None:
        page.change(**settings)


def _sizes_box(key: str, title: str) -> Box[SizesView]:
    def read(values: Mapping[str, Any], view: SizesView, _settings: Settings) -> Settings:
        return _said(typed_lengths(key, title, values[key], view))

    return Box(key, lambda _view, settings: {key: settings[key]}, read)


def _read_size(values: Mapping[str, Any], view: SizesView, _settings: Settings) -> Settings:
    return _said(typed_size(values["size"], view))


def _said(typed: Typed) -> Settings:
    return {**typed.settings, SAY: [typed.note] if typed.note else []}


def _read_rank(values: Mapping[str, Any], view: SizesView, _settings: Settings) -> Settings:
    return of_rank(view, int(values["rank"]))


def _read_padding(values: Mapping[str, Any], view: SizesView, _settings: Settings) -> Settings:
    return _said(typed_padding(values["padding"], view.rank))


def _chosen_example(values: Mapping[str, Any], _view: SizesView, _settings: Settings) -> Settings:
    chosen = EXAMPLES.get(values["example"])
    return dict(chosen.flat) if chosen else {}


def _use(row: Any, view: SizesView, _settings: Settings) -> Settings:
    found = answers(view)
    return loaded(found[int(row)]) if 0 <= int(row) < len(found) else {}


PAGE: Page[SizesView] = Page(
    "sizes",
    open=open_ready,
    settle=settle_sizes,
    flat=SizesView.to_flat,
    link=SizesView.link,
    boxes=(
        Box("example", lambda view, _settings: {"example": example_of(view)}, _chosen_example),
        Box("size", lambda _view, settings: {"size": settings["size"]}, _read_size),
        Box("rank", lambda view, _settings: {"rank": view.rank}, _read_rank),
        _sizes_box("kernel", "The kernel"),
        _sizes_box("stride", "The stride"),
        Box("padding", lambda _view, settings: {"padding": settings["padding"]}, _read_padding),
        _sizes_box("dilation", "The dilation"),
        _sizes_box("opad", "The output padding"),
        *(choice(name) for name in ("look", "op", "convention")),
        *(choice(name, int) for name in ("cin", "cout", "groups", "batch", "want", "times")),
        *(flag(name) for name in ("bias", "ceil")),
    ),
    still=lambda view: replace(view, look=""),
    commits={ANSWERS: {"use": _use}},
)
