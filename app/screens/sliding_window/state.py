"""The sliding window page's controls, and the flat settings that they stand for.

A control's key is its name here. Settings with a number an axis have two controls, `kernel_0` and
`kernel_1`. What no control on the screen says is kept from the last scene.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from app.page.box import SAY, Box, Settings, choice, flag, pair, within
from app.page.page import Page
from app.page.stage_commits import numbers_text, stage_commits, taken_number, weights_text
from kernels import EXAMPLES
from kernels.reading import read_input, read_kernels, read_row
from kernels.reading.notation import NotationError, format_numbers
from kernels.scene.flat import FlatScene
from kernels.scene.limits import MAX_CHANNELS, MAX_INPUT, MAX_KERNEL
from kernels.scene.values import fit_bias
from lessons.views.sliding_looks import (
    NOTHING_COUNTED,
    SlidingView,
    flat_of_look,
    open_looks,
    settle_looks,
)
from lessons.views.sliding_window import example_of, settle_sliding
from lessons.views.steppers import layer_steppers

STAGE, CONNECTIONS, COUNTING = "stage", "connections", "counting"
SIZES_DRAWER, MORE_DRAWER, CHANNELS_DRAWER = "sizes", "more", "channels"
COST_DRAWER = "cost"
PADDING_ENDS = ("top", "bottom", "left", "right")
PER_SIDE, EACH_END = "per side", "each end"
_END_KEYS = tuple(f"padding_{end}" for end in PADDING_ENDS)
_PADDING_KEYS = ("padding_form", "padding_0", "padding_1", *_END_KEYS)


def predicting(page: Page[FlatScene]) -> bool:
    """Whether results are hidden until they are asked for."""
    return page.remembered("predict") == "1"


def padding_form(page: Page[FlatScene]) -> str:
    """How the padding is given: per side, at each end, or by a word."""
    settings = page.view().to_flat() | {"padding_form": page.remembered("padding_form")}
    return _shown_padding(page.view(), settings)["padding_form"]


def randomise(page: Page[FlatScene], key: str) -> None:
    """Draw new numbers for x, w or b."""
    page.forgive(f"{key}_text")
    page.change(**{key: f"random:{secrets.randbelow(1000)}"})


def _ends(padding: str) -> tuple[int, int, int, int]:
    """Cells at the four ends; a word counts as none."""
    if not padding[0].isdigit():
        return 0, 0, 0, 0
    rows, columns = (
        [int(n) for n in axis.split(".")] * (1 if "." in axis else 2) for axis in padding.split("x")
    )
    return rows[0], rows[1], columns[0], columns[1]


def _chosen_example(values: Mapping[str, Any], _view: FlatScene, _settings: Settings) -> Settings:
    chosen = EXAMPLES.get(values["example"])
    return dict(chosen.flat) if chosen else {}


def _shown_padding(_scene: FlatScene, settings: Mapping[str, str]) -> dict[str, Any]:
    padding = settings["padding"]
    form, ends = padding, _ends(padding)
    if padding[0].isdigit():
        even = ends[0] == ends[1] and ends[2] == ends[3]
        form = PER_SIDE if even and settings["padding_form"] != EACH_END else EACH_END
    each = {f"padding_{end}": value for end, value in zip(PADDING_ENDS, ends, strict=True)}
    return {"padding_form": form, **each, "padding_0": ends[0], "padding_1": ends[2]}


def _read_padding(values: Mapping[str, Any], _view: FlatScene, _settings: Settings) -> Settings:
    form = values["padding_form"]
    padding = form
    if form == PER_SIDE:
        padding = f"{values['padding_0']}x{values['padding_1']}"
    elif form == EACH_END:
        top, bottom, left, right = (values[f"padding_{end}"] for end in PADDING_ENDS)
        padding = f"{top}.{bottom}x{left}.{right}"
    return {"padding": padding, "padding_form": form}


def _read_text(key: str, text: str, scene: FlatScene, settings: Settings) -> Settings:
    """The settings that a typed text stands for.

    Raises NotationError if any of it would be lost.
    """
    conv = scene.conv
    if key == "b":
        read = read_row(text, least=conv.out_channels, most=conv.out_channels)
        return {"b": format_numbers(read.array), SAY: read.notes}
    if key == "x":
        read = read_input(text, channels=MAX_CHANNELS, side=MAX_INPUT)
        channels, *size = read.planes
        shape = {"cin": str(channels), "size": "x".join(map(str, size))}
        return {"x": format_numbers(read.array), **shape, SAY: read.notes}
    each = conv.in_channels // conv.groups
    read = read_kernels(text, kernels=conv.out_channels, channels=each, side=MAX_KERNEL)
    size = read.planes[1:]
    taken = {"w": format_numbers(read.array), "kernel": "x".join(map(str, size))}
    fits = settle_sliding({**settings, **taken})[0].conv.kernel_size
    if fits != size:
        raise NotationError(
            f"The kernel of {size[0]} × {size[1]} does not fit here, where {fits[0]} × {fits[1]} "
            "does; make the input or the padding larger first."
        )
    return {**taken, SAY: read.notes}


def _written_weight(scene: FlatScene) -> str:
    """The kernels as text; a pooling has none to show."""
    weight = scene.written_weight_array()
    return "" if weight is None else weights_text(weight)


def _text_box(key: str, text: Callable[[FlatScene], str]) -> Box[FlatScene]:
    """A box of numbers; what is typed there gives the layer its shape as well."""
    return Box(
        f"{key}_text",
        lambda scene, _settings: {f"{key}_text": text(scene)},
        lambda values, scene, settings: _read_text(key, values[f"{key}_text"], scene, settings),
        within="numbers",
    )


def _found(place: Mapping[str, Any], _view: FlatScene, settings: Settings) -> Settings:
    """One more place of the window was found along an axis."""
    counted = settings["counted"].split("x")
    axis, cell = int(place["axis"]), int(place["cell"])
    if axis < len(counted):
        counted[axis] = ".".join(filter(None, (counted[axis], str(cell))))
    return {"counted": "x".join(counted)}


def _counted_anew(number: Mapping[str, Any], view: FlatScene, _settings: Settings) -> Settings:
    """Another layer has other places: counting begins again."""
    return {**taken_number(number, layer_steppers(view)), "counted": NOTHING_COUNTED}


PAGE: Page[FlatScene] = Page(
    "sliding",
    open=open_looks,
    settle=settle_looks,
    flat=flat_of_look,
    link=SlidingView.link,
    boxes=(
        Box("example", lambda scene, _settings: {"example": example_of(scene)}, _chosen_example),
        _text_box("x", lambda scene: numbers_text(scene.input_array())),
        _text_box("w", _written_weight),
        _text_box(
            "b",
            lambda scene: format_numbers(fit_bias(scene.b, scene.conv.out_channels)[None, None]),
        ),
        choice("op"),
        choice("look"),
        flag("predict"),
        flag("transpose"),
        *within(
            SIZES_DRAWER,
            *(pair(name) for name in ("size", "kernel", "stride", "dilation")),
            Box("padding", _shown_padding, _read_padding, keys=_PADDING_KEYS),
        ),
        *within(
            MORE_DRAWER,
            choice("mode"),
            *(choice(name, float) for name in ("fill", "p")),
            *(flag(name) for name in ("ceil", "countpad", "flip")),
        ),
        *within(
            CHANNELS_DRAWER,
            *(choice(name, int) for name in ("cin", "cout", "groups")),
            flag("bias"),
        ),
        *within("numbers", choice("step", int)),
        *within(COST_DRAWER, pair("picture"), pair("detector")),
    ),
    still=lambda scene: replace(scene, step=0),
    memory={"predict": "0", "padding_form": ""},
    linked=frozenset({"predict"}),
    commits={
        STAGE: stage_commits(lambda scene: scene, layer_steppers),
        CONNECTIONS: stage_commits(lambda scene: scene, layer_steppers),
        COUNTING: {
            **stage_commits(lambda scene: scene, layer_steppers),
            "set": _counted_anew,
            "found": _found,
            "again": lambda _value, _view, _settings: {"counted": NOTHING_COUNTED},
        },
    },
)
