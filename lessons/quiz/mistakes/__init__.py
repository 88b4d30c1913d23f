"""Every classic slip as code, in tables by topic, with the workings in which they are made.

>>> SLIPS["padding-once"].name, SLIPS["padding-once"].point
('padding counted once', 'padding')
"""

from lessons.quiz.mistakes.channels import CHANNEL_SLIPS
from lessons.quiz.mistakes.choices import CHOICE_SLIPS
from lessons.quiz.mistakes.cost import COST_SLIPS
from lessons.quiz.mistakes.parameters import PARAMETER_SLIPS
from lessons.quiz.mistakes.places import PLACE_SLIPS
from lessons.quiz.mistakes.pooling import POOLING_SLIPS
from lessons.quiz.mistakes.receptive import RECEPTIVE_SLIPS
from lessons.quiz.mistakes.sizes import SIZE_SLIPS
from lessons.quiz.mistakes.slip import Slip, Working, can_be_made_together
from lessons.quiz.mistakes.transposed import TRANSPOSED_SLIPS
from lessons.quiz.mistakes.values import VALUE_SLIPS

TOPICS: dict[str, tuple[Slip, ...]] = {
    "sizes": SIZE_SLIPS,
    "places": PLACE_SLIPS,
    "channels": CHANNEL_SLIPS,
    "parameters": PARAMETER_SLIPS,
    "cost": COST_SLIPS,
    "receptive": RECEPTIVE_SLIPS,
    "transposed": TRANSPOSED_SLIPS,
    "values": VALUE_SLIPS,
    "pooling": POOLING_SLIPS,
    "choices": CHOICE_SLIPS,
}
"""The slips by topic, in teaching order."""

SLIPS: dict[str, Slip] = {slip.id: slip for table in TOPICS.values() for slip in table}
"""Every slip by its id."""

SLIPS_OF: dict[type, tuple[Slip, ...]] = {
    kind: tuple(slip for slip in SLIPS.values() if kind in slip.ways)
    for kind in dict.fromkeys(kind for slip in SLIPS.values() for kind in slip.ways)
}
"""The slips that can be made in each kind of working."""

__all__ = ["SLIPS", "SLIPS_OF", "TOPICS", "Slip", "Working", "can_be_made_together"]
