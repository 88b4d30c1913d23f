"""The image kernel of the Picture page: one of the catalogue, at a size and settings, or one's own.

Written to an address as few words as bring it back: `kernel`, and where they are not the usual
ones `ksize` and `kset`; a kernel of one's own as `w`, `divisor` and `offset`.
"""

from __future__ import annotations

import difflib
import functools
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from kernels import CATALOGUE
from kernels.catalogue import ImageKernel, kernel_tools
from kernels.reading import SMALLEST_SQUARE, read_number, read_numbers
from kernels.reading.link_text import decimal_number, quoted, whole_pair
from kernels.reading.notation import NotationError, format_numbers, number_text, parse_numbers
from kernels.scene.reader import SettingsReader

OWN = "own"
MAX_TAPS = 31
LARGEST_DIVISOR = 1e6

KERNEL_DEFAULTS: Mapping[str, str] = {
    "kernel": "sobel-across",
    "ksize": "",
    "kset": "",
    "w": "",
    "divisor": "1",
    "offset": "0",
}
"""The address's parameters of the kernel that the page opens on."""


@dataclass(frozen=True)
class KernelChoice:
    """The kernel that is used.

    Attributes
    ----------
    name : a name of the catalogue, or 'own'
    size : (height, width)
    settings : what the catalogue's kernel was built with, such as (('sigma', 1.5),)
    taps : its numbers as typed, rows apart by `_`
    divisor, offset : the answer is the sum of products / divisor + offset
    """

    name: str
    size: tuple[int, int]
    settings: tuple[tuple[str, float], ...]
    taps: str
    divisor: float
    offset: float

    @property
    def numbers(self) -> np.ndarray:
        """The taps, (kh, kw) float64; not to be written to."""
        return _numbers(self.taps)

    @property
    def weights(self) -> np.ndarray:
        """What the pixels are multiplied by, (kh, kw): the taps over the divisor."""
        return self.numbers / self.divisor

    @property
    def known(self) -> ImageKernel | None:
        """The catalogue's kernel, if it is one."""
        return None if self.name == OWN else _built(self.name, self.size, self.settings)

    @property
    def title(self) -> str:
        """Its name on screen."""
        return "Your own kernel" if self.name == OWN else CATALOGUE[self.name].title

    def to_flat(self) -> dict[str, str]:
        """Every setting as text; `settle_kernel` reads it back."""
        if self.name == OWN:
            own = {"w": self.taps, "divisor": f"{self.divisor:g}", "offset": f"{self.offset:g}"}
            return {**KERNEL_DEFAULTS, "kernel": OWN, **own}
        usual, settings = CATALOGUE[self.name], dict(self.settings)
        changed = {n: v for n, v in settings.items() if usual.settings[n] != v}
        size = (
            "" if _built(self.name, None, self.settings).size == self.size else size_text(self.size)
        )
        text = {"kernel": self.name, "ksize": size, "kset": settings_text(changed)}
        return {**KERNEL_DEFAULTS, **text}


@functools.lru_cache(maxsize=256)
def _numbers(taps: str) -> np.ndarray:
    numbers = parse_numbers(taps)[0]
    numbers.setflags(write=False)
    return numbers


@functools.lru_cache(maxsize=256)
def _built(
    name: str, size: tuple[int, int] | None, settings: tuple[tuple[str, float], ...]
) -> ImageKernel:
    return CATALOGUE[name].at(size, **dict(settings))


def own_kernel(taps: np.ndarray, divisor: float, offset: float) -> dict[str, str]:
    """The settings of a kernel of one's own, as text.

    >>> own_kernel(np.array([[1.0, 2.0]]), 3, 0)
    {'kernel': 'own', 'ksize': '', 'kset': '', 'w': '1 2', 'divisor': '3', 'offset': '0'}
    """
    text = {"w": format_numbers(taps[None]), "divisor": f"{divisor:g}", "offset": f"{offset:g}"}
    return {**KERNEL_DEFAULTS, "kernel": OWN, **text}


