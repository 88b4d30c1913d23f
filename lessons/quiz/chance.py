"""How likely somebody who guesses writes a wrong number: near the right one, or anywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping

from lessons.quiz.compare import same
from lessons.quiz.question import Number, Question, Value

#: How many numbers a guess of an unknown size ranges over at least.
RANGE = 10

#: How much less likely a guess has a fraction where the right answer has none.
FRACTION = 0.1


def guessed(value: Value, right: Value, options: int = 4) -> float:
    """How likely this is what a wrong guess comes to.

    >>> round(guessed(31, 32), 2), round(guessed(22, 32), 3), round(guessed(7500, 7600), 5)
    (0.06, 0.009, 0.00026)
    >>> round(guessed("box", "sharpen", options=4), 2)
    0.33

    Half of all guesses lie anywhere up to twice the right number, half of them near it, twice as
    far half as often. options: among how many a choice is made.
    """
    if isinstance(value, str) or isinstance(right, str):
        return 1 / max(options - 1, 1)
    if isinstance(value, tuple) or isinstance(right, tuple):
        return _guessed_rows(value, right)
    return _guessed_number(value, right)


def _guessed_rows(value: Value, right: Value) -> float:
    """Rows of numbers: each cell that is not right was guessed by itself."""
    both = isinstance(value, tuple) and isinstance(right, tuple)
    if not both or [len(row) for row in value] != [len(row) for row in right]:
        return FRACTION
    pairs = [pair for rows in zip(value, right, strict=True) for pair in zip(*rows, strict=True)]
    likely = 1.0
    for one, other in pairs:
        likely *= 1.0 if same(one, other) else _guessed_number(one, other)
    return likely


def _guessed_number(value: Number, right: Number) -> float:
    across = max(2 * float(abs(right)), RANGE)
    away = max(float(abs(value - right)), 1.0)
    near = 1 / (2 * away * (math.log(across) + 0.58)) if away <= across else 0.0
    likely = 0.5 * near + 0.5 / (2 * across)
    broken = value.denominator > 1 and right.denominator == 1
    return likely * FRACTION if broken else likely


def all_guessed(
    question: Question, values: Mapping[str, Value], right: Mapping[str, Value], known: float
) -> float:
    """How likely somebody who knows this share of what is asked writes all of these values.

    Where two boxes ask for the same number, as of a square, it is guessed once.
    """
    likelihood, guesses = 1.0, set()
    options = len(question.setup.options)
    for id, value in values.items():
        guess = (value, right[id])
        if same(value, right[id]):
            likelihood *= known
        elif guess not in guesses:
            likelihood *= (1 - known) * guessed(value, right[id], options)
            guesses.add(guess)
    return likelihood
