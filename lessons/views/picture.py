"""What the Picture page shows, as one frozen object: read from an address, written to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from kernels import ConvSpec, ShapeError
from kernels.layers.padding_modes import PADDING_MODES
from kernels.pictures.display import DISPLAYS
from kernels.pictures.images import clamp_patch
from kernels.reading.link_names import MEANT
from kernels.reading.link_text import decimal_number, quoted
from kernels.reading.notation import encode_patch, format_numbers, parse_numbers
from kernels.scene.examples import link_of
from kernels.scene.limits import MAX_KERNEL, MAX_STRIDE
from kernels.scene.reader import SettingsReader
from kernels.scene.settle import settle
from lessons.views.banks import BANKS
from lessons.views.kernel_choice import KERNEL_DEFAULTS, KernelChoice, settle_kernel
from lessons.views.pictures import PictureFacts

MIN_PATCH, MAX_PATCH = 4, 16
MODES = tuple(name for name, mode in PADDING_MODES.items() if not mode.takes_value)
COLOURS = ("grey", "each", "sum")
LOOKS = ("compare", "channels", "bank", "border")
POOLS = (1, 2, 4, 8)
EVEN_MIX = "0.33 0.33 0.33"

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "picture": "camera",
        "own": "0",
        "full": "0",
        **KERNEL_DEFAULTS,
        "padding": "0x0",
        "mode": "zeros",
        "stride": "1x1",
        "show": "",
        "colour": "grey",
        "mix": EVEN_MIX,
        "look": "compare",
        "curtain": "0",
        "bank": "edges",
        "relu": "1",
        "pool": "1",
        "row": "",
        "column": "",
        "patch": "8",
    }
)
"""The address's parameters with the screen that the page opens on.

