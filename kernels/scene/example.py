"""A ready scene: the settings in which it differs from `DEFAULTS`, in the flat form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kernels.scene.axes import at_rank
from kernels.scene.flat import DEFAULTS


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
        return {**at_rank(DEFAULTS, int(settings.get("rank", DEFAULTS["rank"]))), **settings}


def example_of_settings(name: str, title: str, source: str, **settings: str) -> Example:
    """An example from its settings by name."""
    return Example(name, title, tuple(settings.items()), source)
