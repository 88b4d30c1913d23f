"""What one output of a network sees, on its input and on every layer between."""

from __future__ import annotations

from kernels.layers.geometry import Pair
from kernels.networks.network import INPUT, Network
from kernels.networks.receptive import Whole
from kernels.networks.receptive_window import cells_seen, ends_of


def fields_between(network: Network, name: str, position: Whole) -> dict[str, tuple[Pair, ...]]:
    """Find the first and last cell that one output depends on, layer by layer.

    >>> from kernels.networks.notation import read_network
    >>> seen = fields_between(read_network("1x9x9;c1k3;c1k3;m2"), "max_pool1", (0, 1))
    >>> for layer, ends in seen.items():
    ...     print(layer, ends)
    input ((0, 5), (2, 7))
    conv1 ((0, 3), (2, 5))
    conv2 ((0, 1), (2, 3))
    max_pool1 ((0, 0), (1, 1))

    name, position: as for receptive_window. One pair for each axis of a map; of a row of numbers,
    its first and last number. In the order of the network, the output itself included; layers
    without a cell that the output depends on are left out.
    """
    seen = cells_seen(network, name, position)
    found = {}
    for layer in (INPUT, *(node.name for node in network.nodes)):
        ends = ends_of(seen.get(layer, ()))
        if ends is not None:
            found[layer] = ends
    return found
