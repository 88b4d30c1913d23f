"""What the picture of a layer's connections is handed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from kernels.layers.links import Links
from lessons.views.steppers import Stepper


@dataclass(frozen=True)
class ConnectionsPayload:
    """One channel of a layer: how its input is used, its matrix, its lines, its kernel turned, or a
    transposed convolution both ways.

    Attributes
    ----------
    picture : how they are shown
    links : which padded cells each output cell reads along the rows and along the columns
    input, output : (rows, columns), the numbers written in the cells; for the use of each input
        cell, how many windows read it
    landed : whether the output's numbers are counts, too: how many products land on each cell of a
        transposed convolution
    kernel : (rows, columns) as multiplied; None where it is not shown
    matrix : the convolution matrix as drawn, row by row; None where it is not shown
    turned, convolved : the kernel turned by 180° and what it makes of the input; None where not
        shown
    turned_taps : of each weight, in reading order, where it stands in the turned kernel; None where
        that is not shown
    padding_value : what padding holds where it copies nothing
    order : of a transposed convolution both ways, what a step is: "copies" for an input number
        whose copy is laid down, "zeros" for an output cell whose window is worked out
    transpose : whether the matrix is turned: a row for each input cell
    title : what a screen reader calls the picture
    sentence : what there is to see
    step : the output cell on show, in reading order
    steppers : the layer's numbers that can be changed here
    present : whether it is shown to an audience
    """

    picture: Literal["use", "matrix", "lines", "turned", "ways"]
    links: tuple[Links, Links]
    input: np.ndarray
    output: np.ndarray
    landed: bool = False
    kernel: np.ndarray | None = None
    matrix: np.ndarray | None = None
    turned: np.ndarray | None = None
    convolved: np.ndarray | None = None
    turned_taps: tuple[int, ...] | None = None
    padding_value: float = 0.0
    order: str = "zeros"
    transpose: bool = False
    title: str = ""
    sentence: str = ""
    step: int = 0
    steppers: tuple[Stepper, ...] = ()
    present: bool = False
