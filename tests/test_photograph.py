"""A whole photograph through one kernel: kernels/photograph.py."""

import numpy as np
import pytest

from kernels import photograph
from kernels.catalogue import CATALOGUE, image_kernel
from kernels.conv import conv2d
from kernels.display import DISPLAYS
from kernels.errors import ShapeError
from kernels.images import shrink_to
from kernels.photograph import filter_photograph
from kernels.spec import ConvSpec

PHOTO = np.random.default_rng(5).integers(0, 256, (3, 61, 47), dtype=np.uint8)


def plainly(planes, weights, spec, display, room):
    """The same in one piece: filter everything, show everything, shrink everything."""
    each = [
        conv2d(
            plane[None].astype(np.float32),
            weights[None, None].astype(np.float32),
            None,
            spec.stride,
            spec.padding,
            padding_mode=spec.padding_mode,
            padding_value=spec.padding_value,
        )[0]
        for plane in planes
    ]
    shown = DISPLAYS[display](np.stack(each))
    return shrink_to(shown.pixels, room, room), shown


@pytest.mark.parametrize("display", DISPLAYS)
@pytest.mark.parametrize("name", ["gaussian", "edge-8", "curve"])
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"padding": "same"},
        {"padding": "full", "stride": 2},
        {"padding": 2, "padding_mode": "reflect", "stride": (3, 1)},
        {"padding": ((1, 2), (0, 3)), "padding_mode": "constant", "padding_value": 255},
    ],
)
def test_bands_give_the_same_picture_as_one_piece(name, display, settings, monkeypatch):
    kernel = image_kernel(name)
    spec = ConvSpec(1, 1, kernel.weights.shape, bias=False, **settings)
    for planes in (PHOTO, PHOTO[:1]):
        expected, whole = plainly(planes, kernel.weights, spec, display, 20)
        for band, kept in [(2_000_000, 10**9), (300, 10**9), (300, 0)]:
            monkeypatch.setattr(photograph, "_BAND_CELLS", band)
            monkeypatch.setattr(photograph, "_KEPT_CELLS", kept)
            filtered = filter_photograph(planes, kernel.weights, spec, display, 20, 20)
            np.testing.assert_array_equal(filtered.pixels, expected)
            assert (filtered.sentence, filtered.low, filtered.high) == whole[1:]
            assert filtered.size == spec.output_size(PHOTO.shape[1:])


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_kernel_of_the_catalogue_can_be_shown(name):
    kernel = image_kernel(name)
    spec = ConvSpec(1, 1, kernel.weights.shape, padding="same", bias=False)
    filtered = filter_photograph(PHOTO, kernel.weights, spec, kernel.shows, 640, 640)
    assert filtered.pixels.shape == PHOTO.shape
    assert filtered.factor == 1


def test_the_identity_shows_the_photograph_itself():
    spec = ConvSpec(1, 1, (3, 3), padding="same", bias=False)
    filtered = filter_photograph(PHOTO, image_kernel("identity").weights, spec, "clip", 640, 640)
    np.testing.assert_array_equal(filtered.pixels, PHOTO)


def test_what_cannot_be_is_refused():
    with pytest.raises(ShapeError, match="does not fit"):
        filter_photograph(PHOTO[:, :2], np.ones((3, 3)), ConvSpec(1, 1, (3, 3)), "clip", 9, 9)
    with pytest.raises(ValueError, match="use clip, absolute, rescale, signed"):
        filter_photograph(PHOTO, np.ones((1, 1)), ConvSpec(1, 1, (1, 1)), "loud", 9, 9)
