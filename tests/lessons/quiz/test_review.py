"""Spaced review: a skill is due when it is likely to be forgotten; damaged cards are dropped."""

import json
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.quiz.review import AGAIN_AFTER, cards_of, due, next_due, recall, reviewed
from lessons.quiz.skills import SKILLS

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
CARD = reviewed({}, {"padding": 3}, NOON)["padding"]


def test_a_wrong_answer_is_due_soon_and_a_right_one_after_days():
    cards = reviewed({}, {"padding": 3, "stride": 1, "bias": 2}, NOON)
    assert next_due(cards, "stride") == NOON + AGAIN_AFTER
    assert NOON + AGAIN_AFTER < next_due(cards, "bias") < NOON + DAY < next_due(cards, "padding")
    assert due(cards, NOON) == () and next_due(cards, "groups") is None


def test_every_right_answer_in_time_waits_longer():
    cards, now, waits = {}, NOON, []
    for _ in range(6):
        cards = reviewed(cards, {"padding": 3}, now)
        waits.append(next_due(cards, "padding") - now)
        now = next_due(cards, "padding")
    assert waits == sorted(waits) and waits[0] >= DAY and waits[-1] <= timedelta(days=365)
    assert waits[0] < waits[2] < waits[4]
    forgotten = reviewed(cards, {"padding": 1}, now)
    assert next_due(forgotten, "padding") == now + AGAIN_AFTER


def test_recall_falls_with_the_days_and_the_least_recalled_is_due_first():
    cards = reviewed({}, {"padding": 3, "stride": 3}, NOON)
    cards = reviewed(cards, {"padding": 3}, NOON + 2 * DAY)
    likely = [recall(cards, "stride", NOON + n * DAY) for n in range(0, 60, 5)]
    assert likely[0] == 1 and all(a > b > 0 for a, b in pairwise(likely))
    later = NOON + 60 * DAY
    assert due(cards, later) == ("stride", "padding")
    assert recall(cards, "stride", later) < recall(cards, "padding", later)
    assert recall(cards, "groups", later) is None


def test_a_review_leaves_the_old_cards_and_needs_no_clock_of_its_own():
    cards = reviewed({}, {"padding": 3}, NOON)
    before = json.dumps(cards)
    after = reviewed(cards, {"padding": 3}, NOON + 3 * DAY)
    assert json.dumps(cards) == before and after == reviewed(cards, {"padding": 3}, NOON + 3 * DAY)
    assert cards_of(json.loads(json.dumps(after))) == after


def test_a_time_in_any_zone_is_the_same_time():
    there = NOON.astimezone(timezone(timedelta(hours=9)))
    assert reviewed({}, {"padding": 3}, there) == {"padding": CARD}
    assert recall({"padding": CARD}, "padding", there + DAY) < 1


def test_a_clock_set_back_is_no_error():
    cards = reviewed({"padding": CARD}, {"padding": 3}, NOON - 400 * DAY)
    assert recall(cards, "padding", NOON - 500 * DAY) == 1


@pytest.mark.parametrize(
    "damage",
    [
        {"stability": 0},
        {"stability": -1},
        {"stability": float("nan")},
        {"stability": float("inf")},
        {"stability": 1e300},
        {"stability": "2.3"},
        {"stability": True},
        {"difficulty": 11},
        {"difficulty": None},
        {"state": 4},
        {"state": "2"},
        {"state": [2]},
        {"state": 1, "step": None},
        {"state": 1, "step": 7},
        {"step": 0},
        {"due": "tomorrow"},
        {"due": "2026-03-03T12:00:00"},
        {"due": "9999-12-31T00:00:00+00:00"},
        {"due": "2026-02-01T00:00:00+00:00"},
        {"due": "2036-02-01T00:00:00+00:00"},
        {"due": 5},
        {"last_review": None},
        {"last_review": "0001-01-01T00:00:00+00:00"},
    ],
)
def test_a_card_that_no_review_gives_is_left_out(damage):
    assert cards_of({"padding": {**CARD, **damage}, "stride": CARD}) == {"stride": CARD}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=4,
)


@given(
    JSON
    | st.dictionaries(
        st.sampled_from([*list(SKILLS)[:4], "x"]),
        JSON
        | st.dictionaries(st.sampled_from(list(CARD)), JSON | st.sampled_from(list(CARD.values())))
        | st.builds(
            lambda key, value: {**CARD, key: value},
            st.sampled_from(list(CARD)),
            JSON | st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat),
        ),
    )
)
def test_whatever_is_read_can_be_reviewed(data):
    cards = cards_of(data)
    assert cards_of(cards) == cards
    for now in (NOON, datetime(1970, 1, 1, tzinfo=UTC), datetime(2999, 1, 1, tzinfo=UTC)):
        due(cards, now)
        after = reviewed(cards, dict.fromkeys(cards, 1), now)
        assert all(0 <= recall(after, skill, now) <= 1 for skill in cards)
