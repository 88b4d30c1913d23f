"""A whole photograph through one kernel: kernels/pictures/photograph.py."""

import numpy as np
import pytest

from kernels.catalogue import CATALOGUE, image_kernel
from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec
from kernels.ops.functional import conv2d
from kernels.pictures import photograph
from kernels.pictures.display import DISPLAYS
from kernels.pictures.images import shrink_to
from kernels.pictures.photograph import filter_photograph, photograph_answer, whole_answer

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
    for planes in (PHOTO[:1],) if display == "colours" else (PHOTO, PHOTO[:1]):
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


def test_a_few_extreme_values_do_not_make_a_signed_picture_flat():
    picture = np.full((1, 60, 80), 100, dtype=np.uint8)
    picture[0, :, 40:] = 110
    picture[0, 5, 5] = 255
    across = image_kernel("difference-across").weights
    spec = ConvSpec(1, 1, (1, 2), bias=False)
    flat = filter_photograph(picture, across, spec, "signed", 99, 99)
    clear = filter_photograph(picture, across, spec, "signed", 99, 99, percent=99.5)
    edge = (0, 30, 39)
    assert abs(int(flat.pixels[edge]) - 128) < 10
    assert clear.pixels[edge] == 255
    assert clear.pixels[0, 5, 4:6].tolist() == [255, 1]
    assert (clear.low, clear.high) == (-155, 155)
    assert "2 of 4,740 pixels" in clear.sentence


def test_signed_colours_of_several_planes_are_refused():
    with pytest.raises(ValueError, match="can show one plane, not 3"):
        filter_photograph(PHOTO, np.ones((1, 1)), ConvSpec(1, 1, (1, 1)), "colours", 9, 9)


def test_what_cannot_be_is_refused():
    with pytest.raises(ShapeError, match="does not fit"):
        filter_photograph(PHOTO[:, :2], np.ones((3, 3)), ConvSpec(1, 1, (3, 3)), "clip", 9, 9)
    with pytest.raises(ValueError, match="use clip, absolute, rescale, signed"):
        filter_photograph(PHOTO, np.ones((1, 1)), ConvSpec(1, 1, (1, 1)), "loud", 9, 9)


def test_slices_for_each_plane_are_summed_to_one_map():
    slices = np.random.default_rng(3).integers(-4, 5, (3, 3, 2)).astype(float)
    spec = ConvSpec(1, 1, (3, 2), padding=1, bias=False)
    expected = conv2d(PHOTO.astype(float), slices[None], padding=1) + 10
    np.testing.assert_allclose(whole_answer(PHOTO, slices, spec, 10.0), expected)


def test_as_many_slices_as_planes_are_asked_for():
    with pytest.raises(ShapeError, match="2 slices but the picture has 3 planes"):
        whole_answer(PHOTO, np.ones((2, 3, 3)), ConvSpec(1, 1, (3, 3)))


def test_an_offset_is_added_once_to_every_answer():
    spec = ConvSpec(1, 1, (3, 3), bias=False)
    box = image_kernel("box").weights
    without = whole_answer(PHOTO, box, spec)
    np.testing.assert_allclose(whole_answer(PHOTO, box, spec, 7.5), without + 7.5, rtol=1e-6)


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular", "constant"])
@pytest.mark.parametrize("summed", [False, True])
def test_one_cell_and_its_window_are_those_of_the_whole_answer(mode, summed):
    rng = np.random.default_rng(11)
    value = 9 if mode == "constant" else 0
    spec = ConvSpec(1, 1, (5, 4), (2, 3), ((4, 2), (3, 1)), (1, 2), bias=False, padding_mode=mode,
                    padding_value=value)  # fmt: skip
    weights = rng.integers(-3, 4, (3, 5, 4) if summed else (5, 4)).astype(float)
    expected = whole_answer(PHOTO, weights, spec, 4.0)
    numpy_mode = {"reflect": "reflect", "replicate": "edge", "circular": "wrap"}.get(mode)
    extra = {"mode": numpy_mode} if numpy_mode else {"constant_values": value}
    padded = np.pad(PHOTO, ((0, 0), (4, 2), (3, 1)), **extra)
    rows, columns = expected.shape[1:]
    for row, column in [(0, 0), (rows - 1, columns - 1), (0, columns - 1), (rows // 2, 3)]:
        answer = photograph_answer(PHOTO, weights, spec, 4.0, (row, column))
        top, left = 2 * row, 3 * column
        np.testing.assert_array_equal(answer.window, padded[:, top : top + 5, left : left + 7 : 2])
        np.testing.assert_allclose(answer.values, expected[:, row, column], atol=1e-3)
