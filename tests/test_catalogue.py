"""The named image kernels: each one does what its name says. Oracle: scipy.signal."""

import re

import numpy as np
import pytest
from scipy.signal import correlate2d

from kernels.catalogue import CATALOGUE, image_kernel


def answer(name, picture):
    """Every place where the kernel lies fully on the picture."""
    return correlate2d(np.asarray(picture, dtype=float), image_kernel(name).weights, mode="valid")


def rows(text):
    return [[float(number) for number in row.split()] for row in text.split("/")]


FLAT = np.full((9, 9), 100.0)
UPRIGHT = np.repeat(
    [[0.0] * 4 + [10.0] * 5], 9, axis=0
)  # gets brighter to the right between columns 3 and 4
LEVEL = UPRIGHT.T
SLANTED = np.tril(np.full((9, 9), 10.0))
RAMP = np.add.outer(3.0 * np.arange(9), 2.0 * np.arange(9))  # 3 more per row, 2 more per column
PHOTO = np.random.default_rng(3).uniform(0, 255, (64, 64))


@pytest.mark.parametrize(
    ("name", "taps", "divisor"),
    [
        ("identity", "0 0 0/0 1 0/0 0 0", 1),
        ("box", "1 1 1/1 1 1/1 1 1", 9),
        ("gaussian", "1 2 1/2 4 2/1 2 1", 16),
        ("sharpen", "0 -1 0/-1 5 -1/0 -1 0", 1),
        ("edge-mixed", "1 0 -1/0 0 0/-1 0 1", 1),
        ("edge-4", "0 1 0/1 -4 1/0 1 0", 1),
        ("edge-8", "-1 -1 -1/-1 8 -1/-1 -1 -1", 1),
        ("sobel-across", "-1 0 1/-2 0 2/-1 0 1", 1),
        ("sobel-down", "-1 -2 -1/0 0 0/1 2 1", 1),
        ("prewitt-across", "-1 0 1/-1 0 1/-1 0 1", 1),
        ("prewitt-down", "-1 -1 -1/0 0 0/1 1 1", 1),
        ("emboss", "-2 -1 0/-1 1 1/0 1 2", 1),
        ("corner", "-4 5 5/-4 5 5/-4 -4 -4", 1),
        (
            "curve",
            "0 0 0 0 0 30 0/0 0 0 0 30 0 0" + "/0 0 0 30 0 0 0" * 4 + "/0 0 0 0 0 0 0",
            1,
        ),
    ],
)
def test_built_from_its_meaning_it_has_the_numbers_of_the_textbook(name, taps, divisor):
    kernel = image_kernel(name)
    np.testing.assert_allclose(kernel.taps, rows(taps), atol=1e-12)
    assert kernel.divisor == divisor
    np.testing.assert_allclose(kernel.weights, np.array(rows(taps)) / divisor, atol=1e-12)


def test_identity_leaves_every_pixel():
    np.testing.assert_array_equal(answer("identity", PHOTO), PHOTO[1:-1, 1:-1])


@pytest.mark.parametrize("name", ["box", "gaussian"])
def test_a_blur_keeps_the_mean_and_calms_the_noise(name):
    round_the_corner = np.pad(PHOTO, 1, mode="wrap")
    blurred = answer(name, round_the_corner)
    assert blurred.mean() == pytest.approx(PHOTO.mean())
    assert blurred.std() < 0.5 * PHOTO.std()
    assert blurred.min() >= PHOTO.min()
    assert blurred.max() <= PHOTO.max()


@pytest.mark.parametrize("name", ["identity", "box", "gaussian", "sharpen", "emboss"])
def test_weights_that_sum_to_one_keep_a_flat_area(name):
    np.testing.assert_allclose(answer(name, FLAT), 100)


@pytest.mark.parametrize(
    "name", [name for name, kernel in CATALOGUE.items() if kernel.shows == "signed"]
)
def test_what_is_shown_signed_answers_zero_on_a_flat_area(name):
    np.testing.assert_allclose(answer(name, FLAT), 0, atol=1e-12)


def test_sharpening_overshoots_on_both_sides_of_an_edge():
    # On the dark side 5·0 − (0 + 0 + 0 + 10), on the bright side 5·10 − (10 + 10 + 10 + 0).
    assert answer("sharpen", UPRIGHT)[0].tolist() == [0, 0, -10, 20, 10, 10, 10]


