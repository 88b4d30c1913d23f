"""The Channels page's controls: their keys, and the settings that they stand for.

Keys begin with `channels_`, as all pages share one session. Settings whose control is not on the
screen are kept from the last view.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from app.session.channels_view import (
    COLOURS,
    MAX_KERNEL,
    MIN_KERNEL,
    ChannelsView,
    read_widths,
    settle_channels,
)
from app.session.colour_kernels import MIXES
from app.session.sliding_state import edited_source, numbers_text
from kernels.notation import LARGEST_NUMBER, NotationError, format_numbers
from kernels.reading import read_input, read_kernels, read_row
from kernels.settle import MAX_INPUT
from kernels.values import fit_bias

PAGE = "channels"
STAGE = "stage_channels"
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

_PLAIN = ("look", "predict", "row", "column", "patch", "maps", "kernel", "step", "cin", "cout", "k",
          "groups", "bias", "ask")  # fmt: skip


def arrive(address: Mapping[str, str] | None) -> tuple[ChannelsView, tuple[str, ...]]:
    """Settle the view from the address, or from the controls where that is None.

    The controls are then set to the settled view, so that none of them shows what is not.
    """
    view, notes = settle_channels(address if address is not None else _flat_of_controls())
    notes = (*st.session_state.pop("channels_notes", ()), *notes)
    _set_controls(view)
    return view, _kept(view, notes)


def controls() -> dict[str, object]:
    """The present values of the controls, and the settings that a callback may have changed."""
    state = st.session_state
    mix = [f"mix_{row}_{column}" for row in range(COLOURS) for column in range(COLOURS + 1)]
    keys = [f"channels_{key}" for key in (*_PLAIN, "height", "width", "outputs", *mix)]
    values = {key: state[key] for key in keys if key in state}
    return {**values, "channels_flat": state.get("channels_flat")}


def replace_view(**settings: str) -> None:
    """Change settings from a callback; the page's run then draws them."""
    view, notes = settle_channels({**_flat_of_controls(), **settings})
    st.session_state["channels_notes"] = notes
    _set_controls(view)


def choose_source(key: str) -> None:
    """Take the planes from the picture chosen in a list, or small numbers."""
    chosen = st.session_state[key]
    if chosen == DIGITS:
        replace_view(x=SMALL_NUMBERS)
    elif chosen != OWN:
        replace_view(picture=chosen, x="", row="", column="")


def choose_example() -> None:
    """Take over the layer chosen in the list."""
    if chosen := EXAMPLES.get(st.session_state["channels_example"]):
        st.session_state.pop("channels_dense_error", None)
        replace_view(**{"groups": "1", "ask": "", **chosen[2]})


def choose_size(sizes: Mapping[str, tuple[int, int]]) -> None:
    """Take over the picture size chosen on the slider."""
    replace_view(size="x".join(map(str, sizes[st.session_state["channels_size"]])))


def choose_mix() -> None:
    """Take over the mix of colours chosen in the list."""
    if chosen := MIXES.get(st.session_state["channels_mix"]):
        replace_view(mix=format_numbers([chosen]))


def choose_outputs() -> None:
    """Change how many maps the mix of colours makes; the rows that stay keep their weights."""
    rows = read_mix()
    count = st.session_state["channels_outputs"]
    spare = MIXES["Unchanged"]
    rows = rows[:count] if count <= len(rows) else (*rows, *spare[len(rows) :])
    replace_view(mix=format_numbers([rows]))


def read_mix() -> tuple[tuple[float, ...], ...]:
    """The last view's mix of colours."""
    return settle_channels(st.session_state["channels_flat"])[0].mix


def choose_widths() -> None:
    """Take over the typed list of fully connected layers, unless it cannot be read."""
    text = st.session_state["channels_dense"]
    try:
        widths = read_widths(text)
    except NotationError as error:
        st.session_state["channels_dense_error"] = str(error)
        return
    st.session_state.pop("channels_dense_error", None)
    replace_view(dense=" ".join(map(str, widths)))


def read_text(key: str) -> None:
    """Take over the numbers typed into the box of x, w or b, unless they cannot be read."""
    errors = st.session_state.setdefault("channels_errors", {})
    try:
        settings, notes = _settings_of_text(key, st.session_state[f"channels_{key}_text"])
    except NotationError as error:
        errors[key] = str(error)
        return
    errors.pop(key, None)
    replace_view(**settings)
    st.session_state["channels_notes"] = (*notes, *st.session_state["channels_notes"])


