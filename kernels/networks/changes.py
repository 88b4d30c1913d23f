"""A long network as another one with changes: what stands in a link instead of all its layers."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from kernels.reading.link_text import quoted
from kernels.reading.notation import NotationError

SIGN = "~"
"""What changes begin with; no input's shape does."""
_PLACES = re.compile(r"@([0-9]{1,5})-([0-9]{1,5})")


def written_changes(before: str, after: str) -> str:
    """Write what makes one network, in the notation, of another.

    >>> written_changes("1x28x28;c6k5p2;tanh;a2;flat;l10", "1x28x28;c6k5p2;relu;bn;a2;flat;l9")
    '~6;@2-3;relu;bn;@5-6;l9'

    It begins with the number of pieces of the first; then, piece by piece, from where to where
    they go, and what comes instead.
    """
    one, other = before.split(";"), after.split(";")
    found = [f"{SIGN}{len(one)}"]
    for kind, start, end, first, last in _matcher(one, other).get_opcodes():
        if kind != "equal":
            found += [f"@{start}-{end}", *other[first:last]]
    return ";".join(found)


def with_changes(before: str, changes: str) -> str:
    """The network that the changes make.

    >>> with_changes("1x28x28;c6k5p2;tanh;a2;flat;l10", "~6;@2-3;relu;bn;@5-6;l9")
    '1x28x28;c6k5p2;relu;bn;a2;flat;l9'

    Raises NotationError where they are changes of another network.
    """
    pieces = before.split(";")
    head, *rest = (piece.strip() for piece in changes.split(";"))
    if head != f"{SIGN}{len(pieces)}":
        raise NotationError(f"{quoted(head)} begins changes of another network.")
    made: list[str] = []
    at = 0
    for piece in rest:
        if found := _PLACES.fullmatch(piece):
            start, end = map(int, found.groups())
            if not at <= start <= end <= len(pieces):
                raise NotationError(
                    f"{quoted(piece)} is not a place in a network of {len(pieces)} pieces, or "
                    "comes too late."
                )
            made += pieces[at:start]
            at = end
        else:
            made.append(piece)
    return ";".join([*made, *pieces[at:]])


def share_kept(before: str, after: str) -> float:
    """How much of a network is still there in another one, from 0 to 1.

    >>> share_kept("1x28x28;c6k5;relu;flat;l10", "1x28x28;c6k3;relu;flat;l10")
    0.8
    """
    one, other = before.split(";"), after.split(";")
    same = sum(block.size for block in _matcher(one, other).get_matching_blocks())
    return same / len(one)


def _matcher(one: list[str], other: list[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, one, other, autojunk=False)
