"""What the Pooling page shows: settings settled from a flat dict of texts, and the link to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from app.pictures.any_picture import read_picture_name
from app.pictures.samples import SAMPLES
from kernels import PoolSpec
from kernels.layers.pool_kinds import POOL_KINDS, takes_norm
from kernels.reading.link_names import MEANT, names_of_p, open_link, own_names
from kernels.reading.link_text import quoted
from kernels.reading.notation import format_numbers, read_source
from kernels.scene.flat import FlatScene
from kernels.scene.pooling_examples import POOLING_EXAMPLES
from kernels.scene.settle import SettingsReader, settle

_MEANT = {"op": "kinds", "kind": "kinds", "pooling": "kinds"}

LOOKS = ("numbers", "photo", "shift")
POOLS: Mapping[str, PoolSpec] = MappingProxyType({"2x2": PoolSpec(2), "3x3": PoolSpec(3, 2)})
"""Poolings of a photograph: squares side by side, and squares that overlap."""

DIRECTIONS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"right": (0, 1), "left": (0, -1), "down": (1, 0), "up": (-1, 0)}
)
MAX_TIMES, MAX_SHIFT, MAX_ROW, MAX_CHANNELS = 5, 4, 12, 2
MAX_WINDOW, MAX_STRIDE = 5, 4

FIRST = next(iter(POOLING_EXAMPLES))
SCENE_KEYS = (
    "size",
    "cin",
    "kernel",
    "stride",
    "padding",
    "dilation",
    "ceil",
    "countpad",
    "p",
    "step",
    "x",
)
OTHERS = {
    "look": "numbers",
    "predict": "0",
    "picture": next(iter(SAMPLES)),
    "times": "3",
    "pool": "2x2",
    "large": "0",
    "on": "row",
    "row": "0.1 1 0.2 0.1",
    "window": "3",
    "every": "1",
    "pad": "1",
    "by": "1",
    "to": "right",
    "enters": "0.3",
}
"""The settings that no scene has, as the page opens. every: the stride of the shift test."""


@dataclass(frozen=True)
class ReadyShift:
    """A ready shift test: what it shows, and the settings that make it."""

    title: str
    settings: Mapping[str, str]


_HALF = "0 5 0 3 0 8 0 2"
ROWS: Mapping[str, ReadyShift] = MappingProxyType(
    {
        "goodfellow": ReadyShift(
            "Half of it changes: window 3, stride 1 (Goodfellow et al., figure 9.8)",
            {key: OTHERS[key] for key in ("row", "window", "every", "pad", "by", "to", "enters")},
        ),
        "within": ReadyShift(
            "Nothing changes: the move stays inside the windows",
            {"row": "5 0 3 0 8 0 2 0", "window": "2", "every": "2", "pad": "0", "by": "1",
             "to": "right", "enters": "0"},
        ),
        "across": ReadyShift(
            "Everything changes: one pixel further, the same stride 2",
            {"row": _HALF, "window": "2", "every": "2", "pad": "0", "by": "1",
             "to": "right", "enters": "0"},
        ),
        "stride": ReadyShift(
            "The output moves along: a move by the stride",
            {"row": _HALF, "window": "2", "every": "2", "pad": "0", "by": "2",
             "to": "right", "enters": "0"},
        ),
    }
)  # fmt: skip
"""Ready rows; the first is what the shift test opens on."""

_HALVED = {"window": "2", "every": "2", "by": "1", "to": "right"}
PHOTOS: Mapping[str, ReadyShift] = MappingProxyType(
    {
        "photograph": ReadyShift(
            "Half of it changes: a photograph, stride 2", {"picture": "camera", **_HALVED}
        ),
        "waves": ReadyShift(
            "Almost everything changes: fine waves, the same move", {"picture": "waves", **_HALVED}
        ),
        "checks": ReadyShift(
            "Nothing changes: checks of one pixel, the same move", {"picture": "checks", **_HALVED}
        ),
        "along": ReadyShift(
            "The output moves along: waves moved by the stride",
            {"picture": "waves", **_HALVED, "by": "2"},
        ),
    }
)
"""Ready pictures for the shift test."""

READY: Mapping[str, Mapping[str, ReadyShift]] = MappingProxyType({"row": ROWS, "photo": PHOTOS})


@dataclass(frozen=True)
class Shift:
    """A shift test: on a row of numbers or a photograph, how far, which way, and the pooling.

    Parameters
    ----------
    on : 'row' or 'photo'
    row : the numbers; `enters` comes in at the end that the move leaves free
    window, stride : of the pooling; for a row along it, for a photograph both ways
    padded : whether half a window is padded at each end of a row
    by, to : how many pixels, and in which of DIRECTIONS
    """

    on: str
    row: tuple[float, ...]
    window: int
    stride: int
    padded: bool
    by: int
    to: str
    enters: float

    @property
    def steps(self) -> tuple[int, int]:
        """(rows, columns) by which the input moves."""
        down, across = DIRECTIONS[self.to]
        return down * self.by, across * self.by

    def pool(self, kind: str) -> PoolSpec:
        """The pooling of this test; what pads a row counts in no mean."""
        if self.on == "photo":
            return PoolSpec(self.window, self.stride, kind=kind)
        ends = self.window // 2 if self.padded else 0
        return PoolSpec(
            (1, self.window),
            (1, self.stride),
            ((0, 0), (ends, ends)),
            count_include_pad=False,
            kind=kind,
        )


@dataclass(frozen=True)
class PoolingView:
    """Everything that the page shows."""

    look: str
    scene: FlatScene
    kinds: tuple[str, ...]
    predict: bool
    picture: str
    times: int
    pool: str
    large: bool
    shift: Shift

    def to_flat(self) -> dict[str, str]:
        """All settings as a flat dict of strings; `settle_pooling` reads it back."""
        shift, scene = self.shift, self.scene.to_flat()
        return {
            **{key: scene[key] for key in SCENE_KEYS},
            "kinds": ".".join(self.kinds),
            "look": self.look,
            "predict": str(int(self.predict)),
            "picture": self.picture,
            "times": str(self.times),
            "pool": self.pool,
            "large": str(int(self.large)),
            "on": shift.on,
            "row": format_numbers(np.array([[shift.row]])),
            "window": str(shift.window),
            "every": str(shift.stride),
            "pad": str(int(shift.padded)),
            "by": str(shift.by),
            "to": shift.to,
            "enters": format_numbers(np.array([[[shift.enters]]])),
        }

    def link(self) -> dict[str, str]:
        """The address: the ready pooling that this is nearest to, and what differs."""
        flat = self.to_flat()
        others = {key: flat[key] for key, value in OTHERS.items() if flat[key] != value}
        scenes = (_scene_link(flat, name) for name in POOLING_EXAMPLES)
        link = min(scenes, key=_length) | others
        if "p" in link and not any(map(takes_norm, self.kinds)):
            link["power"] = link.pop("p")
        return link

    @property
    def example(self) -> str | None:
        """The ready pooling that this is, whatever its step and the kinds shown."""
        link = self.link()
        name = link.get("example", FIRST)
        own = ({*SCENE_KEYS, "power"} - {"step"}) & set(link)
        return None if own else name

    @property
    def ready(self) -> str | None:
        """The ready row or picture that the shift test is."""
        flat = self.to_flat()
        same = (
            name
            for name, test in READY[self.shift.on].items()
            if all(flat[key] == value for key, value in test.settings.items())
        )
        return next(same, None)


def settle_pooling(flat: Mapping[str, str]) -> tuple[PoolingView, tuple[str, ...]]:
    """Read settings as the nearest view that can be, and say what had to be moved.

    >>> view, notes = settle_pooling({"kinds": "avg", "times": "9"})
    >>> view.kinds, view.times, notes
    (('avg',), 5, ('Repetitions 9 is not possible here; 5 is the nearest that works.',))
    """
    name = flat.get("example", FIRST)
    notes: list[str] = []
    if name not in POOLING_EXAMPLES:
        title = POOLING_EXAMPLES[FIRST].title
        notes.append(f"There is no example {quoted(name, 30)}; the page shows “{title}” instead.")
        name = FIRST
    base = POOLING_EXAMPLES[name].flat
    kinds = _kinds(flat.get("kinds", base["kinds"]), base["kinds"], notes)
    given = {key: flat[key] for key in SCENE_KEYS if key in flat}
    scene, moved = settle(given | {"op": kinds[0]}, base)
    scene = _with_few_channels(_padded_alike(scene, notes), notes)
    reader = SettingsReader(OTHERS, flat)
    shift = _shift(reader)
    view = PoolingView(
        look=reader.choice("look", LOOKS),
        scene=scene,
        kinds=kinds,
        predict=reader.flag("predict"),
        picture=read_picture_name(reader, flat, tuple(SAMPLES)),
        times=reader.number("times", "repetitions", 1, MAX_TIMES),
        pool=reader.choice("pool", tuple(POOLS)),
        large=reader.flag("large"),
        shift=shift,
    )
    return view, (*notes, *moved, *reader.notes)


def open_pooling(link: Mapping[str, str]) -> tuple[PoolingView, tuple[str, ...]]:
    """Open a link to the page.

    >>> open_pooling({"p": "1", "k": "3"})[1]
    ('“p” is read as padding.', '“k” is read as kernel.')
    """
    base = POOLING_EXAMPLES.get(link.get("example", FIRST), POOLING_EXAMPLES[FIRST]).flat
    kinds = link.get("kinds", base["kinds"]).split(".")
    p, meant_by_p = names_of_p(link, any(map(takes_norm, kinds)))
    names = ("example", "kinds", *OTHERS, *(key for key in SCENE_KEYS if key != "p"))
    return open_link(link, own_names(names) | p, MEANT | _MEANT | meant_by_p, settle_pooling)


def _kinds(text: str, usual: str, notes: list[str]) -> tuple[str, ...]:
    asked = text.split(".")
    if unknown := [kind for kind in asked if kind not in POOL_KINDS]:
        notes.append(
            f"{quoted(unknown[0])} is no pooling; those shown are {', '.join(POOL_KINDS)}."
        )
    kinds = tuple(kind for kind in POOL_KINDS if kind in asked)
    return kinds or _kinds(usual, usual, notes)


def _padded_alike(scene: FlatScene, notes: list[str]) -> FlatScene:
    """This page pads both ends of an axis alike."""
    axes = scene.axes
    uneven = any(axis.before != axis.after for axis in axes)
    if not uneven and not isinstance(scene.layer.padding, str):
        return scene
    height, width = (max(axis.before, axis.after) for axis in axes)
    if uneven:
        notes.append(
            f"This page pads both sides alike, so padding is {height} above and below, {width} "
            "left and right."
        )
    return settle(scene.to_flat() | {"padding": f"{height}x{width}"})[0]


def _with_few_channels(scene: FlatScene, notes: list[str]) -> FlatScene:
    if scene.channels <= MAX_CHANNELS:
        return scene
    notes.append(
        f"Channels in {scene.channels} is not possible here; {MAX_CHANNELS} is the nearest that "
        "works."
    )
    fewer, _ = settle(scene.to_flat() | {"cin": str(MAX_CHANNELS)})
    return replace(fewer, step=min(scene.step, fewer.steps - 1))


def _shift(reader: SettingsReader) -> Shift:
    on = reader.choice("on", ("row", "photo"))
    row = _numbers(reader, "row", "row of numbers")
    if len(row) > MAX_ROW:
        reader.notes.append(f"A row has at most {MAX_ROW} numbers; the first {MAX_ROW} are used.")
        row = row[:MAX_ROW]
    longest = min(MAX_WINDOW, len(row)) if on == "row" else MAX_WINDOW
    to = reader.choice("to", tuple(DIRECTIONS))
    if on == "row" and to in ("down", "up"):
        reader.notes.append(f"A row does not move {to}; it moves to the right.")
        to = "right"
    return Shift(
        on=on,
        row=row,
        window=reader.number("window", "window", 1, longest),
        stride=reader.number("every", "stride", 1, MAX_STRIDE),
        padded=reader.flag("pad"),
        by=reader.number("by", "shift", 0, MAX_SHIFT),
        to=to,
        enters=_one_number(reader),
    )


def _numbers(reader: SettingsReader, key: str, name: str) -> tuple[float, ...]:
    """The row that a value source gives; the usual one where it is to be drawn at random."""
    found = read_source(reader.source(key, name))
    if found is None:
        reader.notes.append(f"The {name} cannot be drawn at random; {OTHERS[key]} is used.")
        found = read_source(OTHERS[key])
    if found.shape[:2] != (1, 1):
        reader.notes.append(f"The {name} has more than one row; the first is used.")
    return tuple(float(value) for value in found[0, 0])


def _one_number(reader: SettingsReader) -> float:
    first, *others = _numbers(reader, "enters", "number that comes in")
    if others:
        reader.notes.append(f"Only one number enters at the end; the first, {first:g}, is used.")
    return first


def _scene_link(flat: Mapping[str, str], name: str) -> dict[str, str]:
    base = POOLING_EXAMPLES[name].flat
    differing = {key: flat[key] for key in (*SCENE_KEYS, "kinds") if flat[key] != base[key]}
    return differing if name == FIRST else {"example": name, **differing}


def _length(link: Mapping[str, str]) -> tuple[bool, int]:
    own = bool(set(link) - {"example", "step", "kinds"})
    return own, sum(len(key + value) + 2 for key, value in link.items())
