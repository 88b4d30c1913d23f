"""What the stage is handed: one layer, its tables of links and its numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.components.formulas import HeardFormula
from kernels.layers.links import Links
from lessons.views.steppers import Stepper


@dataclass(frozen=True)
class LayerOutput:
    """What one kind of layer makes of the windows.

    Attributes
    ----------
    kind : 'conv', 'conv_transpose' or a kind of pooling
    output : (M, H_out, W_out), NaN or infinite where a window holds no number
    divisors : what an average divides the sum of each window by, in reading order; else None
    count_pad : whether padding counts as zeros in an average
    norm : the power of Lp pooling; else None
    title, word : what it is called, and its result in a sentence
    sign : marks the cells that hold the result; empty where none does
    ties : whether cells that share the result are counted
    absent : how a cell without a number is written
    """

    kind: str
    output: np.ndarray
    divisors: tuple[int, ...] | None = None
    count_pad: bool = False
    norm: float | None = None
    title: str = ""
    word: str = "sum"
    sign: str = ""
    ties: bool = False
    absent: str = ""


@dataclass(frozen=True)
class SettingOffer:
    """One setting as the commit "set" takes it, with its words."""

    name: str
    axis: int | None
    value: int
    text: str


@dataclass(frozen=True)
class Volume:
    """What the planes of a video are: the stage draws each frame of each channel as a plane.

    Attributes
    ----------
    inputs, slices, outputs : of each plane its channel and its frame; those of the input are
        counted from its own first frame, so that a plane of padding before it has a negative one
    sources : for each plane of the input the one whose numbers it holds; None for a constant
    padding : whether each plane of the input is padding
    input, padded, kernel, output : sizes as the titles show them, (C, T, H, W); padded without C
    """

    inputs: tuple[tuple[int, int], ...]
    slices: tuple[tuple[int, int], ...]
    outputs: tuple[tuple[int, int], ...]
    sources: tuple[int | None, ...]
    padding: tuple[bool, ...]
    input: tuple[int, ...]
    padded: tuple[int, ...]
    kernel: tuple[int, ...]
    output: tuple[int, ...]


@dataclass(frozen=True)
class StagePayload:
    """Everything that the stage draws; the browser multiplies only the window on show.

    Attributes
    ----------
    layers : the layer, and more poolings of the same windows to stand beside it; their outputs have
        one shape
    links : which padded cells each output cell reads along the rows and along the columns; a layer
        of one axis has a single row
    channels : for each of the M output maps, the input channels that it reads
    input : (C, H, W), without its padding; of a video its planes, with those that pad it
    volume : what the planes of a video are; None for a layer of one or two axes. Its output maps
        and input channels are planes
    planes : what each channel of a photograph holds, "grey" or "red", "green", "blue"; else none
    padding_value : what a padded cell without a source holds; None where it holds no number
    kernel : (M, channels read, kernel height, kernel width) as multiplied; None for a pooling. Of a
        video one for each output channel, with its slices
    bias : one number for each kernel, or None
    formulas : what stands above the picture
    steppers : the layer's numbers that can be changed here
    unused : the sentence on rows and columns that no window reads; empty if there are none
    question, offers : what would use them, asked in words, and the settings that would
    attempts : along the rows and along the columns, the padded cells that one window more would
        read, some of them beyond the edge; empty where none is left over
    landings : along the rows and along the columns, for each input cell and tap of the kernel the
        output cell that their product is added to, None where it is cropped: then a step is an
        input cell, which adds its copy of the kernel; empty where a step is an output cell
    line : whether it is a signal, drawn with bars above its numbers
    step : the output cell on show, counted map by map in reading order; or the input cell, for each
        map channel by channel
    flip : whether the kernel was turned, for true convolution
    editable : whether a cell's number can be changed
    limit : the largest number that can be typed into a cell
    present : whether it is shown to an audience
    predict : whether each result is hidden until it is asked for
    revealed : whether the whole output shows from the first; else what was visited shows
    tall : pixels that it is high; None fills the screen from where it starts, as presenting does
    """

    layers: tuple[LayerOutput, ...]
    links: tuple[Links, Links]
    channels: tuple[tuple[int, ...], ...]
    input: np.ndarray
    planes: tuple[str, ...] = ()
    volume: Volume | None = None
    padding_value: float | None = None
    kernel: np.ndarray | None = None
    bias: tuple[float, ...] | None = None
    formulas: tuple[HeardFormula, ...] = ()
    steppers: tuple[Stepper, ...] = ()
    unused: str = ""
    question: str = ""
    offers: tuple[SettingOffer, ...] = ()
    attempts: tuple[tuple[int, ...], ...] = ()
    landings: tuple[tuple[tuple[int | None, ...], ...], ...] = ()
    line: bool = False
    step: int = 0
    flip: bool = False
    editable: bool = True
    limit: float = 1e6
    present: bool = False
    predict: bool = False
    revealed: bool = False
    tall: int | None = None
