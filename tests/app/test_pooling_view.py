"""The Pooling page's settings: ready examples with their sources' numbers, links, bad input."""

import numpy as np
import pytest

from app.screens.pooling.state import PAGE as POOLING
from kernels.pictures.shift import framed, shift_row, shift_test
from kernels.scene.pooling_examples import POOLING_EXAMPLES
from lessons.views.pooling import OTHERS, SCENE_KEYS
from lessons.views.pooling_shift import PHOTOS, ROWS

settle_pooling = POOLING.settle

same_numbers = np.testing.assert_allclose


def scene(name, **settings):
    view, notes = settle_pooling({"example": name, **settings})
    assert notes == ()
    return view.scene


def outputs(name, **settings):
    """What each pooling makes of an example, as `6 8/3 4` is written down."""
    found = scene(name, **settings)
    return {
        kind: [
            "/".join(" ".join(f"{value:.12g}" for value in row) for row in plane)
            for plane in found.pooled_by(kind).output()
        ]
        for kind in ("max", "avg", "min", "median", "lp")
    }


# Worked examples


def test_two_by_two_with_stride_two():
    found = outputs("four")
    assert found["max"] == ["6 8/3 4"]
    assert found["avg"] == ["3.25 5.25/2 2"]
    assert found["min"] == ["1 2/1 0"]
    assert found["median"] == ["3 5.5/2 2"]


def test_overlapping_windows_with_stride_one():
    found = outputs("nine")
    assert found["max"] == ["4 5/7 8"]
    assert found["avg"] == ["2 3/5 6"]


