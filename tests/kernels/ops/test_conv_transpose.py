"""conv_transpose1d to 3d: plain loops, ONNX, the adjoint law, and the stretched input."""

import numpy as np
import pytest

import kernels.ops.conv_transpose
from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, ConvTransposeSpec
from kernels.layers.transposed import TransposedAxis, conv_transpose_output_size
from kernels.ops.conv_transpose import scatter_products
from kernels.ops.functional import (
    conv1d,
    conv2d,
    conv3d,
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
)
from tests import reference_nd
from tests.onnx_reference import onnx_node
from tests.random_layers import both, conv_case, transposed_case

same_numbers = np.testing.assert_array_equal
CONV = {1: conv1d, 2: conv2d, 3: conv3d}
TRANSPOSE = {1: conv_transpose1d, 2: conv_transpose2d, 3: conv_transpose3d}
each_rank = pytest.mark.parametrize("rank", TRANSPOSE)


def rng(seed):
    return np.random.default_rng(seed)


def whole(seed, *shape):
    return rng(seed).integers(-9, 10, shape).astype(float)


# Against plain loops


def check(seed, rank):
    x, w, bias, settings = transposed_case(rng(seed), rank)
    y = TRANSPOSE[rank](x, w, bias, **settings)
    same_numbers(y, reference_nd.conv_transpose(x, w, bias, **settings))
    windows = {k: settings[k] for k in ("stride", "padding", "output_padding", "dilation")}
    size = conv_transpose_output_size(x.shape[2:], w.shape[2:], **windows)
    assert y.shape == (len(x), w.shape[1] * settings["groups"], *size)


@each_rank
@pytest.mark.parametrize("seed", range(60))
def test_every_legal_setting_gives_the_numbers_of_plain_loops(rank, seed):
    check(seed, rank)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 3000))
def test_thousands_of_legal_settings_give_the_numbers_of_plain_loops(seed):
    for rank in TRANSPOSE:
        check(seed, rank)


def test_the_random_settings_cover_what_is_easily_got_wrong():
    seen = {"output padding": 0, "gap": 0, "crop of a whole kernel": 0, "uneven": 0, "groups": 0}
    for seed in range(300):
        x, w, _, settings = transposed_case(rng(seed))
        layer = ConvTransposeSpec(len(w), w.shape[1] * settings["groups"], w.shape[2:], **settings)
        axes = layer.axes(x.shape[2:])
        seen["output padding"] += any(a.output_padding for a in axes)
        seen["gap"] += any(a.stride > a.effective_kernel and a.input > 1 for a in axes)
        seen["crop of a whole kernel"] += any(a.before >= a.effective_kernel for a in axes)
        seen["uneven"] += any(a.before != a.after for a in axes)
        seen["groups"] += settings["groups"] > 1
    assert min(seen.values()) >= 10, seen


def test_a_sum_that_was_done_by_hand():
    y = conv_transpose1d([[2, 3]], [[[1, 10, 100]]], stride=2)
    same_numbers(y, [[2 * 1, 2 * 10, 2 * 100 + 3 * 1, 3 * 10, 3 * 100]])
    same_numbers(reference_nd.conv_transpose(
        np.array([[[2.0, 3.0]]]), np.array([[[1.0, 10.0, 100.0]]]), stride=2
    )[0], y)  # fmt: skip


# Against ONNX


@each_rank
@pytest.mark.parametrize("seed", range(25))
def test_onnx_gives_the_same(rank, seed):
    def wrong_there(settings):  # onnx 1.23 slices grouped weights by output channels, and wants
        extra = settings["output_padding"]  # output_padding < stride
        return settings["groups"] > 1 or any(
            e >= s for e, s in zip(extra, both(settings["stride"], rank), strict=True)
        )

    x, w, bias, settings = next(
        case
        for n in range(1000)
        if not wrong_there((case := transposed_case(rng([seed, n]), rank))[3])
    )
    layer = ConvTransposeSpec(len(w), w.shape[1], w.shape[2:], **settings)
    y = TRANSPOSE[rank](x, w, bias, **settings)
    theirs = onnx_node(
        "ConvTranspose",
        *((x, w) if bias is None else (x, w, bias)),
        strides=list(layer.stride),
        dilations=list(layer.dilation),
        output_padding=list(layer.output_padding),
        pads=[p[0] for p in layer.padding] + [p[1] for p in layer.padding],
    )
    same_numbers(y, theirs)


# Laws


def transposed_of(x, w, settings):
    """The settings of the transpose of a convolution without padding mode."""
    layer = ConvSpec(x.shape[1], len(w), w.shape[2:], **settings)
    axes = layer.axes(x.shape[2:])
    return {
        "stride": layer.stride,
        "padding": tuple((axis.before, axis.after) for axis in axes),
        "output_padding": tuple(axis.leftover for axis in axes),
        "groups": layer.groups,
        "dilation": layer.dilation,
    }


