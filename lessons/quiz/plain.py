"""Plain data from a file or a browser, where anybody can have written anything into it."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

LONGEST_TEXT = 200_000
"""Characters; the progress of someone who has met every slip has a tenth of them."""

LONGEST_NUMBER = 18
"""Characters of a whole number; the largest seed and every count have fewer."""


def read_object(text: str, longest: int = LONGEST_TEXT) -> Mapping[str, Any] | None:
    """The JSON object that a text holds; None where it holds none that can be used.

    >>> read_object('{"asked": 3}')
    {'asked': 3}
    >>> [read_object(text) for text in ("", "[1]", '{"asked": 3', '{"asked": 1' + "0" * 400 + "}")]
    [None, None, None, None]

    Refused are what is cut off, too long or too deep, numbers beyond every count, what is no
    number, and halves of letters, which no page can show.
    """
    if len(text) > longest:
        return None
    try:
        data = json.loads(text, parse_int=_whole, parse_float=_finite, parse_constant=_finite)
        json.dumps(data, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) else None


def _whole(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError("A whole number is too large.")
    return int(digits)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("A number is not finite.")
    return number
