"""Gradients: against differences, against the transposed matrix, and by the dot products."""

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec
from kernels.ops.functional import (
    avg_pool1d,
    avg_pool1d_backward,
    avg_pool2d,
    avg_pool2d_backward,
    avg_pool3d,
    avg_pool3d_backward,
    conv1d,
    conv1d_backward,
    conv2d,
    conv2d_backward,
    conv3d,
    conv3d_backward,
    conv_transpose2d,
    max_pool1d,
    max_pool1d_backward,
    max_pool2d,
    max_pool2d_backward,
    max_pool3d,
    max_pool3d_backward,
)
from kernels.ops.matrix import convolution_matrix
from kernels.ops.padding import fold_padding, pad_input
from tests.random_layers import conv_case, pool_case

same_numbers = np.testing.assert_array_equal
CONV = {1: conv1d, 2: conv2d, 3: conv3d}
CONV_BACK = {1: conv1d_backward, 2: conv2d_backward, 3: conv3d_backward}
MAX = {1: max_pool1d, 2: max_pool2d, 3: max_pool3d}
MAX_BACK = {1: max_pool1d_backward, 2: max_pool2d_backward, 3: max_pool3d_backward}
AVG = {1: avg_pool1d, 2: avg_pool2d, 3: avg_pool3d}
AVG_BACK = {1: avg_pool1d_backward, 2: avg_pool2d_backward, 3: avg_pool3d_backward}
each_rank = pytest.mark.parametrize("rank", CONV)


def rng(seed):
    return np.random.default_rng(seed)


def whole(draw, shape):
    return draw.integers(-5, 6, shape).astype(float)


def differences(loss, array, step=1.0):
    """How much a loss grows with each number of an array, times 1 / step."""
    found = np.zeros(array.shape)
    for place in np.ndindex(*array.shape):
        up, down = array.copy(), array.copy()
        up[place] += step
        down[place] -= step
        found[place] = (loss(up) - loss(down)) / (2 * step)
    return found


# Convolution: it is linear in input, weight and bias, so differences of whole numbers are exact


@each_rank
@pytest.mark.parametrize("seed", range(25))
def test_conv_gradients_are_the_differences(rank, seed):
    x, w, _, settings = conv_case(rng(seed), rank)
    if x.size + w.size > 400:
        x, w = x[:1], w[: settings["groups"]]
    bias = np.zeros(len(w))
    g = whole(rng([seed, 1]), CONV[rank](x, w, **settings).shape)
    grads = CONV_BACK[rank](x, w, g, **settings)

    def loss(x=x, w=w, bias=bias):
        return float((CONV[rank](x, w, bias, **settings) * g).sum())

    same_numbers(grads[0], differences(lambda x: loss(x=x), x))
    same_numbers(grads[1], differences(lambda w: loss(w=w), w))
    same_numbers(grads[2], differences(lambda bias: loss(bias=bias), bias))


def check_dot_products(rank, seed):
    """<g, conv(x', w)> = <grad_input, x'>, and the same for weight and bias."""
    draw = rng([seed, 2])
    x, w, _, settings = conv_case(rng(seed), rank)
    linear = {k: v for k, v in settings.items() if k != "padding_value"}
    y = CONV[rank](x, w, **settings)
    g, other_x, other_w, bias = (whole(draw, s) for s in (y.shape, x.shape, w.shape, len(w)))
    grad_input, grad_weight, grad_bias = CONV_BACK[rank](x, w, g, **settings)
    assert (grad_input.shape, grad_weight.shape) == (x.shape, w.shape)
    assert (g * CONV[rank](other_x, w, **linear)).sum() == (grad_input * other_x).sum()
    assert (g * CONV[rank](x, other_w, **settings)).sum() == (grad_weight * other_w).sum()
    assert (g * bias.reshape(-1, *(1,) * rank)).sum() == (grad_bias * bias).sum()


@each_rank
@pytest.mark.parametrize("seed", range(60))
def test_conv_gradients_keep_the_dot_products(rank, seed):
    check_dot_products(rank, seed)


@pytest.mark.long
@each_rank
@pytest.mark.parametrize("seed", range(1000, 3000))
def test_conv_gradients_keep_the_dot_products_thousands_of_times(rank, seed):
    check_dot_products(rank, seed)


