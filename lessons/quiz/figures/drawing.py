"""SVG for the drawings of questions: the shapes that they share, and what may be written there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from lessons.quiz.answers import solve
from lessons.quiz.question import Question
from lessons.quiz.wording import counted, times

WIDTH = 470
"""Of every drawing, in its own units; a phone shows it at three quarters of its size."""

COLOURS = {
    "input": ("#0067A3", "#6CBDF0"),
    "kernel": ("#B54700", "#FF9A5C"),
    "padding": ("#5F6672", "#A7AEBA"),
    "stride": ("#7A5B00", "#E8B531"),
    "output": ("#00734F", "#3FCF9F"),
}
"""By role, on a light page and on a dark one: those of the app's palette."""

PAPER, INK = ("#FFFFFF", "#111314"), ("#1C1C1A", "#F2F2EF")
_FACE = "text{font-family:'IBM Plex Sans',Verdana,Arial,sans-serif}"
_SHAPES = (
    "text{font-size:14px}"
    ".thin,.hatch,.arrow,.ghost,.open{fill:none}.hatch{stroke-width:.8}.arrow{stroke-width:2}"
    ".faint{opacity:.45}.open{stroke-dasharray:5 4}.middle{text-anchor:middle}"
    ".small{font-size:13px}.large{font-size:26px}"
)


def _coloured(tone: str) -> str:
    """The rules that give each role its colour.

    tone : how a colour is written, of that on a light page and that on a dark one
    """
    written = {role: tone.format(*tones) for role, tones in COLOURS.items()}
    roles = "".join(
        f"rect.{role},circle.{role}{{stroke:{colour};fill:{colour};fill-opacity:.14}}"
        f"text.{role}{{fill:{colour}}}"
        for role, colour in written.items()
    )
    return (
        f"text{{fill:{tone.format(*INK)}}}.thin,.hatch{{stroke:{written['padding']}}}"
        f".arrow{{stroke:{written['stride']}}}rect.paper{{fill:{tone.format(*PAPER)}}}{roles}"
        "rect.open{fill:none}"
    )


@dataclass(frozen=True)
class Figure:
    """A drawing: what stands inside its <svg>, its height, and its words for who cannot see it."""

    body: str
    height: int
    alt: str

    def svg(self, before: str = "") -> str:
        """The drawing, with what stands before it in its <svg>, such as its style.

        A page gives it its own face and size: see `page_style`.
        """
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" class="figure" role="img" '
            f'aria-label="{escape(self.alt)}" viewBox="0 0 {WIDTH} {self.height}" '
            f'width="{WIDTH}" height="{self.height}">{before}{self.body}</svg>'
        )


def standalone(figure: Figure) -> str:
    """A drawing as a file: on white, whatever the page is like."""
    paper = f'<rect class="paper" width="{WIDTH}" height="{figure.height}"/>'
    return figure.svg(f"<style>{_FACE}{_SHAPES}{_coloured('{0}')}</style>{paper}")


def page_style(scope: str) -> str:
    """The style of drawings that stand in a page, in its face, light or dark as the page is.

    scope : selects the drawings
    """
    rules = _SHAPES + _coloured("light-dark({0},{1})")
    return re.sub(
        r"([^{}]+)(?={)",
        lambda found: ",".join(f"{scope} {one}" for one in found[1].split(",")),
        rules,
    )


@dataclass(frozen=True)
class Givens:
    """The numbers that a question tells and does not ask for: only they are written.

    channels, kernels: whether it speaks of how many there are.
    """

    told: frozenset[int]
    channels: bool = True
    kernels: bool = True

    @classmethod
    def of(cls, question: Question) -> Givens:
        """What may be written in the drawing of a question.

        >>> from lessons.quiz import generate
        >>> sorted(Givens.of(generate("output_size", 4, 1)).told)
        [2, 3, 62]
        """
        words = " ".join((*question.prompt, *question.convention))
        told = {int(text.replace(",", "")) for text in re.findall(r"\d[\d,]*", words)}
        asked = set(_numbers(solve(question).values()))
        kernels = re.search(r"kernels? of", words) is not None
        return cls(frozenset(told - asked), "channel" in words, kernels)

    def size(self, *numbers: int) -> str:
        """A size in the question's own numbers; a question mark if one of them is not told."""
        return times(*numbers) if self.told.issuperset(numbers) else "?"

    def named(self, name: str, *numbers: int) -> str:
        """A setting by name, with its number where that is told.

        >>> Givens(frozenset({2})).named("stride", 2), Givens(frozenset()).named("stride", 2)
        ('stride 2', 'stride')
        """
        return f"{name} {times(*numbers)}" if self.told.issuperset(numbers) else name

    def counted(self, number: int, noun: str) -> str:
        """So many of something, or only what it is."""
        return counted(number, noun) if number in self.told else f"{noun}s"


def _numbers(values: Iterable) -> Iterable[int]:
    for value in values:
        if isinstance(value, tuple):
            yield from _numbers(value)
        elif isinstance(value, int):
            yield value


def rect(x: float, y: float, width: float, height: float, *kinds: str) -> str:
    """A rectangle of these classes."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" '
        f'class="{" ".join(kinds)}"/>'
    )


def text(x: float, y: float, words: str, *kinds: str) -> str:
    """Words whose baseline begins here."""
    shown = escape(words.replace(" × ", "\u00a0×\u00a0"))
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{" ".join(kinds)}">{shown}</text>'


def arrow(x: float, y: float, to_x: float, kind: str = "arrow") -> str:
    """An arrow to the right."""
    head = f"M{to_x - 6:.1f} {y - 4:.1f}L{to_x:.1f} {y:.1f}L{to_x - 6:.1f} {y + 4:.1f}"
    return f'<path class="{kind}" d="M{x:.1f} {y:.1f}H{to_x:.1f}{head}"/>'


def hatched(x: float, y: float, width: float, height: float) -> str:
    """Lines across a rectangle, as padding is drawn everywhere."""
    lines = []
    step = 6.0
    at = step
    while at < width + height:
        left, right = max(0.0, at - height), min(at, width)
        lines.append(f"M{x + left:.1f} {y + at - left:.1f}L{x + right:.1f} {y + at - right:.1f}")
        at += step
    return f'<path class="hatch" d="{"".join(lines)}"/>'


def torn(x: float, y: float, length: float, *, down: bool) -> str:
    """A zigzag across an edge: it goes on there, and is not drawn to its end."""
    steps = max(2, round(length / 10))
    size = length / steps
    points = []
    for n in range(steps + 1):
        off = 4 if n % 2 else -4
        points.append((x + off, y + n * size) if down else (x + n * size, y + off))
    path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
    return f'<path class="thin" d="{path}"/>'


def legend(x: float, y: float, lines: Sequence[tuple[str, str]]) -> str:
    """Lines of words, each in the colour of its role."""
    return "".join(text(x, y + 21 * n, words, role) for n, (role, words) in enumerate(lines))


def asked_box(x: float, y: float, size: float, words: str = "output") -> str:
    """The output, of which only its name is known."""
    return (
        rect(x, y, size, size, "output", "open")
        + text(x + size / 2, y + size / 2 + 9, "?", "output", "middle", "large")
        + text(x + size / 2, y + size + 18, words, "output", "middle")
    )
