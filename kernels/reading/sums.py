"""A sum typed whole, as into a spreadsheet or a calculator: what it comes to."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from kernels.reading.characters import plain_text
from kernels.reading.faults import NotationError
from kernels.reading.numerals import read_number

LONGEST_SUM = 200
_OPERATORS = {"*": "*", "×": "*", "·": "*", "x": "*", "/": "/", "÷": "/", ":": "/"}
_PIECE = re.compile(r"\s*(?:(\d[\d.,]*|[.,]\d+)|([-+*×·x/÷:()]))\s*", re.IGNORECASE)
_DEEPEST = 20


def read_sum(text: str) -> Fraction:
    """Work out what was typed; products and quotients come first, as in arithmetic.

    >>> read_sum("0+3+4"), read_sum("3*1 + 2·0"), read_sum("=(5 - 3)/2 + 1")
    (Fraction(7, 1), Fraction(3, 1), Fraction(2, 1))
    >>> read_sum("1·2 + 3·(−1) = −1")
    Fraction(-1, 1)
    >>> read_sum("2 + 3 = 6")
    Traceback (most recent call last):
    kernels.reading.faults.NotationError: 2 + 3 is 5, but 6 stands behind the sign of equality.

    text : numbers, + - * / in any of their signs, and brackets; `=` may stand before all of it and
        before its result.

    Raises NotationError where it cannot be read, and where the result behind it is another one.
    """
    plain = plain_text(text).strip().removeprefix("=").rstrip("=").strip()
    if len(plain) > LONGEST_SUM:
        raise NotationError(f"Write a sum of at most {LONGEST_SUM} characters.")
    sides = [side.strip() for side in plain.split("=")]
    values = [_Reader(side).whole() for side in sides]
    for side, value in zip(sides[1:], values[1:], strict=True):
        if value != values[0]:
            raise NotationError(
                f"{sides[0]} is {_written(values[0])}, but {side} stands behind the sign of "
                "equality."
            )
    return values[0]


def _written(value: Fraction) -> str:
    return f"{float(value):g}".replace("-", "−")


class _Reader:
    """Reads from left to right: a sum of products of numbers and brackets."""

    def __init__(self, text: str):
        self.pieces: list[str] = []
        at = 0
        while at < len(text):
            match = _PIECE.match(text, at)
            if match is None:
                raise NotationError("Write numbers with + − · / between them.")
            self.pieces.append(match[1] or match[2].lower())
            at = match.end()
        self.at = self.depth = 0

    def whole(self) -> Fraction:
        value = self._sum()
        if self.at < len(self.pieces):
            raise NotationError("Write numbers with + − · / between them.")
        return value

    def _next(self) -> str:
        return self.pieces[self.at] if self.at < len(self.pieces) else ""

    def _taken(self) -> str:
        piece = self._next()
        self.at += 1
        return piece

    def _sum(self) -> Fraction:
        value = self._product()
        while self._next() in ("+", "-"):
            sign = 1 if self._taken() == "+" else -1
            value += sign * self._product()
        return value

    def _product(self) -> Fraction:
        value = self._factor()
        while self._next() in _OPERATORS or self._next() == "(":
            operator = "*" if self._next() == "(" else _OPERATORS[self._taken()]
            factor = self._factor()
            if operator == "/" and factor == 0:
                raise NotationError("Nothing can be divided by 0.")
            value = value * factor if operator == "*" else value / factor
        return value

    def _factor(self) -> Fraction:
        piece = self._taken()
        if piece in ("+", "-"):
            value = self._nested(self._factor)
            return value if piece == "+" else -value
        if piece == "(":
            value = self._nested(self._sum)
            if self._taken() != ")":
                raise NotationError("A bracket is open; close it with ).")
            return value
        return Fraction(read_number(piece, thousands=True))

    def _nested(self, read: Callable[[], Fraction]) -> Fraction:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotationError("There are too many brackets within brackets.")
        value = read()
        self.depth -= 1
        return value
