"""Array-level picture work: grey, shrinking for display, patches.

Arrays are (H, W) or (C, H, W); sizes are (height, width); pixels run from 0 (black) to 255 (white).
"""

from __future__ import annotations

import numpy as np

# ITU-R BT.601, section 2.5.1: how bright red, green and blue look, out of 1000.
# The same three numbers are used by JPEG and by most image libraries.
LUMINANCE = (299, 587, 114)

# Rows worked on at once, so that a 40-megapixel picture needs no second copy of itself.
_BLOCK_ROWS = 256


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
    """Shrink a picture until it fits, by the whole number that `shrink_factor` gives.

    >>> shrink_to(np.zeros((3, 3000, 4000), dtype=np.uint8), 640, 640).shape
    (3, 429, 572)

    Parameters
    ----------
    array : as for `shrink_by`; a picture that fits is not copied
    max_height, max_width : the room, in pixels
    """
    array = np.asarray(array)
    height, width = array.shape[-2:]
    return shrink_by(array, shrink_factor(height, width, max_height, max_width))


def shrink_by(array: np.ndarray, factor: int) -> np.ndarray:
    """Shrink a picture by a whole factor, each new pixel the mean of the square that it covers.

    Nothing is skipped, so fine stripes turn grey and not into false patterns. Squares cut off by
    the bottom or right border are the mean of the pixels they have.

    >>> shrink_by(np.array([[0, 100, 20], [100, 200, 40]]), 2)
    array([[100.,  30.]])

    Parameters
    ----------
    array : (H, W) or (C, H, W); uint8 gives uint8 (rounded), float32 float32, else float64
    factor : pixels on a side of the square; 1 gives the array itself
    """
    array = np.asarray(array)
    if factor == 1:
        return array
    height, width = array.shape[-2:]
    kind = np.float32 if array.dtype in (np.uint8, np.float32) else np.float64
    new_height, new_width = -(-height // factor), -(-width // factor)
    # First the rows of each square are added, then its columns.
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


def _cells(length: int, factor: int) -> np.ndarray:
    """Count the pixels of each block along one side; only the last can have fewer."""
    return np.minimum(factor, length - np.arange(0, length, factor))