def settle_kernel(reader: SettingsReader, flat: Mapping[str, str]) -> KernelChoice:
    """Read the kernel's settings; what cannot be is replaced, with a note of the reader.

    Numbers of one's own that the catalogue knows get their name back.
    """
    name = flat.get("kernel", OWN if flat.get("w") else KERNEL_DEFAULTS["kernel"])
    if name not in (*CATALOGUE, OWN):
        near = difflib.get_close_matches(name.lower(), CATALOGUE, n=1, cutoff=0.75)
        name, asked = near[0] if near else KERNEL_DEFAULTS["kernel"], name
        reader.notes.append(
            f"There is no kernel {quoted(asked)}; “{CATALOGUE[name].title}” is shown."
        )
    if name == OWN:
        try:
            taps = read_taps(flat.get("w", ""))
        except NotationError as error:
            reader.notes.append(f"The kernel could not be read: {error}")
            name = KERNEL_DEFAULTS["kernel"]
        else:
            divisor = _divisor(reader, flat.get("divisor", "1"))
            offset = _offset(reader, flat.get("offset", "0"))
            known = _known().get((taps, divisor, offset))
            _, rows, columns = parse_numbers(taps).shape
            return (
                _of(CATALOGUE[known])
                if known
                else KernelChoice(OWN, (rows, columns), (), taps, divisor, offset)
            )
    try:
        size = _size(flat.get("ksize", ""))
        settings = _settings(name, flat.get("kset", ""))
        return _of(CATALOGUE[name].at(size, **settings))
    except ValueError as error:
        reader.notes.append(f"{_sentence(error)} Its usual size and settings are used.")
        return _of(CATALOGUE[name])


def read_taps(text: str) -> str:
    """Bring typed kernel numbers to their short form, or raise NotationError with one sentence.

    >>> read_taps("0 1\\n2, 3")
    '0 1_2 3'
    """
    return format_numbers(_one_kernel(parse_numbers(text)))


def _one_kernel(planes: np.ndarray) -> np.ndarray:
    """The planes, if they are one kernel that can be used here."""
    if len(planes) != 1:
        raise NotationError(
            f"There are {len(planes)} kernels; give one, its rows without an empty line between."
        )
    if max(planes.shape) > MAX_TAPS:
        raise NotationError(
            f"The kernel is {planes.shape[1]} × {planes.shape[2]}; at most {MAX_TAPS} × "
            f"{MAX_TAPS} can be used here."
        )
    return planes


ACTS: Mapping[str, Callable[[np.ndarray], np.ndarray]] = MappingProxyType(
    {
        "rotate": kernel_tools.rotate,
        "flip-rows": kernel_tools.flip_rows,
        "flip-columns": kernel_tools.flip_columns,
        "transpose": kernel_tools.transpose,
        "negate": kernel_tools.negate,
        "clear": np.zeros_like,
    }
)
"""What the editor's buttons do to the taps; 'normalise' and 'zero-mean' change the divisor too."""


def acted_kernel(act: str, kernel: KernelChoice) -> dict[str, str]:
    """The settings of a kernel after a button of the editor was pressed.

    Raises ValueError with one sentence where it cannot be done.
    """
    taps, divisor = kernel.numbers, kernel.divisor
    if act == "normalise":
        divisor = kernel_tools.normalise(taps)
    elif act == "zero-mean":
        taps, divisor = kernel_tools.zero_mean(taps, divisor)
    elif act in ACTS:
        taps = ACTS[act](taps)
    else:
        raise ValueError(f"there is no button {act[:20]!r}.")
    return own_kernel(taps, divisor, kernel.offset)


def size_text(size: tuple[int, int]) -> str:
    """Write a size as an address carries it.

    >>> size_text((5, 7))
    '5x7'
    """
    return f"{size[0]}x{size[1]}"


def read_matrix(text: str) -> tuple[str, str, tuple[str, ...]]:
    """Read a whole kernel as people write it: its numbers, their divisor, sentences to be said.

    >>> read_matrix("[[1, 2, 1], [2, 4, 2]] / 16")
    ('1 2 1_2 4 2', '16', ())
    >>> read_matrix("1 2\\n3 4\\n/ 10")[:2], read_matrix("0.3 * [1 2]")[:2]
    (('1 2_3 4', '10'), ('0.3 0.6', '1'))

    Raises NotationError with one sentence.
    """
    read = read_numbers(text, square_from=SMALLEST_SQUARE)
    divisor = 1 / read.factor if read.factor else Fraction(0)
    plain = 1 <= abs(divisor) <= LARGEST_DIVISOR and Fraction(f"{float(divisor):g}") == divisor
    taps = _one_kernel(read.written if plain else read.array)
    return format_numbers(taps), number_text(float(divisor)) if plain else "1", read.notes


