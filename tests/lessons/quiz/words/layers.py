"""Layers and inputs out of sentences, by regular expressions; no word is passed over."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.lessons.quiz.words.page import Page, Unread, found

Pair = tuple[int, int]


@dataclass(frozen=True)
class Layer:
    """A layer as its words have it; None where they say nothing.

    kind: 'convolution', 'transposed', 'max', 'average', 'min', 'median', 'normalisation', 'flatten'
    or 'dense'. count: kernels or outputs. padding: (before, after) of each axis, or 'same'.
    """

    kind: str
    count: int = 0
    kernel: Pair = (1, 1)
    stride: Pair | None = None
    padding: tuple[Pair, Pair] | str | None = None
    dilation: Pair = (1, 1)
    groups: int = 1
    output_padding: int = 0
    ceil: bool = False
    no_bias: bool = False

    @property
    def pools(self) -> bool:
        return self.kind in ("max", "average", "min", "median")


HEADS = re.compile(
    r"(?P<transposed>transposed convolution with an? (\d+) × (\d+) kernel)"
    r"|(?P<kernels>convolution with (\d+) kernels? of (\d+) × (\d+))"
    r"|(?P<convolution>convolutions?(?: in a row, each)? with an? (\d+) × (\d+) kernel)"
    r"|(?P<slid>The (\d+) × (\d+) kernel slides over the \d+ × \d+ input)"
    r"|(?P<pooling>(max|average|min|median) pooling (\d+) × (\d+))"
    r"|(?P<normalisation>batch normalisation)"
    r"|(?P<flatten>it is flattened|is flattened|a flatten\b)"
    r"|(?P<dense>fully connected layer with (\d+) (?:outputs?|neurons?))"
    r"|(?P<code>nn\.Conv2d\((\d+), (\d+), (\d+))"
    r"|(?P<pool_code>nn\.MaxPool2d\((\d+))",
    re.IGNORECASE,
)

SIDES = r"padding (\d+) at the top, (\d+) at the bottom, (\d+) at the left and (\d+) at the right"
SETTINGS: tuple[tuple[str, str, Callable], ...] = (
    ("output_padding", r"output_padding (\d+)", lambda n: n),
    ("padding", SIDES, lambda *n: (n[:2], n[2:])),
    (
        "padding",
        r"padding (\d+) at top and bottom and (\d+) at left and right",
        lambda high, wide: ((high, high), (wide, wide)),
    ),
    ("padding", r"padding 'same'", lambda: "same"),
    ("padding", r"no padding", lambda: ((0, 0), (0, 0))),
    ("padding", r"padding[ =](\d+)", lambda n: ((n, n), (n, n))),
    ("stride", r"stride (\d+) downwards and (\d+) across", lambda *n: n),
    ("stride", r"stride[ =](\d+)", lambda n: (n, n)),
    ("dilation", r"dilation[ =](\d+)", lambda n: (n, n)),
    ("groups", r"groups[ =](\d+)", lambda n: n),
    ("ceil", r"ceil_mode", lambda: True),
    ("no_bias", r"no bias", lambda: True),
)
"""How settings are written, the longest first, since each is struck out once it is read."""

FILLER = re.compile(
    r"slides over an input of \d+ × \d+|slides over the \d+ × \d+ input"
    r"|comes out as \d+ × \d+ with \d+ channels?|with \d+ channels|there is a bias"
    r"|padded equally on all sides|an unknown stride|ReLU follows|goes into|conv\d? is|pool is"
    r"|x is an image of \d+ × \d+|\)?\(x\)|\b(?:a|an|and|then|through|with)\b"
)
"""What may stand after a layer without being a setting of it."""


def layers_in(text: str) -> list[Layer]:
    """The layers that a text names, in its order.

    >>> text = "An input goes through max pooling 2 × 2, stride 2, then it is flattened."
    >>> [layer.kind for layer in layers_in(text)]
    ['max', 'flatten']
    """
    heads = list(HEADS.finditer(text))
    starts = [head.start() for head in heads] + [len(text)]
    return [
        _layer(head, text[head.end() : end]) for head, end in zip(heads, starts[1:], strict=True)
    ]


def _layer(head: re.Match, tail: str) -> Layer:
    name = str(head.lastgroup)
    numbers = [int(n) for n in re.findall(r"\d+", head[0].replace("Conv2d", "").replace("2d", ""))]
    said, left = _settings(tail)
    if rest := re.sub(r"[\s,;.:()]", "", FILLER.sub("", left)):
        raise Unread(f"what does “{rest}” mean, in “{tail}”?")
    if name == "dense":
        return Layer("dense", numbers[0])
    if name in ("flatten", "normalisation"):
        return Layer(name)
    if name == "kernels":
        return Layer("convolution", numbers[0], (numbers[1], numbers[2]), **said)
    if name == "code":
        return Layer("convolution", numbers[1], (numbers[2],) * 2, **{**CODE_DEFAULTS, **said})
    if name == "pool_code":
        return Layer("max", 0, (numbers[0],) * 2, **{"stride": (numbers[0],) * 2, **said})
    kernel = (numbers[0], numbers[1])
    if name == "pooling":
        return Layer(head[0].split()[0].lower(), 0, kernel, **said)
    return Layer("transposed" if name == "transposed" else "convolution", 1, kernel, **said)


CODE_DEFAULTS = {"stride": (1, 1), "padding": ((0, 0), (0, 0))}
"""What torch.nn.Conv2d takes where nothing is written."""


def _settings(tail: str) -> tuple[dict, str]:
    """The settings in the words after a layer's name, and the words that are left."""
    said: dict = {}
    for name, pattern, meant in SETTINGS:
        if match := re.search(pattern, tail):
            tail = tail[: match.start()] + tail[match.end() :]
            said[name] = meant(*map(int, match.groups()))
    return said, tail


