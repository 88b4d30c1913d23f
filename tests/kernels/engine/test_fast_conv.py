"""Every fast way of a convolution gives the numbers of the plain one, whatever is chosen."""

import gc
import threading
import weakref

import numpy as np
import pytest

from kernels.engine import bands, blocks, columns, threads, winograd
from kernels.engine.fast_conv import costs, fast_convolution, fast_convolve2d, fastest
from kernels.engine.fast_transpose import fast_conv_transpose2d
from kernels.layers.geometry import Axis
from kernels.layers.transposed import TransposedAxis
from kernels.ops.conv import windows_view
from kernels.ops.conv_transpose import scatter_products
from kernels.ops.padding import pad_input

WAYS = ("small", "pointwise", "columns", "bands", "winograd")


def plain(x, w, bias, axes, groups=1):
    """Every window times every kernel, in float64."""
    windows = windows_view(pad_input(x.astype(float), axes), axes)
    windows = windows.reshape(len(x), groups, -1, *windows.shape[2:])
    kernels = w.astype(float).reshape(groups, -1, *w.shape[1:])
    y = np.einsum("ngcyxuv,gkcuv->ngkyx", windows, kernels)
    y = y.reshape(len(x), len(w), *y.shape[3:])
    return y if bias is None else y + bias.astype(float).reshape(-1, 1, 1)


def compute(way, x, w, bias, axes, groups=1):
    out = np.full((len(x), len(w), *(axis.output for axis in axes)), np.nan, x.dtype)
    fast_convolution(x.shape, w.shape, axes, groups, x.dtype, way)(x, w, bias, out)
    return out


def random_axis(rng, kernel, stride=None, dilation=None):
    """An axis of few cells on which a window fits, often only thanks to its padding."""
    stride, dilation = stride or int(rng.integers(1, 5)), dilation or int(rng.integers(1, 4))
    size = int(rng.integers(1, 14))
    before, after = (int(n) for n in rng.integers(0, 4, 2))
    after += max(dilation * (kernel - 1) + 1 - (before + size + after), 0)
    return Axis(size, kernel, stride, before, after, dilation)


def random_axes(way, rng):
    if way == "pointwise":
        return [Axis(int(n), 1) for n in rng.integers(1, 14, 2)]
    if way != "winograd":
        return [random_axis(rng, int(rng.integers(1, 6))) for _ in range(2)]
    strides = [int(n) for n in rng.integers(1, 4, 2)]
    return [random_axis(rng, int(rng.integers(2 * s + 1, 3 * s + 1)), s) for s in strides]


def random_layer(way, rng, dtype):
    """Small whole numbers, whose sums float32 holds exactly."""
    axes = random_axes(way, rng)
    groups, channels, kernels = (int(n) for n in rng.integers(1, 4, 3))
    images = int(rng.choice([1, 1, 2, 7]))
    shape = (images, groups * channels, *(axis.input for axis in axes))
    x = rng.integers(-9, 10, shape).astype(dtype)
    kernel_size = [axis.kernel for axis in axes]
    w = rng.integers(-4, 5, (groups * kernels, channels, *kernel_size)).astype(dtype)
    bias = rng.integers(-5, 6, len(w)).astype(dtype) if rng.random() < 0.5 else None
    return x, w, bias, axes, groups


