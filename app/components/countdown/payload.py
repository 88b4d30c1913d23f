"""What the countdown is handed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CountdownPayload:
    """left : seconds that are left; below 0 it is over"""

    left: float
