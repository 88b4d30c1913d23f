"""Sizes through a chain of layers; a box is judged from the learner's own box before it."""

from functools import partial

from kernels import ConvSpec, PoolSpec
from kernels.networks.known.plain import digit_network, lenet_5
from kernels.networks.layers import Flatten, Linear
from lessons.quiz.dice import Dice
from lessons.quiz.families.network_parameters import KERNELS
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.shapes import plain_layers, shapes
from lessons.quiz.wording import FLOOR, WITH_BIAS, input_words, layer_words, per_side

_SIZE = ("one-forgotten", "kernel-ignored")
LEVELS = (
    Level("a convolution and a pooling", _SIZE),
    Level("two blocks", (*_SIZE, "padding-once", "padding-ignored")),
    Level("up to the flatten", (*_SIZE, "flatten-channels-forgotten")),
    Level("up to the fully connected layer", (*_SIZE, "flatten-channels-forgotten")),
    Level("the shapes of a digit network", (*_SIZE, "flatten-channels-forgotten")),
)


def draw(dice: Dice, level: int, wide: bool = False) -> Draft | None:
    """wide: whether a digit network takes images of other sizes than 28 × 28."""
    channels, size = dice.pick((1, 3)), dice.whole(28, 64)
    layers, filters = [], channels
    for _ in range(1 if level == 1 else 2):
        wider = dice.pick((4, 6, 8, 12, 16))
        kernel = dice.pick((3, 3, 5))
        padding = dice.whole(0, 1) if level == 1 else dice.whole(0, kernel // 2)
        layers += [ConvSpec(filters, wider, kernel, dice.whole(1, 2), padding), PoolSpec(2)]
        filters = wider
    if level == 5:
        network = dice.pick((lenet_5, digit_network))(*dice.pick(KERNELS))
        layers, (channels, size, _) = list(plain_layers(network)[:4]), network.input_shape
        if wide:
            size = dice.pick((28, 28, 32, 36, 40, 44, 48, 64))
        filters = shapes(Setup(network.input_shape, tuple(layers)))[-1][0]
    shape = (channels, size, size)
    names = ["the first convolution", "the first pooling", "the second convolution", "the second "]
    names[3] += "pooling"
    if level == 1:
        names = ["the convolution", "the pooling"]
    fields, before = [], ""
    for number in range(len(layers)):
        id = f"size{number + 1}"
        label = f"height = width after {names[number]}"
        alone = f"How large is the map after {names[number]}? Give its height (= its width)."
        fields.append(Field(id, label, "axis", "height", number, before, alone))
        before = id
    side = size
    for layer in layers:
        if side + 2 * layer.axes((99, 99))[0].before < layer.kernel_size[0]:
            return None
        side = layer.output_size((side, side))[0]
    if side < 2:
        return None
    words = [layer_words(layer, channels=True) for layer in layers]
    if level >= 3:
        layers.append(Flatten())
        words.append("a flatten")
        label, alone = "numbers after the flatten", "How many numbers are there after the flatten?"
        fields.append(Field("features", label, "integer", "features", 4, before, alone))
    if level == 4:
        outputs = dice.pick((10, 84, 100, 120))
        layers.append(Linear(filters * side * side, outputs))
        words.append(f"a fully connected layer with {outputs} outputs")
        label = "parameters of the fully connected layer"
        alone = "How many parameters does the fully connected layer learn?"
        fields.append(Field("parameters", label, "integer", "parameters", 5, "features", alone))
    given = input_words(shape).capitalize()
    if level == 5:
        given = f"In a digit network {input_words(shape)}"
    return Draft(
        (
            f"{given} goes through {'; then '.join(words)}.",
            "Fill in the boxes in order.",
        ),
        (*per_side(*layers), FLOOR, *((WITH_BIAS,) if level == 4 else ())),
        Setup(shape, tuple(layers)),
        tuple(fields),
    )


FAMILY = Family(
    "layer_chain",
    "Chain of layers",
    LEVELS,
    (draw, draw, partial(draw, wide=True)),
    after=("padding", "pooling"),
)
