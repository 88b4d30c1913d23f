"""The code that a page shows runs and gives the numbers that the page shows."""

import ast
import contextlib
import io
import re
from itertools import product

import numpy as np
import pytest

from kernels.layers.spec import ConvSpec
from kernels.scene.examples import EXAMPLES
from kernels.scene.settle import settle
from kernels.scene.snippets import keras_code, numpy_code, pytorch_code, snippets
from tests.random_scenes import random_flat, random_scene
from tests.reference import ends, window_starts

SEEDS = range(150)


def scenes():
    """Every ready scene and many random ones, each with a name for the test's report."""
    for name, example in EXAMPLES.items():
        yield name, settle(example.flat)[0]
    for seed in SEEDS:
        yield f"seed {seed}", random_scene(seed)


def run(code):
    """The `y` that a listing leaves behind, and what it printed."""
    names: dict = {}
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(code, "listing", "exec"), names)
    return names["y"], printed.getvalue()


def listing(scene, library):
    """The scene's code in one library; None where that has no such layer."""
    return next(snippet.code for snippet in snippets(scene) if snippet.library == library)


# NumPy


def test_the_numpy_code_gives_the_numbers_of_the_page():
    for name, scene in scenes():
        y, printed = run(listing(scene, "NumPy"))
        np.testing.assert_allclose(y, scene.output(), rtol=0, atol=1e-9, err_msg=name)
        assert printed == f"{y}\n"


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 4000))
def test_the_numpy_code_of_thousands_of_scenes_gives_the_numbers_of_the_page(seed):
    scene = random_scene(seed)
    y, _ = run(listing(scene, "NumPy"))
    np.testing.assert_allclose(y, scene.output(), rtol=0, atol=1e-9)


def test_the_numpy_code_stands_by_itself():
    for name, scene in scenes():
        tree = ast.parse(listing(scene, "NumPy"))
        imports = [
            node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))
        ]
        assert [alias.name for node in imports for alias in node.names] == ["numpy"], name


def test_a_window_over_padding_alone_averages_to_zero_in_the_numpy_code_too():
    scene, notes = settle(
        {"op": "avg", "size": "1x1", "kernel": "3x3", "dilation": "1x1", "padding": "1x1"}
        | {"countpad": "0", "stride": "1x1", "x": "5"}
    )
    assert notes == () and run(numpy_code(scene).code)[0].tolist() == [[[5.0]]]
    met = 0
    for size, pads in product(range(1, 5), ("1x1", "0.1x1", "1.0x0.1")):
        scene, _ = settle(
            {"op": "avg", "size": f"{size}x{size}", "kernel": "2x2", "dilation": "2x2"}
            | {"padding": pads, "countpad": "0", "x": "random:1"}
        )
        y, _ = run(numpy_code(scene).code)
        np.testing.assert_array_equal(y, scene.output())
        met += "max(counts" in numpy_code(scene).code
    assert met > 0


@pytest.mark.filterwarnings("ignore:All-NaN slice")
@pytest.mark.parametrize("kind", ["min", "median", "lp"])
def test_the_code_of_the_other_poolings_gives_the_numbers_of_the_page(kind):
    for seed in range(100):
        scene, _ = settle(random_flat(seed) | {"op": kind, "p": ("2", "1", "3")[seed % 3]})
        y, _ = run(numpy_code(scene).code)
        np.testing.assert_allclose(y, scene.output(), rtol=1e-12, atol=1e-9)
        for snippet in (pytorch_code(scene), keras_code(scene)):
            assert snippet.code is None or compile(snippet.code, kind, "exec")


@pytest.mark.peers
@pytest.mark.parametrize("kind", ["min", "lp"])
def test_the_pytorch_code_of_the_other_poolings_gives_the_numbers_of_the_page(kind):
    for seed in range(100):
        scene, _ = settle(random_flat(seed) | {"op": kind, "p": ("2", "1", "3")[seed % 3]})
        if code := pytorch_code(scene).code:
            found = run(code)[0].numpy()[0]
            np.testing.assert_allclose(found, scene.output(), rtol=1e-4, atol=1e-3)


def test_min_pooling_is_max_pooling_of_the_negatives_where_a_library_has_only_that():
    scene, _ = settle({"op": "min"})
    for snippet in (pytorch_code(scene), keras_code(scene)):
        assert "x = -x" in snippet.code and "y = -layer(x)" in snippet.code
    median, _ = settle({"op": "median"})
    assert "no Median pooling" in pytorch_code(median).why_not
    assert "no Median pooling" in keras_code(median).why_not


def test_the_numpy_code_of_the_opening_scene_word_by_word():
    assert numpy_code(settle({"size": "3x3", "kernel": "2x2", "x": "0 1 2_3 4 5_6 7 8",
                              "w": "0 1_2 3"})[0]).code == """\
import numpy as np

x = np.array(
    [[[0, 1, 2],
      [3, 4, 5],
      [6, 7, 8]]], dtype=float)
# x has shape (channels, height, width) = (1, 3, 3)
w = np.array(
    [[[[0, 1],
       [2, 3]]]], dtype=float)
# w has shape (out, in / groups, height, width) = (1, 1, 2, 2)
padded = x

y = np.zeros((1, 2, 2))
for k in range(1):
    for r in range(2):
        for c in range(2):
            window = padded[:, r : r + 2, c : c + 2]
            y[k, r, c] = (window * w[k]).sum()
print(y)
"""  # fmt: skip


