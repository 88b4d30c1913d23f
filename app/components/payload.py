"""What a component is handed: plain JSON, arrays flat with their shape, pixels after a header."""

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np


def encode(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return `data` as a dict that is safe to send to a component.

    Arrays become ``{"shape": [...], "values": [...]}``, row by row; whole floats become ints; an
    infinity or NaN inside an array becomes None (a cell that holds no number). NumPy scalars become
    Python's, tuples become lists.

    >>> encode({"x": np.array([[1.0, 0.5]]), "step": np.int64(3)})
    {'x': {'shape': [1, 2], 'values': [1, 0.5]}, 'step': 3}

    Raises TypeError, naming the place, for anything else: Streamlit would silently send the whole
    payload as one string, or stop the component without a Python error.
    """
    encoded = {str(name): _plain(value, str(name)) for name, value in data.items()}
    json.dumps(encoded, allow_nan=False)
    return encoded


def packed_bytes(header: Mapping[str, Any], pixels: bytes) -> bytes:
    """Pack a payload: 4 bytes with the header's length, the header as JSON, the pixels.

    >>> packed_bytes({"id": 7}, b"...")
    b'\\t\\x00\\x00\\x00{"id": 7}...'

    Bytes as a whole are sent as they are, without base64; inside a dict they would not be sent.
    `shared/payload.mjs` reads them.
    """
    text = json.dumps(encode(header), ensure_ascii=False, allow_nan=False).encode()
    return b"".join((len(text).to_bytes(4, "little"), text, pixels))


def _plain(value: Any, where: str) -> Any:
    match value:
        case None | bool() | str():
            return value
        case np.ndarray():
            return {"shape": list(value.shape), "values": _values(value, where)}
        case np.bool_() | np.number() | int() | float():
            number = value.item() if isinstance(value, np.generic) else value
            if isinstance(number, complex) or not math.isfinite(number):
                raise TypeError(
                    f"{where}: {number!r} is no finite number; "
                    "only inside an array may a cell be empty."
                )
            return _number(number)
        case list() | tuple():
            return [_plain(item, f"{where}[{index}]") for index, item in enumerate(value)]
        case Mapping():
            for name in value:
                if not isinstance(name, str):
                    raise TypeError(
                        f"{where}: the key {name!r} is a {type(name).__name__}, not a text."
                    )
            return {name: _plain(item, f"{where}.{name}") for name, item in value.items()}
    raise TypeError(
        f"{where}: a {type(value).__name__} cannot be sent to a component; "
        "use arrays, numbers, texts, lists and dicts."
    )


def _values(array: np.ndarray, where: str) -> list[Any]:
    if array.dtype.kind not in "biuf":
        raise TypeError(
            f"{where}: an array of {array.dtype} cannot be sent to a component; "
            "only real numbers can."
        )
    flat = array.ravel().tolist()
    return (
        flat
        if array.dtype.kind != "f"
        else [_number(value) if math.isfinite(value) else None for value in flat]
    )


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
