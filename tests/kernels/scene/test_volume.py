"""A convolution over the frames of a video: its planes, its numbers, its code."""

import itertools

import numpy as np
import pytest
from scipy import ndimage, signal

from kernels import conv2d, conv3d
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.spec import ConvSpec
from kernels.scene.examples import EXAMPLES, link_of, scene_of
from kernels.scene.planes import Planes, as_planes
from kernels.scene.scene import Scene
from kernels.scene.settle import settle

VIDEOS = [name for name, example in EXAMPLES.items() if example.flat["rank"] == "3"]


def layers():
    for mode, stride, dilation, groups in itertools.product(
        PADDING_MODES, ((1, 1, 1), (2, 1, 2)), ((1, 1, 1), (2, 1, 1)), (1, 2)
    ):
        value = {"padding_value": 3.0} if PADDING_MODES[mode].takes_value else {}
        yield ConvSpec(
            2, 2, (2, 3, 2), stride, ((2, 0), (1, 1), (0, 1)), dilation, groups, padding_mode=mode,
            **value,
        )  # fmt: skip


def numbers(layer, size=(4, 5, 4), seed=0):
    draw = np.random.default_rng(seed)
    x = draw.integers(-9, 10, (layer.in_channels, *size)).astype(float)
    weight = draw.integers(-3, 4, layer.weight_shape).astype(float)
    bias = draw.integers(-5, 6, layer.out_channels).astype(float) if layer.bias else None
    return x, weight, bias


@pytest.mark.parametrize("name", VIDEOS)
def test_the_ready_videos_equal_scipys_correlation(name):
    scene, notes = settle(EXAMPLES[name].flat)
    assert notes == () and scene.filled() == ()
    layer, x, w = scene.layer, scene.input_array(), scene.weight_array()
    padded = np.pad(x, ((0, 0), *layer.padding))
    expected = sum(signal.correlate(a, b, "valid") for a, b in zip(padded, w[0], strict=True))
    if scene.bias is not None:
        expected = expected + scene.bias.array[0]
    np.testing.assert_allclose(scene.output()[0], expected, rtol=0, atol=1e-12)


def test_a_scene_of_three_axes_equals_ndimage_at_every_place():
    layer = ConvSpec(1, 1, (3, 3, 3), padding=1, bias=False)
    x, w, _ = numbers(layer)
    expected = ndimage.correlate(x[0], w[0, 0], mode="constant")
    np.testing.assert_allclose(Scene(layer, x, w).output()[0], expected, rtol=0, atol=1e-12)


def test_a_frame_of_the_output_is_the_sum_over_its_planes_of_2d_convolutions():
    for layer in layers():
        x, w, bias = numbers(layer)
        planes, made = Planes(layer, x.shape[1:]), Scene(layer, x, w, bias).output()
        inputs, outputs = planes.padded(x), as_planes(made, 3)
        slices = w.reshape(2, -1, *layer.kernel_size[1:])
        assert len(inputs) == len(planes.inputs) == len(planes.sources) == len(planes.padding)
        assert len(outputs) == len(planes.outputs) == len(planes.reads)
        assert slices.shape[1] == len(planes.slices)
        flat = ConvSpec(
            1, 1, layer.kernel_size[1:], layer.stride[1:], layer.padding[1:], layer.dilation[1:],
            padding_mode=layer.padding_mode, padding_value=layer.padding_value,
        )  # fmt: skip
        for (kernel, _), read, output in zip(planes.outputs, planes.reads, outputs, strict=True):
            total = bias[kernel] + sum(
                conv2d(
                    inputs[plane][None], slices[kernel, at][None, None], None, flat.stride,
                    flat.padding, flat.dilation, padding_mode=flat.padding_mode,
                    padding_value=flat.padding_value,
                )[0]
                for at, plane in enumerate(read)
            )  # fmt: skip
            np.testing.assert_allclose(total, output, rtol=0, atol=1e-9)


def test_a_padded_plane_holds_its_sources_numbers_or_the_constant():
    for layer in layers():
        x, _, _ = numbers(layer)
        planes = Planes(layer, x.shape[1:])
        inputs = planes.padded(x)
        for at, (source, (channel, frame)) in enumerate(
            zip(planes.sources, planes.inputs, strict=True)
        ):
            assert planes.padding[at] == (frame not in range(x.shape[1]))
            if source is None:
                assert (inputs[at] == layer.padding_value).all()
            else:
                assert (inputs[at] == inputs[source]).all() and not planes.padding[source]
            if not planes.padding[at]:
                assert (inputs[at] == x[channel, frame]).all() and source == at


def test_every_output_number_of_a_video_is_told_by_its_trace():
    scene, _ = settle(EXAMPLES["video-channels"].flat)
    y = scene.output()
    assert scene.steps == y.size
    for step, (channel, *place) in enumerate(np.ndindex(*y.shape)):
        trace = settle(scene.to_flat() | {"step": str(step)})[0].trace
        assert (trace.out_channel, trace.position) == (channel, tuple(place))
        assert trace.result == y[(channel, *place)]


def test_the_formulas_speak_of_frames():
    scene, _ = settle(EXAMPLES["video-causal"].flat)
    frames, sides, parameters, macs = scene.formulas
    assert frames.symbols == "⌊(T + p_first + p_last − k_t) / s_t⌋ + 1"
    assert (frames.result, sides.result) == scene.output_size[:2] == (4, 4)
    assert parameters.symbols == "C_out·C_in·k_t·k_h·k_w"
    assert parameters.result == scene.layer.parameters == 27
    assert macs.symbols.endswith("·T_out·H_out·W_out") and macs.result == 27 * 4 * 4 * 4


@pytest.mark.parametrize("name", VIDEOS)
def test_a_videos_link_brings_it_back(name):
    scene, _ = settle(EXAMPLES[name].flat)
    assert link_of(scene) == {"example": name}
    for changed in ({"kernel": "1x2x2"}, {"padding": "1.0x0x0"}, {"stride": "2x1x1", "step": "3"}):
        other, notes = settle(scene.to_flat() | changed)
        assert notes == () and scene_of(link_of(other)) == (other, ())


def test_three_axes_in_a_link_are_named_where_they_are_not_what_is_shown():
    assert scene_of({"rank": "3", "kernel": "2"})[1] == ()
    assert scene_of({"rank": "3", "padding": "0.0x0x0"})[1] == ()
    (note,) = scene_of({"kernel": "3x3x3"})[1]
    assert "“3x3x3” is not possible for kernel here; 3x3 is used." in note


@pytest.mark.parametrize("name", VIDEOS)
def test_the_listings_of_a_video_have_its_layer(name):
    from kernels.scene.snippets import snippets

    scene, _ = settle(EXAMPLES[name].flat)
    torch, keras, numpy = snippets(scene)
    assert "nn.Conv3d(" in torch.code and "keras.layers.Conv3D(" in keras.code
    names: dict = {}
    exec(compile(numpy.code.replace("print(y)", ""), "listing", "exec"), names)
    assert np.array_equal(names["y"], scene.output())
    assert f"# {(1, *scene.output_size, scene.out_channels)}" in keras.code


def test_conv3d_is_what_a_scene_of_three_axes_computes():
    for layer in layers():
        x, w, bias = numbers(layer, seed=1)
        made = conv3d(
            x, w, bias, layer.stride, layer.padding, layer.dilation, layer.groups,
            padding_mode=layer.padding_mode, padding_value=layer.padding_value,
        )  # fmt: skip
        assert np.array_equal(Scene(layer, x, w, bias).output(), made)
