"""Value sources turned to arrays of the size that a scene needs."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from kernels.reading.notation import read_source, seed_of

_BLOCK = (64, 32, 32)
"""Random numbers are cut out of one block of this size, so that a cell keeps its number when the
array around it grows (up to this size)."""


def fit_input(source: str, shape: tuple[int, ...]) -> tuple[np.ndarray, str]:
    """Read an input of this (C, H, W), and say which cells the source did not give.

    >>> fit_input("1 2_3 4", (1, 2, 2))
    (array([[[1., 2.],
            [3., 4.]]]), '')

    A larger source is cropped. Cells that it lacks are whole numbers drawn with a fixed seed.
    """
    drawn = _random(source if source.startswith("random:") else "random:1", shape, 0, 10)
    given = read_source(source)
    if given is None:
        return drawn, ""
    note = ""
    if any(g < n for g, n in zip(given.shape, shape, strict=True)):
        note = (
            f"The input was given as {_times(given.shape)} numbers; the cells beyond were filled "
            "with random digits."
        )
    return _overlay(drawn, given), note


def fit_weight(source: str, shape: tuple[int, ...]) -> tuple[np.ndarray, str]:
    """Read weights of this (K, C / groups, kh, kw), and say which the source did not give.

    >>> fit_weight("1 2_3 4", (1, 1, 3, 3))[0][0, 0].tolist()
    [[1.0, 2.0, 0.0], [3.0, 4.0, 0.0], [0.0, 0.0, 0.0]]

    The source's planes fill the kernels in order, each kernel's channels first. A larger plane is
    cropped, a smaller one continued with zeros; planes that it lacks are drawn with a fixed seed.
    """
    planes = (shape[0] * shape[1], *shape[2:])
    drawn = _random(source if source.startswith("random:") else "random:1", planes, -2, 3)
    given = read_source(source)
    if given is None:
        return drawn.reshape(shape), ""
    notes = []
    if given.shape[1] < shape[2] or given.shape[2] < shape[3]:
        notes.append(
            f"The kernel was given as {given.shape[1]} × {given.shape[2]}; the cells beyond are 0."
        )
    if len(given) < planes[0]:
        notes.append(
            f"Kernel slices were given for {len(given)} of {planes[0]}; the others were filled "
            "with random whole numbers."
        )
    drawn[: len(given)] = 0
    return _overlay(drawn, given).reshape(shape), " ".join(notes)


def fit_bias(source: str, count: int) -> np.ndarray:
    """Read one bias for each output channel; those that the source lacks are 0."""
    given = read_source(source)
    if given is None:
        return _random(source, (1, 1, count), -3, 4).ravel()
    return _overlay(np.zeros(count), given.ravel())


def _overlay(array: np.ndarray, given: np.ndarray) -> np.ndarray:
    common = tuple(slice(min(a, b)) for a, b in zip(array.shape, given.shape, strict=True))
    array[common] = given[common]
    return array


def _random(source: str, shape: tuple[int, ...], low: int, high: int) -> np.ndarray:
    """Whole numbers; a cell keeps its number when the array grows."""
    size = tuple(max(b, n) for b, n in zip(_BLOCK, shape, strict=True))
    block = _random_block(seed_of(source), low, high, size)
    return block[tuple(slice(n) for n in shape)].astype(float)


@lru_cache(maxsize=16)
def _random_block(seed: int, low: int, high: int, size: tuple[int, ...]) -> np.ndarray:
    """Kept, 512 KB each: every control moved on a page asks for the same few, half a ms a piece."""
    return np.random.default_rng(seed).integers(low, high, size=size)


def _times(shape: tuple[int, ...]) -> str:
    return " × ".join(str(n) for n in shape)
