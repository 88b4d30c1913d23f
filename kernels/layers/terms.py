"""The pieces that formulas are made of, and how one line sets them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["value", "operator", "open", "over", "close"]
Role = Literal[
    "input",
    "kernel",
    "padding",
    "stride",
    "dilation",
    "output",
    "one",
    "floor",
    "channels",
    "groups",
    "bias",
    "operator",
]


@dataclass(frozen=True)
class Term:
    """One piece of a formula.

    kind 'value' has a symbol and the number that stands for it; 'operator' is text; 'open',
    'over' and 'close' set a fraction, with a floor or ceiling bracket as the symbol of its ends.
    `meaning` says in words what it stands for.
    """

    kind: Kind
    role: Role
    symbol: str
    value: int | None = None
    meaning: str = ""


def operator_term(symbol: str) -> Term:
    """A sign between values."""
    return Term("operator", "operator", symbol)


def value_term(role: Role, symbol: str, value: int, meaning: str) -> Term:
    """A term with a number; its meaning begins with symbol and number."""
    said = f"{symbol.replace('_', ' ')} = {value}: {meaning}" if meaning else ""
    return Term("value", role, symbol, value, said)


def line_of(
    terms: Iterable[Term], value_text: Callable[[Term], str], *, numbers: bool = False
) -> str:
    """Set terms in one line; a fraction's numerator goes in parentheses.

    numbers : whether numbers stand there, which are multiplied by a cross, and not letters
    """
    return "".join(
        value_text(term) if term.kind == "value" else sign_text(term, numbers=numbers)
        for term in terms
    )


def sign_text(term: Term, *, numbers: bool = False) -> str:
    """A term that is not a number, as one line has it: letters are multiplied by a dot.

    >>> [sign_text(Term(*term)) for term in [("open", "floor", "⌊"), ("operator", "operator", "+")]]
    ['⌊(', ' + ']
    >>> sign_text(operator_term("·")), sign_text(operator_term("·"), numbers=True)
    ('·', ' × ')
    """
    match term.kind:
        case "open":
            return f"{term.symbol}("
        case "over":
            return ") / "
    symbol = "×" if numbers and term.symbol == "·" else term.symbol
    return f" {symbol} " if symbol in ("+", "−", "×") else symbol
