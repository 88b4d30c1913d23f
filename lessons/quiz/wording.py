"""The sentences that families share, so that a layer is described the same way everywhere."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kernels import ConvSpec, ConvTransposeSpec, PoolSpec, Scene
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.networks.layers import Flatten, Layer, Linear
from lessons.quiz.question import Field, Matrix

PER_SIDE = "Padding is given per side, as in PyTorch."
FLOOR = "A window that does not fit whole is dropped (floor)."
CEIL = "ceil_mode: the last window may hang over the end."
ROWS_FIRST = "Sizes are height × width: rows before columns."
WITH_BIAS = "Biases are counted."
NO_BIAS = "There is no bias."
WEIGHTS_ONLY = "Only weights are counted, not biases."
MACS = "One MAC is one product with its addition; biases are not counted."
CORRELATION = "Convolution as in deep learning: cross-correlation."
FLIPPED = "True convolution is that of mathematics and signal processing."
FROM_ZERO = "Rows and columns are counted from 0, at the top left."
ZEROS = "Padding cells hold 0."
TWO_DECIMALS = "Write a fraction, or a decimal number to two places."
DECIMALS_ONLY = "Round to two decimal places."

HEIGHT = Field(
    "height", "height", "axis", "height", alone="How large is the output? Give its height."
)
WIDTH = Field("width", "width", "axis", "width", alone="How large is the output? Give its width.")
SHAPE = (HEIGHT, WIDTH)


def times(*sizes: int) -> str:
    """Sizes as they are written: 3 × 3."""
    return " × ".join(str(n) for n in sizes)


def unbroken(text: str) -> str:
    """A text whose sizes are never broken over a line.

    >>> unbroken("a 3 × 3 kernel")
    'a 3\\xa0×\\xa03 kernel'
    """
    return text.replace(" × ", "\u00a0×\u00a0")


def counted(number: int, noun: str) -> str:
    """A number with its noun: 1 channel, 3 channels."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def article(size: str) -> str:
    """What stands before a size as it is said aloud: a 3 × 3 kernel, an 8 × 8 and an 11 × 11 one.

    >>> article("3 × 3"), article("11 × 11"), article("80 × 2")
    ('a', 'an', 'an')
    """
    return "an" if size.startswith("8") or size.split()[0] in ("11", "18") else "a"


def sentence(text: str) -> str:
    """A text as a sentence begins: a capital first, but a symbol such as k stays what it is.

    >>> sentence("padding counted once"), sentence("k instead of k²"), sentence("a bias for each")
    ('Padding counted once', 'k instead of k²', 'A bias for each')
    """
    symbol = text[1:2] == " " and text[0] != "a"
    return text if symbol else text[:1].upper() + text[1:]


def input_words(shape: Sequence[int]) -> str:
    """An input of this (channels, height, width)."""
    return f"an input of {times(*shape[1:])} with {counted(shape[0], 'channel')}"


def pair_words(pair: Sequence[int]) -> str:
    """One number for both axes, or both."""
    high, wide = pair
    return str(high) if high == wide else f"{high} downwards and {wide} across"


def padding_words(padding, hidden: bool = False) -> str:
    """How a layer pads, in words; nothing where it does not."""
    if isinstance(padding, str):
        return f", padding '{'same' if padding.startswith('same') else padding}'"
    (top, bottom), (left, right) = padding
    if hidden or not any((top, bottom, left, right)):
        return ""
    if top == bottom == left == right:
        return f", padding {top}"
    if top == bottom and left == right:
        return f", padding {top} at top and bottom and {left} at left and right"
    sides = f"{left} at the left and {right} at the right"
    return f", padding {top} at the top, {bottom} at the bottom, {sides}"


def per_side(*layers: Layer) -> tuple[str, ...]:
    """The convention on padding, where one of the layers pads."""
    pads = any(set(getattr(layer, "padding", ((0, 0),))) != {(0, 0)} for layer in layers)
    return (PER_SIDE,) if pads else ()


