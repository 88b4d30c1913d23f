"""Two pictures that are computed, not photographed: edges of every direction, stripes."""

from __future__ import annotations

import numpy as np

_PAPER, _INK = 236.0, 24.0


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
