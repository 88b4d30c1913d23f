"""Kernels that are shown together, each bank for one thing to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kernels import CATALOGUE
from kernels.catalogue import ImageKernel, gabor_bank


@dataclass(frozen=True)
class Bank:
    """Some kernels, with what to look for when they stand side by side.

    Parameters
    ----------
    title : what a list of choices says
    note : one sentence or two
    kernels : in the order in which they are shown
    """

    title: str
    note: str
    kernels: tuple[ImageKernel, ...]


def _named(*names: str) -> tuple[ImageKernel, ...]:
    return tuple(CATALOGUE[name] for name in names)


#: Every bank by the name that an address carries; the first is the default.
BANKS: Mapping[str, Bank] = MappingProxyType(
    {
        "edges": Bank(
            "Edges in every direction",
            "The same picture, eight questions: each map is bright where its kernel answers most. "
            "With ReLU an edge counts in one direction only. A layer of a network is such a bank, "
            "with numbers that were learned.",
            _named(
                "sobel-across",
                "sobel-down",
                "diagonal-down",
                "diagonal-up",
                "edge-4",
                "edge-8",
                "edge-mixed",
                "laplacian-of-gaussian",
            ),
        ),
        "gabor": Bank(
            "Gabor, by direction and wavelength",
            "Stripes of one direction and one width each: first the narrow ones, then the wide. "
            "The first layer of a trained network often looks like this.",
            gabor_bank((0, 30, 60, 90, 120, 150), (4, 8)),
        ),
        "smooth": Bank(
            "Blur and sharpen",
            "The weights of each kernel add up to 1, so brightness stays; fine detail fades "
            "or stands out.",
            _named(
                "identity",
                "box",
                "gaussian",
                "motion",
                "sharpen",
                "sharpen-8",
                "sharpen-bell",
                "unsharp",
            ),
        ),
        "detectors": Bank(
            "Detectors",
            "A kernel that is a picture of what it looks for. Where its numbers do not add up to "
            "0, a flat white patch can give more than the very thing: compare the angle detector "
            "with the one less its mean.",
            _named(
                "angle",
                "angle-zero-mean",
                "line-across",
                "line-down",
                "line-diagonal-down",
                "line-diagonal-up",
                "corner",
                "curve",
            ),
        ),
    }
)
