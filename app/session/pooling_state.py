"""The Pooling page's controls: their keys, and the flat settings that they stand for.

Keys begin with `pooling_`, as all pages share one session. The input's numbers and settings whose
control is not on the screen are kept from the last view.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from app.session.pooling_view import MAX_CHANNELS, MAX_ROW, READY, PoolingView, settle_pooling
from app.session.sliding_state import edited_source, numbers_text
from kernels import POOLING_EXAMPLES, reading
from kernels.notation import LARGEST_NUMBER, NotationError, format_numbers, number_text
from kernels.settle import MAX_INPUT
from kernels.spec import POOL_KINDS

PAGE, PREFIX, STAGE = "pooling", "pooling_", "stage_pooling"
PAIRS = ("size", "kernel", "stride", "padding", "dilation")
NUMBERS = ("cin", "step", "times", "window", "every", "by")
WORDS = ("look", "picture", "pool", "on", "to")
FLAGS = ("ceil", "countpad", "predict", "large", "pad")


def arrive(address: Mapping[str, str] | None) -> tuple[PoolingView, list[str]]:
    """Settle the view from the address, or from the controls where that is None.

    The controls are then set to the settled view, so that none of them shows what is not.
    """
    view, notes = settle_pooling(dict(address) if address is not None else _flat_of_controls())
    notes = (*st.session_state.pop("pooling_notes_of_callback", ()), *notes)
    _set_controls(view)
    st.session_state["pooling_flat"] = view.to_flat()
    return view, _kept_notes(view, notes)


def controls() -> dict[str, object]:
    """The present values of the controls, and how often a callback changed the view."""
    keys = (f"{PREFIX}{key}" for key in _keys())
    values = {key: st.session_state[key] for key in keys if key in st.session_state}
    return {**values, "pooling_changes": st.session_state.get("pooling_changes", 0)}


def load_example() -> None:
    """Show the ready pooling chosen in the list, with its own kinds."""
    name = st.session_state["pooling_example"]
    if name in POOLING_EXAMPLES:
        flat = POOLING_EXAMPLES[name].flat
        settings = {key: flat[key] for key in ("kinds", *_scene_settings())}
        replace_view(**settings, step="0")


def load_ready() -> None:
    """Show the ready row or picture chosen in the list."""
    name, tests = st.session_state["pooling_ready"], READY[st.session_state["pooling_on"]]
    if name in tests:
        replace_view(**tests[name].settings)


def commit_step() -> None:
    """Take over the step at which the stage was paused."""
    st.session_state["pooling_step"] = int(st.session_state[STAGE]["step"])


def commit_edit() -> None:
    """Take over a number typed into a cell of the stage."""
    edit = st.session_state[STAGE]["edit"]
    value = float(edit["value"])
    st.session_state["pooling_revision"] = revision() + 1
    if not abs(value) <= LARGEST_NUMBER:
        too_large = f"{value:g} is too large; use numbers up to {LARGEST_NUMBER:,.0f}."
        st.session_state["pooling_notes_of_callback"] = [too_large]
        return
    view, _ = settle_pooling(_flat_of_controls())
    _, source = edited_source(view.scene, "input", edit["index"], value)
    replace_view(x=source)


def revision() -> int:
    """How many cells were edited on the stage."""
    return st.session_state.get("pooling_revision", 0)


def read_text() -> None:
    """Take over the input typed into its box; its shape becomes the input's."""
    try:
        text = st.session_state["pooling_x_text"]
        read = reading.read_input(text, channels=MAX_CHANNELS, side=MAX_INPUT)
    except NotationError as error:
        st.session_state["pooling_text_error"] = str(error)
        return
    st.session_state.pop("pooling_text_error", None)
    channels, *size = read.planes
    source = format_numbers(read.array)
    replace_view(x=source, cin=str(channels), size="x".join(map(str, size)))
    _say(read.notes)


def read_row() -> None:
    """Take over the row, and the number that comes in, typed into their boxes."""
    try:
        row = reading.read_row(st.session_state["pooling_row"], most=MAX_ROW)
        enters = float(reading.read_number(st.session_state["pooling_enters"]))
    except NotationError as error:
        st.session_state["pooling_row_error"] = str(error)
        return
    st.session_state.pop("pooling_row_error", None)
    replace_view(row=format_numbers(row.array), enters=number_text(enters))
    _say(row.notes)


