"""The parameters of a fully connected layer."""

from kernels.networks.layers import Flatten, Linear, numbers_in
from lessons.quiz.dice import Dice
from lessons.quiz.families.flatten_size import PICTURES
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import NO_BIAS, WEIGHTS_ONLY, WITH_BIAS, counted, input_words, times

_BIAS = ("bias-forgotten", "bias-single", "bias-per-input")

LEVELS = (
    Level("from numbers to numbers", _BIAS),
    Level("from a flattened map", (*_BIAS, "input-channels-forgotten", "flatten-cells-forgotten")),
    Level("without a bias", ("bias-added", "input-channels-forgotten", "flatten-added")),
    Level(
        "the first layer on a picture",
        ("bias-added", "input-channels-forgotten", "flatten-cells-forgotten", "flatten-added"),
    ),
)


def draw(dice: Dice, level: int) -> Draft | None:
    if level == 4:
        return _first_layer(dice)
    outputs = dice.pick((10, 10, 20, 32, 50, 64, 84, 100, 120))
    if level == 1:
        features = dice.pick((16, 40, 64, 84, 120, 128, 256, 400, 784))
        if features == outputs:
            return None
        shape, layers = (features,), (Linear(features, outputs),)
        given = f"{counted(features, 'number')} go"
    else:
        side = dice.whole(4, 16)
        shape = (dice.pick((3, 3, 6, 8, 16)), side, side)
        features = numbers_in(shape)
        layers = (Flatten(), Linear(features, outputs, bias=level == 2))
        given = f"{input_words(shape).capitalize()} is flattened and goes"
    convention = NO_BIAS if level == 3 else WITH_BIAS
    return Draft(
        (
            f"{given} into a fully connected layer with {counted(outputs, 'output')}.",
            "How many parameters does the layer learn?",
        ),
        (convention,),
        Setup(shape, layers),
        (Field("parameters", "parameters", "integer", "parameters", layer=len(layers) - 1),),
    )


def _first_layer(dice: Dice) -> Draft:
    """The weights of the first layer on a colour picture: of one neuron, or of many."""
    size, neurons = dice.pick(PICTURES), dice.pick((1, 1, 10, 50, 84, 100))
    shape = (3, *size)
    asked = "the neuron" if neurons == 1 else "the layer"
    return Draft(
        (
            f"A colour image of {times(*size)} pixels (3 channels) goes into a fully connected "
            f"layer with {counted(neurons, 'neuron')}.",
            f"How many weights does {asked} have?",
        ),
        (WEIGHTS_ONLY,),
        Setup(shape, (Flatten(), Linear(numbers_in(shape), neurons, bias=False))),
        (Field("parameters", "weights", "integer", "parameters", layer=1),),
    )


FAMILY = Family(
    "linear_parameters",
    "Parameters of a fully connected layer",
    LEVELS,
    (draw, draw),
    after=("weights", "flatten"),
)
