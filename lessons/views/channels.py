"""What the Channels page shows, as one frozen object: read from an address, written to one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType

from kernels import ConvSpec
from kernels.errors import LARGEST_COUNT
from kernels.pictures.images import clamp_patch, extract_patch
from kernels.reading import read_row
from kernels.reading.link_names import MEANT, open_link, own_names
from kernels.reading.link_text import quoted
from kernels.reading.notation import (
    NotationError,
    encode_patch,
    format_numbers,
    parse_numbers,
    read_source,
)
from kernels.scene.flat import FlatScene
from kernels.scene.limits import MAX_INPUT, legal_groups
from kernels.scene.reader import SettingsReader
from kernels.scene.settle import settle
from lessons.views.colour_kernels import MIXES, colour_kernels
from lessons.views.pictures import Catalogue, PictureFacts, read_picture

LOOKS = ("cell", "weights", "mix", "separable", "dense")
COLOURS = 3
MIN_PATCH, MAX_PATCH = 4, 12
MIN_KERNEL, MAX_KERNEL = 2, 5
MAX_MAPS = 4
MAX_CHANNELS, MAX_SIZE, MAX_SIDE = 512, 11, 4000
MAX_WIDTHS, MAX_NODES = 6, 100_000
QUESTIONS = ("", "maps", "depth")

# The places at which the photographs have colours side by side; elsewhere it is the middle.
_PLACES = MappingProxyType({"coffee": (207, 387), "cat": (87, 145)})

_MEANT = {**MEANT, "kernel_size": "k", "filter_size": "k"}

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "look": "cell",
        "predict": "0",
        "picture": "coffee",
        "row": "",
        "column": "",
        "patch": "5",
        "x": "",
        "maps": "2",
        "kernel": "3",
        "w": "",
        "b": "10 -20 30 5",
        "step": "0",
        "cin": "3",
        "cout": "4",
        "k": "3",
        "groups": "1",
        "bias": "1",
        "dbias": "1",
        "size": "480x640",
        "ask": "",
        "mix": format_numbers([MIXES["Grey"]]),
        "dense": "100 100 1",
    }
)
"""The address's parameters with the screen that the page opens on.

picture, row, column, patch: where the three planes are cut out, row and column empty for the
picture's own place; x: numbers in their stead. maps, kernel, w, b: the kernels over them, w empty
for the ready ones. cin, cout, k, groups, size: the layer that is counted; bias: for both; dbias:
for the depthwise half of a separable one, too. ask: the mistake that is shown. mix: rows of a 1 x 1
convolution, bias last. dense: nodes of each layer.
"""


@dataclass(frozen=True)
class ChannelsView:
    """One screen of the Channels page.

    Attributes
    ----------
    look : the part of the page that is open
    predict : whether results stay hidden until they are asked for
    picture : the picture whose colours are used
    row, column, patch : the middle and the side of the square that is cut out of it
    own_input, own_weights : whether the scene has numbers of the learner's own
    scene : three planes under one to four kernels, with the step shown
    layer : the layer that is counted, padded to keep the size
    depthwise_bias : whether the depthwise half of a separable convolution has biases as well
    size : (height, width) of the layer's input
    ask : the mistake that is shown beside the weights; "" for none
    mix : weights of a 1 x 1 convolution on the colours, (maps, 3), and a bias each
    dense : nodes of the fully connected layers
    """

    look: str
    predict: bool
    picture: PictureFacts
    row: int
    column: int
    patch: int
    own_input: bool
    own_weights: bool
    scene: FlatScene
    layer: ConvSpec
    depthwise_bias: bool
    size: tuple[int, int]
    ask: str
    mix: tuple[tuple[float, float, float, float], ...]
    dense: tuple[int, ...]

    @property
    def corner(self) -> tuple[int, int]:
        """The top left pixel of the patch."""
        start = (self.row - self.patch // 2, self.column - self.patch // 2)
        return clamp_patch(self.picture.size, *start, self.patch, self.patch)[:2]

    @property
    def in_features(self) -> int:
        """How many numbers the layer's input has."""
        return math.prod(self.size) * self.layer.in_channels

    @property
    def question(self) -> tuple[str, ...]:
        """All settings that change what is to be predicted."""
        flat = self.to_flat()
        return tuple(value for key, value in flat.items() if key not in ("predict", "step"))

    def to_flat(self) -> dict[str, str]:
        """Every setting as text; `settle_channels` reads it back."""
        scene, layer = self.scene, self.layer
        return {
            "look": self.look,
            "predict": str(int(self.predict)),
            "picture": self.picture.name,
            "row": str(self.row),
            "column": str(self.column),
            "patch": str(self.patch),
            "x": scene.x if self.own_input else "",
            "maps": str(scene.conv.out_channels),
            "kernel": str(scene.conv.kernel_size[0]),
            "w": scene.w if self.own_weights else "",
            "b": scene.b,
            "step": str(scene.step),
            "cin": str(layer.in_channels),
            "cout": str(layer.out_channels),
            "k": str(layer.kernel_size[0]),
            "groups": str(layer.groups),
            "bias": str(int(layer.bias)),
            "dbias": str(int(self.depthwise_bias)),
            "size": "x".join(map(str, self.size)),
            "ask": self.ask,
            "mix": format_numbers([self.mix]),
            "dense": " ".join(map(str, self.dense)),
        }

    def link(self) -> dict[str, str]:
        """The shortest address that brings this screen back."""
        usual = dict(DEFAULTS)
        usual["row"], usual["column"] = map(str, usual_place(self.picture))
        return {key: value for key, value in self.to_flat().items() if value != usual[key]}