def _settings_of_text(key: str, text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """The settings that a typed text stands for; NotationError if any of it would be lost."""
    conv = settle_channels(_flat_of_controls())[0].scene.conv
    if key == "b":
        read = read_row(text, least=conv.out_channels, most=conv.out_channels)
    elif key == "x":
        read = read_input(text, channels=COLOURS, side=MAX_INPUT)
    else:
        read = read_kernels(text, kernels=conv.out_channels, channels=COLOURS, side=MAX_KERNEL)
        height, width = read.planes[1:]
        if height != width or height < MIN_KERNEL:
            raise NotationError(
                f"The kernel is {height} × {width}; on this page it is a square of "
                f"{MIN_KERNEL} × {MIN_KERNEL} to {MAX_KERNEL} × {MAX_KERNEL}."
            )
        return {"w": format_numbers(read.array), "kernel": str(height)}, read.notes
    return {key: format_numbers(read.array)}, read.notes


def text_error(key: str) -> str:
    """What is wrong with the text in a box of numbers; empty if nothing is."""
    return st.session_state.get("channels_errors", {}).get(key, "")


def commit_step() -> None:
    """Take over the step at which the stage was paused."""
    st.session_state["channels_step"] = int(st.session_state[STAGE]["step"])


def commit_edit() -> None:
    """Take over a number typed into a cell of the stage."""
    edit = st.session_state[STAGE]["edit"]
    value = float(edit["value"])
    st.session_state["channels_revision"] = revision() + 1
    if not abs(value) <= LARGEST_NUMBER:
        too_large = f"{value:g} is too large; use numbers up to {LARGEST_NUMBER:,.0f}."
        st.session_state["channels_notes"] = (too_large,)
        return
    scene = settle_channels(_flat_of_controls())[0].scene
    key, source = edited_source(scene, edit["target"], edit["index"], value)
    replace_view(**{key: source})


def revision() -> int:
    """How many cells were edited on the stage."""
    return st.session_state.get("channels_revision", 0)


def is_hidden(view: ChannelsView) -> bool:
    """Whether the results wait to be predicted: until the very question shown is revealed."""
    return view.predict and st.session_state.get("channels_revealed") != view.question


def reveal(question: tuple[str, ...]) -> None:
    """Show the results of one question."""
    st.session_state["channels_revealed"] = question


def source_of(view: ChannelsView) -> str:
    """What the list of sources shows: a picture's name, DIGITS or OWN."""
    if not view.own_input:
        return view.picture
    return DIGITS if view.scene.x == SMALL_NUMBERS else OWN


def example_of(view: ChannelsView) -> str | None:
    """The ready layer of this look that the view shows, if it is one."""
    flat = view.to_flat()
    for name, (_, looks, settings) in EXAMPLES.items():
        wanted = {"groups": "1", **settings}
        if view.look in looks and all(flat[key] == value for key, value in wanted.items()):
            return name
    return None


def _flat_of_controls() -> dict[str, str]:
    """The last view's settings with what the controls now say laid over them."""
    state = st.session_state
    flat = dict(state.get("channels_flat", {}))
    for key in _PLAIN:
        if (value := state.get(f"channels_{key}")) is not None:
            flat[key] = str(int(value)) if isinstance(value, bool) else str(value)
    if "channels_height" in state:
        flat["size"] = f"{state['channels_height']}x{state['channels_width']}"
    if flat.get("mix") and "channels_mix_0_0" in state:
        rows = flat["mix"].count("_") + 1
        flat["mix"] = format_numbers(
            [
                [
                    [state[f"channels_mix_{row}_{n}"] for n in range(COLOURS + 1)]
                    for row in range(rows)
                ]
            ]
        )
    return flat


def _set_controls(view: ChannelsView) -> None:
    state, flat = st.session_state, view.to_flat()
    state["channels_flat"] = flat
    values: dict[str, object] = {
        key: int(flat[key]) if flat[key].isdigit() else flat[key] for key in _PLAIN
    }
    values |= {"predict": view.predict, "bias": view.layer.bias}
    values |= {"source": source_of(view), "example": example_of(view)}
    values |= {"height": view.size[0], "width": view.size[1], "outputs": len(view.mix)}
    values["mix"] = next((name for name, rows in MIXES.items() if rows == view.mix), None)
    for row in range(COLOURS):
        for column in range(COLOURS + 1):
            given = view.mix[row][column] if row < len(view.mix) else float(row == column)
            values[f"mix_{row}_{column}"] = float(given)
    if not state.get("channels_dense_error"):
        values["dense"] = flat["dense"]
    if state.get("channels_numbers"):  # the boxes of numbers are unfolded
        values |= {f"{key}_text": text for key, text in _texts(view).items() if not text_error(key)}
    for key, value in values.items():
        state[f"channels_{key}"] = value


def _texts(view: ChannelsView) -> dict[str, str]:
    scene = view.scene
    return {
        "x": numbers_text(scene.input_array()),
        "w": numbers_text(scene.written_weight_array()),
        "b": format_numbers(fit_bias(scene.b, scene.conv.out_channels)[None, None]),
    }


def _kept(view: ChannelsView, notes: tuple[str, ...]) -> tuple[str, ...]:
    """New notes, or the last ones while only the step has moved since."""
    shown_for, shown = st.session_state.get("channels_kept_notes", (None, ()))
    if notes or shown_for != view.question:
        shown = notes
        st.session_state["channels_kept_notes"] = (view.question, notes)
    return shown
