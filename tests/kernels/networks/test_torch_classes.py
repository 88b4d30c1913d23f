"""Pasted classes with settings, functions and loops become the network that PyTorch makes."""

import pytest

from kernels.networks.blocks import blocks
from kernels.networks.known import known_network
from kernels.networks.notation import written
from kernels.networks.summary import summarise, totals
from kernels.networks.torch_text import read_torch
from kernels.reading.notation import NotationError
from tests.kernels.networks import pasted_modules as pasted

BLOCK = """
class Block(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, padding=1)

    def forward(self, x):
        return F.relu(self.conv(x))
"""
ON_224 = "\nmodel(torch.randn(1, 3, 224, 224))\n"


def counted(network):
    """What each layer with weights makes and learns, in no order."""
    return sorted((row.shape, row.weights, row.biases) for row in summarise(network) if row.weights)


@pytest.mark.parametrize(
    "text, id",
    [
        (pasted.RESNET_50, "resnet50"),
        (pasted.MOBILENET_V2 + "model = MobileNetV2()", "mobilenet_v2"),
        (pasted.VGG_11, "vgg11"),
    ],
)
def test_a_pasted_library_model_has_the_layers_of_the_ready_network(text, id):
    network, said = read_torch(text + ON_224, (1, 28, 28))
    assert said == ()
    assert counted(network) == counted(known_network(id).build())


@pytest.mark.parametrize("call", ["", "net = ResNet18()", "ResNet(BasicBlock, [2, 2, 2, 2], 10)"])
def test_a_residual_network_of_a_notebook_folds_into_its_layers(call):
    network, said = read_torch(pasted.CIFAR_RESNET + call, (3, 32, 32))
    assert said == ()
    assert totals(summarise(network)).parameters == 11_173_962  # as its repository says: 11.17M
    assert [block.title for block in blocks(network)][1:5] == [f"layer{n}" for n in (1, 2, 3, 4)]
    assert [part.title for part in blocks(network)[1].parts] == ["layer1.0", "layer1.1"]


def test_a_function_that_lists_blocks_is_followed():
    network, said = read_torch(pasted.VGG_OF_BLOCKS, (3, 9, 9))
    assert said == () and network.input_shape == (1, 224, 224)
    assert summarise(network)[-1].shape == (10,)


def test_each_block_keeps_its_name_before_its_layers():
    network, said = read_torch(pasted.BLOCKS + "\nmodel = Net(10)", (3, 32, 32))
    assert said == ()
    assert written(network) == (
        "3x32x32;blocks.0.conv=c6k3p1;blocks.0.bn=bn;blocks.0.relu=relu;pool=m2;"
        "blocks.1.conv=c12k3p1;blocks.1.bn=bn;blocks.1.relu=relu;m2;"
        "blocks.2.conv=c24k3p1;blocks.2.bn=bn;blocks.2.relu=relu;m2;"
        "b1.conv=c32k3p1;b1.bn=bn;b1.relu=relu;flat;fc=l10"
    )


@pytest.mark.parametrize(
    "call, network",
    [
        ("Block(3, 8)", "3x9x9;conv=c8k3p1;relu"),
        ("nn.Sequential(Block(3, 8), Block(cout=4, cin=8), nn.Flatten())",
         "3x9x9;block1.conv=c8k3p1;block1.relu=relu;block2.conv=c4k3p1;block2.relu=relu;flat"),
        ("class Two(Block):\n    def __init__(self, c=3):\n        super().__init__(c, 2 * c)\n"
         "    def forward(self, x):\n        return torch.tanh(super().forward(x))",
         "3x9x9;conv=c6k3p1;relu;tanh"),
        ("sizes = [3, 8, 8]\nnn.Sequential(*[Block(a, b) for a, b in zip(sizes, sizes[1:])])",
         "3x9x9;block1.conv=c8k3p1;block1.relu=relu;block2.conv=c8k3p1;block2.relu=relu"),
        ("m = nn.Sequential()\nfor i in range(2):\n    m.add_module(f'b{i}', Block(3, 3))",
         "3x9x9;b0.conv=c3k3p1;b0.relu=relu;b1.conv=c3k3p1;b1.relu=relu"),
    ],
)  # fmt: skip
def test_a_class_with_settings_is_made_as_the_text_says(call, network):
    assert written(read_torch(f"{BLOCK}\n{call}", (3, 9, 9))[0]) == network


@pytest.mark.parametrize(
    "text, sentence",
    [
        (BLOCK, "Block has to be given cin and cout; add a line that makes one, such as Block(16, "
                "16)."),
        (BLOCK + "Block(64)", "Line 8: Block lacks cout."),
        (BLOCK + "Block(64, 64, 3)", "Line 8: Block is given 3 settings, but takes cin, cout."),
        (BLOCK + "Block(64, out=3)", "Line 8: Block has no setting out; it takes cin, cout."),
        (BLOCK + "Block(64, widths[0])", "Line 4: nn.Conv2d(cin, cout, 3, padding=1) has a setting "
                                         "that is not a number; write the number there."),
        ("def f(n):\n    return f(n)\nf(nn.ReLU())", "Line 2: This text is nested too deeply to be "
                                                    "read."),
        ("for a in range(9999):\n  for b in range(9999):\n    nn.ReLU()",
         "The loops of this text take too long to be followed; write its layers out."),
        ("a = [nn.ReLU()]\n" + "a = a + a\n" * 60, "A list has more than 20,000 entries; paste "
                                                  "less."),
    ],
)  # fmt: skip
def test_what_a_class_lacks_and_what_never_ends_is_said_in_one_sentence(text, sentence):
    with pytest.raises(NotationError) as refusal:
        read_torch(text, (3, 9, 9))
    assert str(refusal.value) == sentence


def test_a_layer_that_is_not_known_in_a_list_is_said_to_be_left_out():
    network, said = read_torch("nn.Sequential(nn.ReLU(), swish(), nn.Tanh())", (1, 9, 9))
    assert written(network) == "1x9x9;relu;tanh"
    assert said == ("A layer in line 1 is not known here and was left out.",)


@pytest.mark.peers
@pytest.mark.parametrize(
    "text, made",
    [
        (pasted.CIFAR_RESNET, "ResNet18()"),
        (pasted.RESNET_50, "model"),
        (pasted.MOBILENET_V2, "MobileNetV2()"),
        (pasted.VGG_11, "model"),
        (pasted.BLOCKS, "Net(10)"),
    ],
)
def test_pytorch_makes_as_many_parameters_of_the_pasted_text(text, made):
    import typing

    import torch

    space = {"torch": torch, "nn": torch.nn, "F": torch.nn.functional, "cast": typing.cast}
    with torch.device("meta"):
        exec("from __future__ import annotations\n" + text, space)
        model = eval(made, space)
    network, _ = read_torch(f"{text}\nnet = {made}", (3, 32, 32))
    assert totals(summarise(network)).parameters == sum(p.numel() for p in model.parameters())