# PyTorch and Keras


def test_every_listing_is_python_with_the_shape_that_the_page_says_or_says_why_not():
    for name, scene in scenes():
        for snippet in snippets(scene):
            if snippet.code is None:
                assert re.fullmatch(r"(PyTorch|Keras) has no such layer: .+\.", snippet.why_not), (
                    name
                )
                continue
            assert snippet.why_not == ""
            compile(snippet.code, name, "exec")
            assert snippet.code.endswith("print(y)\n")
            assert max(map(len, snippet.code.splitlines())) <= 160
        channels, *size = scene.output().shape
        if code := listing(scene, "PyTorch"):
            assert f"print(y.shape)  # torch.Size({[1, channels, *size]})" in code
        if code := listing(scene, "Keras"):
            assert f"print(y.shape)  # {(1, *size, channels)}" in code


def test_the_three_libraries_come_in_one_order():
    assert [s.library for s in snippets(settle({})[0])] == ["PyTorch", "Keras", "NumPy"]


@pytest.mark.peers
def test_the_pytorch_code_gives_the_numbers_of_the_page():
    for name, scene in scenes():
        if code := listing(scene, "PyTorch"):
            y, printed = run(code)
            found = y.detach().numpy()[0]
            np.testing.assert_allclose(found, scene.output(), rtol=1e-5, atol=1e-3, err_msg=name)
            assert printed.splitlines()[0] in code


# What a library has and has not


def windows(sizes, layer, pads, ceil_mode, count_padding):
    """For each window along each axis: the real cells that it reads, and how many count."""
    seen = []
    for n, k, s, d, (before, after) in zip(
        sizes, layer.kernel_size, layer.stride, layer.dilation, pads, strict=True
    ):
        axis = []
        for start in window_starts(n, k, s, before, after, d, ceil_mode):
            cells = [start + d * tap for tap in range(k)]
            real = tuple(cell for cell in cells if 0 <= cell < n)
            padded = [cell for cell in cells if -before <= cell < n + after]
            axis.append((real, len(padded) if count_padding else len(real)))
        seen.append(axis)
    return seen


def pooled_alike(scene, pads, ceil_mode, count_padding):
    """Whether pooling with these settings is this scene's pooling, window by window."""
    layer, sizes = scene.layer, scene.input_size
    own_pads = [
        ends(layer.padding, axis, sizes[axis], layer.kernel_size[axis], layer.stride[axis],
             layer.dilation[axis])
        for axis in (0, 1)
    ]  # fmt: skip
    mine = windows(sizes, layer, own_pads, layer.ceil_mode, layer.count_include_pad)
    other = windows(sizes, layer, pads, ceil_mode, count_padding)
    if layer.kind == "max":  # how many cells count does not matter
        mine, other = ([[real for real, _ in axis] for axis in found] for found in (mine, other))
    return mine == other


def pools():
    for seed in range(600):
        scene = random_scene(seed)
        if not scene.is_conv:
            yield (
                scene,
                any(
                    d > 1 and k > 1
                    for d, k in zip(scene.layer.dilation, scene.layer.kernel_size, strict=True)
                ),
            )


def test_keras_has_a_pooling_where_valid_or_same_pools_the_same_windows():
    """But for inputs of a few cells, on which other padding happens to pool the same cells."""
    found = {"listed": 0, "lacking": 0, "by chance": 0}
    for scene, dilated in pools():
        same = [
            ends("same_upper", axis, scene.input_size[axis], scene.layer.kernel_size[axis],
                 scene.layer.stride[axis])
            for axis in (0, 1)
        ]  # fmt: skip
        possible = not dilated and (
            pooled_alike(scene, ((0, 0), (0, 0)), False, False)
            or pooled_alike(scene, same, False, False)
        )
        snippet = keras_code(scene)
        if snippet.code is None and possible:
            assert min(scene.input_size) <= 3, (scene.to_flat(), snippet.why_not)
            found["by chance"] += 1
        else:
            assert (snippet.code is not None) == possible, (scene.to_flat(), snippet.why_not)
            found["listed" if possible else "lacking"] += 1
    assert found["listed"] > 50 and found["lacking"] > 50 and found["by chance"] < 15


def test_pytorch_has_every_max_pooling_and_every_average_without_dilation_but_for_uneven_pads():
    lacking = 0
    for scene, dilated in pools():
        snippet = pytorch_code(scene)
        if scene.layer.kind == "max":
            assert snippet.code, scene.to_flat()
            continue
        uneven = any(axis.before != axis.after for axis in scene.axes)
        assert "dilation" in snippet.why_not if dilated else "dilation" not in snippet.why_not
        if not dilated and not uneven:
            assert snippet.code, scene.to_flat()
        lacking += snippet.code is None and not dilated
    assert lacking > 0


