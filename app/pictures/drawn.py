"""Pictures that are computed, not photographed: each shows one thing about kernels exactly."""

from __future__ import annotations

import numpy as np

from kernels.pictures.images import LUMINANCE

_PAPER, _INK = 236.0, 24.0
_ONE_GREY = 110

# A curve as it was seen: with the curve detector's stroke of 30 on it, its pixels give
# 50·30 + 20·30 + 50·30 + 50·30 + 50·30 = 6600.
_SEEN_CURVE = (
    (0, 0, 0, 0, 0, 0, 30),
    (0, 0, 0, 0, 50, 50, 50),
    (0, 0, 0, 20, 0, 0, 0),
    (0, 0, 0, 50, 0, 0, 0),
    (0, 0, 0, 50, 0, 0, 0),
    (0, 0, 0, 50, 0, 0, 0),
    (0, 0, 0, 0, 0, 0, 0),
)


def shapes() -> np.ndarray:
    """Draw bars at every 15 degrees, discs, rings, a square, a triangle and a stair of greys.

    >>> shapes().shape, int(shapes().min()), int(shapes().max())
    ((400, 600), 0, 255)

    Returns (400, 600) uint8. Straight and round borders are smooth over one pixel, as in a
    photograph; the stair at the bottom is not: 0, 17, 34, … 255.
    """
    page = np.full((400, 600), _PAPER)
    rows, columns = np.mgrid[0:400, 0:600].astype(np.float64)

    def ink(distance: np.ndarray, value: float = _INK) -> None:
        # The distance to a border, negative inside, gives the share of a pixel that is covered.
        share = np.clip(0.5 - distance, 0, 1)
        page[...] = page * (1 - share) + value * share

    for spoke in range(24):  # a star: an edge in each of 24 directions
        angle = np.deg2rad(15 * spoke)
        along = (columns - 140) * np.cos(angle) + (rows - 150) * np.sin(angle)
        across = np.abs((rows - 150) * np.cos(angle) - (columns - 140) * np.sin(angle))
        ink(np.maximum(across - 3, np.maximum(30 - along, along - 115)))
    for row, column, radius, value in [
        (75, 330, 45, 24.0),
        (75, 450, 30, 96.0),
        (75, 535, 18, 160.0),
    ]:
        ink(np.hypot(rows - row, columns - column) - radius, value)
    for radius in (20, 36, 52):  # rings of one width
        ink(np.abs(np.hypot(rows - 220, columns - 340) - radius) - 3)
    ink(np.maximum(np.abs(rows - 195), np.abs(columns - 460)) - 32)
    # An equilateral triangle is what lies on the inner side of three lines.
    aside, below = 0.866 * np.abs(columns - 545), 0.5 * (rows - 180)
    ink(np.maximum(rows - 252, aside - below), 60.0)
    for step in range(16):
        page[320:380, 20 + 35 * step : 55 + 35 * step] = 17 * step
    return np.rint(page).astype(np.uint8)


