"""The looks of the Sliding window page: their numbers against plain counting."""

import numpy as np
import pytest

from app.screens.sliding_window.connected import two_axes
from kernels import conv_transpose1d, conv_transpose2d
from kernels.layers.connections import count_connections
from lessons.views.matrices import hindrance, matrix_of
from lessons.views.sliding_looks import open_looks, settle_looks
from lessons.views.transposed import both_ways, transposed_settings
from lessons.views.turned import turned
from lessons.views.uses import landings_of, landings_sentence, uses_of, uses_sentence
from lessons.views.wires import SHOWN, wired, wires_sentence


def look(**settings):
    view, _ = open_looks(settings)
    return view


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"padding": "1x1"},
        {"stride": "2x3", "size": "8x7"},
        {"dilation": "2x1", "size": "7x6", "padding": "1x0"},
        {"op": "max", "stride": "2x2"},
        {"mode": "zeros", "padding": "0.2x1.0", "kernel": "2x4"},
    ],
)
def test_a_cell_is_used_by_as_many_windows_as_cover_it(settings):
    view = look(**settings)
    counted = np.zeros(view.input_size, int)
    rows, columns = view.axes
    for top in range(rows.output):
        for left in range(columns.output):
            for row in rows.taps(top):
                for column in columns.taps(left):
                    inside = (row - rows.before, column - columns.before)
                    if all(0 <= n < size for n, size in zip(inside, view.input_size, strict=True)):
                        counted[inside] += 1
    assert uses_of(view).tolist() == counted.tolist()


def test_the_sentence_says_what_padding_does_and_which_cells_are_never_used():
    assert "busiest cell 9 times. More padding" in uses_sentence(look())
    assert "as much as the middle" in uses_sentence(look(padding="2x2"))
    assert "no two windows overlap" in uses_sentence(look(op="max", size="4x4", kernel="2x2",
                                                          stride="2x2"))  # fmt: skip
    assert "9 input cells are never used" in uses_sentence(look(kernel="2x2", stride="2x2"))


def test_the_matrix_times_the_input_is_the_output_of_the_stage():
    for settings in ({}, {"padding": "1x1", "stride": "2x2"}, {"mode": "reflect", "padding": "1"}):
        view = look(**settings)
        made = matrix_of(view) @ view.input_array().ravel()
        assert np.array_equal(made, view.output().ravel())


@pytest.mark.parametrize("way", ["copies", "zeros"])
def test_a_transposed_layer_has_one_matrix_and_one_count_however_it_is_shown(way):
    view = look(example="output-padding", way=way)
    assert np.array_equal(matrix_of(view) @ view.input_array().ravel(), view.output().ravel())
    assert landings_of(look(example="checkerboard", way=way))[2, 2:5].tolist() == [4, 2, 4]
    assert "others 4" in landings_sentence(look(example="checkerboard", way=way))


@pytest.mark.parametrize(
    "settings",
    [
        {"example": "output-padding"},
        {"example": "relationship-9", "way": "zeros"},
        {"op": "transposed", "rank": "1", "size": "4", "kernel": "3", "stride": "2"},
        {"op": "transposed", "cin": "2", "cout": "3", "bias": "1", "dilation": "2x1"},
    ],
)
def test_both_ways_of_a_transposed_layer_give_the_output(settings):
    """The turned kernel over the zeros put in, window by window, with plain sums."""
    view = look(**settings)
    both = both_ways(view)
    alone = conv_transpose2d if view.layer.rank == 2 else conv_transpose1d
    layer = view.layer
    expected = alone(view.input_array()[:1], both.kernel[None, None], None, layer.stride,
                     layer.padding, layer.output_padding, 1, layer.dilation)[0]  # fmt: skip
    assert np.array_equal(both.output, expected)
    grid, kernel = np.atleast_2d(view.input_array()[0]), np.atleast_2d(both.turned)
    rows, columns = two_axes(both.links)
    for at in np.ndindex(np.atleast_2d(both.output).shape):
        total = 0.0
        for tap, row in rows.reads[at[0]]:
            for other, column in columns.reads[at[1]]:
                source = rows.sources[row], columns.sources[column]
                if None not in source:
                    total += grid[source] * kernel[tap, other]
        assert total == np.atleast_2d(both.output)[at]


