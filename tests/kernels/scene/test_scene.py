"""A scene is the one truth of a screen: its flat form, its link and its numbers agree."""

import math
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from kernels.errors import ShapeError
from kernels.layers.formula import layer_formulas
from kernels.layers.spec import ConvSpec
from kernels.ops.functional import conv2d
from kernels.ops.trace import step_place, trace_window
from kernels.scene.examples import EXAMPLES, link_of, scene_of
from kernels.scene.flat import DEFAULTS
from kernels.scene.settle import settle
from tests.random_scenes import random_flat, random_scene

same_numbers = np.testing.assert_array_equal
SEEDS = range(300)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_flat_form_of_an_example_reads_back_as_the_same_scene(name):
    scene, notes = settle(EXAMPLES[name].flat)
    assert notes == ()
    assert settle(scene.to_flat()) == (scene, ())
    assert scene.to_flat() == EXAMPLES[name].flat


def test_the_flat_form_of_any_scene_reads_back_as_the_same_scene_without_a_word():
    for seed in SEEDS:
        scene = random_scene(seed)
        flat = scene.to_flat()
        assert settle(flat) == (scene, ()), flat
        assert set(flat) == set(DEFAULTS)
        assert all(isinstance(value, str) for value in flat.values())


def test_the_link_of_any_scene_opens_the_same_scene_without_a_word():
    for scene in [random_scene(seed) for seed in SEEDS] + [
        settle(example.flat)[0] for example in EXAMPLES.values()
    ]:
        assert scene_of(link_of(scene)) == (scene, ()), link_of(scene)


def test_the_link_of_an_example_is_its_name_and_the_step():
    for name, example in list(EXAMPLES.items())[1:]:
        assert link_of(settle(example.flat)[0]) == {"example": name}
        last = str(settle(example.flat)[0].steps - 1)
        expected = {"example": name} | ({"step": last} if last != "0" else {})
        assert link_of(settle({**example.flat, "step": last})[0]) == expected
    assert link_of(settle({})[0]) == {}


def test_the_random_scenes_cover_every_kind_of_layer():
    scenes = [random_scene(seed) for seed in SEEDS]
    kinds = [scene.layer.kind for scene in scenes]
    assert min(kinds.count(kind) for kind in ("conv", "max", "avg")) > 50
    assert sum(scene.flip for scene in scenes) > 50
    assert sum(scene.conv.groups > 1 for scene in scenes) > 30
    assert sum(max(scene.layer.dilation) > 1 for scene in scenes) > 50
    assert sum(any(a.before != a.after for a in scene.axes) for scene in scenes) > 30
    assert sum(any(a.overhang for a in scene.axes) for scene in scenes) > 10
    assert len({scene.conv.padding_mode for scene in scenes}) == 5
    assert (
        len({scene.layer.padding for scene in scenes if isinstance(scene.layer.padding, str)}) > 3
    )


def test_the_size_that_is_said_is_the_size_of_the_output():
    for seed in SEEDS:
        scene = random_scene(seed)
        y = scene.output()
        assert y.shape == (scene.out_channels, *scene.layer.output_size(scene.input_size))
        assert y.shape[1:] == tuple(axis.output for axis in scene.axes)
        assert scene.steps == y.size > scene.step >= 0
        sizes = [f.result for f in layer_formulas(scene.layer, scene.input_size)]
        assert sizes[0] == y.shape[1]
        assert scene.input_array().shape == (scene.channels, *scene.input_size)
        weight = scene.written_weight_array()
        assert weight.shape == scene.conv.weight_shape if scene.is_conv else weight is None


def test_the_step_that_is_shown_is_the_number_in_the_output():
    for seed in SEEDS:
        scene = random_scene(seed)
        y = scene.output()
        channel, position = step_place(scene.step, y.shape[1:], scene.out_channels)
        weight = scene.weight_array() if scene.is_conv else None
        step = trace_window(
            scene.layer, scene.input_array(), weight, scene.bias_array(), position, channel
        )
        assert step.result == pytest.approx(y.ravel()[scene.step], abs=1e-9), scene.to_flat()


def test_flip_turns_the_kernel_by_180_degrees_and_nothing_else():
    plain, _ = settle({"kernel": "3x2", "w": "1 2_3 4_5 6"})
    turned = replace(plain, flip=True)
    same_numbers(turned.written_weight_array()[0, 0], [[1, 2], [3, 4], [5, 6]])
    same_numbers(turned.weight_array()[0, 0], [[6, 5], [4, 3], [2, 1]])
    same_numbers(turned.output(), conv2d(plain.input_array(), turned.weight_array()))