def check_adjoint(seed, rank):
    x, w, _, settings = conv_case(rng(seed), rank)
    settings = {k: v for k, v in settings.items() if not k.startswith("padding_")}
    turned = transposed_of(x, w, settings)
    fits = zip(turned["output_padding"], turned["stride"], turned["dilation"], strict=True)
    if any(extra >= max(s, d) for extra, s, d in fits):
        return False  # a kernel that hardly moves may leave more cells than a layer can add
    y = CONV[rank](x, w, **settings)
    g = rng([seed, 1]).integers(-5, 6, y.shape).astype(float)
    back = TRANSPOSE[rank](g, w, **turned)
    assert back.shape == x.shape
    assert (y * g).sum() == (x * back).sum()
    return True


@each_rank
def test_it_is_the_adjoint_of_the_convolution_with_the_same_weight(rank):
    assert sum(check_adjoint(seed, rank) for seed in range(100)) > 80


@pytest.mark.long
@each_rank
def test_it_is_the_adjoint_thousands_of_times(rank):
    assert sum(check_adjoint(seed, rank) for seed in range(1000, 3000)) > 1600


@each_rank
@pytest.mark.parametrize("seed", range(20))
def test_it_is_a_convolution_of_the_stretched_input_with_the_turned_kernel(rank, seed):
    x, w, _, settings = transposed_case(rng([7, seed]), rank)
    layer = ConvTransposeSpec(len(w), w.shape[1] * settings["groups"], w.shape[2:], **settings)
    axes = layer.axes(x.shape[2:])
    stretched = np.zeros((*x.shape[:2], *((a.input - 1) * a.stride + 1 for a in axes)))
    stretched[(..., *(slice(None, None, a.stride) for a in axes))] = x
    around = [(a.effective_kernel - 1 - a.before,
               a.effective_kernel - 1 - a.after + a.output_padding) for a in axes]  # fmt: skip
    if min(min(pair) for pair in around) < 0:
        cut = tuple(slice(max(-b, 0), n - max(-a, 0)) for (b, a), n in
                    zip(around, stretched.shape[2:], strict=True))  # fmt: skip
        stretched = stretched[(..., *cut)]
        around = [(max(b, 0), max(a, 0)) for b, a in around]
    groups, each = layer.groups, len(w) // layer.groups
    turned = w[(..., *(slice(None, None, -1),) * rank)]
    turned = turned.reshape(groups, each, *w.shape[1:]).swapaxes(1, 2)
    turned = turned.reshape(groups * w.shape[1], each, *w.shape[2:])
    expected = CONV[rank](
        stretched, turned, padding=tuple(around), dilation=layer.dilation, groups=groups
    )
    same_numbers(TRANSPOSE[rank](x, w, **settings), expected)


def test_groups_are_independent_layers_side_by_side():
    x, w, bias = whole(1, 2, 6, 4, 5), whole(2, 6, 3, 3, 2), whole(3, 9)
    settings = {"stride": (2, 1), "padding": 1, "output_padding": (1, 0)}
    apart = [
        conv_transpose2d(
            x[:, 2 * g : 2 * g + 2], w[2 * g : 2 * g + 2], bias[3 * g : 3 * g + 3], **settings
        )
        for g in range(3)
    ]
    y = conv_transpose2d(x, w, bias, **settings, groups=3)
    same_numbers(y, np.concatenate(apart, axis=1))


@each_rank
def test_without_overlap_every_input_cell_becomes_a_block(rank):
    x, w = whole(4, 1, 1, *(3,) * rank), whole(5, 1, 1, *(2,) * rank)
    y = TRANSPOSE[rank](x, w, stride=2)
    same_numbers(y[0, 0], np.kron(x[0, 0], w[0, 0]))


# Rules that are easily got wrong


@each_rank
def test_output_padding_adds_cells_at_the_end_that_kernels_may_reach(rank):
    x, w = whole(6, 1, 1, *(3,) * rank), whole(7, 1, 1, *(3,) * rank)
    without = TRANSPOSE[rank](x, w, stride=2, padding=1)
    longer = TRANSPOSE[rank](x, w, stride=2, padding=1, output_padding=1)
    assert longer.shape[2:] == tuple(n + 1 for n in without.shape[2:])
    same_numbers(longer[(..., *(slice(0, -1),) * rank)], without)
    # Padding crops one cell of the last kernel; output padding takes that very cell back.
    assert longer.ravel()[-1] == x.ravel()[-1] * w.ravel()[-1]
    uncropped = TRANSPOSE[rank](x, w, [7.0], stride=2, output_padding=1)
    assert uncropped.ravel()[-1] == 7.0  # beyond every kernel there is the bias alone


@each_rank
def test_where_everything_but_output_padding_is_cropped_the_bias_alone_is_left(rank):
    """One cell spread over 4 (kernel 2, dilation 3), 4 cropped, 1 added: beyond every kernel."""
    x, w = np.full((2, 1, *(1,) * rank), 9.0), np.ones((1, 2, *(2,) * rank))
    settings = {"padding": ((4, 0),) * rank, "output_padding": 1, "dilation": 3}
    y = TRANSPOSE[rank](x, w, [-3, 5], **settings, out=np.full((2, 2, *(1,) * rank), np.nan))
    same_numbers(y.reshape(2, 2), [[-3, 5], [-3, 5]])
    same_numbers(TRANSPOSE[rank](x, w, **settings), np.zeros(y.shape))