def test_any_layer_is_one_click_from_a_transposed_one_that_can_be_seen_whole():
    for settings in (
        {},
        {"op": "max", "size": "16x9"},
        {"rank": "1", "size": "12", "padding": "3"},
        {"rank": "3"},
    ):
        view = look(**settings)
        after, notes = settle_looks({**view.to_flat(), **transposed_settings(view)})
        assert (after.kind.name, notes) == ("transposed", ())


def test_what_no_matrix_shows_is_one_click_from_one_that_it_can():
    for settings in (
        {"op": "max"},
        {"padding": "1x1", "mode": "constant", "fill": "3"},
        {"size": "16x16", "kernel": "7x7", "padding": "3x3"},
        {"size": "8x8", "padding": "6x6"},
    ):
        view = look(**settings)
        stop = hindrance(view)
        assert stop
        after = settle_looks({**view.to_flat(), **stop.settings})[0]
        assert hindrance(after) is None or hindrance(after).settings != stop.settings


def test_lines_of_the_textbooks():
    five, three = (look(**settings) for _, settings in SHOWN.values())
    assert "13 lines of 25" in wires_sentence(five)
    assert "16 lines of 36" in wires_sentence(three)
    assert "4 weights are shared" in wires_sentence(three)
    assert count_connections(wired(look(size="16x16"))).inputs == 16
    pooled = wires_sentence(look(op="max", size="4x4", kernel="2x2", stride="2x2"))
    assert "16 lines of 64" in pooled and "no weights" in pooled


def test_places_that_no_window_takes_are_forgotten():
    view = look(stride="2x2", counted="0.1.2x0.9")
    assert view.counted == ((0, 2), (0,))
    assert view.link()["counted"] == "0.2x0"
    assert look(counted="①xabc").counted == ((), ())


def test_a_link_carries_the_look_and_nothing_that_is_usual():
    view, notes = open_looks({"look": "matrix", "transpose": "1", "stride": "2x2"})
    assert notes == ()
    assert view.link() == {"look": "matrix", "transpose": "1", "stride": "2x2"}
    assert open_looks({"look": "sideways"})[0].look == "window"


def test_both_results_of_a_turned_kernel_are_those_of_the_flip_switch():
    for settings in ({}, {"padding": "1x2", "stride": "2x1"}, {"example": "two-by-two"}):
        both = turned(look(**settings))
        assert np.array_equal(both.correlation, look(**settings).output()[0])
        assert np.array_equal(both.convolution, look(**settings, flip="1").output()[0])
    assert turned(look()).convolution.tolist() == [[18, 20, 19], [10, 9, 17], [11, 8, 14]]
    assert "equal" in turned(look(example="zeros-and-ones")).sentence


def test_true_convolution_says_which_channels_it_leaves_out():
    assert turned(look()).left_out == ""
    several = turned(look(cin="2", cout="2", bias="1"))
    assert several.sentence.endswith("first output channel, without the bias.")
    assert turned(look(bias="1")).sentence.endswith("Drawn without the bias.")


@pytest.mark.parametrize(
    "name", ["checkerboard", "no-checkerboard", "output-padding", "transposed"]
)
def test_products_land_as_a_kernel_of_ones_adds_them_up(name):
    view = look(example=name)
    layer = view.layer
    ones = np.ones((1, *view.input_size)), np.ones((1, 1, *layer.kernel_size))
    made = conv_transpose2d(*ones, stride=layer.stride, padding=layer.padding[0][0],
                            output_padding=layer.output_padding)  # fmt: skip
    assert landings_of(view).tolist() == made[0].tolist()
    assert ("No checkerboard" in landings_sentence(view)) == (name == "no-checkerboard")
