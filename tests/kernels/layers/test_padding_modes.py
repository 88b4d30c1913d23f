"""Every padding mode, and one that is new, through everything that reads the table."""

import contextlib
import io

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.links import links_of
from kernels.layers.padding_modes import PADDING_MODES, PaddingMode
from kernels.layers.spec import ConvSpec
from kernels.networks.code.torch import torch_code
from kernels.networks.network import sequence
from kernels.networks.notation import read_network, written
from kernels.ops.functional import conv2d, conv2d_backward
from kernels.ops.matrix import convolution_matrix
from kernels.ops.padding import fold_padding, pad_input
from kernels.ops.trace import trace_window
from kernels.pictures.photograph import photograph_answer
from kernels.scene.settle import settle
from kernels.scene.snippets import snippets

NEWCOMER = PaddingMode(
    "newcomer",
    "newcomer: mirror with the edge",
    numpy="symmetric",
    torch=None,
    outside=lambda cell, input: -cell - 1 if cell < 0 else 2 * input - 1 - cell,
    limit=lambda input: input,
)
"""NumPy's mirror that repeats the edge: d c b a | a b c d | d c b a. No mode of ours: a new row."""

ROWS = (*PADDING_MODES.values(), NEWCOMER)
COPYING = tuple(mode for mode in ROWS if mode.copies)
SETTINGS = {"stride": (2, 1), "padding": ((2, 1), (1, 3))}
RNG = np.random.default_rng(5)
X = RNG.integers(-9, 10, (2, 4, 5)).astype(float)
W = RNG.integers(-4, 5, (3, 2, 3, 2)).astype(float)


@pytest.fixture(autouse=True)
def table(monkeypatch):
    monkeypatch.setitem(PADDING_MODES, NEWCOMER.name, NEWCOMER)


def each(rows):
    return pytest.mark.parametrize("mode", rows, ids=lambda mode: mode.name)


def value_of(mode):
    return {"padding_value": 7.0} if mode.takes_value else {}


def padded_by_numpy(mode, x=X):
    (top, bottom), (left, right) = SETTINGS["padding"]
    more = {} if mode.copies else {"constant_values": value_of(mode).get("padding_value", 0)}
    return np.pad(x, ((0, 0), (top, bottom), (left, right)), mode.numpy, **more)


def convolved(mode):
    return conv2d(X, W, **SETTINGS, padding_mode=mode.name, **value_of(mode))


@each(ROWS)
def test_a_row_is_filed_under_its_own_name_and_says_what_it_is(mode):
    assert PADDING_MODES[mode.name] is mode
    assert mode.title.startswith(mode.name) or mode.title.endswith(mode.name)
    assert mode.copies or mode.numpy == "constant"


@each(ROWS)
def test_the_sources_are_the_cells_that_numpy_pads_with(mode):
    for size in range(1, 7):
        most = mode.most(size)
        pads = 4 if most is None else min(most, 4)
        cells = range(-pads, size + pads)
        sources = [mode.source(cell, size) for cell in cells]
        if not mode.copies:
            assert [s for s in sources if s is not None] == list(range(size))
            continue
        assert sources == np.pad(np.arange(size), pads, mode.numpy).tolist()


@each(COPYING)
def test_the_limit_is_where_torchs_rule_ends_and_its_inverse_agrees(mode):
    for padding in range(1, 6):
        least = mode.least_input(padding)
        ConvSpec(1, 1, (1,), padding=padding, padding_mode=mode.name).axes(least)
        if least > 1:
            with pytest.raises(ShapeError, match=f"{mode.name.capitalize()} padding takes its"):
                ConvSpec(1, 1, (1,), padding=padding, padding_mode=mode.name).axes(least - 1)


@each(ROWS)
def test_a_convolution_is_that_of_the_input_padded_by_numpy(mode):
    assert np.array_equal(convolved(mode), conv2d(padded_by_numpy(mode), W, stride=(2, 1)))


@each(ROWS)
def test_pad_input_pads_as_numpy_does_and_the_links_name_the_same_cells(mode):
    axes = ConvSpec(2, 3, (3, 2), **SETTINGS).axes((4, 5))
    padded = pad_input(X, axes, mode.name, value_of(mode).get("padding_value", 0.0))
    assert np.array_equal(padded, padded_by_numpy(mode))
    rows, columns = (links_of(axis, mode.name).sources for axis in axes)
    for (row, column), value in np.ndenumerate(padded[0]):
        if rows[row] is not None and columns[column] is not None:
            assert value == X[0, rows[row], columns[column]]


