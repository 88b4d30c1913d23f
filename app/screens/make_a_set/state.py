"""The page that builds a set: its controls, the set that they stand for, and its address.

The order of kinds and levels is the teacher's: a link or a key that was handed out has to fit for
good. A kind that is taken out and put back comes back to its place, with its levels.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from app.components.browser_store import Stored
from app.page.acts import act
from app.page.box import Box, Settings, choice, flag
from app.page.page import Page
from app.page.undivided import undivided
from kernels.reading.link_names import own_names
from kernels.reading.link_names import read_names as read_link_names
from lessons.quiz import FAMILIES, QuizSet, generate
from lessons.quiz.given import typed_key
from lessons.quiz.names import Names, read_names
from lessons.quiz.question import LARGEST_DRAWN_SEED
from lessons.quiz.ready_sets import READY_SETS
from lessons.quiz.registry import is_level
from lessons.quiz.set_link import nearest_set, without_repeats
from lessons.quiz.sets import PINS, SET_NAMES

PREFIX = "builder_"
STUDENT = "builder_student"
STORE, STORED_AS = "builder_store", "slide-and-sum.names"
FIRST = READY_SETS["sizes"]


class Kind(NamedTuple):
    """A kind's levels, and the order of all levels that it has or had."""

    levels: tuple[int, ...]
    order: tuple[int, ...]

    def with_levels(self, chosen: Sequence[int]) -> Kind:
        """Other levels in the order that they had; a new one goes before the first higher one.

        >>> kind = Kind((3, 1), (3, 1))
        >>> kind.with_levels((1,)).with_levels((1, 3)).levels, kind.with_levels((1, 2, 3)).levels
        ((3, 1), (2, 3, 1))
        """
        order = list(self.order)
        for level in sorted(set(chosen).difference(order)):
            order.insert(next((n for n, old in enumerate(order) if old > level), len(order)), level)
        return Kind(tuple(level for level in order if level in chosen), tuple(order))


Kinds = Mapping[str, Kind]
"""All kinds that a set has or had, in its order."""


def quiz_url(page: str, quiz: QuizSet) -> str:
    """The address of the Quiz page with this set, from that of the page it is built on.

    >>> quiz = QuizSet((("macs", (1,)),), 2, 7, version=1)
    >>> quiz_url("https://example.org/class/make_a_set?from=x", quiz)
    'https://example.org/class/quiz?set=1&from=macs.1&n=2&seed=7'
    """
    parts = urlsplit(page)
    path = f"{parts.path.rpartition('/')[0]}/quiz"
    return urlunsplit((parts.scheme, parts.netloc, path, urlencode(quiz.to_link()), ""))


def level_key(family: str) -> str:
    """The key of a family's levels."""
    return f"{PREFIX}levels_{family}"


def students(quiz: QuizSet) -> Names:
    """The names that files are wanted for; nobody where all students get one set."""
    return read_names(PAGE.remembered("student")) if quiz.own else Names()


def named_sets(quiz: QuizSet) -> list[QuizSet]:
    """The set of each student that was named; the set itself where none was, or all get one."""
    return [replace(quiz, student=name) for name in students(quiz).names] or [quiz]


@undivided()
def receive(stored: Stored) -> None:
    """Take the names again that this tab had, where the session knows none."""
    state = st.session_state
    if not state.get("builder_told") and not PAGE.remembered("student"):
        state[STUDENT] = stored.typed.get(STUDENT, stored.own)
        PAGE.change(student=state[STUDENT])
    state["builder_told"] = True


def tab_to_keep() -> str | None:
    """The names for this tab to keep; None until it is known what it had."""
    return PAGE.remembered("student") if st.session_state.get("builder_told") else None


@act
def other_questions() -> None:
    """Draw another seed: other questions of the same kinds."""
    PAGE.change(seed=str(_fresh_seed()))


@act
def pin(number: int) -> None:
    """Keep a question of the set, with its numbers; one that is kept goes back to chance."""
    quiz = PAGE.view()
    key = quiz.questions()[number].key
    rest = tuple(one for one in quiz.pinned if one != key)
    PAGE.change(pin=PINS.join(rest if key in quiz.pinned else (*quiz.pinned, key)))


@act
def replace_question(number: int) -> None:
    """Keep all questions but one, which becomes another of its kind and level."""
    questions = list(PAGE.view().questions())
    old = questions[number]
    kind = (old.family, old.level)
    if not is_level(*kind):  # in the teacher's own words: there is no other like it
        family, levels = PAGE.view().families[0]
        kind = (family, levels[0])
    questions[number] = generate(*kind, _fresh_seed())
    PAGE.change(pin=PINS.join(question.key for question in questions))


