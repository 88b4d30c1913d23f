"""The sliding window page's controls, and the flat settings that they stand for.

A control's key is its name here. Settings with a number an axis have two controls, `kernel_0` and
`kernel_1`. What no control on the screen says is kept from the last scene.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import Any

from app.page.box import SAY, Box, Settings, choice, flag, pair, within
from app.page.page import Page
from app.page.stage_commits import numbers_text, stage_commits, taken_number, weights_text
from kernels import EXAMPLES
from kernels.reading import read_input, read_kernels, read_row
from kernels.reading.notation import NotationError, format_numbers
from kernels.scene.axes import ENDS, NAMES
from kernels.scene.flat import FlatScene
from kernels.scene.limits import MAX_CHANNELS, MAX_PLANES, Room, rooms_of
from kernels.scene.planes import as_planes
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
from lessons.views.transposed import step_the_other_way

STAGE, CONNECTIONS, COUNTING = "stage", "connections", "counting"
EXAMPLE = "connections_example"
"""The same picture of a layer that is not the page's own."""
SIZES_DRAWER, MORE_DRAWER, CHANNELS_DRAWER = "sizes", "more", "channels"
COST_DRAWER = "cost"
PADDING_ENDS = tuple(end for name in NAMES[3] for end in ENDS[name])
PER_SIDE, EACH_END, CAUSAL = "per side", "each end", "causal"
_END_KEYS = tuple(f"padding_{end}" for end in PADDING_ENDS)
_PADDING_KEYS = ("padding_form", "padding_0", "padding_1", "padding_2", *_END_KEYS)


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


def _ends(padding: str) -> tuple[int, ...]:
    """Cells at the ends of each axis, in reading order; a word counts as none."""
    if not padding[0].isdigit():
        return (0,) * len(PADDING_ENDS)
    return tuple(
        int(n) for axis in padding.split("x") for n in axis.split(".") * (1 if "." in axis else 2)
    )


def causal_ends(scene: FlatScene) -> tuple[int, ...]:
    """Cells left and right of a signal with which no output sees what comes later.

    Empty for what is not a signal under a convolution.
    """
    if scene.layer.rank != 1 or not scene.is_conv:
        return ()
    (axis,) = scene.conv.axes(scene.input_size)
    return axis.causal_padding


def _chosen_example(values: Mapping[str, Any], _view: FlatScene, _settings: Settings) -> Settings:
    chosen = EXAMPLES.get(values["example"])
    return dict(chosen.flat) if chosen else {}


def _chosen_way(values: Mapping[str, Any], scene: FlatScene, settings: Settings) -> Settings:
    """The other way shows the same place."""
    way = values["way"]
    if way is None or way == settings["way"]:
        return {}
    return {"way": way, "step": str(step_the_other_way(scene)) if scene.kind.has("way") else "0"}


def _shown_padding(scene: FlatScene, settings: Mapping[str, str]) -> dict[str, Any]:
    padding = settings["padding"]
    form, ends = padding, _ends(padding)[-2 * scene.layer.rank :]
    if padding[0].isdigit():
        form = EACH_END
        if settings["padding_form"] != EACH_END:
            even = ends[::2] == ends[1::2]
            form = PER_SIDE if even else CAUSAL if ends == causal_ends(scene) else EACH_END
    names = PADDING_ENDS[-len(ends) :]
    each = {f"padding_{end}": value for end, value in zip(names, ends, strict=True)}
    sides = {f"padding_{axis}": before for axis, before in enumerate(ends[::2])}
    return {"padding_form": form, **each, **sides}


def _read_padding(values: Mapping[str, Any], view: FlatScene, _settings: Settings) -> Settings:
    form, rank = values["padding_form"], view.layer.rank
    padding = form
    if form == PER_SIDE:
        padding = "x".join(str(values[f"padding_{axis}"]) for axis in range(rank))
    elif form == EACH_END:
        each = [str(values[f"padding_{end}"]) for end in PADDING_ENDS[-2 * rank :]]
        padding = "x".join(map(".".join, zip(each[::2], each[1::2], strict=True)))
    elif form == CAUSAL:
        padding = ".".join(map(str, causal_ends(view)))
    return {"padding": padding, "padding_form": form}


def _read_text(key: str, text: str, scene: FlatScene, settings: Settings) -> Settings:
    """The settings that a typed text stands for.

    Raises NotationError if any of it would be lost.
    """
    conv, rank = scene.conv, scene.layer.rank
    if key == "b":
        read = read_row(text, least=conv.out_channels, most=conv.out_channels)
        return {"b": format_numbers(read.array), SAY: read.notes}
    if key == "x":
        most = MAX_PLANES if rank == 3 else MAX_CHANNELS
        read = read_input(text, channels=most, side=_room(scene).input)
        planes, *size = read.planes
        _refuse_rows(rank, size)
        shape = {"cin": str(planes), "size": "x".join(map(str, size[-rank:]))}
        if rank == 3:
            frames = _frames_of(planes, conv.in_channels)
            shape = {"size": "x".join(map(str, (frames, *size)))}
        return {"x": format_numbers(read.array), **shape, SAY: read.notes}
    frames = conv.kernel_size[:-2]
    each = conv.in_channels // conv.groups * prod(frames)
    room = _room(scene)
    read = read_kernels(text, kernels=conv.out_channels, channels=each, side=room.kernel)
    size = read.planes[1:]
    _refuse_rows(rank, size)
    own = (*frames, *size)[-rank:]
    taken = {"w": format_numbers(read.array), "kernel": "x".join(map(str, own))}
    fits = settle_sliding({**settings, **taken})[0].layer.kernel_size
    if fits != own:
        raise NotationError(
            f"The kernel of {_by(own)} does not fit here, where {_by(fits)} "
            "does; make the input or the padding larger first."
        )
    return {**taken, SAY: read.notes}


def _frames_of(planes: int, channels: int) -> int:
    """How many frames each channel has of so many planes."""
    if planes % channels:
        raise NotationError(
            f"{planes} frames were given, which are not as many for each of {channels} channels; "
            "give all frames of a channel, then those of the next."
        )
    return planes // channels


def _refuse_rows(rank: int, size: Sequence[int]) -> None:
    if rank == 1 and size[0] > 1:
        raise NotationError(
            f"A signal is one row of numbers, and these are {size[0]}; write them in one row, or "
            "choose an image."
        )


def _by(size: Sequence[int]) -> str:
    return " × ".join(map(str, size))


def _written_input(scene: FlatScene) -> str:
    """The input as text: channel by channel, frame by frame."""
    return numbers_text(as_planes(scene.input_array(), scene.layer.rank))


def _written_weight(scene: FlatScene) -> str:
    """The kernels as text; a pooling has none to show."""
    weight = scene.kernels_array()
    return "" if weight is None else weights_text(as_planes(weight, scene.layer.rank))


def _room(scene: FlatScene) -> Room:
    """How much room there is for rows and for columns."""
    return rooms_of(scene.layer.rank)[-1]


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
        _text_box("x", _written_input),
        _text_box("w", _written_weight),
        _text_box(
            "b",
            lambda scene: format_numbers(fit_bias(scene.b, scene.conv.out_channels)[None, None]),
        ),
        choice("op"),
        choice("rank"),
        choice("look"),
        Box("way", lambda _scene, settings: {"way": settings["way"]}, _chosen_way),
        flag("predict"),
        flag("transpose"),
        *within(
            SIZES_DRAWER,
            *(pair(name, 3) for name in ("size", "kernel", "stride", "opad", "dilation")),
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
    memory={"predict": "0", "padding_form": "", "formulas": True, "tall": None},
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
