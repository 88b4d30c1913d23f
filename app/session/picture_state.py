"""The Picture page's controls: their keys, the settings that they stand for, the uploaded file.

Keys begin with `picture_`, as both pages share one session. `picture_last_taps` holds the kernel's
numbers while the box that they are typed in holds something that cannot be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from app.session.cached import uploaded_picture
from app.session.picture_view import DEFAULTS, OWN, PictureView, read_taps, settle_view
from app.session.samples import SAMPLES, sample_picture
from app.session.uploads import Picture, PictureError
from kernels import CATALOGUE
from kernels.notation import NotationError, format_numbers, parse_numbers

PAGE = "picture"
COMPONENT = "pictures"
PER_SIDE = "per side"
PADDINGS = ("none", "same", "full", PER_SIDE)

_KEYS = (
    "sample",
    "kernel",
    "divisor",
    "display",
    "colour",
    "padding",
    "padding_0",
    "padding_1",
    "mode",
    "stride_0",
    "stride_1",
    "row",
    "column",
    "patch",
    "last_taps",
    "send",
)


class OwnFile(NamedTuple):
    """An uploaded file, kept for this session only: its name, content and the content's hash."""

    name: str
    data: bytes
    digest: str


class Arrived(NamedTuple):
    """What a run of the page shows: the view, its picture, that picture's name, and notes."""

    view: PictureView
    picture: Picture
    content: str
    notes: tuple[str, ...]


def arrive(address: Mapping[str, str] | None) -> Arrived:
    """Settle the view from the address, or from the controls where that is None.

    The controls are then set to the settled view, so that none of them shows what is not.
    """
    arrived = _settled(dict(address) if address is not None else _flat_of_controls())
    notes = (*st.session_state.pop("picture_notes", ()), *arrived.notes)
    return arrived._replace(notes=_kept(arrived.view, notes))


def controls() -> dict[str, object]:
    """The present values of the controls that are on the screen."""
    keys = (f"picture_{key}" for key in _KEYS)
    return {key: st.session_state[key] for key in keys if key in st.session_state}


def own_file() -> OwnFile | None:
    """The file that this session has uploaded last and that could be read."""
    return st.session_state.get("picture_file")


def take_upload() -> None:
    """Take over an uploaded file, or say why not; what was shown before then stays."""
    state = st.session_state
    state.pop("picture_error", None)
    upload = state["picture_upload"]
    if upload is None:
        # Streamlit says this also between a file and the one that replaces it.
        state["picture_replaced"] = state.pop("picture_file", None)
        if state.get("picture_sample") == OWN:
            # Another file may follow at once: its colours must not be lost on the way.
            replace_view(**_on_a_sample(_flat_of_controls()))
        return
    data = upload.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    try:
        uploaded_picture(digest, data)
    except PictureError as error:
        state["picture_error"] = f"{upload.name}: {error}"
        if replaced := state.pop("picture_replaced", None):
            state["picture_file"] = replaced
            replace_view(own="1", row="", column="")
        return
    state.pop("picture_replaced", None)
    state["picture_file"] = OwnFile(upload.name, data, digest)
    replace_view(own="1", row="", column="")


def upload_error() -> str:
    """What is wrong with the file that was uploaded last; empty if nothing is."""
    return st.session_state.get("picture_error", "")


def choose_picture() -> None:
    """Show the picture chosen in the list, with the patch in its middle."""
    name = st.session_state["picture_sample"]
    st.session_state.pop("picture_error", None)
    if name == OWN:
        replace_view(own="1", row="", column="")
    elif name in SAMPLES:  # else it is the name of a file that is gone
        st.session_state.pop("picture_replaced", None)
        replace_view(own="0", picture=name, row="", column="")


def choose_kernel() -> None:
    """Take the kernel chosen in the list, with the display that suits it."""
    name = st.session_state["picture_kernel"]
    st.session_state.pop("picture_taps_error", None)
    if name is not None:
        replace_view(kernel=name, show="")


def turn_kernel() -> None:
    """Take the next kernel of the catalogue, or the one before, as a presenter's clicker asks."""
    names = list(CATALOGUE)
    now = st.session_state["picture_kernel"]
    turn = int(st.session_state[COMPONENT]["turn"])
    at = (names.index(now) + turn) % len(names) if now in names else 0
    replace_view(kernel=names[at], show="")


def take_taps() -> None:
    """Take over typed kernel numbers; text that cannot be read stays, with a sentence."""
    state = st.session_state
    try:
        taps = read_taps(state["picture_taps"])
    except NotationError as error:
        state["picture_taps_error"] = str(error)
        return
    state.pop("picture_taps_error", None)
    replace_view(kernel=OWN, w=taps, divisor=_divisor_text())


def take_divisor() -> None:
    """Divide the present numbers by another one."""
    taps = st.session_state["picture_last_taps"]
    replace_view(kernel=OWN, w=taps, divisor=_divisor_text())


