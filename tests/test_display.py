"""Numbers made visible, and what the sentence says of it: kernels/display.py."""

import numpy as np
import pytest

from kernels.display import (
    DISPLAYS,
    Measured,
    number,
    show_absolute,
    show_clipped,
    show_rescaled,
    show_signed,
)


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


def test_a_flat_result_is_mid_grey_and_says_so():
    assert "every value is 0" in show_signed(np.zeros((2, 2))).sentence
    assert "no range to rescale" in show_rescaled(np.full((2, 2), 9.5)).sentence
    assert show_rescaled(np.full((2, 2), 9.5)).pixels.tolist() == [[128, 128], [128, 128]]


@pytest.mark.parametrize("show", [show_clipped, show_absolute, show_rescaled, show_signed])
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
    whole = show(values)
    parts = [values[:, :4], values[:, 4:]]
    measured = Measured.of(parts[0]).joined(Measured.of(parts[1]))
    shown = [show(part, measured) for part in parts]
    np.testing.assert_array_equal(np.concatenate([s.pixels for s in shown], axis=1), whole.pixels)
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
