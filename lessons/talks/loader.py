"""The talks that come with the app: a file each in `ready/`, in the order of their names."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from lessons.talks.talk import Talk, scene_of_link

READY = Path(__file__).with_name("ready")


@cache
def ready_talks() -> Mapping[str, Talk]:
    """The ready talks by their names, which stand in links.

    >>> ready_talks()["padding"].title
    'Padding in five minutes'
    """
    files = sorted(READY.glob("*.toml"))
    return MappingProxyType({file.stem.split("_", 1)[1]: read_file(file) for file in files})


def read_file(file: Path) -> Talk:
    """Read a talk's file: its title, what it is about, and each scene's row.

    Raises ValueError for a scene with other settings.
    """
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    scenes = []
    for row in data["scene"]:
        if unknown := set(row) - {"title", "link", "note", "hidden", "asks"}:
            raise ValueError(f"{file.name}: a scene has no {', '.join(sorted(unknown))}.")
        hidden, asks = tuple(row.get("hidden", ())), row.get("asks", False)
        scenes.append(scene_of_link(row["link"], row["title"], row.get("note", ""), hidden, asks))
    return Talk(data["title"], tuple(scenes), data["about"])