def taps_error() -> str:
    """What is wrong with the typed kernel; empty if nothing is."""
    return st.session_state.get("picture_taps_error", "")


def commit_patch() -> None:
    """Take over the place where the patch came to rest."""
    row, column = st.session_state[COMPONENT]["patch"]
    st.session_state["picture_row"] = int(row)
    st.session_state["picture_column"] = int(column)


def replace_view(**settings: str) -> None:
    """Change settings from a callback; the page's run then draws them."""
    arrived = _settled({**_flat_of_controls(), **settings})
    st.session_state["picture_notes"] = arrived.notes


def _settled(flat: dict[str, str]) -> Arrived:
    """The view of these settings with its picture; the controls are set to it."""
    notes = []
    file = own_file()
    if flat.get("own") == "1" and file is None:
        flat = _on_a_sample(flat)
        notes.append(
            "A link never carries an uploaded photograph: here are its settings on a sample, "
            f"“{SAMPLES[flat['picture']].title}”. Upload the photograph again to see it."
        )
    if flat.get("own") == "1":
        picture, content = uploaded_picture(file.digest, file.data), file.digest
    else:
        name = flat.get("picture", DEFAULTS["picture"])
        name = name if name in SAMPLES else DEFAULTS["picture"]
        picture, content = sample_picture(name), f"sample {name}"
    view, moved = settle_view(flat, picture.size, picture.is_grey)
    _set_controls(view)
    st.session_state["picture_flat"] = view.to_flat()
    return Arrived(view, picture, content, (*notes, *moved))


def _flat_of_controls() -> dict[str, str]:
    """The last view's settings with what the controls now say laid over them."""
    state = st.session_state
    flat = dict(state.get("picture_flat", {}))
    if "picture_display" in state:
        flat["show"] = state["picture_display"]
    if "picture_colour" in state:
        flat["colour"] = str(int(state["picture_colour"]))
    if "picture_mode" in state:
        flat["mode"] = state["picture_mode"]
    if "picture_stride_0" in state:
        flat["stride"] = f"{state['picture_stride_0']}x{state['picture_stride_1']}"
    for key in ("row", "column", "patch"):
        if f"picture_{key}" in state:
            flat[key] = str(state[f"picture_{key}"])
    form = state.get("picture_padding")
    if form == "none":
        flat["padding"] = "0x0"
    elif form == PER_SIDE:
        if "picture_padding_0" in state:
            flat["padding"] = f"{state['picture_padding_0']}x{state['picture_padding_1']}"
        else:
            flat["padding"] = "1x1"
    elif form is not None:
        flat["padding"] = form
    return flat


def _on_a_sample(flat: dict[str, str]) -> dict[str, str]:
    """Settings made on an uploaded photograph, for a sample: one with colours if they ask for it.

    The place of the patch meant a place in the photograph, so it is left out.
    """
    name = flat.get("picture", DEFAULTS["picture"])
    name = name if name in SAMPLES else DEFAULTS["picture"]
    if flat.get("colour") == "1" and sample_picture(name).is_grey:
        name = next(name for name in SAMPLES if not sample_picture(name).is_grey)
    return {**flat, "own": "0", "picture": name, "row": "", "column": ""}


def _set_controls(view: PictureView) -> None:
    state = st.session_state
    values = {
        "sample": OWN if view.own else view.sample,
        "kernel": None if view.kernel == OWN else view.kernel,
        "divisor": float(view.divisor),
        "display": view.display,
        "colour": view.colour,
        "mode": view.layer.padding_mode,
        "stride_0": view.layer.stride[0],
        "stride_1": view.layer.stride[1],
        "row": view.row,
        "column": view.column,
        "patch": view.patch,
        "last_taps": view.taps,
        **_padding_controls(view),
    }
    if not taps_error():
        values["taps"] = format_numbers(parse_numbers(view.taps), row="\n")
    for key, value in values.items():
        state[f"picture_{key}"] = value


def _padding_controls(view: PictureView) -> dict[str, object]:
    padding = view.layer.padding
    if isinstance(padding, str):
        return {"padding": "same" if padding.startswith("same") else padding}
    amounts = {"padding_0": padding[0][0], "padding_1": padding[1][0]}
    if padding == ((0, 0), (0, 0)) and st.session_state.get("picture_padding") != PER_SIDE:
        return {"padding": "none", **amounts}
    return {"padding": PER_SIDE, **amounts}


def _divisor_text() -> str:
    return f"{st.session_state.get('picture_divisor') or 0:g}"


def _kept(view: PictureView, notes: tuple[str, ...]) -> tuple[str, ...]:
    """New notes, or the last ones while only the patch has moved since."""
    settings = tuple(v for k, v in view.to_flat().items() if k not in ("row", "column"))
    shown_for, shown = st.session_state.get("picture_kept_notes", (None, ()))
    if notes or shown_for != settings:
        shown = notes
        st.session_state["picture_kept_notes"] = (settings, notes)
    return shown
