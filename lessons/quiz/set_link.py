"""A set's link read again: each of its settings alone, with a sentence for each that cannot be.

A student's link is opened only if all of it can be read, as half of it would be another set. Who
builds a set gets what comes nearest.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from kernels.reading.link_text import quoted, whole_number
from lessons.quiz.given import given_question
from lessons.quiz.own_words import is_own, own_question
from lessons.quiz.question import LARGEST_SEED, Question, QuizError
from lessons.quiz.registry import FAMILIES, question_of
from lessons.quiz.sets import MOST_MINUTES, MOST_QUESTIONS, PINS, VERSION, QuizSet

Families = tuple[tuple[str, tuple[int, ...]], ...]


class Fault(NamedTuple):
    """What is wrong with a setting, and what stands in its place; neither ends in a full stop."""

    problem: str
    instead: str


def set_of(link: Mapping[str, str], student: str = "") -> QuizSet:
    """Read a set's link; QuizError says what is wrong with it, all at once.

    >>> quiz = QuizSet((("output_size", (1, 2, 5)),), 3, 7)
    >>> set_of(quiz.to_link()) == quiz
    True
    >>> set_of({"set": "1", "from": "output_size.1", "n": "many"})
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: The number of questions is “many” but must be a whole \
number from 1 to 100.
    """
    read = _Reader(link, QuizSet((("output_size", (1,)),)))
    quiz = read.quiz()
    if read.faults:
        raise QuizError(" ".join(f"{fault.problem}." for fault in read.faults))
    return replace(quiz, student=student)


def nearest_set(link: Mapping[str, str], otherwise: QuizSet) -> tuple[QuizSet, tuple[str, ...]]:
    """The set nearest to what a link says, with a sentence for each setting that had to change.

    >>> quiz, notes = nearest_set({"n": "1000"}, QuizSet((("macs", (1,)),), seed=3))
    >>> quiz.count, quiz.seed, notes[1]
    (100, 3, 'A set has 1 to 100 questions, not 1000: 100 is taken.')

    otherwise: what a setting is that the link does not say, or not so that it can be read.
    """
    read = _Reader(link, otherwise)
    quiz = read.quiz()
    return quiz, tuple(f"{problem}: {instead}." for problem, instead in read.faults)


def without_repeats(quiz: QuizSet) -> tuple[QuizSet, tuple[str, ...]]:
    """A set that has each kind once and each of its levels once, with a sentence for each change.

    >>> without_repeats(QuizSet((("macs", (1,)), ("macs", (2, 1)))))[0].families
    (('macs', (1, 2)),)
    """
    together: dict[str, list[int]] = {}
    notes = []
    for family, levels in quiz.families:
        title = FAMILIES[family].title
        if family in together:
            notes.append(f"“{title}” stands in the link twice: its levels are put together.")
        elif len(set(levels)) < len(levels):
            notes.append(f"A level of “{title}” stands in the link twice: it is taken once.")
        together.setdefault(family, []).extend(levels)
    families = tuple((family, tuple(dict.fromkeys(all_))) for family, all_ in together.items())
    return replace(quiz, families=families), tuple(dict.fromkeys(notes))


def pinned_question(text: str) -> Question:
    """The question of a key, of layers as somebody types them, or of somebody's own words.

    >>> pinned_question("macs.1.7.2").key, pinned_question("size 1x5x5; c1k3").key
    ('macs.1.7.2', 'given.size.1x5x5;c1k3')
    """
    text = text.strip()
    if is_own(text):
        return own_question(text)
    known = re.fullmatch(r"[a-z_]+\.[0-9.]+", text)
    return question_of(text) if known else given_question(text)


class _Reader:
    """Reads a link setting by setting and gathers what is wrong with it."""

    def __init__(self, link: Mapping[str, str], otherwise: QuizSet):
        self.link, self.otherwise = link, otherwise
        self.faults: list[Fault] = []

    def quiz(self) -> QuizSet:
        """The nearest set; its faults are complete after it."""
        last = self.otherwise
        families = self._families() or last.families
        pinned = self._pinned()
        count = self._whole(
            "n",
            "number of questions",
            "A set has {} to {} questions",
            1,
            MOST_QUESTIONS,
            last.count,
        )
        return QuizSet(
            families,
            max(count, len(pinned)),
            self._whole(
                "seed", "seed", "A seed is a whole number from {} to {}", 0, LARGEST_SEED, last.seed
            ),
            last.student,
            self._own(),
            self._whole(
                "minutes",
                "number of minutes",
                "A timer has 1 to {1} minutes; 0 means no timer",
                0,
                MOST_MINUTES,
                last.minutes,
            ),
            self._feedback(),
            self._version(),
            pinned,
        )

    def _pinned(self) -> tuple[str, ...]:
        """The pinned questions; one that cannot be read is left out."""
        if "pin" not in self.link:
            return self.otherwise.pinned
        found = []
        for key in re.split(rf"[{PINS}\n]", self.link["pin"]):
            if not key.strip():
                continue
            try:
                found.append(pinned_question(key).key)
            except QuizError as error:
                self._fault(str(error).rstrip("."), "it is left out")
        if len(found) > MOST_QUESTIONS:
            self._fault(f"{len(found)} questions are pinned", f"the first {MOST_QUESTIONS} are")
        return tuple(found[:MOST_QUESTIONS])

    def _version(self) -> int:
        """The version of the questions; a link that does not say it is a new one."""
        text = self.link.get("set", str(VERSION))
        if re.fullmatch("[1-9][0-9]{0,3}", text) and int(text) <= VERSION:
            return int(text)
        self._fault(
            f"In the link “set” is {quoted(text)}: it is damaged, or of a later version",
            f"{VERSION} is taken",
        )
        return VERSION

    def _fault(self, problem: str, instead: str) -> None:
        self.faults.append(Fault(problem, instead))

    def _whole(self, key: str, name: str, rule: str, least: int, most: int, last: int) -> int:
        """A whole number; one that is too large becomes the largest."""
        text = self.link.get(key)
        if text is None:
            return last
        if not re.fullmatch(r"[0-9]{1,10}", text):
            problem = (
                f"The {name} is {quoted(text)} but must be a whole number from {least} to {most}"
            )
            self._fault(problem, f"{last} is taken")
            return last
        number = min(max(int(text), least), most)
        if number != int(text):
            self._fault(f"{rule.format(least, most)}, not {int(text)}", f"{number} is taken")
        return number

    def _own(self) -> bool:
        text = self.link.get("own")
        if text in (None, "0", "1"):
            return self.otherwise.own if text is None else text == "1"
        same = "other questions for each student" if self.otherwise.own else "the same for everyone"
        self._fault(f"In the link “own” is {quoted(text)} but must be 0 or 1", f"it is {same}")
        return self.otherwise.own

    def _feedback(self) -> str:
        text = self.link.get("feedback", self.otherwise.feedback)
        if text in ("each", "end"):
            return text
        problem = f"Feedback comes after “each” question or at the “end”, not {quoted(text)}"
        self._fault(problem, f"it is “{self.otherwise.feedback}” here")
        return self.otherwise.feedback

    def _families(self) -> Families:
        """Families with their levels: output_size.1-2_macs.1, where ids have underscores too."""
        # A + that somebody passed on unquoted arrives as a space.
        text = self.link.get("from", "").replace(" ", "+")
        titles = ", ".join(f"“{FAMILIES[id].title}”" for id, _ in self.otherwise.families)
        if not text:
            self._fault(
                "A set needs at least one kind of question; the link names none",
                f"here it asks {titles}",
            )
            return ()
        if len(text) > 4000 or not re.fullmatch(r"(?:_?[a-z_]+\.[0-9]+(?:[-+][0-9]+)*)+", text):
            damaged = "The link's list of questions is damaged; copy the whole link again"
            self._fault(damaged, f"here it asks {titles}")
            return ()
        found = []
        for family, levels in re.findall(r"_?([a-z_]+)\.([0-9+-]+)", text):
            if family not in FAMILIES:
                self._fault(f"There is no kind of question {quoted(family, 30)}", "it is left out")
            else:
                found.append((family, self._levels(family, levels)))
        return tuple(found)

    def _levels(self, family: str, text: str) -> tuple[int, ...]:
        """The levels of one family; all of them where none can be."""
        title, most = FAMILIES[family].title, len(FAMILIES[family].levels)
        found: list[int] = []
        beyond: list[str] = []
        for run in text.split("+"):
            ends = run.split("-")
            numbers = [whole_number(end) for end in ends]
            if not 1 <= len(ends) <= 2 or None in numbers or len(run) > 5:
                self._fault(
                    "The link's levels are damaged; copy the whole link again",
                    f"{quoted(run)} is left out",
                )
                continue
            first, last = numbers[0], numbers[-1]
            if last < first:
                self._fault(
                    f"In the link the levels “{run}” are in the wrong order; write {last}-{first}",
                    "they are read like that",
                )
                first, last = last, first
            levels = [level for level in range(first, last + 1) if 1 <= level <= most]
            beyond += [run] * (len(levels) < last + 1 - first)
            found += levels
        if beyond:
            instead = f"asked are {', '.join(map(str, found))}" if found else "all are asked"
            self._fault(f"“{title}” has the levels 1 to {most}, not {', '.join(beyond)}", instead)
        return tuple(found or range(1, most + 1))
