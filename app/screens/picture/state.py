"""The Picture page: its view with the picture that it shows, and its controls.

What changes the kernel is in `kernel`, what changes the picture in `source`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.page.box import Box, Settings, choice, flag, pair, within
from app.page.page import Page
from app.screens.picture.history import History
from app.screens.picture.kernel import (
    PARAMETERS,
    chosen_kernel,
    kernel_of_shelf,
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
from app.screens.picture.padding import PADDING_KEYS, boxes_of_padding, padding_of_boxes
from app.screens.picture.source import (
    PictureShown,
    chosen_look,
    chosen_picture,
    open_picture,
    resized,
    settle_picture,
)
from lessons.views.kernel_choice import OWN, taps_text

LOUPE, EDITOR, MAPS, SHELF_KEY = "loupe", "kernel_editor", "maps", "shelf"
WINDOWS_DRAWER, TYPED_DRAWER = "windows", "typed"


def kernel_error(page: Page[PictureShown]) -> str:
    """What is wrong with the kernel that was typed or asked for; empty if nothing is."""
    return page.remembered("kernel_error")


def kernel_history(page: Page[PictureShown]) -> History:
    """What the kernel was before."""
    return page.remembered("history")


def padding_form(page: Page[PictureShown]) -> str:
    """How the padding is given: one of `PADDINGS`."""
    padding = page.view().view.to_flat()["padding"]
    return str(boxes_of_padding(padding, page.remembered("padding_form"))["padding"])


def _taken_place(place: Any, _shown: PictureShown, _settings: Settings) -> Settings:
    """The pixel on which the loupe was put down."""
    row, column = place
    return {"row": str(int(row)), "column": str(int(column))}


def _opened_map(id: Any, _shown: PictureShown, settings: Settings) -> Settings:
    """Where a feature map is highest, as somebody asked in a gallery."""
    return opened_map(str(id), settings)


def _shown_padding(_shown: PictureShown, settings: Settings) -> dict[str, Any]:
    return boxes_of_padding(settings["padding"], settings["padding_form"])


def _read_padding(values: Mapping[str, Any], _shown: PictureShown, _settings: Settings) -> Settings:
    return {"padding": padding_of_boxes(values), "padding_form": values["padding"], "asked": ""}


def _shown_taps(shown: PictureShown, settings: Settings) -> dict[str, str]:
    # A text that cannot be read stays, with a sentence below it.
    return (
        {}
        if settings["kernel_error"]
        else {"taps": taps_text(shown.view.kernel.numbers, shown.view.kernel.divisor)}
    )


PAGE: Page[PictureShown] = Page(
    "picture",
    open=open_picture,
    settle=settle_picture,
    flat=PictureShown.to_flat,
    link=lambda shown: shown.view.link(),
    boxes=(
        Box(
            "sample",
            lambda shown, _settings: {"sample": OWN if shown.view.own else shown.view.sample},
            chosen_picture,
        ),
        Box(
            "full",
            lambda shown, _settings: {"full": shown.view.full},
            lambda values, shown, _settings: resized(shown, values["full"]),
        ),
        Box("look", lambda shown, _settings: {"look": shown.view.look}, chosen_look),
        Box(
            "kernel",
            lambda shown, _settings: {
                "kernel": None if shown.view.kernel.name == OWN else shown.view.kernel.name
            },
            chosen_kernel,
        ),
        Box("settings", settings_shown, taken_setting, keys=PARAMETERS),
        Box(
            "ksize",
            lambda shown, _settings: dict(
                zip(("height", "width"), shown.view.kernel.size, strict=True)
            ),
            taken_size,
            keys=("height", "width"),
        ),
        *within(TYPED_DRAWER, Box("taps", _shown_taps, typed_taps)),
        Box(
            "display",
            lambda _shown, settings: {"display": settings["show"]},
            lambda values, _shown, _settings: {"show": values["display"]},
        ),
        Box(
            "mix",
            lambda shown, _settings: {f"mix_{n}": w for n, w in enumerate(shown.view.mix)},
            lambda values, _shown, _settings: {
                "mix": " ".join(f"{values[f'mix_{n}']:g}" for n in range(3))
            },
            keys=("mix_0", "mix_1", "mix_2"),
        ),
        *within(
            WINDOWS_DRAWER,
            Box("padding", _shown_padding, _read_padding, keys=PADDING_KEYS),
            choice("mode"),
            pair("stride"),
        ),
        *(choice(name) for name in ("colour", "bank")),
        *(choice(name, int) for name in ("row", "column", "patch", "pool")),
        *(flag(name) for name in ("curtain", "relu")),
    ),
    still=lambda shown: tuple(
        value for name, value in shown.to_flat().items() if name not in ("row", "column")
    ),
    memory={"padding_form": "", "kernel_error": "", "upload_error": "", "history": History()},
    commits={
        LOUPE: {"place": _taken_place, "turn": turned_kernel},
        SHELF_KEY: {"kernel": kernel_of_shelf},
        MAPS: {"open": _opened_map},
        EDITOR: {"taps": taken_taps, "act": taken_act, "paste": taken_pasted},
    },
)
