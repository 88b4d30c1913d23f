"""What a whole network learns, layer by layer and in all."""

from functools import partial
from itertools import pairwise

from kernels import ConvSpec
from kernels.networks.known.plain import alexnet_2012, digit_network, lenet_5, vgg
from kernels.networks.layers import Flatten, Layer, Linear, numbers_in
from kernels.networks.summary import summarise
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.shapes import plain_layers
from lessons.quiz.wording import (
    NO_BIAS,
    WITH_BIAS,
    counted,
    input_words,
    network_layer_words,
    per_side,
    times,
)

_CONV = ("input-channels-forgotten", "filters-forgotten", "kernel-one-side")

KERNELS = ((6, 16), (4, 12), (5, 10), (6, 12), (8, 16), (8, 20), (10, 20), (12, 24), (16, 32))
"""How many kernels the two convolutions of a digit network have."""

LEVELS = (
    Level("a network for handwriting, without biases", ("bias-added", *_CONV)),
    Level("LeNet-5, with biases", ("bias-forgotten", "bias-single", *_CONV)),
    Level(
        "the fully connected end of a large network",
        ("bias-forgotten", "bias-per-input", "input-channels-forgotten", "flatten-cells-forgotten"),
    ),
)


HIDDEN = {1: ((84, 64, 100, 120, 128),), 2: ((120, 100, 128, 150), (84, 50, 64, 100))}
"""How many neurons the hidden layers of a digit network have, by level."""

CHARACTERS = (10, 10, 26, 36, 47, 62)
"""Digits, letters and both, as collections of handwriting count them."""


def draw(dice: Dice, level: int, wide: bool = False) -> Draft | None:
    """wide: whether the widths of the fully connected layers are mostly drawn too."""
    if level == 3:
        return _end(dice, (4096, 2048, 1024, 512) if wide else (4096, 4096, 2048, 1024))
    if level == 1:
        network = digit_network(*dice.pick(((10, 20), *KERNELS)), bias=False)
    else:
        network = lenet_5(*dice.pick(((6, 16), *KERNELS)))
    layers = plain_layers(network)
    if wide and dice.whole(1, 8) > 1:
        hidden = [dice.pick(widths) for widths in HIDDEN[level]]
        layers = _with_widths(layers, (*hidden, dice.pick(CHARACTERS)))
    noun = "parameters"
    convention = (NO_BIAS,) if level == 1 else (WITH_BIAS, *per_side(*layers))
    digits = layers[-1].out_features == len("0123456789")
    kind = "A digit network" if digits else "A network for handwritten characters"
    kind = kind if level == 1 else "A network like LeNet-5"
    words = "; ".join(map(network_layer_words, layers))
    return Draft(
        (
            f"{kind} takes {input_words(network.input_shape)} through: {words}.",
            f"How many {noun} does each layer have, and the whole network?",
        ),
        convention,
        Setup(network.input_shape, layers),
        _boxes(layers, noun),
    )


def _with_widths(layers: tuple[Layer, ...], widths: tuple[int, ...]) -> tuple[Layer, ...]:
    """A network whose last layers, all fully connected, have these widths."""
    kept, last = layers[: -len(widths)], layers[-len(widths) :]
    ins = (last[0].in_features, *widths)
    return (
        *kept,
        *(
            Linear(before, after, layer.bias)
            for layer, (before, after) in zip(last, pairwise(ins), strict=True)
        ),
    )


def _end(dice: Dice, widths: tuple[int, ...]) -> Draft:
    """A flatten and what follows it, after the last map of a published network."""
    network = dice.pick((vgg(16), vgg(16), alexnet_2012()))
    rows = summarise(network)
    shape = next(before.shape for before, row in pairwise(rows) if isinstance(row.layer, Flatten))
    hidden, classes = dice.pick(widths), dice.pick((1000, 1000, 100, 10))
    features = numbers_in(shape)
    layers = (Flatten(), Linear(features, hidden), Linear(hidden, hidden), Linear(hidden, classes))
    return Draft(
        (
            f"The last map of a network has {counted(shape[0], 'channel')} of {times(*shape[1:])}. "
            f"After it come: {'; '.join(map(network_layer_words, layers))}.",
            "How many parameters does each layer have, and this part of the network in all?",
        ),
        (WITH_BIAS,),
        Setup(shape, layers),
        _boxes(layers, "parameters"),
    )


def _boxes(layers: tuple[Layer, ...], noun: str) -> tuple[Field, ...]:
    """A box for each layer that learns, and one for all of them."""
    fields = []
    for number, layer in enumerate(layers):
        if not isinstance(layer, ConvSpec | Linear):
            continue
        kind = "convolution" if isinstance(layer, ConvSpec) else "fully connected layer"
        place = sum(isinstance(other, type(layer)) for other in layers[: number + 1])
        name = f"{kind} {place}"
        fields.append(
            Field(
                f"layer{number + 1}",
                name,
                "integer",
                "parameters",
                number,
                alone=f"How many {noun} does {name} have?",
            )
        )
    alone = f"How many {noun} do all these layers have together?"
    return (*fields, Field("total", "in all", "integer", "total_parameters", alone=alone))


FAMILY = Family(
    "network_parameters",
    "Parameters of a network",
    LEVELS,
    (draw, draw, partial(draw, wide=True)),
    after=("weights", "bias", "flatten"),
)
