"""The parameters of a layer as factors, each with what it stands for, and as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.components.tensor import Bar, Count, Factor, Part
from kernels import ConvSpec, parameter_formula

HIDDEN = "?"
_PARTS = {"C_out": "rows", "C_in": "columns", "g": "groups", "k_h": "kernel", "k_w": "kernel"}
_SIGNS = {"·": "×", "/": "÷"}


def layer_count(layer: ConvSpec, label: str = "", *, hidden: bool = False, note: str = "") -> Count:
    """Count a convolution's weights, then its biases, then both.

    >>> " ".join(f.text for f in layer_count(ConvSpec(3, 4, 3)).terms)
    '4 × 3 × 3 × 3 = 108 weights + 4 biases = 112'

    hidden : show a question mark in place of every number
    """
    weights = replace(layer, bias=False)
    terms = [
        Factor(_shown_number(term.value, hidden), term.symbol, _PARTS[term.symbol],
               "" if hidden else term.meaning)
        if term.kind == "value"
        else Factor(_SIGNS[term.symbol])
        for term in parameter_formula(weights).terms
    ]  # fmt: skip
    result = "" if layer.bias else "result"
    word = plural("weight", 2 if hidden else weights.parameters)
    terms += [
        Factor("="),
        Factor(f"{_shown_number(weights.parameters, hidden)} {word}", "", result),
    ]
    if layer.bias:
        biases = layer.parameters - weights.parameters
        meaning = f"{biases:,}: one bias for each output channel, added after the sum"
        terms += [
            Factor("+"),
            Factor(f"{_shown_number(biases, hidden)} {plural('bias', biases)}", "C_out", "bias",
                   "" if hidden else meaning),
            Factor("="),
            Factor(_shown_number(layer.parameters, hidden), "parameters", "result"),
        ]  # fmt: skip
    return Count(label, terms, note)


def bars(
    rows: Sequence[tuple[str, Sequence[tuple[int, str, str]]]], *, hidden: bool = False
) -> list[Bar]:
    """Bars on one scale, each a name and its pieces: a number, a role and a word.

    >>> [bar.total for bar in bars([("Full", [(108, "full", "weights"), (4, "bias", "biases")])])]
    ['112']
    """
    longest = max(sum(n for n, _, _ in pieces) for _, pieces in rows)
    shown = []
    for label, pieces in rows:
        present = [piece for piece in pieces if piece[0]]
        if hidden:
            shown.append(Bar(label, HIDDEN, [Part(0.4, "hidden")]))
            continue
        # One piece without a word is the number beside the bar once more.
        words = " + ".join(f"{n:,} {word}" for n, _, word in present if word)
        parts = [Part(n / longest, role) for n, role, _ in present]
        shown.append(Bar(label, f"{sum(n for n, _, _ in pieces):,}", parts, words))
    return shown


def plural(word: str, count: int) -> str:
    """A word for one or for many.

    >>> plural("bias", 1), plural("bias", 4), plural("map", 2)
    ('bias', 'biases', 'maps')
    """
    if count == 1:
        return word
    return f"{word}es" if word.endswith("s") else f"{word}s"


def _shown_number(value: int, hidden: bool) -> str:
    return HIDDEN if hidden else f"{value:,}"
