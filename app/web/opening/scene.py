"""The opening's numbers: a small photograph, a kernel, and what the one makes of the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from app.pictures.samples import sample_picture
from kernels import conv2d
from kernels.catalogue import image_kernel
from kernels.pictures.display import show_clipped
from kernels.pictures.images import shrink_by, to_grey

# A cup seen from above, cut out of its photograph and made small enough to show single pixels.
_PICTURE, _TOP, _LEFT, _CUT, _FACTOR = "coffee", 8, 138, 384, 12
_KERNEL = "edge-8"


@dataclass(frozen=True)
class OpeningScene:
    """Everything that the opening shows.

    photograph, output : whole numbers, (H, W) each; kernel : (k, k)
    shown : the output as grey pixels, 0 to 255
    rest : [row, column] of the output's cell at which the opening comes to rest
    """

    photograph: np.ndarray
    kernel: np.ndarray
    output: np.ndarray
    shown: np.ndarray
    rest: tuple[int, int]

    def flat(self) -> dict[str, Any]:
        """For the browser: flat lists, row by row."""
        arrays = (self.photograph, self.kernel, self.output, self.shown)
        names = ("photograph", "kernel", "output", "shown")
        lists = {
            name: [int(n) for n in array.ravel()] for name, array in zip(names, arrays, strict=True)
        }
        sides = {"side": len(self.photograph), "window": len(self.kernel), "out": len(self.output)}
        return {**lists, **sides, "rest": list(self.rest)}

    def spoken(self) -> str:
        """The picture in words."""
        k, out = len(self.kernel), len(self.output)
        return (
            f"A window of {k} × {k} pixels lies on a small photograph of a coffee cup. Its "
            f"{k * k} numbers are multiplied by the {k * k} numbers of a kernel, and the products "
            f"add up to {self.output[0, 0]}: the first pixel of a new picture. The window slides "
            f"on, pixel by pixel, until all {out * out} are there: they show the cup's edges."
        )


@cache
def opening_scene() -> OpeningScene:
    """Compute the scene.

    >>> scene = opening_scene()
    >>> scene.photograph.shape, scene.output.shape
    ((32, 32), (30, 30))
    >>> window = scene.photograph[:3, :3]
    >>> int((window * scene.kernel).sum() - scene.output[0, 0])
    0
    """
    pixels = sample_picture(_PICTURE).pixels[:, _TOP : _TOP + _CUT, _LEFT : _LEFT + _CUT]
    photograph = shrink_by(to_grey(pixels), _FACTOR).astype(int)
    kernel = image_kernel(_KERNEL).taps.astype(int)
    output = conv2d(photograph[None], kernel[None, None])[0].astype(int)
    # The strongest edge of the cup, above, whose sum is still the grey that is drawn for it.
    upper = output[: len(output) // 2]
    rest = np.unravel_index(np.where(upper <= 255, upper, 0).argmax(), upper.shape)
    return OpeningScene(
        photograph, kernel, output, show_clipped(output).pixels, (int(rest[0]), int(rest[1]))
    )