@each_rank
@pytest.mark.parametrize(
    ("stride", "dilation", "most"), [(1, 1, 0), (2, 1, 1), (1, 3, 2), (2, 3, 2), (3, 2, 2)]
)
def test_output_padding_is_less_than_the_larger_of_stride_and_dilation(
    rank, stride, dilation, most
):
    x, w = whole(8, 1, 1, *(4,) * rank), whole(9, 1, 1, *(2,) * rank)
    settings = {"stride": stride, "dilation": dilation}
    assert TRANSPOSE[rank](x, w, output_padding=most, **settings).shape[2] == (
        3 * stride + dilation + 1 + most
    )
    with pytest.raises(ShapeError, match=f"output_padding is {most + 1} .*; use {most}"):
        TRANSPOSE[rank](x, w, output_padding=most + 1, **settings)


@each_rank
def test_multiply_adds_are_counted_by_the_input_size(rank):
    layer = ConvTransposeSpec(4, 6, (3,) * rank, stride=2, groups=2)
    assert layer.macs((5,) * rank) == 4 * (6 // 2) * 3**rank * 5**rank


# Types and layouts


@each_rank
def test_the_batch_axis_may_be_missing_or_empty(rank):
    x, w = whole(10, 3, 2, *(4,) * rank), whole(11, 2, 5, *(3,) * rank)
    batch = TRANSPOSE[rank](x, w, np.arange(5), stride=2)
    for n in range(3):
        same_numbers(TRANSPOSE[rank](x[n], w, np.arange(5), stride=2), batch[n])
    assert TRANSPOSE[rank](x[:0], w, stride=2).shape == (0, 5, *(9,) * rank)


def test_floats_keep_their_type_and_whole_numbers_are_exact():
    x, w = np.ones((1, 2, 2), np.float32), np.ones((1, 1, 2, 2), np.float32)
    assert conv_transpose2d(x, w).dtype == np.float32
    assert conv_transpose2d(x, w, np.ones(1)).dtype == np.float64
    big = conv_transpose2d(np.full((1, 2, 2), 2**51, np.int64), np.ones((1, 1, 2, 2), np.uint8))
    assert big.dtype == np.float64 and int(big[0, 1, 1]) == 4 * 2**51
    assert conv_transpose2d(np.full((1, 1, 1), 255, np.uint8), [[[[255]]]])[0, 0, 0] == 255 * 255


def test_any_memory_layout_gives_the_same():
    x, w = whole(12, 2, 3, 6, 7), whole(13, 3, 4, 3, 2)
    settings = {"stride": 2, "padding": 1}
    expected = conv_transpose2d(x, w, **settings)
    last = np.ascontiguousarray(x.transpose(0, 2, 3, 1)).transpose(0, 3, 1, 2)
    for view in (last, np.asfortranarray(x), np.ascontiguousarray(x[..., ::-1])[..., ::-1]):
        same_numbers(conv_transpose2d(view, np.asfortranarray(w), **settings), expected)


def test_neither_input_nor_weight_is_written_to():
    x, w, bias = whole(14, 1, 2, 3, 3), whole(15, 2, 2, 1, 1), whole(16, 2)
    for array in (x, w, bias):
        array.flags.writeable = False
    y = conv_transpose2d(x, w, bias)
    assert not np.shares_memory(y, x) and y.flags.writeable


@each_rank
def test_out_is_written_to_and_returned_even_over_the_input(rank):
    x, w = whole(17, 2, 2, *(4,) * rank), whole(18, 2, 2, *(1,) * rank)
    expected = TRANSPOSE[rank](x, w, [1, 2])
    roomy = np.full((*expected.shape[:-1], 8), np.nan)[..., ::2]
    assert TRANSPOSE[rank](x, w, [1, 2], out=roomy) is roomy
    same_numbers(roomy, expected)
    same_numbers(TRANSPOSE[rank](x, w, [1, 2], out=x), expected)
    with pytest.raises(ShapeError, match="out has shape"):
        TRANSPOSE[rank](x, w, out=np.empty(3))


@pytest.mark.parametrize("scratch", [1, 300, 2000])
def test_cut_into_blocks_it_gives_the_same(monkeypatch, scratch):
    cases = [transposed_case(rng(seed), rank) for seed in range(20) for rank in TRANSPOSE]
    wholes = [TRANSPOSE[x.ndim - 2](x, w, b, **settings) for x, w, b, settings in cases]
    monkeypatch.setattr(kernels.ops.conv_transpose, "BLOCK_BYTES", scratch)
    for (x, w, b, settings), expected in zip(cases, wholes, strict=True):
        same_numbers(TRANSPOSE[x.ndim - 2](x, w, b, **settings), expected)


def test_products_are_added_to_what_is_there():
    axes, result = [TransposedAxis(input=2, kernel=2)] * 2, np.ones((1, 1, 3, 3))
    scatter_products(np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), axes, 1, result)
    same_numbers(result[0, 0], [[2, 3, 2], [3, 5, 3], [2, 3, 2]])
