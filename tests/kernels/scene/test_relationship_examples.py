"""The relationships of Dumoulin and Visin load by name, with the sizes that the paper prints."""

import pytest

from kernels.layers.relationships import RELATIONSHIPS, relationship_of
from kernels.scene.examples import EXAMPLES, scene_of
from kernels.scene.relationship_examples import relationship_name

# Read off the paper's figures: the layer, i, k, s, p, a, d and o.
PUBLISHED = {
    "relationship-1": ("conv", 4, 3, 1, 0, 0, 1, 2),
    "relationship-2": ("conv", 5, 4, 1, 2, 0, 1, 6),
    "relationship-3": ("conv", 5, 3, 1, 1, 0, 1, 5),
    "relationship-4": ("conv", 5, 3, 1, 2, 0, 1, 7),
    "relationship-5": ("conv", 5, 3, 2, 0, 0, 1, 2),
    "relationship-6": ("conv", 5, 3, 2, 1, 0, 1, 3),
    "relationship-6-odd": ("conv", 6, 3, 2, 1, 0, 1, 3),
    "relationship-7": ("max", 5, 3, 1, 0, 0, 1, 3),
    "relationship-8": ("transposed", 2, 3, 1, 0, 0, 1, 4),
    "relationship-9": ("transposed", 6, 4, 1, 2, 0, 1, 5),
    "relationship-10": ("transposed", 5, 3, 1, 1, 0, 1, 5),
    "relationship-11": ("transposed", 7, 3, 1, 2, 0, 1, 5),
    "relationship-12": ("transposed", 2, 3, 2, 0, 0, 1, 5),
    "relationship-13": ("transposed", 3, 3, 2, 1, 0, 1, 5),
    "relationship-14": ("transposed", 3, 3, 2, 1, 1, 1, 6),
    "relationship-15": ("conv", 7, 3, 1, 0, 0, 2, 3),
}


def test_every_relationship_has_its_example():
    assert [relationship_name(row) for row in RELATIONSHIPS] == list(PUBLISHED)
    assert [name for name in EXAMPLES if name.startswith("relationship")] == list(PUBLISHED)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_relationship_loads_by_name_with_the_numbers_of_its_figure(name):
    kind, i, k, s, p, a, d, o = PUBLISHED[name]
    scene, notes = scene_of({"example": name})
    layer = scene.layer
    assert (notes, scene.filled()) == ((), ())
    assert (scene.kind.name, scene.input_size, scene.output_size) == (kind, (i, i), (o, o))
    assert (layer.kernel_size, layer.stride, layer.dilation) == ((k, k), (s, s), (d, d))
    assert layer.padding == ((p, p), (p, p))
    assert getattr(layer, "output_padding", (0, 0)) == (a, a)
    found = relationship_of(layer, scene.input_size)
    assert relationship_name(found) == name
    assert f"k = {k}, s = {s}, p = {p}" in found.letters
    assert str(found.number) in EXAMPLES[name].title


def test_a_layer_of_no_figure_has_no_relationship():
    for link in ({}, {"size": "5x6", "padding": "1x1"}, {"padding": "1x0"}, {"op": "max"}):
        scene, _ = scene_of({"stride": "3x3", **link})
        assert relationship_of(scene.layer, scene.input_size) is None
