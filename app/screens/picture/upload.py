"""Somebody's own picture for the Picture page: a file, or a photograph of the camera."""

from __future__ import annotations

import streamlit as st

from app.page.browser import act
from app.pictures.own_file import keep_file
from app.pictures.uploads import PictureError
from app.screens.picture.source import on_a_sample
from app.screens.picture.state import PAGE


@act
def take_upload() -> None:
    """Take over an uploaded file, or say why not; what was shown before then stays."""
    state = st.session_state
    PAGE.change(upload_error="")
    upload = state["picture_upload"]
    if upload is None:
        # Streamlit says this also between a file and the one that replaces it.
        state["picture_replaced"] = state.pop("picture_file", None)
        if PAGE.view().view.own:
            # Another file may follow at once: its colours must not be lost on the way.
            PAGE.change(**on_a_sample(PAGE.view().to_flat()))
        return
    if not _take(upload.name, upload.getvalue()) and (
        replaced := state.pop("picture_replaced", None)
    ):
        state["picture_file"] = replaced
        PAGE.change(own="1", row="", column="")


@act
def take_photograph() -> None:
    """Take over a photograph of the camera; taking it away there changes nothing here."""
    PAGE.change(upload_error="")
    if (photograph := st.session_state["picture_camera"]) is not None:
        _take("Photograph", photograph.getvalue())


def upload_error() -> str:
    """What is wrong with the file that was given last; empty if nothing is."""
    return PAGE.remembered("upload_error")


def _take(name: str, data: bytes) -> bool:
    try:
        keep_file(name, data)
    except PictureError as error:
        PAGE.change(upload_error=f"{name}: {error}")
        return False
    st.session_state.pop("picture_replaced", None)
    PAGE.change(own="1", full="0", row="", column="")
    return True
