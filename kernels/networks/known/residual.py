"""Networks with shortcuts: ResNet and MobileNet v2 add them, DenseNet stacks them."""

from __future__ import annotations

from typing import Literal

from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.networks.known.building_blocks import classifier, conv_norm
from kernels.networks.layers import Activation, Add, BatchNorm, Concatenate, Layer
from kernels.networks.network import INPUT, Network, Node, chain

RESNET_STAGES = {
    18: (2, 2, 2, 2),
    34: (3, 4, 6, 3),
    50: (3, 4, 6, 3),
    101: (3, 4, 23, 3),
    152: (3, 8, 36, 3),
}
Nodes = tuple[Node, ...]


def resnet(depth: int, stride_on: Literal["3x3", "1x1"] = "3x3", shortcuts: bool = True) -> Network:
    """ResNet of 18, 34, 50, 101 or 152 layers with weights.

    stride_on: which convolution of a bottleneck halves the map (50 layers and more): the 3x3, as in
    torchvision, or the 1x1 before it, as in the first release. The parameters are the same; the
    second sees more of the picture (ResNet-50: 483, not 427) and costs 6 % less. shortcuts: without
    them it is the plain network that the paper compares with.
    """
    nodes = _stem()
    channels = 64
    for stage, count in enumerate(RESNET_STAGES[depth], start=1):
        width = 64 * 2 ** (stage - 1)
        out = width if depth < 50 else 4 * width
        for n in range(1, count + 1):
            stride = 2 if n == 1 and stage > 1 else 1
            name, source = f"stage{stage}.block{n}", nodes[-1].name
            if depth < 50:
                body = _basic(name, channels, width, stride)
            else:
                body = _bottleneck(name, channels, width, stride, stride_on)
            if shortcuts:
                nodes += residual_block(name, source, body, (channels, out), stride)
            else:
                nodes += chain(source, {**body, f"{name}.relu": Activation("relu")})
            channels = out
    return Network((3, 224, 224), nodes + classifier(nodes[-1].name, channels))


def _stem() -> Nodes:
    """What ResNet and DenseNet begin with: a 7x7 convolution and a max pooling, both by 2."""
    layers = conv_norm("conv1", ConvSpec(3, 64, 7, stride=2, padding=3, bias=False))
    return chain(INPUT, {**layers, "pool1": PoolSpec(3, stride=2, padding=1)})


def residual_block(
    name: str, source: str, body: dict[str, Layer], channels: tuple[int, int], stride: int
) -> Nodes:
    """A body whose output is added to its input; a 1x1 convolution where their shapes differ."""
    nodes, shortcut = chain(source, body), source
    result = nodes[-1].name
    if stride != 1 or channels[0] != channels[1]:
        projection = ConvSpec(*channels, 1, stride=stride, bias=False)
        nodes += chain(source, conv_norm(f"{name}.shortcut", projection, activation=None))
        shortcut = nodes[-1].name
    return (
        *nodes,
        Node(f"{name}.add", Add(), (result, shortcut)),
        Node(f"{name}.relu", Activation("relu"), (f"{name}.add",)),
    )


def _basic(name: str, channels: int, width: int, stride: int) -> dict[str, Layer]:
    first = ConvSpec(channels, width, 3, stride=stride, padding=1, bias=False)
    second = ConvSpec(width, width, 3, padding=1, bias=False)
    return {**conv_norm(f"{name}.conv1", first), **conv_norm(f"{name}.conv2", second, None)}


def _bottleneck(
    name: str, channels: int, width: int, stride: int, stride_on: str
) -> dict[str, Layer]:
    strides = (stride, 1) if stride_on == "1x1" else (1, stride)
    return {
        **conv_norm(f"{name}.conv1", ConvSpec(channels, width, 1, strides[0], bias=False)),
        **conv_norm(f"{name}.conv2", ConvSpec(width, width, 3, strides[1], 1, bias=False)),
        **conv_norm(f"{name}.conv3", ConvSpec(width, 4 * width, 1, bias=False), None),
    }


MOBILENET_V2_STAGES = (
    # expansion, channels, blocks, stride of the first
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def mobilenet_v2() -> Network:
    """MobileNet v2: blocks that widen, filter each channel alone, and narrow again."""
    nodes = chain(
        INPUT, conv_norm("conv1", ConvSpec(3, 32, 3, stride=2, padding=1, bias=False), "relu6")
    )
    channels = 32
    for stage, (expansion, width, count, first_stride) in enumerate(MOBILENET_V2_STAGES, start=1):
        for n in range(1, count + 1):
            name, source = f"stage{stage}.block{n}", nodes[-1].name
            stride = first_stride if n == 1 else 1
            nodes += chain(source, _inverted(name, channels, width, expansion, stride))
            if stride == 1 and channels == width:
                nodes += (Node(f"{name}.add", Add(), (nodes[-1].name, source)),)
            channels = width
    nodes += chain(nodes[-1].name, conv_norm("conv2", ConvSpec(320, 1280, 1, bias=False), "relu6"))
    return Network((3, 224, 224), nodes + classifier(nodes[-1].name, 1280, dropout=0.2))


def _inverted(
    name: str, channels: int, width: int, expansion: int, stride: int
) -> dict[str, Layer]:
    wide = expansion * channels
    layers: dict[str, Layer] = {}
    if expansion != 1:
        layers |= conv_norm(f"{name}.expand", ConvSpec(channels, wide, 1, bias=False), "relu6")
    each = ConvSpec(wide, wide, 3, stride=stride, padding=1, groups=wide, bias=False)
    narrow = ConvSpec(wide, width, 1, bias=False)
    return {
        **layers,
        **conv_norm(f"{name}.depthwise", each, "relu6"),
        **conv_norm(f"{name}.project", narrow, None),
    }


def densenet_121(growth: int = 32) -> Network:
    """DenseNet-121: every layer reads all maps before it in its block and adds `growth` more."""
    nodes = _stem()
    channels = 64
    for stage, count in enumerate((6, 12, 24, 16), start=1):
        for n in range(1, count + 1):
            name, source = f"block{stage}.layer{n}", nodes[-1].name
            nodes += chain(source, _dense_layer(name, channels, growth))
            nodes += (Node(f"{name}.concat", Concatenate(), (source, nodes[-1].name)),)
            channels += growth
        if stage < 4:
            nodes += chain(nodes[-1].name, _transition(f"transition{stage}", channels))
            channels //= 2
    nodes += chain(nodes[-1].name, {"norm": BatchNorm(channels), "relu": Activation("relu")})
    return Network((3, 224, 224), nodes + classifier(nodes[-1].name, channels))


def _norm_conv(name: str, conv: ConvSpec) -> dict[str, Layer]:
    """DenseNet's order: norm, ReLU, then the convolution."""
    return {
        f"{name}.norm": BatchNorm(conv.in_channels),
        f"{name}.relu": Activation("relu"),
        name: conv,
    }


def _dense_layer(name: str, channels: int, growth: int) -> dict[str, Layer]:
    narrow = ConvSpec(channels, 4 * growth, 1, bias=False)
    grow = ConvSpec(4 * growth, growth, 3, padding=1, bias=False)
    return {**_norm_conv(f"{name}.conv1", narrow), **_norm_conv(f"{name}.conv2", grow)}


def _transition(name: str, channels: int) -> dict[str, Layer]:
    halve = ConvSpec(channels, channels // 2, 1, bias=False)
    return {**_norm_conv(f"{name}.conv", halve), f"{name}.pool": PoolSpec(2, kind="avg")}
