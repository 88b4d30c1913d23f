"""Which cells each output reads, along one axis: the table from which everything else follows.

A window's place, padding's copies, unused cells, how often a cell is used, a transposed layer's
landings, the convolution matrix and the receptive field of a stack are all read off it. A layer of
two axes has one table for each: an output cell reads every pair of a row and a column read.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis
from kernels.layers.padding_modes import padding_mode as mode_of
from kernels.layers.transposed import TransposedAxis

Read = tuple[int, int]


@dataclass(frozen=True)
class Links:
    """What is read along one axis.

    >>> links = links_of(Axis(input=4, kernel=3, stride=2, before=1, after=1), "replicate")
    >>> links.reads
    (((0, 0), (1, 1), (2, 2)), ((0, 2), (1, 3), (2, 4)))
    >>> links.sources, links.read_by[2]
    ((0, 0, 1, 2, 3, 3), ((0, 2), (1, 0)))
    >>> links.uses, links.unused
    ((1, 2, 1, 1), (5,))

    Attributes
    ----------
    reads : for each output cell the (tap, padded cell) pairs that it reads, in the order of taps
    sources : for each padded cell the input cell whose number it holds; None where padding is a
        constant, and beyond the padded axis, where there is nothing
    before, input, padded : cells of padding before the input, of the input, and of all three;
        windows of ceil_mode may reach over `padded`, and `sources` is then longer
    taps : cells of the kernel
    span : padded cells from the first input cell to the last; more than `input` where zeros stand
        between them
    """

    reads: tuple[tuple[Read, ...], ...]
    sources: tuple[int | None, ...]
    before: int
    input: int
    padded: int
    taps: int
    span: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "span", self.span or self.input)

    @property
    def output(self) -> int:
        """How many cells come out."""
        return len(self.reads)

    @cached_property
    def read_by(self) -> tuple[tuple[Read, ...], ...]:
        """For each padded cell the (output cell, tap) pairs that read it."""
        found: list[list[Read]] = [[] for _ in self.sources]
        for output, reads in enumerate(self.reads):
            for tap, cell in reads:
                found[cell].append((output, tap))
        return tuple(map(tuple, found))

    @cached_property
    def copies(self) -> tuple[tuple[int, ...], ...]:
        """For each input cell the padded cells that hold its number, itself among them."""
        found: list[list[int]] = [[] for _ in range(self.input)]
        for cell, source in enumerate(self.sources):
            if source is not None:
                found[source].append(cell)
        return tuple(map(tuple, found))

    @cached_property
    def landings(self) -> tuple[tuple[int | None, ...], ...]:
        """For each input cell and tap the output cell that its product is added to, or None.

        >>> links_of(TransposedAxis(input=2, kernel=3, stride=2, before=1)).landings
        ((None, 0, 1), (1, 2, 3))
        """
        found: list[list[int | None]] = [[None] * self.taps for _ in range(self.input)]
        for cell, readers in enumerate(self.read_by):
            if (source := self.sources[cell]) is None:
                continue
            for output, tap in readers:
                found[source][tap] = output
        return tuple(map(tuple, found))

    @property
    def uses(self) -> tuple[int, ...]:
        """How many windows read each input cell, through all of its copies."""
        return tuple(
            len({output for cell in cells for output, _ in self.read_by[cell]})
            for cells in self.copies
        )

    @property
    def unused(self) -> tuple[int, ...]:
        """Padded cells that no window reads."""
        return tuple(cell for cell in range(self.padded) if not self.read_by[cell])


def links_of(axis: Axis | TransposedAxis, padding_mode: str = "zeros") -> Links:
    """The table of one axis of a convolution, a pooling or a transposed convolution.

    >>> links_of(TransposedAxis(input=2, kernel=3, stride=2)).reads
    (((0, 0),), ((1, 0),), ((0, 1), (2, 0)), ((1, 1),), ((2, 1),))

    Parameters
    ----------
    axis : one of `layer.axes(input_size)`
    padding_mode : what the padding of a convolution holds, as in torch.nn.Conv2d; a transposed
        convolution crops and pads nothing
    """
    match axis:
        case Axis():
            return _gathered(axis, padding_mode)
        case TransposedAxis():
            return _scattered(axis)
        case _:
            raise ShapeError(f"axis is {axis!r} but must be an Axis or a TransposedAxis.")


def inserted_links(axis: TransposedAxis) -> Links:
    """The table of a transposed convolution as an ordinary one: zeros put in, the kernel turned.

    >>> links = inserted_links(TransposedAxis(input=2, kernel=3, stride=2))
    >>> links.sources, links.before, links.span
    ((None, None, 0, None, 1, None, None), 2, 3)
    >>> links.reads[0], links.reads[-1]
    (((0, 0), (1, 1), (2, 2)), ((0, 4), (1, 5), (2, 6)))

    `stride` - 1 zeros stand between the input's cells, and around them as many that the window,
    moving by one cell, sees each output's share: kernel reach - 1 - padding. Taps are those of the
    turned kernel. Where padding crops more than the kernel reaches, no window reads the input's
    ends. Source: Dumoulin and Visin 2016, chapter 4.
    """
    around = axis.effective_kernel - 1 - axis.before
    before, first = max(around, 0), max(-around, 0)
    reads = tuple(
        tuple((tap, first + output + tap * axis.dilation) for tap in range(axis.kernel))
        for output in range(axis.output)
    )
    span = (axis.input - 1) * axis.stride + 1
    padded = max(reads[-1][-1][1] + 1, before + span)
    places = {before + cell * axis.stride: cell for cell in range(axis.input)}
    sources = tuple(places.get(cell) for cell in range(padded))
    return Links(reads, sources, before, axis.input, padded, axis.kernel, span)


def composed(first: Links, then: Links) -> tuple[tuple[int, ...], ...]:
    """Input cells of the first layer that each output cell of the second one depends on.

    >>> three = links_of(Axis(input=5, kernel=3))
    >>> composed(three, links_of(Axis(input=3, kernel=2)))
    ((0, 1, 2, 3), (1, 2, 3, 4))
    """
    return tuple(
        tuple(sorted({cell for middle in _inputs(then, output) for cell in _inputs(first, middle)}))
        for output in range(then.output)
    )


def _inputs(links: Links, output: int) -> set[int]:
    sources = (links.sources[cell] for _, cell in links.reads[output])
    return {source for source in sources if source is not None}


def _gathered(axis: Axis, padding_mode: str) -> Links:
    reads = tuple(tuple(enumerate(axis.taps(position))) for position in range(axis.output))
    cells = range(-axis.before, axis.input + axis.after)
    mode = mode_of(padding_mode)
    held = tuple(mode.source(cell, axis.input) for cell in cells)
    beyond = (None,) * axis.overhang
    return Links(reads, held + beyond, axis.before, axis.input, axis.padded, axis.kernel)


def _scattered(axis: TransposedAxis) -> Links:
    reads: list[list[Read]] = [[] for _ in range(axis.output)]
    for cell in range(axis.input):
        for tap, output in enumerate(axis.taps(cell)):
            if 0 <= output < axis.output:
                reads[output].append((tap, cell))
    every = tuple(range(axis.input))
    landed = tuple(tuple(sorted(read)) for read in reads)
    return Links(landed, every, 0, axis.input, axis.input, axis.kernel)
