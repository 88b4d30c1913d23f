"""Expressions in letters, such as n − k + 1: read safely, and compared by trying many numbers."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from itertools import product

from lessons.quiz.question import QuizError

_SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul}

TRIED = (7, 12, 19, 30)
"""Numbers that are put in place of each letter."""


def value_at(text: str, letters: Mapping[str, int]) -> int:
    """An expression's number where its letters are these.

    >>> value_at("n + 2·p − 4", {"n": 9, "p": 1}), value_at("n − 2·(k − 1)", {"n": 9, "k": 3})
    (7, 5)
    >>> value_at("n ** 9", {"n": 2})
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: “n ** 9” has something other than letters, whole numbers, \
+, −, · and brackets.
    """

    refused = QuizError(
        f"“{text}” has something other than letters, whole numbers, +, −, · and brackets."
    )

    def worked_out(node: ast.AST) -> int:
        match node:
            case ast.Constant(value=int() as number):
                return number
            case ast.Name(id=name) if name in letters:
                return letters[name]
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _SIGNS:
                return _SIGNS[type(op)](worked_out(left), worked_out(right))
        raise refused

    try:
        tree = ast.parse(text.replace("·", "*").replace("−", "-"), mode="eval")
    except SyntaxError:
        raise refused from None
    return worked_out(tree.body)


def agrees(text: str, letters: tuple[str, ...], right: Callable[[Mapping[str, int]], int]) -> bool:
    """Whether an expression gives the right number, whatever is put in place of its letters.

    >>> agrees("n − 2", ("n",), lambda at: at["n"] - 3 + 1), agrees("2·n", ("n",), lambda at: 14)
    (True, False)
    """
    tried = (dict(zip(letters, at, strict=True)) for at in product(TRIED, repeat=len(letters)))
    return all(value_at(text, at) == right(at) for at in tried)
