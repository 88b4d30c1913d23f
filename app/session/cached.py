"""Every st.cache_* of the app: what is kept between runs, for how long, and how much of it."""

from __future__ import annotations

import threading
from typing import NamedTuple

import numpy as np
import streamlit as st

from app.components.pictures.png import png_of
from app.session.picture_view import PictureView
from app.session.uploads import Picture, read_picture
from kernels.images import shrink_factor, shrink_to, to_grey
from kernels.photograph import filter_photograph

# Pixels on the longer side of a picture as it is sent to the browser.
ROOM = 720

# A photograph needs a few hundred megabytes while it is filtered: never more at once than this.
_AT_WORK = threading.Semaphore(2)


class Rendered(NamedTuple):
    """A picture ready to be sent: PNG at display size, and what is said of it at full size.

    Parameters
    ----------
    png : the file
    size : (height, width) at full size
    low, high : the smallest and largest value at full size
    sentence : what was done with the range
    factor : full-size pixels on a side of a shown pixel
    """

    png: bytes
    size: tuple[int, int]
    low: float
    high: float
    sentence: str
    factor: int


@st.cache_resource(max_entries=3, ttl="5m", show_spinner=False)
def uploaded_picture(digest: str, _data: bytes) -> Picture:
    """The decoded picture of an uploaded file; its pixels are read-only, so sessions may share it.

    Three of the largest take 360 MB; one that was dropped is decoded again from the session's file.
    """
    with _AT_WORK:
        return read_picture(_data)


@st.cache_data(max_entries=64, show_spinner=False)
def rendered_original(content: str, colour: bool, _picture: Picture) -> Rendered:
    """The original, in grey or in colour; `content` names the picture."""
    planes = planes_of(_picture, colour)
    shown = shrink_to(planes, ROOM, ROOM)
    low, high = int(planes.min()), int(planes.max())
    size = planes.shape[1:]
    return Rendered(png_of(shown), size, low, high, "", shrink_factor(*size, ROOM, ROOM))


@st.cache_data(max_entries=64, show_spinner=False)
def rendered_result(
    content: str, settings: tuple[str, ...], _picture: Picture, _view: PictureView
) -> Rendered:
    """The filtered picture; `settings` is all of the view that changes it."""
    with _AT_WORK:
        filtered = filter_photograph(
            planes_of(_picture, _view.colour),
            _view.weights,
            _view.layer,
            _view.display,
            ROOM,
            ROOM,
        )
    return Rendered(
        png_of(filtered.pixels),
        filtered.size,
        filtered.low,
        filtered.high,
        filtered.sentence,
        filtered.factor,
    )


def planes_of(picture: Picture, colour: bool) -> np.ndarray:
    """The planes that are filtered: the colours, or one of grey."""
    return picture.pixels if colour else to_grey(picture.pixels)[None]
