"""Somebody's own picture for the Picture page: a file, or a photograph of the camera."""

from __future__ import annotations

import streamlit as st

from app.page.page import Page
from app.pictures.own_file import keep_file
from app.pictures.uploads import PictureError
from app.screens.picture.source import PictureShown, on_a_sample


def take_upload(page: Page[PictureShown]) -> None:
    """Take over an uploaded file, or say why not; what was shown before then stays."""
    state = st.session_state
    page.change(upload_error="")
    upload = state[page.key("upload")]
    if upload is None:
        # Streamlit says this also between a file and the one that replaces it.
        state["picture_replaced"] = state.pop("picture_file", None)
        if page.view().view.own:
            # Another file may follow at once: its colours must not be lost on the way.
            page.change(**on_a_sample(page.view().to_flat()))
        return
    if not _take(page, upload.name, upload.getvalue()) and (
        replaced := state.pop("picture_replaced", None)
    ):
        state["picture_file"] = replaced
        page.change(own="1", row="", column="")


def take_photograph(page: Page[PictureShown]) -> None:
    """Take over a photograph of the camera; taking it away there changes nothing here."""
    page.change(upload_error="")
    if (photograph := st.session_state[page.key("camera")]) is not None:
        _take(page, "Photograph", photograph.getvalue())


def upload_error(page: Page[PictureShown]) -> str:
    """What is wrong with the file that was given last; empty if nothing is."""
    return page.remembered("upload_error")


def _take(page: Page[PictureShown], name: str, data: bytes) -> bool:
    try:
        keep_file(name, data)
    except PictureError as error:
        page.change(upload_error=f"{name}: {error}")
        return False
    st.session_state.pop("picture_replaced", None)
    page.change(own="1", full="0", row="", column="")
    return True
