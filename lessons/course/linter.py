"""What is wrong with the course's files, in sentences that say what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from lessons.course.lesson import Lesson, Step
from lessons.quiz import FAMILIES

MOST_WORDS, MOST_IN_A_SENTENCE = 80, 25
TELLING = 10
"""Of the numbers to be predicted, the smallest that must not stand in the text by chance."""
Opens = Callable[[Mapping[str, str]], tuple[dict[str, str], Sequence[str]]]
"""Opens a page's link: its settings, all of them, and the sentences that it says."""

_EQUATION = re.compile(r"((?:\d[\d,.]*\s*[+−·×/()-]\s*)+\d[\d,.]*\)?)\s*=\s*(\d[\d,.]*)")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
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
    yield from _given_away(step)
    if not (step.reach or step.prediction or step.checkpoint):
        yield "has no task; give it reach, predict_number or checkpoint."
    if step.reach and not (step.do and step.hint):
        yield "asks for a setting but lacks do or hint; write both."
    if step.checkpoint:
        yield from _checkpoint_faults(step.checkpoint)
    if step.before and not step.prediction:
        yield "has another view before, but nothing to predict; give it predict_number."
    if step.page not in pages:
        yield f"shows the page {step.page!r}; use one of {', '.join(pages)}."
        return
    for revealed in (True, False):
        flat, said = pages[step.page](step.shown(revealed=revealed))
        for sentence in said:
            yield f"its view is not what its settings say: {sentence}"
        if step.reach and _is_there(flat, step.reach):
            yield "is done before anything was done; let its view begin elsewhere."
    unknown = sorted(set(step.controls) - controls[step.page])
    if unknown:
        yield f"offers {', '.join(unknown)}; {step.page} has {', '.join(controls[step.page])}."
    if step.reach:
        reached, moved = pages[step.page]({**step.settings, **step.reach})
        if moved or not _is_there(reached, step.reach):
            yield f"cannot be reached: {' '.join(moved) or 'a setting is none of the page.'}"


def _is_there(flat: Mapping[str, str], reach: Mapping[str, str]) -> bool:
    return all(flat.get(key) == value for key, value in reach.items())


def _checkpoint_faults(checkpoint: str) -> Iterator[str]:
    family, _, level = checkpoint.partition(".")
    if family not in FAMILIES:
        yield f"asks a question of {family!r}, which is not a family."
    elif not level.isdigit() or not 1 <= int(level) <= len(FAMILIES[family].levels):
        yield f"asks level {level!r} of {family}; it has {len(FAMILIES[family].levels)}."


def _given_away(step: Step) -> Iterator[str]:
    """The predicted number where it stands in the text; a small one may stand for anything."""
    if step.prediction and (answer := step.prediction.answer) >= TELLING:
        numbers = (found.rstrip(".,").replace(",", "") for found in _NUMBER.findall(step.text))
        if any(number and float(number) == answer for number in numbers):
            yield f"its text gives {answer:g} away, which is to be predicted; leave it out."


def _word_faults(step: Step) -> Iterator[str]:
    words = len(step.text.split())
    if words > MOST_WORDS:
        yield f"its text has {words} words; {MOST_WORDS} are enough."
    for sentence in sentences(f"{step.text}\n\n{step.do}\n\n{step.hint}\n\n{step.then}"):
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

    >>> is_true("5 − 3 + 1", "3"), is_true("28 × 28", "785"), is_true("(5 − 3) / 2", "1")
    (True, False, True)
    """
    from lessons.course.numbers import evaluate

    plain = left.replace(",", "").replace("−", "-").replace("·", "*").replace("×", "*")
    try:
        return abs(float(evaluate(plain)) - float(right.replace(",", "").rstrip("."))) < 1e-6
    except ValueError:
        return True
