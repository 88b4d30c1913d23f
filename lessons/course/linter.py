"""What is wrong with the course's files, in sentences that say what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from lessons.course.lesson import Lesson, Step
from lessons.quiz import FAMILIES

MOST_WORDS, MOST_IN_A_SENTENCE = 80, 25
Opens = Callable[[Mapping[str, str]], tuple[dict[str, str], Sequence[str]]]
"""Opens a page's link: its settings, all of them, and the sentences that it says."""

_EQUATION = re.compile(r"((?:\d[\d,.]*\s*[+−·×/()-]\s*)+\d[\d,.]*\)?)\s*=\s*(\d[\d,.]*)")
_BETWEEN = re.compile(r"(?<=[.!?:])\s+|\n\n+")


def faults(
    lessons: Sequence[Lesson],
    pages: Mapping[str, Opens],
    controls: Mapping[str, frozenset[str]],
) -> Iterator[str]:
    """Everything that is wrong.

    pages : how each page's link is opened; controls : the names of each page's boxes
    """
    ids = [lesson.id for lesson in lessons]
    for name in {name for name in ids if ids.count(name) > 1}:
        yield f"Two lessons are called {name}; give each its own name."
    for lesson in lessons:
        names = [step.id for step in lesson.steps]
        for name in {name for name in names if names.count(name) > 1}:
            yield f"{lesson.id}: two steps are called {name}; give each its own id."
        for step in lesson.steps:
            for fault in step_faults(step, pages, controls):
                yield f"{lesson.id}, {step.id}: {fault}"


def step_faults(
    step: Step, pages: Mapping[str, Opens], controls: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """What is wrong with one step."""
    yield from _word_faults(step)
    if not (step.reach or step.prediction or step.checkpoint):
        yield "has no task; give it reach, predict_number or checkpoint."
    if step.reach and not (step.do and step.hint):
        yield "asks for a setting but lacks do or hint; write both."
    if step.checkpoint:
        yield from _checkpoint_faults(step.checkpoint)
    if not step.page:
        return
    if step.page not in pages:
        yield f"shows the page {step.page!r}; use one of {', '.join(pages)}."
        return
    flat, said = pages[step.page](step.settings)
    for sentence in said:
        yield f"its view is not what its settings say: {sentence}"
    unknown = sorted(set(step.controls) - controls[step.page])
    if unknown:
        yield f"offers {', '.join(unknown)}; {step.page} has {', '.join(controls[step.page])}."
    if step.reach:
        if all(flat.get(key) == value for key, value in step.reach.items()):
            yield "is done before anything was done; let its view begin elsewhere."
        reached, told = pages[step.page]({**step.settings, **step.reach})
        if told or any(reached.get(key) != value for key, value in step.reach.items()):
            yield f"cannot be reached: {' '.join(told) or 'a setting is none of the page.'}"


def _checkpoint_faults(checkpoint: str) -> Iterator[str]:
    family, _, level = checkpoint.partition(".")
    if family not in FAMILIES:
        yield f"asks a question of {family!r}, which is no family."
    elif not level.isdigit() or not 1 <= int(level) <= len(FAMILIES[family].levels):
        yield f"asks level {level!r} of {family}; it has {len(FAMILIES[family].levels)}."


def _word_faults(step: Step) -> Iterator[str]:
    words = len(step.text.split())
    if words > MOST_WORDS:
        yield f"its text has {words} words; {MOST_WORDS} are enough."
    for sentence in sentences(f"{step.text}\n\n{step.do}\n\n{step.hint}"):
        count = len(sentence.split())
        if count > MOST_IN_A_SENTENCE:
            yield f"a sentence of {count} words; cut it in two: “{sentence}”"
    for found in _EQUATION.finditer(step.text):
        left, right = found[1], found[2]
        if not is_true(left, right):
            yield f"“{found[0]}” is not true; let a placeholder compute it."


def sentences(text: str) -> list[str]:
    """A text's sentences.

    >>> sentences("One. Two is 3.5 long! Three?")
    ['One.', 'Two is 3.5 long!', 'Three?']
    """
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def is_true(left: str, right: str) -> bool:
    """Whether an equation of plain numbers holds; what cannot be worked out counts as true.

    >>> is_true("5 − 3 + 1", "3"), is_true("28 · 28", "785"), is_true("(5 − 3) / 2", "1")
    (True, False, True)
    """
    from lessons.course.numbers import evaluate

    plain = left.replace(",", "").replace("−", "-").replace("·", "*").replace("×", "*")
    try:
        return abs(float(evaluate(plain)) - float(right.replace(",", "").rstrip("."))) < 1e-6
    except ValueError:
        return True
