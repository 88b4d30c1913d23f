"""The layers that a scene's settings can name, one row each, and the settings that each has."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, LayerSpec, PoolSpec

COMMON = ("op", "rank", "size", "cin", "kernel", "stride", "padding", "dilation", "step", "x")
"""The settings that every layer has."""

WAYS = MappingProxyType({"copies": "Copies added up", "zeros": "Zeros put in"})
"""How a transposed convolution is shown: one input number after the other adds its copy of the
kernel to the output; or an ordinary window moves over the input with zeros put in."""


@dataclass(frozen=True)
class LayerKind:
    """A layer as settings, controls and links name it.

    >>> kind_named("transposed").title, kind_named("avg").weighs, kind_of(PoolSpec(2)).name
    ('Transposed', False, 'max')

    Attributes
    ----------
    name : in links; title : on screens
    spec : what the kernels call it
    own : the settings that it has beside those that all layers have
    weighs : whether it multiplies by a kernel
    window : what it lays over the input, in a word
    pads : whether padding can be a word, such as 'same'
    ranks : how many axes it can have where every cell is drawn
    """

    name: str
    title: str
    spec: type[LayerSpec]
    own: tuple[str, ...]
    weighs: bool
    window: str
    pads: bool = True
    ranks: tuple[int, ...] = (1, 2)

    def has(self, setting: str) -> bool:
        """Whether the layer has a setting, by its name in the flat form."""
        return setting in COMMON or setting in self.own


def _pooling(name: str) -> LayerKind:
    row = POOL_KINDS[name]
    power = ("p",) if row.takes_norm else ()
    own = ("ceil", "countpad", *power)
    return LayerKind(name, row.title, PoolSpec, own, weighs=False, window="window")


_WEIGHTS = ("cout", "groups", "bias", "w", "b")
_WEIGHING = (
    LayerKind(
        "conv",
        "Convolution",
        ConvSpec,
        (*_WEIGHTS, "mode", "fill", "flip"),
        weighs=True,
        window="kernel",
        ranks=(1, 2, 3),
    ),
    LayerKind(
        "transposed",
        "Transposed",
        ConvTransposeSpec,
        (*_WEIGHTS, "opad", "way"),
        weighs=True,
        window="kernel",
        pads=False,
    ),
)

_BY_NAME = {row.name: row for row in _WEIGHING}
_BY_SPEC = {row.spec: row for row in _WEIGHING}


def layer_kinds() -> tuple[str, ...]:
    """The names of all layers in links; those of the poolings are the rows of their own table."""
    return (*_BY_NAME, *POOL_KINDS)


def kind_named(name: str) -> LayerKind:
    """The row of a layer; KeyError for a name that no layer has."""
    return _BY_NAME[name] if name in _BY_NAME else _pooling(name)


def kind_of(layer: LayerSpec) -> LayerKind:
    """The row of a layer of the kernels."""
    return _pooling(layer.kind) if isinstance(layer, PoolSpec) else _BY_SPEC[type(layer)]
