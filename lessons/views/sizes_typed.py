"""What is typed into the boxes of the Sizes page, and the ways in which it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernels.layers.geometry import PADDING_WORDS
from kernels.reading.link_text import ends_of_axes, quoted, whole_numbers
from kernels.reading.notation import NotationError
from kernels.reading.sizes import both_readings, plain_ends, read_sizes

_FEW, _LARGE = 4, 16
"""At most so many are channels rather than cells beside axes longer than these."""


@dataclass(frozen=True)
class Reading:
    """One way to read a text: what a button says, and the settings that it stands for."""

    label: str
    settings: Mapping[str, str]


@dataclass(frozen=True)
class Typed:
    """What a box's text stands for: settings, and a sentence on how it was read."""

    settings: Mapping[str, str]
    note: str = ""


def typed_size(text: str) -> Typed:
    """The input's size; how many numbers it has, if several, says how many axes there are.

    >>> typed_size("16x112x112").settings
    {'size': '16x112x112', 'rank': '3'}
    >>> typed_size("1,024").note
    '“1,024” is read as 1024.'

    Raises NotationError where it cannot be read, or in several ways; `readings` has them.
    """
    if image := _image(text):
        volume = plain_ends(text).replace("x", " × ")
        raise NotationError(f"{quoted(text)} can be {_as_image(image)}, or a volume of {volume}.")
    read = read_sizes(text)
    if read.readings:
        raise NotationError(both_readings(text, read.readings))
    if read.sizes is None:
        raise NotationError(
            f"The input {quoted(text)} cannot be read: write 224, 224x180 or 16x112x112."
        )
    return Typed(_size(read.sizes), read.note)


def typed_lengths(key: str, title: str, text: str, rank: int) -> Typed:
    """A number, or one for each axis, under a setting's name.

    Raises NotationError like `typed_size`.
    """
    read = read_sizes(text)
    if read.readings:
        raise NotationError(both_readings(text, read.readings))
    if read.sizes is None or whole_numbers(read.sizes, rank) is None:
        count = "one number" if rank == 1 else f"one number, or {rank} such as"
        example = "" if rank == 1 else f" {'x'.join(['3'] * rank)}"
        raise NotationError(f"{title} {quoted(text)} cannot be read: write {count}{example}.")
    return Typed({key: read.sizes}, read.note)


def typed_padding(text: str, rank: int) -> Typed:
    """Cells on each side, at both ends of each axis, or a word.

    >>> typed_padding("2.3", 2).settings, typed_padding("((2, 3), (1, 1))", 2).settings
    ({'padding': '2.3'}, {'padding': '2.3x1.1'})

    Raises NotationError like `typed_size`.
    """
    ends = plain_ends(text)
    if ends in PADDING_WORDS:
        return Typed({"padding": ends})
    if "." in ends and ends_of_axes(ends, rank) is not None:
        return Typed({"padding": ends})  # the dot stands between the two ends
    read = read_sizes(text)
    if read.readings:
        raise NotationError(both_readings(text, read.readings))
    sizes = read.sizes if read.sizes is not None else ends
    if ends_of_axes(sizes, rank) is None:
        raise NotationError(
            f"Padding {quoted(text)} cannot be read: write 3 for 3 on each side, 2.3 "
            "for 2 before and 3 after, or a word: valid, same, same_upper, full."
        )
    return Typed({"padding": sizes}, read.note)


def readings(key: str, text: str) -> tuple[Reading, ...]:
    """The ways in which a box's text can be read, where there are several, as buttons offer them.

    >>> [(one.label, one.settings) for one in readings("kernel", "3,224")]
    [('3 × 224', {'kernel': '3x224'}), ('3224', {'kernel': '3224'})]
    >>> [one.label for one in readings("size", "(224, 224, 3)")]
    ['An image of 224 × 224 with 3 channels', 'A volume of 224 × 224 × 3']
    >>> readings("kernel", "7")
    ()
    """
    image = _image(text) if key == "size" else None
    if image:
        height, width, channels = image
        volume = plain_ends(text)
        flat = {"size": f"{height}x{width}", "rank": "2", "cin": channels}
        return (
            Reading(_sentence(_as_image(image)), flat),
            Reading(f"A volume of {volume.replace('x', ' × ')}", _size(volume)),
        )
    return tuple(
        Reading(sizes.replace("x", " × "), _size(sizes) if key == "size" else {key: sizes})
        for sizes in read_sizes(text).readings
    )


def _size(sizes: str) -> dict[str, str]:
    count = sizes.count("x") + 1
    return {"size": sizes} | ({"rank": str(count)} if count > 1 else {})


def _image(text: str) -> tuple[str, str, str] | None:
    """Height, width and channels, of a shape that has few channels last or first; else None."""
    sizes = read_sizes(text).sizes or ""
    numbers = sizes.split("x")
    if len(numbers) != 3:
        return None
    one, two, three = numbers
    for height, width, channels in ((one, two, three), (two, three, one)):
        if int(channels) <= _FEW and min(int(height), int(width)) > _LARGE:
            return height, width, channels
    return None


def _as_image(image: tuple[str, str, str]) -> str:
    height, width, channels = image
    many = "1 channel" if channels == "1" else f"{channels} channels"
    return f"an image of {height} × {width} with {many}"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
