"""Every st.cache_* of the app: what is kept between runs, for how long, and how much of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

import numpy as np
import streamlit as st

from app.pictures.png import png_of
from app.pictures.small_file import small_file
from app.pictures.uploads import Picture, read_picture
from kernels import CATALOGUE, ConvSpec
from kernels.pictures.histogram import Histogram, value_histogram
from kernels.pictures.images import shrink_factor, shrink_to, to_grey
from kernels.pictures.photograph import Filtered, answer_histogram, filter_photograph
from lessons.views.picture import PictureView
from lessons.views.shelf import SHELF

T = TypeVar("T")

# Pixels on the longer side of a picture as it is sent to the browser.
ROOM = 720
UNSHRUNK = 2**31
# And of one on the shelf, which is seen small, and large while somebody points at it.
SHELF_ROOM = 320

# A signed display has room for so many of all values: the strongest few would leave the rest flat.
SIGNED_PERCENT = 99.5

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


class Glimpses(NamedTuple):
    """A picture under each kernel of the shelf, to be glanced at.

    Parameters
    ----------
    files : by the kernel's name, what it makes of a smaller picture
    original : that smaller picture itself, in its colours
    """

    files: Mapping[str, bytes]
    original: bytes


def decoded(data: bytes) -> Picture:
    """The picture of a file, or PictureError with one sentence; not kept."""
    with _AT_WORK:
        return read_picture(data)


@st.cache_resource(max_entries=1, scope="session", show_spinner=False)
def full_picture(digest: str, _data: bytes) -> Picture:
    """Every pixel of a session's own file, while it is worked on at full size."""
    return decoded(_data)


def rendered_original(content: str, colour: bool, picture: Picture) -> Rendered:
    """The original, in grey or in colour; `content` names the picture."""
    return _cache_of(_render_original, content)(content, colour, picture)


def rendered_result(
    content: str, settings: tuple[str, ...], picture: Picture, view: PictureView
) -> Rendered:
    """The filtered picture; `settings` is all of the view that changes it."""
    return _cache_of(_render_result, content)(content, settings, picture, view)


def value_histograms(
    content: str, settings: tuple[str, ...], picture: Picture, view: PictureView
) -> tuple[Histogram, Histogram]:
    """How often each value occurs in the picture as it is filtered, and in the result."""
    return _cache_of(_count_values, content)(content, settings, picture, view)


def kept_drawing(content: str, settings: tuple[str, ...], draw: Callable[[], T]) -> T:
    """What `draw` makes of a picture; `settings` is all that changes it, and what it is."""
    return _cache_of(_draw, content)(content, settings, draw)


def shelf_glimpses(picture: Picture, view: PictureView) -> Glimpses:
    """The picture under each kernel of the shelf, filtered in colour or grey as the view says."""
    small = Picture(shrink_to(picture.pixels, SHELF_ROOM, SHELF_ROOM))
    planes, files = planes_of(small, view.in_colour), {}
    for name in SHELF:
        kernel = CATALOGUE[name]
        # As large as the picture, without a dark rim, which would be the first thing to be seen.
        spec = ConvSpec(1, 1, kernel.size, padding="same", bias=False, padding_mode="replicate")
        weights = kernel.weights
        if view.colour == "sum":
            weights = np.multiply.outer(view.mix, weights)
        room, percent = SHELF_ROOM, SIGNED_PERCENT
        shown = filter_photograph(
            planes, weights, spec, kernel.shows, room, room, kernel.offset, percent
        )
        files[name] = small_file(shown.pixels)
    return Glimpses(files, small_file(small.pixels))


def _draw(content: str, settings: tuple[str, ...], _draw: Callable[[], T]) -> T:
    return _draw()


def _render_original(content: str, colour: bool, _picture: Picture) -> Rendered:
    planes = planes_of(_picture, colour)
    shown = shrink_to(planes, ROOM, ROOM)
    low, high = int(planes.min()), int(planes.max())
    size = planes.shape[1:]
    return Rendered(png_of(shown), size, low, high, "", shrink_factor(*size, ROOM, ROOM))


def _render_result(
    content: str, settings: tuple[str, ...], _picture: Picture, _view: PictureView
) -> Rendered:
    filtered = _filtered(_picture, _view, ROOM)
    return Rendered(
        png_of(filtered.pixels),
        filtered.size,
        filtered.low,
        filtered.high,
        filtered.sentence,
        filtered.factor,
    )


def _count_values(
    content: str, settings: tuple[str, ...], _picture: Picture, _view: PictureView
) -> tuple[Histogram, Histogram]:
    planes = planes_of(_picture, _view.in_colour)
    with _AT_WORK:
        answers = answer_histogram(planes, _view.weights, _view.layer, _view.kernel.offset)
    return value_histogram(planes), answers


# Samples are the same for everybody; what was made of somebody's own picture goes with its session.
_COMPUTED = (_render_original, _render_result, _count_values, _draw)
_SHARED = {f: st.cache_resource(max_entries=128, show_spinner=False)(f) for f in _COMPUTED}
_OWN = {
    f: st.cache_resource(max_entries=12, scope="session", show_spinner=False)(f) for f in _COMPUTED
}


def _cache_of(function: Callable, content: str) -> Callable:
    return (_OWN if content.startswith("own") else _SHARED)[function]


def result_file(picture: Picture, view: PictureView) -> bytes:
    """The result as a PNG, one pixel for each of its values; not kept, as it is asked for once."""
    return png_of(_filtered(picture, view, UNSHRUNK).pixels)


def _filtered(picture: Picture, view: PictureView, room: int) -> Filtered:
    with _AT_WORK:
        return filter_photograph(
            planes_of(picture, view.in_colour),
            view.weights,
            view.layer,
            view.display,
            room,
            room,
            view.kernel.offset,
            SIGNED_PERCENT,
        )


def planes_of(picture: Picture, colour: bool) -> np.ndarray:
    """The planes that are filtered: the colours, or one of grey."""
    return picture.pixels if colour else to_grey(picture.pixels)[None]
