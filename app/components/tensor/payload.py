"""What the tensor is handed: counts, sheets of kernels and bars, every number a finished text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Factor:
    """One piece of a count.

    Parameters
    ----------
    text : the number or sign
    symbol : what stands below it
    part : what it lights up in the grid
    meaning : said when it is pointed at or has the focus; empty for signs
    """

    text: str
    symbol: str = ""
    part: Literal["", "rows", "columns", "kernel", "bias", "groups", "result"] = ""
    meaning: str = ""


@dataclass(frozen=True)
class Count:
    """A count as a line of factors, with words above and below."""

    label: str
    terms: Sequence[Factor]
    note: str = ""


@dataclass(frozen=True)
class Channel:
    """A column of the grid: an input channel.

    Parameters
    ----------
    label : its number, or its colour
    words : which maps see it
    tint : the colour of its square
    """

    label: str
    words: str
    tint: Literal["", "red", "green", "blue"] = ""


@dataclass(frozen=True)
class Map:
    """A row of the grid: a kernel and its output channel, or several where a mistake is drawn.

    Parameters
    ----------
    label : its name
    words : which channels it sees, and with how many weights
    group : the number of its group, which gives its colour
    sees : for each column drawn, whether the map reads it
    sign : what is done before the map comes out, such as "Σ →"
    maps : a name for each map that comes out
    """

    label: str
    words: str
    group: int
    sees: Sequence[bool]
    sign: str
    maps: Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """One weight tensor.

    Parameters
    ----------
    title : what it is, with its shape
    columns, rows : input channels and kernels; None where some are left out
    kernel : rows and columns of a slice
    verdict : whether it is the right picture or the wrong one; "" if it stands alone
    why : a sentence below it
    """

    title: str
    columns: Sequence[Channel | None]
    rows: Sequence[Map | None]
    kernel: tuple[int, int]
    verdict: Literal["", "right", "wrong"] = ""
    why: str = ""


@dataclass(frozen=True)
class Part:
    """A piece of a bar: its length as a share of the chart's longest bar, and what it is."""

    share: float
    role: Literal["full", "depthwise", "pointwise", "bias", "dense", "hidden"]


@dataclass(frozen=True)
class Bar:
    """A bar with its name, its number as a text, its pieces, and words below it."""

    label: str
    total: str
    parts: Sequence[Part]
    words: str = ""


@dataclass(frozen=True)
class Chart:
    """Bars on one scale that begins at 0."""

    title: str
    rows: Sequence[Bar]
    note: str = ""


@dataclass(frozen=True)
class TensorPayload:
    """Counts, grids of kernels and bars, from top to bottom.

    Parameters
    ----------
    title : names the whole for a screen reader
    counts, sheets, bars : what is shown; each may be empty
    invitation : stands below the grids until something is pointed at, whose words then replace it
    present : large type
    """

    title: str
    counts: Sequence[Count] = ()
    sheets: Sequence[Sheet] = ()
    bars: Sequence[Chart] = ()
    invitation: str = ""
    present: bool = False
