"""The Picture page's controls: their keys, and the settings that they stand for.

Keys begin with `picture_`, as all pages share one session. What changes the picture is in
`picture_source`, what changes the kernel in `picture_kernel`; every other control is read as it
stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from app.session.kernel_choice import OWN, taps_text
from app.session.own_file import named_sample, own_file, picture_at_work
from app.session.picture_view import DEFAULTS, PictureView, settle_view
from app.session.samples import SAMPLES, sample_picture
from app.session.uploads import Picture

PAGE = "picture"
LOUPE, EDITOR, MAPS = "pictures", "kernel_editor", "maps"
PER_SIDE = "per side"
PADDINGS = ("none", "same", "full", PER_SIDE)

_ASKED_PADDING = "picture_asked_padding"
_PLAIN = ("colour", "mode", "look", "curtain", "bank", "relu", "row", "column", "patch", "full")
_KEYS = (
    *_PLAIN,
    "sample",
    "kernel",
    "height",
    "width",
    "display",
    "mix_0",
    "mix_1",
    "mix_2",
    "padding",
    "padding_0",
    "padding_1",
    "stride_0",
    "stride_1",
    "pool",
    "kernel_now",
    "send",
)


class Arrived(NamedTuple):
    """What a run of the page shows.

    Parameters
    ----------
    view : the settled screen
    picture : the picture as it is worked on
    content : that picture's name in a cache
    whole : (height, width) of the picture as it was given
    notes : what had to be moved, one sentence each
    """

    view: PictureView
    picture: Picture
    content: str
    whole: tuple[int, int]
    notes: tuple[str, ...]


def arrive(address: Mapping[str, str] | None) -> Arrived:
    """Settle the view from the address, or from the controls where that is None.

    The controls are then set to the settled view, so that none of them shows what is not.
    """
    if address is not None:
        st.session_state.pop(_ASKED_PADDING, None)
    arrived = _settled(dict(address) if address is not None else flat_of_controls())
    notes = dict.fromkeys((*st.session_state.pop("picture_notes", ()), *arrived.notes))
    return arrived._replace(notes=_kept(arrived.view, tuple(notes)))


def controls() -> dict[str, object]:
    """The present values of the controls that are on the screen."""
    keys = (f"picture_{key}" for key in _KEYS)
    return {key: st.session_state[key] for key in keys if key in st.session_state}


def commit_place() -> None:
    """Take over the pixel on which the loupe was put down."""
    row, column = st.session_state[LOUPE]["place"]
    st.session_state["picture_row"] = int(row)
    st.session_state["picture_column"] = int(column)


def kernel_error() -> str:
    """What is wrong with the kernel that was typed or asked for; empty if nothing is."""
    return st.session_state.get("picture_kernel_error", "")


def replace_view(**settings: str) -> None:
    """Change settings from a callback; the page's run then draws them."""
    arrived = _settled({**flat_of_controls(), **settings})
    st.session_state["picture_notes"] = arrived.notes


def _settled(flat: dict[str, str]) -> Arrived:
    """The view of these settings with its picture; the controls are set to it."""
    notes = []
    if flat.get("own") == "1" and own_file() is None:
        flat = on_a_sample(flat)
        notes.append(
            "A link never carries an uploaded photograph: here are its settings on a sample, "
            f"“{SAMPLES[flat['picture']].title}”. Upload the photograph again to see it."
        )
    full = flat.get("full") == "1" and flat.get("look", "compare") == "compare"
    work = picture_at_work(flat.get("own") == "1", named_sample(flat), full)
    picture = work.picture
    padding = _asked_padding(flat)
    settings = {**flat, "full": str(int(work.full)), "padding": padding}
    view, moved = settle_view(settings, picture.size, picture.is_grey)
    _remember_padding(view, padding)
    _set_controls(view)
    st.session_state["picture_flat"] = view.to_flat()
    return Arrived(view, picture, work.content, work.whole, (*notes, *moved))


def _asked_padding(flat: Mapping[str, str]) -> str:
    """The padding to try: where 'same' only stood in for another one, that other one."""
    padding = flat.get("padding", DEFAULTS["padding"])
    return st.session_state.get(_ASKED_PADDING, padding) if _is_same(padding) else padding


def _remember_padding(view: PictureView, asked: str) -> None:
    """Keep the padding that was asked for while the picture is too small for it."""
    if _is_same(view.to_flat()["padding"]) and not _is_same(asked):
        st.session_state[_ASKED_PADDING] = asked
    else:
        st.session_state.pop(_ASKED_PADDING, None)


def _is_same(padding: str) -> bool:
    return padding.startswith("same")


def flat_of_controls() -> dict[str, str]:
    """The last view's settings with what the controls now say laid over them."""
    state = st.session_state
    flat = dict(state.get("picture_flat", {}))
    for key in _PLAIN:
        if (value := state.get(f"picture_{key}")) is not None:
            flat[key] = str(int(value)) if isinstance(value, bool) else str(value)
    if "picture_display" in state:
        flat["show"] = state["picture_display"]
    if "picture_pool" in state:
        flat["pool"] = str(state["picture_pool"])
    if "picture_stride_0" in state:
        flat["stride"] = f"{state['picture_stride_0']}x{state['picture_stride_1']}"
    if "picture_mix_0" in state:
        flat["mix"] = " ".join(f"{state[f'picture_mix_{n}']:g}" for n in range(3))
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


def on_a_sample(flat: dict[str, str]) -> dict[str, str]:
    """Settings made on an uploaded photograph, for a sample: one with colours if they ask for it.

    The place of the loupe meant a place in the photograph, so it is left out.
    """
    name = named_sample(flat)
    if flat.get("colour", "grey") != "grey" and sample_picture(name).is_grey:
        name = next(name for name in SAMPLES if not sample_picture(name).is_grey)
    return {**flat, "own": "0", "full": "0", "picture": name, "row": "", "column": ""}


def _set_controls(view: PictureView) -> None:
    state, kernel = st.session_state, view.kernel
    values = {
        "sample": OWN if view.own else view.sample,
        "full": view.full,
        "kernel": None if kernel.name == OWN else kernel.name,
        "height": kernel.size[0],
        "width": kernel.size[1],
        "display": view.display,
        "colour": view.colour,
        "look": view.look,
        "curtain": view.curtain,
        "bank": view.bank,
        "relu": view.relu,
        "pool": view.pool,
        "mode": view.layer.padding_mode,
        "stride_0": view.layer.stride[0],
        "stride_1": view.layer.stride[1],
        "row": view.row,
        "column": view.column,
        "patch": view.patch,
        "kernel_now": kernel,
        **{f"mix_{n}": share for n, share in enumerate(view.mix)},
        **{f"set_{name}": value for name, value in kernel.settings},
        **_padding_controls(view),
    }
    if not kernel_error():
        values["taps"] = taps_text(kernel.numbers, kernel.divisor)
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


def _kept(view: PictureView, notes: tuple[str, ...]) -> tuple[str, ...]:
    """New notes, or the last ones while only the place has moved since."""
    settings = tuple(v for k, v in view.to_flat().items() if k not in ("row", "column"))
    shown_for, shown = st.session_state.get("picture_kept_notes", (None, ()))
    if notes or shown_for != settings:
        shown = notes
        st.session_state["picture_kept_notes"] = (settings, notes)
    return shown
