"""conv1d and conv3d (and conv2d beside them): plain loops, ONNX, SciPy, and the rules of sizes."""

import math

import numpy as np
import pytest
from scipy.signal import correlate

from kernels.layers.geometry import output_size
from kernels.layers.spec import ConvSpec
from kernels.ops.functional import conv1d, conv2d, conv3d
from tests import reference_nd
from tests.onnx_reference import onnx_node
from tests.random_layers import conv_case

same_numbers = np.testing.assert_array_equal
CONV = {1: conv1d, 2: conv2d, 3: conv3d}
each_rank = pytest.mark.parametrize("rank", CONV)


def rng(seed):
    return np.random.default_rng(seed)


def whole(seed, *shape):
    return rng(seed).integers(-9, 10, shape).astype(float)


# Against plain loops


def check(seed, rank):
    x, w, bias, settings = conv_case(rng(seed), rank)
    y = CONV[rank](x, w, bias, **settings)
    same_numbers(y, reference_nd.conv(x, w, bias, **settings))
    windows = {k: settings[k] for k in ("stride", "padding", "dilation")}
    assert y.shape == (len(x), len(w), *output_size(x.shape[2:], w.shape[2:], **windows))


@pytest.mark.parametrize("seed", range(120))
def test_every_legal_setting_gives_the_numbers_of_plain_loops_in_1d(seed):
    check(seed, 1)


@pytest.mark.parametrize("seed", range(60))
def test_every_legal_setting_gives_the_numbers_of_plain_loops_in_3d(seed):
    check(seed, 3)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 2500))
def test_thousands_of_legal_settings_give_the_numbers_of_plain_loops(seed):
    check(seed, 1)
    check(seed, 3)


@each_rank
def test_the_random_settings_cover_what_is_easily_got_wrong(rank):
    seen = {"wide stride": 0, "wide padding": 0, "even same": 0, "uneven": 0, "groups": 0}
    for seed in range(400):
        x, w, _, settings = conv_case(rng(seed), rank)
        spec = {k: v for k, v in settings.items() if k != "groups"}
        axes = ConvSpec(1, 1, w.shape[2:], **spec).axes(x.shape[2:])
        seen["wide stride"] += any(a.stride > a.effective_kernel for a in axes)
        seen["wide padding"] += any(a.before > a.effective_kernel for a in axes)
        seen["uneven"] += any(a.before != a.after for a in axes)
        seen["groups"] += settings["groups"] > 1
        even = any(a.kernel % 2 == 0 and a.dilation % 2 for a in axes)
        seen["even same"] += settings["padding"] == "same" and even
    assert min(seen.values()) >= 5, seen


# Against ONNX and SciPy


@each_rank
@pytest.mark.parametrize("auto_pad", ["NOTSET", "VALID", "SAME_UPPER", "SAME_LOWER"])
@pytest.mark.parametrize("seed", range(8))
def test_onnx_gives_the_same(rank, auto_pad, seed):
    draw = rng([rank, seed])
    groups = int(draw.choice([1, 2]))
    kernel, stride, dilation = (draw.integers(1, top, rank).tolist() for top in (4, 4, 3))
    pads = draw.integers(0, 3, 2 * rank).tolist()  # all starts, then all ends
    x = draw.integers(-9, 10, (2, 2 * groups, *(7, 6, 5)[:rank])).astype(float)
    w = draw.integers(-4, 5, (3 * groups, 2, *kernel)).astype(float)
    bias = draw.integers(-5, 6, 3 * groups).astype(float)
    theirs = {"strides": stride, "dilations": dilation, "group": groups}
    padding = auto_pad.lower()
    if auto_pad == "NOTSET":
        padding = tuple(zip(pads[:rank], pads[rank:], strict=True))
        theirs["pads"] = pads
    else:
        theirs["auto_pad"] = auto_pad
    y = CONV[rank](x, w, bias, stride, padding, dilation, groups)
    same_numbers(y, onnx_node("Conv", x, w, bias, **theirs))


@each_rank
@pytest.mark.parametrize("mode", ["valid", "same", "full"])
def test_scipys_correlate_gives_the_same(rank, mode):
    x, w = whole(1, *(9, 7, 8)[:rank]), whole(2, *(3, 5, 1)[:rank])
    y = CONV[rank](x[None], w[None, None], padding=mode)[0]
    same_numbers(y, correlate(x, w, mode, method="direct"))


# Between the ranks


def test_a_line_is_a_picture_of_one_row_and_a_picture_a_volume_of_one_slice():
    x, w = whole(3, 2, 4, 9), whole(4, 6, 2, 3)
    settings = {"stride": 2, "padding": ((1, 2),), "dilation": 2, "groups": 2}
    flat = {"stride": (1, 2), "padding": ((0, 0), (1, 2)), "dilation": (1, 2), "groups": 2}
    y = conv1d(x, w, **settings)
    same_numbers(conv2d(x[:, :, None], w[:, :, None], **flat)[:, :, 0], y)
    deep = {name: value if name == "groups" else (value[0], *value) for name, value in flat.items()}
    same_numbers(conv3d(x[:, :, None, None], w[:, :, None, None], **deep)[:, :, 0, 0], y)


