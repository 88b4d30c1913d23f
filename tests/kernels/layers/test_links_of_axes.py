"""Everything that a layer computes follows from the links of its axes."""

import numpy as np
import pytest

from kernels.layers.geometry import Axis
from kernels.layers.links import composed, links_of
from kernels.layers.spec import ConvTransposeSpec
from kernels.ops.functional import conv1d, conv_transpose1d
from kernels.ops.padding import pad_input

MODES = ("zeros", "reflect", "replicate", "circular")


def random_axis(draw):
    while True:
        input, kernel, stride, dilation = (int(draw.integers(1, n)) for n in (12, 5, 4, 3))
        before, after = (int(n) for n in draw.integers(0, min(3, input), 2))
        axis = Axis(input, kernel, stride, before, after, dilation, bool(draw.integers(2)))
        if axis.room >= 0 and axis.output >= 1:
            return axis


def summed(links, x, w, constant=0.0):
    held = [constant if source is None else x[source] for source in links.sources]
    return [sum(w[tap] * held[cell] for tap, cell in reads) for reads in links.reads]


@pytest.mark.parametrize("seed", range(60))
def test_a_convolution_is_the_sum_over_its_links(seed):
    draw = np.random.default_rng(seed)
    axis, mode = random_axis(draw), MODES[seed % len(MODES)]
    if axis.ceil_mode:
        axis = Axis(**{**vars(axis), "ceil_mode": False})
    if mode == "reflect" and max(axis.before, axis.after) >= axis.input:
        mode = "replicate"
    x, w = draw.integers(-9, 10, axis.input), draw.integers(-9, 10, axis.kernel)
    expected = conv1d(
        x[None], w[None, None], None, axis.stride, ((axis.before, axis.after),), axis.dilation,
        padding_mode=mode,
    )[0]  # fmt: skip
    assert summed(links_of(axis, mode), x, w) == expected.tolist()


@pytest.mark.parametrize("seed", range(60))
def test_a_transposed_convolution_is_the_sum_over_its_links(seed):
    draw = np.random.default_rng(seed)
    input, kernel, stride, dilation = (int(draw.integers(1, n)) for n in (8, 5, 4, 3))
    extra = int(draw.integers(0, max(stride, dilation)))
    padding = int(draw.integers(0, 2)) if (input - 1) * stride + kernel > 2 else 0
    layer = ConvTransposeSpec(1, 1, (kernel,), stride, padding, extra, dilation=dilation)
    x, w = draw.integers(-9, 10, input), draw.integers(-9, 10, kernel)
    expected = conv_transpose1d(
        x[None], w[None, None], None, stride, padding, extra, dilation=dilation
    )
    (axis,) = layer.axes((input,))
    assert summed(links_of(axis), x, w) == expected[0].tolist()


@pytest.mark.parametrize("seed", range(60))
def test_the_sources_are_what_padding_copies(seed):
    draw = np.random.default_rng(seed)
    mode = ("reflect", "replicate", "circular")[seed % 3]
    input = int(draw.integers(2, 9))
    before, after = (int(n) for n in draw.integers(0, input, 2))
    axis = Axis(input, 1, 1, before, after)
    cells = np.arange(float(input))[None]
    padded = pad_input(cells, [axis], mode)[0]
    assert list(links_of(axis, mode).sources) == padded.tolist()


@pytest.mark.parametrize("seed", range(40))
def test_reads_and_read_by_say_the_same(seed):
    links = links_of(random_axis(np.random.default_rng(seed)))
    forth = {(output, tap, cell) for output, read in enumerate(links.reads) for tap, cell in read}
    back = {(output, tap, cell) for cell, read in enumerate(links.read_by) for output, tap in read}
    assert forth == back


@pytest.mark.parametrize("seed", range(40))
def test_windows_and_unused_cells_agree_with_the_axis(seed):
    axis = random_axis(np.random.default_rng(seed))
    links = links_of(axis)
    assert links.output == axis.output
    assert links.unused == axis.unused
    assert len(links.sources) == axis.padded + axis.overhang


def test_a_stack_is_the_composition_of_its_links():
    three = links_of(Axis(input=9, kernel=3, stride=2))
    cells = composed(three, links_of(Axis(input=4, kernel=3)))
    assert [len(seen) for seen in cells] == [7, 7]


def test_every_input_cell_is_a_copy_of_itself():
    links = links_of(Axis(input=4, kernel=3, before=2, after=2), "circular")
    assert links.copies == ((2, 6), (3, 7), (0, 4), (1, 5))
