"""What changes the Picture page's kernel: lists, sliders, the editor, undo and redo.

All of it goes through `change_kernel`, which remembers what was there before.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.session.history import History
from app.session.kernel_choice import (
    KERNEL_DEFAULTS,
    OWN,
    KernelChoice,
    acted_kernel,
    nearest_size,
    own_kernel,
    read_matrix,
    read_one,
    settings_text,
    size_text,
)
from app.session.picture_state import EDITOR, LOUPE, MAPS, replace_view
from kernels import CATALOGUE
from kernels.kernel_tools import resize
from kernels.notation import NotationError, parse_numbers


def choose_kernel() -> None:
    """Take the kernel chosen in the list, with the display that suits it."""
    change_kernel({"kernel": st.session_state["picture_kernel"]})


def turn_kernel() -> None:
    """Take the next kernel of the catalogue, or the one before, as a presenter's clicker asks."""
    names = list(CATALOGUE)
    now = st.session_state["picture_kernel"]
    turn = int(st.session_state[LOUPE]["turn"])
    change_kernel({"kernel": names[(names.index(now) + turn) % len(names) if now in names else 0]})


def open_map() -> None:
    """Go to where a feature map is highest, with its kernel, to compare picture and result."""
    name, size, settings, row, column = str(st.session_state[MAPS]["open"]).split(" ")
    there = {"look": "compare", "row": row, "column": column}
    if name in CATALOGUE:
        change_kernel({"kernel": name, "ksize": size, "kset": settings}, **there)
    else:
        replace_view(**there)


def take_size() -> None:
    """Bring the kernel to another size: by its own rule, or with a rim of zeros more or less."""
    state = st.session_state
    size = int(state["picture_height"]), int(state["picture_width"])
    kernel = _kernel_now()
    if kernel.known is None:
        taps = resize(kernel.numbers, *size)
        change_kernel(own_kernel(taps, kernel.divisor, kernel.offset), show=None)
    elif nearest := nearest_size(kernel.known, size):
        change_kernel({**kernel.to_flat(), "ksize": size_text(nearest)}, show=None)
    else:
        replace_view()


def take_setting(name: str) -> None:
    """Build the catalogue's kernel with another setting, such as a sigma."""
    kernel = _kernel_now()
    settings = {**dict(kernel.settings), name: st.session_state[f"picture_set_{name}"]}
    # A size that was chosen stays; otherwise it is the one that suits the settings.
    size = kernel.to_flat()["ksize"]
    if size and not _can_be(kernel, kernel.size, settings):
        size = ""
    change_kernel({"kernel": kernel.name, "ksize": size, "kset": settings_text(settings)})


def take_cells() -> None:
    """Take over what was typed or painted in the editor."""
    typed = st.session_state[EDITOR]["taps"]
    st.session_state["picture_edited"] = typed.get("revision")
    columns = int(typed["columns"])
    texts = [str(text) for text in typed["texts"]]
    rows = [" ".join(texts[n : n + columns]) for n in range(0, len(texts), columns)]
    try:
        taps = parse_numbers("_".join(rows))[0]
        divisor = read_one(str(typed["divisor"]), "divisor")
        offset = read_one(str(typed["offset"]), "offset")
    except NotationError as error:
        st.session_state["picture_kernel_error"] = str(error)
        return
    # The display stays: a picture whose look changes while it is edited explains nothing.
    change_kernel(own_kernel(taps, divisor, offset), show=None)


def take_pasted() -> None:
    """Take over a pasted matrix."""
    _take_matrix(str(st.session_state[EDITOR]["paste"]))


def take_taps() -> None:
    """Take over a matrix typed as text; text that cannot be read stays, with a sentence."""
    _take_matrix(st.session_state["picture_taps"])


def _take_matrix(text: str) -> None:
    offset = _kernel_now().offset
    try:
        taps, divisor, notes = read_matrix(text)
    except NotationError as error:
        st.session_state["picture_kernel_error"] = str(error)
        return
    own = {"kernel": OWN, "w": taps, "divisor": divisor, "offset": f"{offset:g}"}
    change_kernel({**KERNEL_DEFAULTS, **own})
    st.session_state["picture_notes"] = (*notes, *st.session_state["picture_notes"])


def take_act() -> None:
    """Do what a button of the editor says: undo, redo, or turn the kernel into another one."""
    state = st.session_state
    name = str(state[EDITOR]["act"])
    # What was typed just before the button was pressed may arrive in the same run, after it.
    typed = state[EDITOR].get("taps")
    if typed and typed.get("revision") != state.get("picture_edited"):
        take_cells()
    now, history = _kernel_now(), kernel_history()
    state.pop("picture_kernel_error", None)
    if name in ("undo", "redo"):
        step = history.undo if name == "undo" else history.redo
        flat, state["picture_history"] = step(_kernel_settings())
        replace_view(**flat)
        return
    try:
        changed = acted_kernel(name, now)
    except ValueError as error:
        state["picture_kernel_error"] = _sentence(error)
        return
    change_kernel(changed, show=None)


def kernel_history() -> History:
    """What the kernel was before."""
    return st.session_state.get("picture_history", History())


def change_kernel(flat: Mapping[str, str], show: str | None = "", **settings: str) -> None:
    """Take another kernel and remember the one before; `show` None keeps the display."""
    state = st.session_state
    state.pop("picture_kernel_error", None)
    before = _kernel_settings()
    shown = {} if show is None else {"show": show}
    replace_view(**{**KERNEL_DEFAULTS, **flat, **shown, **settings})
    if _kernel_settings() != before:
        state["picture_history"] = kernel_history().changed(before)


def _kernel_now() -> KernelChoice:
    return st.session_state["picture_kernel_now"]


def _kernel_settings() -> dict[str, str]:
    """The kernel as the last run had it, with its display."""
    flat = st.session_state["picture_flat"]
    return {key: flat[key] for key in (*KERNEL_DEFAULTS, "show")}


def _can_be(kernel: KernelChoice, size: tuple[int, int], settings: Mapping[str, float]) -> bool:
    try:
        CATALOGUE[kernel.name].at(size, **settings)
    except ValueError:
        return False
    return True


def _sentence(error: ValueError) -> str:
    text = str(error)
    return text[:1].upper() + text[1:]
