"""A picture through a network, against SciPy, sums written out, and laws."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import correlate2d

from kernels.errors import ShapeError
from kernels.networks.checking import check
from kernels.networks.forward import random_weights, run
from kernels.networks.known import known_network
from kernels.networks.notation import read_network
from tests.kernels.networks.random_networks import networks


def some(shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape)


def maps_of(text, x, seed=1, **weights):
    network = read_network(text)
    return run(network, x, {**random_weights(network, seed), **weights})


def slid(x, weight, bias, stride=1, padding=0):
    """SciPy's correlation, channel by channel."""
    x = np.pad(x, ((0, 0), (padding,) * 2, (padding,) * 2))
    maps = [sum(correlate2d(c, k, "valid") for c, k in zip(x, w, strict=True)) for w in weight]
    return np.array(maps)[:, ::stride, ::stride] + np.reshape(bias, (-1, 1, 1))


def pooled(x, size, how):
    c, h, w = x.shape
    return how(x[:, : h // size * size, : w // size * size].reshape(
        c, h // size, size, w // size, size
    ), axis=(2, 4))  # fmt: skip


def test_lenet_number_by_number():
    text = "1x28x28;c6k5p2;tanh;a2;c16k5;sigmoid;m2;flat;l20;relu;l10b0;softmax"
    network, x = read_network(text), some((1, 28, 28))
    weights = random_weights(network, seed=3)
    weights["conv1"] = (weights["conv1"][0], some(6, 4))
    maps = run(network, x, weights)
    conv1 = slid(x, *weights["conv1"], padding=2)
    conv2 = slid(pooled(np.tanh(conv1), 2, np.mean), *weights["conv2"])
    row = pooled(1 / (1 + np.exp(-conv2)), 2, np.max).ravel()
    hidden = np.array([max(w @ row + b, 0) for w, b in zip(*weights["linear1"], strict=True)])
    scores = np.array([w @ hidden for w in weights["linear2"][0]])
    np.testing.assert_allclose(maps["conv1"], conv1, atol=1e-12)
    np.testing.assert_allclose(maps["max_pool1"].ravel(), row, atol=1e-12)
    np.testing.assert_allclose(maps["linear2"], scores, atol=1e-12)
    np.testing.assert_allclose(maps["softmax1"], np.exp(scores) / np.exp(scores).sum(), atol=1e-12)
    assert maps["input"] is not None and all(a.dtype == np.float64 for a in maps.values())


def test_a_residual_block_with_batch_norms_that_have_learned():
    network = read_network("4x6x6;c4k3p1b0;bn;relu;c4k3p1b0;bn;add<batch_norm2,input;relu")
    weights, x = random_weights(network, 1), some((4, 6, 6))
    learned = {f"batch_norm{n}": (some(4, n), some(4, n + 5), some(4, n + 9), [1, 2, 3, 4])
               for n in (1, 2)}  # fmt: skip
    maps = run(network, x, {**weights, **learned})

    def normed(x, weight, bias, mean, variance):
        channels = zip(x, weight, bias, mean, variance, strict=True)
        return np.array([(c - m) / np.sqrt(v + 1e-5) * w + b for c, w, b, m, v in channels])

    inner = normed(slid(x, weights["conv1"][0], [0] * 4, padding=1), *learned["batch_norm1"])
    inner = slid(np.maximum(inner, 0), weights["conv2"][0], [0] * 4, padding=1)
    result = np.maximum(normed(inner, *learned["batch_norm2"]) + x, 0)
    np.testing.assert_allclose(maps["relu2"], result, atol=1e-12)


def test_a_block_whose_weights_are_zero_hands_its_input_on():
    x = np.abs(some((4, 6, 6)))
    zeros = (np.zeros((4, 4, 3, 3)), np.zeros(4))
    maps = maps_of("4x6x6;c4k3p1;add<conv1,input;relu", x, conv1=zeros)
    np.testing.assert_array_equal(maps["relu1"], x)


