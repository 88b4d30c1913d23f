"""The PyTorch code of a network: what it says, and that it makes just this network."""

import ast
import contextlib
import io

import pytest

from kernels.errors import ShapeError
from kernels.networks.code.torch import torch_code
from kernels.networks.known import KNOWN_NETWORKS
from kernels.networks.notation import read_network

RESIDUAL = "8x6x6;stem.3x3=c8k3p1b0;bn;relu;c8k3p1;add<conv2,relu1;half=relu;cat<half,conv2"
SPECIAL = [
    "3x9x9;c4k3s2psame_upper;c4k3p1.0x2mreflect;c4k2psamemcircular;c4k3p1mconstantv0.5;in1;lrn3",
    "3x9x9;m3s2p1.0x0.1ceil;m2s1;a3s1p1nopad;a2s1p0.1;a2by3;drop0.2;softmax",
    "3x9x9;m3s2ceil;t4k3s2p1o1;t4k3s2p1.0g2;crop1.2;pad0.1x2.0;leaky_relu;relu6;sigmoid",
    "4x20;c8k3d2g2;bn;m2;t4k3s2;aap3;gap;flat;l5b0",
    "1x6x8x8;c4k3x5x5p1x2x2;m1x2x2;aap2;flat;l7",
    "40;l20;bn;relu;l10;cat<linear2,input;add<concatenate1,concatenate1",
    RESIDUAL,
]


def test_a_graph_is_a_module_whose_runs_of_layers_are_sequences():
    assert (
        torch_code(read_network(RESIDUAL))
        == """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem_3x3 = nn.Sequential(
            nn.Conv2d(8, 8, kernel_size=3, padding=1, bias=False),
            nn.BatchNorm2d(8),
            nn.ReLU(),
        )
        self.conv2 = nn.Conv2d(8, 8, kernel_size=3, padding=1)
        self.half_layer = nn.ReLU()

    def forward(self, x):
        relu1 = self.stem_3x3(x)
        conv2 = self.conv2(relu1)
        add1 = conv2 + relu1
        half_layer = self.half_layer(add1)
        concatenate1 = torch.cat([half_layer, conv2], dim=1)
        return concatenate1


model = Net()
model.eval()  # as after training: dropout drops nothing
print(sum(p.numel() for p in model.parameters()))  # 1176
print(model(torch.zeros(1, 8, 6, 6)).shape)  # torch.Size([1, 16, 6, 6])
"""
    )


@pytest.mark.parametrize(
    "piece, calls",
    [
        ("c4k3s2psame_upper", "nn.Conv2d(3, 4, kernel_size=3, stride=2, padding=1)"),
        ("c4k3s2p0.1", "nn.ConstantPad2d((0, 1, 0, 1), 0.0),\n"
                       "    nn.Conv2d(3, 4, kernel_size=3, stride=2)"),
        ("c4k3p1.0x2mreflect", "nn.ReflectionPad2d((2, 2, 1, 0)),\n"
                               "    nn.Conv2d(3, 4, kernel_size=3)"),
        ("c4k1x7psame", 'nn.Conv2d(3, 4, kernel_size=(1, 7), padding="same")'),
        ("c6k3d2g3b0", "nn.Conv2d(3, 6, kernel_size=3, dilation=2, groups=3, bias=False)"),
        ("t4k3s2p1o1", "nn.ConvTranspose2d(3, 4, kernel_size=3, stride=2, padding=1, "
                       "output_padding=1)"),
        ("t4k3p0.1", "nn.ConvTranspose2d(3, 4, kernel_size=3),\n"
                     "    nn.ConstantPad2d((0, -1, 0, -1), 0.0)"),
        ("m3s2ceil", "nn.MaxPool2d(3, stride=2, ceil_mode=True)"),
        ("m2p1.0", 'nn.ConstantPad2d((1, 0, 1, 0), -float("inf")),\n    nn.MaxPool2d(2)'),
        ("a3s1p1nopad", "nn.AvgPool2d(3, stride=1, padding=1, count_include_pad=False)"),
        ("crop1.2", "nn.ZeroPad2d((-1, -2, -1, -2))"),
        ("in1", "nn.InstanceNorm2d(3, affine=True)"),
    ],
)  # fmt: skip
def test_a_layer_as_torch_writes_it(piece, calls):
    assert f"(\n    {calls},  # " in torch_code(read_network(f"3x9x9;{piece};flat")).replace(
        ",\n    nn.Flatten", ",  # \n    nn.Flatten"
    )


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("3x9x9;min2", "PyTorch has no layer like 'min_pool1' (min pool): it has no min pooling of "
                       "this kind."),
        ("3x9x9;a2d2", "PyTorch has no layer like 'avg_pool1' (avg pool): its average pooling has "
                       "no dilation."),
        ("3x9x9;a2p1.0nopad", "PyTorch has no layer like 'avg_pool1' (avg pool): its average "
                              "pooling pads both ends alike."),
        ("3x9;a2by3", "PyTorch has no layer like 'avg_pool1' (avg pool): nn.AvgPool1d takes no "
                      "divisor of its own."),
    ],
)  # fmt: skip
def test_a_layer_that_torch_has_not_is_named(text, sentence):
    with pytest.raises(ShapeError) as refusal:
        torch_code(read_network(text))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("known", KNOWN_NETWORKS, ids=lambda known: known.id)
def test_the_code_of_a_ready_network_is_python(known):
    tree = ast.parse(torch_code(known.build()))
    assert any(isinstance(node, ast.Call) for node in ast.walk(tree))


def printed(code: str) -> list[str]:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, "listing", "exec"), {})
    return out.getvalue().strip().splitlines()


def said(code: str) -> list[str]:
    """What the last two comments promise."""
    return [line.partition("  # ")[2] for line in code.strip().splitlines()[-2:]]


@pytest.mark.peers
@pytest.mark.parametrize("known", KNOWN_NETWORKS, ids=lambda known: known.id)
def test_pytorch_builds_each_ready_network_with_its_shapes_and_parameters(known):
    import torch

    code = torch_code(known.build())
    with torch.device("meta"):  # shapes alone: no memory, no arithmetic
        assert printed(code) == said(code)


@pytest.mark.peers
@pytest.mark.parametrize("text", SPECIAL)
def test_pytorch_builds_what_is_unusual(text):
    code = torch_code(read_network(text))
    assert printed(code) == said(code)


@pytest.mark.peers
@pytest.mark.parametrize("text", SPECIAL)
def test_pytorch_computes_the_same_feature_maps(text):
    import numpy as np
    import torch

    from kernels.networks.forward import random_weights, run

    network = read_network(text)
    weights = random_weights(network, 1)
    x = np.random.default_rng(0).normal(size=network.input_shape)
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(torch_code(network), "listing", "exec"), space)
    model = space["model"].double()
    given = [array for pair in weights.values() for array in pair if array is not None]
    with torch.no_grad():
        for parameter, array in zip(model.parameters(), given, strict=True):
            parameter.copy_(torch.from_numpy(array))
        found = model(torch.from_numpy(x)[None])[0].numpy()
    result = run(network, x, weights)[network.nodes[-1].name]
    np.testing.assert_allclose(found, result, rtol=1e-9, atol=1e-9)
