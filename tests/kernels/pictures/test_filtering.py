"""One kernel over whole pictures gives the plain numbers, whichever way it takes."""

import numpy as np
import pytest
import scipy.signal

from kernels.engine import filter_bands, filter_fft, filter_separable, threads
from kernels.engine.filter_separable import separated
from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.ops.functional import conv2d
from kernels.pictures.filtering import costs, fastest, filter2d, filter_planes

WAYS = ("bands", "separable", "fft")
CLOSE = 2e-6  # of float32, relative to the largest number of the result


def plain(planes, kernel, stride=(1, 1)):
    """Every window times the kernel, in float64."""
    windows = np.lib.stride_tricks.sliding_window_view(planes.astype(float), kernel.shape, (-2, -1))
    windows = windows[..., :: stride[0], :: stride[1], :, :]
    return np.einsum("...hwij,ij->...hw", windows, kernel.astype(float))


def compute(way, planes, kernel, stride=(1, 1)):
    axes = [Axis(*pair) for pair in zip(planes.shape[1:], kernel.shape, stride, strict=True)]
    out = np.full((len(planes), *(axis.output for axis in axes)), 99, planes.dtype)
    filter_planes(planes, kernel, axes, out, way)
    return out


def random_kernel(way, rng, height, width):
    if way != "separable":
        return rng.standard_normal((height, width), np.float32)
    return np.outer(*(rng.standard_normal(n, np.float32) for n in (height, width)))


def close(found, exact):
    np.testing.assert_allclose(found, exact, rtol=0, atol=CLOSE * np.abs(exact).max())


def largest(**settings):
    return {"atol": CLOSE * max(settings["of"], 1.0), "rtol": 0}


@pytest.fixture
def always_shared(monkeypatch):
    """Two threads, however little there is to do."""
    monkeypatch.setattr(threads, "THREADS", 2)
    monkeypatch.setattr(threads, "WORTH_A_THREAD", 0)


@pytest.mark.parametrize("way", WAYS)
def test_every_way_gives_the_plain_numbers(way):
    rng = np.random.default_rng(1)
    for _ in range(200):
        height, width, *stride = (int(n) for n in rng.integers(1, (9, 9, 5, 5)))
        size = height + int(rng.integers(0, 40)), width + int(rng.integers(0, 60))
        planes = rng.standard_normal((int(rng.integers(1, 4)), *size), np.float32)
        kernel = random_kernel(way, rng, height, width)
        close(compute(way, planes, kernel, stride), plain(planes, kernel, stride))


@pytest.mark.usefixtures("always_shared")
@pytest.mark.parametrize("way", WAYS)
def test_small_blocks_and_threads_change_nothing(way, monkeypatch):
    monkeypatch.setattr(filter_bands, "BLOCK_BYTES", 10_000)
    monkeypatch.setattr(filter_bands, "PRODUCT", 1)
    monkeypatch.setattr(filter_bands, "NARROWEST", 50)
    monkeypatch.setattr(filter_separable, "BLOCK_BYTES", 10_000)
    monkeypatch.setattr(filter_separable, "PRODUCT", 600)
    monkeypatch.setattr(filter_fft, "LARGEST", 32)
    rng = np.random.default_rng(2)
    for size in ((61, 127), (64, 128), (66, 260), (3, 300), (200, 9)):
        for stride in ((1, 1), (2, 2), (3, 1)):
            planes = rng.standard_normal((2, *size), np.float32)
            kernel = random_kernel(way, rng, min(size[0], 6), min(size[1], 7))
            close(compute(way, planes, kernel, stride), plain(planes, kernel, stride))


