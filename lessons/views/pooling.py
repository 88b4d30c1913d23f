"""What the Pooling page shows: settings settled from a flat dict of texts, and the link to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from kernels import PoolSpec
from kernels.layers.pool_kinds import POOL_KINDS, takes_norm
from kernels.reading.link_names import MEANT, names_of_p, open_link, own_names
from kernels.reading.link_text import quoted
from kernels.scene.flat import FlatScene
from kernels.scene.pooling_examples import POOLING_EXAMPLES
from kernels.scene.reader import SettingsReader
from kernels.scene.settle import settle
from lessons.views.pictures import Catalogue, PictureFacts, read_picture
from lessons.views.pooling_shift import READY, SHIFT_DEFAULTS, Shift, read_shift

_MEANT = {"op": "kinds", "kind": "kinds", "pooling": "kinds"}

LOOKS = ("numbers", "photo", "shift")
POOLS: Mapping[str, PoolSpec] = MappingProxyType({"2x2": PoolSpec(2), "3x3": PoolSpec(3, 2)})
"""Poolings of a photograph: squares side by side, and squares that overlap."""

MAX_TIMES, MAX_CHANNELS = 5, 2

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
    "picture": "camera",
    "times": "3",
    "pool": "2x2",
    "large": "0",
    **SHIFT_DEFAULTS,
}
"""The settings that no scene has, as the page opens."""


@dataclass(frozen=True)
class PoolingView:
    """Everything that the page shows."""

    look: str
    scene: FlatScene
    kinds: tuple[str, ...]
    predict: bool
    picture: PictureFacts
    times: int
    pool: str
    large: bool
    shift: Shift

    def to_flat(self) -> dict[str, str]:
        """All settings as a flat dict of strings; `settle_pooling` reads it back."""
        scene = self.scene.to_flat()
        return {
            **{key: scene[key] for key in SCENE_KEYS},
            "kinds": ".".join(self.kinds),
            "look": self.look,
            "predict": str(int(self.predict)),
            "picture": self.picture.name,
            "times": str(self.times),
            "pool": self.pool,
            "large": str(int(self.large)),
            **self.shift.to_flat(),
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


def settle_pooling(
    flat: Mapping[str, str], pictures: Catalogue
) -> tuple[PoolingView, tuple[str, ...]]:
    """Read settings as the nearest view that can be, and say what had to be moved.

    >>> from lessons.views.pictures import BLANK_PICTURES
    >>> view, notes = settle_pooling({"kinds": "avg", "times": "9"}, BLANK_PICTURES)
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
    shift = read_shift(reader)
    view = PoolingView(
        look=reader.choice("look", LOOKS),
        scene=scene,
        kinds=kinds,
        predict=reader.flag("predict"),
        picture=read_picture(reader, flat, pictures),
        times=reader.number("times", "repetitions", 1, MAX_TIMES),
        pool=reader.choice("pool", tuple(POOLS)),
        large=reader.flag("large"),
        shift=shift,
    )
    return view, (*notes, *moved, *reader.notes)


def open_pooling(
    link: Mapping[str, str], pictures: Catalogue
) -> tuple[PoolingView, tuple[str, ...]]:
    """Open a link to the page.

    >>> from lessons.views.pictures import BLANK_PICTURES
    >>> open_pooling({"p": "1", "k": "3"}, BLANK_PICTURES)[1]
    ('“p” is read as padding.', '“k” is read as kernel.')
    """
    base = POOLING_EXAMPLES.get(link.get("example", FIRST), POOLING_EXAMPLES[FIRST]).flat
    kinds = link.get("kinds", base["kinds"]).split(".")
    p, meant_by_p = names_of_p(link, any(map(takes_norm, kinds)))
    names = ("example", "kinds", *OTHERS, *(key for key in SCENE_KEYS if key != "p"))
    settle_here = partial(settle_pooling, pictures=pictures)
    return open_link(link, own_names(names) | p, {**MEANT, **_MEANT, **meant_by_p}, settle_here)


def _kinds(text: str, usual: str, notes: list[str]) -> tuple[str, ...]:
    asked = text.split(".")
    if unknown := [kind for kind in asked if kind not in POOL_KINDS]:
        notes.append(
            f"{quoted(unknown[0])} is not a kind of pooling; those shown are "
            f"{', '.join(POOL_KINDS)}."
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


def _scene_link(flat: Mapping[str, str], name: str) -> dict[str, str]:
    base = POOLING_EXAMPLES[name].flat
    differing = {key: flat[key] for key in (*SCENE_KEYS, "kinds") if flat[key] != base[key]}
    return differing if name == FIRST else {"example": name, **differing}


def _length(link: Mapping[str, str]) -> tuple[bool, int]:
    own = bool(set(link) - {"example", "step", "kinds"})
    return own, sum(len(key + value) + 2 for key, value in link.items())