@act
def ask_earlier(family: str) -> None:
    """Move a kind one place forward."""
    quiz = PAGE.view()
    order = [id for id, _ in quiz.families]
    at = order.index(family) if family in order else 0
    if at:
        order[at - 1 : at + 1] = family, order[at - 1]
        kinds = _kinds(quiz, PAGE.remembered("kinds"))
        PAGE.change(**_of_kinds({id: kinds[id] for id in order} | kinds, order))


def flat_of(quiz: QuizSet) -> dict[str, str]:
    """Every setting of a set, as in its link."""
    return {
        **quiz.to_link(),
        "set": str(quiz.version),
        "n": str(quiz.count),
        "seed": str(quiz.seed),
        "own": str(int(quiz.own)),
        "minutes": str(quiz.minutes),
        "feedback": quiz.feedback,
        "pin": PINS.join(quiz.pinned),
    }


def settle_set(flat: Mapping[str, str]) -> tuple[QuizSet, Sequence[str]]:
    """The nearest set, with each kind once, and what had to be changed."""
    quiz, changed = nearest_set(flat, FIRST.quiz)
    quiz, together = without_repeats(quiz)
    return quiz, (*changed, *together)


def open_set_link(settings: Mapping[str, str]) -> tuple[QuizSet, Sequence[str]]:
    """The set of a link, or a ready one with fresh questions where the link says nothing."""
    first = FIRST.started(_fresh_seed())
    link, unknown = read_link_names(settings, own_names(SET_NAMES))
    if not link:
        return first, unknown
    quiz, changed = nearest_set(link, first)
    quiz, together = without_repeats(quiz)
    return quiz, (*unknown, *changed, *together)


def _kinds(quiz: QuizSet, before: Kinds) -> dict[str, Kind]:
    """All kinds that the set has or had."""
    return {**before, **{id: before.get(id, Kind(all_, all_)) for id, all_ in quiz.families}}


def _of_kinds(kinds: Kinds, chosen: Sequence[str]) -> Settings:
    """The settings of a set with those kinds of all, in their order."""
    families = tuple((id, kind.levels) for id, kind in kinds.items() if id in chosen)
    return {"from": QuizSet(families).to_link()["from"], "kinds": kinds}


def _chosen_ready(values: Mapping[str, Any], _quiz: QuizSet, _settings: Settings) -> Settings:
    """A ready set, with questions that nobody has seen yet."""
    ready = READY_SETS.get(values["ready"] or "")
    return {**flat_of(ready.started(_fresh_seed())), "kinds": {}} if ready else {}


def _chosen_kinds(values: Mapping[str, Any], quiz: QuizSet, settings: Settings) -> Settings:
    # Without any there would be nothing to ask: then the last ones stay. A kind that was taken out
    # keeps its levels.
    kinds, chosen = _kinds(quiz, settings["kinds"]), values["families"]
    kinds |= {id: Kind((1,), (1,)) for id in chosen if id not in kinds}
    return _of_kinds(kinds, chosen) if chosen else {}


def _levels_box(family: str) -> Box[QuizSet]:
    name = f"levels_{family}"

    def read(values: Mapping[str, Any], quiz: QuizSet, settings: Settings) -> Settings:
        kinds = _kinds(quiz, settings["kinds"])
        if not values[name] or family not in kinds:
            return {}
        kinds[family] = kinds[family].with_levels(values[name])
        return _of_kinds(kinds, [id for id, _ in quiz.families])

    def show(quiz: QuizSet, _settings: Settings) -> Settings:
        levels = dict(quiz.families).get(family)
        return {name: list(levels)} if levels else {}

    return Box(name, show, read)


PAGE: Page[QuizSet] = Page(
    "builder",
    open=open_set_link,
    settle=settle_set,
    flat=flat_of,
    link=QuizSet.to_link,
    boxes=(
        Box("ready", lambda _quiz, _settings: {"ready": None}, _chosen_ready),
        Box(
            "families",
            lambda quiz, _settings: {"families": [id for id, _ in quiz.families]},
            _chosen_kinds,
        ),
        *(_levels_box(family) for family in FAMILIES),
        Box(
            "count",
            lambda quiz, _settings: {"count": quiz.count},
            lambda values, _quiz, _settings: {"n": str(values["count"])},
        ),
        choice("seed", int),
        choice("minutes", int),
        choice("feedback"),
        Box(
            "pinned",
            lambda quiz, _settings: {"pinned": "\n".join(map(typed_key, quiz.pinned))},
            lambda values, _quiz, _settings: {"pin": values["pinned"].replace("\n", PINS)},
        ),
        choice("student"),
        choice("title"),
        choice("variants", int),
        flag("linked"),
        flag("own"),
    ),
    # What was said of a link stays until its set is changed.
    still=lambda quiz: quiz,
    memory={"kinds": {}, "student": "", "title": "", "variants": "20", "linked": "1"},
    lasting=frozenset({"student", "title"}),
)


def _fresh_seed() -> int:
    return secrets.randbelow(LARGEST_DRAWN_SEED + 1)
