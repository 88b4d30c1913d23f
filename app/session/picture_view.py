"""What the Picture page shows, as one frozen object: read from an address, written to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from app.session.samples import SAMPLES
from kernels import CATALOGUE, ConvSpec, ShapeError, image_kernel, link_of, settle
from kernels.display import DISPLAYS
from kernels.images import clamp_patch
from kernels.notation import NotationError, encode_patch, format_numbers, parse_numbers
from kernels.settle import MAX_KERNEL, MAX_STRIDE, SettingsReader

OWN = "own"
MAX_TAPS = 15
MIN_PATCH, MAX_PATCH = 4, 16
MODES = ("zeros", "reflect", "replicate", "circular")
LARGEST_DIVISOR = 1e6

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "picture": next(iter(SAMPLES)),
        "own": "0",
        "kernel": "sobel-across",
        "w": "",
        "divisor": "1",
        "padding": "0x0",
        "mode": "zeros",
        "stride": "1x1",
        "show": "",
        "colour": "0",
        "row": "",
        "column": "",
        "patch": "8",
    }
)
"""The address's parameters with the screen that the page opens on.

picture: a sample's name, also where `own` says that an uploaded photograph was shown. w, divisor:
the kernel's numbers where `kernel` is 'own'. show: a display, empty for the one that suits the
kernel. row, column: the patch's corner, empty for the middle.
"""


@dataclass(frozen=True)
class PictureView:
    """One screen of the Picture page.

    Attributes
    ----------
    sample : name of the sample picture, shown unless `own`
    own : whether the uploaded photograph is shown
    kernel : a name of the catalogue, or 'own'
    taps : the kernel's numbers as typed, rows apart by `_`
    divisor : what they are divided by
    layer : the same settings as a layer of one channel in and out
    display : a key of `kernels.display.DISPLAYS`
    colour : whether each colour is filtered by itself, instead of grey
    row, column, patch : the patch's corner and its side, in pixels
    """

    sample: str
    own: bool
    kernel: str
    taps: str
    divisor: float
    layer: ConvSpec
    display: str
    colour: bool
    row: int
    column: int
    patch: int

    @property
    def weights(self) -> np.ndarray:
        """What the pixels are multiplied by, (kh, kw)."""
        return parse_numbers(self.taps)[0] / self.divisor

    @property
    def title(self) -> str:
        """The kernel's name for people."""
        return "Your own kernel" if self.kernel == OWN else image_kernel(self.kernel).title

    def to_flat(self) -> dict[str, str]:
        """Every setting as text; `settle_view` reads it back."""
        own_kernel = self.kernel == OWN
        return {
            "picture": self.sample,
            "own": str(int(self.own)),
            "kernel": self.kernel,
            "w": self.taps if own_kernel else "",
            "divisor": f"{self.divisor:g}" if own_kernel else "1",
            "padding": _padding_text(self.layer),
            "mode": self.layer.padding_mode,
            "stride": "x".join(map(str, self.layer.stride)),
            "show": self.display,
            "colour": str(int(self.colour)),
            "row": str(self.row),
            "column": str(self.column),
            "patch": str(self.patch),
        }

    def link(self, size: tuple[int, int]) -> dict[str, str]:
        """The shortest address that brings this screen back, on a picture of this size."""
        flat = self.to_flat()
        usual = {**DEFAULTS, "show": fitting_display(self.kernel, self.weights)}
        usual["row"], usual["column"] = map(str, _middle(size, self.patch))
        return {key: value for key, value in flat.items() if value != usual[key]}


def settle_view(
    flat: Mapping[str, str], size: tuple[int, int], is_grey: bool
) -> tuple[PictureView, tuple[str, ...]]:
    """Read settings as the nearest screen that can be, and say what had to be moved.

    >>> view, notes = settle_view({"kernel": "box", "stride": "0x2"}, (300, 400), is_grey=True)
    >>> view.layer.stride, view.display, (view.row, view.column)
    ((1, 2), 'clip', (146, 196))
    >>> notes
    ('Stride height 0 is not possible here; 1 is the nearest that works.',)

    Parameters
    ----------
    flat : settings as text; those that are missing are as in `DEFAULTS`
    size : (height, width) of the picture
    is_grey : whether the picture has no colours
    """
    reader = SettingsReader(DEFAULTS, flat)
    sample = reader.choice("picture", tuple(SAMPLES))
    kernel, taps, divisor = _kernel(reader, flat)
    weights = parse_numbers(taps)[0] / divisor
    display = reader.choice("show", ("", *DISPLAYS)) or fitting_display(kernel, weights)
    patch = reader.number("patch", "patch size", MIN_PATCH, MAX_PATCH)
    place = list(_middle(size, patch))
    for axis, key in enumerate(("row", "column")):
        if flat.get(key):
            last = max(size[axis] - patch, 0)
            place[axis] = reader.number(key, f"patch {key}", 0, last)
    colour = reader.flag("colour")
    if colour and is_grey:
        reader.notes.append("This picture is grey, so there are no colours to filter.")
    view = PictureView(
        sample=sample,
        own=flat.get("own") == "1",
        kernel=kernel,
        taps=taps,
        divisor=divisor,
        layer=_layer(reader, weights.shape, size),
        display=display,
        colour=colour and not is_grey,
        row=place[0],
        column=place[1],
        patch=patch,
    )
    return view, tuple(reader.notes)


