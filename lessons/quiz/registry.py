"""Every family, and the way from (family, level, seed, version) to a question."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module

from kernels import ShapeError
from kernels.reading.link_text import quoted
from lessons.quiz.dice import Dice
from lessons.quiz.given import GIVEN, given_question
from lessons.quiz.mistakes.table import SLIPS, check_names
from lessons.quiz.own_words import FAMILY as OWN_WORDS
from lessons.quiz.own_words import is_own, own_question
from lessons.quiz.quantities import unsaid
from lessons.quiz.question import LARGEST_SEED, Draft, Family, Question, QuizError
from lessons.quiz.revealing import hidden_slips, points_of, points_shown
from lessons.quiz.skill_names import SKILLS

_IDS = (
    "output_size",
    "find_padding",
    "find_stride",
    "legal_setting",
    "total_padding",
    "cell_value",
    "whole_output",
    "hidden_cells",
    "flipped_kernel",
    "window_origin",
    "unused_rows",
    "channels_out",
    "pooling_shape",
    "pooling_value",
    "read_code",
    "layer_weights",
    "layer_parameters",
    "weight_shape",
    "grouped_parameters",
    "signals_and_volumes",
    "pooling_parameters",
    "flatten_size",
    "linear_parameters",
    "linear_against_conv",
    "connections",
    "dense_network",
    "network_parameters",
    "layer_chain",
    "layers_in_a_row",
    "in_letters",
    "receptive_field",
    "transposed_size",
    "crop_and_join",
    "shortcut",
    "output_layer",
    "macs",
    "kernel_name",
    "which_kernel",
    "flat_patch",
)


def check_family(family: Family) -> Family:
    """The family, if every slip and skill that it names exists; else LookupError says which."""
    for number, level in enumerate(family.levels, start=1):
        where = f"families/{family.id}.py, level {number},"
        check_names(where, (*level.reveals, *level.by_chance), SLIPS, "slip")
        check_names(where, level.trains, SKILLS, "skill")
    check_names(f"families/{family.id}.py", family.after, SKILLS, "skill")
    return family


FAMILIES: dict[str, Family] = {
    id: check_family(import_module(f"lessons.quiz.families.{id}").FAMILY) for id in _IDS
}
"""Every family by its id, in teaching order."""

MOST_DRAWS = 1000
"""How often a question is drawn again until none of its slips gives the right answer."""

SHOWING = 2
"""From this version on a question is drawn again until a right answer shows every skill of its
level: no slip of these skills gives the right number by chance."""


@lru_cache(maxsize=2048)
def generate(family: str, level: int, seed: int, version: int | None = None) -> Question:
    """Rebuild a question from its identity alone.

    >>> question = generate("output_size", 1, 0)
    >>> question.prompt[-1], question.version
    ('How large is the output?', 2)
    >>> generate("output_size", 11, 0)
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: “Output size” has the levels 1 to 10, but level 11 was asked \
for.

    version: that of the family's draws; the current one by default. A draw is given up for the
    next where it is degenerate, where a slip that its level must reveal gives the right answer, or
    where a right answer would leave it open whether a skill of its level is known.
    """
    drawn, used = _drawn(family, level, seed, version)
    # Versions with the same function roll the same dice, so that they mostly ask the same.
    dice = Dice(family, level, seed, drawn.draws.index(drawn.draws[used - 1]) + 1)
    best, fewest = None, 10**6
    for _ in range(MOST_DRAWS):
        try:
            draft = drawn.draws[used - 1](dice, level)
            if draft is None:
                continue
            question = _question(drawn, level, seed, used, draft)
            hidden = 100 * len(hidden_slips(question, question.reveals))
            if not hidden and used >= SHOWING:
                trained = points_of(drawn.levels[level - 1])
                hidden = len(set(trained) - points_shown(question, late=False))
        except ShapeError:  # a layer that does not fit its input is drawn again
            continue
        if hidden == 0:
            return question
        if hidden < fewest:
            best, fewest = question, hidden
    if best is None:
        raise QuizError(f"“{drawn.title}”, level {level}, has no question for seed {seed}.")
    return best


def question_of(key: str) -> Question:
    """Rebuild a question from its key, as a link gives it back.

    >>> question_of("output_size.4.12.2") == generate("output_size", 4, 12)
    True
    >>> question_of("output_size.4")
    Traceback (most recent call last):
    lessons.quiz.question.QuizError: “output_size.4” names no question; copy the whole link again.
    """
    if is_own(key):
        return own_question(key)
    if key.startswith(GIVEN):
        return given_question(key)
    found = re.fullmatch(r"([a-z_]+)\.([0-9]{1,3})\.([0-9]{1,10})\.([0-9]{1,3})", key)
    if found is None:
        raise QuizError(f"{quoted(key, 40)} names no question; copy the whole link again.")
    family, *numbers = found.groups()
    return generate(family, *map(int, numbers))


def family_of(question: Question) -> Family:
    """The kind that a question is of, one in somebody's own words too."""
    return OWN_WORDS if question.family == OWN_WORDS.id else FAMILIES[question.family]


def is_level(family: object, level: object) -> bool:
    """Whether there is such a level of such a family.

    >>> is_level("output_size", 10), is_level("output_size", 11), is_level([], True)
    (True, False, False)
    """
    known = isinstance(family, str) and family in FAMILIES
    return known and type(level) is int and 1 <= level <= len(FAMILIES[family].levels)


def _drawn(family: str, level: int, seed: int, version: int | None) -> tuple[Family, int]:
    """The family and the version asked for, if the identity is one that can be."""
    if family not in FAMILIES:
        raise QuizError(
            f"There is no kind of question {quoted(str(family), 30)}; use one of {', '.join(_IDS)}."
        )
    drawn = FAMILIES[family]
    if type(level) is not int or not 1 <= level <= len(drawn.levels):
        raise QuizError(
            f"“{drawn.title}” has the levels 1 to {len(drawn.levels)}, but level {level} was "
            "asked for."
        )
    if type(seed) is not int or not 0 <= seed <= LARGEST_SEED:
        raise QuizError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
    used = drawn.version if version is None else version
    if type(used) is not int or not 1 <= used <= drawn.version:
        raise QuizError(
            f"“{drawn.title}” has the versions 1 to {drawn.version}, but version {used} was "
            "asked for."
        )
    return drawn, used


def _question(family: Family, level: int, seed: int, version: int, draft: Draft) -> Question:
    return Question(
        family.id,
        level,
        seed,
        version,
        family.title,
        draft.prompt,
        (*draft.convention, *unsaid(draft.setup, draft.fields, (*draft.prompt, *draft.convention))),
        draft.setup,
        draft.fields,
        draft.shows,
        family.levels[level - 1].reveals,
        family.levels[level - 1].by_chance,
    )
