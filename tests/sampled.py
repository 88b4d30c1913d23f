"""Which of many like cases run in `make test`; all of them run in `make check-long`."""

from collections.abc import Iterable

import pytest


def sampled(cases: Iterable, *chosen: int) -> list:
    """The cases for `parametrize`: those at the places `chosen` run always, the others at length.

    >>> [case for case in sampled(["/", "/pooling"], 0) if isinstance(case, str)]
    ['/']
    """
    return [
        case
        if place in chosen
        else pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.long)
        for place, case in enumerate(cases)
    ]


def every_third(cases: Iterable) -> list:
    """The cases, one value each, for `parametrize`: every third runs always, the others at length.

    >>> [case.values for case in every_third("abcde") if not case.marks]
    [('a',), ('d',)]
    """
    return [
        pytest.param(case, marks=() if place % 3 == 0 else pytest.mark.long)
        for place, case in enumerate(cases)
    ]
