"""Every slip by its id, gathered from the topics and from the quantities that have their own.

>>> SLIPS["padding-once"].name, SLIPS["padding-once"].point
('padding counted once', 'padding')
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from lessons.quiz.mistakes.chains import CHAIN_SLIPS
from lessons.quiz.mistakes.channels import CHANNEL_SLIPS
from lessons.quiz.mistakes.choices import CHOICE_SLIPS, CONFUSED, TURNED
from lessons.quiz.mistakes.cost import COST_SLIPS
from lessons.quiz.mistakes.flatten import FLATTEN_SLIPS
from lessons.quiz.mistakes.parameters import PARAMETER_SLIPS
from lessons.quiz.mistakes.places import PLACE_SLIPS
from lessons.quiz.mistakes.pooling import POOLING_SLIPS
from lessons.quiz.mistakes.receptive import RECEPTIVE_SLIPS
from lessons.quiz.mistakes.sizes import SIZE_SLIPS
from lessons.quiz.mistakes.slip import Composed, Slip, Working
from lessons.quiz.mistakes.tensors import TENSOR_SLIPS
from lessons.quiz.mistakes.totals import TOTAL_SLIPS
from lessons.quiz.mistakes.transposed import TRANSPOSED_SLIPS
from lessons.quiz.mistakes.values import VALUE_SLIPS
from lessons.quiz.quantities import QUANTITIES
from lessons.quiz.skill_names import SKILLS

TOPICS: dict[str, tuple[Slip, ...]] = {
    "sizes": SIZE_SLIPS,
    "places": PLACE_SLIPS,
    "channels": CHANNEL_SLIPS,
    "parameters": PARAMETER_SLIPS,
    "flatten": FLATTEN_SLIPS,
    "totals": TOTAL_SLIPS,
    "chains": CHAIN_SLIPS,
    "tensors": TENSOR_SLIPS,
    "cost": COST_SLIPS,
    "receptive": RECEPTIVE_SLIPS,
    "transposed": TRANSPOSED_SLIPS,
    "values": VALUE_SLIPS,
    "pooling": POOLING_SLIPS,
    "choices": CHOICE_SLIPS,
    **{row.name: row.slips for row in QUANTITIES.values() if row.slips},
}
"""The slips by topic, in teaching order."""

SLIPS: dict[str, Slip] = {slip.id: slip for table in TOPICS.values() for slip in table}
"""Every slip by its id."""

SLIPS_OF: dict[type, tuple[Slip, ...]] = {
    kind: tuple(slip for slip in SLIPS.values() if kind in slip.changes)
    for kind in dict.fromkeys(kind for slip in SLIPS.values() for kind in slip.changes)
}
"""The slips that can be made in each kind of working."""


def slips_for(working: Working) -> tuple[Slip, ...]:
    """The slips of a working, in teaching order."""
    if isinstance(working, Composed):
        return tuple(slip for slip in SLIPS.values() if slip.fits(working))
    return SLIPS_OF.get(type(working), ())


def check_names(where: str, names: Iterable[str], known: Collection[str], what: str) -> None:
    """Refuse a misspelt name while the tables are built, so that no question is asked by it.

    >>> check_names("families/macs.py, level 2", ["padding-onse"], SLIPS, "slip")
    Traceback (most recent call last):
    LookupError: families/macs.py, level 2 names the slip “padding-onse”, which there is not; the \
nearest is “padding-once”.
    """
    for name in names:
        if name not in known:
            nearest = get_close_matches(name, known, 1, cutoff=0)
            raise LookupError(
                f"{where} names the {what} “{name}”, which there is not; "
                f"the nearest is “{nearest[0]}”."
            )


check_names("mistakes/choices.py, TURNED", TURNED, SLIPS, "slip")
check_names("mistakes/choices.py, CONFUSED", CONFUSED, SLIPS, "slip")
for _row in QUANTITIES.values():
    check_names(f"quantities, row “{_row.name}”", _row.shows, SKILLS, "skill")
for _topic, _slips in TOPICS.items():
    for _slip in _slips:
        check_names(f"mistakes, {_topic}, “{_slip.id}”", [_slip.point], SKILLS, "skill")