def test_u_net_in_small_crops_grows_and_stacks():
    text = "1x12x12;c2k3;m2;c3k3;t2k2s2;crop2<conv1;cat<crop1,transposed_conv1;c1k1"
    network, x = read_network(text), some((1, 12, 12))
    weights = random_weights(network, 1)
    maps = run(network, x, weights)
    down = slid(x, *weights["conv1"])
    bottom = slid(pooled(down, 2, np.max), *weights["conv2"])
    up = np.zeros((2, 6, 6))
    for c, i, j in itertools.product(range(3), range(3), range(3)):
        up[:, 2 * i : 2 * i + 2, 2 * j : 2 * j + 2] += (
            bottom[c, i, j] * weights["transposed_conv1"][0][c]
        )
    both = np.concatenate([down[:, 2:-2, 2:-2], up])
    np.testing.assert_allclose(maps["concatenate1"], both, atol=1e-12)
    np.testing.assert_allclose(maps["conv3"], slid(both, *weights["conv3"]), atol=1e-12)


def test_layers_that_only_some_networks_have():
    x = some((6, 5, 5))
    maps = maps_of("6x5x5;lrn5;in<input;aap2<input;pad0.1x2.0<input;gap<input;drop<input", x)
    for c, i, j in itertools.product(range(6), range(5), range(5)):
        squares = sum(x[n, i, j] ** 2 for n in range(max(c - 2, 0), min(c + 3, 6)))
        normed = x[c, i, j] / (1 + 1e-4 * squares / 5) ** 0.75
        assert maps["local_response_norm1"][c, i, j] == pytest.approx(normed)
    for c in range(6):
        scaled = (x[c] - x[c].mean()) / np.sqrt(x[c].var() + 1e-5)
        np.testing.assert_allclose(maps["instance_norm1"][c], scaled)
    np.testing.assert_allclose(maps["adaptive_avg_pool1"][:, 0, 1], x[:, 0:3, 2:5].mean((1, 2)))
    assert maps["zero_pad1"].shape == (6, 6, 7)
    np.testing.assert_array_equal(maps["zero_pad1"][:, :5, 2:], x)
    assert not maps["zero_pad1"][:, 5].any() and not maps["zero_pad1"][:, :, :2].any()
    np.testing.assert_allclose(maps["global_avg_pool1"].ravel(), x.mean((1, 2)))
    np.testing.assert_array_equal(maps["dropout1"], x)


@pytest.mark.parametrize(
    "name, values",
    [
        ("relu", [0, 0, 0.5, 9]),
        ("relu6", [0, 0, 0.5, 6]),
        ("leaky_relu", [-0.02, 0, 0.5, 9]),
        ("sigmoid", [1 / (1 + np.e**2), 0.5, 1 / (1 + np.e**-0.5), 1 / (1 + np.e**-9)]),
        ("tanh", np.tanh([-2, 0, 0.5, 9])),
    ],
)
def test_activations(name, values):
    maps = maps_of(f"4;{name}", [-2, 0, 0.5, 9])
    np.testing.assert_allclose(maps[f"{name}1"], values)


def test_a_sigmoid_and_a_softmax_of_huge_numbers_do_not_overflow():
    np.testing.assert_array_equal(maps_of("2;sigmoid", [-1e5, 1e5])["sigmoid1"], [0, 1])
    np.testing.assert_array_equal(maps_of("2;softmax", [-1e5, 1e5])["softmax1"], [0, 1])


def test_the_softmax_of_a_map_is_over_the_channels_of_each_cell():
    maps = maps_of("3x2x2;softmax", some((3, 2, 2)))
    np.testing.assert_allclose(maps["softmax1"].sum(axis=0), np.ones((2, 2)))


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(networks(misfits=False), st.integers(0, 9))
def test_every_map_has_the_shape_that_the_table_says(network, seed):
    checked = check(network)
    if not checked.fits:
        return
    with np.errstate(all="ignore"):
        maps = run(network, some(network.input_shape, seed), random_weights(network, seed))
    assert {row.name: row.shape for row in checked.rows} == {
        name: a.shape for name, a in maps.items() if name != "input"
    }


