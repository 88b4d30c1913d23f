"""Why a look cannot show a layer, and the settings of one that it can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Hindrance:
    """What stands in the way of a look.

    why : a sentence; act : what the button says that leads on; settings : what it sets
    """

    why: str
    act: str
    settings: Mapping[str, str]
