"""The picture file that somebody gave to this session, and the picture that a page works on.

Of a large photograph only the file and the picture at display size are kept; every pixel is decoded
again when somebody asks to work at full size. All of it is gone with the session.
"""

from __future__ import annotations

import functools
import gc
import hashlib
from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from app.pictures.cached import ROOM, decoded, full_picture
from app.pictures.samples import SAMPLES, sample_picture
from app.pictures.uploads import Picture
from kernels.pictures.images import shrink_factor, shrink_to

_FULL = "picture_full_held"


class OwnFile(NamedTuple):
    """A file that could be read.

    Parameters
    ----------
    name : what it was called
    data : its content
    digest : the content's hash
    small : the picture at display size
    whole : (height, width) at full size
    """

    name: str
    data: bytes
    digest: str
    small: Picture
    whole: tuple[int, int]


class AtWork(NamedTuple):
    """A picture as it is worked on.

    Parameters
    ----------
    picture : the picture
    content : its name in a cache; begins with 'own' if it is somebody's own
    whole : (height, width) at full size
    factor : full-size pixels on a side of a pixel at display size
    full : whether it is at full size although that is larger than display size
    """

    picture: Picture
    content: str
    whole: tuple[int, int]
    factor: int
    full: bool


def own_file() -> OwnFile | None:
    """The file that this session has given last and that could be read."""
    return st.session_state.get("picture_file")


def keep_file(name: str, data: bytes) -> None:
    """Read a file and keep it as this session's own, or raise PictureError with one sentence."""
    picture = decoded(data)
    small = Picture(shrink_to(picture.pixels, ROOM, ROOM), picture.notes)
    digest = hashlib.sha256(data).hexdigest()
    st.session_state["picture_file"] = OwnFile(name, data, digest, small, picture.size)


def picture_at_work(own: bool, sample: str, full: bool) -> AtWork:
    """The session's own picture or a sample, at display size or, where it is larger, at full size.

    Parameters
    ----------
    own : whether the session's own picture is meant, if it has one
    sample : a name of `SAMPLES`, shown otherwise
    full : whether every pixel is wanted
    """
    file = own_file() if own else None
    whole = file.whole if file else sample_picture(sample).size
    content = f"own {file.digest}" if file else f"sample {sample}"
    factor = shrink_factor(*whole, ROOM, ROOM)
    full = full and factor > 1
    if full:
        st.session_state[_FULL] = True
        picture = full_picture(file.digest, file.data) if file else sample_picture(sample)
        content += " at full size"
    else:
        _give_back_full_picture()
        picture = file.small if file else _small_sample(sample)
    return AtWork(picture, content, whole, factor, full)


def _give_back_full_picture() -> None:
    """Let go of every pixel, a hundred megabytes, once nobody works on them."""
    if st.session_state.pop(_FULL, False):
        full_picture.clear()
        # The names of the page's last run refer to each other: only a collection takes them away.
        gc.collect()


def named_sample(flat: Mapping[str, str]) -> str:
    """The sample that settings name, or the first one."""
    name = flat.get("picture", "")
    return name if name in SAMPLES else next(iter(SAMPLES))


@functools.cache
def _small_sample(name: str) -> Picture:
    picture = sample_picture(name)
    return Picture(shrink_to(picture.pixels, ROOM, ROOM), picture.notes)
