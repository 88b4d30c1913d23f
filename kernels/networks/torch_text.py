"""PyTorch or Keras code as it is pasted, read as text and never run: a Sequential, a Module.

>>> network, said = read_torch("nn.Conv2d(1, 6, 5), nn.ReLU(), nn.GELU()", (1, 28, 28))
>>> [node.name for node in network.nodes], said
(['conv1', 'relu1'], ('nn.GELU is not known here and was left out.',))
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Sequence
from typing import Any

from kernels.errors import ShapeError
from kernels.networks.code.calls import dotted
from kernels.networks.code.keras_layers import WRITTEN
from kernels.networks.code.models import follow, follows, model_of, with_class
from kernels.networks.code.modules import layers_in
from kernels.networks.code.plain_values import LARGEST
from kernels.networks.code.torch_forward import Unfollowed
from kernels.networks.code.torch_run import Values
from kernels.networks.graph_writer import GraphWriter, Item
from kernels.networks.layers import Shape
from kernels.networks.network import INPUT, Network
from kernels.networks.shapes import shapes_until_misfit
from kernels.reading.notation import NotationError

_FUNCTIONAL = (
    "Keras's functional style, layers.Conv2D(...)(x), is not followed here; paste a Sequential or "
    "a list of layers."
)
LONGEST_TEXT = 40_000
MOST_LAYERS = 2000
USUAL_SIZES = (32, 28, 224, 64, 227, 96, 128, 256, 299)
"""Rows and columns of an input that nobody has said, as of CIFAR-10, MNIST, ImageNet."""

_QUOTES = str.maketrans("“”„‘’", '"""\'\'')
_PRINTED = re.compile(r"^(\s*)\((\w+)\): ", re.MULTILINE)
_MAKES_INPUT = ("torch.zeros", "torch.ones", "torch.rand", "torch.randn", "torch.empty")
_NO_LAYER = (
    "There is no layer of PyTorch or Keras in this text; paste for example nn.Conv2d(1, 6, 5)."
)


def read_torch(text: str, input_shape: Shape) -> tuple[Network, tuple[str, ...]]:
    """Read a network out of pasted PyTorch or Keras code, and say what was left out or assumed.

    >>> lenet = '''
    ... self.conv1 = nn.Conv2d(1, 6, kernel_size=5, padding=2)
    ... self.pool = nn.MaxPool2d(2)
    ... '''
    >>> network, said = read_torch(lenet, (3, 28, 28))
    >>> [node.name for node in network.nodes], network.input_shape, said
    (['conv1', 'pool'], (1, 28, 28), ('The input has 1 channel, as conv1 takes.',))

    text: an nn.Sequential, a list or lines of layers, attributes of self, a Module whose forward is
    followed, what print(model) writes, or Keras's Sequential. input_shape: of the
    input, unless the text makes one, as torch.zeros(1, 3, 224, 224) does; its channels become those
    that the first layer takes, its size a usual one where the layers fit on that alone. Raises
    NotationError with one sentence for what cannot be read.
    """
    tree = _parsed(text)
    keras = bool(WRITTEN.search(text)) and "nn." not in text
    try:
        network, said, given = _with_input(tree, keras, input_shape)
        if not given and shapes_until_misfit(network)[1]:
            return _with_usual_size(tree, keras, network) or (network, said)
        return network, said
    except RecursionError:
        raise NotationError("This text is nested too deeply to be read.") from None


def _with_input(
    tree: ast.Module, keras: bool, shape: Shape
) -> tuple[Network, tuple[str, ...], bool]:
    """The network on this input, or on the one that the text makes; and whether it makes one."""
    values = Values(keras=keras)
    values.run(with_class(tree.body))
    model = model_of(values)
    if keras and not layers_in(model):
        raise NotationError(_FUNCTIONAL)
    if not values.found:
        raise NotationError(_NO_LAYER)
    made = input_made(tree) or values.input_shape
    return *_read(values, model, made or shape, given=made is not None), made is not None


def _with_usual_size(
    tree: ast.Module, keras: bool, network: Network
) -> tuple[Network, tuple[str, ...]] | None:
    """The network on the first usual size of input on which every layer fits, if there is one."""
    channels, *size = network.input_shape
    for side in USUAL_SIZES if size else ():
        shape = (channels, *[side] * len(size))
        other, said, _ = _with_input(tree, keras, shape)
        if not shapes_until_misfit(other)[1]:
            words = "×".join(map(str, shape))
            return other, (*said, f"The input is taken as {words}, on which every layer fits.")
    return None


