"""Pixels to PNG and back, with Pillow as the reader."""

import numpy as np
import pytest

from app.pictures.png import png_of
from app.pictures.uploads import read_picture


@pytest.mark.parametrize("shape", [(1, 1, 1), (3, 1, 1), (1, 7, 300), (3, 41, 5), (1, 5, 1)])
def test_every_pixel_comes_back(shape):
    pixels = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    picture = read_picture(png_of(pixels))
    np.testing.assert_array_equal(picture.pixels, pixels)
    assert picture.notes == ()


def test_a_calm_picture_packs_small():
    rows, _ = np.mgrid[0:400, 0:600]
    assert len(png_of((rows // 2).astype(np.uint8)[None])) < 5_000