def normal_layer(shape, kernels, axes, groups=1, seed=0):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal(shape, np.float32)
    kernel_size = [axis.kernel for axis in axes]
    w = rng.standard_normal((kernels, shape[1] // groups, *kernel_size), np.float32)
    return x, w, rng.standard_normal(kernels, np.float32)


@pytest.fixture
def tiny_blocks(monkeypatch):
    """Cut even a small result into many blocks, along every axis."""
    monkeypatch.setattr(bands, "BLOCK_BYTES", 2000)
    monkeypatch.setattr(bands, "NARROW", 12)
    monkeypatch.setattr(bands, "NARROWEST", 3)
    monkeypatch.setattr(bands, "WIDE", 5)
    monkeypatch.setattr(bands, "TURNED", 4)
    monkeypatch.setattr(columns, "BLOCK_BYTES", 100)
    monkeypatch.setattr(columns, "WIDTH", 4)
    monkeypatch.setattr(winograd, "FEWEST_TILES", 4)
    monkeypatch.setattr(winograd, "BLOCK_BYTES", 100)


@pytest.fixture
def always_shared(monkeypatch):
    """Two threads, however little there is to do."""
    monkeypatch.setattr(threads, "THREADS", 2)
    monkeypatch.setattr(threads, "WORTH_A_THREAD", 0)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_every_way_is_exact_on_whole_numbers(way, dtype):
    rng = np.random.default_rng(3)
    for _ in range(150):
        layer = random_layer(way, rng, dtype)
        np.testing.assert_array_equal(compute(way, *layer), plain(*layer))


@pytest.mark.usefixtures("tiny_blocks", "always_shared")
@pytest.mark.parametrize("way", WAYS)
def test_blocks_and_threads_change_nothing(way):
    rng = np.random.default_rng(4)
    for _ in range(100):
        layer = random_layer(way, rng, np.float32)
        np.testing.assert_array_equal(compute(way, *layer), plain(*layer))


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("way", WAYS)
def test_the_same_function_convolves_whatever_arrays_it_is_given(way, shared, request):
    if shared:
        request.getfixturevalue("tiny_blocks")
        request.getfixturevalue("always_shared")
    rng = np.random.default_rng(11)
    for _ in range(20):
        x, w, bias, axes, groups = random_layer(way, rng, np.float32)
        convolve = fast_convolution(x.shape, w.shape, axes, groups, x.dtype, way)
        for n in range(4):
            layer = x + n, w - n, None if bias is None else bias * n, axes, groups
            out = np.full((len(x), len(w), *(axis.output for axis in axes)), np.nan, x.dtype)
            convolve(*layer[:3], out)
            np.testing.assert_array_equal(out, plain(*layer))


def test_a_result_does_not_outlive_its_use():
    axes = [Axis(40, 3)] * 2
    x, w, bias = normal_layer((1, 8, 40, 40), 8, axes)
    convolve = fast_convolution(x.shape, w.shape, axes, 1, x.dtype, "bands")
    gc.disable()
    try:
        for _ in range(2):
            out = np.empty((1, 8, 38, 38), np.float32)
            gone = weakref.ref(out)
            convolve(x, w, bias, out)
            del out
            assert gone() is None
    finally:
        gc.enable()


LARGER = {
    "LeNet conv1": ((9, 1, 28, 28), 6, [Axis(28, 5, 1, 2, 2)] * 2, 1),
    "LeNet conv2": ((5, 6, 14, 14), 16, [Axis(14, 5)] * 2, 1),
    "AlexNet conv1": ((1, 3, 67, 63), 24, [Axis(67, 11, 4, 2, 2), Axis(63, 11, 4, 2, 2)], 1),
    "VGG": ((1, 32, 40, 45), 32, [Axis(40, 3, 1, 1, 1), Axis(45, 3, 1, 1, 1)], 1),
    "ResNet": ((2, 24, 29, 30), 32, [Axis(29, 3, 2, 1, 1), Axis(30, 3, 2, 1, 1)], 1),
    "dilated": ((1, 20, 25, 23), 20, [Axis(25, 3, 1, 2, 2, 2), Axis(23, 3, 1, 2, 2, 2)], 1),
    "1x1": ((3, 40, 21, 20), 30, [Axis(21, 1), Axis(20, 1)], 1),
    "first": ((1, 3, 64, 600), 16, [Axis(64, 3, 1, 1, 1), Axis(600, 3, 1, 1, 1)], 1),
    "depthwise": ((1, 24, 41, 40), 24, [Axis(41, 3, 1, 1, 1), Axis(40, 3, 1, 1, 1)], 24),
    "grouped": ((2, 24, 30, 30), 40, [Axis(30, 3, 1, 1, 1)] * 2, 4),
    "filter": ((1, 1, 90, 2000), 1, [Axis(90, 9), Axis(2000, 9)], 1),
    "classifier": ((2, 64, 7, 7), 50, [Axis(7, 7)] * 2, 1),
}


@pytest.mark.parametrize("name", LARGER)
@pytest.mark.parametrize("shared", [False, True])
def test_float32_stays_within_5e_6_of_float64(name, shared, request):
    if shared:
        request.getfixturevalue("always_shared")
    shape, kernels, axes, groups = LARGER[name]
    x, w, bias = normal_layer(shape, kernels, axes, groups)
    exact = plain(x, w, bias, axes, groups)
    for way in (None, *costs(x.shape, w.shape, axes, groups)):
        error = np.abs(compute(way, x, w, bias, axes, groups) - exact).max()
        assert error < 5e-6 * np.abs(exact).max(), way


def test_large_whole_numbers_are_exact_in_float64():
    axes = [Axis(50, 3, 1, 1, 1)] * 2
    rng = np.random.default_rng(5)
    x = rng.integers(0, 2**26, (1, 32, 50, 50))
    w = rng.integers(0, 2**17, (32, 32, 3, 3))
    assert 32 * 9 * 2**26 * 2**17 < 2**53
    out = np.empty((1, 32, 50, 50))
    fast_convolve2d(x.astype(float), w.astype(float), None, axes, 1, out)
    windows = np.lib.stride_tricks.sliding_window_view(
        np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1))), (3, 3), axis=(2, 3)
    )
    expected = windows[0].transpose(1, 2, 0, 3, 4).reshape(2500, -1) @ w.reshape(32, -1).T
    np.testing.assert_array_equal(out[0].reshape(32, -1).T, expected)


