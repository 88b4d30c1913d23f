"""The weights of a plain network, every neuron joined to every neuron of the next layer."""

from itertools import pairwise

from kernels.networks.layers import Flatten, Layer, Linear, numbers_in
from lessons.quiz.dice import Dice
from lessons.quiz.families.flatten_size import PICTURES
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import NO_BIAS, WITH_BIAS, counted, times

_ALL = ("last-layer-left-out", "neurons-counted", "widths-multiplied", "first-to-last")

LEVELS = (
    Level("without biases", ("bias-added", *_ALL)),
    Level("with biases", ("bias-forgotten", "bias-single", "bias-per-input", *_ALL)),
    Level("on a colour picture", ("bias-added", "input-channels-forgotten", *_ALL)),
)


def draw(dice: Dice, level: int) -> Draft | None:
    biased, shape = level == 2, (3, *dice.pick((*PICTURES[4:], (1536, 2048))))
    if level < 3:
        shape = (dice.pick((4, 6, 10, 64, 100, 196, 400, 784, 784)),)
    hidden = [dice.pick((5, 8, 16, 32, 84, 84, 100, 120)) for _ in range(dice.whole(1, 2))]
    if level == 3:
        hidden = [dice.pick((50, 100, 100))] * dice.whole(1, 2)
    outputs = dice.pick((2, 3, 10, 10, 20)) if level < 3 else dice.pick((1, 1, 10))
    first = numbers_in(shape)
    widths = (first, *hidden, outputs)
    layers: list[Layer] = [Linear(before, after, biased) for before, after in pairwise(widths)]
    given = f"A network has {counted(first, 'input')},"
    if level == 3:
        layers.insert(0, Flatten())
        picture = f"{times(*shape[1:])} pixels (3 channels)"
        given = f"A network for colour images of {picture} has"
    wide = " and ".join(str(width) for width in hidden)
    one = len(hidden) == 1
    between = f"one hidden layer of {wide} neurons" if one else f"hidden layers of {wide} neurons"
    return Draft(
        (
            f"{given} {between} and {counted(outputs, 'output')}; each layer is fully connected "
            "to the next.",
            f"How many {'parameters' if biased else 'weights'} does it have in all?",
        ),
        (WITH_BIAS if biased else NO_BIAS,),
        Setup(shape, tuple(layers)),
        (Field("total", "parameters" if biased else "weights", "integer", "total_parameters"),),
    )


FAMILY = Family(
    "dense_network", "A fully connected network", LEVELS, (draw, draw), after=("weights", "bias")
)
