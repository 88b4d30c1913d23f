"""A network as Keras code: Sequential for a chain, else the functional API; channels stand last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis, Pair, padding_pair
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.layers.transposed import TransposedAxis
from kernels.networks.code.written import each, identifiers, is_chain, shape_words
from kernels.networks.layers import (
    Activation,
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Concatenate,
    Crop,
    Dropout,
    Flatten,
    InstanceNorm,
    Linear,
    LocalResponseNorm,
    Shape,
    ZeroPad,
    layer_kind,
)
from kernels.networks.network import INPUT, Network, Node
from kernels.networks.summary import summarise, totals

ACTIVATIONS = {
    "relu": "layers.ReLU()",
    "relu6": "layers.ReLU(max_value=6)",
    "leaky relu": "layers.LeakyReLU(negative_slope=0.01)",
    "sigmoid": 'layers.Activation("sigmoid")',
    "tanh": 'layers.Activation("tanh")',
    "softmax": "layers.Softmax()",
}
NEVER_NEGATIVE = ("relu", "relu6", "sigmoid", "softmax")


def keras_code(network: Network) -> str:
    """Write a network in Keras.

    >>> from kernels.networks.notation import read_network
    >>> print(keras_code(read_network("1x28x28;c6k5p2;tanh;a2;flat;l10")))
    import math
    <BLANKLINE>
    import keras
    from keras import layers
    <BLANKLINE>
    model = keras.Sequential([
        keras.Input((28, 28, 1)),  # the channels stand last
        layers.Conv2D(6, 5, padding="same"),  # 6 × 28 × 28
        layers.Activation("tanh"),
        layers.AveragePooling2D(2),  # 6 × 14 × 14
        layers.Flatten(),  # 1,176
        layers.Dense(10),  # 10
    ])
    print(sum(math.prod(w.shape) for w in model.trainable_weights))  # 11926
    print(model.output_shape)  # (None, 10)
    <BLANKLINE>

    Raises ShapeError with one sentence for a layer that Keras has not, or that does not fit.
    """
    rows = summarise(network)
    shapes = {INPUT: network.input_shape} | {row.name: row.shape for row in rows}
    positive = _never_negative(network)
    calls = {
        node.name: keras_layers(node, shapes[node.inputs[0]], node.inputs[0] in positive)
        for node in network.nodes
    }
    lines = ["import math", "", "import keras", "from keras import layers", ""]
    size = _last(network.input_shape)
    if is_chain(network):
        lines += ["model = keras.Sequential(["]
        lines += [f"    keras.Input({size}),  # the channels stand last"]
        for node in network.nodes:
            *more, last = [f"    {call}," for call in calls[node.name]]
            lines += [*more, last + _comment(shapes[node.inputs[0]], shapes[node.name])]
        lines += ["])"]
    else:
        lines += _functional(network, shapes, calls, size)
    counted = "sum(math.prod(w.shape) for w in model.trainable_weights)"
    lines += [
        f"print({counted})  # {totals(rows).parameters}",
        f"print(model.output_shape)  # {('None', *_last(rows[-1].shape))}".replace("'", ""),
        "",
    ]
    return "\n".join(lines)


def _functional(
    network: Network, shapes: dict[str, Shape], calls: dict[str, list[str]], size: Shape
) -> Iterator[str]:
    names = identifiers(
        (node.name for node in network.nodes), ("inputs", "keras", "layers", "math", "model")
    )
    names |= {INPUT: "inputs"}
    yield f"inputs = keras.Input({size})  # the channels stand last"
    for node in network.nodes:
        made, source = names[node.name], names[node.inputs[0]]
        comment = _comment(shapes[node.inputs[0]], shapes[node.name])
        if isinstance(node.layer, Add | Concatenate):
            source = f"[{', '.join(names[one] for one in node.inputs)}]"
        *first, last = calls[node.name]
        for call in first:
            yield f"{made} = {call}({source})"
            source = made
        yield f"{made} = {last}({source}){comment}"
    yield f"model = keras.Model(inputs, {names[network.nodes[-1].name]})"


def _last(shape: Shape) -> Shape:
    """A shape with the channels last."""
    return (*shape[1:], shape[0])


def _comment(before: Shape, after: Shape) -> str:
    return "" if before == after else f"  # {shape_words(after)}"


def keras_layers(node: Node, shape: Shape, not_negative: bool = False) -> list[str]:
    """A layer as calls of keras.layers, one after the other; shape: of what comes in.

    >>> keras_layers(Node("conv1", ConvSpec(3, 8, 3, 2, 1), "input"), (3, 8, 8))
    ['layers.ZeroPadding2D(1)', 'layers.Conv2D(8, 3, strides=2)']

    not_negative: whether no number below 0 comes in, so that zeros around it win no maximum.
    """
    layer, rank = node.layer, len(shape) - 1
    match layer:
        case ConvSpec():
            return _conv(node, layer, layer.axes(shape[1:]))
        case ConvTransposeSpec():
            return _transposed(node, layer, layer.axes(shape[1:]))
        case PoolSpec():
            return _pool(node, layer, layer.axes(shape[1:]), not_negative)
        case Activation():
            return [ACTIVATIONS[layer.name]]
        case BatchNorm():
            return ["layers.BatchNormalization(epsilon=1e-5)"]
        case InstanceNorm():
            learned = "" if layer.affine else ", center=False, scale=False"
            return [f"layers.GroupNormalization({layer.channels}, epsilon=1e-5{learned})"]
        case LocalResponseNorm():
            raise _none(node, "it has no such norm")
        case Dropout():
            return [f"layers.Dropout({layer.p})"]
        case Flatten():
            return ["layers.Flatten()"]
        case Linear():
            bias = "" if layer.bias else ", use_bias=False"
            return [f"layers.Dense({layer.out_features}{bias})"]
        case AdaptiveAvgPool():
            return _adaptive(node, layer, shape)
        case Crop():
            return [f"layers.Cropping{rank}D({_ends(layer.cells)})"]
        case ZeroPad():
            return [f"layers.ZeroPadding{rank}D({_ends(layer.cells)})"]
        case Add():
            return ["layers.Add()"]
        case Concatenate():
            return ["layers.Concatenate()"]


def _conv(node: Node, layer: ConvSpec, axes: Sequence[Axis]) -> list[str]:
    mode = PADDING_MODES[layer.padding_mode]
    pairs = [(axis.before, axis.after) for axis in axes]
    padded = any(map(any, pairs))
    if padded and (mode.copies or layer.padding_value != 0):
        raise _none(node, f"Conv{layer.rank}D pads with zeros only, not by {mode.name}")
    if max(layer.stride) > 1 and max(layer.dilation) > 1:
        raise _none(node, f"Conv{layer.rank}D takes a stride or a dilation above 1, not both")
    same = padded and pairs == [_same(axis) for axis in axes]
    arguments = [str(layer.out_channels), each(layer.kernel_size), *_strides(layer)]
    arguments += ['padding="same"'] if same else []
    arguments += [f"dilation_rate={each(layer.dilation)}"] if max(layer.dilation) > 1 else []
    arguments += [f"groups={layer.groups}"] if layer.groups > 1 else []
    arguments += [] if layer.bias else ["use_bias=False"]
    pad = [f"layers.ZeroPadding{layer.rank}D({_ends(pairs)})"] if padded and not same else []
    return [*pad, f"layers.Conv{layer.rank}D({', '.join(arguments)})"]


def _transposed(node: Node, layer: ConvTransposeSpec, axes: Sequence[TransposedAxis]) -> list[str]:
    name = f"Conv{layer.rank}DTranspose"
    if layer.groups > 1:
        raise _none(node, f"{name} has no groups")
    if max(layer.stride) > 1 and max(layer.dilation) > 1:
        raise _none(node, f"{name} takes a stride or a dilation above 1, not both")
    # Unpadded, Keras makes at least one stride of cells for each input.
    made = [axis.input * axis.stride + max(axis.effective_kernel - axis.stride, 0) for axis in axes]
    crops = [(a.before, n - a.before - a.output) for a, n in zip(axes, made, strict=True)]
    if min(after for _, after in crops) < 0:
        raise _none(node, f"{name} makes no cells beyond its kernels'")
    arguments = [str(layer.out_channels), each(layer.kernel_size), *_strides(layer)]
    arguments += [f"dilation_rate={each(layer.dilation)}"] if max(layer.dilation) > 1 else []
    arguments += [] if layer.bias else ["use_bias=False"]
    crop = [f"layers.Cropping{layer.rank}D({_ends(crops)})"] if any(map(any, crops)) else []
    return [f"layers.{name}({', '.join(arguments)})", *crop]


def _pool(node: Node, layer: PoolSpec, axes: Sequence[Axis], not_negative: bool) -> list[str]:
    kind = POOL_KINDS[layer.kind]
    if kind.code.keras is None or kind.code.before:
        raise _none(node, f"it has no {kind.title.lower()} pooling")
    if any(d > 1 and k > 1 for d, k in zip(layer.dilation, layer.kernel_size, strict=True)):
        raise _none(node, "its pooling has no dilation")
    if layer.divisor_override is not None and kind.takes_divisor:
        raise _none(node, "its average pooling takes no divisor of its own")
    ends = [(axis.before, axis.after + axis.overhang) for axis in axes]
    padded, hangs = any(map(any, ends)), any(axis.overhang for axis in axes)
    averaged = kind.takes_divisor
    same = padded and ends == [_same(axis) for axis in axes]
    calls, word = [], ""
    if same and not (averaged and layer.count_include_pad and any(map(any, _inner(axes)))):
        word = ', padding="same"'
    elif padded and averaged and (hangs or not layer.count_include_pad):
        raise _none(node, 'its average pooling leaves out padding only with padding="same"')
    elif padded and not averaged and not not_negative:
        raise _none(node, "zeros around negative numbers would win its maximum")
    elif padded:
        calls.append(f"layers.ZeroPadding{layer.rank}D({_ends(ends)})")
    strides = "" if layer.stride == layer.kernel_size else f", strides={each(layer.stride)}"
    name = kind.code.keras.partition("2D")[0]
    return [*calls, f"layers.{name}{layer.rank}D({each(layer.kernel_size)}{strides}{word})"]


def _inner(axes: Sequence[Axis]) -> list[Pair]:
    return [(axis.before, axis.after) for axis in axes]


def _adaptive(node: Node, layer: AdaptiveAvgPool, shape: Shape) -> list[str]:
    rank, size = len(shape) - 1, shape[1:]
    if layer.output_size == 1:
        return [f"layers.GlobalAveragePooling{rank}D(keepdims=True)"]
    if any(n % layer.output_size for n in size):
        raise _none(node, f"its average pooling has windows of one size, and {size} is not a "
                          f"multiple of {layer.output_size}")  # fmt: skip
    return [f"layers.AveragePooling{rank}D({each([n // layer.output_size for n in size])})"]


def _never_negative(network: Network) -> set[str]:
    """The nodes that give no number below 0, whatever comes in."""
    found: set[str] = set()
    for node in network.nodes:
        match node.layer:
            case Activation(name=kind) if kind in NEVER_NEGATIVE:
                found.add(node.name)
            case PoolSpec() | Dropout() | Flatten() | LocalResponseNorm() | Add() | Concatenate():
                found |= {node.name} if found.issuperset(node.inputs) else set()
    return found


def _none(node: Node, why: str) -> ShapeError:
    return ShapeError(f"Keras has no layer like {node.name!r} ({layer_kind(node.layer)}): {why}.")


def _strides(layer: ConvSpec | ConvTransposeSpec) -> list[str]:
    return [f"strides={each(layer.stride)}"] if max(layer.stride) > 1 else []


def _ends(pairs: Sequence[Pair]) -> str:
    """Cells at the ends of the axes as Keras takes them: one number where all are alike."""
    cells = {n for pair in pairs for n in pair}
    if len(cells) == 1:
        return str(cells.pop())
    return str(tuple(pairs[0])) if len(pairs) == 1 else str(tuple(map(tuple, pairs)))


def _same(axis: Axis) -> Pair:
    return padding_pair("same_upper", axis.input, axis.kernel, axis.stride, axis.dilation)
