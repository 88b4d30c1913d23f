"""The one error of the compute module, and the wording that its checks share.

A fault is a sentence with three parts: what is wrong, the numbers given, what would work.
Checks collect faults and raise them together, so that nobody mends one only to meet the next.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Iterable

LARGEST_COUNT = 2**31 - 1
"""Largest size or step that is taken seriously; array libraries overflow somewhere above it."""


class ShapeError(ValueError):
    """A setting or an array that no layer can have; the message names the numbers and a way out.

    >>> raise ShapeError(["stride is 0 but must be at least 1; use 1."])
    Traceback (most recent call last):
    kernels.errors.ShapeError: stride is 0 but must be at least 1; use 1.
    """

    def __init__(self, faults: Iterable[str] | str):
        self.faults = (faults,) if isinstance(faults, str) else tuple(faults)
        super().__init__(" ".join(self.faults))


def raise_faults(faults: Iterable[str]) -> None:
    """Raise one ShapeError with every fault, or nothing if there is none."""
    faults = tuple(dict.fromkeys(faults))
    if faults:
        raise ShapeError(faults)


def whole_number_fault(name: str, value: object, least: int = 0) -> str | None:
    """Say what is wrong with a count, or None if it is a whole number of at least `least`.

    >>> whole_number_fault("stride", 0, least=1)
    'stride is 0 but must be at least 1; use 1.'
    >>> whole_number_fault("kernel_size", float("nan"), least=1)
    'kernel_size is nan but must be a whole number; use 1 or more.'
    >>> whole_number_fault("padding", 2)
    """
    # Nearly every count is a plain int, and asking an abstract class is slow.
    if type(value) is not int and (
        isinstance(value, bool) or not isinstance(value, numbers.Integral)
    ):
        nearest = f"{least} or more"
        if isinstance(value, numbers.Real) and abs(float(value)) <= LARGEST_COUNT:
            nearest = str(max(round(float(value)), least))
        return f"{name} is {value!r} but must be a whole number; use {nearest}."
    count = int(value)
    if count < least:
        return f"{name} is {count_text(count)} but must be at least {least}; use {least}."
    if count > LARGEST_COUNT:
        return f"{name} is {count_text(count)} but may be at most {LARGEST_COUNT}; use less."
    return None


def check_whole(least: int = 1, **counts: object) -> None:
    """Raise a ShapeError for every count that is not a whole number of at least `least`.

    >>> check_whole(output=3, stride=0)
    Traceback (most recent call last):
    kernels.errors.ShapeError: stride is 0 but must be at least 1; use 1.
    """
    raise_faults(
        fault for name, value in counts.items() if (fault := whole_number_fault(name, value, least))
    )


def count_text(value: int) -> str:
    """A whole number, or how long it is where Python refuses to write it down."""
    digits = round(int(value).bit_length() * math.log10(2))
    return str(value) if digits < 30 else f"a number of about {digits} digits"


def nearest_divisor_fault(groups: int, in_channels: int, out_channels: int) -> str | None:
    """Say why `groups` cannot split these channels, and which number near it can.

    >>> nearest_divisor_fault(3, 4, 6)
    'groups=3 must divide in_channels=4 and out_channels=6; use 2 (possible: 1, 2).'
    """
    common = math.gcd(in_channels, out_channels)
    if common % groups == 0:
        return None
    small = [g for g in range(1, math.isqrt(common) + 1) if common % g == 0]
    possible = sorted({*small, *(common // g for g in small)})
    nearest = min(possible, key=lambda g: (abs(g - groups), g))
    listed = ", ".join(str(g) for g in possible)
    return (
        f"groups={groups} must divide in_channels={in_channels} and "
        f"out_channels={out_channels}; use {nearest} (possible: {listed})."
    )