def test_keras_has_every_convolution_but_stride_with_dilation_and_other_padding_than_zeros():
    lacking = []
    for seed in range(600):
        scene = random_scene(seed)
        if not scene.is_conv:
            continue
        layer = scene.layer
        dilated = any(
            d > 1 and k > 1 for d, k in zip(layer.dilation, layer.kernel_size, strict=True)
        )
        padded = any(axis.before or axis.after for axis in scene.axes)
        zeros = layer.padding_mode == "zeros" or (
            layer.padding_mode == "constant" and layer.padding_value == 0
        )
        both = max(layer.stride) > 1 and dilated
        possible = not both and (zeros or not padded)
        snippet = keras_code(scene)
        assert (snippet.code is not None) == possible, (scene.to_flat(), snippet.why_not)
        if not possible:
            lacking.append(snippet.why_not)
            assert ("not both" in snippet.why_not) == both
    assert len(set(lacking)) == 5  # and four padding modes


def test_pytorch_has_every_convolution():
    for seed in range(600):
        scene = random_scene(seed)
        if isinstance(scene.layer, ConvSpec):
            assert pytorch_code(scene).code


def test_textbook_layers_have_a_listing_in_every_library():
    for name, example in EXAMPLES.items():
        scene, _ = settle(example.flat)
        assert listing(scene, "PyTorch") and listing(scene, "NumPy"), name
        # Keras pads with zeros alone.
        mirrored = example.flat.get("mode", "zeros") != "zeros"
        assert bool(listing(scene, "Keras")) != mirrored, name
    rounded_up, _ = settle(
        {"op": "max", "size": "5x5", "kernel": "2x2", "stride": "2x2", "ceil": "1"}
    )
    assert 'padding="same"' in keras_code(rounded_up).code
    assert "ceil_mode=True" in pytorch_code(rounded_up).code


@pytest.mark.parametrize(
    ("settings", "library", "words"),
    [
        ({"dilation": "2x2", "stride": "2x2", "size": "9x9"}, 1, "a stride or a dilation above 1"),
        ({"mode": "reflect", "padding": "1x1"}, 1, "zeros only, not reflect"),
        ({"mode": "constant", "fill": "1", "padding": "1x1"}, 1, "zeros only, not constant"),
        ({"op": "max", "dilation": "2x2"}, 1, "no dilation"),
        ({"op": "avg", "dilation": "2x2"}, 0, "AvgPool2d has no dilation"),
        ({"op": "max", "padding": "1x1", "stride": "3x3"}, 1, 'by "same" or not at all'),
        (
            {"op": "max", "size": "6x6", "stride": "4x4", "kernel": "5x5", "ceil": "1"},
            1,
            "ceil_mode",
        ),
        ({"op": "avg", "padding": "1x1"}, 1, "never counts padding"),
        ({"op": "avg", "padding": "0.1x0", "countpad": "0"}, 0, "equal padding on each end"),
    ],
)
def test_why_a_library_has_no_such_layer(settings, library, words):
    scene, notes = settle(settings)
    assert notes == ()
    snippet = snippets(scene)[library]
    assert snippet.code is None and words in snippet.why_not


def test_a_constant_of_zero_is_zero_padding_in_every_library():
    scene, _ = settle({"mode": "constant", "fill": "0", "padding": "1x1"})
    assert all(snippet.code for snippet in snippets(scene))


# Transposed convolutions, and layers of one axis


@pytest.mark.parametrize("asked", [{"op": "transposed"}, {"rank": "1"}])
def test_the_numpy_code_of_every_mode_gives_the_numbers_of_the_page(asked):
    for seed in range(80):
        scene, _ = settle({**random_flat(seed), "opad": str(seed % 3), **asked})
        y, _ = run(numpy_code_of(scene))
        np.testing.assert_allclose(y, scene.output(), rtol=0, atol=1e-9, err_msg=str(seed))


def numpy_code_of(scene):
    return snippets(scene)[2].code


def test_a_signal_and_a_transposed_layer_are_called_by_their_own_names():
    signal, _ = settle({"rank": "1", "size": "12", "kernel": "3", "padding": "2.0"})
    torch, keras, _ = snippets(signal)
    assert "nn.Conv1d(1, 1, kernel_size=3, stride=1, bias=False)" in torch.code
    assert "F.pad(x, (2, 0))  # left, right" in torch.code
    assert "keras.layers.ZeroPadding1D((2, 0))(x)" in keras.code
    up, _ = settle({"op": "transposed", "size": "3", "stride": "2", "padding": "1", "opad": "1"})
    torch, keras, _ = snippets(up)
    assert (
        "nn.ConvTranspose2d(1, 1, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1), "
        "output_padding=(1, 1), bias=False)" in torch.code
    )
    assert "keras.layers.Conv2DTranspose(1, (3, 3), strides=(2, 2), use_bias=False)" in keras.code
