"""The fast way of pooling gives the numbers of the plain one."""

import threading

import numpy as np
import pytest

from kernels.engine import fast_pool, threads
from kernels.engine.fast_pool import fast_pool2d, has_fast_way, pick
from kernels.layers.geometry import Axis
from kernels.ops.functional import avg_pool2d, max_pool2d
from kernels.ops.padding import pad_input
from kernels.ops.pool_windows import combine_windows, window_divisors

COMBINE = {"max": np.maximum, "min": np.minimum, "avg": np.add}
PADDING = {"max": -np.inf, "min": np.inf, "avg": 0.0}


def plain(kind, x, axes, *counting):
    padded = pad_input(x, axes, "constant", PADDING[kind])
    result = np.empty((*x.shape[:2], *(axis.output for axis in axes)), x.dtype)
    combine_windows(COMBINE[kind], padded, axes, result)
    return result / window_divisors(axes, *counting).astype(x.dtype) if kind == "avg" else result


def fast(kind, x, axes, count_include_pad=True, divisor_override=None):
    out = np.full((*x.shape[:2], *(axis.output for axis in axes)), np.nan, x.dtype)
    counting = (count_include_pad, divisor_override) if kind == "avg" else None
    fast_pool2d(COMBINE[kind], x, axes, out, counting)
    return out


def random_axis(rng):
    """A pooling's axis of few cells, its window often larger or its stride longer than they are."""
    while True:
        kernel, stride, size = (int(n) for n in rng.integers(1, (6, 7, 14)))
        before, after = (int(n) for n in rng.integers(0, kernel // 2 + 1, 2))
        axis = Axis(size, kernel, stride, before, after, ceil_mode=bool(rng.random() < 0.5))
        if axis.room >= 0 or (axis.ceil_mode and axis.room > -stride):
            return axis


def random_layer(rng, dtype):
    axes = [random_axis(rng), random_axis(rng)]
    images, channels = (int(n) for n in rng.integers(1, 4, 2))
    x = rng.integers(-9, 10, (images, channels, *(axis.input for axis in axes))).astype(dtype)
    counting = bool(rng.random() < 0.5), int(rng.integers(1, 9)) if rng.random() < 0.3 else None
    return x, axes, *counting


@pytest.fixture
def always_shared(monkeypatch):
    """Two threads, however little there is to do."""
    monkeypatch.setattr(threads, "THREADS", 2)
    monkeypatch.setattr(threads, "WORTH_A_THREAD", 0)


@pytest.mark.parametrize("kind", COMBINE)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_gives_the_same_numbers(kind, dtype):
    rng = np.random.default_rng(1)
    for _ in range(300):
        layer = random_layer(rng, dtype)
        np.testing.assert_array_equal(fast(kind, *layer), plain(kind, *layer))


@pytest.mark.usefixtures("always_shared")
@pytest.mark.parametrize("kind", COMBINE)
@pytest.mark.parametrize("cells", [1, 20, 100])
def test_blocks_and_threads_change_nothing(kind, cells, monkeypatch):
    monkeypatch.setattr(fast_pool, "BLOCK_CELLS", cells)
    rng = np.random.default_rng(2)
    for _ in range(60):
        layer = random_layer(rng, np.float32)
        np.testing.assert_array_equal(fast(kind, *layer), plain(kind, *layer))


@pytest.mark.parametrize("width", [63, 64])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1])
def test_pictures_of_many_blocks(width, stride, padding):
    x = np.random.default_rng(3).standard_normal((2, 40, 200, width), np.float32)
    axes = [Axis(n, 3, stride, padding, padding) for n in x.shape[2:]]
    np.testing.assert_array_equal(fast("max", x, axes), plain("max", x, axes))
    exact = plain("avg", x.astype(float), axes)
    np.testing.assert_allclose(fast("avg", x, axes), exact, atol=5e-6 * np.abs(exact).max())


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
def test_windows_never_mix_rows_or_channels(pool):
    x = np.full((1, 2, 4, 4), np.inf)
    x[0, 0, :, 0] = -np.inf  # an infinity and its opposite meet over the end of every row
    x[0, 1] = 1.0
    y = pool(x, (1, 2), 2)
    assert (y[0, 1] == 1).all()
    np.testing.assert_array_equal(y[0, 0, :, 1], [np.inf, np.inf])


