"""The shape of a tensor as frameworks print it: torch.Size([1, 3, 224, 224]) and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kernels.reading.sizes import read_sizes

_NAME = re.compile(r"^(?:[\w.\s]*(?:size|shape)\s*[=:]?\s*)+", re.IGNORECASE)
"""torch.Size, TensorShape, input_shape=, Input shape: ."""
_WRAPPED = re.compile(r"\(\s*([\[(].*[\])])\s*,?\s*\)", re.DOTALL)
_ANY_BATCH = re.compile(r"^([\[(]?)\s*(?:none|-1|\?|n|b|bs|batch(?:[_ ]?size)?)\s*[,x×]\s*", re.I)
"""A first axis of as many inputs as come."""
_MAPS = re.compile(r"(\d+)\s*@\s*(.+)")
"""Maps and their size as LeNet's paper writes them: 6@28x28."""
_MOST = 5
_UNEVEN = 4
"""A picture is rarely so much longer than wide where another reading makes it even."""


@dataclass(frozen=True)
class Shape:
    """One way to read a shape.

    size : cells along one to three axes
    channels, batch : None where the shape says nothing of them
    """

    size: tuple[int, ...]
    channels: int | None = None
    batch: int | None = None

    @property
    def unevenness(self) -> float:
        """How many times as long as short its pictures are."""
        return max(self.size[-2:]) / max(1, min(self.size[-2:]))


def shapes(text: str, rank: int) -> tuple[Shape, ...]:
    """The shapes that a text can mean, likely ones first; none where it is only sizes, or no shape.

    >>> shapes("(None, 224, 224, 3)", rank=2)
    (Shape(size=(224, 224), channels=3, batch=None),)
    >>> [(each.size, each.channels, each.batch) for each in shapes("[1, 3, 224, 224]", rank=2)]
    [((224, 224), 3, 1), ((3, 224, 224), 1, None)]
    >>> [each.channels for each in shapes("6@28x28", 2)], shapes("224x224", 2)
    ([6], ())
    >>> shapes("16x112x112", rank=3)
    ()

    rank : the axes of the layer that it is meant for; three numbers for a layer of three axes are
        sizes unless two of them can be a picture's and one its few colours
    """
    written = _unwrapped(text)
    if maps := _MAPS.fullmatch(written):
        sizes = _numbers(maps[2])
        return (Shape(sizes, int(maps[1])),) if sizes and len(sizes) < 4 else ()
    bare = _ANY_BATCH.sub(r"\1", written)
    numbers = _numbers(bare)
    if numbers is None:
        return ()
    if bare != written:
        found = tuple(
            dict.fromkeys(replace(each, batch=None) for each in _with_batch((1, *numbers)))
        )
        return (*found, Shape(numbers, 1)) if len(numbers) == 2 else _likely(found)
    match len(numbers):
        case 3:
            return _of_three(numbers, rank)
        case 4 | 5:
            found = _likely((*_with_batch(numbers), *_with_channels(numbers)))
            return tuple(sorted(found, key=lambda each: len(each.size) != rank))
    return ()


def without_name(text: str) -> str:
    """What stands in the brackets of torch.Size([3, 3]), or the text itself.

    >>> without_name("torch.Size([224, 180])"), without_name("224")
    ('[224, 180]', '224')
    """
    return _unwrapped(text)


def _unwrapped(text: str) -> str:
    written = _NAME.sub("", text.strip()).strip()
    wrapped = _WRAPPED.fullmatch(written)
    return wrapped[1] if wrapped else written


def _numbers(text: str) -> tuple[int, ...] | None:
    sizes = read_sizes(text, most=_MOST).sizes
    return tuple(map(int, sizes.split("x"))) if sizes else None


_FEW, _LARGE = 4, 16
"""At most so many are channels rather than cells beside axes longer than these."""


def _of_three(numbers: tuple[int, ...], rank: int) -> tuple[Shape, ...]:
    volume = Shape(numbers)
    if rank == 1:
        return (*_with_batch(numbers), volume)
    pictures = _likely(_with_channels(numbers))
    if rank == 3:
        few = [each for each in pictures if (each.channels or 0) <= _FEW < _LARGE < min(each.size)]
        return (*few, volume) if few else ()
    return (*pictures, volume)


def _with_batch(numbers: tuple[int, ...]) -> Iterator[Shape]:
    """Inputs with channels first or last; of two numbers, inputs of one channel."""
    batch, *rest = numbers
    if len(rest) == 1:
        yield Shape((rest[0],), 1, batch)
    elif len(rest) < 5:
        for each in _with_channels(tuple(rest)):
            yield replace(each, batch=batch)


def _with_channels(numbers: tuple[int, ...]) -> Iterator[Shape]:
    """One input with its channels first or last."""
    if len(numbers) < 5:
        yield Shape(numbers[1:], numbers[0])
        yield Shape(numbers[:-1], numbers[-1])


def _likely(found: Iterable[Shape]) -> tuple[Shape, ...]:
    """Those whose pictures are about as even as the most even ones; square ones before all."""
    different = tuple(dict.fromkeys(found))
    if not different:
        return ()
    least = min(each.unevenness for each in different)
    most = 1 if least == 1 else _UNEVEN * least
    return tuple(each for each in different if each.unevenness <= most)