def input_made(tree: ast.Module) -> Shape | None:
    """The shape of the input that a text makes to try its model, without the batch.

    >>> input_made(ast.parse("print(model(torch.zeros(1, 3, 224, 224)).shape)"))
    (3, 224, 224)
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and dotted(node.func) in _MAKES_INPUT:
            given = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
            sizes = [n for n in given if type(n) is int and 0 < n < LARGEST]
            if len(sizes) == len(given) and 2 <= len(sizes) <= 5:
                return tuple(sizes[1:])
    return None


def _read(values: Values, model: Any, shape: Shape, given: bool) -> tuple[Network, tuple[str, ...]]:
    """The network that a module or a row of layers makes of an input."""
    layers = layers_in(model)
    if follows(model):
        said = list(values.said)
        shape_taken, more = _fitting_input(layers[:1], shape, given)
        writer = GraphWriter(shape_taken, MOST_LAYERS)
        try:
            follow(values, model, writer)
            return _network(writer), tuple(dict.fromkeys([*values.said, *more, *writer.said]))
        except Unfollowed as stop:
            values.said[:] = [
                *said,
                f"forward is not followed from line {stop.line} on; the layers stand in the order "
                "in which they are made.",
            ]
    shape, said = _fitting_input(layers, shape, given)
    writer = GraphWriter(shape, MOST_LAYERS)
    writer.row(layers, INPUT)
    return _network(writer), tuple(dict.fromkeys([*values.said, *said, *writer.said]))


def _network(writer: GraphWriter) -> Network:
    if not writer.nodes:
        raise NotationError(_NO_LAYER)
    try:
        return Network(writer.shape, tuple(writer.nodes))
    except ShapeError as error:
        raise NotationError(" ".join(error.faults)) from None


def _fitting_input(layers: Sequence[Item], shape: Shape, given: bool) -> tuple[Shape, list[str]]:
    """The input's shape with as many channels and axes as the first layer takes."""
    probe = GraphWriter(shape, MOST_LAYERS)
    probe.row(layers[:1], INPUT)
    if given or not probe.nodes:
        return shape, []
    layer, name = probe.nodes[0].layer, probe.nodes[0].name
    taken = getattr(layer, "in_channels", None)
    if taken is None and hasattr(layer, "in_features") and len(shape) == 1:
        return (layer.in_features,), []
    if taken is None:
        return shape, []
    if len(shape) == 1:
        sized = (taken, *(USUAL_SIZES[0],) * layer.rank)  # type: ignore[union-attr]
        words = "×".join(map(str, sized))
        return sized, [f"The input is taken as {words}; another size may be meant."]
    size = (*shape[1:], *[shape[-1]] * layer.rank)[: layer.rank]  # type: ignore[union-attr]
    if (taken, *size) == shape:
        return shape, []
    unit = "channel" if taken == 1 else "channels"
    return (taken, *size), [f"The input has {taken} {unit}, as {name} takes."]


def _parsed(text: str) -> ast.Module:
    """The text as Python's syntax tree: whole, as the items of a list, or as a model is printed."""
    if len(text) > LONGEST_TEXT:
        raise NotationError(
            f"The text has {len(text):,} characters; paste at most {LONGEST_TEXT:,}."
        )
    # A notebook's commands are not Python; a word processor makes quotation marks of its own.
    plain = re.sub(r"^\s*[%!].*$", "", text.translate(_QUOTES), flags=re.MULTILINE)
    plain = textwrap.dedent(re.sub(r"^(>>>|\.\.\.) ?", "", plain, flags=re.MULTILINE)).strip()
    tries = [plain, f"[\n{plain.rstrip(',')}\n]", _with_self(plain)]
    if _PRINTED.search(plain):
        tries.insert(0, _as_calls(plain))
    first: SyntaxError | None = None
    for attempt in tries:
        try:
            return ast.parse(attempt)
        except SyntaxError as error:
            first = first or error
        except (ValueError, RecursionError, MemoryError):
            raise NotationError("This text cannot be read as Python code.") from None
    line = f" in line {first.lineno}" if first is not None and first.lineno else ""
    raise NotationError(
        f"This is not Python code{line}; paste nn.Sequential(...) or lines such as nn.Conv2d(1, 6, "
        "5), whole, with all brackets."
    )


def _with_self(text: str) -> str:
    """Lines cut out of a class at different depths, each brought to the left."""
    return "\n".join(line.strip() for line in text.splitlines())


def _as_calls(text: str) -> str:
    """What print(model) writes, as calls: `(conv1): Conv2d(...)` becomes `n_conv1=Conv2d(...),`."""
    named = _PRINTED.sub(r"\1n_\2=", text)
    return re.sub(r"(?<![(,])$", ",", named, flags=re.MULTILINE).rstrip(",\n ")
