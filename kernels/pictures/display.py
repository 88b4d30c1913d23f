"""The honest ways to show numbers as pixels: clipped, absolute, rescaled, signed, in colours.

Each gives the pixels and one sentence that says what it did with the range. Arrays are (H, W) or
(C, H, W); pixels run from 0 (black) to 255 (white).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

# The ends of the signed scale: orange above zero, violet below, as on the numbers of the stage.
# The orange is lighter than mid grey and the violet darker, so that lightness alone tells the
# sign to an eye that does not tell the hues, and on a print.
POSITIVE = (255, 176, 92)
NEGATIVE = (78, 52, 168)
_MID_GREY = 128


class Measured(NamedTuple):
    """What a display must know of all values before it can show some of them.

    >>> Measured.of([[-20, 0], [100, 300]])
    Measured(low=-20.0, high=300.0, below=1, above=1, far_below=0, count=4, planes=1,
             limit=None, beyond=0)

    Parameters
    ----------
    low, high : the smallest and the largest value
    below, above, far_below : how many values round to less than 0, more than 255, less than −255
    count, planes : how many values there are, in how many planes
    limit : where a signed display ends, on both sides of 0; None for the value farthest from 0
    beyond : how many values are farther from 0 than the limit
    """

    low: float
    high: float
    below: int
    above: int
    far_below: int
    count: int  # type: ignore[assignment]  # hides the tuple's own, of no use here
    planes: int
    limit: float | None = None
    beyond: int = 0

    @classmethod
    def of(cls, values: np.ndarray, limit: float | None = None) -> Measured:
        """Measure (H, W) or (C, H, W) finite numbers; raises ValueError for NaN or no numbers.

        A limit, such as `usual_reach` gives, keeps a few extreme values from making all others
        look alike; parts of one picture take the same.
        """
        if limit is not None and not 0 < limit < np.inf:
            raise ValueError(f"a limit is a number above 0, not {limit}; leave it out for none.")
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
            limit,
            _count_beyond(values, low, high, limit),
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
            self.limit,
            self.beyond + other.beyond,
        )

    @property
    def reach(self) -> float:
        """How far from 0 a signed display goes, on both sides."""
        farthest = max(abs(self.low), abs(self.high))
        return farthest if self.limit is None else min(farthest, self.limit)

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
    pixels : uint8 array of the shape that was given; (3, H, W) from `show_colours`
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
    becomes 1 or 255, or the limit does if there is one.

    >>> show_signed([[-50, 0], [25, 100]]).pixels
    array([[ 64, 128],
           [160, 255]], dtype=uint8)
    >>> show_signed([[-50, 0], [25, 100]]).sentence
    'Signed: 0 is mid grey 128, −100 would be 1 and 100 is 255.'
    >>> values = np.array([[-50, 0], [25, 9000]])
    >>> show_signed(values, Measured.of(values, limit=50)).sentence
    'Signed: 0 is mid grey 128, −50 is 1 and 50 is 255; 1 of 4 pixels lies beyond.'

    Parameters
    ----------
    values, measured : as for `show_clipped`
    """
    values, measured = _with_measure(values, measured)
    low, high = measured.low, measured.high
    reach = measured.reach
    if reach == 0:
        sentence = "Signed: every value is 0, shown as mid grey 128."
        return Shown(np.full(values.shape, _MID_GREY, dtype=np.uint8), sentence, low, high)
    scaled = _share_of_reach(values, measured)
    scaled *= 127
    np.rint(scaled, out=scaled)
    scaled += _MID_GREY
    ends = _ends(measured, "1", "255")
    sentence = f"Signed: 0 is mid grey 128, {ends}."
    return Shown(scaled.astype(np.uint8), sentence, low, high)


def show_colours(values: np.ndarray, measured: Measured | None = None) -> Shown:
    """Show one plane's signs in colours: 0 is mid grey, below it violet, above it orange.

    >>> shown = show_colours([[-100, 0, 100]])
    >>> shown.pixels.shape, shown.pixels[:, 0, 2].tolist()
    ((3, 1, 3), [255, 176, 92])
    >>> shown.sentence
    'Signed colours: 0 is mid grey, −100 is violet and 100 is orange.'

    Parameters
    ----------
    values : (H, W) or (1, H, W); more planes raise ValueError, as their own colours would be lost
    measured : as for `show_clipped`

    The pixels are (3, H, W): red, green, blue.
    """
    values, measured = _with_measure(values, measured)
    if values.ndim == 3:
        if len(values) != 1:
            raise ValueError(
                f"signed colours can show one plane, not {len(values)}; filter the picture in "
                "grey, or show the result as signed greys."
            )
        values = values[0]
    low, high = measured.low, measured.high
    pixels = np.full((3, *values.shape), _MID_GREY, dtype=np.uint8)
    if measured.reach == 0:
        return Shown(pixels, "Signed colours: every value is 0, shown as mid grey.", low, high)
    share = _share_of_reach(values, measured)
    above, below = np.maximum(share, 0), np.maximum(-share, 0)
    for plane, positive, negative in zip(pixels, POSITIVE, NEGATIVE, strict=True):
        mixed = _MID_GREY + (positive - _MID_GREY) * above + (negative - _MID_GREY) * below
        plane[:] = np.rint(mixed)
    sentence = f"Signed colours: 0 is mid grey, {_ends(measured, 'violet', 'orange')}."
    return Shown(pixels, sentence, low, high)


def usual_reach(values: np.ndarray, percent: float = 99.5) -> float | None:
    """Give the distance from 0 that so many percent of the values keep within, as a limit.

    >>> usual_reach([[-50, 0, 25, 9000]], percent=67)
    50.0
    >>> usual_reach([[0, 0, 0, 7]], percent=67) is None  # nearly all are 0: no limit is of use
    True

    Parameters
    ----------
    values : finite numbers, any shape
    percent : from above 0 to 100
    """
    distance = np.abs(np.asarray(values, dtype=np.float64))
    # A value that occurs, not one between two: the sentence names it.
    reach = float(np.percentile(distance, percent, method="inverted_cdf"))
    return reach or None


#: The displays by the name that controls and links use. Only "colours" changes the shape: it
#: takes one plane and gives three.
DISPLAYS: Mapping[str, Callable[..., Shown]] = MappingProxyType(
    {
        "clip": show_clipped,
        "absolute": show_absolute,
        "rescale": show_rescaled,
        "signed": show_signed,
        "colours": show_colours,
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


def _count_beyond(values: np.ndarray, low: float, high: float, limit: float | None) -> int:
    if limit is None or max(-low, high) <= limit:
        return 0
    return int(np.count_nonzero(values > limit) + np.count_nonzero(values < -limit))


def _share_of_reach(values: np.ndarray, measured: Measured) -> np.ndarray:
    """The values from −1 to 1, in an array of their own."""
    share = values * values.dtype.type(1 / measured.reach)
    return np.clip(share, -1, 1, out=share) if measured.beyond else share


def _ends(measured: Measured, dark: str, light: str) -> str:
    """Say what the two ends of a signed display stand for, and what lies beyond them."""
    reach = measured.reach
    low = "is" if measured.low <= -reach else "would be"
    high = "is" if measured.high >= reach else "would be"
    text = f"{number(-reach)} {low} {dark} and {number(reach)} {high} {light}"
    if measured.beyond:
        verb = "lies" if measured.beyond == 1 else "lie"
        text += f"; {measured.share(measured.beyond)} {verb} beyond"
    return text


def _were(count: int) -> str:
    return "was" if count == 1 else "were"
