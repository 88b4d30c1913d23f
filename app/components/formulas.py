"""A formula as a component draws it, with the words for whoever hears it."""

from collections.abc import Iterable
from dataclasses import dataclass

from kernels.layers.formula import Formula


@dataclass(frozen=True)
class HeardFormula(Formula):
    """A formula to be drawn, with `heard`, what is said of it where nobody sees it."""

    heard: str = ""


def heard(formulas: Iterable[Formula]) -> tuple[HeardFormula, ...]:
    """The formulas as components draw and name them.

    >>> from kernels import ConvSpec, parameter_formula
    >>> (formula,) = heard([parameter_formula(ConvSpec(1, 2, 3))])
    >>> formula.heard == formula.spoken
    True
    """
    return tuple(HeardFormula(**vars(one), heard=one.spoken) for one in formulas)