def test_a_bias_is_there_only_where_the_layer_has_one():
    with_bias, _ = settle({"bias": "1", "b": "7"})
    without, _ = settle({"b": "7"})
    pooled, _ = settle({"bias": "1", "b": "7", "op": "max"})
    same_numbers(with_bias.output(), without.output() + 7)
    assert without.bias_array() is None and pooled.bias_array() is None
    assert pooled.conv.bias  # but not forgotten


@pytest.mark.parametrize("kind", ["min", "median", "lp"])
def test_the_other_poolings_read_back_and_step_like_max_and_average(kind):
    for seed in range(120):
        scene = settle(random_flat(seed) | {"op": kind, "p": ("2", "1", "3.5")[seed % 3]})[0]
        assert scene.layer.kind == kind
        assert settle(scene.to_flat()) == scene_of(link_of(scene)) == (scene, ())
        y = scene.output()
        channel, position = step_place(scene.step, y.shape[1:], scene.out_channels)
        step = trace_window(scene.layer, scene.input_array(), None, None, position, channel)
        assert step.result == pytest.approx(y.ravel()[scene.step], nan_ok=True)


def test_the_same_windows_are_pooled_in_another_way():
    flat = {"op": "max", "size": "4x4", "kernel": "2x2", "stride": "2x2", "p": "1"}
    scene = settle(flat | {"x": "1 1 2 4_5 6 7 8_3 2 1 0_1 2 3 4"})[0]
    same_numbers(scene.output()[0], [[6, 8], [3, 4]])
    same_numbers(scene.pooled_by("avg").output()[0], [[3.25, 5.25], [2, 2]])
    same_numbers(scene.pooled_by("min").output()[0], [[1, 2], [1, 0]])
    same_numbers(scene.pooled_by("median").output()[0], [[3, 5.5], [2, 2]])
    same_numbers(scene.pooled_by("lp").output()[0], [[13, 21], [8, 8]])
    assert scene.pooled_by("min").pooled_by("max") == scene
    with pytest.raises(ShapeError, match="not a pooling"):
        settle({})[0].pooled_by("max")


def test_the_power_of_lp_is_kept_while_another_layer_is_shown():
    there = settle({"op": "lp", "p": "3.5"})[0]
    for kind in ("max", "conv"):
        away = settle(there.to_flat() | {"op": kind})[0]
        assert settle(away.to_flat() | {"op": "lp"}) == (there, ())


def test_switching_to_pooling_and_back_loses_nothing():
    for seed in SEEDS:
        flat = random_flat(seed) | {"op": "conv", "padding": "0x0", "step": "0"}
        there = settle(flat)[0]
        pooled = settle(there.to_flat() | {"op": "max"})[0]
        assert settle(pooled.to_flat() | {"op": "conv"}) == (there, ())


def test_pooling_takes_each_channel_alone():
    scene, notes = settle({"op": "max", "cin": "3", "cout": "2", "kernel": "2x2", "x": "random:1"})
    assert notes == () and scene.out_channels == scene.output().shape[0] == 3
    assert scene.steps == 3 * math.prod(scene.output().shape[1:])


def test_numbers_that_were_not_given_are_named_and_those_that_were_are_not():
    assert settle({})[0].filled() == ()
    assert settle({"x": "random:1", "w": "random:1"})[0].filled() == ()
    grown = settle({"size": "6x5", "kernel": "4x3"})[0].filled()
    assert len(grown) == 2 and "input" in grown[0] and "kernel" in grown[1]
    assert settle({"op": "max", "kernel": "5x5"})[0].filled() == ()


def test_output_is_finite_but_where_a_max_window_sees_only_padding():
    for seed in SEEDS:
        scene = random_scene(seed)
        y = scene.output()
        if scene.layer.kind == "max":
            y = y[~np.isneginf(y)]
        assert np.isfinite(y).all(), scene.to_flat()


def test_a_scene_is_frozen_comparable_and_hashable():
    scene, _ = settle({})
    assert scene == settle({})[0] and hash(scene) == hash(settle({})[0])
    assert isinstance(scene.layer, ConvSpec) and scene.layer == scene.conv
    with pytest.raises(FrozenInstanceError):
        scene.step = 3
