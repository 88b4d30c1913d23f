"""Expressions of pasted code: what they stand for, as far as their numbers are known."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kernels.networks.code.calls import dotted
from kernels.networks.code.modules import MOST_ITEMS, UNKNOWN, Flow, Module, ModuleClass
from kernels.networks.code.plain_values import LONGEST, compared, listed, picked, truth
from kernels.networks.code.torch_calls import call_of
from kernels.networks.code.torch_forward import Unfollowed

if TYPE_CHECKING:
    from kernels.networks.code.torch_run import Values


def value_of(values: Values, node: ast.expr) -> Any:
    """What an expression stands for."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Subscript(value=ast.Attribute(attr="shape")):
            return UNKNOWN
        case ast.Name(id=name):
            return values.find(name)
        case ast.Attribute():
            return _attribute(values, node)
        case ast.Tuple(elts=parts):
            return tuple(values.several(parts))
        case ast.List(elts=parts):
            return list(values.several(parts))
        case ast.Dict(keys=keys, values=entries):
            return _dict(values, keys, entries)
        case ast.UnaryOp(op=op, operand=operand):
            return _signed(op, values.value(operand))
        case ast.BinOp(left=left, op=op, right=right):
            return values.summed(node, values.value(left), values.value(right), type(op))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return compared(values.value(left), op, values.value(right))
        case ast.BoolOp(op=op, values=parts):
            return _either(values, isinstance(op, ast.Or), parts)
        case ast.IfExp(test=test, body=then, orelse=other):
            holds = truth(values.value(test))
            if holds is not None:
                return values.value(then if holds else other)
        case (
            ast.ListComp(elt=each, generators=loops) | ast.GeneratorExp(elt=each, generators=loops)
        ):
            return list(_comprehended(values, each, loops))
        case ast.JoinedStr(values=parts):
            return _text(values, parts)
        case ast.Subscript(value=whole, slice=index):
            found = picked(values.value(whole), _index(values, index))
            if found is not UNKNOWN:
                return found
        case ast.Call():
            return call_of(values, node)
    if values.writer is not None and any(
        isinstance(values.find(n.id), Flow) for n in ast.walk(node) if isinstance(n, ast.Name)
    ):
        raise Unfollowed(node)
    return UNKNOWN


def _attribute(values: Values, node: ast.Attribute) -> Any:
    owner = values.value(node.value)
    if isinstance(owner, Module | ModuleClass):
        return owner.find(node.attr)
    return values.find(dotted(node) or "")


def _dict(values: Values, keys: Sequence[ast.expr | None], entries: Sequence[ast.expr]) -> Any:
    found = {}
    for key, entry in zip(keys, entries, strict=True):
        name = values.value(key) if key is not None else UNKNOWN
        if isinstance(name, str | int | float):
            found[name] = values.value(entry)
    return found


def _signed(op: ast.unaryop, value: Any) -> Any:
    if isinstance(op, ast.Not):
        holds = truth(value)
        return UNKNOWN if holds is None else not holds
    if isinstance(op, ast.USub) and isinstance(value, int | float):
        return -value
    return UNKNOWN


def _either(values: Values, is_or: bool, parts: Sequence[ast.expr]) -> Any:
    """The value of a or b, a and b, as Python gives it."""
    value, unknown = None, False
    for part in parts:
        value = values.value(part)
        holds = truth(value)
        unknown |= holds is None
        if holds is is_or:
            return value
    return UNKNOWN if unknown else value


def _comprehended(
    values: Values, each: ast.expr, loops: Sequence[ast.comprehension]
) -> Iterator[Any]:
    first, *others = loops
    items = listed(values.value(first.iter))
    if items is None:
        return
    for item in list(items)[:MOST_ITEMS]:
        values.assign(first.target, item)
        if not all(truth(values.value(test)) for test in first.ifs):
            continue
        if others:
            yield from _comprehended(values, each, others)
        else:
            value = values.value(each)
            values.used(value)
            yield value


def _text(values: Values, parts: Sequence[ast.expr]) -> Any:
    text = ""
    for part in parts:
        value = values.value(part.value if isinstance(part, ast.FormattedValue) else part)
        if not isinstance(value, str | int | float):
            return UNKNOWN
        text = f"{text}{value}"[:LONGEST]
    return text


def _index(values: Values, node: ast.expr) -> Any:
    if not isinstance(node, ast.Slice):
        return values.value(node)
    ends = [values.value(end) if end else None for end in (node.lower, node.upper, node.step)]
    return UNKNOWN if UNKNOWN in ends else slice(*ends)
