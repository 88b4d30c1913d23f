"""The Sliding window page's view: its scene, and which of its looks shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from kernels.reading.link_text import quoted, whole_numbers
from kernels.scene.examples import link_of
from kernels.scene.flat import FlatScene, by
from kernels.scene.reader import SettingsReader
from lessons.views.sliding_window import open_sliding, settle_sliding

LOOKS = ("window", "use", "matrix", "lines", "count", "turned", "ways")
MOST_PIXELS = 4096
NOTHING_COUNTED = "x"
OTHERS = {
    "look": "window",
    "transpose": "0",
    "picture": "280x320",
    "detector": "1x2",
    "counted": NOTHING_COUNTED,
}
"""The settings that no scene has, as the page opens.

picture, detector: height and width of a picture and of its kernel, for the calculator of what a
matrix costs (Goodfellow, Bengio and Courville 2016, section 9.2). counted: the places that the
learner has found for the window, down x across, such as `0.2.4x0`.
"""


@dataclass(frozen=True)
class SlidingView(FlatScene):
    """A scene, and how it is looked at.

    look : one of LOOKS
    transpose : whether the matrix is turned about its diagonal
    picture, detector : sizes of the calculator's picture and kernel
    counted : cells at which the learner has placed the window, along each axis
    """

    look: str = "window"
    transpose: bool = False
    picture: tuple[int, ...] = (280, 320)
    detector: tuple[int, ...] = (1, 2)
    counted: tuple[tuple[int, ...], ...] = ((), ())

    def own(self) -> dict[str, str]:
        """The settings that no scene has."""
        return {
            "look": self.look,
            "transpose": str(int(self.transpose)),
            "picture": by(self.picture),
            "detector": by(self.detector),
            "counted": counted_text(self.counted),
        }

    def link(self) -> dict[str, str]:
        """The address: the scene's, and what differs from the page as it opens."""
        own = self.own()
        return link_of(self) | {key: own[key] for key, value in OTHERS.items() if own[key] != value}


def counted_text(counted: tuple[tuple[int, ...], ...]) -> str:
    """Places found, as a setting has them.

    >>> counted_text(((0, 2), ())), counted_text(((0, 1),))
    ('0.2x', '0.1x')
    """
    rows, *columns = (".".join(map(str, places)) for places in counted)
    return f"{rows}x{''.join(columns)}"


def flat_of_look(scene: FlatScene) -> dict[str, str]:
    """All settings as a flat dict of strings; a bare scene is looked at as the page opens."""
    own = scene.own() if isinstance(scene, SlidingView) else OTHERS
    return {**scene.to_flat(), **own}


def settle_looks(flat: Mapping[str, str]) -> tuple[SlidingView, tuple[str, ...]]:
    """Read settings as the nearest view that can be, and say what had to be moved.

    >>> view, notes = settle_looks({"look": "use", "stride": "2x2", "detector": "1x400"})
    >>> view.look, view.detector, notes
    ('use', (1, 320), ('Kernel width 400 is not possible here; 320 is the nearest that works.',))
    """
    scene, notes = settle_sliding({key: v for key, v in flat.items() if key not in OTHERS})
    return _looked_at(scene, flat, notes)


def open_looks(link: Mapping[str, str]) -> tuple[SlidingView, tuple[str, ...]]:
    """Open a link to the page.

    >>> open_looks({"look": "matrix", "s": "2"})[1]
    ('“s” is read as stride.',)
    """
    scene, notes = open_sliding({key: v for key, v in link.items() if key not in OTHERS})
    view, said = _looked_at(scene, link, notes)
    asked, counted = link.get("counted", NOTHING_COUNTED), counted_text(view.counted)
    if asked != counted:
        said += (f"{quoted(asked)} is not possible for counted here; {counted} is used.",)
    return view, said


def _looked_at(
    scene: FlatScene, flat: Mapping[str, str], notes: tuple[str, ...]
) -> tuple[SlidingView, tuple[str, ...]]:
    reader = SettingsReader(OTHERS, flat)
    look = reader.choice("look", LOOKS)
    transpose = reader.flag("transpose")
    picture = reader.pair("picture", "picture", 1, MOST_PIXELS)
    detector = reader.pair("detector", "kernel", 1, picture)
    shown: dict[str, Any] = {each.name: getattr(scene, each.name) for each in fields(FlatScene)}
    view = SlidingView(
        **shown,
        look=look,
        transpose=transpose,
        picture=picture,
        detector=detector,
        counted=_counted(flat.get("counted", ""), scene),
    )
    return view, (*notes, *reader.notes)


def _counted(text: str, scene: FlatScene) -> tuple[tuple[int, ...], ...]:
    """Places at which the window may stand; whatever else a text says is left out without a word,
    as another stride makes other places.
    """
    found = []
    parts = text.split("x")
    for at, axis in enumerate(scene.links):
        given = parts[at].split(".") if at < len(parts) else []
        legal = {reads[0][1] for reads in axis.reads if reads}
        cells = {cell for part in given if (cell := _cell(part)) in legal}
        found.append(tuple(sorted(cells)))
    return tuple(found)


def _cell(text: str) -> int | None:
    numbers = whole_numbers(text, 1)
    return None if numbers is None else numbers[0]
