"""A sample or this session's own photograph, by name, for every page that shows a picture.

The name travels in an address, the photograph never does.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np

from app.pictures.own_file import own_file
from app.pictures.samples import SAMPLES, sample_picture
from app.pictures.uploads import Picture
from kernels.pictures.images import shrink_to
from kernels.scene.settle import SettingsReader

UPLOADED = "upload"
T = TypeVar("T")


def picture_titles(samples: Sequence[str], *, colour: bool = False) -> dict[str, str]:
    """What a list offers, by name: the own photograph first, if there is one, then the samples.

    colour : whether a grey photograph is of no use
    """
    file = own_file()
    own = {UPLOADED: file.name} if file and not (colour and file.small.is_grey) else {}
    return {**own, **{name: SAMPLES[name].title for name in samples}}


def picture_title(name: str) -> str:
    """What stands above the picture of this name."""
    file = own_file() if name == UPLOADED else None
    return file.name if file else SAMPLES[name].title


def named_picture(name: str) -> Picture:
    """The picture of this name; the own photograph at display size."""
    file = own_file() if name == UPLOADED else None
    return file.small if file else sample_picture(name)


def small_planes(name: str, room: int) -> np.ndarray:
    """Its pixels, shrunk to fit a square of so many."""
    return shrink_to(named_picture(name).pixels, room, room)


def kept_for_samples(compute: Callable[[str], T]) -> Callable[[str], T]:
    """Work something out once for each sample, but anew for a photograph of one session."""
    kept = functools.cache(compute)
    return functools.wraps(compute)(lambda name: (kept if name in SAMPLES else compute)(name))


def read_picture_name(
    reader: SettingsReader, flat: Mapping[str, str], samples: Sequence[str], *, colour: bool = False
) -> str:
    """The name that settings ask for, or a sample's, with a note, where that cannot be shown.

    colour : whether a grey photograph is of no use
    """
    if flat.get("picture") != UPLOADED:
        return reader.choice("picture", samples)
    file = own_file()
    if file and not (colour and file.small.is_grey):
        return UPLOADED
    sample = samples[0]
    if file:
        reader.notes.append(
            f"The uploaded photograph is grey, so it has no colours to look at: here is "
            f"“{SAMPLES[sample].title}”."
        )
    else:
        reader.notes.append(
            "A link never carries an uploaded photograph: here are its settings on a sample, "
            f"“{SAMPLES[sample].title}”. Upload the photograph on the Picture page to see it."
        )
    return sample