def _say(notes: Sequence[str]) -> None:
    """Put sentences before those that the settling of the view has to say."""
    said = st.session_state["pooling_notes_of_callback"]
    st.session_state["pooling_notes_of_callback"] = [*notes, *said]


def text_error() -> str:
    """What is wrong with the text in the box of the input; empty if nothing is."""
    return st.session_state.get("pooling_text_error", "")


def row_error() -> str:
    """What is wrong with the row typed for the shift test; empty if nothing is."""
    return st.session_state.get("pooling_row_error", "")


def randomise() -> None:
    """Draw a new input."""
    st.session_state.pop("pooling_text_error", None)
    replace_view(x=f"random:{secrets.randbelow(1000)}")


def reveal() -> None:
    """Show the result of the shift test that is on the screen."""
    st.session_state["pooling_revealed"] = _asked(settle_pooling(_flat_of_controls())[0])


def hidden(view: PoolingView) -> bool:
    """Whether the result of the shift test is still to be predicted."""
    return view.predict and st.session_state.get("pooling_revealed") != _asked(view)


def replace_view(**settings: str) -> None:
    """Change settings from a callback; the page's run then draws them."""
    view, notes = settle_pooling({**_flat_of_controls(), **settings})
    st.session_state["pooling_flat"] = view.to_flat()
    st.session_state["pooling_notes_of_callback"] = list(notes)
    st.session_state["pooling_changes"] = st.session_state.get("pooling_changes", 0) + 1
    _set_controls(view)


def _asked(view: PoolingView) -> tuple[str, str, object]:
    return view.look, view.picture, view.shift


def _scene_settings() -> tuple[str, ...]:
    return ("size", "cin", "kernel", "stride", "padding", "dilation", "ceil", "countpad", "p", "x")


def _keys() -> list[str]:
    pairs = [f"{name}_{axis}" for name in PAIRS for axis in (0, 1)]
    return [*pairs, *NUMBERS, *WORDS, *FLAGS, "kinds", "p"]


def _flat_of_controls() -> dict[str, str]:
    """The last view's settings with what the controls now say laid over them."""
    state = st.session_state
    flat = dict(state.get("pooling_flat", {}))
    for name in PAIRS:
        if f"{PREFIX}{name}_0" in state:
            flat[name] = f"{state[f'{PREFIX}{name}_0']}x{state[f'{PREFIX}{name}_1']}"
    for name in (*NUMBERS, *WORDS, "p"):
        if state.get(f"{PREFIX}{name}") is not None:
            flat[name] = str(state[f"{PREFIX}{name}"])
    for name in FLAGS:
        if f"{PREFIX}{name}" in state:
            flat[name] = str(int(state[f"{PREFIX}{name}"]))
    # Without any there would be nothing to show: then the last ones stay.
    if chosen := state.get("pooling_kinds"):
        flat["kinds"] = ".".join(kind for kind in POOL_KINDS if kind in chosen)
    return flat


def _set_controls(view: PoolingView) -> None:
    state, flat = st.session_state, view.to_flat()
    for name in PAIRS:
        for axis, value in enumerate(flat[name].split("x")):
            state[f"{PREFIX}{name}_{axis}"] = int(value)
    for name in NUMBERS:
        state[f"{PREFIX}{name}"] = int(flat[name])
    for name in WORDS:
        state[f"{PREFIX}{name}"] = flat[name]
    for name in FLAGS:
        state[f"{PREFIX}{name}"] = flat[name] == "1"
    state["pooling_kinds"] = list(view.kinds)
    state["pooling_p"] = float(flat["p"])
    state["pooling_example"] = view.example
    state["pooling_ready"] = view.ready
    if not row_error():
        state["pooling_row"], state["pooling_enters"] = flat["row"], flat["enters"]
    if state.get("pooling_numbers") and not text_error():
        state["pooling_x_text"] = numbers_text(view.scene.input_array())


def _kept_notes(view: PoolingView, notes: Sequence[str]) -> list[str]:
    """New notes, or the last ones while nothing but the step has changed since."""
    shown_for, shown = st.session_state.get("pooling_notes", (None, []))
    still = replace(view, scene=replace(view.scene, step=0))
    if notes or shown_for != still:
        shown_for, shown = still, list(notes)
        st.session_state["pooling_notes"] = (shown_for, shown)
    return shown
