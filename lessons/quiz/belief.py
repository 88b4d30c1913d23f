"""Which slip a learner makes: every answer so far weighed against every slip. Pure functions.

The hypotheses are: no slip, be it that the learner knows or guesses; each slip that the drawn
families can reveal; and each two slips together that a wrong number has suggested. Their weights
are their priors times how likely they make what was written (Bayes' rule). A number that a guess
often comes to speaks for a slip the less.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lessons.quiz.answers import accepts, solve
from lessons.quiz.chance import all_guessed, guessed
from lessons.quiz.compare import same
from lessons.quiz.diagnose import prior_of
from lessons.quiz.dice import Dice
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.question import LARGEST_SEED, Question, Value
from lessons.quiz.registry import generate
from lessons.quiz.revealing import points_shown, shown_slips, slips_of, written_by
from lessons.quiz.slip_names import either
from lessons.quiz.tried_settings import setting_fits, settings_fitting

if TYPE_CHECKING:
    from lessons.quiz.checked import Checked

#: How often a learner who has a slip avoids it; how often anyone writes some other number; how
#: likely one setting is that nothing explains.
AVOIDED, ELSE, ONE_SETTING = 0.08, 0.1, 0.02

#: How likely it is before anything is known that a learner makes no slip, and that one guesses;
#: how often a guess is right.
NO_SLIP, GUESSES, LUCKY = 0.45, 0.15, 0.25

#: Slips are named once they hold this share of what all slips hold, and slips hold half of all.
SURE = 0.8

Level = tuple[str, int]


@dataclass(frozen=True)
class Belief:
    """The hypotheses with their weights, which sum to 1, the heaviest first; () stands for no slip.

    backed: those that explain a wrong number; the others are only not ruled out.
    """

    weights: tuple[tuple[tuple[str, ...], float], ...]
    backed: frozenset[tuple[str, ...]] = frozenset()

    @property
    def slipping(self) -> float:
        """The weight of all slips together that explain a wrong number."""
        return sum(weight for slips, weight in self.weights if slips in self.backed)

    def suspects(self, share: float = SURE) -> tuple[tuple[str, ...], ...]:
        """The fewest hypotheses that hold this share of what all slips hold; likeliest first."""
        found, held, all_held = [], 0.0, self.slipping
        for slips, weight in self.weights:
            if slips in self.backed and held < share * all_held:
                found.append(slips)
                held += weight
        return tuple(found)

    @property
    def named(self) -> tuple[tuple[str, ...], ...]:
        """The suspects, once it is likelier than not that there is a slip at all; else none."""
        return self.suspects() if self.slipping > 0.5 else ()

    def say(self) -> str:
        """One sentence: the slip where one is left, all of them where several fit."""
        named = self.named
        if not named:
            return ""
        if len(named) == 1:
            return " ".join(SLIPS[id].say for id in named[0])
        return either(named) + "."

    def weight(self, slips: tuple[str, ...]) -> float:
        """How likely just these slips are, from 0 to 1."""
        return dict(self.weights).get(slips, 0.0)


def believe(pool: Sequence[Level], history: Sequence[Checked]) -> Belief:
    """Weigh every hypothesis by every answer.

    pool: the (family, level) pairs that questions are drawn from, which say what slips there are.
    """
    hypotheses: dict[tuple[str, ...], float] = {}
    backed: set[tuple[str, ...]] = set()
    for level in pool:
        for id in _slips_in(level):
            hypotheses[(id,)] = SLIPS[id].prior
    for checked in history:
        for id in slips_of(checked.question):
            hypotheses[(id,)] = SLIPS[id].prior
        for found in checked.candidates.values():
            for candidate in found:
                hypotheses[candidate.slips] = prior_of(candidate.slips)
                backed.add(candidate.slips)
    scale = sum(hypotheses.values()) / (1 - NO_SLIP - GUESSES) or 1.0
    weights = {slips: prior * _likelihood(slips, history) for slips, prior in hypotheses.items()}
    weights[()] = scale * (
        NO_SLIP * _likelihood((), history) + GUESSES * math.prod(map(_fits_guess, history))
    )
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return Belief(tuple((slips, weight / total) for slips, weight in ranked), frozenset(backed))


def _slips_in(level: Level) -> tuple[str, ...]:
    """The slips that a level's questions have, from a few of them."""
    found = {id: None for seed in range(4) for id in slips_of(generate(*level, seed))}
    return tuple(found)


def _likelihood(slips: tuple[str, ...], history: Sequence[Checked]) -> float:
    likelihood = 1.0
    for checked in history:
        likelihood *= _fits(slips, checked)
    return likelihood


