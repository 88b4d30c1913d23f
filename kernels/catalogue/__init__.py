"""The named image kernels, built from their meaning; kernels/ holds the compute and this catalogue.

Weights are as cross-correlation multiplies them: no flip. A positive answer of a difference kernel
means that the picture gets brighter to the right ("across") or towards the bottom ("down").

>>> image_kernel("sobel-across").taps
array([[-1.,  0.,  1.],
       [-2.,  0.,  2.],
       [-1.,  0.,  1.]])
>>> image_kernel("shift", down=0, across=-1).taps  # to the left
array([[0., 0., 0.],
       [0., 0., 1.],
       [0., 0., 0.]])
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from kernels.catalogue import detectors, edges, smoothing
from kernels.catalogue.detectors import gabor_bank
from kernels.catalogue.image_kernels import ImageKernel, Parameter, Size
from kernels.catalogue.sizes import LARGEST_SIDE

__all__ = [
    "CATALOGUE",
    "GROUPS",
    "LARGEST_SIDE",
    "ImageKernel",
    "Parameter",
    "gabor_bank",
    "image_kernel",
]

#: Every kernel by name at its default size and settings, in the order in which a list offers them.
CATALOGUE: Mapping[str, ImageKernel] = MappingProxyType(
    {
        recipe.name: recipe.build()
        for recipe in (*smoothing.RECIPES, *edges.RECIPES, *detectors.RECIPES)
    }
)

#: What kernels are for, in the order of the catalogue.
GROUPS: tuple[str, ...] = tuple(dict.fromkeys(kernel.group for kernel in CATALOGUE.values()))


def image_kernel(name: str, size: Size | None = None, **settings: float) -> ImageKernel:
    """Give the kernel of that name, at a size and with settings if they are given.

    >>> image_kernel("sharpen").weights
    array([[ 0., -1.,  0.],
           [-1.,  5., -1.],
           [ 0., -1.,  0.]])
    >>> image_kernel("gaussian", (1, 5)).taps.tolist(), image_kernel("gaussian", sigma=2.0).size
    ([[1.0, 4.0, 6.0, 4.0, 1.0]], (13, 13))
    >>> image_kernel("identiti")
    Traceback (most recent call last):
    ValueError: there is no image kernel 'identiti'; the nearest name is identity.

    Parameters
    ----------
    name : a key of `CATALOGUE`; any other raises ValueError with the nearest names
    size : (height, width), each 1 to 31; without it, the size that suits the settings
    settings : parameters by name (see the kernel's `parameters`); those not given are the defaults

    Raises ValueError with one sentence for a size or a setting that the kernel cannot have.
    """
    try:
        kernel = CATALOGUE[name]
    except (KeyError, TypeError):
        near = difflib.get_close_matches(str(name).lower(), CATALOGUE, n=3, cutoff=0.5)
        if len(near) == 1:
            hint = f"the nearest name is {near[0]}"
        elif near:
            hint = f"the nearest names are {', '.join(near)}"
        else:
            hint = f"the names are {', '.join(CATALOGUE)}"
        raise ValueError(f"there is no image kernel {name!r}; {hint}.") from None
    return kernel.at(size, **settings) if size is not None or settings else kernel
