"""The Pooling page's controls, and the settings that they stand for.

What no control on the screen says is kept from the last view.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.page.box import SAY, Box, Settings, choice, flag, pair, within
from app.page.page import Page
from app.page.stage_commits import numbers_text, stage_commits
from app.pictures.any_picture import catalogue
from kernels import reading
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.reading.notation import format_numbers, number_text
from kernels.scene.limits import MAX_INPUT
from kernels.scene.pooling_examples import POOLING_EXAMPLES
from lessons.views.pooling import (
    MAX_CHANNELS,
    SCENE_KEYS,
    PoolingView,
    open_pooling,
    settle_pooling,
)
from lessons.views.pooling_shift import MAX_ROW, READY
from lessons.views.steppers import layer_steppers

STAGE = "stage"
SIZES_DRAWER, MORE_DRAWER = "sizes", "more"


def randomise(page: Page[PoolingView]) -> None:
    """Draw a new input."""
    page.forgive("x_text")
    page.change(x=f"random:{secrets.randbelow(1000)}")


def reveal(page: Page[PoolingView]) -> None:
    """Show the result of the shift test that is on the screen."""
    page.change(revealed=_asked(page.view()))


def hidden(page: Page[PoolingView], view: PoolingView) -> bool:
    """Whether the result of the shift test is still to be predicted."""
    return view.predict and page.remembered("revealed") != _asked(view)


def _asked(view: PoolingView) -> str:
    return str((view.look, view.picture.name, view.shift))


def _chosen_example(values: Mapping[str, Any], _view: PoolingView, _settings: Settings) -> Settings:
    name = values["example"]
    if name not in POOLING_EXAMPLES:
        return {}
    flat = POOLING_EXAMPLES[name].flat
    return {key: flat[key] for key in ("kinds", *_EXAMPLE_KEYS)} | {"step": "0"}


def _chosen_test(values: Mapping[str, Any], view: PoolingView, _settings: Settings) -> Settings:
    tests = READY[view.shift.on]
    return dict(tests[values["ready"]].settings) if values["ready"] in tests else {}


def _read_kinds(values: Mapping[str, Any], _view: PoolingView, _settings: Settings) -> Settings:
    # Without any there would be nothing to show: then the last ones stay.
    chosen = [kind for kind in POOL_KINDS if kind in values["kinds"]]
    return {"kinds": ".".join(chosen)} if chosen else {}


def _read_row(values: Mapping[str, Any], _view: PoolingView, _settings: Settings) -> Settings:
    row = reading.read_row(values["row"], most=MAX_ROW)
    enters = float(reading.read_number(values["enters"]))
    return {"row": format_numbers(row.array), "enters": number_text(enters), SAY: row.notes}


def _read_input(values: Mapping[str, Any], _view: PoolingView, _settings: Settings) -> Settings:
    read = reading.read_input(values["x_text"], channels=MAX_CHANNELS, side=MAX_INPUT)
    channels, *size = read.planes
    shape = {"cin": str(channels), "size": "x".join(map(str, size))}
    return {"x": format_numbers(read.array), **shape, SAY: read.notes}


_EXAMPLE_KEYS = tuple(key for key in SCENE_KEYS if key not in ("op", "step"))

PAGE: Page[PoolingView] = Page(
    "pooling",
    open=lambda link: open_pooling(link, catalogue()),
    settle=lambda settings: settle_pooling(settings, catalogue()),
    flat=PoolingView.to_flat,
    link=PoolingView.link,
    boxes=(
        Box("example", lambda view, _settings: {"example": view.example}, _chosen_example),
        Box("ready", lambda view, _settings: {"ready": view.ready}, _chosen_test),
        Box(
            "x_text",
            lambda view, _settings: {"x_text": numbers_text(view.scene.input_array())},
            _read_input,
            within="numbers",
        ),
        Box(
            "row",
            lambda _view, settings: {key: settings[key] for key in ("row", "enters")},
            _read_row,
            keys=("row", "enters"),
        ),
        Box("kinds", lambda view, _settings: {"kinds": list(view.kinds)}, _read_kinds),
        *within(
            SIZES_DRAWER,
            *(pair(name) for name in ("size", "kernel", "stride", "padding", "dilation")),
        ),
        *within(MORE_DRAWER, flag("ceil"), flag("countpad"), choice("cin", int)),
        *within("numbers", choice("step", int)),
        *(choice(name) for name in ("look", "picture", "pool", "on", "to")),
        *(choice(name, int) for name in ("times", "window", "every", "by")),
        *(flag(name) for name in ("predict", "large", "pad")),
        choice("p", float),
    ),
    still=lambda view: replace(view, scene=replace(view.scene, step=0)),
    memory={"revealed": ""},
    commits={
        STAGE: stage_commits(lambda view: view.scene, lambda view: layer_steppers(view.scene))
    },
)
