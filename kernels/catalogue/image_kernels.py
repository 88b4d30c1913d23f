"""What an image kernel is: numbers, where they come from, and how they change with the size."""

from __future__ import annotations

import math
import numbers
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from kernels.catalogue.sizes import Sizes, size_words

Size = tuple[int, int]
Built = tuple[np.ndarray, float]
"""The taps and their divisor."""


@dataclass(frozen=True)
class Parameter:
    """A number that a kernel is built with, besides its size.

    >>> sigma = Parameter("sigma", "Width of the bell", 0.0, 0.0, 5.0, 0.1, "pixels")
    >>> sigma.checked(2)
    2.0
    >>> sigma.checked(9)
    Traceback (most recent call last):
    ValueError: sigma must be from 0 to 5 pixels, not 9.

    Parameters
    ----------
    name : the keyword
    title : what a control says
    default, low, high, step : of a control; whole numbers if all four are int
    unit : such as "pixels" or "degrees"; "" for a plain number
    """

    name: str
    title: str
    default: float
    low: float
    high: float
    step: float
    unit: str

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are possible."""
        return isinstance(self.default, int) and isinstance(self.step, int)

    def checked(self, value: float) -> float:
        """Give the value as int or float, or raise ValueError with one sentence."""
        good = isinstance(value, numbers.Real) and not isinstance(value, bool)
        good = good and self.low <= value <= self.high and not (self.whole and value % 1)
        if not good:
            shown = f"{value:g}" if isinstance(value, numbers.Real) else repr(value)
            kind = "a whole number " if self.whole else ""
            unit = f" {self.unit}" if self.unit else ""
            text = f"must be {kind}from {self.low:g} to {self.high:g}{unit}, not {shown}."
            raise ValueError(f"{self.name} {text.replace('-', '−')}")
        return int(value) if self.whole else float(value)


@dataclass(frozen=True, eq=False)
class ImageKernel:
    """One image kernel: its name, its numbers, where it comes from, how to look at its result.

    >>> from kernels.catalogue import image_kernel
    >>> box = image_kernel("box")
    >>> box.divisor, float(box.weights.sum().round(12))
    (9, 1.0)
    >>> box.at((2, 5)).divisor, box.size_rule
    (10, 'any size from 1 × 1 to 31 × 31')

    Parameters
    ----------
    name : id that is safe in an address: small letters, digits and hyphens
    title : what a list of choices says
    group : what it is for, such as "Blur": see `kernels.catalogue.GROUPS`
    taps : (kh, kw) float64, read-only: the numbers as a textbook prints them
    divisor : what the taps are divided by
    shows : the display that suits its results: "clip", "signed" or "rescale"
    reason : one sentence, why these numbers
    source : where they were published
    look_for : one sentence, what to look for in the result on a photograph
    offset : what is added to every answer after dividing
    settings : name to value of each parameter that it was built with
    recipe : how it is built at another size
    """

    name: str
    title: str
    group: str
    taps: np.ndarray
    divisor: float
    shows: Literal["clip", "signed", "rescale"]
    reason: str
    source: str
    look_for: str
    offset: float
    settings: Mapping[str, float]
    recipe: Recipe

    def __post_init__(self) -> None:
        object.__setattr__(self, "taps", _frozen(np.array(self.taps, dtype=np.float64)))
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))

    @property
    def weights(self) -> np.ndarray:
        """What each pixel is multiplied by, (kh, kw) float64, read-only: taps over the divisor."""
        return _frozen(self.taps / self.divisor)

    @property
    def size(self) -> Size:
        """(height, width) of the taps."""
        return self.taps.shape

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The numbers that it is built with, besides its size."""
        return self.recipe.parameters

    @property
    def size_rule(self) -> str:
        """Which sizes it can have, in words."""
        return self.recipe.sizes.words

    def at(self, size: Size | None = None, **settings: float) -> ImageKernel:
        """Build this kernel again at another size or with other settings.

        >>> from kernels.catalogue import image_kernel
        >>> image_kernel("sobel-across").at((5, 5)).taps[0].tolist()
        [-1.0, -2.0, 0.0, 2.0, 1.0]
        >>> image_kernel("curve").at((3, 3))
        Traceback (most recent call last):
        ValueError: “Curve detector, 7×7” cannot be 3 × 3; its sizes are: only 7 × 7.

        Parameters
        ----------
        size : (height, width); without it, the size that suits the settings
        settings : parameters by name; those not given stay as they are here
        """
        return self.recipe.build(size, {**self.settings, **settings})


@dataclass(frozen=True)
class Recipe:
    """How a kernel of the catalogue is built: its words, its sizes, and the function for its taps.

    Parameters
    ----------
    name, title, group, shows, reason, source, look_for, offset : as for `ImageKernel`
    make : (size, settings as keywords) -> taps, (taps, divisor); ValueError for what cannot be
    size : the size that is meant without one, or a function that gives it for the settings
    sizes : which there are
    parameters : what `make` takes besides the size
    """

    name: str
    title: str
    group: str
    shows: Literal["clip", "signed", "rescale"]
    make: Callable[..., Built]
    size: Size | Callable[..., Size]
    sizes: Sizes
    reason: str
    look_for: str
    source: str
    parameters: tuple[Parameter, ...] = ()
    offset: float = 0.0

    def build(
        self, size: Size | None = None, settings: Mapping[str, Any] = MappingProxyType({})
    ) -> ImageKernel:
        """Build the kernel; raises ValueError with one sentence for what cannot be."""
        settings = self._settings(settings)
        if size is None:
            size = self.size(**settings) if callable(self.size) else self.size
        size = self._size(size)
        taps, divisor = self.make(size, **settings)
        return ImageKernel(
            self.name,
            self.title,
            self.group,
            taps + 0.0,  # no −0 among the numbers
            divisor,
            self.shows,
            self.reason,
            self.source,
            self.look_for,
            self.offset,
            settings,
            self,
        )

    def _settings(self, given: Mapping[str, Any]) -> dict[str, float]:
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                has = f"it has {', '.join(known)}" if known else "it has none"
                raise ValueError(f"“{self.title}” has no setting {name!r}; {has}.")
        return {
            name: parameter.checked(given.get(name, parameter.default))
            for name, parameter in known.items()
        }

    def _size(self, size: Size) -> Size:
        sides = tuple(size) if isinstance(size, (tuple, list)) else ()
        if len(sides) != 2 or not all(isinstance(side, numbers.Integral) for side in sides):
            raise ValueError(
                f"a size is two whole numbers, (height, width), such as (3, 3), not {size!r}."
            )
        sides = (int(sides[0]), int(sides[1]))
        if not self.sizes.allows(sides):
            raise ValueError(
                f"“{self.title}” cannot be {size_words(sides)}; its sizes are: {self.sizes.words}."
            )
        return sides


def odd_cover(radius: float, largest: int) -> Size:
    """Give the smallest odd square that reaches so far from its middle, up to a largest side.

    >>> odd_cover(2.2, 31)
    (7, 7)
    """
    side = min(2 * math.ceil(radius) + 1, largest)
    return side, side


def _frozen(array: np.ndarray) -> np.ndarray:
    array.setflags(write=False)
    return array
