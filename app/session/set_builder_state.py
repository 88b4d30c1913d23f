"""The page that builds a set: its controls, the set that they stand for, and its address.

The order of kinds and levels is the teacher's: a link or a key that was handed out has to fit for
good. A kind that is taken out and put back comes back to its place, with its levels.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from app.components.browser_store import Told
from app.session.links import own_settings
from kernels.link_names import own_names
from kernels.link_names import read_names as read_link_names
from lessons.quiz import FAMILIES, QuizSet
from lessons.quiz.names import Names, read_names
from lessons.quiz.question import LARGEST_DRAWN_SEED
from lessons.quiz.ready_sets import READY_SETS
from lessons.quiz.set_link import nearest_set, without_repeats
from lessons.quiz.sets import SET_NAMES

PAGE, PREFIX = "make_a_set", "builder_"
PLAIN = ("count", "seed", "minutes", "own", "feedback")
STUDENT = "builder_student"
STORE, STORED_AS = "builder_store", "slide-and-sum.names"
FIRST = READY_SETS["sizes"]
SET, KINDS, VERSION = "builder_set", "builder_kinds", "builder_version"
"""The set; in its order all kinds that it has or had; and the version of its questions."""


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


def arrive(address: Mapping[str, str] | None) -> tuple[QuizSet, list[str]]:
    """Settle the set from the address, or from the controls where that is None."""
    state = st.session_state
    if address is not None:
        quiz, notes = _of_address(address)
        state[KINDS], state[VERSION] = _kinds(quiz), quiz.version
        state["builder_notes"] = quiz, notes
    else:
        quiz = _of_controls()
    _set_controls(quiz)
    state[SET] = quiz
    state[STUDENT] = state.get(STUDENT, "")
    # What was said of a link stays until its set is changed.
    said_of, notes = state.get("builder_notes", (None, []))
    return quiz, notes if said_of == quiz else []


def _of_address(address: Mapping[str, str]) -> tuple[QuizSet, list[str]]:
    """The set of a link, or a ready one with fresh questions where the link says nothing."""
    first = FIRST.started(_fresh_seed())
    settings, _, notes = own_settings(address)
    link, unknown = read_link_names(settings, own_names(SET_NAMES))
    notes += unknown
    if not link:
        return first, notes
    quiz, changed = nearest_set(link, first)
    quiz, together = without_repeats(quiz)
    return quiz, [*notes, *changed, *together]


def controls() -> dict[str, object]:
    """The present values of the controls."""
    keys = [f"{PREFIX}{name}" for name in ("families", *PLAIN)]
    keys += [level_key(family) for family in FAMILIES]
    return {key: st.session_state[key] for key in keys if key in st.session_state}


def address(quiz: QuizSet) -> dict[str, str]:
    """What the address says: the set."""
    return quiz.to_link()


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
    return read_names(st.session_state.get(STUDENT, "")) if quiz.own else Names()


def named_sets(quiz: QuizSet) -> list[QuizSet]:
    """The set of each student that was named; the set itself where none was, or all get one."""
    return [replace(quiz, student=name) for name in students(quiz).names] or [quiz]


def receive(told: Told) -> None:
    """Take the names again that this tab had, where the session knows none."""
    state = st.session_state
    first, state["builder_told"] = not state.get("builder_told"), True
    if first and not state.get(STUDENT):
        state[STUDENT] = told.typed.get(STUDENT, told.own)


def tab_to_keep() -> str | None:
    """The names for this tab to keep; None until it is known what it had."""
    state = st.session_state
    return state.get(STUDENT, "") if state.get("builder_told") else None


def load_ready() -> None:
    """Begin from a ready set, with questions that nobody has seen yet."""
    state = st.session_state
    ready = READY_SETS.get(state.get("builder_ready") or "")
    if ready:
        quiz = ready.started(_fresh_seed())
        state[KINDS], state[VERSION] = _kinds(quiz), quiz.version
        _set_controls(quiz)
        state["builder_ready"] = None


def other_questions() -> None:
    """Draw another seed: other questions of the same kinds."""
    st.session_state["builder_seed"] = _fresh_seed()


def ask_earlier(family: str) -> None:
    """Move a kind one place forward."""
    state = st.session_state
    order = [id for id, _ in state[SET].families]
    at = order.index(family)
    if at:
        order[at - 1 : at + 1] = family, order[at - 1]
        kinds = state[KINDS]
        state[KINDS] = {id: kinds[id] for id in order} | kinds
        state["builder_families"] = order


def _kinds(quiz: QuizSet) -> dict[str, Kind]:
    return {id: Kind(levels, levels) for id, levels in quiz.families}


def _fresh_seed() -> int:
    return secrets.randbelow(LARGEST_DRAWN_SEED + 1)


def _of_controls() -> QuizSet:
    """The set that the controls stand for; without a family, the last one."""
    state = st.session_state
    last: QuizSet = state[SET]
    kinds: dict[str, Kind] = state[KINDS]
    chosen = state.get("builder_families") or [id for id, _ in last.families]
    for id in chosen:
        kind = kinds.get(id, Kind((1,), (1,)))
        # A kind that was taken out keeps its levels, though their control is gone.
        kinds[id] = kind.with_levels(state.get(level_key(id)) or kind.levels)
    return QuizSet(
        tuple((id, kind.levels) for id, kind in kinds.items() if id in chosen),
        state.get("builder_count", last.count),
        state.get("builder_seed", last.seed),
        own=state.get("builder_own", last.own),
        minutes=state.get("builder_minutes", last.minutes),
        feedback=state.get("builder_feedback") or last.feedback,
        version=state[VERSION],
    )


def _set_controls(quiz: QuizSet) -> None:
    state = st.session_state
    state["builder_families"] = [family for family, _ in quiz.families]
    for family, levels in quiz.families:
        state[level_key(family)] = list(levels)
    state["builder_count"], state["builder_seed"] = quiz.count, quiz.seed
    state["builder_own"], state["builder_minutes"] = quiz.own, quiz.minutes
    state["builder_feedback"] = quiz.feedback
