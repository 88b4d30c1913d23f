"""Array-level picture work: grey, four honest ways to show numbers as pixels, shrinking, patches.

Arrays are (H, W) or (C, H, W); sizes are (height, width); pixels run from 0 (black) to 255 (white).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# ITU-R BT.601, section 2.5.1: how bright red, green and blue look, out of 1000.
# The same three numbers are used by JPEG and by most image libraries.
LUMINANCE = (299, 587, 114)

# Rows worked on at once, so that a 40-megapixel picture needs no second copy of itself.
_BLOCK_ROWS = 256


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


def to_grey(rgb: np.ndarray) -> np.ndarray:
    """Give the luminance 0.299 R + 0.587 G + 0.114 B of a picture, in the picture's own gamma.

    The pixel values are weighted as they are stored, without turning them into linear light
    first: this is what image libraries mean by grey, and it is not the physical brightness.

    >>> to_grey(np.array([[[255]], [[0]], [[0]]], dtype=np.uint8))  # pure red
    array([[76]], dtype=uint8)
    >>> to_grey(np.array([[[200]], [[200]], [[200]]], dtype=np.uint8))  # grey stays what it is
    array([[200]], dtype=uint8)
    >>> to_grey(np.full((1, 2, 2), 7, dtype=np.uint8)).shape  # one plane: that plane
    (2, 2)

    Parameters
    ----------
    rgb : (3, H, W) array, planes red, green, blue; or (1, H, W) or (H, W), already grey

    Returns (H, W). uint8 gives uint8, rounded to the nearest (halves up); floats keep their dtype;
    other whole numbers give float64.
    Raises ValueError for any other number of planes.
    Source: ITU-R BT.601.
    """
    rgb = np.asarray(rgb)
    if rgb.ndim == 2:
        return rgb
    if rgb.ndim != 3 or rgb.shape[0] not in (1, 3):
        raise ValueError(
            f"a picture has shape (3, H, W), (1, H, W) or (H, W), not {rgb.shape}; "
            "leave the transparency plane out and put the planes first."
        )
    if rgb.shape[0] == 1:
        return rgb[0]
    if rgb.dtype != np.uint8:
        kind = rgb.dtype if rgb.dtype.kind == "f" else np.float64
        red, green, blue = (plane.astype(kind, copy=False) for plane in rgb)
        weights = [
            kind.type(w / 1000) if isinstance(kind, np.dtype) else w / 1000 for w in LUMINANCE
        ]
        return red * weights[0] + green * weights[1] + blue * weights[2]
    grey = np.empty(rgb.shape[1:], dtype=np.uint8)
    for start in range(0, rgb.shape[1], _BLOCK_ROWS):
        # 1000 times 255 needs more than 8 bits, so the sum is made in 32.
        red, green, blue = rgb[:, start : start + _BLOCK_ROWS].astype(np.uint32)
        total = LUMINANCE[0] * red + LUMINANCE[1] * green + LUMINANCE[2] * blue
        grey[start : start + _BLOCK_ROWS] = (total + 500) // 1000
    return grey


def show_clipped(values: np.ndarray) -> Shown:
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

    Values that round to 0 or 255 are not counted as outside. Raises ValueError for NaN, infinity
    or an empty array.
    """
    values, low, high = _measured(values)
    rounded = np.rint(values)
    outside = int(np.count_nonzero((rounded < 0) | (rounded > 255)))
    pixels = np.clip(rounded, 0, 255, out=rounded).astype(np.uint8)
    if outside:
        sentence = f"Clipped to 0…255: {_share(outside, values)} {_were(outside)} outside."
    else:
        sentence = f"Shown as it is: {_all(values)} in 0…255."
    return Shown(pixels, sentence, low, high)


def show_absolute(values: np.ndarray) -> Shown:
    """Show how far each value is from 0, whichever its sign; above 255 white.

    >>> show_absolute([[-20, 0], [100, -300]]).pixels
    array([[ 20,   0],
           [100, 255]], dtype=uint8)
    >>> show_absolute([[-20, 0], [100, -300]]).sentence
    'Absolute values: 2 of 4 pixels lost a minus sign; 1 of 4 pixels was above 255 and clipped.'

    Parameters
    ----------
    values : as for `show_clipped`
    """
    values, low, high = _measured(values)
    rounded = np.rint(values)
    negative = int(np.count_nonzero(rounded < 0))
    np.abs(rounded, out=rounded)
    above = int(np.count_nonzero(rounded > 255))
    pixels = np.minimum(rounded, 255, out=rounded).astype(np.uint8)
    signs = f"{_share(negative, values)} lost a minus sign" if negative else "no value was negative"
    clipped = (
        f"{_share(above, values)} {_were(above)} above 255 and clipped"
        if above
        else "none was above 255"
    )
    return Shown(pixels, f"Absolute values: {signs}; {clipped}.", low, high)


def show_rescaled(values: np.ndarray) -> Shown:
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
    values : as for `show_clipped`
    """
    values, low, high = _measured(values)
    if low == high:
        return Shown(
            np.full(values.shape, 128, dtype=np.uint8),
            f"Every value is {number(low)}: there is no range to rescale, so all is mid grey 128.",
            low,
            high,
        )
    scaled = values - values.dtype.type(low)
    scaled *= 255
    scaled /= high - low
    pixels = np.rint(scaled, out=scaled).astype(np.uint8)
    return Shown(pixels, f"Rescaled: {number(low)}…{number(high)} became 0…255.", low, high)


def show_signed(values: np.ndarray) -> Shown:
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
    values : as for `show_clipped`
    """
    values, low, high = _measured(values)
    reach = max(abs(low), abs(high))
    if reach == 0:
        return Shown(
            np.full(values.shape, 128, dtype=np.uint8),
            "Signed: every value is 0, shown as mid grey 128.",
            low,
            high,
        )
    scaled = values * values.dtype.type(127 / reach)
    np.rint(scaled, out=scaled)
    scaled += 128
    dark = "is" if low == -reach else "would be"
    light = "is" if high == reach else "would be"
    sentence = (
        f"Signed: 0 is mid grey 128, {number(-reach)} {dark} 1 and {number(reach)} {light} 255."
    )
    return Shown(scaled.astype(np.uint8), sentence, low, high)


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


