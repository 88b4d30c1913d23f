"""One text face in five sizes and three for the back row: no style sheet has a size of its own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.components.assets import css_text, shared_style

APP = Path(__file__).parents[2] / "app"
SHEETS = sorted(path.relative_to(APP).as_posix() for path in APP.rglob("*.css"))
SIZES = ("note", "label", "text", "title", "display")
FAR = ("text", "title", "display")
ONE_OF_THEM = re.compile(rf"var\(--(?:type-(?:{'|'.join(SIZES)})|far-(?:{'|'.join(FAR)}))\)")
# Of numbers that have to fit into their cell, or into the room of a sum.
FITTED = re.compile(
    r"var\(--(?:font|small|size)\)|calc\(var\(--font\) .*\)|clamp\(.*var\(--size\)\)"
)
# What is part of another's line: lowered and raised letters, and a bracket as tall as its fraction.
PART_OF_A_LINE = re.compile(r"[\d.]+em")
PARTS = re.compile(r"\bsub\b|\bsup\b|\.index|\.bracket")


def sizes(name: str) -> Iterator[tuple[str, str]]:
    """Each size that a sheet sets, with the rule's selector."""
    for selector, body in re.findall(r"([^{}]*)\{([^{}]*)\}", css_text(APP / name)):
        for kind, value in re.findall(r"(?<![\w-])(font(?:-size)?): *([^;]*)", body):
            shorthand = re.match(r"(?:\d+ )?(.*?)(?:/|$)", value)
            yield selector.strip(), shorthand[1] if kind == "font" and shorthand else value


def is_allowed(selector: str, size: str) -> bool:
    return bool(
        size in ("inherit", "0")
        or ONE_OF_THEM.fullmatch(size)
        or size == "var(--bar)"  # of the presenter's own controls
        or FITTED.fullmatch(size)
        or (PART_OF_A_LINE.fullmatch(size) and PARTS.search(selector))
    )


@pytest.mark.parametrize("name", SHEETS)
def test_no_sheet_has_a_size_of_type_of_its_own(name):
    assert [found for found in sizes(name) if not is_allowed(*found)] == []


def test_there_are_five_sizes_and_three_for_the_back_row():
    usual, far, _ = (re.findall(r"--(\w+-\w+):", rule) for rule in shared_style().split("}")[:3])
    assert usual == [f"type-{size}" for size in SIZES]
    assert far == [f"far-{size}" for size in FAR]
