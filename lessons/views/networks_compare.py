"""Two networks side by side: their sums, and the pairs that are worth comparing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from kernels.layers.cost import memory_bytes
from kernels.layers.spec import ConvSpec, ConvTransposeSpec
from kernels.networks.known import known_network
from kernels.networks.layers import Linear
from kernels.networks.summary import Row, Totals, last_map, totals
from lessons.views.networks import READY, NetworksView, checked
from lessons.views.networks_words import by, field_words


@dataclass(frozen=True)
class Pair:
    """Two networks and what they show: settings of the page, and a sentence."""

    title: str
    net: str
    other: str
    says: str
    layers: str = ""
    titles: tuple[str, str] | None = None

    @property
    def settings(self) -> dict[str, str]:
        return {"net": self.net, "layers": self.layers, "other": self.other, "at": "", "unit": ""}


_BLOCK = "lenet_5"
"""Where the networks of a pair are not ready ones, any ready one stands behind them."""


def compared(view: NetworksView) -> tuple[tuple[str, str, str], ...]:
    """Each figure of both networks: name, this one's, the other's.

    >>> from lessons.views.networks import settle_networks
    >>> rows = compared(settle_networks({"net": "vgg16", "other": "mobilenet_v1"})[0])
    >>> rows[3]
    ('Parameters', '138,357,544', '4,231,976')
    """
    networks = [view.network, view.other_network]
    both = [checked(network) for network in networks]
    rows = [("Input", *(by(network.input_shape) for network in networks))]
    rows.append(("Output", *(by(one.rows[-1].shape) if one.rows else "" for one in both)))
    weighing = (ConvSpec, ConvTransposeSpec, Linear)
    layers = [sum(isinstance(n.layer, weighing) for n in net.nodes) for net in networks]
    rows.append(("Convolutions, fully connected layers", *map(str, layers)))
    sums = [totals(one.rows) for one in both]
    for name, read in _FIGURES.items():
        rows.append((name, *(read(one) for one in sums)))
    rows.append(("Receptive field of the last map", *(_field(one.rows) for one in both)))
    return tuple((name, first, second) for name, first, second in rows)


_FIGURES: Mapping[str, Callable[[Totals], str]] = {
    "Parameters": lambda one: f"{one.parameters:,}",
    "of them in convolutions": lambda one: f"{one.conv:,}",
    "of them in fully connected layers": lambda one: f"{one.linear:,}",
    "Multiply-adds": lambda one: f"{one.macs:,}",
    "Memory of the parameters": lambda one: memory_bytes(one.parameters),
    "Memory of all maps": lambda one: memory_bytes(one.activations),
}


def _field(rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    size, _ = field_words(last_map(rows).field)
    return size or "depends on the place"


def ratio_sentence(view: NetworksView) -> str:
    """Which has more of what, and how many times as many.

    >>> from lessons.views.networks import settle_networks
    >>> print(ratio_sentence(settle_networks({"net": "vgg16", "other": "mobilenet_v1"})[0]))
    Parameters: VGG-16 has 33 times as many. Multiply-adds: VGG-16 takes 27 times as many.
    """
    networks = (view.network, view.other_network)
    one, other = (totals(checked(network).rows) for network in networks)
    parameters = _more(titles(view), "has", (one.parameters, other.parameters))
    macs = _more(titles(view), "takes", (one.macs, other.macs))
    return f"Parameters: {parameters} Multiply-adds: {macs}"


def _more(names: tuple[str, ...], verb: str, counts: tuple[int, int]) -> str:
    """Which of two has more.

    >>> _more(("A", "B"), "has", (3, 4)), _more(("A", "B"), "has", (5, 5))
    ('B has 1.3 times as many.', 'as many in both.')
    >>> _more(("A", "B"), "has", (1008, 1000))
    'A has 0.8 % more.'
    >>> _more(("A, changed", "A"), "takes", (6, 3))
    '“A, changed” takes 2 times as many.'
    """
    names = tuple(f"“{name}”" if "," in name else name for name in names)
    if counts[0] == counts[1]:
        return "as many in both."
    if min(counts) == 0:
        return f"only {names[counts[0] == 0]} {verb} any."
    ratio = max(counts) / min(counts)
    name = names[counts[1] > counts[0]]
    if ratio < 1.05:
        return f"{name} {verb} {100 * (ratio - 1):.1g} % more."
    times = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"
    return f"{name} {verb} {times} times as many."


def share_bars(view: NetworksView) -> Iterator[tuple[str, list[str], list[int], list[int]]]:
    """For both networks: title, names of the layers with weights, parameters, multiply-adds."""
    networks = (view.network, view.other_network)
    for title, network in zip(titles(view), networks, strict=True):
        rows = [row for row in checked(network).rows if row.parameters or row.macs]
        yield (
            title,
            [row.name for row in rows],
            [row.parameters for row in rows],
            [row.macs for row in rows],
        )


PAIRS: Mapping[str, Pair] = MappingProxyType(
    {
        "classics": Pair(
            "LeNet-5 and AlexNet", "lenet_5", "alexnet_2012",
            "Fourteen years apart: the same idea, a thousand times the parameters.",
        ),
        "separable": Pair(
            "VGG-16 and MobileNet", "vgg16", "mobilenet_v1",
            "Depthwise separable convolutions, and no large fully connected layers.",
        ),
        "plain": Pair(
            "Plain and residual", "plain34", "resnet34",
            "The same layers with and without shortcuts: the three that change a shape cost "
            "173,824 parameters, all others nothing.",
        ),
        "depth": Pair(
            "ResNet-50 and ResNet-152", "resnet50", "resnet152",
            "Three times the depth, little more than twice the parameters.",
        ),
        "five": Pair(
            "One 5 × 5 or two 3 × 3", _BLOCK, "64x32x32;c64k3p1;relu;c64k3p1;relu",
            "Two 3 × 3 see as much as one 5 × 5, with 18 weights for every 25 and one more ReLU.",
            "64x32x32;c64k5p2;relu", ("One 5 × 5", "Two 3 × 3"),
        ),
        "bottleneck": Pair(
            "Bottleneck or two 3 × 3", _BLOCK, "256x14x14;c64k1;relu;c64k3p1;relu;c256k1",
            "A 1 × 1 convolution squeezes the channels before the 3 × 3, another widens them.",
            "256x14x14;c256k3p1;relu;c256k3p1", ("Two 3 × 3", "Bottleneck"),
        ),
        "depthwise": Pair(
            "Whole or depthwise separable", _BLOCK, "64x56x56;c64k3p1g64;c128k1",
            "One kernel for each channel, then a 1 × 1 that mixes them.",
            "64x56x56;c128k3p1", ("Whole convolution", "Depthwise separable"),
        ),
        "skip": Pair(
            "With and without a skip", _BLOCK,
            "64x56x56;c64k3p1b0;bn;relu;c64k3p1b0;bn;relu",
            "The skip adds no parameter. The layers on the way learn only what is to be added: for "
            "f(x) = x they learn 0. What is added must have the same shape.",
            "64x56x56;c64k3p1b0;bn;relu;c64k3p1b0;bn;add<batch_norm2,input;relu",
            ("With the skip", "Without it"),
        ),
        "join": Pair(
            "Add or concatenate", _BLOCK, "64x28x28;c64k3p1;cat<conv1,input;c64k3p1",
            "Added maps stay 64 channels; concatenated ones are 128, and the next layer pays for "
            "them.",
            "64x28x28;c64k3p1;add<conv1,input;c64k3p1", ("Added", "Concatenated"),
        ),
    }
)  # fmt: skip
"""What is worth comparing: whole networks, and the blocks that they are made of."""


def pair_of(view: NetworksView) -> Pair | None:
    """The ready pair that is on show."""
    own = view.layers or view.net
    return next(
        (p for p in PAIRS.values() if (p.layers or p.net, p.other) == (own, view.other)), None
    )


def titles(view: NetworksView) -> tuple[str, str]:
    """The two networks' names."""
    pair = pair_of(view)
    if pair and pair.titles:
        return pair.titles
    beside = known_network(view.other).title if view.other in READY else "The other one"
    return view.title, beside
