"""The shelf of kernels: which they are, what is sent of them, what pressing one does."""

import json

import numpy as np
import pytest

from app.pictures.samples import sample_picture
from app.pictures.uploads import read_picture
from kernels import CATALOGUE
from lessons.views.shelf import SHELF
from tests.app.test_picture_page import address, component, page, payload, words
from tests.commits import commit

KEY = "picture_shelf"


def shelf(at) -> dict:
    """What the shelf shows, without its pictures."""
    return json.loads(component(at, KEY).json)


def glimpses(at) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The pixels of each kernel's picture, and of what is seen in place of it, by its id."""
    header, files = payload(at, f"{KEY}_pictures")
    pixels = [
        {
            kernel["id"]: read_picture(files[start : start + length]).pixels
            for kernel, (start, length) in zip(shelf(at)["kernels"], header[name], strict=True)
            if length
        }
        for name in ("files", "seen")
    ]
    return pixels[0], pixels[1]


def test_ten_kernels_of_the_catalogue_stand_there_all_of_one_size():
    assert len(SHELF) == 10
    assert {CATALOGUE[name].size for name in SHELF} == {(3, 3)}


def test_a_kernel_that_is_pressed_is_used_marked_and_can_be_undone():
    at = page()
    assert shelf(at)["chosen"] == "sobel-across"
    commit(at, KEY, ("kernel", "emboss"))
    assert shelf(at)["chosen"] == "emboss"
    assert words(at)["result"]["title"] == "Result: Emboss"
    assert address(at) == {"kernel": "emboss"}
    assert next(b for b in at.selectbox if b.key == "picture_kernel").value == "emboss"
    commit(at, "picture_kernel_editor", ("act", "undo"))
    assert shelf(at)["chosen"] == "sobel-across"


def test_a_name_that_is_no_kernel_changes_nothing():
    at = commit(page(), KEY, ("kernel", "<b>"))
    assert address(at) == {}


@pytest.mark.parametrize("kernel", [{"kernel": "gabor"}, {"kernel": "box", "ksize": "5x5"}])
def test_none_is_marked_where_another_kernel_is_used_or_one_of_them_at_another_size(kernel):
    assert shelf(page(**kernel))["chosen"] == ""


def test_each_picture_is_what_the_kernel_makes_of_a_smaller_one():
    at = page(picture="shapes")
    found, seen = glimpses(at)
    assert list(found) == list(SHELF)
    assert not seen
    assert {pixels.shape[1:] for pixels in found.values()} == {(200, 300)}
    # Means of 2 × 2, as JPEG keeps them.
    small = sample_picture("shapes").pixels[0].reshape(200, 2, 300, 2).mean(axis=(1, 3))
    assert np.abs(found["identity"][0] - small).mean() < 3
    lighter = np.clip(small * CATALOGUE["brighten"].weights.sum(), 0, 255)
    assert np.abs(found["brighten"][0] - lighter).mean() < 3


def test_of_a_photograph_that_is_filtered_as_grey_the_picture_itself_is_seen_in_colour():
    found, seen = glimpses(page(picture="coffee"))
    assert list(seen) == ["identity"]
    assert len(seen["identity"]) == 3
    assert all(len(pixels) == 1 for pixels in found.values())


def test_where_each_colour_is_filtered_all_of_them_are_in_colour():
    found, seen = glimpses(page(picture="coffee", colour="each"))
    assert not seen
    assert all(len(pixels) == 3 for pixels in found.values())


def test_another_kernel_sends_no_picture_of_the_shelf_again():
    at = page(picture="coffee")
    before = component(at, f"{KEY}_pictures").bytes
    commit(at, KEY, ("kernel", "box"))
    assert component(at, f"{KEY}_pictures").bytes == before
    assert len(before) < 130_000
    assert len(component(at, KEY).json) < 2_000


def test_an_audience_sees_the_pictures_alone():
    at = page(present="1")
    assert not [c for c in at.get("bidi_component") if c.proto.id.endswith(f"-{KEY}")]
