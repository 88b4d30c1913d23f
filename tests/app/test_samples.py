"""The sample pictures: each says where it comes from, and all of them open."""

import tomllib

import numpy as np
import pytest

from app.pictures.samples import ASSETS, SAMPLES, sample_picture


def listed():
    return tomllib.loads((ASSETS / "pictures.toml").read_text(encoding="utf-8"))["picture"]


def test_every_file_in_assets_is_listed_with_source_and_licence_and_is_small():
    own = {"pictures.toml", "mark.svg"}  # the list, and the app's mark
    files = {path.name for path in ASSETS.iterdir() if path.is_file()} - own
    assert files == {entry["file"] for entry in listed()}
    for entry in listed():
        assert entry["source"].strip()
        assert entry["licence"].strip()
        assert entry["title"].strip()
        assert (ASSETS / entry["file"]).stat().st_size <= 200_000


def test_there_are_grey_and_colour_photographs_and_drawings():
    kinds = [sample_picture(name).is_grey for name, sample in SAMPLES.items() if sample.file]
    assert kinds.count(True) >= 2
    assert kinds.count(False) >= 2
    assert [name for name, sample in SAMPLES.items() if sample.file is None] == [
        "shapes",
        "stripes",
        "waves",
        "checks",
        "one-grey",
        "angles",
        "stroke",
    ]


def test_the_page_opens_on_a_photograph():
    assert next(iter(SAMPLES)) == "camera"


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_opens_as_it_is(name):
    picture = sample_picture(name)
    assert picture.notes == ()
    assert max(picture.size) <= 640
    assert np.ptp(picture.pixels) > 100
    assert sample_picture(name) is picture


def test_the_drawings_are_the_same_every_time_and_hold_what_they_promise():
    shapes, stripes = sample_picture("shapes").pixels[0], sample_picture("stripes").pixels[0]
    assert shapes[350, 25::35].tolist()[:16] == [17 * step for step in range(16)]
    assert np.unique(stripes[:160, :120]).tolist() == [32, 224]


def test_an_unknown_sample_is_answered_with_the_names():
    with pytest.raises(ValueError, match="the names are camera, coffee"):
        sample_picture("nothing")
