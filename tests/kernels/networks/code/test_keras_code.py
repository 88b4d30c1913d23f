"""The Keras code of a network: what it says, and what Keras has not."""

import ast
import contextlib
import io

import pytest

from kernels.errors import ShapeError
from kernels.networks.code.keras import keras_code
from kernels.networks.known import KNOWN_NETWORKS
from kernels.networks.notation import read_network

WITHOUT = {  # their layers that Keras has not
    "alexnet_2012": "it has no such norm",
    "alexnet_2012_ungrouped": "it has no such norm",
    "googlenet": "it has no such norm",
    "cyclegan_9": "Conv2D pads with zeros only, not by reflect",
    "cyclegan_6": "Conv2D pads with zeros only, not by reflect",
}


def test_a_graph_is_written_by_the_functional_api():
    text = "8x6x6;stem.3x3=c8k3p1b0;bn;relu;c8k3s2p1;m2<relu1;add<conv2,max_pool1;inputs=relu"
    assert (
        keras_code(read_network(text))
        == """\
import math

import keras
from keras import layers

inputs = keras.Input((6, 6, 8))  # the channels stand last
stem_3x3 = layers.Conv2D(8, 3, padding="same", use_bias=False)(inputs)
batch_norm1 = layers.BatchNormalization(epsilon=1e-5)(stem_3x3)
relu1 = layers.ReLU()(batch_norm1)
conv2 = layers.ZeroPadding2D(1)(relu1)
conv2 = layers.Conv2D(8, 3, strides=2)(conv2)  # 8 × 3 × 3
max_pool1 = layers.MaxPooling2D(2)(relu1)  # 8 × 3 × 3
add1 = layers.Add()([conv2, max_pool1])
inputs_layer = layers.ReLU()(add1)
model = keras.Model(inputs, inputs_layer)
print(sum(math.prod(w.shape) for w in model.trainable_weights))  # 1176
print(model.output_shape)  # (None, 3, 3, 8)
"""
    )


@pytest.mark.parametrize(
    "text, call",
    [
        ("3x9x9;c4k3p1d2", 'layers.ZeroPadding2D(1),\n    layers.Conv2D(4, 3, dilation_rate=2)'),
        ("3x9x9;c6k1x7psameg3b0",
         'layers.Conv2D(6, (1, 7), padding="same", groups=3, use_bias=False)'),
        ("3x9x9;c4k3s2psame_upper", 'layers.Conv2D(4, 3, strides=2, padding="same")'),
        ("3x9x9;c4k2p1.0", "layers.ZeroPadding2D(((1, 0), (1, 0))),\n    layers.Conv2D(4, 2)"),
        ("3x9x9;t4k3s2p1o1", "layers.Conv2DTranspose(4, 3, strides=2),\n"
                             "    layers.Cropping2D(((1, 0), (1, 0)))"),
        ("4x20;c8k5", "layers.Conv1D(8, 5)"),
        ("1x6x8x8;m1x2x2", "layers.MaxPooling3D((1, 2, 2))"),
        ("3x9x9;a3s1p1", "layers.ZeroPadding2D(1),\n    layers.AveragePooling2D(3, strides=1)"),
        ("3x9x9;a3s1p1nopad", 'layers.AveragePooling2D(3, strides=1, padding="same")'),
        ("3x9x9;m3s1p1", 'layers.MaxPooling2D(3, strides=1, padding="same")'),
        ("3x9x9;in", "layers.GroupNormalization(3, epsilon=1e-5, center=False, scale=False)"),
        ("3x9x9;in1", "layers.GroupNormalization(3, epsilon=1e-5)"),
        ("3x9x9;aap3", "layers.AveragePooling2D(3)"),
        ("3x9x9;gap", "layers.GlobalAveragePooling2D(keepdims=True)"),
        ("3x9x9;crop1.0x2", "layers.Cropping2D(((1, 0), (2, 2)))"),
        ("3x9x9;drop0.2", "layers.Dropout(0.2)"),
    ],
)  # fmt: skip
def test_a_layer_as_keras_writes_it(text, call):
    assert f"\n    {call}," in keras_code(read_network(text))


@pytest.mark.parametrize(
    "text, why",
    [
        ("3x9x9;min2", "it has no min pooling"),
        ("3x9x9;m2d2", "its pooling has no dilation"),
        ("3x9x9;a2by3", "its average pooling takes no divisor of its own"),
        ("3x9x9;a2s3p1.0nopad", 'its average pooling leaves out padding only with padding="same"'),
        ("3x9x9;m3s2p1.0x1", "zeros around negative numbers would win its maximum"),
        ("3x9x9;c4k3s2d2", "Conv2D takes a stride or a dilation above 1, not both"),
        ("3x9x9;c4k3p1mreplicate", "Conv2D pads with zeros only, not by replicate"),
        ("3x9x9;c4k3p1mconstantv2", "Conv2D pads with zeros only, not by constant"),
        ("4x9x9;t4k3g2", "Conv2DTranspose has no groups"),
        ("3x9x9;t4k3s2o1", "Conv2DTranspose makes no cells beyond its kernels'"),
        ("3x9x9;aap4", "its average pooling has windows of one size, and (9, 9) is not a multiple "
                       "of 4"),
        ("3x9x9;lrn5", "it has no such norm"),
    ],
)  # fmt: skip
def test_a_layer_that_keras_has_not_is_named(text, why):
    with pytest.raises(ShapeError) as refusal:
        keras_code(read_network(text))
    assert str(refusal.value).startswith("Keras has no layer like ")
    assert str(refusal.value).endswith(f": {why}.")


def test_zeros_may_stand_around_what_is_never_negative():
    code = keras_code(read_network("3x9x9;relu;lrn5;m3s2p1.0x1".replace("lrn5", "drop")))
    assert "layers.ZeroPadding2D(((1, 0), (1, 1)))" in code


@pytest.mark.parametrize("known", KNOWN_NETWORKS, ids=lambda known: known.id)
def test_the_code_of_a_ready_network_is_python_or_names_the_layer(known):
    if known.id in WITHOUT:
        with pytest.raises(ShapeError) as refusal:
            keras_code(known.build())
        assert str(refusal.value).endswith(f": {WITHOUT[known.id]}.")
    else:
        ast.parse(keras_code(known.build()))


@pytest.mark.peers
@pytest.mark.parametrize(
    "known", [row for row in KNOWN_NETWORKS if row.id not in WITHOUT], ids=lambda known: known.id
)
def test_keras_builds_each_ready_network_with_its_shapes_and_parameters(known, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    pytest.importorskip("keras")
    code = keras_code(known.build())
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, "listing", "exec"), {})
    said = [line.partition("  # ")[2] for line in code.strip().splitlines()[-2:]]
    assert out.getvalue().strip().splitlines() == said
