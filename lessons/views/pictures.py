"""The pictures that a view can show, as it knows them: by name, size and colours, not by file.

Whoever settles a view hands over a catalogue. The app's holds its sample pictures and, under
`UPLOADED`, the photograph of one session; that name travels in a link, the photograph never does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from kernels.scene.reader import SettingsReader

UPLOADED = "upload"


@dataclass(frozen=True)
class PictureFacts:
    """What a view knows of a picture.

    Parameters
    ----------
    name, title : its name in a link, and the one that people read
    size : (height, width) in pixels
    is_grey : whether it has one plane, not red, green and blue
    place : (row, column) of a pixel worth looking at; the middle where it is None
    pixels : gives its pixels when they are wanted, (1 or 3, height, width) uint8
    """

    name: str
    title: str
    size: tuple[int, int]
    is_grey: bool
    place: tuple[int, int] | None = None
    pixels: Callable[[], np.ndarray] = field(kw_only=True, compare=False, repr=False)

    @property
    def usual_place(self) -> tuple[int, int]:
        """The pixel that is looked at unless another is named."""
        height, width = self.size
        if self.place and self.place[0] < height and self.place[1] < width:
            return self.place
        return height // 2, width // 2


Catalogue = Mapping[str, PictureFacts]
"""Pictures by name, the samples in the order in which a list offers them."""


def samples(catalogue: Catalogue, *, colour: bool = False) -> tuple[str, ...]:
    """Names of the sample pictures; with `colour` those that are not grey."""
    return tuple(
        name
        for name, picture in catalogue.items()
        if name != UPLOADED and not (colour and picture.is_grey)
    )


def titles(catalogue: Catalogue, *, colour: bool = False) -> dict[str, str]:
    """What a list of the pictures offers, by name; with `colour` without the grey ones."""
    return {
        name: picture.title
        for name, picture in catalogue.items()
        if not (colour and picture.is_grey)
    }


def read_picture(
    reader: SettingsReader, flat: Mapping[str, str], catalogue: Catalogue, *, colour: bool = False
) -> PictureFacts:
    """The picture that settings ask for, or a sample, with a note, where it cannot be shown.

    colour : whether a grey picture is of no use
    """
    names = samples(catalogue, colour=colour)
    if flat.get("picture") != UPLOADED:
        return catalogue[reader.choice("picture", names)]
    uploaded, sample = catalogue.get(UPLOADED), catalogue[names[0]]
    if uploaded and not (colour and uploaded.is_grey):
        return uploaded
    if uploaded:
        reader.notes.append(
            f"The uploaded photograph is grey, so it has no colours to look at: here is "
            f"“{sample.title}”."
        )
    else:
        reader.notes.append(
            "A link never carries an uploaded photograph: here are its settings on a sample, "
            f"“{sample.title}”. Upload the photograph on the Picture page to see it."
        )
    return sample


def blank_picture(name: str, size: tuple[int, int] = (300, 400), planes: int = 1) -> PictureFacts:
    """A black picture, for views that are settled where there are no files.

    >>> blank_picture("coffee", planes=3).pixels().shape
    (3, 300, 400)
    """
    return PictureFacts(
        name, name, size, planes == 1, pixels=lambda: np.zeros((planes, *size), np.uint8)
    )


BLANK_PICTURES: Catalogue = MappingProxyType(
    {"camera": blank_picture("camera"), "coffee": blank_picture("coffee", planes=3)}
)
"""The least that every view can be settled with."""