@each(COPYING)
def test_gradients_fold_back_what_was_copied(mode):
    axis = Axis(input=4, kernel=2, before=2, after=1)
    g = RNG.integers(-9, 10, axis.padded).astype(float)
    x = RNG.integers(-9, 10, 4).astype(float)
    forward = pad_input(x, [axis], mode.name) @ g
    assert forward == x @ fold_padding(g, [axis], mode.name)


@each([mode for mode in ROWS if not mode.takes_value])
def test_the_matrix_gives_the_convolution_and_its_transpose_the_gradient(mode):
    matrix = convolution_matrix(W, (4, 5), **SETTINGS, padding_mode=mode.name)
    y = convolved(mode)
    assert np.array_equal(matrix @ X.ravel(), y.ravel())
    g = RNG.integers(-3, 4, y.shape).astype(float)
    grad_input, _, _ = conv2d_backward(X, W, g, **SETTINGS, padding_mode=mode.name)
    assert np.array_equal(grad_input.ravel(), matrix.T @ g.ravel())


@each(ROWS)
def test_a_trace_reads_the_padded_input(mode):
    layer = ConvSpec(2, 3, (3, 2), **SETTINGS, padding_mode=mode.name, **value_of(mode))
    y = convolved(mode)
    for channel, row, column in ((0, 0, 0), (2, y.shape[1] - 1, y.shape[2] - 1)):
        step = trace_window(layer, X, W, position=(row, column), out_channel=channel)
        assert step.result == y[channel, row, column]


@each(ROWS)
def test_one_answer_of_a_photograph_reads_the_padded_photograph(mode):
    picture = RNG.integers(0, 256, (1, 6, 7)).astype(np.uint8)
    spec = ConvSpec(1, 1, (3, 3), padding=2, bias=False, padding_mode=mode.name, **value_of(mode))
    kernel = RNG.integers(-2, 3, (3, 3)).astype(float)
    y = conv2d(picture, kernel[None, None], padding=2, padding_mode=mode.name, **value_of(mode))
    for row, column in ((0, 0), (4, 3), (7, 8)):
        answer = photograph_answer(picture, kernel, spec, 0.0, (row, column))
        assert answer.values == (y[0, row, column],)


def moded(mode, **more):
    scene, notes = settle({"mode": mode.name, "padding": "1x1", "fill": "7", **more})
    assert notes == ()
    return scene


@each(ROWS)
def test_settings_bring_a_mode_to_a_scene_and_back(mode):
    scene = moded(mode)
    assert scene.layer.padding_mode == mode.name
    assert settle(scene.to_flat())[0] == scene


@each(ROWS)
def test_too_small_an_input_falls_back_to_zeros_with_a_sentence(mode):
    if mode.limit is None:
        return
    size = mode.least_input(5) - 1
    scene, notes = settle({"mode": mode.name, "padding": "5x5", "size": f"{size}x9"})
    assert scene.layer.padding_mode == "zeros"
    assert "Zeros are used instead." in notes[-1]


@each(ROWS)
def test_the_listings_name_the_mode_as_the_libraries_do_or_say_why_not(mode):
    scene = moded(mode)
    torch, keras, numpy = snippets(scene)
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(numpy.code, space)
    assert np.array_equal(space["y"], scene.output())
    if mode.torch is None:
        assert torch.code is None and mode.name in torch.why_not
    elif mode.copies:
        assert f'padding_mode="{mode.torch}"' in torch.code
    elif mode.takes_value:
        assert "value=7" in torch.code
    if mode.copies:
        assert keras.code is None and mode.name in keras.why_not


@each(ROWS)
@pytest.mark.parametrize("padding", [1, ((1, 0), (0, 1))], ids=["even", "uneven"])
def test_the_code_of_a_network_names_the_mode_as_torch_does_or_says_why_not(mode, padding):
    layer = ConvSpec(1, 1, 3, padding=padding, padding_mode=mode.name, **value_of(mode))
    network = sequence((1, 6, 6), [layer])
    uneven = padding != 1
    if (mode.torch_pad if uneven else mode.torch) is None:
        with pytest.raises(ShapeError, match=f"it does not pad by {mode.name}"):
            torch_code(network)
    elif uneven or mode.takes_value:
        assert f"nn.{mode.torch_pad}2d(" in torch_code(network)
    elif mode.copies:
        assert f'padding_mode="{mode.torch}"' in torch_code(network)


@pytest.mark.parametrize("mode", PADDING_MODES.values(), ids=PADDING_MODES)
def test_a_network_with_the_mode_comes_back_from_its_text(mode):
    network = sequence(
        (1, 6, 6), [ConvSpec(1, 1, 3, padding=1, padding_mode=mode.name, **value_of(mode))]
    )
    assert read_network(written(network)) == network
