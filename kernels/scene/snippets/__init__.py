"""The same layer in other people's words: PyTorch, Keras and NumPy code of a scene.

Each listing carries the scene's own numbers, so that it prints the numbers of the output maps.
Where a library has no such layer, the listing is None and one line says why.
"""

from __future__ import annotations

from kernels.layers.spec import ConvTransposeSpec
from kernels.scene.scene import Scene
from kernels.scene.snippets.keras import keras_code
from kernels.scene.snippets.numpy import numpy_code
from kernels.scene.snippets.torch import pytorch_code
from kernels.scene.snippets.transposed import transposed_code
from kernels.scene.snippets.written import Snippet

__all__ = ["Snippet", "keras_code", "numpy_code", "pytorch_code", "snippets"]


def snippets(scene: Scene) -> tuple[Snippet, ...]:
    """The code of a scene's layer in PyTorch, Keras and NumPy, in that order."""
    if isinstance(scene.layer, ConvTransposeSpec):
        return transposed_code(scene)
    return (pytorch_code(scene), keras_code(scene), numpy_code(scene))
