"""Expressions in letters, each tried with numbers in place of the letters."""

import re
from dataclasses import replace
from itertools import product
from math import prod

from tests.lessons.quiz.words.layers import input_of, layers_in, layers_of
from tests.lessons.quiz.words.page import Page, Unread, found
from tests.lessons.quiz.words.slow import parameters, shapes

TRIED = {"n": (40, 57), "k": (2, 5), "p": (1, 3), "L": (1, 3), "K": (1, 5)}
"""What is put in place of each letter."""


def value(expression: str) -> int:
    """What a sum comes to, once its letters are numbers.

    >>> value("40 − 2·(3 − 1)"), value("−3 + 2·2")
    (36, 1)
    """
    while brackets := re.search(r"\(([^()]*)\)", expression):
        inside = value(brackets[1])
        expression = expression.replace(brackets[0], str(inside).replace("-", "−"))
    signed = re.findall(r"([+−]?)([\d·]+)", expression.replace(" ", ""))
    if "".join(map("".join, signed)) != expression.replace(" ", ""):
        raise Unread(f"what is “{expression}”?")
    terms = [prod(map(int, term.split("·"))) for _, term in signed]
    return sum(
        -term if sign == "−" else term for (sign, _), term in zip(signed, terms, strict=True)
    )


def chosen_expression(page: Page) -> list[str]:
    """The choice that is right whatever the letters stand for."""
    letters = [one for one in TRIED if re.search(rf"\b{one}\b", page.given)]
    left = set(page.choices)
    for numbers in product(*(TRIED[one] for one in letters)):
        put = dict(zip(letters, map(str, numbers), strict=True))
        right = _in_numbers(replace(page, given=_with(put, page.given)))
        left = {one for one in left if value(_with(put, one)) == right}
    if len(left) != 1:
        raise Unread(f"{len(left)} of {page.choices} fit")
    return list(left)


def _with(put: dict[str, str], text: str) -> str:
    """A text with numbers in place of its letters; a letter that stands for none is left."""
    return re.sub(r"\b[nkpLK]\b", lambda letter: put.get(letter[0], letter[0]), text)


def _in_numbers(page: Page) -> int:
    """The height, or the parameters, of the question with numbers in it."""
    if page.asked == "How many parameters does the layer learn?":
        (layer,) = layers_in(page.given)
        return parameters(page, layer, found(r"^A map with (\d+) channels? goes", page.given))
    told = replace(page, given=page.given.replace("; its padding is ", ", padding "))
    _, height, width = shapes(told, input_of(told), layers_of(told))[-1]
    if height != width:
        raise Unread("the map is no square")
    return height
