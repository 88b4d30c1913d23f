"""One screen of the Picture page as an object: settled from text, written as the shortest link."""

import numpy as np
import pytest

from app.pictures.samples import SAMPLES
from kernels import CATALOGUE, conv2d
from kernels.pictures.display import DISPLAYS
from kernels.reading.notation import format_numbers
from kernels.scene.examples import scene_of
from lessons.views.picture import (
    DEFAULTS,
    PictureView,
    sending_address,
    sending_sentence,
    settle_view,
)
from lessons.views.pictures import PictureFacts

SIZE = (300, 400)


def settle(flat, size=SIZE, is_grey=False):
    """Settle on a picture of that size, with the sample's place unless it is one's own."""
    name = flat.get("picture") if flat.get("picture") in SAMPLES else "camera"
    place = SAMPLES[name].place if flat.get("own") != "1" else None
    picture = PictureFacts(name, name, size, is_grey, place, pixels=lambda: None)
    return settle_view(flat, tuple(SAMPLES), picture)


def settled(size=SIZE, is_grey=False, **flat) -> PictureView:
    view, notes = settle(flat, size, is_grey)
    assert notes == ()
    return view


def moved(size=SIZE, is_grey=False, **flat) -> tuple[PictureView, str]:
    view, notes = settle(flat, size, is_grey)
    assert notes
    return view, " ".join(notes)


def test_without_settings_it_is_the_screen_that_the_page_opens_on():
    view = settled()
    assert (view.kernel.name, view.display, view.colour) == ("sobel-across", "signed", "grey")
    assert (view.row, view.column, view.patch) == (228, 304, 8)
    assert view.corner == (224, 300)
    assert settled(own="1").corner == (146, 196)
    assert view.link() == {}


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_kernel_brings_its_numbers_and_the_display_that_suits_it(name):
    view = settled(kernel=name)
    np.testing.assert_allclose(view.weights, CATALOGUE[name].weights)
    assert view.display == CATALOGUE[name].shows
    assert view.kernel.title == CATALOGUE[name].title
    assert settled(**view.link()) == view


@pytest.mark.parametrize(
    "flat",
    [
        {"kernel": "box", "show": "absolute", "stride": "2x1", "padding": "1x2"},
        {"kernel": "own", "w": "1 2_3 4", "divisor": "0.5", "offset": "7", "colour": "each"},
        {"picture": "cat", "row": "0", "column": "7", "patch": "16", "padding": "same"},
        {"padding": "0.1x2.0", "mode": "reflect"},
        {"own": "1", "stride": "8x8", "padding": "same", "full": "1"},
        {"kernel": "gaussian", "ksize": "9x9", "kset": "sigma:2"},
        {"kernel": "gabor", "kset": "orientation:30_wavelength:8"},
        {"colour": "sum", "mix": "1 -1 0", "look": "channels"},
        {"look": "bank", "bank": "gabor", "relu": "0", "pool": "4"},
        {"curtain": "1", "show": "colours"},
    ],
)
def test_a_link_brings_the_same_screen_back(flat):
    view = settled(**flat)
    assert settled(**view.link()) == view
    assert settled(**view.to_flat()) == view
    assert set(view.link()) <= set(flat)


def test_own_numbers_that_the_catalogue_knows_get_their_name():
    assert settled(kernel="own", w="1 1 1_1 1 1_1 1 1", divisor="9").kernel.name == "box"
    assert settled(kernel="own", w="1 1 1_1 1 1_1 1 1").kernel.name == "own"
    box = {"kernel": "own", "w": "1 1 1_1 1 1_1 1 1", "divisor": "9"}
    assert settled(**box, offset="1").kernel.name == "own"


def test_own_numbers_are_shown_signed_where_they_take_differences():
    assert settled(kernel="own", w="-1 2").display == "signed"
    assert settled(kernel="own", w="1 2").display == "clip"


@pytest.mark.parametrize(
    ("flat", "sentence"),
    [
        ({"kernel": "qqq"}, "There is no kernel “qqq”; “Sobel, vertical edges (Gx)” is shown."),
        ({"kernel": "gausian"}, "There is no kernel “gausian”; “Gaussian blur” is shown."),
        ({"kernel": "own", "w": "1 two"}, "The kernel could not be read: “two” is not a number"),
        ({"kernel": "own", "w": "1", "divisor": "0"}, "“0” cannot divide the kernel; 1 is used."),
        ({"kernel": "own", "w": "1", "divisor": "nan"}, "“nan” cannot divide the kernel"),
        ({"stride": "0x1"}, "Stride height 0 is not possible here; 1 is the nearest"),
        ({"stride": "99x1"}, "8 is the nearest"),
        ({"padding": "no"}, "“no” is not a value for padding"),
        ({"padding": "99x0"}, "6 is the nearest"),
        ({"mode": "mirror"}, "“mirror” is not a value for mode"),
        ({"show": "loud"}, "“loud” is not a value for show"),
        ({"row": "9999"}, "Row 9999 is not possible here; 299 is the nearest"),
        ({"column": "-4"}, "Column -4 is not possible here; 0 is the nearest"),
        ({"kernel": "own", "w": "1", "offset": "1e9"}, "“1e9” cannot be added to the result"),
        ({"kernel": "curve", "ksize": "5x5"}, "cannot be 5 × 5; its sizes are: only 7 × 7. Its"),
        ({"kernel": "box", "ksize": "five"}, "“five” is not a kernel size; write it as 5x5. Its"),
        ({"kernel": "gaussian", "kset": "sigma:wide"}, "“sigma:wide” is not a setting"),
        ({"kernel": "gaussian", "kset": "width:2"}, "Gaussian blur has no setting “width”"),
        ({"kernel": "gaussian", "kset": "sigma:99"}, "Sigma must be from 0 to"),
        ({"mix": "1 2"}, "“1 2” is not a mix of red, green and blue"),
        ({"mix": "1 2 nan"}, "“1 2 nan” is not a mix"),
        ({"look": "inside"}, "“inside” is not a value for look"),
        ({"pool": "3"}, "2 is the nearest"),
        ({"colour": "each", "show": "colours"}, "levels of grey are used"),
        ({"patch": "99"}, "16 is the nearest"),
        ({"picture": "../secret"}, "“../secret” is not a value for picture"),
    ],
)
def test_what_cannot_be_is_moved_to_the_nearest_and_named(flat, sentence):
    view, notes = moved(**flat)
    assert sentence in notes
    assert settled(**view.link()) == view


