"""What the loupe is to show: two pictures, a pinned place, a kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Panel:
    """One of the two pictures and what is said of it.

    Parameters
    ----------
    title : the word above it
    about : what a screen reader says in place of the picture; another `about` or size of the
        original is another picture, which is seen whole first
    png : its pixels as they are shown, perhaps shrunk by a whole factor
    size : (height, width) of the full picture
    facts : the lines below it
    factor : full-size pixels on a side of one in `png`
    seen : what is drawn in place of `png`, of the same size: a picture in colour, while its grey
        is what the kernel meets; empty: `png` itself
    """

    title: str
    about: str
    png: bytes
    size: tuple[int, int]
    facts: tuple[str, ...]
    factor: int = 1
    seen: bytes = b""


@dataclass(frozen=True, eq=False)
class Pin:
    """The pinned place and what was computed there, which the browser's own sums are held against.

    Parameters
    ----------
    row, column : the original's pixel in the middle of the window
    index : row and column of the result's pixel
    window : (P, kh, kw) uint8, the pixels that the kernel's taps meet, padding included
    values : the result there, one number for each of its planes
    """

    row: int
    column: int
    index: tuple[int, int]
    window: np.ndarray
    values: tuple[float, ...]


@dataclass(frozen=True, eq=False)
class KernelShown:
    """The kernel as a textbook prints it.

    Parameters
    ----------
    title : its name
    taps : (P, kh, kw), or (kh, kw) where all planes share them: the numbers before the division
    divisor : what the sum is divided by
    offset : what is added after that
    sums_over : whether the planes are added up to one result, as a layer with colour channels does
    """

    title: str
    taps: np.ndarray
    divisor: float = 1.0
    offset: float = 0.0
    sums_over: bool = False