@lru_cache(maxsize=8192)
def _fits(slips: tuple[str, ...], checked: Checked) -> float:
    """How likely someone with these slips writes what was written.

    Kept: each answer weighs on the belief for twelve questions. Without it an answer in a chain of
    layers takes 9 ms instead of 2.
    """
    question, values = checked.question, checked.values
    if question.fields[0].kind == "setting":
        return _fits_setting(slips, question, values)
    right = checked.expected
    predicted = (written_by(question, slips, values, checked.right) if slips else None) or right
    likelihood, guesses = 1.0, set()
    for id, value in values.items():
        slipped = not same(predicted[id], right[id])
        guess = (value, right[id])
        if same(value, predicted[id]):
            likelihood *= 1 - ELSE - (AVOIDED if slipped else 0)
        elif slipped and same(value, right[id]):
            likelihood *= AVOIDED
        elif guess not in guesses:
            likelihood *= ELSE * guessed(*guess, options=len(question.setup.options))
            guesses.add(guess)
    return likelihood


@lru_cache(maxsize=256)
def _fits_guess(checked: Checked) -> float:
    """How likely somebody who guesses writes what was written."""
    if checked.question.fields[0].kind == "setting":
        return LUCKY if checked.right_in_all else (1 - LUCKY) * ONE_SETTING
    return all_guessed(checked.question, checked.values, checked.expected, LUCKY)


def _fits_setting(slips: tuple[str, ...], question: Question, values: Mapping[str, Value]) -> float:
    """Settings have many answers: each of those that fit the slips' own formula is as likely."""
    if setting_fits(question, slips, values):
        return (1 - ELSE - (AVOIDED if slips else 0)) / max(
            1, len(settings_fitting(question, slips))
        )
    if slips and accepts(question, values):
        return AVOIDED / max(1, len(settings_fitting(question, ())))
    return ELSE * ONE_SETTING


def next_question(
    pool: Sequence[Level],
    belief: Belief,
    seed: int,
    asked: Sequence[Question] = (),
    tries: int = 40,
    skill: str = "",
    unseen: frozenset[str] = frozenset(),
) -> Question:
    """Draw several questions and give the one that splits the remaining hypotheses best.

    >>> pool = [("output_size", 2), ("output_size", 3)]
    >>> question = next_question(pool, believe(pool, ()), seed=1)
    >>> (question.family, question.level) in pool
    True

    A question splits well where the hypotheses that give one answer hold little weight together.
    The same arguments give the same question; none that was asked is asked again while another is
    among those drawn. skill: one that a right answer should show, where any of those drawn does.
    unseen: slips that had no chance to show yet; while none is suspected, the more of them a
    question gives one, the better.
    """
    dice = Dice("next", seed, len(asked))
    # While a slip is suspected, "no slip" need not be ruled out again.
    rivals = [one for one in belief.weights if one[1] > 1e-3 and (one[0] or not belief.named)][:16]
    order = dice.shuffled(tuple(pool))
    best, least = None, (True, 0, float("inf"))
    for number in range(tries):
        family, level = order[number % len(order)]
        question = generate(family, level, dice.whole(0, LARGEST_SEED))
        # By another seed it may be the same question once more.
        if any(question.setup == other.setup for other in asked):
            continue
        silent = bool(skill) and skill not in points_shown(question)
        shown = 0 if belief.named else len(unseen & shown_slips(question))
        if (silent, -shown) > least[:2]:
            continue
        rank = (silent, -shown, round(_left(question, rivals), 9))
        if rank < least:
            best, least = question, rank
    return best or generate(*order[0], dice.whole(0, LARGEST_SEED))


def _left(question: Question, rivals: Sequence[tuple[tuple[str, ...], float]]) -> float:
    """How much weight is to be expected on hypotheses that fit the next answer, the true one's too.

    The least is best: an answer then leaves little but the hypothesis that gives it.
    """
    if question.fields[0].kind == "setting":
        return sum(
            one * other * _confused(question, slips, rival)
            for slips, one in rivals
            for rival, other in rivals
        )
    held: dict[tuple, float] = {}
    right = solve(question)
    for slips, weight in rivals:
        key = _answer(question, slips, right)
        held[key] = held.get(key, 0.0) + weight
    return sum(weight * weight for weight in held.values())


def _confused(question: Question, slips: tuple[str, ...], rival: tuple[str, ...]) -> float:
    """How well the settings of someone with these slips fit the rival too, from 0 to 1."""
    mine, other = (settings_fitting(question, one) for one in (slips, rival))
    if not mine:  # finding no setting looks the same as finding a right one
        return 1.0
    return len(mine & other) / max(len(mine), len(other))


def _answer(question: Question, slips: tuple[str, ...], right: Mapping[str, Value]) -> tuple:
    """What someone with these slips would write, to be compared with what others would."""
    values = (written_by(question, slips, right=right) if slips else None) or right
    return tuple(values.values())


def parts(question: Question, hypotheses: Sequence[tuple[str, ...]]) -> int:
    """How many different answers these hypotheses give to a question.

    >>> question = generate("output_size", 2, 0)
    >>> parts(question, [("padding-once",), ()]), parts(question, [("padding-once",)])
    (2, 1)

    Of settings those count as one answer that fit two hypotheses.
    """
    if question.fields[0].kind == "setting":
        alone: list[tuple[str, ...]] = []
        for slips in hypotheses:
            if not any(_confused(question, slips, other) for other in alone):
                alone.append(slips)
        return len(alone)
    right = solve(question)
    return len({_answer(question, slips, right) for slips in hypotheses})
