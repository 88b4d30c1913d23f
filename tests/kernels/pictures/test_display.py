"""Numbers made visible, and what the sentence says of it: kernels/pictures/display.py."""

import numpy as np
import pytest

from kernels.pictures.display import (
    DISPLAYS,
    NEGATIVE,
    POSITIVE,
    Measured,
    number,
    show_absolute,
    show_clipped,
    show_colours,
    show_rescaled,
    show_signed,
    usual_reach,
)
from kernels.pictures.images import to_grey


def test_clipping_never_wraps_round():
    shown = show_clipped([[-1.0, 256.0, 300.0, -300.0]])
    assert shown.pixels.tolist() == [[0, 255, 255, 0]]
    assert shown.sentence == "Clipped to 0…255: 4 of 4 pixels were outside."


def test_clipping_counts_what_is_outside_after_rounding():
    dust = np.full((200, 200), 255.00002, dtype=np.float32)
    assert show_clipped(dust).sentence == "Shown as it is: all 40,000 pixels lie in 0…255."
    dust[:4, :301] = 256
    assert show_clipped(dust).sentence == "Clipped to 0…255: 800 of 40,000 pixels were outside."


def test_sentences_count_values_when_there_are_several_planes():
    assert (
        "2 of 12 values were outside"
        in show_clipped(np.array([-9, 300] + [0] * 10).reshape(3, 2, 2)).sentence
    )


def test_absolute_shows_both_directions_alike():
    shown = show_absolute([[-100, 100, 0, -256]])
    assert shown.pixels.tolist() == [[100, 100, 0, 255]]
    assert (shown.low, shown.high) == (-256, 100)
    assert "2 of 4 pixels lost a minus sign" in shown.sentence


def test_absolute_says_so_when_nothing_changed():
    assert (
        show_absolute([[1, 2]]).sentence
        == "Absolute values: no value was negative; none was above 255."
    )


def test_rescaled_uses_the_whole_range():
    shown = show_rescaled(np.array([[-510, 0, 510]], dtype=np.float32))
    assert shown.pixels.tolist() == [[0, 128, 255]]
    assert shown.sentence == "Rescaled: −510…510 became 0…255."


@pytest.mark.parametrize("values", [[[-300, 0, 100]], [[-100, 0, 300]], [[0, 1e-6]], [[-5, -1, 0]]])
def test_signed_shows_zero_as_mid_grey_and_equal_steps_alike(values):
    values = np.array(values, dtype=float)
    reach = np.abs(values).max()
    assert show_signed(values).pixels.tolist() == (128 + np.rint(values / reach * 127)).tolist()
    assert show_signed(values).pixels[values == 0] == 128


def in_colours(values):
    """Each value's pixel, (r, g, b)."""
    return show_colours([values]).pixels[:, 0].T.tolist()


def test_colours_run_from_violet_through_mid_grey_to_orange():
    assert in_colours([-100, 0, 100]) == [list(NEGATIVE), [128, 128, 128], list(POSITIVE)]
    halfway = [round(128 + (end - 128) / 2 + 1e-9) for end in POSITIVE]
    assert in_colours([100, 50])[1] == pytest.approx(halfway, abs=1)
    # The scale is symmetric: half as far below as the farthest above is half of violet.
    assert in_colours([100, -50])[1] == pytest.approx(
        [128 + (end - 128) / 2 for end in NEGATIVE], abs=1
    )
    assert (
        show_colours([[-25, 100]]).sentence
        == "Signed colours: 0 is mid grey, −100 would be violet and 100 is orange."
    )


def test_colours_tell_the_sign_by_lightness_alone():
    grey = to_grey(show_colours([np.linspace(-1, 1, 41)]).pixels)[0].astype(int)
    assert (np.diff(grey) > 0).all()
    assert grey[0] < 90 < 128 == grey[20] < 170 < grey[-1]


def test_colours_give_three_planes_for_one_and_refuse_more():
    for shape in ((4, 5), (1, 4, 5)):
        assert show_colours(np.ones(shape)).pixels.shape == (3, 4, 5)
        assert (show_colours(np.zeros(shape)).pixels == 128).all()
    with pytest.raises(ValueError, match="signed colours can show one plane, not 3"):
        show_colours(np.ones((3, 4, 5)))
    assert "every value is 0" in show_colours(np.zeros((2, 2))).sentence


SPIKED = np.array([[-40.0, 0, 20, 40], [-9000, 41, 9000, -1]])


