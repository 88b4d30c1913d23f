"""A network as code to take along, or why a library cannot build it."""

from __future__ import annotations

from collections.abc import Callable

from kernels.errors import ShapeError
from kernels.networks.code.keras import keras_code
from kernels.networks.code.torch import torch_code
from kernels.networks.network import Network
from kernels.scene.snippets.written import Snippet

LIBRARIES: dict[str, Callable[[Network], str]] = {"PyTorch": torch_code, "Keras": keras_code}


def listings(network: Network) -> tuple[Snippet, ...]:
    """The network in every library; instead of code, the sentence of what stands in its way.

    >>> from kernels.networks.notation import read_network
    >>> [snippet.why_not for snippet in listings(read_network("3x8x8;c4k3;lrn5"))]
    ['', "Keras has no layer like 'local_response_norm1' (local response norm): it has no such \
norm."]
    >>> misfit, _ = listings(read_network("3x8x8;c4k9"))
    >>> misfit.code is None, misfit.why_not.startswith("Layer 'conv1' (conv) does not fit")
    (True, True)
    """
    return tuple(_listing(library, write, network) for library, write in LIBRARIES.items())


def _listing(library: str, write: Callable[[Network], str], network: Network) -> Snippet:
    try:
        return Snippet(library, write(network))
    except ShapeError as error:
        return Snippet(library, None, str(error))