def layers_of(page: Page) -> list[Layer]:
    """The layers in the order in which numbers go through them."""
    if "y = pool(" in page.given:
        nested = re.search(r"y = ([\w()]+),", page.given)
        names = re.findall(r"(\w+)\(", nested[1] if nested else "")
        layers = [
            layers_in(re.search(rf"\b{name} is (.*?)(;|\. )", page.given)[1])[0] for name in names
        ]
        return layers[::-1]
    layers = layers_in(page.given)
    if "in a row" in page.given:
        return layers * found(r"through (\d+) convolutions in a row", page.given)[0]
    return layers


INPUTS = (
    (r"shape \((\d+), (\d+), (\d+)\)", (0, 1, 2)),
    (r"(\d+) channels of (\d+) × (\d+)", (0, 1, 2)),
    (r"input of (\d+) × (\d+) with (\d+) channel", (2, 0, 1)),
    (r"image of (\d+) × (\d+) pixels \((\d+) channels\)", (2, 0, 1)),
    (r"images of (\d+) × (\d+) pixels \((\d+) channels\)", (2, 0, 1)),
    (r"image of (\d+) × (\d+) pixels goes .* a pixel has (\d+) numbers", (2, 0, 1)),
    (r"input of (\d+) × (\d+)", (0, 1)),
    (r"image of (\d+) × (\d+)", (0, 1)),
    (r"(\d+) numbers go into", (0,)),
    (r"network has (\d+) inputs", (0,)),
)
"""How an input is described, and where its channels, height and width stand in it."""


def input_of(page: Page) -> tuple[int, ...]:
    """(channels, height, width), or only the number of numbers; one channel where none is said."""
    for pattern, order in INPUTS:
        match = re.search(pattern, page.given)
        if match:
            shape = tuple(int(match[1 + place]) for place in order)
            return (1, *shape) if len(shape) == 2 else shape
    raise Unread(f"what is the input in “{page.given}”?")