def test_three_by_three_with_stride_two_overlaps_by_one():
    axis = scene("overlapping").axes[0]
    assert (axis.kernel, axis.stride, axis.output) == (3, 2, (7 - 3) // 2 + 1)


def test_a_clipped_window_is_divided_by_the_cells_that_it_has():
    found = outputs("clipped")["avg"][0].split("/")
    assert found[0].split() == ["4", "6", str((5 + 10) / 2)]
    assert found[2].split() == [str((21 + 22) / 2), str((23 + 24) / 2), "25"]


def test_a_corner_with_padding_counted_and_not():
    total = 1 + 2 + 3 + 4
    same_numbers(scene("corner").pooled_by("avg").output()[0, 0, 0], total / 9)
    same_numbers(scene("corner-uncounted").pooled_by("avg").output()[0, 0, 0], total / 4)


def test_negative_numbers_keep_their_largest_although_there_is_padding():
    assert outputs("negative")["max"] == ["-1 -1/-2 -5"]


def test_one_wrong_pixel_is_in_every_mean_and_in_no_median():
    found = outputs("speck")
    assert "99" in found["max"][0]
    assert max(float(n) for n in found["median"][0].replace("/", " ").split()) == 3
    first = scene("speck").pooled_by("avg").output()[0, 0, 0]
    assert first == pytest.approx((2 + 2 + 3 + 2 + 2 + 99 + 2 + 2 + 2) / 9)


def test_global_pooling_leaves_one_number_a_channel():
    found = outputs("global")
    assert found["max"] == ["8", "1"] and found["avg"] == ["3.125", "0.5"]
    assert scene("global").out_channels == scene("global").channels == 2


def test_a_ready_row_does_what_its_title_says():
    def counts(name):
        view, notes = settle_pooling({"look": "shift", **ROWS[name].settings})
        assert notes == () and view.ready == name
        shift = view.shift
        before = np.array([[shift.row]])
        after = shift_row(before, shift.steps[1], shift.enters)
        return [shift_test(before, after, shift.pool(kind), shift.steps) for kind in ("max", "avg")]

    assert [test.output.count for test in counts("goodfellow")] == [2, 3]
    assert [test.output.count for test in counts("within")] == [0, 0]
    assert [test.output.count for test in counts("across")] == [4, 4]
    assert [test.moved_back.count for test in counts("stride")] == [0, 0]


def test_a_ready_picture_does_what_its_title_says():
    def tests(name):
        view, notes = settle_pooling({"look": "shift", "on": "photo", **PHOTOS[name].settings})
        assert notes == () and view.ready == name
        shift, planes = view.shift, view.picture.pixels().astype(float)
        before, after = framed(planes, (0, 0), 4), framed(planes, shift.steps, 4)
        return [shift_test(before, after, shift.pool(kind), shift.steps) for kind in ("max", "avg")]

    for test in tests("waves"):
        assert test.input.share > 0.98 and test.output.share > 0.9 and test.steps is None
    for test in tests("checks"):
        assert test.input.share == 1 and test.output.share == 0
    assert 0.4 < tests("photograph")[0].output.share < 0.6
    assert [test.moved_back.count for test in tests("along")] == [0, 0]


# Laws


@pytest.mark.parametrize("name", POOLING_EXAMPLES)
def test_laws_that_join_the_poolings(name):
    found = scene(name)
    x = found.input_array()
    made = {kind: found.pooled_by(kind).output() for kind in ("max", "avg", "min", "median")}
    finite = np.isfinite(made["max"])
    assert (made["min"][finite] <= made["median"][finite]).all()
    assert (made["median"][finite] <= made["max"][finite]).all()
    flipped, _ = settle_pooling(
        {"example": name, "x": "~".join("_".join(" ".join(map(repr, row)) for row in plane)
                                       for plane in (-x).tolist())}
    )  # fmt: skip
    same_numbers(made["min"], -flipped.scene.pooled_by("max").output())


@pytest.mark.parametrize("name", ["four", "nine", "overlapping", "speck", "global"])
def test_the_average_is_lp_of_power_one_over_the_cells_of_a_window(name):
    found = scene(name, p="1")
    assert (found.input_array() >= 0).all()
    cells = np.prod(found.layer.kernel_size)
    same_numbers(found.pooled_by("lp").output() / cells, found.pooled_by("avg").output())


# Links


@pytest.mark.parametrize("name", POOLING_EXAMPLES)
def test_the_link_of_an_example_is_its_name(name):
    view, _ = settle_pooling({"example": name})
    first = next(iter(POOLING_EXAMPLES))
    assert view.link() == ({} if name == first else {"example": name})
    assert view.example == name


FLATS = [
    {},
    {"look": "photo", "picture": "coffee", "times": "5", "pool": "3x3", "large": "1"},
    {"look": "shift", "on": "photo", "by": "4", "to": "up", "window": "2", "every": "2"},
    {"look": "shift", "row": "1 2.5 -3", "enters": "-0.5", "pad": "0", "predict": "1"},
    {"example": "all", "p": "3.5", "step": "3"},
    {"kinds": "median", "size": "7x5", "kernel": "3x2", "padding": "1x0", "ceil": "1",
     "dilation": "2x1", "countpad": "0", "cin": "2", "x": "random:4"},
]  # fmt: skip


@pytest.mark.parametrize("flat", FLATS, ids=range(len(FLATS)))
def test_link_and_flat_form_read_back_as_the_same_view_without_a_word(flat):
    view, notes = settle_pooling(flat)
    assert notes == ()
    assert settle_pooling(view.to_flat()) == (view, ())
    assert settle_pooling(view.link()) == (view, ())
    assert set(view.to_flat()) == {*SCENE_KEYS, *OTHERS, "kinds"}


@pytest.mark.parametrize(
    ("flat", "words"),
    [
        ({"kinds": "mode"}, "“mode” is not a kind of pooling"),
        ({"kinds": ""}, "is not a kind of pooling"),
        ({"example": "none"}, "no example “none”"),
        ({"times": "6"}, "Repetitions 6"),
        ({"look": "video"}, "“video” is not a value for look"),
        ({"picture": "lena"}, "“lena” is not a value for picture"),
        ({"cin": "3"}, "Channels in 3"),
        ({"padding": "2x0"}, "at most half its window"),
        ({"size": "5x5", "kernel": "3x3", "padding": "0.1x0"}, "pads both sides alike"),
        ({"p": "11"}, "Power p 11 is not possible here; 10 is the nearest"),
        ({"p": "nan"}, "“nan” is not a value for p"),
        ({"on": "row", "to": "up"}, "A row does not move up"),
        ({"row": " ".join("1" * 13)}, "at most 12 numbers"),
        ({"row": "1 a"}, "“a” is not a number"),
        ({"row": "1 2", "window": "3"}, "Window 3 is not possible here; 2"),
        ({"by": "5"}, "Shift 5 is not possible here; 4"),
        ({"enters": "1e9"}, "number that comes in could not be read"),
    ],
)
def test_what_cannot_be_is_moved_to_the_nearest_and_named(flat, words):
    view, notes = settle_pooling(flat)
    assert any(words in note for note in notes), notes
    assert settle_pooling(view.to_flat()) == (view, ())


def test_uneven_padding_becomes_the_larger_of_both_ends():
    view, _ = settle_pooling({"size": "5x5", "kernel": "3x3", "padding": "0.1x1.0"})
    assert view.to_flat()["padding"] == "1x1"
    even, notes = settle_pooling({"size": "5x5", "kernel": "3x3", "stride": "1", "padding": "same"})
    assert even.to_flat()["padding"] == "1x1" and notes == ()


@pytest.mark.parametrize("seed", range(60))
def test_any_link_is_a_view_that_can_be_drawn(seed):
    draw = np.random.default_rng(seed)
    junk = ["", "0", "-1", "3x3", "7x2", "max.min", "random:1", "photo", "up", "1", "99", "a~b"]
    keys = draw.choice([*SCENE_KEYS, *OTHERS, "kinds", "example"], 8)
    view, _ = settle_pooling({str(key): str(draw.choice(junk)) for key in keys})
    assert settle_pooling(view.to_flat()) == (view, ())
    for kind in view.kinds:
        assert view.scene.pooled_by(kind).output().size == view.scene.steps
    shift = view.shift
    before = np.array([[shift.row]]) if shift.on == "row" else np.ones((1, 20, 20))
    assert shift_test(before, before, shift.pool("max"), (0, 0)).output.count == 0
