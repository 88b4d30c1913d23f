"""The size formula part by part: the parts come to the size, and every place has its reason."""

import numpy as np
import pytest

from kernels.layers.counting import counting_steps, start_words, starts
from kernels.layers.geometry import Axis


def random_axis(seed):
    rng = np.random.default_rng(seed)
    while True:
        size, kernel, stride, dilation = (int(n) for n in rng.integers(1, [12, 6, 5, 4]))
        before, after = (int(n) for n in rng.integers(0, 4, 2))
        axis = Axis(size, kernel, stride, before, after, dilation, bool(rng.integers(2)))
        if axis.room >= 0 and axis.output > 0:
            return axis


@pytest.mark.parametrize("seed", range(40))
def test_the_parts_come_to_as_many_places_as_there_are_windows(seed):
    axis = random_axis(seed)
    cells, room, moves, places = (step.result for step in counting_steps(axis))
    assert cells == axis.before + axis.input + axis.after
    assert room == cells - (axis.dilation * (axis.kernel - 1) + 1)
    assert places == moves + 1 == axis.output == len(starts(axis))
    numbers = counting_steps(axis)[2].numbers.replace("⌊", "floor(").replace("⌈", "ceil(")
    numbers = numbers.replace("⌋", ")").replace("⌉", ")").replace("−", "-")
    assert eval(numbers, {"floor": np.floor, "ceil": np.ceil}) == moves


@pytest.mark.parametrize("seed", range(40))
def test_a_cell_is_a_place_or_there_is_a_reason_against_it(seed):
    axis = random_axis(seed)
    for cell in range(axis.padded):
        said = start_words(axis, cell)
        assert (said == "The window fits here.") == (cell in starts(axis))
        if "hang over" in said:
            assert cell + axis.effective_kernel > axis.padded
        if "steps over" in said:
            assert cell % axis.stride
        if "dropped" in said:
            assert axis.ceil_mode and cell >= axis.before + axis.input


def test_a_dilated_window_takes_its_reach_and_no_padding_is_not_written():
    first, second, *_ = counting_steps(Axis(7, 3, dilation=2), "width")
    assert (first.symbols, first.numbers, first.words) == ("W", "7", "columns there are")
    assert (second.symbols, second.numbers) == ("− d·(k − 1) − 1", "7 − 2 × (3 − 1) − 1")