picture: a sample's name, also where `own` says that an uploaded photograph was shown. full: whether
a large photograph is worked on at its full size. show: a display, empty for the one that suits the
kernel. row, column: the pixel that is looked at, empty for the picture's own.
"""


@dataclass(frozen=True)
class PictureView:
    """One screen of the Picture page.

    Attributes
    ----------
    picture : the picture as it is worked on
    sample : name of the sample picture, shown unless `own`
    own : whether the uploaded photograph is shown
    full : whether it is worked on at full size, not at display size
    kernel : the kernel
    layer : how it slides, as a layer of one channel in and out
    display : a key of `kernels.pictures.display.DISPLAYS`
    colour : 'grey' makes the picture grey first, 'each' filters each colour by itself, 'sum' has a
        kernel slice for each colour and sums over them
    mix : what the kernel is multiplied by in its red, green and blue slice, for 'sum'
    look : the part of the page that is open
    curtain : whether the result lies over the original, with an edge to drag
    bank : the kernels that are shown together
    relu : whether negative answers of the bank become 0
    pool : side of the squares whose largest answer is kept; 1 for no pooling
    row, column : the pixel of the original that is looked at
    patch : the side of the square around it that the sliding window page gets
    """

    picture: PictureFacts
    sample: str
    own: bool
    full: bool
    kernel: KernelChoice
    layer: ConvSpec
    display: str
    colour: str
    mix: tuple[float, float, float]
    look: str
    curtain: bool
    bank: str
    relu: bool
    pool: int
    row: int
    column: int
    patch: int

    @property
    def weights(self) -> np.ndarray:
        """What the pixels are multiplied by: (kh, kw), or (3, kh, kw) where colours are summed."""
        if self.colour != "sum":
            return self.kernel.weights
        return np.multiply.outer(self.mix, self.kernel.weights)

    @property
    def in_colour(self) -> bool:
        """Whether the planes that are filtered are the colours."""
        return self.colour != "grey"

    @property
    def corner(self) -> tuple[int, int]:
        """The top left pixel of the patch."""
        row, column = self.row - self.patch // 2, self.column - self.patch // 2
        return clamp_patch(self.picture.size, row, column, self.patch, self.patch)[:2]

    @property
    def patch_size(self) -> tuple[int, int]:
        """(height, width) of that patch, which a tiny picture makes smaller."""
        return clamp_patch(self.picture.size, 0, 0, self.patch, self.patch)[2:]

    def with_kernel(self, kernel: KernelChoice, display: str) -> PictureView:
        """The same screen with another kernel, which has to be of the same size."""
        return replace(self, kernel=kernel, display=display)

    def to_flat(self) -> dict[str, str]:
        """Every setting as text; `settle_view` reads it back."""
        return {
            "picture": self.sample,
            "own": str(int(self.own)),
            "full": str(int(self.full)),
            **self.kernel.to_flat(),
            "padding": _padding_text(self.layer),
            "mode": self.layer.padding_mode,
            "stride": "x".join(map(str, self.layer.stride)),
            "show": self.display,
            "colour": self.colour,
            "mix": " ".join(f"{share:g}" for share in self.mix),
            "look": self.look,
            "curtain": str(int(self.curtain)),
            "bank": self.bank,
            "relu": str(int(self.relu)),
            "pool": str(self.pool),
            "row": str(self.row),
            "column": str(self.column),
            "patch": str(self.patch),
        }

    def link(self) -> dict[str, str]:
        """The shortest address that brings this screen back."""
        flat = self.to_flat()
        usual = {**DEFAULTS, "show": fitting_display(self.kernel)}
        usual["row"], usual["column"] = map(str, self.picture.usual_place)
        return {key: value for key, value in flat.items() if value != usual[key]}


MEANT_HERE: Mapping[str, str] = MappingProxyType(
    {**MEANT, "p": "padding"}
    | dict.fromkeys(("k", "kernel_size", "filter_size", "size", "window"), "ksize")
)
"""The parameters by the names that people write for them."""


def settle_view(
    flat: Mapping[str, str], names: Sequence[str], picture: PictureFacts
) -> tuple[PictureView, tuple[str, ...]]:
    """Read settings as the nearest screen that can be, and say what had to be moved.

    >>> from lessons.views.pictures import BLANK_PICTURES
    >>> camera = BLANK_PICTURES["camera"]
    >>> view, notes = settle_view({"kernel": "box", "stride": "0x2"}, ["camera"], camera)
    >>> view.layer.stride, view.display, (view.row, view.column)
    ((1, 2), 'clip', (150, 200))
    >>> notes
    ('Stride height 0 is not possible here; 1 is the nearest that works.',)

    Parameters
    ----------
    flat : settings as text; those that are missing are as in `DEFAULTS`
    names : of the sample pictures, one of which the settings name
    picture : the picture as it is worked on: that sample, or somebody's own
    """
    reader = SettingsReader(DEFAULTS, flat)
    sample = reader.choice("picture", names)
    kernel = settle_kernel(reader, flat)
    display = reader.choice("show", ("", *DISPLAYS)) or fitting_display(kernel)
    patch = reader.number("patch", "patch size", MIN_PATCH, MAX_PATCH)
    own = flat.get("own") == "1"
    row, column = reader.place(picture.usual_place, picture.size)
    colour = reader.choice("colour", COLOURS)
    if colour != "grey" and picture.is_grey:
        reader.notes.append("This picture is grey, so there are no colours to filter.")
        colour = "grey"
    if colour == "each" and display == "colours":
        reader.notes.append(
            "Signed colours show one plane of numbers, and here are three: levels of grey are used."
        )
        display = "signed"
    view = PictureView(
        picture=picture,
        sample=sample,
        own=own,
        full=reader.flag("full"),
        kernel=kernel,
        layer=_layer(reader, kernel.size, picture.size),
        display=display,
        colour=colour,
        mix=_mix(reader, flat.get("mix", EVEN_MIX)),
        look=reader.choice("look", LOOKS),
        curtain=reader.flag("curtain"),
        bank=reader.choice("bank", tuple(BANKS)),
        relu=reader.flag("relu"),
        pool=reader.among("pool", POOLS),
        row=row,
        column=column,
        patch=patch,
    )
    return view, tuple(reader.notes)


def fitting_display(kernel: KernelChoice) -> str:
    """The display that suits a kernel: signed where its answers can be negative all over."""
    if kernel.known:
        return kernel.known.shows
    weights = kernel.weights
    return "signed" if weights.sum() <= 0.5 * np.abs(weights).sum() else "clip"


def sending_sentence(view: PictureView, size: tuple[int, int]) -> str:
    """One sentence on what `sending_address` sends of a patch of this (height, width)."""
    kernel = view.kernel.size
    if max(kernel) > MAX_KERNEL:
        left_out = (
            f"which is {kernel[0]} × {kernel[1]} and the stage draws up to "
            f"{MAX_KERNEL} × {MAX_KERNEL}"
        )
    elif not _sends_kernel(view, size):
        left_out = f"which at {kernel[0]} × {kernel[1]} is larger than the patch"
    else:
        return (
            "Sends its pixels, the kernel and the stride; without padding, as the picture goes on "
            "around it."
        )
    return f"Sends its pixels and the stride; not the kernel, {left_out}."


def sending_address(view: PictureView, patch: np.ndarray) -> dict[str, str]:
    """The Sliding window page's address for a patch.

    Parameters
    ----------
    view : the screen that the patch comes from
    patch : (C, h, w) uint8, its pixels

    Colour planes go as channels: each with a kernel of its own (groups) where each colour is
    filtered by itself, one kernel over all where they are summed.
    """
    channels, height, width = patch.shape
    kernels = 1 if view.colour == "sum" else channels
    flat = {
        "size": f"{height}x{width}",
        "cin": str(channels),
        "cout": str(kernels),
        "groups": str(kernels),
        "stride": "x".join(map(str, view.layer.stride)),
        "x": encode_patch(patch),
    }
    if _sends_kernel(view, (height, width)):
        flat["kernel"] = "x".join(map(str, view.kernel.size))
    slices = view.weights if "kernel" in flat else parse_numbers("0 1 2_2 2 0_0 1 2")[0]
    if slices.ndim == 2:
        slices = np.repeat(slices[None], channels, axis=0)
    flat["w"] = format_numbers(slices)
    if view.kernel.offset and "kernel" in flat:
        flat["b"] = " ".join([f"{view.kernel.offset:g}"] * kernels)
        flat["bias"] = "1"
    scene, _ = settle(flat)
    return link_of(scene)


def _sends_kernel(view: PictureView, size: tuple[int, int]) -> bool:
    """Whether the stage draws the kernel, on a patch of this size."""
    return all(k <= min(MAX_KERNEL, n) for k, n in zip(view.kernel.size, size, strict=True))


def _mix(reader: SettingsReader, text: str) -> tuple[float, float, float]:
    read = [decimal_number(word) for word in text.split()]
    shares = [share for share in read if share is not None and abs(share) <= 100]
    if not len(shares) == len(read) == 3:
        reader.notes.append(
            f"{quoted(text, 30)} is not a mix of red, green and blue; write three numbers such as "
            "1 -1 0."
        )
        shares = [float(share) for share in EVEN_MIX.split()]
    red, green, blue = shares
    return red, green, blue


def _layer(reader: SettingsReader, kernel_size: tuple[int, int], size: tuple[int, int]) -> ConvSpec:
    """The layer with these windows; with other padding where it would not fit the picture."""
    stride = reader.pair("stride", "stride", 1, MAX_STRIDE)
    padding = reader.padding()
    if padding in ("same", "same_upper", "same_lower"):
        padding = "same" if stride == (1, 1) else "same_upper"
    layer = ConvSpec(1, 1, kernel_size, stride, padding, bias=False)
    mode = reader.choice("mode", MODES)
    try:
        layer.axes(size)
    except ShapeError:
        reader.notes.append(
            f"The kernel of {kernel_size[0]} × {kernel_size[1]} does not fit on the picture of "
            f"{size[0]} × {size[1]} pixels with this padding; 'same' is used."
        )
        layer = replace(layer, padding="same" if stride == (1, 1) else "same_upper")
    try:
        moded = replace(layer, padding_mode=mode)
        moded.axes(size)
    except ShapeError as error:
        reader.notes.append(f"{error} Zeros are used instead.")
        return layer
    return moded


def _padding_text(layer: ConvSpec) -> str:
    if isinstance(layer.padding, str):
        return "same" if layer.padding.startswith("same") else layer.padding
    return "x".join(str(b) if b == a else f"{b}.{a}" for b, a in layer.padding)
