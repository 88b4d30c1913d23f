"""Layers put down one after another to a graph, each named and given what comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count

from kernels.layers.spec import ConvTransposeSpec
from kernels.networks.code.torch_layers import Pad, padding_layer, with_padding
from kernels.networks.coming import Coming, follow_node
from kernels.networks.layers import Layer, Shape, layer_kind, parameter_counts
from kernels.networks.network import INPUT, Node
from kernels.networks.notation import automatic_name
from kernels.reading.notation import NotationError


@dataclass(eq=False)
class Item:
    """A layer that is made once it is known what comes in; padding; or nothing (None).

    name: as the text calls it, or empty. where: words that begin a sentence about it.
    """

    make: Callable[[Coming], Layer] | Pad | None
    name: str = ""
    where: str = ""


@dataclass
class GraphWriter:
    """Collects nodes, and sentences about what was left out.

    within : the module that layers are put down for, before their names
    """

    shape: Shape
    most: int
    within: str = ""
    nodes: list[Node] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _made: dict[str, Coming] = field(default_factory=dict)
    _kinds: list[str] = field(default_factory=list)
    _used: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._made[INPUT] = Coming.of(self.shape)

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """Put down layers for a module of this name, which may be part of another one."""
        outer = self.within
        self.within = ".".join(filter(None, (outer, name)))
        try:
            yield
        finally:
            self.within = outer

    def row(self, items: Sequence[Item], source: str) -> str:
        """Put down layers one after the other behind a node; gives the last one's name."""
        pad: Pad | None = None
        for item in items:
            if isinstance(item.make, Pad):
                source, pad = self._padded(pad, source), item.make
                continue
            if item.make is None:
                continue
            try:
                layer = item.make(self._made[source])
            except NotationError as error:
                raise NotationError(f"{item.where}{error}") from None
            if pad is not None:
                merged = with_padding(layer, pad)
                if merged is None:
                    source = self._padded(pad, source)
                else:
                    layer = merged
                pad = None
            source = self._item(item, layer, source)
        return self._padded(pad, source)

    def add(self, layer: Layer, inputs: Sequence[str], name: str = "") -> str:
        """Put down one layer; its name, if it is free, else an automatic one."""
        if len(self.nodes) == self.most:
            raise NotationError(f"There are more than {self.most:,} layers; paste fewer.")
        if self.within:
            name = self._named_within(name or layer_kind(layer).replace(" ", "_"))
        elif not name or name in self._made:
            name = automatic_name(layer, self._kinds, self._made)
        self._kinds.append(layer_kind(layer))
        self.nodes.append(Node(name, layer, tuple(inputs)))
        follow_node(self.nodes[-1], self._made)
        return name

    def _named_within(self, name: str) -> str:
        """A name with the module's before it, and a number behind it where it is taken."""
        first = f"{self.within}.{name}"
        others = (f"{first}_{number}" for number in count(2))
        return first if first not in self._made else next(n for n in others if n not in self._made)

    def is_row(self, name: str) -> bool:
        """Whether a node gives a row of numbers, which has no place to flatten."""
        return self._made[name].rank == 0

    def say(self, sentence: str) -> None:
        if sentence not in self.said:
            self.said.append(sentence)

    def _item(self, item: Item, layer: Layer, source: str) -> str:
        if id(item) in self._used and any(parameter_counts(layer)):
            self.say(
                f"{item.name or layer_kind(layer)} is used more than once with the same weights; "
                "here each use has its own."
            )
        self._used.add(id(item))
        return self.add(layer, (source,), item.name)

    def _padded(self, pad: Pad | None, source: str) -> str:
        """Padding that no window took over, as a layer of its own where there is one."""
        if pad is None:
            return source
        layer = padding_layer(pad)
        if layer is None and self._cropped(pad, source):
            return source
        if layer is None:
            self.say(f"Padding by {pad.mode} apart from a convolution is not known here.")
            return source
        return self.add(layer, (source,))

    def _cropped(self, pad: Pad, source: str) -> bool:
        """Negative padding right behind a transposed convolution is that one's own padding."""
        last = self.nodes[-1] if self.nodes else None
        if last is None or last.name != source or not isinstance(last.layer, ConvTransposeSpec):
            return False
        cells = [n for pair in pad.pairs for n in pair]
        if max(cells) > 0 or len(pad.pairs) != last.layer.rank or any(map(any, last.layer.padding)):
            return False
        crop = tuple((-before, -after) for before, after in pad.pairs)
        self.nodes[-1] = replace(last, layer=replace(last.layer, padding=crop))
        follow_node(self.nodes[-1], self._made)
        return True
