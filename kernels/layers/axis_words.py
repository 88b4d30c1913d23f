"""What the axes of a layer are called: the letters of formulas, rows and columns, the ends."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class AxisWords:
    """What formulas call one axis.

    letter : of its size; index : of what is counted along it
    cells : one of what lies along it
    ends : its two paddings' letters, with what each is at
    own : whether its settings have letters of their own: `k_t` beside `k`
    """

    letter: str
    index: str
    cells: str
    ends: tuple[tuple[str, str], tuple[str, str]]
    own: bool = False

    def symbol(self, letter: str) -> str:
        """The letter of a setting along this axis."""
        return f"{letter}_{self.index}" if self.own else letter


AXES = MappingProxyType(
    {
        "height": AxisWords("H", "h", "row", (("p↑", "top"), ("p↓", "bottom"))),
        "width": AxisWords("W", "w", "column", (("p←", "left"), ("p→", "right"))),
        "length": AxisWords("L", "l", "number", (("p←", "left"), ("p→", "right"))),
        "depth": AxisWords("D", "d", "slice", (("p⊙", "front"), ("p⊗", "back"))),
        "frames": AxisWords("T", "t", "frame", (("p_first", "start"), ("p_last", "end")), own=True),
    }
)
"""The axes by their names; frames are the depth of a video."""
