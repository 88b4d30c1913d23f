"""The sample pictures of the app: photographs in app/assets and drawings made on the spot."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from app.pictures import drawn
from app.pictures.uploads import Picture, read_picture

ASSETS = Path(__file__).resolve().parent.parent / "assets"


@dataclass(frozen=True)
class Sample:
    """What is known of one sample picture.

    Parameters
    ----------
    name : id that is safe in an address
    title : what a list of choices says
    source, licence : who made it and why it may be given on
    size : (height, width) in pixels
    grey : whether it has one plane, not red, green and blue
    file : its name in app/assets, or None if it is drawn
    place : (row, column) of a pixel that is worth looking at: something ends or begins there
    """

    name: str
    title: str
    source: str
    licence: str
    size: tuple[int, int]
    grey: bool
    file: str | None = None
    place: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        # TOML has lists only.
        object.__setattr__(self, "size", tuple(self.size))
        object.__setattr__(self, "place", tuple(self.place) if self.place else None)


def _drawing(
    name: str,
    title: str,
    size: tuple[int, int] = (400, 600),
    *,
    grey: bool = True,
    place: tuple[int, int] | None = None,
) -> Sample:
    ours = {"source": "Drawn by this app", "licence": "Same as the app"}
    return Sample(name, title, **ours, size=size, grey=grey, place=place)


def _listed() -> Mapping[str, Sample]:
    with open(ASSETS / "pictures.toml", "rb") as file:
        photographs = [Sample(**entry) for entry in tomllib.load(file)["picture"]]
    drawings = [
        _drawing("shapes", "Shapes and steps (drawn)", place=(83, 286)),
        _drawing("stripes", "Checks and stripes (drawn)", place=(81, 279)),
        _drawing("waves", "Fine waves (drawn)", place=(100, 154)),
        _drawing("checks", "Checks of one pixel (drawn)"),
        _drawing("one-grey", "Two colours, one grey", grey=False, place=(100, 150)),
        _drawing("angles", "Angles and a white patch", (60, 90), place=(18, 76)),
        _drawing("stroke", "A curve to find", (40, 60), place=(25, 39)),
    ]
    return MappingProxyType({sample.name: sample for sample in photographs + drawings})


#: Every sample by name, in the order in which a list should offer them; the first is the default.
SAMPLES: Mapping[str, Sample] = _listed()

_DRAWINGS = {
    "shapes": drawn.shapes,
    "stripes": drawn.stripes,
    "waves": drawn.waves,
    "checks": drawn.checks,
    "one-grey": drawn.two_colours_one_grey,
    "angles": drawn.angles,
    "stroke": drawn.stroke,
}


@functools.cache  # a handful of small pictures, read once
def sample_picture(name: str) -> Picture:
    """Give one sample picture.

    >>> sample_picture("shapes").size
    (400, 600)

    Parameters
    ----------
    name : a key of `SAMPLES`; any other raises ValueError that lists them
    """
    if name not in SAMPLES:
        raise ValueError(
            f"there is no sample picture {name!r}; the names are {', '.join(SAMPLES)}."
        )
    if name in _DRAWINGS:
        pixels = _DRAWINGS[name]()
        return Picture(pixels if pixels.ndim == 3 else pixels[None])
    return read_picture((ASSETS / SAMPLES[name].file).read_bytes())
