"""Calls that make an array: np.array(...), torch.tensor(...), R's matrix(c(...), nrow=3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kernels.reading.faults import Exact, NotationError, check_rows, quoted
from kernels.reading.tokens import Piece

Nested = list

#: The last part of the name: np.array, numpy.asarray, torch.tensor, tf.constant, Float32[...]
_ARRAYS = {
    "array", "asarray", "matrix", "mat", "tensor", "as_tensor", "FloatTensor", "DoubleTensor",
    "Tensor", "constant", "convert_to_tensor", "float16", "float32", "float64", "single", "double",
    "Float16", "Float32", "Float64", "Int", "Int8", "Int16", "Int32", "Int64", "Matrix",
    "MatrixForm", "N", "list", "tuple", "c", "rbind", "cbind",
}  # fmt: skip
_HARMLESS = {"device", "requires_grad", "copy", "grad_fn", "shape", "order", "size"}
_KEEPING = {"float", "double", "copy", "clone", "numpy", "tolist", "contiguous", "detach", "cpu"}


@dataclass(frozen=True)
class Given:
    """An argument: its keyword, and its numbers or, where it has none, its text."""

    keyword: str | None
    value: Nested | Exact | None = None
    text: str = ""
    listed: bool = False


def check_name(name: Piece) -> str:
    """The last part of the name of something that makes an array, or NotationError."""
    last = name.text.rpartition(".")[2].rpartition("$")[2]
    if last not in _ARRAYS:
        raise _not_known(name)
    return last


def _not_known(name: Piece) -> NotationError:
    return NotationError(
        f"{quoted(f'{name.text}(…)', name.line)} cannot be worked out here; paste the numbers "
        "themselves."
    )


def called(name: Piece, given: Sequence[Given]) -> Nested:
    """What a call gives, or NotationError if it is not known here."""
    last = check_name(name)
    arrays = [
        g.value for g in given if g.keyword in (None, "data", "object") and g.value is not None
    ]
    if not arrays:
        raise _not_known(name)
    if last in ("c", "rbind", "cbind"):
        return _r_bound(last, arrays, given)
    if last == "matrix" and isinstance(arrays[0], list) and not isinstance(arrays[0][0], list):
        return _r_matrix(arrays, given)
    for g in given:
        if g.keyword not in {None, "data", "object", "dtype", *_HARMLESS}:
            raise _unknown(g)
        if g.keyword in (None, "dtype") and g.value is None:
            _check_type(g.text, arrays[0])
    if len(arrays) > 1 or not isinstance(arrays[0], list):
        raise NotationError(
            f"{quoted(f'{name.text}(…)', name.line)} holds more than one array or none; paste the "
            "numbers of one."
        )
    return arrays[0]


def method(name: Piece, of: Nested | Exact, given: Sequence[Given]) -> Nested | Exact:
    """What `.reshape(3, 3)` and its like make of an array, or NotationError."""
    called_name = name.text.lstrip(".")
    if called_name in _KEEPING:
        return of
    if called_name == "astype" and given:
        _check_type(given[0].text, of)
        return of
    if called_name == "unsqueeze":
        return [of]
    if called_name in ("reshape", "view"):
        sizes = [n for g in given for n in (g.value if isinstance(g.value, list) else [g.value])]
        return _reshaped(flattened(of), sizes, name)
    raise NotationError(
        f"{quoted(name.text, name.line)} after the numbers cannot be worked out here; paste the "
        "numbers as they are meant."
    )


def flattened(of: Nested | Exact) -> list[Exact]:
    """All numbers in the order in which they are written."""
    return [n for item in of for n in flattened(item)] if isinstance(of, list) else [of]


def _unknown(given: Given) -> NotationError:
    return NotationError(
        f"“{given.keyword} = {given.text or '…'}” is not known here; paste the numbers as they are "
        "meant."
    )


def _check_type(text: str, of: Nested | Exact) -> None:
    """Whole-number types would change numbers that are not whole; other words are not types."""
    kind = re.sub(r"[\s'\"<>]|^.*\.", "", text)
    if re.fullmatch(r"b?float\d*|single|double|half|f[248]?|d", kind, re.IGNORECASE):
        return
    if re.fullmatch(r"u?int\w*|long|short|i[1248]|u[1248]", kind, re.IGNORECASE):
        if any(n.denominator != 1 or (kind[0] == "u" and n < 0) for n in flattened(of)):
            raise NotationError(
                f"{quoted(text)} would change these numbers; leave it out, or paste the numbers "
                "that it gives."
            )
        return
    raise NotationError(
        f"{quoted(text)} beside the numbers cannot be read; paste the numbers themselves."
    )


def _r_bound(name: str, arrays: Sequence[Nested | Exact], given: Sequence[Given]) -> Nested:
    if odd := next((g for g in given if g.value is None or g.keyword), None):
        raise _unknown(odd)
    if name == "c":
        return [n for item in arrays for n in flattened(item)]
    check_rows([item if isinstance(item, list) else [item] for item in arrays])
    rows = [item if isinstance(item, list) else [item] for item in arrays]
    return rows if name == "rbind" else [list(column) for column in zip(*rows, strict=True)]


def _r_matrix(arrays: Sequence[Nested | Exact], given: Sequence[Given]) -> Nested:
    """R fills a matrix column by column, unless byrow is true."""
    numbers, words = flattened(arrays[0]), {"byrow": "FALSE"}
    places = iter(("nrow", "ncol", "byrow"))
    for g in [g for g in given if g.value is not arrays[0]]:
        keyword = g.keyword or next(places, "")
        if keyword not in ("nrow", "ncol", "byrow"):
            raise _unknown(Given(keyword, text=g.text))
        words[keyword] = g.text if g.value is None else str(g.value)
    if "nrow" not in words and "ncol" not in words:
        words["ncol"] = "1"
    written = [words.get(key, "") for key in ("nrow", "ncol")]
    sides = [int(side) if side.isdecimal() else 0 for side in written]
    for axis in (0, 1):
        if not sides[axis] and sides[1 - axis]:
            sides[axis] = len(numbers) // sides[1 - axis]
    rows, columns = sides
    if rows * columns != len(numbers) or not numbers:
        raise _does_not_fit(len(numbers), sides)
    if words["byrow"].upper() in ("TRUE", "T", "1"):
        return [numbers[n * columns : (n + 1) * columns] for n in range(rows)]
    return [numbers[n::rows] for n in range(rows)]


def _reshaped(numbers: list[Exact], sizes: Sequence[Exact | None], name: Piece) -> Nested:
    whole = [
        int(n) for n in sizes if n is not None and n.denominator == 1 and abs(Fraction(n)) < 10**6
    ]
    known = 1
    for n in whole:
        known *= n if n != -1 else 1
    if whole.count(-1) == 1 and known > 0 and len(numbers) % known == 0:
        whole = [len(numbers) // known if n == -1 else n for n in whole]
        known = len(numbers)
    if len(whole) != len(sizes) or not 1 <= len(whole) <= 4 or known != len(numbers):
        raise _does_not_fit(len(numbers), whole)
    if any(n < 1 for n in whole):
        raise _does_not_fit(len(numbers), whole)
    shaped: Nested = numbers
    for side in reversed(whole[1:]):
        shaped = [shaped[n : n + side] for n in range(0, len(shaped), side)]
    return shaped


def _does_not_fit(count: int, sides: Sequence[int]) -> NotationError:
    asked = " × ".join(map(str, sides)) or "that shape"
    return NotationError(f"{count} numbers do not fill {asked}; give as many as it has places.")
