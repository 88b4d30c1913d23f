"""What is typed into the boxes of the Sizes page, and the ways in which it can be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kernels.layers.geometry import PADDING_WORDS
from kernels.layers.spec import PoolSpec
from kernels.reading.link_text import ends_of_axes, quoted, whole_numbers
from kernels.reading.notation import NotationError
from kernels.reading.shapes import Shape, shapes, without_name
from kernels.reading.sizes import both_readings, plain_ends, read_sizes
from kernels.scene.flat import by
from lessons.views.sizes import SizesView, settle_sizes


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


def typed_size(text: str, view: SizesView) -> Typed:
    """The input's size; how many numbers it has, if several, says how many axes there are.

    >>> view, _ = settle_sizes({})
    >>> typed_size("224 x 180", view).settings["size"], typed_size("1,024", view).note
    ('224x180', '“1,024” is read as 1024.')
    >>> typed_size("(None, 224, 224, 3)", view).note
    '“(None, 224, 224, 3)” is read as an image of 224 × 224 with 3 channels.'

    Raises NotationError where it cannot be read, or in several ways; `readings` has them.
    """
    found = shapes(text, view.rank)
    if len(found) == 1:
        return Typed(_of_shape(found[0], view), f"{quoted(text)} is read as {_words(found[0])}.")
    if found:
        ways = [_words(each) for each in found]
        said = f"{', '.join(ways[:-1])}, or {ways[-1]}"
        raise NotationError(f"{quoted(text)} can be {said}.")
    read = read_sizes(without_name(text))
    if read.readings:
        raise NotationError(both_readings(text, read.readings))
    if read.sizes is None:
        raise NotationError(
            f"The input {quoted(text)} cannot be read: write 224, 224x180 or 16x112x112."
        )
    return Typed(_size(read.sizes, view), read.note)


def typed_lengths(key: str, title: str, text: str, view: SizesView) -> Typed:
    """A number, or one for each axis, under a setting's name.

    Raises NotationError like `typed_size`.
    """
    read, rank = read_sizes(without_name(text)), view.rank
    if read.readings:
        raise NotationError(both_readings(text, read.readings))
    if read.sizes is None or whole_numbers(read.sizes, rank) is None:
        if key == "kernel" and (weights := _weights(text, view)) is not None:
            return weights
        count = "one number" if rank == 1 else f"one number, or {rank} such as"
        example = "" if rank == 1 else f" {'x'.join(['3'] * rank)}"
        raise NotationError(f"{title} {quoted(text)} cannot be read: write {count}{example}.")
    return Typed({key: read.sizes}, read.note)


def _weights(text: str, view: SizesView) -> Typed | None:
    """A kernel that is written with the channels of its input: 5x5x3, or [64, 3, 5, 5].

    >>> view, _ = settle_sizes({"cin": "3"})
    >>> _weights("5x5x3", view).settings, _weights("[64, 3, 5, 5]", view).settings
    ({'kernel': '5x5'}, {'kernel': '5x5', 'cout': '64'})
    >>> _weights("5x5x8", view)
    """
    sizes = read_sizes(without_name(text), most=view.rank + 2).sizes
    numbers = sizes.split("x") if sizes else []
    rank, channels = view.rank, str(view.cin // _groups(view))
    ways = {
        rank + 1: ((numbers[:rank], numbers[rank:]), (numbers[1:], numbers[:1])),
        # PyTorch's weight, then TensorFlow's.
        rank + 2: ((numbers[2:], numbers[1::-1]), (numbers[:rank], numbers[rank:])),
    }
    for kernel, (slices, *made) in ways.get(len(numbers), ()):
        if slices == channels:
            settings = {"kernel": "x".join(kernel), **({"cout": made[0]} if made else {})}
            said = f"{quoted(text)} is read as {' × '.join(kernel)}"
            kernels = f", {int(made[0]):,} kernels" if made else ""
            return Typed(settings, f"{said}{kernels}: each kernel has a slice for each channel.")
    return None


def _groups(view: SizesView) -> int:
    return 1 if isinstance(view.layer, PoolSpec) else view.layer.groups


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


def readings(key: str, text: str, view: SizesView) -> tuple[Reading, ...]:
    """The ways in which a box's text can be read, where there are several, as buttons offer them.

    >>> view, _ = settle_sizes({})
    >>> [(one.label, one.settings) for one in readings("kernel", "3,224", view)]
    [('3 × 224', {'kernel': '3x224'}), ('3224', {'kernel': '3224'})]
    >>> [one.label for one in readings("size", "(1, 3, 224, 224)", view)]
    ['1 image of 224 × 224 with 3 channels', 'A volume of 3 × 224 × 224 with 1 channel']
    >>> readings("kernel", "7", view)
    ()
    """
    found = shapes(text, view.rank) if key == "size" else ()
    if found:
        return tuple(Reading(_sentence(_words(each)), _of_shape(each, view)) for each in found)
    return tuple(
        Reading(sizes.replace("x", " × "), _size(sizes, view) if key == "size" else {key: sizes})
        for sizes in read_sizes(text).readings
    )


def of_rank(view: SizesView, rank: int) -> dict[str, str]:
    """The layer with another number of axes: what was given for each begins with the last ones.

    >>> of_rank(settle_sizes({"size": "224x180"})[0], 3)["size"]
    '224x224x180'
    """
    flat = view.to_flat()
    fitted = {key: _last(flat[key], rank) for key in _BY_AXIS}
    return {**fitted, "rank": str(rank)}


def over_frames(view: SizesView) -> dict[str, str]:
    """The address of the layer over the frames of a video, or another volume.

    >>> pooled = settle_sizes({"op": "max", "size": "8", "kernel": "2", "padding": "0"})[0]
    >>> over_frames(pooled)["rank"], "kernel" in over_frames(pooled)
    ('3', True)
    """
    return settle_sizes({**view.to_flat(), **of_rank(view, 3)})[0].link()


_BY_AXIS = ("size", "kernel", "stride", "padding", "dilation", "opad")


def _last(text: str, rank: int) -> str:
    parts = text.split("x")
    return "x".join([parts[0]] * (rank - len(parts)) + parts[-rank:]) if len(parts) > 1 else text


def _size(sizes: str, view: SizesView) -> dict[str, str]:
    """The settings of sizes; a single number is that of each axis that there is."""
    rank = sizes.count("x") + 1
    return {**(of_rank(view, rank) if rank not in (1, view.rank) else {}), "size": sizes}


def _of_shape(shape: Shape, view: SizesView) -> dict[str, str]:
    """The settings of a shape; what it does not say stays."""
    rank = len(shape.size)
    settings = {**(of_rank(view, rank) if rank != view.rank else {}), "size": by(shape.size)}
    if shape.channels is not None:
        settings["cin"] = str(shape.channels)
    if shape.batch is not None:
        settings["batch"] = str(shape.batch)
    return settings


_NOUNS = {1: "signal", 2: "image", 3: "volume"}


def _words(shape: Shape) -> str:
    """What a shape is, such as: 32 images of 28 × 28 with 1 channel."""
    noun, many = _NOUNS[len(shape.size)], shape.batch
    if many is None:
        # Without a number of them it is one input, or as many as come.
        called = f"{'an' if noun == 'image' else 'a'} {noun}"
    else:
        called = f"{many:,} {noun}{'' if many == 1 else 's'}"
    said = f"{called} of {' × '.join(map(str, shape.size))}"
    if shape.channels is None:
        return said
    return f"{said} with {shape.channels:,} channel{'' if shape.channels == 1 else 's'}"


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"
