"""What a gallery is made of: tiles, operators between them, rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from lessons.places import place_words

_SPOKEN = MappingProxyType(
    {"+": "plus", "−": "minus", "=": "equals", "×": "times", "∗": "convolved with", "→": "becomes"}
)


@dataclass(frozen=True)
class Tile:
    """One picture with its title and what is said of it.

    >>> Tile("r", "Red plane", b"...", (400, 600), facts=("Values 25 to 240",)).about
    'Red plane. Values 25 to 240.'

    Parameters
    ----------
    id : names the tile in its gallery, and in what the "Open" button sends
    title : the words above it; they name the colour where `tint` shows one
    png : its pixels as they are shown, perhaps shrunk by a whole factor; empty: the kernel itself
        is the picture, large
    size : (height, width) of the numbers behind it
    facts : the lines below it
    mark : (row, column) of the number that a ring is drawn around
    mark_note : said beside the ring, such as the value there
    frame : (top, left, height, width) of the picture inside its padding. It may reach beyond the
        tile, where the tile shows a corner of the picture
    hatched : whether the padding is hatched; not where its pixels are copied and to be seen
    kernel : rows of numbers, drawn as a small grid beside the title
    tint : colour of the rule under the title
    role : colour of the title
    numbers : the text of each pixel, row by row, written into it where there is room
    dark : for each of them whether its pixel is dark, so that the text is light
    open : whether there is a button that opens it, which is sent as the commit "open"
    """

    id: str
    title: str
    png: bytes
    size: tuple[int, int]
    facts: tuple[str, ...] = ()
    mark: tuple[int, int] | None = None
    mark_note: str = ""
    frame: tuple[int, int, int, int] | None = None
    hatched: bool = True
    kernel: tuple[tuple[float, ...], ...] | None = None
    tint: Literal["", "red", "green", "blue"] = ""
    role: Literal["", "input", "output"] = ""
    numbers: tuple[str, ...] = ()
    dark: tuple[bool, ...] = ()
    open: bool = False

    @property
    def about(self) -> str:
        """What a screen reader says in place of the picture."""
        said = [self.title, *self.facts]
        if self.mark:
            note = f": {self.mark_note}" if self.mark_note else ""
            said.append(f"Ring at {place_words(self.mark)}{note}")
        if self.numbers:
            columns = self.size[1]
            starts = range(0, len(self.numbers), columns)
            lines = (", ".join(self.numbers[start : start + columns]) for start in starts)
            said.append("Row by row: " + "; ".join(lines))
        return " ".join(f"{words.rstrip('.')}." for words in said)


@dataclass(frozen=True)
class Operator:
    """What is done between two tiles.

    >>> Operator("×").words, Operator("∘", "element by element").words
    ('times', 'element by element')

    Parameters
    ----------
    text : the sign, such as + = × →
    words : what a screen reader says; for the usual signs it is known
    """

    text: str
    words: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", self.words or _SPOKEN.get(self.text, self.text))


@dataclass(frozen=True)
class Row:
    """Tiles that belong together, under one title.

    Parameters
    ----------
    title : the words above them; may be empty
    items : tiles, and operators each before the tile that it leads to
    note : a sentence below the title
    """

    title: str
    items: Sequence[Tile | Operator]
    note: str = ""
