"""Questions on layers and sizes that people asked in public, each put to the page that answers it.

The table holds the answer that was given in public or, where there was none, what plain arithmetic
gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from kernels.networks.summary import summarise
from lessons.views.networks import open_networks
from lessons.views.sizes import SizesView, settle_sizes
from lessons.views.sizes_examples import open_ready
from lessons.views.sizes_facts import answers, facts, stack_lines, undone

TABLE = Path(__file__).with_name("public_questions.txt")
QUESTIONS = [
    tuple(part.strip() for part in line.split("|"))
    for line in TABLE.read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def opened(address: Mapping[str, str]) -> SizesView:
    view, notes = open_ready(address)
    assert notes == ()
    return view


def said_of(view: SizesView) -> dict[str, str]:
    return {fact.name: fact.value for fact in facts(view)}


def sizes(address: Mapping[str, str]) -> dict[str, str]:
    return said_of(opened(address))


def networks(address: Mapping[str, str]) -> dict[str, str]:
    """The shapes that layers make, what they see, and the parameters of all of them."""
    view, notes = open_networks(address)
    assert notes == () and view.checked.fits
    rows = summarise(view.network)
    made = {row.name: " × ".join(map(str, row.shape)) for row in rows}
    seen = {f"{row.name} sees": str(row.field.size) for row in rows if row.field}
    return {**made, **seen, "parameters": str(sum(row.parameters for row in rows))}


def solver(address: Mapping[str, str]) -> dict[str, str]:
    """The answers with a padding that is alike on both sides."""
    found: dict[str, str] = {}
    for one in answers(opened({**address, "look": "solver"})):
        if one.before == one.after:
            name = f"{one.kernel} at stride {one.stride}"
            found[name] = f"{found.get(name, '')} padding {one.before}"
    return found


def stack(address: Mapping[str, str]) -> dict[str, str]:
    return {name: f"{size}, {seen}" for name, size, seen in stack_lines(opened(address))}


def undo(address: Mapping[str, str]) -> dict[str, str]:
    """What the layer that leads back has to say."""
    settings = undone(opened(address))
    assert settings is not None
    return said_of(settle_sizes(settings)[0])


PAGES = {"sizes": sizes, "networks": networks, "solver": solver, "stack": stack, "undo": undo}


@pytest.mark.parametrize(("page", "address", "says", "asked", "where"), QUESTIONS)
def test_a_page_answers(page, address, says, asked, where):
    found = PAGES[page](dict(part.split("=", 1) for part in address.split("&")))
    for fact in says.split("; "):
        name, _, text = fact.partition(": ")
        assert text in found[name], (asked, where)
