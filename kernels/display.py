"""The four honest ways to show numbers as pixels: clipped, absolute, rescaled, signed.

Each gives the pixels and one sentence that says what it did with the range. Arrays are (H, W) or
(C, H, W); pixels run from 0 (black) to 255 (white).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np


class Measured(NamedTuple):
    """What a display must know of all values before it can show some of them.

    >>> Measured.of([[-20, 0], [100, 300]])
    Measured(low=-20.0, high=300.0, below=1, above=1, far_below=0, count=4, planes=1)

    Parameters
    ----------
    low, high : the smallest and the largest value
    below, above, far_below : how many values round to less than 0, more than 255, less than −255
    count, planes : how many values there are, in how many planes
    """

    low: float
    high: float
    below: int
    above: int
    far_below: int
    count: int
    planes: int

    @classmethod
    def of(cls, values: np.ndarray) -> Measured:
        """Measure (H, W) or (C, H, W) finite numbers; raises ValueError for NaN or no numbers."""
        values = _as_floats(values)
        low, high = float(values.min()), float(values.max())
        if not (np.isfinite(low) and np.isfinite(high)):
            raise ValueError(
                "the values hold NaN or infinity, which no pixel can show; look at the weights."
            )
        # Halves are rounded to the even neighbour: −0.5 to 0, 255.5 to 256.
        return cls(
            low,
            high,
            int(np.count_nonzero(values < -0.5)) if low < -0.5 else 0,
            int(np.count_nonzero(values >= 255.5)) if high >= 255.5 else 0,
            int(np.count_nonzero(values <= -255.5)) if low <= -255.5 else 0,
            values.size,
            values.shape[0] if values.ndim == 3 else 1,
        )

    def joined(self, other: Measured) -> Measured:
        """Give the measure of these values and others of the same planes together.

        >>> Measured.of([[0, 1]]).joined(Measured.of([[-2, 0]])).low
        -2.0
        """
        return Measured(
            min(self.low, other.low),
            max(self.high, other.high),
            self.below + other.below,
            self.above + other.above,
            self.far_below + other.far_below,
            self.count + other.count,
            self.planes,
        )

    def share(self, part: int) -> str:
        """Say how many of all values, for a sentence."""
        return f"{part:,} of {self.count:,} {self.noun}"

    @property
    def noun(self) -> str:
        """A value is a pixel as long as there is one plane."""
        return ("value" if self.planes > 1 else "pixel") + ("" if self.count == 1 else "s")


class Shown(NamedTuple):
    """Numbers made visible: the pixels, and a sentence that says what happened to the range.

    >>> shown = show_clipped([[-20, 0], [100, 300]])
    >>> shown.low, shown.high
    (-20.0, 300.0)

    Parameters
    ----------
    pixels : uint8 array of the shape that was given
    sentence : what was done with the range, with its numbers
    low, high : the smallest and largest value that was given, before anything was done
    """

    pixels: np.ndarray
    sentence: str
    low: float
    high: float


def show_clipped(values: np.ndarray, measured: Measured | None = None) -> Shown:
    """Show values as they are: rounded, below 0 black, above 255 white.

    >>> show_clipped([[0, 127.6], [254, 255]]).pixels
    array([[  0, 128],
           [254, 255]], dtype=uint8)
    >>> show_clipped([[0, 127.6], [254, 255]]).sentence
    'Shown as it is: all 4 pixels lie in 0…255.'
    >>> show_clipped([[-20, 0], [100, 300]]).sentence
    'Clipped to 0…255: 2 of 4 pixels were outside.'

    Parameters
    ----------
    values : (H, W) or (C, H, W) finite numbers; with more than one plane the sentence counts values
    measured : what `values` are a part of, if they are; range and sentence are then the whole's

    Values that round to 0 or 255 are not counted as outside. Raises ValueError for NaN, infinity
    or an empty array.
    """
    values, measured = _with_measure(values, measured)
    rounded = np.rint(values)
    pixels = np.clip(rounded, 0, 255, out=rounded).astype(np.uint8)
    outside = measured.below + measured.above
    if outside:
        sentence = f"Clipped to 0…255: {measured.share(outside)} {_were(outside)} outside."
    elif measured.count == 1:
        sentence = f"Shown as it is: the only {measured.noun} lies in 0…255."
    else:
        sentence = f"Shown as it is: all {measured.count:,} {measured.noun} lie in 0…255."
    return Shown(pixels, sentence, measured.low, measured.high)


def show_absolute(values: np.ndarray, measured: Measured | None = None) -> Shown:
    """Show how far each value is from 0, whichever its sign; above 255 white.

    >>> show_absolute([[-20, 0], [100, -300]]).pixels
    array([[ 20,   0],
           [100, 255]], dtype=uint8)
    >>> show_absolute([[-20, 0], [100, -300]]).sentence
    'Absolute values: 2 of 4 pixels lost a minus sign; 1 of 4 pixels was above 255 and clipped.'

    Parameters
    ----------
    values, measured : as for `show_clipped`
    """
    values, measured = _with_measure(values, measured)
    distance = np.rint(values)
    np.abs(distance, out=distance)
    pixels = np.minimum(distance, 255, out=distance).astype(np.uint8)
    signs, clipped = "no value was negative", "none was above 255"
    if measured.below:
        signs = f"{measured.share(measured.below)} lost a minus sign"
    if far := measured.above + measured.far_below:
        clipped = f"{measured.share(far)} {_were(far)} above 255 and clipped"
    sentence = f"Absolute values: {signs}; {clipped}."
    return Shown(pixels, sentence, measured.low, measured.high)


def show_rescaled(values: np.ndarray, measured: Measured | None = None) -> Shown:
    """Stretch the values so that the smallest is black and the largest white.

    >>> show_rescaled([[-100, 0], [50, 100]]).pixels
    array([[  0, 128],
           [191, 255]], dtype=uint8)
    >>> show_rescaled([[-100, 0], [50, 100]]).sentence
    'Rescaled: −100…100 became 0…255.'
    >>> show_rescaled([[7, 7]]).sentence
    'Every value is 7: there is no range to rescale, so all is mid grey 128.'

    Parameters
    ----------
    values, measured : as for `show_clipped`
    """
    values, measured = _with_measure(values, measured)
    low, high = measured.low, measured.high
    if low == high:
        sentence = (
            f"Every value is {number(low)}: there is no range to rescale, so all is mid grey 128."
        )
        return Shown(np.full(values.shape, 128, dtype=np.uint8), sentence, low, high)
    scaled = values - values.dtype.type(low)
    scaled *= 255
    scaled /= high - low
    pixels = np.rint(scaled, out=scaled).astype(np.uint8)
    return Shown(pixels, f"Rescaled: {number(low)}…{number(high)} became 0…255.", low, high)


def show_signed(values: np.ndarray, measured: Measured | None = None) -> Shown:
    """Show the sign: 0 is mid grey 128, the farther below darker, the farther above lighter.

    The range is symmetric, so that equal steps up and down look equal: the value farthest from 0
    becomes 1 or 255.

    >>> show_signed([[-50, 0], [25, 100]]).pixels
    array([[ 64, 128],
           [160, 255]], dtype=uint8)
    >>> show_signed([[-50, 0], [25, 100]]).sentence
    'Signed: 0 is mid grey 128, −100 would be 1 and 100 is 255.'

    Parameters
    ----------
    values, measured : as for `show_clipped`
    """
    values, measured = _with_measure(values, measured)
    low, high = measured.low, measured.high
    reach = max(abs(low), abs(high))
    if reach == 0:
        sentence = "Signed: every value is 0, shown as mid grey 128."
        return Shown(np.full(values.shape, 128, dtype=np.uint8), sentence, low, high)
    scaled = values * values.dtype.type(127 / reach)
    np.rint(scaled, out=scaled)
    scaled += 128
    dark = "is" if low == -reach else "would be"
    light = "is" if high == reach else "would be"
    sentence = (
        f"Signed: 0 is mid grey 128, {number(-reach)} {dark} 1 and {number(reach)} {light} 255."
    )
    return Shown(scaled.astype(np.uint8), sentence, low, high)


#: The four displays by the name that controls and links use.
DISPLAYS: Mapping[str, Callable[..., Shown]] = MappingProxyType(
    {
        "clip": show_clipped,
        "absolute": show_absolute,
        "rescale": show_rescaled,
        "signed": show_signed,
    }
)


def number(value: float) -> str:
    """Write a value for a sentence: thousands apart, a true minus, at most two decimals.

    >>> number(-1234.5), number(255.0), number(0.004)
    ('−1,234.5', '255', '0.004')
    """
    if value != 0 and abs(value) < 0.01:
        text = f"{value:.2g}"
    else:
        text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.replace("-", "−")


def _as_floats(values: np.ndarray) -> np.ndarray:
    """Give the values as floats; float32 stays."""
    values = np.asarray(values)
    if values.ndim not in (2, 3) or values.size == 0:
        raise ValueError(
            f"a picture has shape (H, W) or (C, H, W) with pixels in it, not {values.shape}."
        )
    return values if values.dtype == np.float32 else values.astype(np.float64, copy=False)


def _with_measure(values: np.ndarray, measured: Measured | None) -> tuple[np.ndarray, Measured]:
    return _as_floats(values), measured or Measured.of(values)


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
