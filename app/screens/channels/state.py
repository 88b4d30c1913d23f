"""The Channels page's controls, and the settings that they stand for.

Settings whose control is not on the screen are kept from the last view.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from app.page.box import SAY, Box, Settings, choice, flag, within
from app.page.page import Page
from app.page.stage_commits import numbers_text, stage_commits, weights_text
from app.pictures.any_picture import catalogue
from kernels.reading import read_input, read_kernels, read_row
from kernels.reading.notation import NotationError, format_numbers
from kernels.scene.limits import MAX_INPUT
from kernels.scene.values import fit_bias
from lessons.views.channels import (
    COLOURS,
    MAX_KERNEL,
    MIN_KERNEL,
    ChannelsView,
    open_channels,
    read_widths,
    settle_channels,
)
from lessons.views.colour_kernels import MIXES
from lessons.views.colour_steppers import colour_steppers

STAGE = "stage"
KERNELS_DRAWER = "kernels"
DIGITS, OWN = "digits", "own"
SMALL_NUMBERS = "random:3"

# Ready layers: a title, the looks that offer it, and its settings.
EXAMPLES: Mapping[str, tuple[str, tuple[str, ...], Mapping[str, str]]] = MappingProxyType(
    {
        "colour": ("Colour, 4 kernels 3×3", ("weights", "separable"),
                   {"cin": "3", "cout": "4", "k": "3"}),
        "hundred": ("Colour, 100 kernels 5×5", ("weights",),
                    {"cin": "3", "cout": "100", "k": "5"}),
        "wide": ("Colour, 128 kernels 7×7", ("weights",),
                 {"cin": "3", "cout": "128", "k": "7"}),
        "second": ("10 → 20 channels, 5×5", ("weights",),
                   {"cin": "10", "cout": "20", "k": "5"}),
        "two groups": ("4 → 6 channels in 2 groups", ("weights",),
                       {"cin": "4", "cout": "6", "k": "3", "groups": "2"}),
        "depthwise": ("Depthwise, 32 channels", ("weights",),
                      {"cin": "32", "cout": "32", "k": "3", "groups": "32"}),
        "deep": ("64 → 128, on 56×56", ("separable",),
                 {"cin": "64", "cout": "128", "k": "3", "size": "56x56"}),
        "parted": ("10 → 100 channels, 5×5", ("separable",),
                   {"cin": "10", "cout": "100", "k": "5", "size": "28x28", "dbias": "0"}),
        "mobile": ("512 → 512, on 14×14", ("separable",),
                   {"cin": "512", "cout": "512", "k": "3", "size": "14x14"}),
        "photograph": ("480×640 in colour", ("dense",),
                       {"cin": "3", "cout": "4", "k": "3", "size": "480x640",
                        "dense": "100 100 1"}),
        "large": ("1536×2048 in colour", ("dense",),
                  {"cin": "3", "cout": "4", "k": "3", "size": "1536x2048", "dense": "100 100 1"}),
        "digits": ("28×28 grey, 84 nodes", ("dense",),
                   {"cin": "1", "cout": "10", "k": "5", "size": "28x28", "dense": "84 10"}),
        "smallest": ("3×3 grey, 4 outputs", ("dense",),
                     {"cin": "1", "cout": "1", "k": "2", "size": "3x3", "dense": "4"}),
    }
)  # fmt: skip


def ask_about(page: Page[ChannelsView], mistake: str) -> None:
    """Show a mistake beside the weights; "" puts it away."""
    page.change(ask=mistake)


def back_to_ready_kernels(page: Page[ChannelsView]) -> None:
    """Take the learner's own kernels away."""
    page.change(w="")


def reveal(page: Page[ChannelsView], question: tuple[str, ...]) -> None:
    """Show the results of one question."""
    page.change(revealed=str(question))


def is_hidden(page: Page[ChannelsView], view: ChannelsView) -> bool:
    """Whether the results wait to be predicted: until the very question shown is revealed."""
    return view.predict and page.remembered("revealed") != str(view.question)


def source_of(view: ChannelsView) -> str:
    """What the list of sources shows: a picture's name, DIGITS or OWN."""
    if not view.own_input:
        return view.picture.name
    return DIGITS if view.scene.x == SMALL_NUMBERS else OWN


def example_of(view: ChannelsView) -> str | None:
    """The ready layer of this look that the view shows, if it is one."""
    flat = view.to_flat()
    for name, (_, looks, settings) in EXAMPLES.items():
        wanted = {"groups": "1", "dbias": "1", **settings}
        if view.look in looks and all(flat[key] == value for key, value in wanted.items()):
            return name
    return None


def size_text(size: tuple[int, int]) -> str:
    """A picture's size as the slider of sizes names it.

    >>> size_text((480, 640))
    '480 × 640'
    """
    return f"{size[0]} × {size[1]}"


def _chosen_source(values: Mapping[str, Any], _view: ChannelsView, _settings: Settings) -> Settings:
    """The planes of the picture chosen in a list, or small numbers."""
    chosen = values["source"]
    if chosen == DIGITS:
        return {"x": SMALL_NUMBERS}
    return {} if chosen == OWN else _picture(chosen)


def _picture(name: str) -> dict[str, str]:
    return {"picture": name, "x": "", "row": "", "column": ""}


def _chosen_example(
    values: Mapping[str, Any], _view: ChannelsView, _settings: Settings
) -> Settings:
    chosen = EXAMPLES.get(values["example"])
    if not chosen:
        return {}
    return {"groups": "1", "dbias": "1", "ask": "", **chosen[2]}


