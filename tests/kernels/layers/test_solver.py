"""The solver is compared with trying every setting, one after the other."""

from itertools import product

import pytest

from kernels import ShapeError, conv_transpose_output_size, output_size
from kernels.layers.geometry import Axis, kernel_reach
from kernels.layers.solver import (
    Setting,
    conv_settings_giving,
    conv_transpose_settings_giving,
    is_common,
    undoing,
)

SIZES = range(1, 15)


def sizes_of(setting: Setting, input: int) -> int | tuple[int, ...]:
    return output_size(
        (input,),
        (setting.kernel,),
        (setting.stride,),
        ((setting.before, setting.after),),
        (setting.dilation,),
    )[0]


def tried(input: int, kernel: int, stride: int, padding: int, dilation: int) -> int | None:
    try:
        return output_size(input, kernel, stride, padding, dilation)
    except ShapeError:
        return None


@pytest.mark.parametrize("input", SIZES)
def test_a_convolution_has_exactly_the_answers_that_trying_finds(input):
    alike: dict[int, set[tuple[int, ...]]] = {}
    for kernel, stride, dilation in product(range(1, 6), range(1, 4), (1, 2)):
        if kernel == 1 and dilation == 2:
            continue
        for padding in range(kernel_reach(kernel, dilation)):
            size = tried(input, kernel, stride, padding, dilation)
            alike.setdefault(size, set()).add((kernel, stride, padding, dilation))
    for output in range(1, 2 * input + 6):
        found = conv_settings_giving(output, input, 5, 3, (1, 2))
        even = [s for s in found if s.before == s.after]
        assert len(even) == len(set(even))
        got = {(s.kernel, s.stride, s.before, s.dilation) for s in even}
        assert got == alike.get(output, set()), output
        for setting in found:
            assert sizes_of(setting, input) == output


@pytest.mark.parametrize("input", SIZES)
def test_an_uneven_answer_is_what_tensorflow_calls_same(input):
    for output in range(1, input + 1):
        for setting in conv_settings_giving(output, input, 5, 3):
            if setting.before != setting.after:
                assert setting.after == setting.before + 1
                assert output == -(-input // setting.stride)


@pytest.mark.parametrize("input", range(1, 9))
def test_a_transposed_convolution_has_exactly_the_answers_that_trying_finds(input):
    all_of: dict[int, set[tuple[int, ...]]] = {}
    for kernel, stride, dilation in product(range(1, 6), range(1, 4), (1, 2)):
        if kernel == 1 and dilation == 2:
            continue
        for padding, extra in product(
            range(kernel_reach(kernel, dilation)), range(max(stride, dilation))
        ):
            try:
                size = conv_transpose_output_size(input, kernel, stride, padding, extra, dilation)
            except ShapeError:
                continue
            all_of.setdefault(size, set()).add((kernel, stride, padding, extra, dilation))
    for output in range(1, 4 * input + 6):
        found = conv_transpose_settings_giving(output, input, 5, 3, (1, 2))
        got = {(s.kernel, s.stride, s.before, s.output_padding, s.dilation) for s in found}
        assert len(got) == len(found)
        assert got == all_of.get(output, set()), output


def test_half_of_224_by_a_window_of_7_has_even_padding_and_tensorflows():
    sevens = [s for s in conv_settings_giving(112, 224) if s.kernel == 7]
    assert [(s.stride, s.before, s.after) for s in sevens] == [(2, 3, 3), (2, 2, 3)]


def test_the_common_answers_stand_first():
    for found in (conv_settings_giving(112, 224), conv_transpose_settings_giving(64, 32)):
        flags = [is_common(s) for s in found]
        assert any(flags)
        assert flags == sorted(flags, reverse=True)


@pytest.mark.parametrize("output", [225, 10_000])
def test_a_size_that_no_window_reaches_has_no_answer(output):
    assert conv_settings_giving(output, 224, most_kernel=1) == ()


def test_what_undoes_a_layer_gives_back_its_input_size():
    for input, kernel, stride, padding, dilation in product(
        range(1, 13), range(1, 6), range(1, 5), range(3), (1, 2)
    ):
        axis = Axis(input, kernel, stride, padding, padding, dilation)
        if axis.room < 0:
            continue
        back = undoing(axis)
        assert back.output == input, axis
        assert back.output_padding < stride, axis


def test_a_size_that_is_no_whole_number_is_refused():
    with pytest.raises(ShapeError, match="output is 0 but must be at least 1"):
        conv_settings_giving(0, 5)
