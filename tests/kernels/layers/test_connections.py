"""Lines between cells, against brute force: which outputs change when one input cell does."""

import numpy as np
import pytest

from kernels import ConvSpec, ConvTransposeSpec, conv_transpose2d
from kernels.layers.connections import connections, count_connections
from kernels.layers.links import links_of
from kernels.ops.conv import convolve
from kernels.ops.matrix import convolution_matrix, links_matrix
from tests.random_layers import conv_case


def tables(layer, size):
    mode = layer.padding_mode if isinstance(layer, ConvSpec) else "zeros"
    return [links_of(axis, mode) for axis in layer.axes(size)]


def random_layer(seed):
    """A layer of one channel, and the size of its input."""
    rng = np.random.default_rng(seed)
    x, weight, _, settings = conv_case(rng, rank=1 + seed % 2)
    kept = {k: settings[k] for k in ("stride", "padding", "dilation")}
    mode = settings.get("padding_mode", "zeros")
    if mode == "constant":
        mode = "zeros"
    layer = ConvSpec(1, 1, weight.shape[2:], bias=False, padding_mode=mode, **kept)
    return layer, x.shape[2:]


@pytest.mark.parametrize("seed", range(24))
def test_a_line_leads_to_every_output_that_the_input_cell_changes(seed):
    layer, size = random_layer(seed)
    changed = set()
    ones = np.ones((1, 1, *layer.kernel_size))
    for cell in range(int(np.prod(size))):
        x = np.zeros((1, *size))
        x.flat[cell] = 1
        y = convolve(layer.rank, x, ones, None, layer.stride, layer.padding, layer.dilation, 1,
                     padding_mode=layer.padding_mode)  # fmt: skip
        changed |= {(int(output), cell) for output in np.flatnonzero(y)}
    links = tables(layer, size)
    assert {(output, cell) for output, cell, _ in connections(links)} == changed
    count = count_connections(links)
    assert count.lines == len(changed)
    assert count.reading == len({output for output, _ in changed})
    assert count.dense == count.inputs * count.outputs == int(np.prod(size)) * y.size


@pytest.mark.parametrize("seed", range(24))
def test_the_matrix_of_the_tables_is_the_convolution_matrix(seed):
    layer, size = random_layer(seed)
    weight = np.random.default_rng(seed).integers(-5, 6, layer.kernel_size)
    matrix = convolution_matrix(weight[None, None], size, layer.stride, layer.padding,
                                layer.dilation, padding_mode=layer.padding_mode)  # fmt: skip
    assert np.array_equal(links_matrix(weight, tables(layer, size)), matrix)


def test_a_transposed_layer_has_the_same_lines_the_other_way_round():
    layer = ConvTransposeSpec(1, 1, (3, 2), stride=2, padding=1, bias=False)
    weight, x = np.arange(1, 7).reshape(3, 2), np.arange(12.0).reshape(1, 3, 4)
    matrix = links_matrix(weight, tables(layer, (3, 4)))
    made = conv_transpose2d(x, weight[None, None], stride=2, padding=1)
    assert np.array_equal(matrix @ x.ravel(), made.ravel())


def test_goodfellow_detects_edges_of_320_by_280_with_two_numbers():
    count = count_connections(tables(ConvSpec(1, 1, (1, 2)), (280, 320)))
    assert count.weights == 2
    assert count.outputs == 319 * 280
    assert count.operations == 319 * 280 * 3
    assert count.dense == 319 * 280 * 320 * 280 == 8_003_072_000
    assert count.lines == 2 * 319 * 280 == 178_640
    assert count.dense_operations == 319 * 280 * (2 * 320 * 280 - 1)


def test_windows_that_lie_in_the_padding_alone_add_nothing():
    count = count_connections(tables(ConvSpec(1, 1, (1,), padding=1), (2,)))
    assert (count.outputs, count.reading, count.lines, count.operations) == (4, 2, 2, 2)
