"""A network as PyTorch code: nn.Sequential for a chain, else a Module with its forward."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kernels.errors import ShapeError
from kernels.layers.geometry import Axis, Pair
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.layers.transposed import TransposedAxis
from kernels.networks.code.written import each, identifiers, is_chain, runs, shape_words
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
    Layer,
    Linear,
    LocalResponseNorm,
    Shape,
    ZeroPad,
    layer_kind,
)
from kernels.networks.network import INPUT, Network, Node
from kernels.networks.summary import summarise, totals

ACTIVATIONS = {
    "relu": "nn.ReLU()",
    "relu6": "nn.ReLU6()",
    "leaky relu": "nn.LeakyReLU()",
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "softmax": "nn.Softmax(dim=1)",
}

TAKEN = (
    "add_module", "apply", "bfloat16", "buffers", "children", "compile", "cpu", "cuda", "double",
    "eval", "extra_repr", "float", "forward", "half", "ipu", "modules", "mtia", "nn", "parameters",
    "self", "to", "torch", "train", "training", "type", "x", "xpu",
)  # fmt: skip
"""Names that a torch.nn.Module has already, or that the listing uses itself."""


def torch_code(network: Network) -> str:
    """Write a network in PyTorch.

    >>> from kernels.networks.notation import read_network
    >>> print(torch_code(read_network("1x28x28;c6k5p2;tanh;a2;flat;l10")))
    import torch
    from torch import nn
    <BLANKLINE>
    model = nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5, padding=2),  # 6 × 28 × 28
        nn.Tanh(),
        nn.AvgPool2d(2),  # 6 × 14 × 14
        nn.Flatten(),  # 1,176
        nn.Linear(1176, 10),  # 10
    )
    model.eval()  # as after training: dropout drops nothing
    print(sum(p.numel() for p in model.parameters()))  # 11926
    print(model(torch.zeros(1, 1, 28, 28)).shape)  # torch.Size([1, 10])
    <BLANKLINE>

    Raises ShapeError with one sentence for a layer that PyTorch has not, or that does not fit.
    """
    rows = summarise(network)
    shapes = {INPUT: network.input_shape} | {row.name: row.shape for row in rows}
    lines = ["import torch", "from torch import nn", ""]
    if is_chain(network):
        lines += ["model = nn.Sequential(", *_modules(network.nodes, shapes, "    "), ")"]
    else:
        lines += ["", *_module_class(network, shapes), "", "", "model = Net()"]
    size = ", ".join(map(str, (1, *network.input_shape)))
    return "\n".join(
        [
            *lines,
            "model.eval()  # as after training: dropout drops nothing",
            f"print(sum(p.numel() for p in model.parameters()))  # {totals(rows).parameters}",
            f"print(model(torch.zeros({size})).shape)  # torch.Size({[1, *rows[-1].shape]})",
            "",
        ]
    )


def _module_class(network: Network, shapes: dict[str, Shape]) -> Iterator[str]:
    found = runs(network)
    names = identifiers((node.name for node in network.nodes), TAKEN) | {INPUT: "x"}
    yield "class Net(nn.Module):"
    yield "    def __init__(self):"
    yield "        super().__init__()"
    for run in found:
        if not isinstance(run[0].layer, Add | Concatenate):
            yield from _attribute(names[run[0].name], run, shapes)
    yield ""
    yield "    def forward(self, x):"
    for run in found:
        first, last = run[0], run[-1]
        inputs = [names[source] for source in first.inputs]
        match first.layer:
            case Add():
                made = " + ".join(inputs)
            case Concatenate():
                made = f"torch.cat([{', '.join(inputs)}], dim=1)"
            case _:
                made = f"self.{names[first.name]}({inputs[0]})"
        yield f"        {names[last.name]} = {made}"
    yield f"        return {names[network.nodes[-1].name]}"


def _attribute(name: str, run: Sequence[Node], shapes: dict[str, Shape]) -> Iterator[str]:
    lines = list(_modules(run, shapes, "            "))
    if len(lines) == 1:
        call, _, comment = lines[0].strip().partition(",  # ")
        yield f"        self.{name} = {call.removesuffix(',')}{'  # ' * bool(comment)}{comment}"
    else:
        yield f"        self.{name} = nn.Sequential("
        yield from lines
        yield "        )"


def _modules(nodes: Sequence[Node], shapes: dict[str, Shape], indent: str) -> Iterator[str]:
    """One line a module; a comment where the shape becomes another."""
    for node in nodes:
        before, after = shapes[node.inputs[0]], shapes[node.name]
        *calls, last = torch_modules(node.name, node.layer, before)
        yield from (f"{indent}{call}," for call in calls)
        yield f"{indent}{last}," + (f"  # {shape_words(after)}" if before != after else "")


def torch_modules(name: str, layer: Layer, shape: Shape) -> list[str]:
    """A layer as calls of torch.nn, one after the other; shape: of what comes in.

    >>> torch_modules("conv1", ConvSpec(3, 8, 3, 2, "same_upper"), (3, 8, 8))
    ['nn.ConstantPad2d((0, 1, 0, 1), 0.0)', 'nn.Conv2d(3, 8, kernel_size=3, stride=2)']
    """
    rank = len(shape) - 1
    match layer:
        case ConvSpec():
            return _conv(name, layer, layer.axes(shape[1:]))
        case ConvTransposeSpec():
            return _transposed(layer, layer.axes(shape[1:]))
        case PoolSpec():
            return _pool(name, layer, layer.axes(shape[1:]))
        case Activation():
            return [ACTIVATIONS[layer.name]]
        case BatchNorm():
            return [f"nn.BatchNorm{rank or 1}d({layer.channels})"]
        case InstanceNorm():
            affine = ", affine=True" if layer.affine else ""
            return [f"nn.InstanceNorm{rank or 1}d({layer.channels}{affine})"]
        case LocalResponseNorm():
            return [f"nn.LocalResponseNorm({layer.size})"]
        case Dropout():
            return ["nn.Dropout()" if layer.p == 0.5 else f"nn.Dropout({layer.p})"]
        case Flatten():
            return ["nn.Flatten()"]
        case Linear():
            bias = "" if layer.bias else ", bias=False"
            return [f"nn.Linear({layer.in_features}, {layer.out_features}{bias})"]
        case AdaptiveAvgPool():
            return [f"nn.AdaptiveAvgPool{rank}d({layer.output_size})"]
        case Crop():
            # Negative padding crops.
            return [_pad_call("ZeroPad", 2, [(-a, -b) for a, b in layer.cells])]
        case ZeroPad():
            return [_pad_call("ZeroPad", 2, layer.cells)]
    raise TypeError(f"{layer!r} is not a layer that reads one input")


def _conv(name: str, layer: ConvSpec, axes: Sequence[Axis]) -> list[str]:
    pairs = [(axis.before, axis.after) for axis in axes]
    mode = PADDING_MODES[layer.padding_mode]
    padded = any(map(any, pairs))
    apart = padded and (any(a != b for a, b in pairs) or mode.takes_value)
    if layer.padding == "same" and not mode.takes_value:
        apart = False  # torch has this word, and puts the odd cell where we do
    if padded and (mode.torch is None or (apart and mode.torch_pad is None)):
        raise _none(name, layer, f"it does not pad by {mode.name}")
    calls, arguments = [], [f"kernel_size={each(layer.kernel_size)}", *_strides(layer)]
    if apart:
        assert mode.torch_pad is not None
        value = [] if mode.copies else [str(layer.padding_value)]
        calls.append(_pad_call(mode.torch_pad, layer.rank, pairs, *value))
    elif layer.padding in ("same", "valid"):
        arguments.append(f'padding="{layer.padding}"')
    elif padded:
        arguments.append(f"padding={each([before for before, _ in pairs])}")
    arguments += _dilation(layer) + _groups_and_bias(layer)
    if mode.copies and padded and not apart:
        arguments.append(f'padding_mode="{mode.torch}"')
    head = f"nn.Conv{layer.rank}d({layer.in_channels}, {layer.out_channels}, "
    return [*calls, head + ", ".join(arguments) + ")"]


def _transposed(layer: ConvTransposeSpec, axes: Sequence[TransposedAxis]) -> list[str]:
    pairs = [(axis.before, axis.after) for axis in axes]
    uneven = any(a != b for a, b in pairs)
    arguments = [f"kernel_size={each(layer.kernel_size)}", *_strides(layer)]
    if any(map(any, pairs)) and not uneven:
        arguments.append(f"padding={each([before for before, _ in pairs])}")
    if any(layer.output_padding):
        arguments.append(f"output_padding={each(layer.output_padding)}")
    arguments += _groups_and_bias(layer) + _dilation(layer)
    head = f"nn.ConvTranspose{layer.rank}d({layer.in_channels}, {layer.out_channels}, "
    cropped = [(-a, -b) for a, b in pairs]
    crop = [_pad_call("ConstantPad", layer.rank, cropped, "0.0")] if uneven else []
    return [head + ", ".join(arguments) + ")", *crop]


def _pool(name: str, layer: PoolSpec, axes: Sequence[Axis]) -> list[str]:
    kind = POOL_KINDS[layer.kind]
    pairs: list[Pair] = [(axis.before, axis.after) for axis in axes]
    uneven = any(a != b for a, b in pairs)
    dilated = any(d > 1 and k > 1 for d, k in zip(layer.dilation, layer.kernel_size, strict=True))
    if kind.code.torch is None or kind.code.before:
        raise _none(name, layer, f"it has no {kind.title.lower()} pooling of this kind")
    if dilated and not kind.code.torch_dilates:
        raise _none(name, layer, "its average pooling has no dilation")
    if layer.divisor_override is not None and layer.rank == 1:
        raise _none(name, layer, "nn.AvgPool1d takes no divisor of its own")
    if uneven and kind.takes_divisor and (not layer.count_include_pad or layer.ceil_mode):
        raise _none(name, layer, "its average pooling pads both ends alike")
    calls, arguments, ceil_mode = [], [each(layer.kernel_size)], layer.ceil_mode
    if layer.stride != layer.kernel_size:
        arguments += _strides(layer, always=True)
    if uneven:
        # A cell of minus infinity more never wins: the overhang can be padded too.
        value = "0.0" if kind.takes_divisor else '-float("inf")'
        ends = [(axis.before, axis.after + axis.overhang) for axis in axes]
        calls.append(_pad_call("ConstantPad", layer.rank, ends, value))
        ceil_mode = False
    elif any(map(any, pairs)):
        arguments.append(f"padding={each([before for before, _ in pairs])}")
    arguments += _dilation(layer) if dilated else []
    arguments += ["ceil_mode=True"] if ceil_mode else []
    arguments += (
        [] if layer.count_include_pad or not kind.takes_divisor else ["count_include_pad=False"]
    )
    if layer.divisor_override is not None and kind.takes_divisor:
        arguments.append(f"divisor_override={layer.divisor_override}")
    begun = kind.code.torch.partition("2d")[0]
    return [*calls, f"nn.{begun}{layer.rank}d({', '.join(arguments)})"]


def _none(name: str, layer: Layer, why: str) -> ShapeError:
    return ShapeError(f"PyTorch has no layer like {name!r} ({layer_kind(layer)}): {why}.")


def _pad_call(name: str, rank: int, pairs: Sequence[Pair], *value: str) -> str:
    """A padding layer: torch has the last axis first, and one number where all are alike."""
    cells = [n for pair in reversed(list(pairs)) for n in pair]
    given = str(cells[0]) if len(set(cells)) == 1 else str(tuple(cells))
    return f"nn.{name}{rank}d({', '.join([given, *value])})"


def _strides(layer: ConvSpec | ConvTransposeSpec | PoolSpec, always: bool = False) -> list[str]:
    return [f"stride={each(layer.stride)}"] if always or any(s != 1 for s in layer.stride) else []


def _dilation(layer: ConvSpec | ConvTransposeSpec | PoolSpec) -> list[str]:
    return [f"dilation={each(layer.dilation)}"] if any(d != 1 for d in layer.dilation) else []


def _groups_and_bias(layer: ConvSpec | ConvTransposeSpec) -> list[str]:
    groups = [f"groups={layer.groups}"] if layer.groups > 1 else []
    return groups if layer.bias else [*groups, "bias=False"]