def stripes() -> np.ndarray:
    """Draw checkerboards of five sizes over stripes that get finer to the right.

    >>> sorted(int(v) for v in np.unique(stripes()[:160]))
    [32, 224]

    Returns (400, 600) uint8. Top: squares of 40, 20, 10, 5 and 2 pixels. Bottom: a sine whose
    period falls from 60 pixels at the left to 3 at the right, stronger towards the bottom.
    """
    page = np.full((400, 600), 128.0)
    rows, columns = np.mgrid[0:160, 0:120]
    for place, side in enumerate((40, 20, 10, 5, 2)):
        odd = (rows // side + columns // side) % 2
        page[:160, 120 * place : 120 * place + 120] = np.where(odd, 32, 224)
    # The phase is the sum of the frequencies passed so far.
    frequency = np.geomspace(1 / 60, 1 / 3, 600)
    contrast = np.linspace(10, 120, 220)[:, None]
    page[180:] = 128 + contrast * np.sin(2 * np.pi * np.cumsum(frequency))
    return np.rint(page).astype(np.uint8)


def waves() -> np.ndarray:
    """Draw slanted waves that leave no pixel like its neighbours, so that no move goes unnoticed.

    >>> waves().shape, int(waves().min()), int(waves().max())
    ((400, 600), 28, 228)

    Returns (400, 600) uint8: a sine with a period of 17 pixels along a row and 23 down a column.
    """
    rows, columns = np.mgrid[0:400, 0:600]
    phase = rows / 23 + columns / 17
    return np.rint(128 + 100 * np.sin(2 * np.pi * phase)).astype(np.uint8)


def checks() -> np.ndarray:
    """Draw a checkerboard of single pixels: each window of 2 × 2 holds the same two of each.

    >>> checks()[:2, :3].tolist()
    [[32, 224, 32], [224, 32, 224]]

    Returns (400, 600) uint8.
    """
    rows, columns = np.mgrid[0:400, 0:600]
    return np.where((rows + columns) % 2, 224, 32).astype(np.uint8)


def two_colours_one_grey() -> np.ndarray:
    """Draw bars, a disc and a diamond in strong colours that all have the same grey.

    >>> from kernels.pictures.images import to_grey
    >>> np.unique(to_grey(two_colours_one_grey())).tolist()
    [110]

    Returns (3, 400, 600) uint8. Borders are hard: a mixture of two colours could round to another
    grey.
    """
    rows, columns = np.mgrid[0:400, 0:600]
    green, red = _of_one_grey(25, 60), _of_one_grey(240, 30)
    blue, purple = _of_one_grey(40, 250), _of_one_grey(190, 200)
    page = np.empty((3, 400, 600), dtype=np.uint8)
    page[:] = green
    bars = (columns < 220) & (columns // 20 % 2 == 1)
    disc = np.hypot(rows - 120, columns - 325) < 70
    diamond = abs(rows - 120) + abs(columns - 500) < 85
    bands = (rows >= 250) & (columns >= 240)
    for region, colour in [
        (bars, red),
        (disc, blue),
        (diamond, purple),
        (bands & (columns < 360), purple),
        (bands & (columns >= 360) & (columns < 480), red),
        (bands & (columns >= 480), blue),
    ]:
        page[:, region] = colour[:, 0]
    return page


def angles() -> np.ndarray:
    """Draw strokes one pixel wide and white patches: rows of one kind, from 3 to 11 pixels.

    >>> angles().shape, np.unique(angles()).tolist()
    ((60, 90), [0, 255])
    >>> angles()[6:9, 7:10].tolist()  # the first drawing: a stroke that rises to the right
    [[0, 0, 255], [0, 255, 0], [255, 0, 0]]

    Returns (60, 90) uint8, white on black. Rows of drawings: strokes that rise to the right,
    strokes that fall, upright bars, flat patches. The detector of rising strokes
    .1 .1 .9 / .1 .9 .1 / .9 .1 .1 gives 2.7 · 255 on the first and 3.3 · 255 on a patch.
    """
    page = np.zeros((60, 90), dtype=np.uint8)
    for place, side in enumerate((3, 5, 7, 9, 11)):
        falling = np.eye(side)
        bar = np.zeros((side, side))
        bar[:, side // 2] = 1
        for line, drawing in enumerate((falling[:, ::-1], falling, bar, np.ones((side, side)))):
            top, left = 15 * line + 7 - side // 2, 18 * place + 8 - side // 2
            page[top : top + side, left : left + side] = 255 * drawing
    return page


def stroke() -> np.ndarray:
    """Draw the curve that the curve detector looks for, once, among others that are not it.

    >>> from kernels import conv2d, image_kernel
    >>> found = conv2d(stroke()[None], image_kernel("curve").weights[None, None])[0]
    >>> float(found.max()), np.argwhere(found == found.max()).tolist()
    (6600.0, [[22, 36]])

    Returns (40, 60) uint8. The others: the curve mirrored and upside down, bars, a slant, a ring
    and dots, none of which lies under enough of the detector's stroke.
    """
    page = np.zeros((40, 60), dtype=np.uint8)
    rows, columns = np.mgrid[0:40, 0:60]
    curve = np.array(_SEEN_CURVE)
    page[22:29, 36:43] = curve
    page[4:11, 5:12] = curve[:, ::-1]
    page[20:27, 8:15] = curve[::-1, ::-1]
    page[4:13, 20] = 50  # an upright bar lies under four of the six cells: 50·30·4 = 6000
    page[33, 5:21] = 50
    slant = np.arange(9)
    page[13 - slant, 27 + slant] = 50
    page[abs(np.hypot(rows - 9, columns - 49) - 5) < 0.5] = 30
    page[[20, 33, 34, 18], [25, 30, 52, 51]] = 120  # a bright dot, one cell: 120·30 = 3600
    return page


def _of_one_grey(red: int, blue: int) -> np.ndarray:
    """The colour with this much red and blue whose grey is `_ONE_GREY`, (3, 1, 1).

    One step of green moves the grey by 0.587, so the nearest green is never 0.5 off.
    """
    weight_red, weight_green, weight_blue = LUMINANCE
    rest = 1000 * _ONE_GREY - weight_red * red - weight_blue * blue
    return np.array([red, round(rest / weight_green), blue], dtype=np.uint8).reshape(3, 1, 1)
