"""Transposed convolution by its sizes: scattering kernels, Dumoulin and Visin's cases, ONNX."""

import math

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper

from kernels.errors import ShapeError
from kernels.layers.geometry import output_size
from kernels.layers.spec import ConvTransposeSpec
from kernels.layers.transposed import TransposedAxis, conv_transpose_output_size


def random_axis(rng):
    stride, dilation = (int(n) for n in rng.integers(1, 4, 2))
    return TransposedAxis(
        input=int(rng.integers(1, 7)),
        kernel=int(rng.integers(1, 5)),
        stride=stride,
        before=int(rng.integers(0, 3)),
        after=int(rng.integers(0, 3)),
        dilation=dilation,
        output_padding=int(rng.integers(0, max(stride, dilation))),
    )


def legal_axes(count):
    rng = np.random.default_rng(0)
    axes = (random_axis(rng) for _ in range(9 * count))
    return [axis for axis in axes if axis.output >= 1][:count]


def size_of(axis):
    (size,) = conv_transpose_output_size(
        (axis.input,),
        (axis.kernel,),
        stride=axis.stride,
        padding=((axis.before, axis.after),),
        output_padding=axis.output_padding,
        dilation=axis.dilation,
    )
    return size


@pytest.mark.parametrize("axis", legal_axes(60), ids=str)
def test_the_output_reaches_from_the_first_tap_to_the_last_less_what_is_cropped(axis):
    taps = [tap for n in range(axis.input) for tap in axis.taps(n)]
    assert min(taps) == -axis.before
    assert max(taps) + axis.output_padding - axis.after + 1 == axis.output == size_of(axis)


@pytest.mark.parametrize("axis", legal_axes(60), ids=str)
def test_sources_and_taps_are_the_same_pairs_read_from_the_two_ends(axis):
    scattered = {(tap, n) for n in range(axis.input) for tap in axis.taps(n)}
    gathered = {(tap, n) for tap in range(axis.output) for n in axis.sources(tap)}
    assert gathered == {(tap, n) for tap, n in scattered if 0 <= tap < axis.output}


def test_onnx_infers_the_same_sizes():
    for axis in legal_axes(40):
        node = helper.make_node(
            "ConvTranspose",
            ["x", "w"],
            ["y"],
            strides=[axis.stride],
            pads=[axis.before, axis.after],
            output_padding=[axis.output_padding],
            dilations=[axis.dilation],
        )
        value = helper.make_tensor_value_info
        graph = helper.make_graph(
            [node],
            "one layer",
            [
                value("x", TensorProto.FLOAT, [1, 1, axis.input]),
                value("w", TensorProto.FLOAT, [1, 1, axis.kernel]),
            ],
            [value("y", TensorProto.FLOAT, None)],
        )
        inferred = onnx.shape_inference.infer_shapes(helper.make_model(graph))
        (output,) = inferred.graph.output
        assert output.type.tensor_type.shape.dim[2].dim_value == size_of(axis), axis


@pytest.mark.parametrize(
    "relationship, input, kernel, settings, expected",
    [
        (8, 2, 3, {}, 2 + 3 - 1),
        (9, 6, 4, {"padding": 2}, 6 + (4 - 1) - 2 * 2),
        (10, 5, 3, {"padding": 1}, 5),
        (11, 7, 3, {"padding": 2}, 7 - (3 - 1)),
        (12, 2, 3, {"stride": 2}, 2 * (2 - 1) + 3),
        (13, 3, 3, {"stride": 2, "padding": 1}, 2 * (3 - 1) + 3 - 2 * 1),
        (14, 3, 3, {"stride": 2, "padding": 1, "output_padding": 1}, 2 * (3 - 1) + 1 + 3 - 2 * 1),
    ],
)
def test_the_cases_of_dumoulin_and_visin(relationship, input, kernel, settings, expected):
    assert conv_transpose_output_size(input, kernel, **settings) == expected
    # It is the input size of the convolution that the case transposes.
    forward = {name: settings[name] for name in ("stride", "padding") if name in settings}
    assert output_size(expected, kernel, **forward) == input


