"""Bracketed text in pieces: brackets, separators, operators and words, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kernels.reading.faults import NotationError

DEEPEST = 8

_PIECE = re.compile(
    r"""(?P<line>\n)|(?P<space>[ \t]+)|(?P<held>⟦\d+⟧)|(?P<operator>\.?[*/](?!/)|[×·÷])
    |(?P<open>[\[({])|(?P<close>[\])}])|(?P<comma>,)|(?P<semicolon>;)|(?P<equals>=)
    |(?P<word>[^\s,;=()\[\]{}*/×·÷⟦⟧]+)|(?P<other>.)""",
    re.VERBOSE,
)
_PAIRS = {"[": "]", "(": ")", "{": "}"}


@dataclass(frozen=True)
class Piece:
    """One piece; `line` is 0 where the text has one line only."""

    kind: str
    text: str
    line: int


def pieces_of(text: str) -> list[Piece]:
    """Part a text into pieces, and check that its brackets close.

    >>> [piece.text for piece in pieces_of("[1, -2]/9")]
    ['[', '1', ',', ' ', '-2', ']', '/', '9']
    >>> pieces_of("[1, (2]")
    Traceback (most recent call last):
    kernels.reading.faults.NotationError: The bracket “(” is not closed; close it with “)”.
    """
    several, line = "\n" in text.strip(), 1
    pieces: list[Piece] = []
    opened: list[Piece] = []
    for match in _PIECE.finditer(text):
        kind = str(match.lastgroup)
        piece = Piece(kind, match[0], line if several else 0)
        pieces.append(piece)
        line += kind == "line"
        if kind == "open":
            opened.append(piece)
            if len(opened) > DEEPEST:
                raise NotationError(
                    f"Brackets stand {len(opened)} deep; at most {DEEPEST} are read."
                )
        elif kind == "close" and not (opened and _PAIRS[opened.pop().text] == match[0]):
            raise _unpaired(pieces, piece)
    if opened:
        raise _not_closed(opened[-1])
    return pieces


def _unpaired(pieces: list[Piece], closing: Piece) -> NotationError:
    depth: list[Piece] = []
    for piece in pieces[:-1]:
        if piece.kind == "open":
            depth.append(piece)
        elif piece.kind == "close":
            depth.pop()
    if depth:
        return _not_closed(depth[-1])
    place = f" in line {closing.line}" if closing.line else ""
    return NotationError(f"The bracket “{closing.text}”{place} closes nothing; take it out.")


def _not_closed(piece: Piece) -> NotationError:
    place = f" in line {piece.line}" if piece.line else ""
    return NotationError(
        f"The bracket “{piece.text}”{place} is not closed; close it with “{_PAIRS[piece.text]}”."
    )
