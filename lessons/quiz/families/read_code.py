"""A layer as PyTorch writes it, and the shape that comes out of it."""

from kernels import ConvSpec, PoolSpec
from lessons.quiz.dice import Dice
from lessons.quiz.question import Draft, Family, Field, Level, Setup
from lessons.quiz.wording import FLOOR, HEIGHT, WIDTH

_SIZE = ("one-forgotten", "kernel-ignored")

LEVELS = (
    Level("a convolution by its first arguments", ("depth-kept", *_SIZE)),
    Level("with stride and padding", ("depth-kept", "padding-once", "stride-ignored", *_SIZE)),
    Level("max pooling without a stride", ("pool-stride-one", "pool-divides-channels")),
    Level("with dilation", ("dilation-ignored", "dilation-times-kernel", "depth-kept", *_SIZE)),
)

CHANNELS = Field(
    "channels", "channels", "axis", "channels", alone="How large is the output? Give its channels."
)
FIELDS = (CHANNELS, HEIGHT, WIDTH)


def draw(dice: Dice, level: int) -> Draft | None:
    before, after = dice.pick((1, 3, 3, 6, 8, 16)), dice.pick((4, 6, 10, 16, 32))
    size = (dice.whole(16, 40), dice.whole(16, 40))
    kernel, stride, padding, dilation = dice.pick((3, 3, 5)), 1, 0, 1
    if level == 2:
        stride, padding = dice.pick((2, 2, 3)), dice.whole(1, 2)
    if level == 4:
        kernel, dilation, padding = 3, dice.whole(2, 4), dice.whole(0, 1)
    if before == after or size[0] == size[1]:
        return None
    layer: ConvSpec | PoolSpec = ConvSpec(before, after, kernel, stride, padding, dilation)
    names = {"stride": (stride, 1), "padding": (padding, 0), "dilation": (dilation, 1)}
    more = "".join(f", {name}={n}" for name, (n, usual) in names.items() if n != usual)
    code = f"nn.Conv2d({before}, {after}, {kernel}{more})"
    hidden: tuple[str, ...] = ()
    if level == 3:
        before, kernel = dice.pick((6, 8, 16, 32)), dice.whole(2, 4)
        layer, code, hidden = PoolSpec(kernel), f"nn.MaxPool2d({kernel})", ("stride",)
    shape = (before, *size)
    return Draft(
        (
            f"In PyTorch a tensor x of shape {shape} goes through y = {code}(x).",
            "What is the shape of y?",
        ),
        (
            "Shapes are (channels, height, width), without the batch.",
            *((FLOOR,) if level in (2, 3) else ()),
        ),
        Setup(shape, (layer,), hidden=hidden),
        FIELDS,
    )


FAMILY = Family(
    "read_code", "Read the code", LEVELS, (draw, draw), after=("channels", "padding", "stride")
)