def fitting_display(kernel: str, weights: np.ndarray) -> str:
    """The display that suits a kernel: signed where its answers can be negative all over.

    >>> fitting_display("own", np.array([[-1.0, 1.0]])), fitting_display("box", np.ones((3, 3)))
    ('signed', 'clip')
    """
    if kernel != OWN:
        return image_kernel(kernel).shows
    return "signed" if weights.sum() <= 0.5 * np.abs(weights).sum() else "clip"


def read_taps(text: str) -> str:
    """Bring typed kernel numbers to their short form, or raise NotationError with one sentence.

    >>> read_taps("0 1\\n2, 3")
    '0 1_2 3'
    """
    planes = parse_numbers(text)
    if len(planes) != 1:
        raise NotationError(
            f"There are {len(planes)} kernels; give one, its rows without an empty line between."
        )
    if max(planes.shape) > MAX_TAPS:
        raise NotationError(
            f"The kernel is {planes.shape[1]} × {planes.shape[2]}; at most {MAX_TAPS} × "
            f"{MAX_TAPS} can be used here."
        )
    return format_numbers(planes)


def sending_address(view: PictureView, patch: np.ndarray) -> tuple[dict[str, str], str]:
    """The Sliding window page's address for a patch, and one sentence on what is sent.

    Parameters
    ----------
    view : the screen that the patch comes from
    patch : (C, h, w) uint8, its pixels

    Colour planes go as channels, each with a kernel of its own (groups), as they are filtered here.
    """
    channels, height, width = patch.shape
    kernel = view.layer.kernel_size
    flat = {
        "size": f"{height}x{width}",
        "cin": str(channels),
        "cout": str(channels),
        "groups": str(channels),
        "stride": "x".join(map(str, view.layer.stride)),
        "x": encode_patch(patch),
    }
    said = (
        "its pixels, the kernel and the stride; without padding, as the picture goes on around it"
    )
    if max(kernel) > MAX_KERNEL:
        said = (
            f"its pixels and the stride; not the kernel, which is {kernel[0]} × {kernel[1]} and "
            f"the stage draws up to {MAX_KERNEL} × {MAX_KERNEL}"
        )
    elif kernel[0] > height or kernel[1] > width:
        said = (
            f"its pixels and the stride; not the kernel, which at {kernel[0]} × {kernel[1]} is "
            "larger than the patch"
        )
    else:
        flat["kernel"] = "x".join(map(str, kernel))
    weights = view.weights[None] if "kernel" in flat else parse_numbers("0 1 2_2 2 0_0 1 2")
    flat["w"] = format_numbers(np.repeat(weights, channels, axis=0))
    scene, _ = settle(flat)
    return link_of(scene), f"Sends {said}."


def _kernel(reader: SettingsReader, flat: Mapping[str, str]) -> tuple[str, str, float]:
    """The kernel's name, its numbers and their divisor."""
    name = reader.choice("kernel", (*CATALOGUE, OWN))
    if name == OWN:
        try:
            taps = read_taps(flat.get("w", ""))
        except NotationError as error:
            reader.notes.append(f"The kernel could not be read: {error}")
            name = DEFAULTS["kernel"]
        else:
            divisor = _divisor(reader, flat.get("divisor", "1"))
            return _known(taps, divisor) or OWN, taps, divisor
    kernel = CATALOGUE[name]
    return name, format_numbers(kernel.taps[None]), float(kernel.divisor)


def _known(taps: str, divisor: float) -> str | None:
    """The catalogue's name for these numbers, if they have one."""
    for name, kernel in CATALOGUE.items():
        if kernel.divisor == divisor and format_numbers(kernel.taps[None]) == taps:
            return name
    return None


def _divisor(reader: SettingsReader, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 1 / LARGEST_DIVISOR <= abs(value) <= LARGEST_DIVISOR:
        reader.notes.append(f"“{text[:20]}” cannot divide the kernel; 1 is used.")
        return 1.0
    return value


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
        word = "same" if stride == (1, 1) else "same_upper"
        layer = ConvSpec(1, 1, kernel_size, stride, word, bias=False)
    moded = ConvSpec(
        1, 1, layer.kernel_size, layer.stride, layer.padding, bias=False, padding_mode=mode
    )
    try:
        moded.axes(size)
    except ShapeError as error:
        reader.notes.append(f"{error} Zeros are used instead.")
        return layer
    return moded


def _padding_text(layer: ConvSpec) -> str:
    if isinstance(layer.padding, str):
        return "same" if layer.padding.startswith("same") else layer.padding
    return "x".join(str(b) if b == a else f"{b}.{a}" for b, a in layer.padding)


def _middle(size: tuple[int, int], patch: int) -> tuple[int, int]:
    row, column, _, _ = clamp_patch(
        size, (size[0] - patch) // 2, (size[1] - patch) // 2, patch, patch
    )
    return row, column