def _chosen_mix(values: Mapping[str, Any], _view: ChannelsView, _settings: Settings) -> Settings:
    chosen = MIXES.get(values["mix"])
    return {"mix": format_numbers([chosen])} if chosen else {}


def _chosen_outputs(values: Mapping[str, Any], view: ChannelsView, _settings: Settings) -> Settings:
    """Another number of maps; the rows that stay keep their weights."""
    rows, count = view.mix, values["outputs"]
    rows = rows[:count] if count <= len(rows) else (*rows, *MIXES["Unchanged"][len(rows) :])
    return {"mix": format_numbers([rows])}


def _read_mix(values: Mapping[str, Any], view: ChannelsView, _settings: Settings) -> Settings:
    rows = range(len(view.mix))
    shares = [[values[f"mix_{row}_{n}"] for n in range(COLOURS + 1)] for row in rows]
    return {"mix": format_numbers([shares])}


def _shown_mix(view: ChannelsView, _settings: Mapping[str, str]) -> dict[str, float]:
    return {
        f"mix_{row}_{n}": float(view.mix[row][n] if row < len(view.mix) else row == n)
        for row in range(COLOURS)
        for n in range(COLOURS + 1)
    }


def _read_size(values: Mapping[str, Any], _view: ChannelsView, _settings: Settings) -> Settings:
    return {"size": values["size"].replace(" ", "").replace("×", "x")}


def _read_dense(values: Mapping[str, Any], _view: ChannelsView, _settings: Settings) -> Settings:
    return {"dense": " ".join(map(str, read_widths(values["dense"])))}


def _read_text(key: str, text: str, view: ChannelsView) -> Settings:
    """The settings that a typed text stands for.

    Raises NotationError if any of it would be lost.
    """
    maps = view.scene.conv.out_channels
    if key == "b":
        read = read_row(text, least=maps, most=maps)
    elif key == "x":
        read = read_input(text, channels=COLOURS, side=MAX_INPUT)
    else:
        read = read_kernels(text, kernels=maps, channels=COLOURS, side=MAX_KERNEL)
        height, width = read.planes[1:]
        if height != width or height < MIN_KERNEL:
            raise NotationError(
                f"The kernel is {height} × {width}; on this page it is a square of "
                f"{MIN_KERNEL} × {MIN_KERNEL} to {MAX_KERNEL} × {MAX_KERNEL}."
            )
        return {"w": format_numbers(read.array), "kernel": str(height), SAY: read.notes}
    return {key: format_numbers(read.array), SAY: read.notes}


def _text_box(key: str) -> Box[ChannelsView]:
    return Box(
        f"{key}_text",
        lambda view, _settings: {f"{key}_text": _texts(view)[key]},
        lambda values, view, _settings: _read_text(key, values[f"{key}_text"], view),
        within="numbers",
    )


def _texts(view: ChannelsView) -> dict[str, str]:
    scene = view.scene
    return {
        "x": numbers_text(scene.input_array()),
        "w": weights_text(scene.written_weight_array()),
        "b": format_numbers(fit_bias(scene.b, scene.conv.out_channels)[None, None]),
    }


PAGE: Page[ChannelsView] = Page(
    "channels",
    open=lambda link: open_channels(link, catalogue()),
    settle=lambda settings: settle_channels(settings, catalogue()),
    flat=ChannelsView.to_flat,
    link=ChannelsView.link,
    boxes=(
        Box("source", lambda view, _settings: {"source": source_of(view)}, _chosen_source),
        Box(
            "picture",
            lambda view, _settings: {"picture": view.picture.name},
            lambda values, _view, _settings: _picture(values["picture"]),
        ),
        Box(
            "example",
            lambda view, _settings: {"example": example_of(view)},
            _chosen_example,
            replaces=("dense",),
        ),
        Box(
            "mix",
            lambda view, _settings: {
                "mix": next((name for name, rows in MIXES.items() if rows == view.mix), None)
            },
            _chosen_mix,
        ),
        Box("outputs", lambda view, _settings: {"outputs": len(view.mix)}, _chosen_outputs),
        Box(
            "weights",
            _shown_mix,
            _read_mix,
            keys=tuple(f"mix_{row}_{n}" for row in range(COLOURS) for n in range(COLOURS + 1)),
        ),
        Box("size", lambda view, _settings: {"size": size_text(view.size)}, _read_size),
        Box(
            "sides",
            lambda view, _settings: {"height": view.size[0], "width": view.size[1]},
            lambda values, _view, _settings: {"size": f"{values['height']}x{values['width']}"},
            keys=("height", "width"),
        ),
        Box("dense", lambda _view, settings: {"dense": settings["dense"]}, _read_dense),
        *(_text_box(key) for key in ("x", "w", "b")),
        choice("look"),
        *(choice(name, int) for name in ("row", "column", "patch")),
        *within(KERNELS_DRAWER, choice("maps", int), choice("kernel", int)),
        *within("numbers", choice("step", int)),
        *(choice(name, int) for name in ("cin", "cout", "k", "groups")),
        *(flag(name) for name in ("predict", "bias", "dbias")),
    ),
    still=lambda view: view.question,
    memory={"revealed": "", "formulas": True},
    commits={STAGE: stage_commits(lambda view: view.scene, colour_steppers)},
)
