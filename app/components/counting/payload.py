"""What the counting of a window's places is handed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kernels.layers.counting import CountingStep
from kernels.layers.links import Links
from lessons.views.steppers import Stepper


@dataclass(frozen=True)
class Place:
    """A cell of the padded axis at which somebody may try to start the window.

    Attributes
    ----------
    cells : the cells that the window would read, some of them beyond the edge
    legal : whether the window ever stands there
    words : what is said of it
    """

    cells: tuple[int, ...]
    legal: bool
    words: str


@dataclass(frozen=True)
class CountedAxis:
    """One axis: where the window may start, what was found of it, and the formula it leads to.

    Attributes
    ----------
    name : "height" or "width"; title : how it is walked, "Down" or "Across"
    places : one for each padded cell
    found : cells of the legal places that were found, in their order
    steps : the formula, part by part; line : the whole of it with its numbers
    """

    name: str
    title: str
    places: tuple[Place, ...]
    found: tuple[int, ...]
    steps: tuple[CountingStep, ...]
    line: str


@dataclass(frozen=True)
class CountingPayload:
    """The places of a window, to be counted by hand.

    Attributes
    ----------
    axes : the rows, unless the layer has one axis alone, and the columns
    links : the tables of rows and columns; a layer of one axis has a single row
    input : (rows, columns), the input without its padding
    sentence : what to do
    total : what is said when every place was found along all axes
    steppers : the layer's numbers that can be changed here
    present : whether it is shown to an audience
    """

    axes: tuple[CountedAxis, ...]
    links: tuple[Links, Links]
    input: np.ndarray
    sentence: str
    total: str
    steppers: tuple[Stepper, ...] = ()
    present: bool = False