def test_a_limit_keeps_a_few_extreme_values_from_flattening_all_others():
    flat = show_signed(SPIKED)
    assert flat.pixels[0].tolist() == [127, 128, 128, 129]
    measured = Measured.of(SPIKED, limit=40)
    limited = show_signed(SPIKED, measured)
    assert limited.pixels.tolist() == [
        [1, 128, 128 + round(127 / 2), 255],
        [1, 255, 255, 128 - round(127 / 40)],
    ]
    assert (
        limited.sentence
        == "Signed: 0 is mid grey 128, −40 is 1 and 40 is 255; 3 of 8 pixels lie beyond."
    )
    assert (limited.low, limited.high) == (-9000, 9000)
    colours = show_colours(SPIKED, measured)
    assert colours.pixels[:, 0, 0].tolist() == colours.pixels[:, 1, 0].tolist() == list(NEGATIVE)
    assert colours.pixels[:, 0, 3].tolist() == colours.pixels[:, 1, 2].tolist() == list(POSITIVE)
    assert colours.sentence.endswith("and 40 is orange; 3 of 8 pixels lie beyond.")


def test_a_limit_beyond_all_values_changes_nothing():
    wide = Measured.of(SPIKED, limit=1e6)
    assert show_signed(SPIKED, wide)[1:] == show_signed(SPIKED)[1:]
    np.testing.assert_array_equal(show_signed(SPIKED, wide).pixels, show_signed(SPIKED).pixels)
    for bad in (0, -3, np.nan, np.inf):
        with pytest.raises(ValueError, match="a limit is a number above 0"):
            Measured.of(SPIKED, limit=bad)


def test_the_usual_reach_is_a_value_that_so_many_keep_within():
    values = np.append(np.arange(-100, 100), [5000.0, -7000]).reshape(2, -1)
    reach = usual_reach(values, 99)
    assert reach in np.abs(values)
    assert (np.abs(values) <= reach).mean() >= 0.99
    assert usual_reach(values, 100) == 7000
    assert usual_reach(np.zeros((3, 3))) is None


def test_a_flat_result_is_mid_grey_and_says_so():
    assert "every value is 0" in show_signed(np.zeros((2, 2))).sentence
    assert "no range to rescale" in show_rescaled(np.full((2, 2), 9.5)).sentence
    assert show_rescaled(np.full((2, 2), 9.5)).pixels.tolist() == [[128, 128], [128, 128]]


@pytest.mark.parametrize("show", DISPLAYS.values())
def test_every_display_refuses_nan_and_keeps_the_given_array(show):
    for bad in (np.nan, np.inf, -np.inf):
        with pytest.raises(ValueError, match="NaN or infinity"):
            show(np.array([[0.0, bad]]))
    with pytest.raises(ValueError, match="with pixels in it"):
        show(np.zeros((0, 4)))
    given = np.array([[-3.0, 400.0]])
    shown = show(given)
    assert given.tolist() == [[-3.0, 400.0]]
    assert shown.pixels.dtype == np.uint8
    assert (shown.low, shown.high) == (-3, 400)


@pytest.mark.parametrize("show", DISPLAYS.values())
@pytest.mark.parametrize("scale", [1, 300, 0])
def test_a_picture_shown_in_parts_is_the_picture_shown_whole(show, scale):
    values = np.random.default_rng(1).normal(100, 1, (2, 9, 7)) * scale
    values[0, 0, :4] = [-0.5, 255.5, -255.5, 255.4]
    if show is show_colours:
        values = values[:1]
    for limit in (None, 90.0):
        whole = show(values, Measured.of(values, limit))
        parts = [values[:, :4], values[:, 4:]]
        measured = Measured.of(parts[0], limit).joined(Measured.of(parts[1], limit))
        shown = [show(part, measured) for part in parts]
        joined = np.concatenate([s.pixels for s in shown], axis=1)
        np.testing.assert_array_equal(joined, whole.pixels)
        assert {s[1:] for s in shown} == {whole[1:]}


def test_counting_agrees_with_rounding():
    values = np.array([[-255.5, -255.4, -0.5, -0.51, 0, 255.49, 255.5, 256]])
    rounded = np.rint(values)
    measured = Measured.of(values)
    assert measured.below == (rounded < 0).sum()
    assert measured.above == (rounded > 255).sum()
    assert measured.far_below == (rounded < -255).sum()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (-0.5, "−0.5"),
        (1234567, "1,234,567"),
        (1 / 3, "0.33"),
        (-0.0004, "−0.0004"),
        (100, "100"),
    ],
)
def test_numbers_are_written_for_people(value, text):
    assert number(value) == text