@pytest.mark.parametrize(("name", "total"), [("sobel", 4), ("prewitt", 3)])
def test_a_gradient_answers_its_own_edges_with_their_sign_and_not_the_others(name, total):
    assert answer(f"{name}-across", UPRIGHT)[0].tolist() == [0, 0, total * 10, total * 10, 0, 0, 0]
    assert answer(f"{name}-down", LEVEL)[:, 0].tolist() == [0, 0, total * 10, total * 10, 0, 0, 0]
    assert not answer(f"{name}-across", LEVEL).any()
    assert not answer(f"{name}-down", UPRIGHT).any()
    assert answer(f"{name}-across", UPRIGHT[:, ::-1]).min() == -total * 10
    # On an even slope: the rise over two pixels, once for each unit of smoothing.
    assert (answer(f"{name}-across", RAMP) == total * 2 * 2).all()
    assert (answer(f"{name}-down", RAMP) == total * 2 * 3).all()


def test_the_laplacians_answer_edges_of_every_direction_with_both_signs_and_no_even_slope():
    for name in ("edge-4", "edge-8"):
        assert not answer(name, RAMP).any()
        for picture in (UPRIGHT, LEVEL, SLANTED):
            assert answer(name, picture).min() < 0 < answer(name, picture).max()
    # One bright pixel: minus four times itself, or eight times itself.
    dot = np.zeros((3, 3))
    dot[1, 1] = 7
    assert answer("edge-4", dot) == -4 * 7
    assert answer("edge-8", dot) == 8 * 7


def test_the_mixed_difference_answers_slanted_edges_and_corners_only():
    assert not answer("edge-mixed", UPRIGHT).any()
    assert not answer("edge-mixed", LEVEL).any()
    assert answer("edge-mixed", SLANTED).any()
    # Brightness row × column bends by 1 each way; the taps are two pixels apart in both directions.
    assert (answer("edge-mixed", np.multiply.outer(np.arange(5), np.arange(5))) == 2 * 2).all()


def test_emboss_lights_edges_from_one_corner():
    embossed = answer("emboss", UPRIGHT)
    assert embossed.max() > 10  # brighter to the right: lit
    assert answer("emboss", UPRIGHT[:, ::-1]).min() < 0  # darker to the right: in shadow
    across_the_light = np.tril(np.full((9, 9), 10.0))[
        :, ::-1
    ]  # an edge along the other diagonal is lit as well
    assert answer("emboss", across_the_light).max() > 10


def test_the_curve_detector_finds_its_own_outline_and_not_the_other_one():
    matching = rows("0 0 0 0 0 0 30/0 0 0 0 50 50 50/0 0 0 20 50 0 0" + "/0 0 0 50 50 0 0" * 4)
    other = rows(
        "0 0 0 0 0 0 0/0 40 0 0 0 0 0/40 0 40 0 0 0 0/40 20 0 0 0 0 0/"
        "0 50 0 0 0 0 0/0 0 50 0 0 0 0/25 25 0 50 0 0 0"
    )
    assert answer("curve", matching) == 30 * 50 + 30 * 20 + 3 * 30 * 50 == 6600
    assert answer("curve", other) == 0


def test_the_corner_detector_prefers_its_corner_to_every_straight_edge():
    corner = np.zeros((9, 9))
    corner[:5, 4:] = 10
    best = answer("corner", corner)
    assert best.max() == (5 + 5 + 5 + 5) * 10
    assert np.unravel_index(best.argmax(), best.shape) == (3, 3)
    turned = [np.rot90(edge, k) for edge in (UPRIGHT, SLANTED) for k in range(4)]
    assert max(answer("corner", edge).max() for edge in turned) < best.max()


def test_every_kernel_is_complete_and_cannot_be_written_to():
    assert len(CATALOGUE) == 14
    for name, kernel in CATALOGUE.items():
        assert kernel.name == name
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert kernel.title
        assert kernel.group
        assert kernel.source
        assert kernel.reason.endswith(".")
        assert kernel.shows in ("clip", "signed", "rescale")
        assert kernel.weights.dtype == np.float64
        assert np.isfinite(kernel.weights).all()
        for array in (kernel.taps, kernel.weights):
            with pytest.raises(ValueError, match="read-only"):
                array[0, 0] = 1
    with pytest.raises(TypeError):
        CATALOGUE["new"] = kernel


def test_an_unknown_name_is_answered_with_the_nearest_ones():
    with pytest.raises(ValueError, match=r"the nearest names are .*sobel-across"):
        image_kernel("sobel")
    with pytest.raises(ValueError, match="the nearest name is gaussian"):
        image_kernel("Gaussan")
    with pytest.raises(ValueError, match="the names are identity, box"):
        image_kernel("zzz")