def test_each_way_is_chosen_somewhere():
    chosen = set()
    for shape, kernels, axes, groups in [
        *LARGER.values(),
        ((1, 64, 56, 56), 128, [Axis(56, 3, 2, 1, 1)] * 2, 1),
        ((1, 64, 56, 56), 256, [Axis(56, 1)] * 2, 1),
        ((1, 64, 112, 112), 64, [Axis(112, 3, 1, 1, 1)] * 2, 1),
        ((64, 6, 14, 14), 16, [Axis(14, 5)] * 2, 1),
        ((1, 1, 5, 5), 1, [Axis(5, 3)] * 2, 1),
    ]:
        weight_shape = (kernels, shape[1] // groups, *(axis.kernel for axis in axes))
        chosen.add(fastest(costs(shape, weight_shape, axes, groups)))
        assert "winograd" not in costs(shape, weight_shape, axes, groups, np.float64)
    assert chosen == set(WAYS)


@pytest.mark.parametrize("way", WAYS)
def test_arrays_need_not_be_contiguous(way):
    rng = np.random.default_rng(6)
    axes = [Axis(12, 1)] * 2 if way == "pointwise" else [Axis(12, 3, 1, 1, 1)] * 2
    wide = rng.integers(-9, 10, (2, 12, 24, 6)).astype(np.float32)
    x = wide.transpose(0, 3, 1, 2)[:, ::2, :, 5:17]
    kernel = axes[0].kernel
    w = rng.integers(-4, 5, (kernel, kernel, 3, 8)).astype(np.float32).transpose(3, 2, 0, 1)
    out = np.zeros((2, 12, 12, 16), np.float32).transpose(0, 3, 1, 2)[:, ::2]
    fast_convolution(x.shape, w.shape, axes, 1, x.dtype, way)(x, w, None, out)
    np.testing.assert_array_equal(out, plain(x, w, None, axes))


def test_an_empty_batch_has_an_empty_result():
    axes = [Axis(4, 3)] * 2
    x, w, bias = normal_layer((0, 2, 4, 4), 3, axes)
    fast_convolve2d(x, w, bias, axes, 1, np.empty((0, 3, 2, 2), np.float32))
    axes, out = [TransposedAxis(4, 2, 2)] * 2, np.empty((0, 3, 8, 8), np.float32)
    assert fast_conv_transpose2d(x, np.zeros((2, 3, 2, 2), np.float32), bias, axes, 1, out)


@pytest.mark.parametrize("dilation", [1, 2])
@pytest.mark.parametrize("way", ["bands", "winograd"])
def test_infinity_reaches_only_the_windows_that_read_it(way, dilation):
    axes = [Axis(20, 3, 1, dilation, dilation, dilation)] * 2
    x, w, bias = normal_layer((1, 2, 20, 20), 2, axes, groups=2, seed=1)
    x[0, 0, 7, 9], x[0, 1, 3, 3], x[0, 1, 14, 4] = np.inf, -np.inf, np.nan
    with np.errstate(invalid="ignore"):
        exact = plain(x, w, bias, axes, 2)
        out = compute(way, x, w, bias, axes, 2)
    finite = np.isfinite(exact)
    assert (np.isfinite(out) == finite).all() and (~finite).sum() == 3 * 9
    np.testing.assert_array_equal(out[~finite], exact[~finite])
    np.testing.assert_allclose(out[finite], exact[finite], rtol=1e-4, atol=1e-4)


def test_sums_that_would_overflow_are_not_made():
    axes = [Axis(6, 3)] * 2
    x, w = np.full((1, 1, 6, 6), 3e38, np.float32), np.full((1, 1, 3, 3), 0.01, np.float32)
    assert x[0, 0, 0, 0] > np.finfo(np.float32).max / 2
    np.testing.assert_allclose(compute("winograd", x, w, None, axes), 9 * 3e36, rtol=1e-5)


@pytest.mark.usefixtures("always_shared")
@pytest.mark.parametrize("way", ["pointwise", "columns", "bands", "winograd"])
def test_callers_in_several_threads_do_not_disturb_each_other(way):
    size = [40, 44, 48]
    axes = [[Axis(n, 1)] * 2 if way == "pointwise" else [Axis(n, 3)] * 2 for n in size]
    layers = [
        (*normal_layer((2, 8, n, n), 8, a, seed=n), a) for n, a in zip(size, axes, strict=True)
    ]
    expected = [compute(way, *layer) for layer in layers]
    wrong = []

    def call(n):
        for _ in range(20):
            if (compute(way, *layers[n]) != expected[n]).any():
                wrong.append(n)

    callers = [threading.Thread(target=call, args=(n,)) for n in range(3)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert not wrong


@pytest.mark.usefixtures("always_shared")
@pytest.mark.parametrize("blocks", [2, 3])
def test_a_helper_s_exception_reaches_the_caller(blocks):
    met = threading.Barrier(2, timeout=120)

    def compute(block):
        if block < 2:
            met.wait()  # both threads have a block
        if threading.current_thread() is not threading.main_thread():
            raise ArithmeticError(f"block {block}")

    with pytest.raises(ArithmeticError, match="block"):
        threads.share_out(lambda block, do: do.call(compute, block), range(blocks), seconds=1)


@pytest.mark.usefixtures("always_shared")
def test_a_busy_helper_is_not_waited_for():
    free, done, waited = threading.Event(), [], []
    threads._helper_queue().put(lambda: waited.append(free.wait(120)))
    threads.share_out(lambda block, do: do.call(done.append, block), range(5), seconds=1)
    assert not waited
    free.set()
    assert sorted(done) == [0, 1, 2, 3, 4]


@pytest.mark.usefixtures("always_shared")
def test_a_child_process_starts_its_own_helpers(monkeypatch):
    threads.share_out(lambda block, do: None, [1, 2], seconds=1)
    parents = threads._helper
    assert parents is not None
    threads._forget_helper()  # what a fork runs in the child
    threads.share_out(lambda block, do: None, [1, 2], seconds=1)
    assert threads._helper not in (None, parents)


def test_scratch_is_aligned_reused_and_far_from_its_neighbour_in_the_page():
    later = threads.Later()
    for size in (1000, 1001, 4096):
        picture = np.zeros(size, np.float32)[1:]
        one = later.scratch("one", (size,), np.float32, beside=picture)
        again = later.scratch("one", (size,), np.float32, beside=picture)
        start, other = (array.ctypes.data for array in (one, picture))
        assert start % 64 == 0 and again.ctypes.data == start
        assert 2048 - 64 < (start - other) % 4096 <= 2048
    two = later.scratch("two", (3, 5), float)
    assert two.ctypes.data % 64 == 0 and not np.may_share_memory(one, two)


def test_blocks_cover_every_cell_once():
    rng = np.random.default_rng(7)
    for _ in range(100):
        shape = tuple(int(n) for n in rng.integers(1, 9, 3))
        groups, fewest, tile, *most = (int(n) for n in rng.integers(1, 6, 7))
        apart = tuple(int(n) for n in rng.integers(1, 4, 2))
        count = np.zeros((shape[0], groups, *shape[1:]), int)
        for block in blocks.cut(shape, groups, tuple(most), fewest, tile, apart):
            places = block[:4]
            count[places] += 1
            assert count[places].shape == block.shape
        assert (count == 1).all()


def random_transposed_axis(rng, kernel, stride):
    size, dilation = int(rng.integers(1, 8)), int(rng.integers(1, 3))
    axis = TransposedAxis(size, kernel, stride, 0, 0, dilation)
    before = int(rng.integers(0, axis.uncropped))
    after = int(rng.integers(0, axis.uncropped - before))
    extra = int(rng.integers(0, max(stride, dilation)))
    return TransposedAxis(size, kernel, stride, before, after, dilation, extra)


def compare_transposed(rng, axes, images, channels, kernels, groups):
    shape = (images, groups * channels, *(axis.input for axis in axes))
    x = rng.integers(-9, 10, shape).astype(np.float32)
    kernel_size = [axis.kernel for axis in axes]
    w = rng.integers(-4, 5, (groups * channels, kernels, *kernel_size)).astype(np.float32)
    bias = rng.integers(-5, 6, groups * kernels).astype(np.float32)
    expected = np.zeros((images, groups * kernels, *(axis.output for axis in axes)))
    scatter_products(x.astype(float), w.astype(float), axes, groups, expected)
    for b in (None, bias):
        out = np.full(expected.shape, np.nan, np.float32)
        assert fast_conv_transpose2d(x, w, b, axes, groups, out)
        plus = 0 if b is None else b.reshape(-1, 1, 1)
        np.testing.assert_array_equal(out, expected + plus)


@pytest.mark.usefixtures("always_shared")
def test_transposed_with_a_stride_of_the_kernel_s_size():
    rng = np.random.default_rng(8)
    for _ in range(60):
        images, channels, kernels, groups, *rest = (int(n) for n in rng.integers(1, 4, 8))
        axes = [TransposedAxis(int(rng.integers(1, 9)), k, k) for k in (1 + rest[0], rest[1])]
        compare_transposed(rng, axes, images, channels, kernels, groups)


def test_transposed_with_stride_1():
    rng = np.random.default_rng(9)
    for _ in range(60):
        images, channels, kernels, groups, *size = (int(n) for n in rng.integers(1, 4, 6))
        axes = [random_transposed_axis(rng, k, stride=1) for k in size]
        compare_transposed(rng, axes, images, channels, kernels, groups)


def test_transposed_of_another_kind_is_left_to_the_plain_way():
    axes = [TransposedAxis(3, 3, 2)] * 2
    x, w = np.zeros((1, 1, 3, 3)), np.zeros((1, 1, 3, 3))
    out = np.full((1, 1, 7, 7), 5.0)
    assert not fast_conv_transpose2d(x, w, None, axes, 1, out) and (out == 5).all()