def defaults(
    layers: Sequence[Layer], hidden: Sequence[str], said: Sequence[str]
) -> tuple[str, ...]:
    """What holds where the words on a layer say nothing of its stride or padding.

    >>> defaults([ConvSpec(1, 1, 3)], [], ["An input goes through a convolution."])
    ('The stride is 1 and there is no padding.',)
    >>> defaults([ConvSpec(1, 1, 3, padding=1)], ["stride"], ["How large is the stride?"])
    ()

    hidden: settings that are asked for. said: the question's other words.
    """
    slid = [layer for layer in layers if isinstance(layer, ConvSpec | ConvTransposeSpec)]
    text = " ".join(said)
    if "no padding" in text:
        return ()
    parts = []
    told = "stride" in hidden or ("the stride is" in text)
    if any(set(layer.stride) == {1} for layer in slid) and not told:
        parts.append("the stride is 1")
    bare = [layer for layer in slid if set(layer.padding) == {(0, 0)}]
    if bare and "padding" not in hidden:
        parts.append("there is no padding")
    if not parts:
        return ()
    start = "where nothing else is said, " if len(slid) > 1 else ""
    return (f"{sentence(start + ' and '.join(parts))}.",)


def layer_words(layer: Layer, hidden: Sequence[str] = (), channels: bool = False) -> str:
    """A layer with its settings, those that are hidden left out.

    >>> layer_words(ConvSpec(3, 8, 3, stride=2, padding=1), channels=True)
    'a convolution with 8 kernels of 3 × 3, stride 2, padding 1'
    >>> layer_words(PoolSpec(2), hidden=["stride"])
    'max pooling 2 × 2'
    """
    size = times(*layer.kernel_size)
    if isinstance(layer, PoolSpec):
        text = f"{POOL_KINDS[layer.kind].title.lower()} pooling {size}"
    elif isinstance(layer, ConvTransposeSpec):
        text = f"a transposed convolution with {article(size)} {size} kernel"
    elif channels:
        text = f"a convolution with {counted(layer.out_channels, 'kernel')} of {size}"
    else:
        text = f"a convolution with {article(size)} {size} kernel"
    pool = isinstance(layer, PoolSpec)
    if "stride" not in hidden and (pool or set(layer.stride) != {1}):
        text += f", stride {pair_words(layer.stride)}"
    text += padding_words(layer.padding, "padding" in hidden)
    if set(layer.dilation) != {1}:
        text += f", dilation {pair_words(layer.dilation)}"
    if getattr(layer, "groups", 1) > 1:
        text += f", groups {layer.groups}"
    if set(getattr(layer, "output_padding", (0,))) != {0}:
        text += f", output_padding {pair_words(layer.output_padding)}"
    if layer.ceil_mode:
        text += ", ceil_mode"
    return text


def settings_words(layer: Layer) -> str:
    """The settings of a layer after its size, as a sentence goes on with them.

    >>> settings_words(ConvSpec(1, 1, 3, stride=2, padding=1)), settings_words(ConvSpec(1, 1, 3))
    (' with stride 2 and padding 1', '')
    """
    settings = layer_words(layer).partition(" kernel, ")[2]
    return f" with {' and '.join(settings.split(', '))}" if settings else ""


def scene_with(
    layer: ConvSpec | PoolSpec,
    x: Sequence[Matrix],
    w: Sequence[Matrix] = (),
    b: Sequence[int] = (),
    place: tuple[int, int] = (0, 0),
    flip: bool = False,
) -> Scene:
    """A scene with these numbers, showing the window of the output number at `place`."""
    columns = layer.output_size((len(x[0]), len(x[0][0])))[1]
    step = place[0] * columns + place[1]
    if isinstance(layer, PoolSpec):
        return Scene(layer, np.array(x), step=step)
    weight = np.array(w).reshape(layer.weight_shape)
    bias = np.array(b) if layer.bias else None
    return Scene(layer, np.array(x), weight, bias, step, flip)


def network_layer_words(layer: Layer) -> str:
    """A layer of a whole network, a flatten and a fully connected one too.

    >>> network_layer_words(Linear(400, 120)), network_layer_words(Flatten())
    ('a fully connected layer with 120 outputs', 'a flatten')
    """
    match layer:
        case Flatten():
            return "a flatten"
        case Linear():
            return f"a fully connected layer with {counted(layer.out_features, 'output')}"
        case _:
            return layer_words(layer, channels=True)
