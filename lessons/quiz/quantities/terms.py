"""Pieces of formulas that several quantities share."""

from __future__ import annotations

from kernels import Axis
from kernels.layers.terms import Role, Term


def number_term(role: Role, symbol: str, value: int, meaning: str) -> Term:
    """A number of a formula: its symbol, what it is here, and what it means."""
    return Term("value", role, symbol, value, f"{symbol.replace('_', ' ')} = {value}: {meaning}")


def sign(symbol: str) -> Term:
    """A sign between numbers."""
    return Term("operator", "operator", symbol)


def bracketed(*terms: Term) -> tuple[Term, ...]:
    """Terms in brackets."""
    return (sign("("), *terms, sign(")"))


def reach(axis: Axis) -> list[Term]:
    """How many cells a kernel covers: k, or d·(k − 1) + 1."""
    size = number_term("kernel", "k", axis.kernel, "kernel size")
    if axis.dilation == 1:
        return [size]
    return [
        number_term("dilation", "d", axis.dilation, "dilation: from one tap to the next"),
        sign("·"),
        *bracketed(size, sign("−"), number_term("kernel", "1", 1, "k taps have k − 1 gaps")),
        sign("+"),
        number_term("kernel", "1", 1, "the last tap itself"),
    ]


def room(axis: Axis, name: str) -> list[Term]:
    """How many cells the window can move: the input with its padding, less the kernel."""
    covered = reach(axis)
    return [
        number_term("input", name[0].upper(), axis.input, f"input {name}"),
        sign("+"),
        number_term("padding", "2", 2, "both sides"),
        sign("·"),
        number_term("padding", "p", axis.before, "padding on each side"),
        sign("−"),
        *(covered if len(covered) == 1 else bracketed(*covered)),
    ]
