"""Numbers in a lesson's text: {{ output_size(5, 3) }} stands for what `kernels` computes.

A placeholder is one expression: whole numbers, + − * // /, lists, and calls of the functions named
here. It is parsed, never run as code.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from typing import Any

import kernels
from kernels.networks.known import known_network
from kernels.networks.summary import last_map, summarise, totals
from kernels.scene.settle import settle

_OPERATORS: Mapping[type, Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Pow: operator.pow,
}
_PLACE = re.compile(r"\{\{(.+?)\}\}")


def _parameters(network: str) -> int:
    return totals(summarise(known_network(network).build())).parameters


def _macs(network: str) -> int:
    return totals(summarise(known_network(network).build())).macs


def _sees(network: str) -> Any:
    field = last_map(summarise(known_network(network).build())).field
    return None if field is None else field.size


def _layer(network: str, name: str) -> int:
    rows = summarise(known_network(network).build())
    return next(row.parameters for row in rows if row.name == name)


def _value(row: int, column: int, **settings: str) -> float:
    """One number of the output of a layer, given as the settings of the Sliding window page."""
    scene, _ = settle({key: str(value) for key, value in settings.items()})
    return float(scene.output()[0, row, column])


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    **{
        name: getattr(kernels, name)
        for name in (
            "output_size",
            "conv_transpose_output_size",
            "conv_parameters",
            "conv_macs",
            "linear_parameters",
        )
    },
    "receptive_field": lambda *layers: (
        kernels.receptive_field([{"k": k, "s": s} for k, s in layers]).size
    ),
    "parameters": _parameters,
    "macs": _macs,
    "sees": _sees,
    "layer": _layer,
    "value": _value,
}


def filled(text: str) -> str:
    """A text with its placeholders filled in.

    >>> filled("{{ output_size(224, 7, stride=2, padding=3) }} cells, {{ 28 * 28 * 84 }} weights")
    '112 cells, 65,856 weights'
    """
    return _PLACE.sub(lambda found: written(evaluate(found[1])), text)


def written(value: Any) -> str:
    """A value as it stands in a text: thousands apart, sizes with a sign between them.

    >>> written((3, 224, 224)), written(65856), written(0.75)
    ('3 × 224 × 224', '65,856', '0.75')
    """
    if isinstance(value, tuple | list):
        return " × ".join(map(written, value))
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.4g}"
    return f"{int(value):,}"


def evaluate(expression: str) -> Any:
    """What an expression comes to; ValueError for anything that is not one of these.

    >>> evaluate("receptive_field((3, 1), (3, 1))"), evaluate("24 / 32")
    (5, 0.75)
    """
    try:
        tree = ast.parse(expression.strip(), mode="eval")
    except SyntaxError:
        raise ValueError(f"“{expression.strip()}” is not an expression.") from None
    return _of(tree.body)


def _of(node: ast.expr) -> Any:
    match node:
        case ast.Constant(value=int() | float() | str() as value):
            return value
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return tuple(map(_of, items))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_of(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_of(left), _of(right))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=named) if name in FUNCTIONS:
            given = {str(one.arg): _of(one.value) for one in named}
            return FUNCTIONS[name](*map(_of, args), **given)
    known = ", ".join(FUNCTIONS)
    raise ValueError(f"“{ast.unparse(node)}” cannot stand in a text; use numbers and {known}.")
