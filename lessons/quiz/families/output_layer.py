"""What the last layer of a network has to tell: classes, a box, or boxes on a grid."""

from kernels import ConvSpec
from kernels.networks.layers import Layer, Linear
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import WITH_BIAS, times

LEVELS = (
    Level("classes", ("one-output-for-all", "bias-forgotten")),
    Level("classes and one box", ("box-left-out", "box-by-place-only", "box-for-each-class")),
    Level(
        "boxes on a grid",
        ("classes-for-each-box", "confidence-left-out", "one-box-counted", "grid-side-once"),
    ),
)

IN_ALL = "How many numbers does it give in all?"
OUTPUTS = Field(
    "outputs",
    "outputs",
    "integer",
    "head_outputs",
    alone="How many outputs does the layer have?",
)
PARAMETERS = Field(
    "parameters",
    "parameters",
    "integer",
    "parameters",
    alone="How many parameters does the layer learn?",
)


def draw(dice: Dice, level: int) -> Draft | None:
    classes = dice.pick((2, 3, 5, 10, 12, 20, 26, 43, 80, 100, 200, 1000))
    if level == 3:
        return _grid(dice, classes)
    features = dice.pick((64, 84, 128, 256, 512, 1024, 2048))
    boxes = level - 1
    layer: Layer = Linear(features, classes + 4 * boxes)
    task = f"that tells {classes} classes of images apart"
    agreed = "The outputs for the classes go into a softmax."
    if level == 2:
        task += (
            " and also says where the one thing on each is, by a bounding box: the row and column "
            "of its centre, its height and its width"
        )
        agreed += " The bounding box is the same whatever class it is."
    return Draft(
        (
            f"{features} numbers go into the last, fully connected layer of a network {task}.",
            "How many outputs does the layer have, and how many parameters does it learn?",
        ),
        (agreed, WITH_BIAS),
        Setup((features,), (layer,), head=(classes, boxes, 4)),
        (OUTPUTS, PARAMETERS),
    )


def _grid(dice: Dice, classes: int) -> Draft | None:
    side, boxes, channels = dice.whole(5, 19), dice.whole(2, 5), dice.pick((256, 512, 1024))
    layer = ConvSpec(channels, boxes * 5 + classes, 1)
    return Draft(
        (
            f"A network finds things of {classes} classes in an image. It lays a grid of "
            f"{times(side, side)} cells over it; for each cell it gives {boxes} bounding boxes "
            "of 4 numbers and a confidence each, and for each class a number for the whole cell.",
            "How many numbers does it give for one cell, and how many in all?",
        ),
        (),
        Setup((channels, side, side), (layer,), head=(classes, boxes, 5)),
        (
            Field(
                "cell",
                "for one cell",
                "integer",
                "head_outputs",
                alone="How many numbers does it give for one cell?",
            ),
            Field(
                "all",
                "in all",
                "integer",
                "head_grid",
                alone="How many numbers does it give in all?",
            ),
        ),
    )


FAMILY = Family("output_layer", "Output layer", LEVELS, (draw, draw), after=("weights", "bias"))
