"""Spaced review: when a skill is likely to be forgotten, by FSRS. Plain data in, plain data out.

A skill that went wrong is due again ten minutes later; one that went right after days, each time
more of them. The clock is always passed in.

Source: py-fsrs, the FSRS-6 scheduler with its default parameters.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from fsrs import Card, Rating, Scheduler, State
from fsrs.card import CardDict

from lessons.quiz.skills import SKILLS

Cards = Mapping[str, Mapping[str, Any]]
"""Skill id -> its card: state, step, stability (days), difficulty (1 to 10), due, last_review."""

LONGEST_DAYS = 365
"""A skill is asked again at least once a year."""

AGAIN_AFTER = timedelta(minutes=10)

_SCHEDULER = Scheduler(
    learning_steps=(AGAIN_AFTER,),
    relearning_steps=(AGAIN_AFTER,),
    maximum_interval=LONGEST_DAYS,
    enable_fuzzing=False,  # the same answers give the same days
)
_KEYS = ("state", "step", "stability", "difficulty", "due", "last_review")


def reviewed(cards: Cards, ratings: Mapping[str, int], now: datetime) -> dict:
    """The cards after an answer.

    >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    >>> cards = reviewed({}, {"padding": 3, "stride": 1}, noon)
    >>> cards["padding"]["due"], cards["stride"]["due"]
    ('2026-03-03T12:00:00+00:00', '2026-03-01T12:10:00+00:00')

    ratings: 1 again, 2 hard, 3 good, 4 easy, by skill id, as `skills.ratings` gives them. now: a
    datetime with its time zone.
    """
    now = now.astimezone(UTC)
    after = {skill: dict(card) for skill, card in cards.items()}
    for skill, rating in ratings.items():
        card = _card(cards[skill]) if skill in cards else Card(card_id=0, due=now)
        card, _ = _SCHEDULER.review_card(card, Rating(rating), now)
        written = {**card.to_dict()}
        after[skill] = {key: written[key] for key in _KEYS}
    return after


def recall(cards: Cards, skill: str, now: datetime) -> float | None:
    """How likely the skill is still known now, from 0 to 1; None where it was never reviewed.

    >>> day = datetime(2026, 3, 1, tzinfo=UTC)
    >>> cards = reviewed({}, {"padding": 3}, day)
    >>> [round(recall(cards, "padding", day + timedelta(days=n)), 2) for n in (0, 2, 30)]
    [1.0, 0.91, 0.67]
    >>> recall(cards, "stride", day) is None
    True

    FSRS counts whole days: within a day nothing is forgotten.
    """
    if skill not in cards:
        return None
    return _SCHEDULER.get_card_retrievability(_card(cards[skill]), now.astimezone(UTC))


def due(cards: Cards, now: datetime) -> tuple[str, ...]:
    """The skills due for review, the least likely recalled first.

    >>> day = datetime(2026, 3, 1, tzinfo=UTC)
    >>> cards = reviewed({}, {"padding": 3, "stride": 1}, day)
    >>> [due(cards, day + wait) for wait in (timedelta(0), AGAIN_AFTER, timedelta(days=3))]
    [(), ('stride',), ('stride', 'padding')]
    """
    found = [skill for skill in cards if next_due(cards, skill) <= now]
    order = {skill: (recall(cards, skill, now), next_due(cards, skill)) for skill in found}
    return tuple(sorted(found, key=order.__getitem__))


def next_due(cards: Cards, skill: str) -> datetime | None:
    """When the skill is due again; None where it was never reviewed."""
    return datetime.fromisoformat(cards[skill]["due"]) if skill in cards else None


def cards_of(data: Any) -> dict:
    """Read cards from plain data that a file or a browser gave back.

    >>> card = reviewed({}, {"padding": 3}, datetime(2026, 3, 1, tzinfo=UTC))["padding"]
    >>> sorted(cards_of({"padding": card, "stride": {**card, "stability": -1}, "x": card}))
    ['padding']

    Skills that are not known, and cards with a number or date that no review gives, are left out.
    """
    data = data if isinstance(data, Mapping) else {}
    found = {}
    for skill in SKILLS:
        card = data.get(skill)
        if isinstance(card, Mapping) and _possible(card):
            found[skill] = {key: card.get(key) for key in _KEYS}
    return found


def _card(data: Mapping[str, Any]) -> Card:
    return Card.from_dict(cast(CardDict, {"card_id": 0, **data}))


def _possible(card: Mapping[str, Any]) -> bool:
    """Whether a review could have written this card."""
    state, step = card.get("state"), card.get("step")
    if type(state) is not int or state not in tuple(State):
        return False
    if (step is not None) if state == State.Review else type(step) is not int or step != 0:
        return False
    if not _between(card.get("stability"), 0.001, 36_500):
        return False
    if not _between(card.get("difficulty"), 1, 10):
        return False
    last, after = as_time(card.get("last_review")), as_time(card.get("due"))
    return last is not None and after is not None and _waits(last, after)


def _between(number: Any, least: float, most: float) -> bool:
    return type(number) in (int, float) and least <= number <= most


def as_time(text: Any) -> datetime | None:
    """A time as a review writes it, of a year in which this can have been used."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return None
    return time if time.tzinfo is not None and 2000 <= time.year < 2200 else None


def _waits(last: datetime, after: datetime) -> bool:
    return timedelta(0) <= after - last <= timedelta(days=LONGEST_DAYS)
