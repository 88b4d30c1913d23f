"""What the Networks page shows: a network, what is unfolded and chosen, and the link to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from kernels.networks.blocks import Block, blocks
from kernels.networks.changes import SIGN, share_kept, with_changes, written_changes
from kernels.networks.checking import Checked, check
from kernels.networks.known import KNOWN_NETWORKS, known_network
from kernels.networks.network import Network
from kernels.networks.notation import read_network, written
from kernels.networks.summary import Row
from kernels.reading.boxes import read_input
from kernels.reading.link_names import open_link, own_names
from kernels.reading.link_text import whole_number, whole_numbers
from kernels.reading.notation import NotationError
from kernels.scene.settle import SettingsReader
from lessons.views.networks_pad import packed, unpacked
from lessons.views.pictures import UPLOADED

LOOKS = ("build", "draw", "unit", "maps", "compare")
MOST_BATCH, MOST_SEED = 10_000, 9_999
FEW_LAYERS = 24
"""A network of no more layers opens unfolded."""

CORNER = "0 0 0 0 0 0\n0 9 9 9 9 0\n0 9 0 0 0 0\n0 9 0 0 0 0\n0 9 0 0 0 0\n0 0 0 0 0 0"
"""The numbers that a box of one's own opens with."""
MOST_TYPED, MOST_SIDE = 4, 96
"""Channels that can be typed; rows and columns that are drawn cell by cell."""

DEFAULTS: Mapping[str, str] = MappingProxyType(
    {
        "look": "build",
        "net": "lenet_5",
        "layers": "",
        "at": "",
        "open": "",
        "unit": "",
        "other": "alexnet_2012",
        "batch": "1",
        "picture": "digit",
        "numbers": CORNER,
        "drawn": "",
        "weights": "random",
        "seed": "1",
    }
)
"""The page as it opens: LeNet-5."""

_MEANT = {"network": "net", "model": "net", "layer": "at", "batch_size": "batch"}
DRAWINGS = ("digit", "cross", "gradient")
PHOTOGRAPHS = ("camera", "coffee", "cat")
"""Photographs that the app has; who draws the page hands over their pixels."""
TYPED, DRAWN = "typed", "drawn"
PICTURES = (*DRAWINGS, *PHOTOGRAPHS, TYPED, DRAWN, UPLOADED)
WEIGHTS = ("random", "kernels")


@dataclass(frozen=True)
class NetworksView:
    """Everything that the page shows.

    net : the ready network on show, or the one that the network was made from
    layers : the notation of a network of the learner's own; empty for the ready one
    at : the name of the layer that was chosen; empty if none is
    unfolded : titles of the blocks whose layers are listed one by one
    unit : row and column on the chosen layer's map, whose receptive field is asked for; None: the
        middle
    other : what it is compared with: a ready network, or the notation of one
    batch : inputs at once; only memory depends on it
    picture, numbers, drawn : what goes through the network: a ready picture, somebody's own
        photograph, these numbers, or this drawing
    weights, seed : what the first convolution multiplies by, and what random weights are drawn from
    """

    look: str
    net: str
    layers: str
    network: Network
    at: str
    unfolded: tuple[str, ...]
    unit: tuple[int, int] | None
    other: str
    batch: int
    picture: str
    numbers: str
    drawn: str
    weights: str
    seed: int

    @property
    def checked(self) -> Checked:
        """The rows of the network's layers, as far as they fit."""
        return checked(self.network)

    @property
    def title(self) -> str:
        """The network's name on screen."""
        title = known_network(self.net).title
        if self.is_own:
            return "Your own network"
        return f"{title}, changed" if self.layers else title

    @property
    def is_own(self) -> bool:
        """Whether hardly anything of the ready network is left."""
        return bool(self.layers) and _share_kept(self.net, self.layers) < LEAST_KEPT

    @property
    def other_network(self) -> Network:
        """The network to compare with."""
        return ready(self.other) if self.other in READY else read_network(self.other)

    def row(self, name: str) -> Row | None:
        """What a layer makes, learns and costs; None for one that does not fit or is not there."""
        return next((row for row in self.checked.rows if row.name == name), None)

    def fitting(self, name: str) -> Row:
        """The same for a layer that is known to fit."""
        row = self.row(name)
        if row is None:
            raise KeyError(f"{name!r} does not fit, or is not a layer of this network.")
        return row

    def to_flat(self) -> dict[str, str]:
        """All settings as a flat dict of strings; `settle_networks` reads it back."""
        return {
            "look": self.look,
            "net": self.net,
            "layers": self.layers,
            "at": self.at,
            "open": ",".join(self.unfolded),
            "unit": "" if self.unit is None else "x".join(map(str, self.unit)),
            "other": self.other,
            "batch": str(self.batch),
            "picture": self.picture,
            "numbers": self.numbers,
            "drawn": self.drawn,
            "weights": self.weights,
            "seed": str(self.seed),
        }

    def link(self) -> dict[str, str]:
        """The address: what differs from the page as it opens; a long network as its changes."""
        flat = self.to_flat()
        if self.layers:
            flat["layers"] = _shortest(self.net, self.layers)
        return {key: flat[key] for key, usual in DEFAULTS.items() if flat[key] != usual}


MOST_SPELT_OUT = 800
"""Characters of a network up to which a link has it whole, so that people can read it."""
LEAST_KEPT = 0.5
"""How much of a ready network has to be left for its name to be said."""

READY = frozenset(row.id for row in KNOWN_NETWORKS)


@lru_cache(maxsize=40)
def ready(id: str) -> Network:
    """A ready network, built once."""
    return known_network(id).build()