@each_rank
@pytest.mark.parametrize("seed", range(30))
def test_the_input_gradient_is_the_transposed_matrix_times_the_output_gradient(rank, seed):
    x, w, _, settings = conv_case(rng(seed), rank)
    settings.pop("padding_value", None)
    if settings.get("padding_mode") == "constant":
        settings["padding_mode"] = "zeros"
    x = x[:1]
    g = whole(rng([seed, 3]), CONV[rank](x, w, **settings).shape)
    grad_input = CONV_BACK[rank](x, w, g, **settings)[0]
    matrix = convolution_matrix(w, x.shape[2:], **settings)
    same_numbers(grad_input.ravel(), matrix.T @ g.ravel())


def test_the_input_gradient_is_a_transposed_convolution():
    x, w = whole(rng(1), (2, 3, 8, 7)), whole(rng(2), (4, 3, 3, 2))
    settings = {"stride": (3, 2), "padding": ((1, 0), (2, 1))}
    axes = ConvSpec(3, 4, (3, 2), **settings).axes((8, 7))
    g = whole(rng(3), (2, 4, *(axis.output for axis in axes)))
    leftover = tuple(axis.leftover for axis in axes)
    assert leftover == (0, 0) or max(leftover) > 0
    expected = conv_transpose2d(g, w, **settings, output_padding=leftover)
    same_numbers(conv2d_backward(x, w, g, **settings)[0], expected)


def test_gradients_that_were_done_by_hand():
    """y = [1a + 2b, 2a + 3b] with the kernel (a, b) = (5, 7) and the loss 1 y0 + 100 y1."""
    grads = conv1d_backward([[1, 2, 3]], [[[5, 7]]], [[1, 100]])
    same_numbers(grads[0], [[5 * 1, 7 * 1 + 5 * 100, 7 * 100]])
    same_numbers(grads[1], [[[1 * 1 + 2 * 100, 2 * 1 + 3 * 100]]])
    same_numbers(grads[2], [1 + 100])


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("zeros", [1, 1, 1]),
        ("replicate", [3, 1, 3]),  # the two padding cells on either side are copies of the ends
        ("reflect", [1 + 1, 1 + 2, 1 + 1]),  # 3 2 | 1 2 3 | 2 1, counted by value
        ("circular", [1 + 1, 1 + 2, 1 + 1]),  # 2 3 | 1 2 3 | 1 2
    ],
)
def test_what_reaches_the_padding_goes_back_to_where_it_was_copied_from(mode, expected):
    # A kernel of one cell: every padded cell is one output, and each has the gradient 1.
    grads = conv1d_backward([[1, 2, 3]], [[[1]]], np.ones((1, 7)), padding=2, padding_mode=mode)
    same_numbers(grads[0], [expected])


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_folding_is_the_transpose_of_padding(mode):
    for seed in range(60):
        x, w, _, settings = conv_case(rng(seed))
        settings = {k: v for k, v in settings.items() if k in ("stride", "padding", "dilation")}
        try:
            axes = ConvSpec(1, 1, w.shape[2:], **settings, padding_mode=mode).axes(x.shape[2:])
        except ShapeError:
            continue
        x = x[0, 0]
        padded = pad_input(x, axes, mode)
        g = whole(rng(seed), padded.shape)
        assert (padded * g).sum() == (x * fold_padding(g, axes, mode)).sum()


@each_rank
def test_conv_gradients_without_batch_or_with_an_empty_one(rank):
    x, w = whole(rng(4), (3, 2, *(5,) * rank)), whole(rng(5), (4, 2, *(3,) * rank))
    g = whole(rng(6), (3, 4, *(5,) * rank))
    batch = CONV_BACK[rank](x, w, g, padding=1)
    alone = [CONV_BACK[rank](x[n], w, g[n], padding=1) for n in range(3)]
    same_numbers(np.stack([a[0] for a in alone]), batch[0])
    for n in (1, 2):
        same_numbers(sum(a[n] for a in alone), batch[n])
    empty = CONV_BACK[rank](x[:0], w, g[:0], padding=1)
    assert empty[0].shape == (0, *x.shape[1:])
    same_numbers(empty[1], np.zeros(w.shape))
    same_numbers(empty[2], np.zeros(4))


def test_gradients_have_the_wider_type_and_change_nothing():
    x, w, g = (np.ones(s, np.float32) for s in ((1, 4, 4), (1, 1, 2, 2), (1, 3, 3)))
    assert {a.dtype for a in conv2d_backward(x, w, g)} == {np.dtype(np.float32)}
    assert {a.dtype for a in conv2d_backward(x, w, g.astype(int))} == {np.dtype(np.float64)}
    assert max_pool2d_backward(x, g[:, :2, :2], 2).dtype == np.float32
    assert avg_pool2d_backward(x, g[:, :2, :2].astype(np.uint8), 2).dtype == np.float64
    for array in (x, w, g):
        same_numbers(array, np.ones(array.shape))