SHAPES = [(1, 1), (1, 8), (9, 1), (2, 2), (3, 3), (4, 7), (1, 31), (31, 1), (15, 15), (30, 31)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("stride", [1, 2, (3, 1)])
@pytest.mark.parametrize("is_separable", [False, True])
def test_filter2d_against_scipy(shape, stride, is_separable):
    rng = np.random.default_rng(3)
    picture = rng.standard_normal((97, 131), np.float32)
    kernel = random_kernel("separable" if is_separable else "any", rng, *shape)
    down, across = (stride, stride) if isinstance(stride, int) else stride
    exact = scipy.signal.correlate2d(picture.astype(float), kernel.astype(float), "valid")
    found = filter2d(picture, kernel, stride)
    assert found.dtype == np.float32
    close(found, exact[::down, ::across])


@pytest.mark.parametrize("k", [3, 31])
def test_edges_in_a_bright_photograph(k):
    """What a Fourier transform rounds is as large as the picture; an edge is small beside it."""
    rng = np.random.default_rng(4)
    photograph = (1e4 + 20 * rng.random((1, 300, 400))).round().astype(np.float32)
    kernel = rng.integers(-9, 10, (k, k)).astype(np.float32)
    kernel[0, 0] -= kernel.sum()
    close(compute("fft", photograph, kernel), plain(photograph, kernel))


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.int64, np.float64, bool])
@pytest.mark.parametrize("k", [1, 3, 31])
def test_whole_numbers_and_float64_are_exact(dtype, k):
    rng = np.random.default_rng(5)
    picture = rng.integers(0, 2 if dtype is bool else 256, (2, 160, 170)).astype(dtype)
    for kernel in (rng.integers(-9, 10, (k, k)), np.ones((k, k), np.uint8)):
        found = filter2d(picture, kernel, 2 if k == 3 else 1)
        assert found.dtype == np.float64
        stride = (2, 2) if k == 3 else (1, 1)
        np.testing.assert_array_equal(found, plain(picture, kernel, stride))


def test_the_kernel_takes_the_pictures_type():
    rng = np.random.default_rng(9)
    picture, kernel = rng.standard_normal((160, 170), np.float32), rng.standard_normal((31, 31))
    found = filter2d(picture, kernel)
    assert found.dtype == np.float32
    np.testing.assert_array_equal(found, filter2d(picture, kernel.astype(np.float32)))
    assert filter2d(picture.astype(float), np.ones((2, 2), np.float32)).dtype == np.float64
    assert filter2d(picture, [[1, 2], [3, 4]]).dtype == np.float32


def test_arrays_need_not_be_contiguous():
    rng = np.random.default_rng(6)
    wide = rng.standard_normal((120, 130, 3), np.float32)
    kernel = rng.standard_normal((5, 6), np.float32).T
    colours = wide.transpose(2, 0, 1)[:, 100::-2, 3:120]
    close(filter2d(colours, kernel), plain(colours, kernel))
    close(filter2d(wide[..., 0], kernel[::-1]), plain(wide[..., 0], kernel[::-1]))


def test_out_is_written_to():
    rng = np.random.default_rng(7)
    picture, kernel = rng.standard_normal((2, 40, 50), np.float32), np.ones((3, 3), np.float32)
    for out in (np.empty((2, 38, 48), np.float32), np.empty((48, 38, 2), np.float32).T):
        assert filter2d(picture, kernel, out=out) is out
        close(out, plain(picture, kernel))
    # The first plane's result lies over the second plane.
    cells = np.concatenate([picture.ravel(), np.zeros(700, np.float32)])
    over_itself = cells[700 : 700 + 2 * 38 * 48].reshape(2, 38, 48)
    filter2d(cells[:-700].reshape(picture.shape), kernel, out=over_itself)
    close(over_itself, plain(picture, kernel))
    with pytest.raises(ShapeError, match=r"out has shape \(2, 38, 47\)"):
        filter2d(picture, kernel, out=np.empty((2, 38, 47), np.float32))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("stride", [(1, 1), (2, 3)])
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_stays_in_its_windows(way, stride, bad):
    rng = np.random.default_rng(8)
    planes = rng.standard_normal((2, 50, 60), np.float32)
    planes[0, 21, 30] = bad
    kernel = np.abs(random_kernel(way, rng, 4, 5)) + np.float32(way != "separable")
    found = compute(way, planes, kernel, stride)
    exact = plain(planes, kernel, stride)
    np.testing.assert_array_equal(np.isfinite(found), np.isfinite(exact))
    finite = np.isfinite(exact)
    np.testing.assert_array_equal(found[~finite], exact[~finite])
    np.testing.assert_allclose(found[finite], exact[finite], **largest(of=abs(exact[finite]).max()))
    x, w = planes[:, np.newaxis], kernel[np.newaxis, np.newaxis]
    np.testing.assert_array_equal(np.isnan(conv2d(x, w, stride=stride)[:, 0]), np.isnan(found))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_a_kernel_that_is_not_finite(bad):
    rng = np.random.default_rng(10)
    picture, kernel = rng.random((60, 70), np.float32), np.ones((13, 13), np.float32)
    kernel[3, 4] = bad
    np.testing.assert_array_equal(filter2d(picture, kernel), np.full((48, 58), bad))


