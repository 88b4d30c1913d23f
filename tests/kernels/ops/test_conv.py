"""conv2d: against four plain loops, SciPy and ONNX, and by the laws that a convolution keeps."""

import tracemalloc

import numpy as np
import pytest
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator
from scipy.signal import convolve2d, correlate2d

import kernels.ops.conv
from kernels.errors import ShapeError
from kernels.layers.geometry import output_size
from kernels.ops.functional import conv2d
from tests import reference
from tests.random_layers import conv_case

same_numbers = np.testing.assert_array_equal


def rng(seed):
    return np.random.default_rng(seed)


def whole(seed, *shape, low=-9, high=10):
    return rng(seed).integers(low, high, shape).astype(float)


# Against four plain loops


@pytest.mark.parametrize("seed", range(250))
def test_every_legal_setting_gives_the_numbers_of_four_plain_loops(seed):
    x, w, bias, settings = conv_case(rng(seed))
    y = conv2d(x, w, bias, **settings)
    same_numbers(y, reference.conv2d(x, w, bias, **settings))
    windows = {k: settings[k] for k in ("stride", "padding", "dilation")}
    assert y.shape == (len(x), len(w), *output_size(x.shape[2:], w.shape[2:], **windows))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 6000))
def test_thousands_of_legal_settings_give_the_numbers_of_four_plain_loops(seed):
    x, w, bias, settings = conv_case(rng(seed))
    same_numbers(conv2d(x, w, bias, **settings), reference.conv2d(x, w, bias, **settings))


def test_the_random_settings_cover_every_form_of_padding_and_every_mode():
    settings = [conv_case(rng(seed))[3] for seed in range(250)]
    paddings = [case["padding"] for case in settings]
    assert {p for p in paddings if isinstance(p, str)} == {
        "valid", "same", "full", "same_upper", "same_lower",
    }  # fmt: skip
    assert any(isinstance(p, int) and p for p in paddings)
    assert any(isinstance(p, tuple) and isinstance(p[0], tuple) and p[0][0] != p[0][1]
               for p in paddings)  # fmt: skip
    modes = [case.get("padding_mode", "zeros") for case in settings]
    padded = [m for m, p in zip(modes, paddings, strict=True) if p not in (0, "valid", (0, 0))]
    assert min(padded.count(mode) for mode in set(modes)) >= 10 and len(set(modes)) == 5


def test_the_reference_itself_does_a_sum_that_was_done_by_hand():
    x = np.arange(9.0).reshape(1, 1, 3, 3)
    w = np.array([[[[0.0, 1.0], [2.0, 3.0]]]])
    by_hand = [
        [0 * 0 + 1 * 1 + 3 * 2 + 4 * 3, 1 * 0 + 2 * 1 + 4 * 2 + 5 * 3],
        [3 * 0 + 4 * 1 + 6 * 2 + 7 * 3, 4 * 0 + 5 * 1 + 7 * 2 + 8 * 3],
    ]
    assert by_hand == [[19, 25], [37, 43]]
    same_numbers(reference.conv2d(x, w)[0, 0], by_hand)
    same_numbers(conv2d(x, w)[0, 0], by_hand)


# Against SciPy


@pytest.mark.parametrize("mode", ["valid", "same", "full"])
@pytest.mark.parametrize("kernel", [(1, 1), (3, 3), (5, 3), (1, 5)])
def test_scipys_correlate2d_gives_the_same(mode, kernel):
    x, w = rng(1).normal(size=(9, 11)), rng(2).normal(size=kernel)
    y = conv2d(x[None], w[None, None], padding=mode)[0]
    np.testing.assert_allclose(y, correlate2d(x, w, mode), rtol=0, atol=1e-13)


@pytest.mark.parametrize("kernel", [(3, 3), (2, 2), (4, 3)])
def test_scipys_convolve2d_gives_the_same_for_the_turned_kernel(kernel):
    x, w = rng(3).normal(size=(8, 7)), rng(4).normal(size=kernel)
    turned = np.ascontiguousarray(w[::-1, ::-1])
    for mode in ("valid", "full"):
        y = conv2d(x[None], turned[None, None], padding=mode)[0]
        np.testing.assert_allclose(y, convolve2d(x, w, mode), rtol=0, atol=1e-13)


