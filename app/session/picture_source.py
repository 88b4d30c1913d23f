"""What changes the Picture page's picture: the list of samples, a file, the camera, full size."""

from __future__ import annotations

import streamlit as st

from app.session.kernel_choice import OWN
from app.session.own_file import keep_file, picture_at_work
from app.session.picture_state import flat_of_controls, on_a_sample, replace_view
from app.session.samples import SAMPLES
from app.session.uploads import PictureError


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
            replace_view(**on_a_sample(flat_of_controls()))
        return
    if not _take(upload.name, upload.getvalue()) and (
        replaced := state.pop("picture_replaced", None)
    ):
        state["picture_file"] = replaced
        replace_view(own="1", row="", column="")


def take_photograph() -> None:
    """Take over a photograph of the camera; taking it away there changes nothing here."""
    st.session_state.pop("picture_error", None)
    if (photograph := st.session_state["picture_camera"]) is not None:
        _take("Photograph", photograph.getvalue())


def upload_error() -> str:
    """What is wrong with the file that was given last; empty if nothing is."""
    return st.session_state.get("picture_error", "")


def choose_picture() -> None:
    """Show the picture chosen in the list, with its middle under the loupe."""
    name = st.session_state["picture_sample"]
    st.session_state.pop("picture_error", None)
    if name == OWN:
        replace_view(own="1", full="0", row="", column="")
    elif name in SAMPLES:  # else it is the name of a file that is gone
        st.session_state.pop("picture_replaced", None)
        replace_view(own="0", full="0", picture=name, row="", column="")


def switch_size() -> None:
    """Work on every pixel of the picture, or at display size; the loupe stays on its place."""
    full = bool(st.session_state["picture_full"])
    flat = st.session_state["picture_flat"]
    small = picture_at_work(flat["own"] == "1", flat["picture"], full=False)
    sides = small.whole if full else small.picture.size
    place = {}
    for key, side in zip(("row", "column"), sides, strict=True):
        at = int(flat[key])
        at = at * small.factor + small.factor // 2 if full else at // small.factor
        place[key] = str(min(at, side - 1))
    replace_view(full=str(int(full)), **place)


def choose_look() -> None:
    """Go to another part of the page; all but the first work at display size."""
    if (
        st.session_state["picture_look"] != "compare"
        and st.session_state["picture_flat"]["full"] == "1"
    ):
        st.session_state["picture_full"] = False
        switch_size()


def _take(name: str, data: bytes) -> bool:
    state = st.session_state
    try:
        keep_file(name, data)
    except PictureError as error:
        state["picture_error"] = f"{name}: {error}"
        return False
    state.pop("picture_replaced", None)
    replace_view(own="1", full="0", row="", column="")
    return True
