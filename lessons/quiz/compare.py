"""When two answers are the same, and how they are written."""

from __future__ import annotations

from fractions import Fraction

from lessons.quiz.question import Number, Value

#: Half a unit of the second decimal: 1.67 is accepted for 5/3.
TOLERANCE = Fraction(1, 200)


def same(one: Value | None, other: Value | None) -> bool:
    """Whether two answers agree; fractions to two decimals, rounded or cut off.

    >>> same(3, 3), same(Fraction(5, 3), Fraction("1.67")), same(54, Fraction("54.25"))
    (True, True, False)
    >>> same(Fraction(5, 3), Fraction("1.66")), same(Fraction(5, 2), Fraction("2.49"))
    (True, False)
    """
    if one is None or other is None:
        return False
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    if isinstance(one, tuple) or isinstance(other, tuple):
        if not (isinstance(one, tuple) and isinstance(other, tuple)):
            return False
        return len(one) == len(other) and all(
            len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
            for a, b in zip(one, other, strict=True)
        )
    if type(one) is int and type(other) is int:
        return one == other
    return abs(one - other) <= TOLERANCE or is_cut_off(one, other) or is_cut_off(other, one)


def is_cut_off(short: Number, whole: Number) -> bool:
    """Whether a number is another one's first two decimals, which do not round to it.

    >>> is_cut_off(Fraction("1.66"), Fraction(5, 3)), is_cut_off(Fraction("1.67"), Fraction(5, 3))
    (True, False)
    """
    if 100 % short.denominator or not 100 % whole.denominator:
        return False
    return TOLERANCE < abs(whole - short) < 2 * TOLERANCE and abs(short) < abs(whole)


def written(value: Value) -> str:
    """An answer as a person writes it.

    >>> written(-1234567), written(Fraction(217, 4)), written(((1, -2), (3, 4)))
    ('−1,234,567', '54.25', '1 −2 / 3 4')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return " / ".join(" ".join(written(n) for n in row) for row in value)
    if isinstance(value, int):
        text = f"{value:,}" if abs(value) >= 10_000 else str(value)
    elif 100 % value.denominator == 0:
        text = f"{float(value):g}"
    else:
        text = f"{value.numerator}/{value.denominator}"
    return text.replace("-", "−")