# Weights at random


def test_numbers_keep_their_size_through_many_layers():
    relus = ";".join(["c32k3p1;relu"] * 10)
    tanhs = ";".join(["c32k3p1;tanh"] * 3)
    x = some((32, 12, 12))
    assert 0.3 < maps_of(f"32x12x12;{relus}", x)["relu10"].std() < 1.5
    first = maps_of(f"32x12x12;{tanhs}", x)["conv1"][:, 1:-1, 1:-1]
    assert 0.9 < first.std() < 1.1  # as many channels out as in: 2 / (fan-in + fan-out) = 1 / 288


def test_weights_before_a_relu_are_he_s_and_others_glorot_s():
    weights = random_weights(read_network("64x9x9;c64k3;bn;relu;c16k3s2;t64k4s2"), 5)
    spread = {name: weight.var() for name, (weight, _) in weights.items()}
    assert spread["conv1"] == pytest.approx(2 / (64 * 9), rel=0.05)
    assert spread["conv2"] == pytest.approx(2 / (64 * 9 + 16 * 9 / 4), rel=0.1)
    assert spread["transposed_conv1"] == pytest.approx(2 / (16 * 16 / 4 + 64 * 16), rel=0.05)


def test_a_layer_keeps_its_weights_when_others_change():
    one = random_weights(read_network("1x9x9;c4k3;relu;c4k3"), 7)
    more = random_weights(read_network("1x9x9;c4k3;relu;m2;c4k3;c8k1"), 7)
    for name in ("conv1", "conv2"):
        np.testing.assert_array_equal(one[name][0], more[name][0])
    other = random_weights(read_network("1x9x9;c4k3;relu;c4k3"), 8)
    assert (one["conv1"][0] != other["conv1"][0]).all()
    assert (one["conv2"][0][:, :1] != one["conv1"][0]).all()


def test_layers_without_a_bias_have_none():
    weights = random_weights(read_network("1x9x9;c4k3b0;bn;flat;l3b0"), 0)
    assert weights["conv1"][1] is None and weights["linear1"][1] is None
    assert weights["batch_norm1"][0].tolist() == [1] * 4


# Refusals


@pytest.mark.parametrize(
    "id, sentence",
    [
        ("alexnet_2012", "The network has 60,965,224 parameters, too many to compute here; use one "
                         "with at most 4,000,000."),
        ("mobilenet_v2", "The network has 300,774,272 multiply-adds, too many to compute here; use "
                         "one with at most 250,000,000."),
    ],
)  # fmt: skip
def test_a_network_too_large_is_refused_before_anything_is_made(id, sentence):
    network = known_network(id).build()
    for ask in (lambda: random_weights(network, 1), lambda: run(network, 0, {})):
        with pytest.raises(ShapeError) as refusal:
            ask()
        assert str(refusal.value) == sentence


def test_maps_too_many_to_keep_are_refused():
    with pytest.raises(ShapeError, match="numbers in its feature maps, too many"):
        run(read_network("1x2000x2000;relu;relu"), 0, {})


def test_a_wrong_input_or_missing_weights_are_refused():
    network = read_network("1x9x9;c4k3")
    with pytest.raises(ShapeError) as refusal:
        run(network, np.zeros((9, 9)), random_weights(network, 0))
    assert str(refusal.value) == (
        "The input has shape (9, 9) but the network takes (1, 9, 9); give it that."
    )
    with pytest.raises(ShapeError, match="'conv1' has no weights; give a weight and a bias"):
        run(network, np.zeros((1, 9, 9)), {})