def settle_channels(
    flat: Mapping[str, str], pictures: Catalogue
) -> tuple[ChannelsView, tuple[str, ...]]:
    """Read settings as the nearest screen that can be, and say what had to be moved.

    >>> from lessons.views.pictures import BLANK_PICTURES
    >>> view, notes = settle_channels({"cin": "6", "cout": "4", "groups": "3"}, BLANK_PICTURES)
    >>> view.layer.groups, view.layer.weight_shape, notes
    (2, (4, 3, 3, 3), ('Groups 3 is not possible here; 2 is the nearest that works.',))
    """
    reader = SettingsReader(DEFAULTS, flat)
    look = reader.choice("look", LOOKS)
    picture = read_picture(reader, flat, pictures, colour=True)
    place = reader.place(usual_place(picture), picture.size)
    patch = reader.number("patch", "patch size", MIN_PATCH, MAX_PATCH)
    layer = _layer(reader)
    scene, moved = _scene(reader, flat, layer.bias, picture, place, patch)
    most = min(MAX_SIDE, math.isqrt(LARGEST_COUNT // layer.in_channels))
    view = ChannelsView(
        look=look,
        predict=reader.flag("predict"),
        picture=picture,
        row=place[0],
        column=place[1],
        patch=patch,
        own_input=scene.x != _patch_source(picture, place, patch),
        own_weights=bool(flat.get("w")),
        scene=scene,
        layer=layer,
        depthwise_bias=reader.flag("dbias"),
        size=reader.pair("size", "picture", 1, most),
        ask=reader.choice("ask", QUESTIONS),
        mix=_mix(reader, flat.get("mix", DEFAULTS["mix"])),
        dense=_dense(reader, flat.get("dense", DEFAULTS["dense"])),
    )
    return view, (*reader.notes, *moved)


def open_channels(
    link: Mapping[str, str], pictures: Catalogue
) -> tuple[ChannelsView, tuple[str, ...]]:
    """Open a link to the page.

    >>> from lessons.views.pictures import BLANK_PICTURES
    >>> open_channels({"d": "2", "groups": "2"}, BLANK_PICTURES)[1]
    ('This page has no setting “d”, so it is left out.', \
'Groups 2 is not possible here; 1 is the nearest that works.')
    """
    return open_link(link, own_names(DEFAULTS), _MEANT, partial(settle_channels, pictures=pictures))


def usual_place(picture: PictureFacts) -> tuple[int, int]:
    """The pixel of a picture that is looked at unless another is named."""
    height, width = picture.size
    return _PLACES.get(picture.name, (height // 2, width // 2))


def read_widths(text: str) -> tuple[int, ...]:
    """Read the nodes of each fully connected layer; raises NotationError with one sentence.

    >>> read_widths("100, 100, 1")
    (100, 100, 1)
    """
    widths = read_row(text, most=MAX_WIDTHS, whole=True).exact
    if not all(n.denominator == 1 and 1 <= n <= MAX_NODES for n in widths):
        raise NotationError(
            f"{quoted(text, 30)} is not a list of layers; write the nodes of 1 to {MAX_WIDTHS} "
            f"layers, each from 1 to {MAX_NODES:,}, such as 100 100 1."
        )
    return tuple(map(int, widths))


def _layer(reader: SettingsReader) -> ConvSpec:
    channels = reader.number("cin", "channels in", 1, MAX_CHANNELS)
    maps = reader.number("cout", "channels out", 1, MAX_CHANNELS)
    kernel = reader.number("k", "kernel size", 1, MAX_SIZE)
    groups = reader.among("groups", legal_groups(channels, maps))
    bias = reader.flag("bias")
    return ConvSpec(channels, maps, kernel, padding="same", groups=groups, bias=bias)


def _scene(
    reader: SettingsReader,
    flat: Mapping[str, str],
    bias: bool,
    picture: PictureFacts,
    place: tuple[int, int],
    patch: int,
) -> tuple[FlatScene, tuple[str, ...]]:
    """The planes under their kernels."""
    kernel = reader.number("kernel", "kernel size", MIN_KERNEL, MAX_KERNEL)
    maps = reader.number("maps", "number of kernels", 1, MAX_MAPS)
    x, sides = _patch_source(picture, place, patch), (patch, patch)
    if flat.get("x"):
        x, sides = _own_numbers(reader, flat["x"], sides) or (x, sides)
    settings = {
        "size": "x".join(map(str, sides)),
        "cin": str(COLOURS),
        "cout": str(maps),
        "kernel": f"{kernel}x{kernel}",
        "bias": str(int(bias)),
        "x": x,
        "w": flat.get("w") or format_numbers(colour_kernels(kernel).reshape(-1, kernel, kernel)),
        "b": flat.get("b", DEFAULTS["b"]),
        "step": flat.get("step", "0"),
    }
    return _settled(tuple(settings.items()))


# Kept: what the page's other looks change leaves the scene as it is.
@lru_cache(maxsize=64)
def _settled(settings: tuple[tuple[str, str], ...]) -> tuple[FlatScene, tuple[str, ...]]:
    return settle(dict(settings))


def _patch_source(picture: PictureFacts, place: tuple[int, int], patch: int) -> str:
    start = (place[0] - patch // 2, place[1] - patch // 2)
    return encode_patch(extract_patch(picture.pixels(), *start, patch, patch))


def _own_numbers(
    reader: SettingsReader, source: str, sides: tuple[int, int]
) -> tuple[str, tuple[int, int]] | None:
    """A source of numbers and their size; None, with a note, if it cannot be read."""
    try:
        planes = read_source(source)
    except NotationError as error:
        reader.notes.append(f"The input numbers could not be read: {error}")
        return None
    if planes is None:  # drawn at random, in any size
        return source, sides
    height, width = (min(side, MAX_INPUT) for side in planes.shape[1:])
    return source, (height, width)


def _mix(reader: SettingsReader, text: str) -> tuple[tuple[float, float, float, float], ...]:
    try:
        (rows,) = parse_numbers(text).tolist()
    except (NotationError, ValueError):
        rows = []
    if len(rows) not in (1, COLOURS) or len(rows[0]) != COLOURS + 1:
        reader.notes.append(
            f"{quoted(text, 30)} is not a mix of colours; write 1 or 3 rows of red, green, blue "
            "and bias, such as 1 0 -1 0."
        )
        return MIXES["Grey"]
    return tuple((red, green, blue, bias) for red, green, blue, bias in rows)


def _dense(reader: SettingsReader, text: str) -> tuple[int, ...]:
    try:
        return read_widths(text)
    except NotationError as error:
        reader.notes.append(f"The list of layers cannot be read: {error}")
        return read_widths(DEFAULTS["dense"])
