"""The pictures that a page can show: the samples and this session's own photograph, by name.

`catalogue` is what a view is settled against; the name travels in an address, a photograph never
does.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import TypeVar

import numpy as np

from app.pictures.own_file import own_file
from app.pictures.samples import SAMPLES, Sample, sample_picture
from kernels.pictures.images import shrink_to
from lessons.views.pictures import UPLOADED, Catalogue, PictureFacts

T = TypeVar("T")


def catalogue() -> Catalogue:
    """The samples, and before them this session's own photograph at display size, if it has one."""
    file = own_file()
    if file is None:
        return SAMPLE_FACTS
    small = file.small
    own = PictureFacts(UPLOADED, file.name, small.size, small.is_grey, pixels=_own_pixels)
    return MappingProxyType({UPLOADED: own, **SAMPLE_FACTS})


def small_planes(picture: PictureFacts, room: int) -> np.ndarray:
    """A picture's pixels, shrunk to fit a square of so many."""
    return shrink_to(picture.pixels(), room, room)


def kept_for_samples(compute: Callable[..., T]) -> Callable[..., T]:
    """Work something out of a picture once for each sample, and for what else it is given.

    A photograph of one session is looked at anew each time.
    """
    kept = functools.lru_cache(maxsize=64)(compute)
    return functools.wraps(compute)(
        lambda picture, *more: (kept if picture.name in SAMPLES else compute)(picture, *more)
    )


def _sample_facts(sample: Sample) -> PictureFacts:
    return PictureFacts(
        sample.name,
        sample.title,
        sample.size,
        sample.grey,
        sample.place,
        pixels=partial(_sample_pixels, sample.name),
    )


def _sample_pixels(name: str) -> np.ndarray:
    return sample_picture(name).pixels


def _own_pixels() -> np.ndarray:
    # Looked up when they are wanted: a view that is kept must not hold on to a photograph.
    return own_file().small.pixels


SAMPLE_FACTS: Catalogue = MappingProxyType(
    {name: _sample_facts(sample) for name, sample in SAMPLES.items()}
)
