"""The Picture page: its view with the picture that it shows, and its controls.

What changes the kernel is in `picture_kernel`, what changes the picture in `picture_source`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.page.page import Box, Page, Settings, choice, flag, pair
from app.screens.picture.history import History
from app.screens.picture.kernel import (
    PARAMETERS,
    chosen_kernel,
    opened_map,
    settings_shown,
    taken_act,
    taken_pasted,
    taken_setting,
    taken_size,
    taken_taps,
    turned_kernel,
    typed_taps,
)
from app.screens.picture.kernel_choice import OWN, taps_text
from app.screens.picture.padding import PADDING_KEYS, boxes_of_padding, padding_of_boxes
from app.screens.picture.source import (
    Arrived,
    chosen_look,
    chosen_picture,
    open_picture,
    resized,
    settle_picture,
)

LOUPE, EDITOR, MAPS = "pictures", "kernel_editor", "maps"


def kernel_error() -> str:
    """What is wrong with the kernel that was typed or asked for; empty if nothing is."""
    return PAGE.remembered("kernel_error")


def kernel_history() -> History:
    """What the kernel was before."""
    return PAGE.remembered("history")


def padding_form() -> str:
    """How the padding is given: one of `PADDINGS`."""
    padding = PAGE.view().view.to_flat()["padding"]
    return str(boxes_of_padding(padding, PAGE.remembered("padding_form"))["padding"])


def show_look(look: str) -> None:
    """Go to another part of the page, from an act."""
    PAGE.change(**chosen_look({"look": look}, PAGE.view(), {}))


def _taken_place(place: Any, _arrived: Arrived, _settings: Settings) -> Settings:
    """The pixel on which the loupe was put down."""
    row, column = place
    return {"row": str(int(row)), "column": str(int(column))}


def _opened_map(id: Any, _arrived: Arrived, settings: Settings) -> Settings:
    """Where a feature map is highest, as somebody asked in a gallery."""
    return opened_map(str(id), settings)


def _shown_padding(_arrived: Arrived, settings: Settings) -> dict[str, Any]:
    return boxes_of_padding(settings["padding"], settings["padding_form"])


def _read_padding(values: Mapping[str, Any], _arrived: Arrived, _settings: Settings) -> Settings:
    return {"padding": padding_of_boxes(values), "padding_form": values["padding"], "asked": ""}


def _shown_taps(arrived: Arrived, settings: Settings) -> dict[str, str]:
    # A text that cannot be read stays, with a sentence below it.
    return (
        {}
        if settings["kernel_error"]
        else {"taps": taps_text(arrived.view.kernel.numbers, arrived.view.kernel.divisor)}
    )


PAGE: Page[Arrived] = Page(
    "picture",
    open=open_picture,
    settle=settle_picture,
    flat=Arrived.to_flat,
    link=lambda arrived: arrived.view.link(arrived.picture.size),
    prefix="picture_",
    boxes=(
        Box(
            ("sample",),
            lambda arrived, _settings: {"sample": OWN if arrived.view.own else arrived.view.sample},
            chosen_picture,
        ),
        Box(
            ("full",),
            lambda arrived, _settings: {"full": arrived.view.full},
            lambda values, arrived, _settings: resized(arrived, values["full"]),
        ),
        Box(("look",), lambda arrived, _settings: {"look": arrived.view.look}, chosen_look),
        Box(
            ("kernel",),
            lambda arrived, _settings: {
                "kernel": None if arrived.view.kernel.name == OWN else arrived.view.kernel.name
            },
            chosen_kernel,
            opened_map,
        ),
        Box(PARAMETERS, settings_shown, taken_setting),
        Box(
            ("height", "width"),
            lambda arrived, _settings: dict(
                zip(("height", "width"), arrived.view.kernel.size, strict=True)
            ),
            taken_size,
        ),
        Box(("taps",), _shown_taps, typed_taps),
        Box(
            ("display",),
            lambda _arrived, settings: {"display": settings["show"]},
            lambda values, _arrived, _settings: {"show": values["display"]},
        ),
        Box(
            ("mix_0", "mix_1", "mix_2"),
            lambda arrived, _settings: {f"mix_{n}": w for n, w in enumerate(arrived.view.mix)},
            lambda values, _arrived, _settings: {
                "mix": " ".join(f"{values[f'mix_{n}']:g}" for n in range(3))
            },
        ),
        Box(PADDING_KEYS, _shown_padding, _read_padding),
        pair("stride"),
        *(choice(name) for name in ("colour", "mode", "bank")),
        *(choice(name, int) for name in ("row", "column", "patch", "pool")),
        *(flag(name) for name in ("curtain", "relu")),
    ),
    still=lambda arrived: tuple(
        value for name, value in arrived.to_flat().items() if name not in ("row", "column")
    ),
    memory={"padding_form": "", "kernel_error": "", "upload_error": "", "history": History()},
    commits={
        LOUPE: {"place": _taken_place, "turn": turned_kernel},
        MAPS: {"open": _opened_map},
        EDITOR: {"taps": taken_taps, "act": taken_act, "paste": taken_pasted},
    },
)