@each_rank
@pytest.mark.parametrize("mode, padding", [("zeros", 0), ("zeros", 1), ("replicate", 1)])
def test_the_input_gradient_is_written_to_out(rank, mode, padding):
    x, w = whole(rng(10), (2, 2, *(5,) * rank)), whole(rng(11), (4, 2, *(3,) * rank))
    g = whole(rng(12), (2, 4, *(2 + padding,) * rank))
    settings = {"stride": 2, "padding": padding, "padding_mode": mode}
    check_out(CONV_BACK[rank], (x, w, g), settings)


def test_the_input_gradient_may_be_written_over_the_output_gradient():
    x, w, g = (whole(rng(n), s) for n, s in enumerate([(1, 2, 5, 5), (2, 2, 3, 3), (1, 2, 5, 5)]))
    expected = conv2d_backward(x, w, g, padding=1)
    for one, other in zip(conv2d_backward(x, w, g, padding=1, out=g), expected, strict=True):
        same_numbers(one, other)


def check_out(back, arrays, settings):
    """A roomy `out` is filled and returned; the input may be its own, and one too small is refused.

    arrays : input and output gradient, and what else is between or after them.
    """
    expected = back(*arrays, **settings)
    several = isinstance(expected, tuple)
    out = np.full((*arrays[0].shape, 2), np.nan)[..., 0]
    found = back(*arrays, **settings, out=out)
    assert (found[0] if several else found) is out
    x = arrays[0].copy()
    over_input = back(x, *arrays[1:], **settings, out=x)
    for grads in (found, over_input):
        for one, other in zip(grads, expected, strict=True):
            same_numbers(one, other)
    with pytest.raises(ShapeError, match="out has shape"):
        back(*arrays, **settings, out=np.empty(3))


# Max pooling


@each_rank
@pytest.mark.parametrize("seed", range(25))
def test_max_gradients_are_the_differences_where_no_two_are_equal(rank, seed):
    x, settings = pool_case(rng(seed), rank=rank)
    x = rng(seed).permutation(x.size).reshape(x.shape) * 10.0
    y = MAX[rank](x, **settings)
    g = whole(rng([seed, 1]), y.shape)

    def loss(x):
        y = MAX[rank](x, **settings)
        return float((np.where(np.isinf(y), 0, y) * g).sum())

    same_numbers(MAX_BACK[rank](x, g, **settings), differences(loss, x))


def check_max_goes_to_the_first(rank, seed):
    x, settings = pool_case(rng(seed), rank=rank)
    y, places = MAX[rank](x, **settings, return_indices=True)
    g = whole(rng([seed, 1]), y.shape)
    expected = np.zeros((*x.shape[:2], x[0, 0].size))
    for place in np.ndindex(*y.shape):
        if places[place] >= 0:
            expected[(*place[:2], places[place])] += g[place]
    same_numbers(MAX_BACK[rank](x, g, **settings), expected.reshape(x.shape))


@each_rank
@pytest.mark.parametrize("seed", range(40))
def test_max_gradients_go_to_the_first_winner(rank, seed):
    check_max_goes_to_the_first(rank, seed)


@pytest.mark.long
@each_rank
@pytest.mark.parametrize("seed", range(1000, 2500))
def test_max_gradients_go_to_the_first_winner_thousands_of_times(rank, seed):
    check_max_goes_to_the_first(rank, seed)


def test_of_equal_numbers_only_the_first_gets_the_gradient():
    same_numbers(max_pool2d_backward(np.ones((1, 3, 3)), np.full((1, 2, 2), 5.0), 2, 1),
                 [[[5, 5, 0], [5, 5, 0], [0, 0, 0]]])  # fmt: skip
    same_numbers(max_pool1d_backward([[2, 2, 2]], [[1, 10]], 2, 1), [[1, 10, 0]])
    same_numbers(max_pool1d_backward([[1, 2, 1]], [[1, 10]], 2, 1), [[0, 11, 0]])


def test_a_window_over_padding_alone_gives_its_gradient_to_nobody():
    settings = {"kernel_size": 2, "stride": 1, "padding": 1, "dilation": 2}
    same_numbers(max_pool1d_backward([[5]], [[7]], **settings), [[0]])
    same_numbers(max_pool2d_backward([[[5]]], [[[7]]], **settings), [[[0]]])
    same_numbers(avg_pool2d_backward([[[5]]], [[[7]]], **settings), [[[0]]])


