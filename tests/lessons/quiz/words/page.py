"""What a learner sees of a question: words, tables of digits, names of boxes. Nothing else."""

import re
from dataclasses import dataclass


class Unread(Exception):
    """The words do not say what is needed, or say it in a way that nobody has told the reader."""


@dataclass(frozen=True)
class Page:
    """A question as it is shown.

    given: the sentences before the one that asks. agreed: what is printed small below them.
    tables: captions with their digits, a row a line. boxes: what stands before each box.
    choices: what can be chosen.
    """

    given: str
    asked: str
    agreed: str
    tables: tuple[tuple[str, str], ...]
    boxes: tuple[str, ...]
    choices: tuple[str, ...] = ()

    def agrees(self, words: str) -> bool:
        """Whether these words are printed as agreed, in small or capital letters."""
        return words.lower() in self.agreed.lower()

    def must_agree(self, *either: str) -> None:
        """One of these must be printed, or the question has several answers."""
        if not any(self.agrees(words) or words in self.given for words in either):
            raise Unread(f"nobody says “{either[0]}”: {self.given} {self.agreed}")

    def table(self, caption: str) -> list[list[int]]:
        """The numbers under a caption."""
        for name, text in self.tables:
            if name == caption:
                return numbers_of(text)
        raise Unread(f"there is no table {caption!r}")

    def tables_like(self, caption: str) -> list[list[list[int]]]:
        """The table of that caption, or one for each channel of it."""
        found = [
            numbers_of(text)
            for name, text in self.tables
            if re.fullmatch(rf"{caption}(, channel \d+)?", name)
        ]
        if not found:
            raise Unread(f"there is no table {caption!r}")
        return found


def marked(text: str) -> list[tuple[int, int]]:
    """Where question marks stand in a table, counted from 0.

    >>> marked("· ·\\n· ?")
    [(1, 1)]
    """
    rows = [row.split() for row in text.split("\n")]
    return [(r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell == "?"]


def numbers_of(text: str) -> list[list[int]]:
    """Rows of digits, as they are printed.

    >>> numbers_of("−1 2\\n10 0")
    [[-1, 2], [10, 0]]
    """
    return [
        [int(n.replace("−", "-")) for n in re.findall(r"−?\d+", row)] for row in text.split("\n")
    ]


def found(pattern: str, text: str) -> tuple[int, ...]:
    """The whole numbers that a pattern catches; it must be there.

    >>> found(r"input of (\\d+) × (\\d+)", "An input of 5 × 7 goes")
    (5, 7)
    """
    match = re.search(pattern, text)
    if not match:
        raise Unread(f"no {pattern!r} in “{text}”")
    return tuple(int(group) for group in match.groups() if group)
