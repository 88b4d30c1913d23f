"""The ten kernels that stand ready on the Picture page, each with a name that fits below a picture.

All are 3 × 3, so that what is shown of one takes no more room than what is shown of another.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kernels import CATALOGUE
from lessons.views.kernel_choice import KernelChoice

SHELF: Mapping[str, str] = MappingProxyType(
    {
        "identity": "Identity",
        "brighten": "Brighten",
        "box": "Box blur",
        "gaussian": "Gaussian",
        "sharpen": "Sharpen",
        "sobel-across": "Sobel Gx",
        "sobel-down": "Sobel Gy",
        "edge-4": "Laplacian",
        "emboss": "Emboss",
        "corner": "Corner",
    }
)
"""The name below each picture by the catalogue's name."""


def on_shelf(kernel: KernelChoice) -> str:
    """Which of the shelf's kernels this is; empty for another one, or one at another size.

    >>> from lessons.views.kernel_choice import settle_kernel
    >>> from kernels.scene.settle import SettingsReader
    >>> def chosen(**link):
    ...     return on_shelf(settle_kernel(SettingsReader({}, link), link))
    >>> chosen(kernel="box"), chosen(kernel="box", ksize="5x5"), chosen(kernel="gabor")
    ('box', '', '')
    """
    usual = kernel.name in SHELF and kernel.size == CATALOGUE[kernel.name].size
    return kernel.name if usual and not kernel.to_flat()["kset"] else ""