def test_a_negative_input_keeps_its_gradient_beside_the_padding():
    x = -np.ones((1, 4, 4))
    grad = max_pool2d_backward(x, np.ones((1, 2, 2)), 3, 2, 1)
    assert grad.sum() == 4
    # The lower left window starts over at row 1: the first of its equal cells is (1, 0).
    same_numbers(np.argwhere(grad[0]), [[0, 0], [0, 1], [1, 0], [1, 1]])


# Average pooling


def check_average(rank, seed):
    draw = rng([seed, 1])
    x, settings = pool_case(rng(seed), rank=rank)
    settings["count_include_pad"] = bool(draw.random() < 0.5)
    settings["divisor_override"] = int(draw.integers(1, 8)) if draw.random() < 0.2 else None
    y = AVG[rank](x, **settings)
    g, other = whole(draw, y.shape), whole(draw, x.shape)
    grad = AVG_BACK[rank](x, g, **settings)
    assert grad.shape == x.shape
    forward, back = (g * AVG[rank](other, **settings)).sum(), (grad * other).sum()
    assert forward == pytest.approx(back, rel=1e-12, abs=1e-10)
    return x, settings, g, grad


@each_rank
@pytest.mark.parametrize("seed", range(40))
def test_average_gradients_keep_the_dot_products_and_are_the_differences(rank, seed):
    x, settings, g, grad = check_average(rank, seed)

    def loss(x):
        return float((AVG[rank](x, **settings) * g).sum())

    np.testing.assert_allclose(grad, differences(loss, x), rtol=0, atol=1e-11)


@pytest.mark.long
@each_rank
@pytest.mark.parametrize("seed", range(1000, 2500))
def test_average_gradients_keep_the_dot_products_thousands_of_times(rank, seed):
    check_average(rank, seed)


def test_an_average_gives_each_cell_its_share():
    grad = avg_pool1d_backward(np.zeros((1, 6)), [[3, 3, 2]], 3, 3, 1, True)
    # Windows -1 0 1 | 2 3 4 | 5 6 (7 is beyond the padding and does not count).
    same_numbers(grad, [[3 / 3, 3 / 3, 3 / 3, 3 / 3, 3 / 3, 2 / 2]])
    alone = avg_pool1d_backward(
        np.zeros((1, 6)), [[3, 3, 2]], 3, 3, 1, True, count_include_pad=False
    )
    same_numbers(alone, [[3 / 2, 3 / 2, 3 / 3, 3 / 3, 3 / 3, 2 / 1]])


@each_rank
def test_pool_gradients_without_batch_or_with_an_empty_one(rank):
    x, g = rng(7).normal(size=(3, 2, *(6,) * rank)), rng(8).normal(size=(3, 2, *(3,) * rank))
    for back in (MAX_BACK[rank], AVG_BACK[rank]):
        batch = back(x, g, 2)
        for n in range(3):
            same_numbers(back(x[n], g[n], 2), batch[n])
        assert back(x[:0], g[:0], 2).shape == (0, *x.shape[1:])


@each_rank
@pytest.mark.parametrize("padding", [0, 1])
def test_pool_gradients_are_written_to_out(rank, padding):
    x = rng(13).normal(size=(2, 2, *(6,) * rank))
    g = rng(14).normal(size=(2, 2, *(3 + padding,) * rank))
    for back in (MAX_BACK[rank], AVG_BACK[rank]):
        check_out(back, (x, g, 2), {"padding": padding})


# What does not suit


@each_rank
def test_an_output_gradient_of_another_shape_is_refused(rank):
    x, w = np.ones((1, 1, *(4,) * rank)), np.ones((1, 1, *(3,) * rank))
    for g in (np.ones((1, 1, *(3,) * rank)), np.ones((1, *(2,) * rank)), 1.0):
        with pytest.raises(ShapeError) as refusal:
            CONV_BACK[rank](x, w, g)
        assert f"grad_output has shape {np.shape(g)}" in str(refusal.value)
        assert f"the result has {(1, 1, *(2,) * rank)}" in str(refusal.value)
        for back in (MAX_BACK[rank], AVG_BACK[rank]):
            with pytest.raises(ShapeError, match="grad_output has shape"):
                back(x, np.ones((1, 1, *(3,) * rank)), 2)
    with pytest.raises(ShapeError, match="grad_output has the type"):
        CONV_BACK[rank](x, w, "gradient")
    with pytest.raises(ShapeError, match=f"weight has {rank + 1} axes"):
        CONV_BACK[rank](x, w[0], x)