def test_an_int_gives_an_int_and_a_tuple_a_tuple():
    assert conv_transpose_output_size(28, 2, stride=2) == 56
    assert conv_transpose_output_size((28, 14), (2, 3), stride=(2, 1)) == (56, 16)
    assert conv_transpose_output_size((28, 28, 28), 2, stride=2) == (56, 56, 56)


def test_a_stride_over_one_needs_output_padding_to_get_every_size_back():
    # (5 - 3) // 2 + 1 == (6 - 3) // 2 + 1 == 2: one output size, two input sizes.
    assert output_size(5, 3, stride=2) == output_size(6, 3, stride=2) == 2
    assert conv_transpose_output_size(2, 3, stride=2) == 5
    assert conv_transpose_output_size(2, 3, stride=2, output_padding=1) == 6


@pytest.mark.parametrize(
    "settings, sentence",
    [
        (
            {"output_padding": 1},
            "output_padding is 1 but must be less than the larger of stride 1 and dilation 1; "
            "use 0.",
        ),
        (
            {"padding": 3},
            "Nothing is left of the output along the width: the kernels cover 5 cells, "
            "output_padding adds 0 and padding crops 3 + 3; use padding of 4 or less over both "
            "ends.",
        ),
        (
            {"padding": "same"},
            "padding is 'same' but a transposed convolution takes a whole number or "
            "(before, after) pairs; use 0 for none.",
        ),
        ({"stride": 0}, "stride is 0 but must be at least 1; use 1."),
        (
            {"stride": (1, 2, 3)},
            "input_size 3, kernel_size 3, stride (1, 2, 3), padding 0, output_padding 0 and "
            "dilation 1 speak of different numbers of axes; give each one number or the same "
            "number of them.",
        ),
    ],
)
def test_an_impossible_size_is_refused_with_its_numbers(settings, sentence):
    with pytest.raises(ShapeError) as refusal:
        conv_transpose_output_size(3, 3, **settings)
    assert str(refusal.value) == sentence


# The layer


def test_a_layer_costs_what_torch_says():
    layer = ConvTransposeSpec(64, 32, (3, 4), stride=(2, 1), padding=1, groups=4)
    assert layer.weight_shape == (64, 32 // 4, 3, 4)
    assert layer.parameters == 64 * (32 // 4) * 3 * 4 + 32
    assert layer.output_size((10, 10)) == ((10 - 1) * 2 - 2 + 3, (10 - 1) * 1 - 2 + 4)


def test_each_input_cell_meets_every_weight_of_its_kernel_once():
    layer = ConvTransposeSpec(8, 4, 3, stride=2, bias=False)
    products = 0
    for axis_row in range(5):
        for axis_column in range(6):
            products += len(layer.axes((5, 6))[0].taps(axis_row)) * len(
                layer.axes((5, 6))[1].taps(axis_column)
            )
    assert layer.macs((5, 6)) == 8 * 4 * products == math.prod(layer.weight_shape) * 5 * 6


def test_all_faults_of_a_layer_are_reported_at_once():
    with pytest.raises(ShapeError) as refusal:
        ConvTransposeSpec(0, 4, (3,), stride=0, padding=-1, output_padding=-2)
    assert refusal.value.faults == (
        "in_channels is 0 but must be at least 1; use 1.",
        "padding is -1 but must be at least 0; use 0.",
        "output_padding is -2 but must be at least 0; use 0.",
        "stride is 0 but must be at least 1; use 1.",
    )


def test_output_padding_is_checked_without_an_input():
    with pytest.raises(ShapeError, match=r"output_padding is 2 but must be less than .* use 1\."):
        ConvTransposeSpec(4, 4, 3, stride=2, output_padding=2)
    assert ConvTransposeSpec(4, 4, 3, dilation=3, output_padding=2).output_padding == (2, 2)
