"""Sums, comparisons and the few functions of plain Python that decide how a network is built."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from kernels.networks.code.modules import MOST_ITEMS, UNKNOWN, Chain, Module
from kernels.networks.graph_writer import Item
from kernels.reading.notation import NotationError

LARGEST = 10**9
MOST_LISTS = 8
"""Lists that zip is given."""
LONGEST = 200
"""Characters of a text that is put together, such as a layer's name."""

_SUMS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv, ast.Div: operator.truediv, ast.Mod: operator.mod,
}  # fmt: skip
_COMPARED: Mapping[type, Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip
_OF_ONE: Mapping[str, Callable[[Any], Any]] = {
    "int": int, "float": float, "round": round, "abs": abs,
}  # fmt: skip
_PLAIN = (int, float, str, bool, type(None), tuple, list)
_TYPES = {"int": int, "float": float, "str": str, "list": list, "tuple": tuple}


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) <= LARGEST


def sum_of(left: Any, right: Any, op: type) -> Any:
    """A sum, product or quotient of numbers; lists and texts put together.

    >>> sum_of(7, 2, ast.FloorDiv), sum_of([1], [2], ast.Add), sum_of([1], 3, ast.Mult)
    (3, [1, 2], [1, 1, 1])
    """
    if is_number(left) and is_number(right):
        whole = right == 0 and op not in (ast.Add, ast.Sub, ast.Mult)
        if op is ast.Pow and type(left) is type(right) is int and 0 <= right <= 30:
            power = left**right
            return power if abs(power) < LARGEST else UNKNOWN
        return _SUMS[op](left, right) if op in _SUMS and not whole else UNKNOWN
    if op is ast.Add and type(left) is type(right) and isinstance(left, list | tuple):
        return grown(left + right)
    if op is ast.Add and isinstance(left, str) and isinstance(right, str):
        return (left + right)[:LONGEST]
    if op is ast.Mult and isinstance(left, list | tuple) and type(right) is int:
        return left * right if len(left) * right <= MOST_ITEMS else UNKNOWN
    return UNKNOWN


def grown(values: Any) -> Any:
    """A list, unless it has become too long."""
    if len(values) > MOST_ITEMS:
        raise NotationError(f"A list has more than {MOST_ITEMS:,} entries; paste less.")
    return values


def compared(left: Any, op: ast.cmpop, right: Any) -> Any:
    """Whether a comparison holds; UNKNOWN where that cannot be told.

    >>> compared(2, ast.NotEq(), 1), compared("M", ast.In(), ["M"]), compared(None, ast.Is(), None)
    (True, True, True)
    """
    if left is UNKNOWN or right is UNKNOWN:
        return UNKNOWN
    match op:
        case ast.Is():
            return left is right
        case ast.IsNot():
            return left is not right
        case ast.In() | ast.NotIn() if isinstance(right, list | tuple | dict | str):
            if not isinstance(left, str | int | float):
                return UNKNOWN
            if isinstance(right, str) and not isinstance(left, str):
                return UNKNOWN
            return (left in right) is isinstance(op, ast.In)
    if type(op) not in _COMPARED or not (isinstance(left, _PLAIN) and isinstance(right, _PLAIN)):
        return left is right if isinstance(op, ast.Eq) else UNKNOWN
    try:
        return bool(_COMPARED[type(op)](left, right))
    except TypeError:
        return UNKNOWN


def truth(value: Any) -> bool | None:
    """Whether a value counts as true; None for what nobody can know."""
    match value:
        case None | bool() | int() | float() | str() | list() | tuple() | dict():
            return bool(value)
        case Chain(items=items):
            return bool(items)
        case Item() | Module():
            return True
    return None


def picked(value: Any, index: Any) -> Any:
    """One entry of a list or dict, or a part of a list.

    >>> picked([5, 6, 7], -1), picked({"A": [64]}, "A"), picked([5, 6, 7], slice(1, None))
    (7, [64], [6, 7])
    """
    if isinstance(value, Chain):
        value = value.items
    try:
        if isinstance(value, dict) and isinstance(index, str | int | float):
            return value.get(index, UNKNOWN)
        if isinstance(value, list | tuple | str) and isinstance(index, int | slice):
            return value[index]
    except (IndexError, TypeError, ValueError):
        pass
    return UNKNOWN


def listed(value: Any) -> Sequence[Any] | None:
    """What a loop goes through, one after the other; None where that is not known."""
    match value:
        case list() | tuple() | str():
            return value
        case dict():
            return list(value)
        case Chain(items=items):
            return items
        case range() if len(value) <= MOST_ITEMS:
            return list(value)
    return None


def plain_call(name: str, args: Sequence[Any], named: Mapping[str, Any]) -> Any:
    """The result of range, len, enumerate and their like; UNKNOWN for any other function.

    >>> list(plain_call("range", [1, 4], {})), plain_call("len", [[5, 5]], {})
    ([1, 2, 3], 2)
    """
    lists = [listed(arg) for arg in args]
    try:
        match name, args:
            case "cast", [_, value]:
                return value
            case "range", [*numbers] if numbers and all(type(n) is int for n in numbers):
                return range(*numbers)
            case (("int" | "float" | "round" | "abs"), [value]) if is_number(value):
                return _OF_ONE[name](value)
            case (("min" | "max"), [*_]) if args and all(map(is_number, args)):
                return (min if name == "min" else max)(args)
        if not args or any(one is None for one in lists) or len(args) > MOST_LISTS:
            return UNKNOWN
        first: Any = lists[0]
        match name:
            case "len":
                return len(first)
            case "list" | "tuple":
                return list(first) if name == "list" else tuple(first)
            case "reversed":
                return list(reversed(first))
            case "enumerate":
                start = named.get("start", 0)
                return list(enumerate(first, start if type(start) is int else 0))
            case "zip":
                return list(zip(*lists, strict=False))
            case "sum" if all(map(is_number, first)):
                return sum(first)
    except (TypeError, ValueError, OverflowError):
        pass
    return UNKNOWN


def is_of_type(value: Any, node: ast.expr) -> Any:
    """What isinstance(value, int) says, for the types of plain Python."""
    names = [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]
    if value is UNKNOWN or not names or any(name not in _TYPES for name in names):
        return UNKNOWN
    return isinstance(value, tuple(_TYPES[name] for name in names))