def taps_text(taps: np.ndarray, divisor: float) -> str:
    """A kernel as its box shows it, so that reading it gives the same kernel.

    >>> taps_text(np.ones((1, 9)), 9)
    '[[1 1 1 1 1 1 1 1 1]]\\n/ 9'
    """
    text = format_numbers(taps[None], row="\n")
    if len(taps) == 1 and math.isqrt(taps.size) ** 2 == taps.size >= SMALLEST_SQUARE:
        text = f"[[{text}]]"
    return text if divisor == 1 else f"{text}\n/ {number_text(divisor)}"


def read_one(text: str, name: str) -> float:
    """Read one typed number, or raise NotationError with one sentence that names it."""
    try:
        number = read_number(text)
    except NotationError as error:
        raise NotationError(f"The {name} cannot be read: {error}") from None
    if name == "divisor" and number == 0:
        raise NotationError("Nothing can be divided by 0; the smallest divisor is 0.000001.")
    return float(number)


def nearest_size(kernel: ImageKernel, asked: tuple[int, int]) -> tuple[int, int] | None:
    """The size nearest to the one asked for, in the direction in which a side was changed.

    >>> nearest_size(CATALOGUE["sobel-across"], (4, 3)), nearest_size(CATALOGUE["box"], (4, 3))
    ((5, 5), (4, 3))
    >>> nearest_size(CATALOGUE["curve"], (8, 7)) is None
    True
    """
    sizes = kernel.recipe.sizes
    if sizes.allows(asked):
        return asked
    axis = 0 if asked[0] != kernel.size[0] else 1
    grows = asked[axis] > kernel.size[axis]
    for side in range(asked[axis], MAX_TAPS + 1) if grows else range(asked[axis], 0, -1):
        for size in ((side, asked[1]) if axis == 0 else (asked[0], side), (side, side)):
            if sizes.allows(size) and size != kernel.size:
                return size
    return None


def settings_text(settings: Mapping[str, float]) -> str:
    """Write settings as an address carries them.

    >>> settings_text({"sigma": 1.5, "angle": 30.0})
    'sigma:1.5_angle:30'
    """
    return "_".join(f"{name}:{value:g}" for name, value in settings.items())


def _of(kernel: ImageKernel) -> KernelChoice:
    taps = format_numbers(kernel.taps[None])
    settings = tuple(kernel.settings.items())
    return KernelChoice(
        kernel.name, kernel.taps.shape, settings, taps, float(kernel.divisor), kernel.offset
    )


@functools.cache
def _known() -> dict[tuple[str, float, float], str]:
    """The catalogue's names by their numbers."""
    kernels = reversed([*CATALOGUE.values()])
    return {
        (format_numbers(k.taps[None]), float(k.divisor), float(k.offset)): k.name for k in kernels
    }


def _size(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    size = whole_pair(text)
    if size is None or not all(0 <= side < 1000 for side in size):
        raise ValueError(f"{quoted(text)} is not a kernel size; write it as 5x5.")
    return size


def _settings(name: str, text: str) -> dict[str, float]:
    settings = {}
    for part in text.split("_") if text else []:
        word, _, text_of_value = part.partition(":")
        value = decimal_number(text_of_value)
        if value is None:
            raise ValueError(f"{quoted(part)} is not a setting of a kernel.")
        if word not in CATALOGUE[name].settings:
            raise ValueError(f"{CATALOGUE[name].title} has no setting {quoted(word)}.")
        settings[word] = value
    return settings


def _divisor(reader: SettingsReader, text: str) -> float:
    value = decimal_number(text)
    if value is None or not 1 / LARGEST_DIVISOR <= abs(value) <= LARGEST_DIVISOR:
        reader.notes.append(f"{quoted(text)} cannot divide the kernel; 1 is used.")
        return 1.0
    return value


def _offset(reader: SettingsReader, text: str) -> float:
    value = decimal_number(text)
    if value is None or abs(value) > LARGEST_DIVISOR:
        reader.notes.append(f"{quoted(text)} cannot be added to the result; 0 is used.")
        return 0.0
    return value


def _sentence(error: ValueError) -> str:
    """An error's words as a sentence of a note."""
    text = str(error)
    return text[:1].upper() + text[1:].rstrip(".") + "."