def test_nan_wins_and_stays_in_its_windows():
    x = np.zeros((1, 1, 6, 6), np.float32)
    x[0, 0, 2, 3] = np.nan
    holds = np.zeros((6, 6), bool)
    holds[1:4, 2:5] = True
    for pool in (max_pool2d, avg_pool2d):
        np.testing.assert_array_equal(np.isnan(pool(x, 3, 1, 1)[0, 0]), holds)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(1, 1, 7), (2, 3, 8), (1, 2, 9)])
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_pick(dtype, shape, stride):
    line = np.arange(100).astype(dtype)
    wide = line[: np.prod(shape)].reshape(shape)
    target = np.zeros((*shape[:2], len(range(0, shape[2], stride))), dtype)
    pick(line, shape, stride, target)
    np.testing.assert_array_equal(target, wide[..., ::stride])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("kernel", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("left_over", [0, 1])
def test_windows_side_by_side(dtype, kernel, left_over):
    rng = np.random.default_rng(6)
    x = rng.integers(-9, 10, (2, 3, 4 * kernel, 6 * kernel + left_over)).astype(dtype)
    axes = [Axis(n, kernel, kernel) for n in x.shape[2:]]
    for divisor in (None, 1, 4, 7):
        np.testing.assert_array_equal(
            fast("avg", x, axes, True, divisor), plain("avg", x, axes, True, divisor)
        )


@pytest.mark.usefixtures("always_shared")
@pytest.mark.parametrize("kind", COMBINE)
def test_a_layer_that_comes_again_reads_the_new_cells(kind):
    rng = np.random.default_rng(7)
    for _ in range(100):
        x, *layer = random_layer(rng, np.float32)
        for _ in range(3):
            x[...] = rng.permuted(x)
            np.testing.assert_array_equal(fast(kind, x, *layer), plain(kind, x, *layer))


def test_what_it_is_not_made_for_is_left_to_the_plain_way():
    axes = [Axis(5, 2), Axis(5, 2)]
    out = np.empty((1, 4, 4, 2))
    assert has_fast_way(axes, np.empty((1, 2, 4, 4)))
    assert not has_fast_way(axes, out.transpose(0, 3, 1, 2))
    assert not has_fast_way([Axis(5, 2, dilation=2), axes[1]], np.empty((1, 2, 3, 4)))
    assert not has_fast_way(axes[:1], np.empty((1, 2, 4)))


def test_arrays_need_not_be_contiguous():
    wide = np.random.default_rng(4).standard_normal((2, 9, 24, 6))
    x = wide.transpose(0, 3, 1, 2)[:, ::2, :, 5:17]
    out = np.empty((2, 4, 6, 3)).transpose(0, 3, 1, 2)
    np.testing.assert_array_equal(
        max_pool2d(x, 3, 2, 1)[..., :4, :],
        plain("max", x, [Axis(9, 3, 2, 1, 1), Axis(12, 3, 2, 1, 1)])[..., :4, :],
    )
    assert max_pool2d(x[:, :, :8], 2, out=out) is out
    np.testing.assert_array_equal(out, max_pool2d(x[:, :, :8], 2))


def test_an_empty_batch_has_an_empty_result():
    assert max_pool2d(np.empty((0, 3, 4, 4)), 2).shape == (0, 3, 2, 2)
    assert avg_pool2d(np.empty((2, 0, 4, 4)), 2).shape == (2, 0, 2, 2)


@pytest.mark.usefixtures("always_shared")
def test_callers_in_several_threads_do_not_disturb_each_other():
    rng = np.random.default_rng(5)
    pictures = [rng.standard_normal((4, 4, n, n), np.float32) for n in (60, 64, 70)]
    expected = [avg_pool2d(x, 3, 2, 1) for x in pictures]
    wrong = []

    def call(n):
        for _ in range(30):
            if (avg_pool2d(pictures[n], 3, 2, 1) != expected[n]).any():
                wrong.append(n)

    callers = [threading.Thread(target=call, args=(n,)) for n in range(3)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert not wrong