@pytest.mark.parametrize(("mode", "boundary"), [("reflect", None), ("circular", "wrap")])
def test_scipys_boundaries_give_the_same_as_the_padding_modes(mode, boundary):
    x, w = rng(5).normal(size=(7, 6)), rng(6).normal(size=(3, 5))
    y = conv2d(x[None], w[None, None], padding=(1, 2), padding_mode=mode)[0]
    if boundary:
        expected = correlate2d(x, w, "same", boundary)
    else:  # SciPy's 'symm' repeats the outermost cell and torch's 'reflect' does not
        rows, columns = [1, *range(7), 5], [2, 1, *range(6), 4, 3]
        expected = correlate2d(x[np.ix_(rows, columns)], w, "valid")
    np.testing.assert_allclose(y, expected, rtol=0, atol=1e-13)


# Against ONNX


def onnx_conv(x, w, bias, **attributes):
    """What the ONNX package's own reference evaluator says."""
    names = ["x", "w"] if bias is None else ["x", "w", "b"]
    node = helper.make_node("Conv", names, ["y"], **attributes)
    values = dict(zip(names, (x, w, bias), strict=False))
    inputs = [helper.make_tensor_value_info(n, TensorProto.DOUBLE, values[n].shape) for n in names]
    output = helper.make_tensor_value_info("y", TensorProto.DOUBLE, None)
    graph = helper.make_graph([node], "conv", inputs, [output])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)])
    return ReferenceEvaluator(model).run(None, values)[0]