def shrink_factor(height: int, width: int, max_height: int, max_width: int) -> int:
    """Give the smallest whole number by which a picture must be divided to fit.

    >>> shrink_factor(3000, 4000, 640, 640)
    7
    >>> shrink_factor(300, 451, 640, 640)
    1

    Parameters
    ----------
    height, width, max_height, max_width : pixels, each at least 1
    """
    if min(height, width, max_height, max_width) < 1:
        raise ValueError(
            f"sizes must be at least 1 pixel, not {height}×{width} into {max_height}×{max_width}."
        )
    return max(-(-height // max_height), -(-width // max_width))


def shrink_to(array: np.ndarray, max_height: int, max_width: int) -> np.ndarray:
    """Shrink a picture by a whole factor for display, each new pixel the mean of its area.

    Nothing is skipped, so fine stripes turn grey and not into false patterns. Blocks cut off by the
    bottom or right border are the mean of the pixels they have. A picture that fits is not copied.

    >>> shrink_to(np.array([[0, 100, 20], [100, 200, 40]]), 1, 2)
    array([[100.,  30.]])
    >>> shrink_to(np.zeros((3, 3000, 4000), dtype=np.uint8), 640, 640).shape
    (3, 429, 572)

    Parameters
    ----------
    array : (H, W) or (C, H, W); uint8 gives uint8 (rounded), float32 float32, else float64
    max_height, max_width : the room, in pixels; the factor is `shrink_factor` of them
    """
    array = np.asarray(array)
    height, width = array.shape[-2:]
    factor = shrink_factor(height, width, max_height, max_width)
    if factor == 1:
        return array
    kind = np.float32 if array.dtype in (np.uint8, np.float32) else np.float64
    new_height, new_width = -(-height // factor), -(-width // factor)
    # First the rows of each block are added, then its columns.
    tall = np.zeros((*array.shape[:-2], new_height, width), dtype=kind)
    for offset in range(factor):
        rows = array[..., offset::factor, :]
        tall[..., : rows.shape[-2], :] += rows
    small = np.zeros((*array.shape[:-2], new_height, new_width), dtype=kind)
    for offset in range(factor):
        columns = tall[..., offset::factor]
        small[..., : columns.shape[-1]] += columns
    small /= np.outer(_cells(height, factor), _cells(width, factor)).astype(kind)
    return np.rint(small).astype(np.uint8) if array.dtype == np.uint8 else small


def clamp_patch(
    picture_size: tuple[int, int], row: int, column: int, height: int, width: int
) -> tuple[int, int, int, int]:
    """Move a patch inside the picture, and make it smaller only if the picture is smaller.

    >>> clamp_patch((100, 200), row=-5, column=198, height=8, width=8)
    (0, 192, 8, 8)
    >>> clamp_patch((4, 200), 0, 0, 8, 8)
    (0, 0, 4, 8)

    Parameters
    ----------
    picture_size : (height, width) of the picture
    row, column : the patch's top left pixel
    height, width : the patch's size, at least 1
    """
    height = max(1, min(height, picture_size[0]))
    width = max(1, min(width, picture_size[1]))
    row = max(0, min(row, picture_size[0] - height))
    column = max(0, min(column, picture_size[1] - width))
    return row, column, height, width


def extract_patch(array: np.ndarray, row: int, column: int, height: int, width: int) -> np.ndarray:
    """Cut a patch out of a picture, first moved inside it by `clamp_patch`.

    >>> extract_patch(np.arange(12).reshape(3, 4), row=1, column=9, height=2, width=2)
    array([[ 6,  7],
           [10, 11]])

    Parameters
    ----------
    array : (H, W) or (C, H, W)
    row, column, height, width : as for `clamp_patch`

    Returns a copy, (height, width) or (C, height, width).
    """
    array = np.asarray(array)
    row, column, height, width = clamp_patch(array.shape[-2:], row, column, height, width)
    return array[..., row : row + height, column : column + width].copy()


def _measured(values: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Give the values as floats (float32 stays) with their smallest and largest; refuse NaN."""
    values = np.asarray(values)
    if values.ndim not in (2, 3) or values.size == 0:
        raise ValueError(
            f"a picture has shape (H, W) or (C, H, W) with pixels in it, not {values.shape}."
        )
    if values.dtype != np.float32:
        values = values.astype(np.float64, copy=False)
    low, high = float(values.min()), float(values.max())
    if not (np.isfinite(low) and np.isfinite(high)):
        raise ValueError(
            "the values hold NaN or infinity, which no pixel can show; look at the weights."
        )
    return values, low, high


def _noun(values: np.ndarray) -> str:
    several = values.ndim == 3 and values.shape[0] > 1
    one = values.size == 1
    return ("value" if several else "pixel") + ("" if one else "s")


def _share(count: int, values: np.ndarray) -> str:
    return f"{count:,} of {values.size:,} {_noun(values)}"


def _all(values: np.ndarray) -> str:
    return (
        f"the only {_noun(values)} lies"
        if values.size == 1
        else f"all {values.size:,} {_noun(values)} lie"
    )


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _cells(length: int, factor: int) -> np.ndarray:
    """Count the pixels of each block along one side; only the last can have fewer."""
    return np.minimum(factor, length - np.arange(0, length, factor))