def test_a_grey_picture_has_no_colours_to_filter():
    view, notes = moved(is_grey=True, colour="sum")
    assert view.colour == "grey"
    assert "This picture is grey" in notes


def test_a_kernel_larger_than_the_picture_gets_padding_instead_of_an_error():
    view, notes = moved(size=(2, 2), kernel="curve")
    assert view.layer.output_size((2, 2)) == (2, 2)
    assert "does not fit on the picture of 2 × 2 pixels" in notes
    assert (view.row, view.column) == (1, 1)
    assert view.corner == (0, 0)


def test_a_padding_mode_that_the_picture_is_too_small_for_becomes_zeros():
    view, notes = moved(size=(4, 4), padding="6x6", mode="reflect")
    assert view.layer.padding_mode == "zeros"
    assert "Zeros are used instead" in notes


@pytest.mark.parametrize("size", [(1, 1), (1, 50), (3, 2), (4, 4), (5000, 8000)])
@pytest.mark.parametrize("kernel", ["identity", "curve"])
@pytest.mark.parametrize("stride", ["1x1", "8x8"])
def test_every_size_of_picture_has_a_screen(size, kernel, stride):
    view, _ = settle({"kernel": kernel, "stride": stride}, size, True)
    assert min(view.layer.output_size(size)) >= 1
    again, notes = settle(view.link(), size, True)
    assert (again, notes) == (view, ())


def sent(view, patch):
    scene, notes = scene_of(sending_address(view, patch))
    assert notes == ()
    return scene, sending_sentence(view, patch.shape[1:])


@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("name", ["sobel-down", "box", "curve"])
def test_a_patch_arrives_on_the_stage_with_its_pixels_and_the_same_answers(channels, name):
    patch = np.random.default_rng(2).integers(0, 256, (channels, 9, 9), dtype=np.uint8)
    scene, said = sent(settled(kernel=name, padding="same"), patch)
    np.testing.assert_array_equal(scene.input_array(), patch)
    weights = CATALOGUE[name].weights[None, None]
    for plane, answer in zip(patch, scene.output(), strict=True):
        np.testing.assert_allclose(answer, conv2d(plane[None], weights)[0])
    assert said.startswith("Sends its pixels, the kernel and the stride; without padding")


def test_summed_colours_arrive_as_one_kernel_of_three_slices_with_the_offset_as_bias():
    patch = np.random.default_rng(4).integers(0, 256, (3, 9, 9), dtype=np.uint8)
    view = settled(kernel="own", w="1 2_0 -1", divisor="2", offset="5", colour="sum", mix="1 -1 2")
    scene, _ = sent(view, patch)
    slices = np.array([1, -1, 2])[:, None, None] * np.array([[1, 2], [0, -1]]) / 2
    np.testing.assert_allclose(scene.output(), conv2d(patch.astype(float), slices[None]) + 5)


def test_a_kernel_that_the_stage_cannot_draw_stays_behind_and_is_named():
    patch = np.zeros((1, 12, 12), dtype=np.uint8)
    large = settled(kernel="own", w=format_numbers(np.ones((1, 9, 9))))
    scene, said = sent(large, patch)
    assert scene.layer.kernel_size == (3, 3)
    assert "not the kernel, which is 9 × 9 and the stage draws up to 7 × 7" in said
    _, said = sent(settled(kernel="curve"), patch[:, :4, :4])
    assert "not the kernel, which at 7 × 7 is larger than the patch" in said


def test_a_patch_of_a_tiny_picture_can_be_sent():
    scene, _ = sent(settled(kernel="identity"), np.full((1, 2, 3), 9, dtype=np.uint8))
    assert scene.input_array().tolist() == [[[9, 9, 9], [9, 9, 9]]]


def test_defaults_name_only_what_there_is():
    assert DEFAULTS["kernel"] in CATALOGUE
    assert CATALOGUE[DEFAULTS["kernel"]].shows in DISPLAYS
