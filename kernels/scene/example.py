"""A ready scene: the settings in which it differs from `DEFAULTS`, in the flat form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kernels.scene.flat import DEFAULTS

AN_AXIS_EACH = ("size", "kernel", "stride", "padding", "dilation", "opad")
"""The settings with a number for each axis."""


@dataclass(frozen=True)
class Example:
    """A scene with a name, a title for people and its source."""

    name: str
    title: str
    settings: tuple[tuple[str, str], ...]
    source: str

    @cached_property
    def flat(self) -> dict[str, str]:
        """The whole scene in the flat form."""
        settings = dict(self.settings)
        if settings.get("rank", DEFAULTS["rank"]) == "2":
            return {**DEFAULTS, **settings}
        return {**of_one_axis(DEFAULTS), **settings}


def of_one_axis(flat: Mapping[str, str]) -> dict[str, str]:
    """The same settings for a layer of one axis: of two numbers, those of the width."""
    one = {key: flat[key].split("x")[-1] for key in AN_AXIS_EACH}
    return {**flat, **one, "rank": "1"}


def example_of_settings(name: str, title: str, source: str, **settings: str) -> Example:
    """An example from its settings by name."""
    return Example(name, title, tuple(settings.items()), source)