def test_large_numbers_do_not_overflow_where_the_result_does_not():
    picture = np.full((40, 40), 1e30, np.float32)
    np.testing.assert_allclose(filter2d(picture, np.full((3, 3), 1 / 9)), 1e30, rtol=1e-5)


def test_what_cannot_be_is_refused_with_the_numbers():
    picture = np.zeros((3, 4, 5))
    faults = {
        (4, 6): "The window does not fit along the width: kernel_size 6 but the padded input has "
        "only 5 (5 + 0 + 0 padding); use kernel_size 5 or less, or 1 more padding on each side.",
        (0, 1): "The kernel's height is 0 but must be at least 1; use 1.",
        (2,): "kernel has 1 axes, shape (2,), but must have 2 (height and width); give one kernel "
        "for all planes.",
    }
    for shape, fault in faults.items():
        with pytest.raises(ShapeError) as refused:
            filter2d(picture, np.ones(shape))
        assert str(refused.value) == fault
    with pytest.raises(ShapeError, match="stride is 0 but must be at least 1; use 1"):
        filter2d(picture, np.ones((2, 2)), 0)
    with pytest.raises(ShapeError, match=r"planes has 4 axes, shape \(1, 3, 4, 5\)"):
        filter2d(picture[None], np.ones((2, 2)))
    with pytest.raises(ShapeError, match="planes has the type complex128"):
        filter2d(picture * 1j, np.ones((2, 2)))


def test_no_planes_no_results():
    assert filter2d(np.empty((0, 9, 9)), np.ones((2, 2))).shape == (0, 8, 8)


def test_the_smallest_picture():
    np.testing.assert_array_equal(filter2d([[3]], [[-2]]), [[-6.0]])
    np.testing.assert_array_equal(filter2d(np.float32([[3]]), [[0]]), [[0.0]])


def test_a_column_times_a_row_is_found():
    column, row = np.float32([0, 1, 4, -2]), np.float32([3, 0, 1e-3])
    found = separated(np.outer(column, row))
    np.testing.assert_allclose(np.outer(*found), np.outer(column, row), rtol=1e-6)
    assert separated(np.outer(column, row) + np.float32(1e-4)) is None
    assert separated(np.full((2, 2), np.nan, np.float32)) is None
    np.testing.assert_array_equal(np.outer(*separated(np.zeros((2, 3)))), np.zeros((2, 3)))


def test_the_way_with_the_least_to_do_is_taken():
    axes = {k: (Axis(1000, k), Axis(1000, k)) for k in (3, 7, 31)}
    assert [fastest(costs(axes[k])) for k in axes] == ["bands", "bands", "fft"]
    assert fastest(costs(axes[7], np.dtype(np.float32), True)) == "separable"
    assert list(costs(axes[31], np.dtype(np.float64), True)) == ["bands"]