@lru_cache(maxsize=40)
def _written_ready(id: str) -> str:
    return written(ready(id))


@lru_cache(maxsize=64)
def _shortest(net: str, layers: str) -> str:
    """A network for a link: all its layers, or the ready network's changes where they are many."""
    if len(layers) <= MOST_SPELT_OUT:
        return layers
    return min(layers, written_changes(_written_ready(net), layers), key=len)


@lru_cache(maxsize=64)
def _share_kept(net: str, layers: str) -> float:
    return share_kept(_written_ready(net), layers)


def _all_layers(net: str, layers: str) -> str:
    """A network of which a link may only tell the changes; raises NotationError."""
    return with_changes(_written_ready(net), layers) if layers.startswith(SIGN) else layers


@lru_cache(maxsize=64)
def checked(network: Network) -> Checked:
    """A network's rows, worked out once for all that a screen says of it."""
    return check(network)


@lru_cache(maxsize=64)
def blocks_of(network: Network) -> tuple[Block, ...]:
    """How a network folds."""
    return blocks(network)


def settle_networks(flat: Mapping[str, str]) -> tuple[NetworksView, tuple[str, ...]]:
    """Read settings as the nearest view, and say what had to be moved.

    >>> view, notes = settle_networks({"net": "vgg16", "at": "conv1_2"})
    >>> view.title, view.row(view.at).parameters, notes
    ('VGG-16', 36928, ())
    >>> own, _ = settle_networks({"layers": "1x28x28;c6k5p2;relu;m2;flat;l10"})
    >>> own.title, own.checked.rows[-1].parameters
    ('Your own network', 11770)

    layers: a network's notation, or the changes of the ready one.
    """
    reader = SettingsReader(DEFAULTS, flat)
    net = reader.choice("net", tuple(row.id for row in KNOWN_NETWORKS))
    layers, network = flat.get("layers", "").strip(), ready(net)
    if layers:
        try:
            network = read_network(_all_layers(net, layers))
        except NotationError as error:
            layers = ""
            reader.notes.append(f"{error} {known_network(net).title} is shown.")
    if network == ready(net):
        layers = ""
    names = [node.name for node in network.nodes]
    at = flat.get("at", "")
    if at and at not in names:
        reader.notes.append(f"This network has no layer “{at[:40]}”.")
        at = ""
    view = NetworksView(
        look=reader.choice("look", LOOKS),
        net=net,
        layers=layers and written(network),
        network=network,
        at=at,
        unfolded=_unfolded(flat.get("open", ""), network),
        unit=None,
        other=_other(flat.get("other") or DEFAULTS["other"], reader),
        batch=reader.number("batch", "batch", 1, MOST_BATCH),
        picture=reader.choice("picture", PICTURES),
        numbers=_numbers(flat.get("numbers", ""), reader),
        drawn=_drawn(flat.get("drawn", ""), reader),
        weights=reader.choice("weights", WEIGHTS),
        seed=reader.number("seed", "seed", 0, MOST_SEED),
    )
    return replace(view, unit=_unit(flat.get("unit", ""), view)), tuple(reader.notes)


def open_networks(link: Mapping[str, str]) -> tuple[NetworksView, tuple[str, ...]]:
    """Open a link to the page.

    >>> open_networks({"network": "resnet18"})[0].title
    'ResNet-18'
    """
    return open_link(_with_all_layers(link), own_names(DEFAULTS), _MEANT, settle_networks)


def _with_all_layers(link: Mapping[str, str]) -> Mapping[str, str]:
    """A link whose network is written as the view writes it; what cannot be read is left."""
    net = link.get("net", DEFAULTS["net"])
    if net not in READY or not link.get("layers"):
        return link
    try:
        layers = written(read_network(_all_layers(net, link["layers"].strip())))
    except NotationError:
        return link
    return {**link, "layers": layers}


def _other(text: str, reader: SettingsReader) -> str:
    if text in READY:
        return text
    try:
        return written(read_network(text))
    except NotationError as error:
        reader.notes.append(f"{error} {known_network(DEFAULTS['other']).title} stands beside it.")
        return DEFAULTS["other"]


def read_typed(text: str) -> np.ndarray:
    """Numbers that somebody typed, as an input of (channels, height, width).

    >>> read_typed("1 2; 3 4").shape
    (1, 2, 2)
    """
    numbers = read_input(text, channels=MOST_TYPED, side=MOST_SIDE)
    return numbers.array.reshape(numbers.planes)


def _numbers(text: str, reader: SettingsReader) -> str:
    if not text.strip():
        return CORNER
    try:
        read_typed(text)
    except NotationError as error:
        reader.notes.append(f"The numbers cannot be read: {error} Others are shown.")
        return CORNER
    return text.strip()


def _drawn(text: str, reader: SettingsReader) -> str:
    try:
        return packed(unpacked(text))
    except NotationError as error:
        reader.notes.append(f"{error} The square is empty.")
        return ""


def _unfolded(text: str, network: Network) -> tuple[str, ...]:
    asked = set(text.split(","))
    return tuple(block.title for block in blocks_of(network) if block.title in asked)


def _unit(text: str, view: NetworksView) -> tuple[int, int] | None:
    """A unit of the map that is looked at, brought onto it."""
    row = view.row(view.at) if view.at else None
    if not text or row is None or len(row.shape) != 3:
        return None
    place = whole_numbers(text, 2)
    if place is None:
        number = whole_number(text)
        if number is None:
            return None
        place = (number, number)
    height, width = row.shape[1:]
    return min(place[0], height - 1), min(place[1], width - 1)