def test_a_kernel_one_cell_deep_convolves_each_slice_alone():
    x, w = whole(5, 1, 2, 4, 6, 5), whole(6, 3, 2, 1, 3, 2)
    y = conv3d(x, w, padding=(0, 1, 1))
    for depth in range(4):
        same_numbers(y[:, :, depth], conv2d(x[:, :, depth], w[:, :, 0], padding=1))


# Rules that are easily got wrong


@each_rank
def test_a_stride_larger_than_the_kernel_skips_cells(rank):
    x = whole(7, 1, 1, *(7,) * rank)
    y = CONV[rank](x, np.ones((1, 1, *(2,) * rank)), stride=5)
    corner = x[(0, 0, *(slice(0, 2),) * rank)].sum()
    far = x[(0, 0, *(slice(5, 7),) * rank)].sum()
    assert y.shape == (1, 1, *(2,) * rank)
    assert [y.ravel()[0], y.ravel()[-1]] == [corner, far]


@each_rank
def test_padding_larger_than_the_kernel_makes_windows_of_padding_alone(rank):
    x, w = np.full((1, 1, *(2,) * rank), 7.0), np.ones((1, 1, *(2,) * rank))
    y = CONV[rank](x, w, [0.5], padding=4)
    assert y.shape == (1, 1, *(2 + 2 * 4 - 2 + 1,) * rank)
    assert y.ravel()[0] == y.ravel()[-1] == 0.5
    assert y[(0, 0, *(4,) * rank)] == 7 * 2**rank + 0.5
    filled = CONV[rank](x, w, padding=4, padding_mode="constant", padding_value=3.0)
    assert filled.ravel()[0] == 3 * 2**rank


@each_rank
def test_an_even_kernel_under_same_has_its_odd_padding_cell_at_the_end(rank):
    x = np.zeros((1, 1, *(4,) * rank))
    x[(0, 0, *(0,) * rank)] = 1
    w = np.arange(2.0**rank).reshape(1, 1, *(2,) * rank)
    y = CONV[rank](x, w, padding="same")
    assert y.shape == x.shape
    assert np.count_nonzero(y) == 0  # the first cell meets w[0, ..., 0] alone, which is 0
    lower = CONV[rank](x, w, padding="same_lower")
    assert lower.shape == x.shape
    same_numbers(lower[(0, 0, *(slice(0, 2),) * rank)], w[(0, 0, *(slice(None, None, -1),) * rank)])


@each_rank
def test_the_multiply_adds_of_a_spec_are_the_products_there_are(rank):
    x, w, _, settings = conv_case(rng(8), rank)
    layer = ConvSpec(x.shape[1], len(w), w.shape[2:], **settings)
    windows, _ = reference_nd.windows(
        x.shape[2:], w.shape[2:], settings["stride"], settings["padding"], settings["dilation"]
    )
    products = sum(len(cells) * w.shape[1] * len(w) for cells in windows)
    assert layer.macs(x.shape[2:]) == products == w.size * math.prod(layer.output_size(x.shape[2:]))


# Types and layouts


@each_rank
def test_the_batch_axis_may_be_missing_or_empty(rank):
    x, w = whole(9, 3, 2, *(5,) * rank), whole(10, 4, 2, *(3,) * rank)
    batch = CONV[rank](x, w, padding=1)
    for n in range(3):
        same_numbers(CONV[rank](x[n], w, padding=1), batch[n])
    for mode in ("zeros", "reflect", "replicate", "circular", "constant"):
        empty = CONV[rank](x[:0], w, padding=1, padding_mode=mode)
        assert empty.shape == (0, 4, *(5,) * rank)


@each_rank
def test_whole_numbers_are_exact_and_float32_stays(rank):
    x = np.full((1, *(2,) * rank), 2**50, np.int64)
    x.ravel()[0] -= 1
    y = CONV[rank](x, np.ones((1, 1, *(2,) * rank), np.int8))
    assert y.dtype == np.float64 and int(y.ravel()[0]) == 2**rank * 2**50 - 1
    single = CONV[rank](x.astype(np.float32), np.ones((1, 1, *(2,) * rank), np.float32))
    assert single.dtype == np.float32


@each_rank
def test_out_is_written_to_and_returned(rank):
    x, w = whole(11, 2, 2, *(6,) * rank), whole(12, 3, 2, *(3,) * rank)
    expected = CONV[rank](x, w, [1, 2, 3])
    out = np.full_like(expected, np.nan)
    assert CONV[rank](x, w, [1, 2, 3], out=out) is out
    same_numbers(out, expected)


def test_the_result_may_overwrite_its_own_input():
    for shift in range(3):
        memory = whole(13, 2 * 40 + 3)
        x, out = memory[:40].reshape(1, 1, 40), memory[shift : shift + 38].reshape(1, 1, 38)
        expected = conv1d(x.copy(), [[[1, 2, 3]]])
        assert conv1d(x, [[[1, 2, 3]]], out=out) is out
        same_numbers(out, expected)