@pytest.mark.parametrize("auto_pad", ["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"])
@pytest.mark.parametrize("seed", range(40))
def test_onnx_gives_the_same(auto_pad, seed):
    draw = rng(seed)
    groups = int(draw.choice([1, 2, 3]))
    channels, kernels = groups * int(draw.integers(1, 3)), groups * int(draw.integers(1, 3))
    kernel, stride = draw.integers(1, 4, 2).tolist(), draw.integers(1, 4, 2).tolist()
    dilation = draw.integers(1, 3, 2).tolist()
    pads = draw.integers(0, 3, 4).tolist()  # top, left, bottom, right
    x = draw.integers(-9, 10, (2, channels, 7, 6)).astype(float)
    w = draw.integers(-4, 5, (kernels, channels // groups, *kernel)).astype(float)
    bias = draw.integers(-5, 6, kernels).astype(float) if seed % 2 else None
    settings = {"strides": stride, "dilations": dilation, "group": groups}
    if auto_pad == "NOTSET":
        padding = ((pads[0], pads[2]), (pads[1], pads[3]))
        settings |= {"pads": pads}
    else:
        padding = auto_pad.lower()
        settings |= {"auto_pad": auto_pad}
    y = conv2d(x, w, bias, stride, padding, dilation, groups)
    theirs = onnx_conv(x, w, bias, **settings)
    assert theirs.shape == y.shape
    same_numbers(y, theirs)


def test_the_comparison_with_onnx_bites():
    x, w = whole(1, 1, 1, 5, 5), whole(2, 1, 1, 2, 2)
    upper = conv2d(x, w, padding="same_upper")
    with pytest.raises(AssertionError):
        same_numbers(upper, onnx_conv(x, w, None, auto_pad="SAME_LOWER"))


# Laws


@pytest.mark.parametrize("seed", range(20))
def test_it_is_linear_in_the_input_and_in_the_weight(seed):
    x, w, _, settings = conv_case(rng(seed))
    settings |= {"padding_value": 0.0}  # a constant other than zero is not linear
    other_x, other_w = (
        rng(seed + 100).integers(-5, 6, x.shape),
        rng(seed + 200).integers(-5, 6, w.shape),
    )
    same_numbers(
        conv2d(3 * x - 2 * other_x, w, **settings),
        3 * conv2d(x, w, **settings) - 2 * conv2d(other_x, w, **settings),
    )
    same_numbers(
        conv2d(x, 3 * w - 2 * other_w, **settings),
        3 * conv2d(x, w, **settings) - 2 * conv2d(x, other_w, **settings),
    )


def test_the_bias_is_added_once_to_every_number_of_its_output_channel():
    x, w = whole(1, 2, 3, 5, 6), whole(2, 4, 3, 3, 2)
    bias = np.array([10.0, -1.0, 0.0, 7.5])
    same_numbers(conv2d(x, w, bias) - conv2d(x, w), np.ones((2, 4, 3, 5)) * bias[:, None, None])


def test_a_shifted_input_gives_a_shifted_output():
    x, w = whole(1, 1, 2, 9, 9), whole(2, 3, 2, 3, 3)
    y = conv2d(np.roll(x, (2, 3), (2, 3)), w, padding=1, padding_mode="circular")
    same_numbers(y, np.roll(conv2d(x, w, padding=1, padding_mode="circular"), (2, 3), (2, 3)))


@pytest.mark.parametrize("stride", [1, 2, (3, 2)])
def test_a_delta_kernel_gives_the_input_back(stride):
    x = whole(3, 2, 1, 7, 8)
    delta = np.zeros((1, 1, 5, 3))
    delta[0, 0, 2, 1] = 1
    down, across = (stride, stride) if isinstance(stride, int) else stride
    same_numbers(conv2d(x, delta, stride=stride, padding=(2, 1)), x[:, :, ::down, ::across])


def test_a_one_by_one_kernel_mixes_channels():
    x, w = whole(4, 2, 3, 4, 5), whole(5, 6, 3, 1, 1)
    same_numbers(conv2d(x, w), np.einsum("kc,nchw->nkhw", w[:, :, 0, 0], x))


def test_groups_are_independent_convolutions_side_by_side():
    x, w, bias = whole(6, 2, 6, 5, 5), whole(7, 9, 2, 3, 3), whole(8, 9)
    apart = [
        conv2d(x[:, 2 * g : 2 * g + 2], w[3 * g : 3 * g + 3], bias[3 * g : 3 * g + 3], padding=1)
        for g in range(3)
    ]
    same_numbers(conv2d(x, w, bias, padding=1, groups=3), np.concatenate(apart, axis=1))


@pytest.mark.parametrize("dilation", [2, 3, (1, 3)])
def test_dilation_is_a_kernel_with_zeros_in_between(dilation):
    x, w = whole(9, 1, 2, 11, 12), whole(10, 3, 2, 3, 4)
    down, across = (dilation, dilation) if isinstance(dilation, int) else dilation
    stuffed = np.zeros((3, 2, 2 * down + 1, 3 * across + 1))
    stuffed[:, :, ::down, ::across] = w
    for padding in (0, (2, 1), "full", "same"):
        y = conv2d(x, w, padding=padding, dilation=dilation)
        same_numbers(y, conv2d(x, stuffed, padding=padding))


def test_dilation_of_a_single_cell_changes_nothing():
    x, w = whole(11, 1, 1, 4, 4), whole(12, 1, 1, 1, 1)
    same_numbers(conv2d(x, w, dilation=7), conv2d(x, w))


def test_full_true_convolution_does_not_care_which_of_the_two_is_the_kernel():
    a, b = whole(13, 4, 5), whole(14, 3, 2)
    one = conv2d(a[None], b[None, None, ::-1, ::-1], padding="full")
    other = conv2d(b[None], a[None, None, ::-1, ::-1], padding="full")
    same_numbers(one, other)


def test_stride_keeps_every_so_many_of_the_outputs():
    x, w = whole(15, 1, 2, 10, 9), whole(16, 2, 2, 3, 2)
    same_numbers(conv2d(x, w, stride=(3, 2), padding=1), conv2d(x, w, padding=1)[:, :, ::3, ::2])


def test_a_picture_turned_over_with_its_kernel_gives_the_result_turned_over():
    x, w = whole(17, 1, 2, 6, 7), whole(18, 2, 2, 2, 3)
    turned = conv2d(x[..., ::-1], w[..., ::-1], padding=((0, 1), (2, 0)))
    same_numbers(turned[..., ::-1], conv2d(x, w, padding=((0, 1), (0, 2))))


# Types and layouts


def test_float32_and_float64_keep_their_type():
    for dtype in (np.float32, np.float64):
        y = conv2d(np.ones((1, 4, 4), dtype), np.ones((1, 1, 3, 3), dtype), np.ones(1, dtype))
        assert y.dtype == dtype
        same_numbers(y, np.full((1, 2, 2), 9 * 1 + 1))


def test_of_mixed_types_the_wider_one_is_computed_in():
    single, double = np.ones((1, 4, 4), np.float32), np.ones((1, 1, 3, 3), np.float64)
    assert conv2d(single, double).dtype == np.float64
    assert conv2d(single, double.astype(np.float32), np.ones(1)).dtype == np.float64


@pytest.mark.parametrize("dtype", ["uint8", "int8", "uint16", "int32", "int64", "bool"])
def test_whole_numbers_are_computed_as_float64(dtype):
    x, w = np.ones((1, 5, 5), dtype), np.ones((2, 1, 5, 5), dtype)
    y = conv2d(x, w)
    assert y.dtype == np.float64
    same_numbers(y, np.full((2, 1, 1), 25))


def test_bytes_do_not_overflow():
    x = np.full((1, 3, 3), 255, np.uint8)
    same_numbers(conv2d(x, np.full((1, 1, 3, 3), 255, np.uint8)), [[[9 * 255 * 255]]])
    same_numbers(conv2d(x, np.full((1, 1, 3, 3), -1, np.int8)), [[[-9 * 255]]])


def test_whole_numbers_are_exact_up_to_two_to_the_53():
    x = np.full((1, 2, 2), 2**51, np.int64)
    x[0, 0, 0] -= 1
    y = conv2d(x, np.ones((1, 1, 2, 2), np.int64))
    assert int(y[0, 0, 0]) == 4 * 2**51 - 1 == 2**53 - 1
    odd = conv2d(np.array([[[2**26 + 1, 2**26 - 1]]]), np.array([[[[2**26, -(2**26)]]]]))
    assert int(odd[0, 0, 0]) == (2**26 + 1) * 2**26 - (2**26 - 1) * 2**26 == 2**27


def test_half_precision_is_computed_as_float32_and_foreign_byte_order_is_read():
    assert conv2d(np.ones((1, 3, 3), np.float16), np.ones((1, 1, 2, 2), np.float16)).dtype == (
        np.float32
    )
    y = conv2d(np.arange(9.0).reshape(1, 3, 3).astype(">f8"), [[[[0, 1], [2, 3]]]])
    assert y.dtype == np.float64
    same_numbers(y, [[[19, 25], [37, 43]]])


@pytest.mark.parametrize("wrong", [np.ones((1, 3, 3), complex), [[["a", "b"]]], [[[None, 1]]]])
def test_what_is_no_real_number_is_refused(wrong):
    with pytest.raises(ShapeError, match="must hold real numbers"):
        conv2d(wrong, np.ones((1, 1, 1, 1)))


def test_any_memory_layout_gives_the_same():
    x, w = whole(19, 2, 3, 8, 9), whole(20, 4, 3, 3, 3)
    expected = conv2d(x, w, padding=1)
    last = np.ascontiguousarray(x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    roomy = np.zeros((2, 6, 16, 18))
    roomy[:, ::2, ::2, ::2] = x
    backwards = np.ascontiguousarray(x[..., ::-1])[..., ::-1]
    for view in (last, np.asfortranarray(x), roomy[:, ::2, ::2, ::2], backwards):
        same_numbers(view, x)
        same_numbers(conv2d(view, np.asfortranarray(w), padding=1), expected)
        same_numbers(conv2d(view, w), conv2d(x, w))


def test_lists_are_as_good_as_arrays():
    same_numbers(
        conv2d([[[0, 1, 2], [3, 4, 5], [6, 7, 8]]], [[[[0, 1], [2, 3]]]], [0.5]),
        [[[19.5, 25.5], [37.5, 43.5]]],
    )


def test_the_batch_axis_may_be_missing_or_empty():
    x, w = whole(21, 3, 2, 5, 5), whole(22, 4, 2, 3, 3)
    batch = conv2d(x, w, padding=1)
    for n in range(3):
        same_numbers(conv2d(x[n], w, padding=1), batch[n])
    for mode in ("zeros", "reflect", "replicate", "circular"):
        assert conv2d(x[:0], w, padding=1, padding_mode=mode).shape == (0, 4, 5, 5)


def test_neither_input_nor_weight_is_written_to():
    x, w, bias = whole(23, 1, 2, 5, 5), whole(24, 2, 2, 1, 1), whole(25, 2)
    for array in (x, w, bias):
        array.flags.writeable = False
    y = conv2d(x, w, bias)
    assert not np.shares_memory(y, x) and y.flags.writeable


def test_out_is_written_to_and_returned():
    x, w = whole(26, 2, 2, 6, 6), whole(27, 3, 2, 3, 3)
    expected = conv2d(x, w, [1, 2, 3])
    out = np.full((2, 3, 4, 4), np.nan)
    assert conv2d(x, w, [1, 2, 3], out=out) is out
    same_numbers(out, expected)
    every_other = np.full((3, 4, 8), np.nan)[:, :, ::2]
    assert conv2d(x[1], w, [1, 2, 3], out=every_other) is every_other
    same_numbers(every_other, expected[1])


@pytest.mark.parametrize(
    "out", [np.empty((1, 3, 3)), np.empty((1, 2, 2), np.float32), [[[0, 0], [0, 0]]], 5]
)
def test_an_out_that_does_not_suit_is_refused_with_the_one_that_would(out):
    with pytest.raises(ShapeError, match=r"use np.empty\(\(1, 2, 2\), np.float64\)"):
        conv2d(np.ones((1, 3, 3)), np.ones((1, 1, 2, 2)), out=out)


def test_an_out_that_cannot_be_written_to_is_refused():
    out = np.empty((1, 2, 2))
    out.flags.writeable = False
    with pytest.raises(ShapeError, match="can be written to"):
        conv2d(np.ones((1, 3, 3)), np.ones((1, 1, 2, 2)), out=out)


def test_the_input_may_be_its_own_out():
    x, w = whole(28, 1, 2, 4, 4), whole(29, 2, 2, 1, 1)
    expected = conv2d(x, w)
    same_numbers(conv2d(x, w, out=x), expected)


# Not a number


def test_a_nan_reaches_exactly_the_outputs_whose_windows_hold_it():
    x = whole(30, 1, 1, 7, 7)
    x[0, 0, 3, 4] = np.nan
    y = conv2d(x, np.zeros((2, 1, 3, 3)))  # zero times NaN is NaN
    holds = np.zeros((5, 5), bool)
    holds[1:4, 2:5] = True
    same_numbers(np.isnan(y[0]), np.stack([holds, holds]))


# Scratch memory


@pytest.mark.parametrize("scratch", [1, 200, 1000, 5000])
def test_cut_into_blocks_it_gives_the_same(monkeypatch, scratch):
    cases = [conv_case(rng(seed)) for seed in range(40)]
    whole_pictures = [conv2d(x, w, b, **settings) for x, w, b, settings in cases]
    monkeypatch.setattr(kernels.ops.conv, "SCRATCH_BYTES", scratch)
    for (x, w, b, settings), expected in zip(cases, whole_pictures, strict=True):
        same_numbers(conv2d(x, w, b, **settings), expected)


@pytest.mark.parametrize(
    ("size", "channels", "kernels_out", "kernel"),
    [
        ((1500, 2000), 3, 3, 3),  # a photograph
        ((700, 900), 1, 64, 3),  # the product is larger than the windows
        ((40, 30000), 8, 2, 5),  # one row of windows alone is larger than the scratch
    ],
)
def test_beside_input_and_output_it_needs_no_more_than_the_scratch(
    size, channels, kernels_out, kernel
):
    x = np.zeros((channels, *size), np.float32)
    w = np.ones((kernels_out, channels, kernel, kernel), np.float32)
    out = np.empty((kernels_out, *(n - kernel + 1 for n in size)), np.float32)
    tracemalloc.start()
    try:
        conv2d(x, w, out=out)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 16 * 2**20 + 2**18, f"{peak / 2**20:.1f} MB"
