"""Convolution as a matrix product: windows as columns, and the whole convolution as a matrix."""

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.layers.spec import ConvTransposeSpec
from kernels.ops.functional import (
    conv1d,
    conv2d,
    conv3d,
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
)
from kernels.ops.matrix import LARGEST_MATRIX, convolution_matrix, im2col
from tests import reference_nd
from tests.random_layers import conv_case, transposed_case

same_numbers = np.testing.assert_array_equal
CONV = {1: conv1d, 2: conv2d, 3: conv3d}
TRANSPOSE = {1: conv_transpose1d, 2: conv_transpose2d, 3: conv_transpose3d}
each_rank = pytest.mark.parametrize("rank", CONV)


def rng(seed):
    return np.random.default_rng(seed)


# Windows as columns


def check_columns(rank, seed):
    x, w, _, settings = conv_case(rng(seed), rank)
    groups = settings.pop("groups")
    columns = im2col(x, w.shape[2:], **settings)
    mode, value = settings.pop("padding_mode", "zeros"), settings.pop("padding_value", 0.0)
    windows, _ = reference_nd.windows(x.shape[2:], w.shape[2:], **settings)
    expected = [
        [
            [reference_nd.number_at(plane, cells[tap], mode, value) for cells in windows]
            for plane in image
            for tap in range(len(windows[0]))
        ]
        for image in x
    ]
    same_numbers(columns, expected)
    rows = w.reshape(groups, len(w) // groups, -1)
    grouped = columns.reshape(len(x), groups, -1, len(windows))
    y = CONV[rank](x, w, **settings, groups=groups, padding_mode=mode, padding_value=value)
    same_numbers((rows @ grouped).reshape(y.shape), y)


@each_rank
@pytest.mark.parametrize("seed", range(40))
def test_each_column_is_a_window_and_the_weights_beside_them_give_the_convolution(rank, seed):
    check_columns(rank, seed)


@pytest.mark.long
@each_rank
@pytest.mark.parametrize("seed", range(1000, 2000))
def test_each_column_is_a_window_thousands_of_times(rank, seed):
    check_columns(rank, seed)


def test_the_layout_is_channel_then_cell_then_window():
    x = np.arange(2 * 2 * 3).reshape(2, 2, 3)
    same_numbers(im2col(x, (1, 2)), [
        [0, 1, 3, 4], [1, 2, 4, 5],  # the first channel's two cells of the four windows
        [6, 7, 9, 10], [7, 8, 10, 11],
    ])  # fmt: skip


def test_columns_of_batches_types_and_views():
    x = np.arange(72, dtype=np.float32).reshape(2, 1, 6, 6)
    batch = im2col(x, 3)
    assert batch.dtype == np.float32 and im2col(x.astype(np.uint8), 3).dtype == np.float64
    same_numbers(im2col(x[1], 3), batch[1])
    assert im2col(x[:0], 3).shape == (0, 9, 16)
    same_numbers(im2col(np.asfortranarray(x), 3), batch)
    batch[...] = 0
    same_numbers(x.ravel(), np.arange(72))
    one = im2col(x, 1)
    one[...] = 7
    same_numbers(x.ravel(), np.arange(72))


# The convolution as a matrix


def matrix_case(seed, rank):
    """A convolution of one input that is linear."""
    x, w, _, settings = conv_case(rng(seed), rank)
    settings.pop("padding_value", None)
    if settings.get("padding_mode") == "constant":
        settings["padding_mode"] = "zeros"
    return x[:1], w, settings


def check_matrix(rank, seed):
    x, w, settings = matrix_case(seed, rank)
    matrix = convolution_matrix(w, x.shape[2:], **settings)
    y = CONV[rank](x, w, **settings)
    assert matrix.shape == (y.size, x.size)
    same_numbers(matrix @ x.ravel(), y.ravel())
    sparse = convolution_matrix(w, x.shape[2:], **settings, sparse=True)
    same_numbers(sparse.toarray(), matrix)


@each_rank
@pytest.mark.parametrize("seed", range(40))
def test_the_matrix_times_the_input_is_the_convolution(rank, seed):
    check_matrix(rank, seed)


@pytest.mark.long
@each_rank
@pytest.mark.parametrize("seed", range(1000, 2000))
def test_the_matrix_times_the_input_is_the_convolution_thousands_of_times(rank, seed):
    check_matrix(rank, seed)


def check_transpose(rank, seed):
    x, w, _, settings = transposed_case(rng(seed), rank)
    x, groups = x[:1], settings["groups"]
    layer = ConvTransposeSpec(len(w), w.shape[1] * groups, w.shape[2:], **settings)
    size = layer.output_size(x.shape[2:])
    forward = {"stride": layer.stride, "padding": layer.padding, "dilation": layer.dilation}
    matrix = convolution_matrix(w, size, **forward, groups=groups)
    if matrix.shape[0] != x.size:
        return False  # output_padding so large that the convolution has a window more
    y = TRANSPOSE[rank](x, w, **settings)
    same_numbers(matrix.T @ x.ravel(), y.ravel())
    return True


@each_rank
def test_its_transpose_is_the_transposed_convolution(rank):
    assert sum(check_transpose(rank, seed) for seed in range(60)) > 30


@pytest.mark.long
@each_rank
def test_its_transpose_is_the_transposed_convolution_thousands_of_times(rank):
    assert sum(check_transpose(rank, seed) for seed in range(1000, 3000)) > 1000


def test_the_matrix_of_dumoulin_and_visin():
    """Section 4.1: a kernel of 3 x 3 on 4 x 4 cells is a matrix of 4 rows and 16 columns."""
    w = np.arange(1.0, 10).reshape(1, 1, 3, 3)
    same_numbers(convolution_matrix(w, (4, 4)), [
        [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0],
        [0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0],
        [0, 0, 0, 0, 0, 1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9],
    ])  # fmt: skip
    matrix, y = convolution_matrix(w, (4, 4)), np.arange(4.0)
    same_numbers(matrix.T @ y, conv_transpose2d(y.reshape(1, 2, 2), w).ravel())


def test_padding_modes_add_weights_to_the_columns_of_the_cells_copied():
    kernel = [[[1, 10, 100]]]
    replicated = convolution_matrix(kernel, 3, padding=1, padding_mode="replicate")
    same_numbers(replicated, [[11, 100, 0], [1, 10, 100], [0, 1, 110]])
    around = convolution_matrix(kernel, 3, padding=1, padding_mode="circular")
    same_numbers(around, [[10, 100, 1], [1, 10, 100], [100, 1, 10]])
    mirrored = convolution_matrix(kernel, 3, padding=1, padding_mode="reflect")
    same_numbers(mirrored, [[10, 101, 0], [1, 10, 100], [0, 101, 10]])


def test_groups_are_blocks_on_the_diagonal():
    w = rng(1).integers(1, 9, (4, 2, 2)).astype(float)
    matrix = convolution_matrix(w, 5, groups=2)
    for g in range(2):
        rows, columns = slice(8 * g, 8 * g + 8), slice(10 * g, 10 * g + 10)
        same_numbers(matrix[rows, columns], convolution_matrix(w[2 * g : 2 * g + 2], 5))
        matrix[rows, columns] = 0
    assert not matrix.any()


def test_it_has_the_type_of_the_weight():
    for w, dtype in ((np.ones((1, 1, 2), np.float32), np.float32), ([[[1, 2]]], np.float64)):
        for sparse in (False, True):
            assert convolution_matrix(w, 4, sparse=sparse).dtype == dtype


def test_a_matrix_too_large_to_look_at_is_refused_with_its_size():
    w = np.ones((1, 1, 3, 3))
    assert convolution_matrix(w, (46, 46)).size <= LARGEST_MATRIX
    with pytest.raises(ShapeError) as refusal:
        convolution_matrix(w, (224, 224))
    shape = (222 * 222, 224 * 224)
    assert str(refusal.value) == (
        f"The matrix would have the shape {shape} and hold {shape[0] * shape[1]} numbers, more "
        f"than {LARGEST_MATRIX}; use a smaller input_size than (224, 224), or sparse=True."
    )
    assert convolution_matrix(w, (224, 224), sparse=True).nnz == 9 * 222 * 222
    said = rf"hold {9 * 22355**2} numbers, .* than \(22357, 22357\)\."
    with pytest.raises(ShapeError, match=said):
        convolution_matrix(w, (22357, 22357), sparse=True)


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        ((np.ones((2, 2)), 5), {}, "weight has 2 axes"),
        ((np.ones((1,) * 6), 5), {}, "weight has 6 axes"),
        ((np.ones((1, 1, 3)), (5, 5)), {}, "input_size has 2 numbers"),
        ((np.ones((1, 1, 3)), 0), {}, "input_size is 0"),
        ((np.ones((1, 1, 3)), None), {}, "input_size is None"),
        ((np.ones((1, 1, 7)), 5), {}, "kernel_size 7"),
        ((np.ones((3, 1, 3)), 5), {"groups": 2}, "groups=2"),
        ((np.ones((1, 1, 3)), 5), {"groups": 0}, "groups is 0"),
        ((np.ones((1, 1, 3)), 5), {"groups": None}, "groups is None"),
        ((np.ones((1, 1, 3)), 5), {"stride": 0}, "stride is 0"),
        ((np.ones((1, 1, 3)), 5), {"padding_mode": "constant"}, "'constant'"),
        ((np.ones((1, 1, 3)), 5), {"padding_mode": "mirror"}, "'mirror'"),
        ((np.ones((1, 1, 3)), 5), {"padding_mode": None}, "padding_mode is None"),
        ((np.ones((1, 1, 3)), 5), {"padding": 2**30}, "numbers, more than"),
        (("kernel", 5), {}, "weight has the type"),
    ],
)
def test_no_matrix_of_what_is_no_convolution(arguments, settings, said):
    for sparse in (False, True):
        with pytest.raises(ShapeError) as refusal:
            convolution_matrix(*arguments, **settings, sparse=sparse)
        assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("x", "kernel", "settings", "said"),
    [
        (np.ones((1, 4, 4)), (1, 1, 1, 1), {}, "has 4 axes"),
        (np.ones((4, 4)), 2, {}, "input has 2 axes"),
        (np.ones((1, 4, 4)), (2,), {"stride": (1, 1)}, "stride has 2 numbers"),
        (np.ones((1, 4, 4)), 0, {}, "kernel_size is 0"),
        (np.ones((1, 4, 4)), 5, {}, "kernel_size 5"),
        (np.ones((0, 4, 4)), 2, {}, "in_channels is 0"),
        (np.ones((1, 4, 4)), 2, {"padding": 2**30}, "memory"),
    ],
)
def test_no_columns_of_what_has_no_windows(x, kernel, settings, said):
    with pytest.raises(ShapeError) as refusal:
        im2col(x, kernel, **settings)
    assert said in str(refusal.value)
