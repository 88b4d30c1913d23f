"""The drawn samples that promise numbers: what the kernels that they are made for find in them."""

import numpy as np
import pytest

from app.pictures.drawn import angles, stroke, two_colours_one_grey
from kernels import conv2d, image_kernel

RISING = np.array([[0.1, 0.1, 0.9], [0.1, 0.9, 0.1], [0.9, 0.1, 0.1]])
MATCH = 0.9 + 0.9 + 0.9
OTHER = 0.1 + 0.9 + 0.1
FLAT = 3 * 0.9 + 6 * 0.1
# Window corners on the first drawing of each row of `angles`: 3 pixels wide, 15 rows apart.
FIRST = {"rising": (6, 7), "falling": (21, 7), "bar": (36, 7), "patch": (51, 7)}


def answers(pixels: np.ndarray, taps: np.ndarray) -> np.ndarray:
    return conv2d(pixels[None], taps[None, None])[0]


# --- two colours, one grey ---


def test_every_colour_weighs_the_same_grey():
    red, green, blue = two_colours_one_grey().astype(int)
    grey = 0.299 * red + 0.587 * green + 0.114 * blue
    assert np.unique(np.rint(grey)).tolist() == [110]
    assert len(np.unique(two_colours_one_grey().reshape(3, -1), axis=1).T) == 4


def borders(pixels: np.ndarray) -> np.ndarray:
    """Where a pixel's colour is not that of the next to the right, (H, W − 1)."""
    return (np.diff(pixels.astype(int), axis=2) != 0).any(axis=0)


def test_every_border_between_two_colours_is_strong_in_a_plane_and_in_their_sum():
    pixels = two_colours_one_grey()
    for turned in (pixels, np.swapaxes(pixels, 1, 2)):
        steps = np.diff(turned.astype(int), axis=2)[:, borders(turned)]
        assert steps.shape[1] > 500
        assert abs(steps).max(axis=0).min() >= 90
        assert abs(steps.sum(axis=0)).min() >= 70


def test_an_edge_kernel_sees_nothing_on_the_grey_and_the_bars_on_red():
    pixels = two_colours_one_grey()
    grey = np.rint(np.tensordot([0.299, 0.587, 0.114], pixels.astype(float), 1))
    across = image_kernel("sobel-across").weights
    assert not answers(grey, across).any()
    at_bars = answers(pixels[0], across)[100, 18:20]  # the windows on the border at column 20
    assert at_bars.tolist() == [4 * (240 - 25)] * 2


# --- angles and a white patch ---


def test_a_flat_patch_beats_the_stroke_that_the_plain_detector_looks_for():
    found = answers(angles(), RISING) / 255
    scores = {name: found[corner] for name, corner in FIRST.items()}
    expected = {"rising": MATCH, "falling": OTHER, "bar": OTHER, "patch": FLAT}
    assert scores == pytest.approx(expected)
    assert found.max() == pytest.approx(FLAT)


def test_with_zero_mean_the_stroke_wins_and_the_patch_gives_nothing():
    found = answers(angles(), RISING - RISING.mean()) / 255
    assert found[FIRST["rising"]] == pytest.approx(MATCH - 3 * FLAT / 9)
    assert found[FIRST["patch"]] == pytest.approx(0)
    best = np.argwhere(np.isclose(found, found.max()))
    assert found.max() == pytest.approx(1.6)
    assert best[:, 0].max() < 15  # nowhere but in the row of rising strokes


def test_strokes_are_one_pixel_wide():
    on = angles() > 0
    assert on[:45].sum() == 3 * (3 + 5 + 7 + 9 + 11)
    assert on[45:].sum() == 3**2 + 5**2 + 7**2 + 9**2 + 11**2


# --- a curve to find ---


def test_the_curve_gives_6600_at_one_place_and_everything_else_less():
    found = answers(stroke(), image_kernel("curve").taps)
    assert found[22, 36] == 50 * 30 + 20 * 30 + 50 * 30 * 3 == 6600
    assert np.sort(found, axis=None)[-2] == 6000


def test_padding_does_not_bring_a_better_place():
    around = np.pad(stroke(), 6)
    assert answers(around, image_kernel("curve").taps).max() == 6600
