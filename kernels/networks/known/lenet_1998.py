"""LeNet-5 as it was in 1998, map by map: which maps of S2 each map of C3 reads is a table."""

from __future__ import annotations

from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.networks.layers import Activation, Concatenate, Flatten, Layer, Linear
from kernels.networks.network import INPUT, Network, Node, chain

C3_READS = (
    (0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5),
    (0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5),
    (0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5), (0, 1, 2, 3, 4, 5),
)  # fmt: skip
"""The maps of S2 that each map of C3 reads. Source: table I of LeCun et al. 1998."""


def lenet_5_1998() -> Network:
    """LeNet-5 of 1998 up to F6: partial connections in C3, pooling that learns, tanh.

    Its maps are layers of their own up to C3, as each of C3's reads some of them only. A map's
    pooling is averaging, then one weight and one bias, which a 1x1 convolution has too. The paper's
    last layer, which compares with fixed pictures of the digits, learns nothing and is left out.
    """
    maps = range(6)
    nodes: tuple[Node, ...] = ()
    for n in maps:
        nodes += chain(INPUT, _squashed(f"c1.map{n}", ConvSpec(1, 1, 5)))
    for n in maps:
        nodes += chain(f"c1.map{n}.tanh", _pooled(f"s2.map{n}", 1))
    for n, read in enumerate(C3_READS):
        sources = tuple(f"s2.map{m}.tanh" for m in read)
        nodes += (Node(f"c3.map{n}.read", Concatenate(), sources),)
        nodes += chain(f"c3.map{n}.read", _squashed(f"c3.map{n}", ConvSpec(len(read), 1, 5)))
    ends = tuple(f"c3.map{n}.tanh" for n in range(len(C3_READS)))
    nodes += (Node("c3", Concatenate(), ends),)
    last = {
        **_pooled("s4", 16),
        **_squashed("c5", ConvSpec(16, 120, 5)),
        "flatten": Flatten(),
        **_squashed("f6", Linear(120, 84)),
    }
    return Network((1, 32, 32), nodes + chain("c3", last))


def _squashed(name: str, layer: Layer) -> dict[str, Layer]:
    return {name: layer, f"{name}.tanh": Activation("tanh")}


def _pooled(name: str, channels: int) -> dict[str, Layer]:
    """Averages, each map by its own weight and bias."""
    scale = ConvSpec(channels, channels, 1, groups=channels)
    return {f"{name}.pool": PoolSpec(2, kind="avg"), **_squashed(name, scale)}
