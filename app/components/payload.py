"""What a component is handed: plain JSON, arrays flat with their shape, pixels after a header."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

import numpy as np


def encode(data: Any) -> dict[str, Any]:
    """Return a dataclass, or a mapping, as a dict that is safe to send to a component.

    Fields keep their names, those of dataclasses within as well. Arrays become
    ``{"shape": [...], "values": [...]}``, row by row; whole floats become ints; an infinity or NaN
    inside an array becomes None (a cell that holds no number). NumPy scalars become Python's,
    tuples become lists.

    >>> encode({"x": np.array([[1.0, 0.5]]), "step": np.int64(3)})
    {'x': {'shape': [1, 2], 'values': [1, 0.5]}, 'step': 3}

    Bytes do not fit in here: see `packed_bytes`.

    Raises TypeError, naming the place, for anything else: Streamlit would silently send the whole
    payload as one string, or stop the component without a Python error.
    """
    named = _fields(data) if is_dataclass(data) else data
    return {str(name): _plain(value, str(name)) for name, value in named.items()}


def packed_bytes(header: Any, pixels: bytes) -> bytes:
    """Pack a payload: 4 bytes with the header's length, the header as JSON, the pixels.

    >>> packed_bytes({"id": 7}, b"...")
    b'\\t\\x00\\x00\\x00{"id": 7}...'

    Bytes as a whole are sent as they are, without base64; inside a dict they would not be sent.
    `shared/payload.mjs` reads them.
    """
    text = json.dumps(encode(header), ensure_ascii=False, allow_nan=False).encode()
    return b"".join((len(text).to_bytes(4, "little"), text, pixels))


def runs(numbers: Iterable[int | None]) -> list[tuple[int | None, int, int]]:
    """Write whole numbers short, as runs of equal steps: (first, step, how many).

    >>> runs([2, 1, 0, 1, 2, 3, None, None])
    [(2, -1, 3), (1, 1, 3), (None, 0, 2)]

    `shared/runs.mjs` writes them out again.
    """
    found: list[tuple[int | None, int, int]] = []
    for number in numbers:
        first, step, count = found[-1] if found else (None, 0, 0)
        missing = number is None or first is None
        if count == 0 or (missing and number is not first):
            found.append((number, 0, 1))
        elif missing or (count > 1 and number == first + step * count):
            found[-1] = (first, step, count + 1)
        elif count == 1:
            found[-1] = (first, number - first, 2)
        else:
            found.append((number, 0, 1))
    return found


# Most of a payload: these need no look at what they are made of.
_AS_THEY_ARE = frozenset({int, str, bool, type(None)})


def _plain(value: Any, where: str) -> Any:
    if type(value) in _AS_THEY_ARE:
        return value
    match value:
        case list() | tuple():
            return [
                item if type(item) in _AS_THEY_ARE else _plain_item(item, where, index)
                for index, item in enumerate(value)
            ]
        case np.ndarray():
            return {"shape": list(value.shape), "values": _values(value, where)}
        case bool() | str():
            return value
        case np.bool_() | np.number() | int() | float():
            number = value.item() if isinstance(value, np.generic) else value
            if isinstance(number, complex) or not math.isfinite(number):
                raise TypeError(
                    f"{where}: {number!r} is not a finite number; "
                    "only inside an array may a cell be empty."
                )
            return _number(number)
        case Mapping():
            for name in value:
                if not isinstance(name, str):
                    raise TypeError(
                        f"{where}: the key {name!r} is a {type(name).__name__}, not a text."
                    )
            return {name: _plain(item, f"{where}.{name}") for name, item in value.items()}
        case _ if is_dataclass(value) and not isinstance(value, type):
            return {name: _plain(item, f"{where}.{name}") for name, item in _fields(value).items()}
    raise TypeError(
        f"{where}: a {type(value).__name__} cannot be sent to a component; "
        "use arrays, numbers, texts, lists, dicts and dataclasses."
    )


def _plain_item(item: Any, where: str, index: int) -> Any:
    # Pairs of whole numbers, thousands of them in the tables of links.
    if type(item) is tuple and _AS_THEY_ARE.issuperset(map(type, item)):
        return list(item)
    return _plain(item, f"{where}[{index}]")


def _fields(data: Any) -> dict[str, Any]:
    return {name: getattr(data, name) for name in _names(type(data))}


@lru_cache(maxsize=256)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _values(array: np.ndarray, where: str) -> list[Any]:
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"{where}: an array of {array.dtype} cannot be sent to a component; "
            "only real numbers can."
        )
    if array.dtype.kind != "f":
        return array.ravel().tolist()
    if np.isfinite(array).all() and (array == np.trunc(array)).all() and (abs(array) < 2**53).all():
        return array.ravel().astype(np.int64).tolist()
    return [_number(value) if math.isfinite(value) else None for value in array.ravel().tolist()]


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
