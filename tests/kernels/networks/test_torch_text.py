"""Pasted PyTorch code becomes a network, or a sentence that says what is wrong; it never runs."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.errors import ShapeError
from kernels.networks.checking import check
from kernels.networks.code.keras import keras_code
from kernels.networks.code.torch import torch_code
from kernels.networks.known import KNOWN_NETWORKS, known_network
from kernels.networks.layers import Add, Concatenate
from kernels.networks.notation import read_network, written
from kernels.networks.summary import summarise, totals
from kernels.networks.torch_text import LONGEST_TEXT, read_torch
from kernels.reading.notation import NotationError
from tests.kernels.networks.random_networks import networks

FUZZ = settings(max_examples=40, deadline=None, derandomize=True, database=None)

TUTORIAL = """
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 5)
        self.pool = nn.MaxPool2d(2, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.conv1(x)))
        x = self.pool(F.relu(self.conv2(x)))
        x = torch.flatten(x, 1)  # all but the batch
        x = x.view(x.size(0), -1)
        x = F.dropout(F.relu(self.fc1(x)), training=self.training)
        return F.log_softmax(self.fc2(x), dim=1)

net = Net()
"""

RESIDUAL = """
class Block(nn.Module):
    def __init__(self, c=64):
        super(Block, self).__init__()
        self.conv1 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(c)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1, bias=False)

    def forward(self, x):
        identity = x
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.conv2(out)
        out += identity
        return torch.cat([F.relu(out), x], dim=1)
"""

D2L = """
class LeNet(d2l.Classifier):
    def __init__(self, lr=0.1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.LazyConv2d(6, kernel_size=5, padding=2), nn.Sigmoid(),
            nn.AvgPool2d(kernel_size=2, stride=2),
            nn.Flatten(), nn.LazyLinear(num_classes))
"""

PRINTED = """Net(
  (features): Sequential(
    (0): Conv2d(1, 6, kernel_size=(5, 5), stride=(1, 1), padding=(2, 2))
    (1): BatchNorm2d(6, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)
    (2): ReLU(inplace=True)
    (3): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)
  )
  (avgpool): AdaptiveAvgPool2d(output_size=(6, 6))
  (flat): Flatten(start_dim=1, end_dim=-1)
  (fc): Linear(in_features=216, out_features=10, bias=True)
)"""


@pytest.mark.parametrize(
    "text, network",
    [
        ("nn.Conv2d(1, 6, 5)", "1x28x28;c6k5"),
        ("nn.Conv2d(1, 6, 5),\nnn.ReLU(),\nnn.MaxPool2d(2),", "1x28x28;c6k5;relu;m2"),
        ("[nn.Conv2d(1, 6, 5), nn.Tanh()]", "1x28x28;c6k5;tanh"),
        ("nn.Conv2d(1, 6, 5)\nnn.ReLU()", "1x28x28;c6k5;relu"),
        ("    self.conv1 = nn.Conv2d(1, 6, 5)\n        self.c3 = nn.Conv2d(6, 16, 5)",
         "1x28x28;c6k5;c3=c16k5"),
        (">>> model = nn.Sequential(\n...     nn.Conv2d(1, 6, 5))", "1x28x28;c6k5"),
        ("layers = []\nlayers += [nn.Conv2d(1, 6, 3, padding=1), nn.ReLU(True)]\n"
         "layers.append(nn.MaxPool2d(2))\nmodel = nn.Sequential(*layers)",
         "1x28x28;c6k3p1;relu;m2"),
        ("nn.Sequential(OrderedDict([('c1', nn.Conv2d(1, 20, 5)), ('act', nn.ReLU())]))",
         "1x28x28;c1=c20k5;act=relu"),
        ("from torch.nn import *\nSequential(Conv2d(1, 6, 5), Softmax(dim=1))",
         "1x28x28;c6k5;softmax"),
        ("n = 4\nk = 2 * n - 1\nnn.Conv2d(1, n * 2, kernel_size=(k, 1), stride=(2, 1))",
         "1x28x28;c8k7x1s2x1"),
        ("nn.Sequential(nn.Identity(), nn.ReLU())", "1x28x28;relu"),
        ("nn.Sequential(nn.ReflectionPad2d(3), nn.Conv2d(1, 4, 7))",
         "1x28x28;c4k7p3mreflect"),
        ("nn.Sequential(nn.ZeroPad2d((1, 0, 2, 0)), nn.ReLU(), nn.ZeroPad2d(-2))",
         "1x28x28;pad2.0x1.0;relu;crop2"),
        ("m = nn.ConvTranspose2d(1, 4, 3, 2, 1, 1)\nm(torch.zeros(8, 1, 5, 6))",
         "1x5x6;m=t4k3s2p1o1"),
        (D2L, "1x28x28;c6k5p2;sigmoid;a2;flat;l10"),
    ],
)  # fmt: skip
def test_pasted_layers_become_a_network(text, network):
    assert written(read_torch(text, (1, 28, 28))[0]) == network
    assert read_torch(text, (1, 28, 28))[1] == ()


def test_the_forward_of_a_module_says_how_its_layers_are_joined():
    network, said = read_torch(TUTORIAL, (3, 32, 32))
    assert written(network) == (
        "3x32x32;c6k5;relu;pool=m2;c16k5;relu;m2;flat;fc1=l120;relu;drop;fc2=l10;softmax"
    )
    assert said == ("log_softmax is taken as softmax.",)
    network, said = read_torch(RESIDUAL, (64, 8, 8))
    assert written(network) == (
        "64x8x8;c64k3p1b0;bn1=bn;relu;c64k3p1b0;add<conv2,input;relu;cat<relu2,input"
    )
    assert said == ()


def test_a_printed_model_is_read_as_well():
    network, said = read_torch(PRINTED, (1, 28, 28))
    assert written(network) == "1x28x28;c6k5p2;bn;relu;m2;avgpool=aap6;flat=flat;fc=l10"
    assert said == (
        "A printed model does not say how its layers are joined; they stand one after the other.",
    )


@pytest.mark.parametrize(
    "text, shape, sentence",
    [
        ("nn.Conv2d(1, 6, 5), nn.GELU()", (1, 28, 28), "nn.GELU is not known here and was left "
                                                       "out."),
        ("nn.Conv2d(3, 6, 5)", (1, 28, 28), "The input has 3 channels, as conv1 takes."),
        ("nn.Conv1d(4, 6, 5)", (1, 28, 28), "The input has 4 channels, as conv1 takes."),
        ("nn.Conv2d(3, 6, 5)", (400,), "The input is taken as 3×32×32; another size may be meant."),
        ("nn.LeakyReLU(0.2)", (1, 9, 9), "The slope of LeakyReLU is taken as 0.01, not 0.2."),
        ("nn.BatchNorm2d(1, affine=False)", (1, 9, 9), "BatchNorm2d is taken with its scale and "
                                                       "shift, without affine=False."),
        ("nn.ReLU()\nfor n in counts:\n    nn.Conv2d(1, 1, 3)", (1, 9, 9),
         "The for in line 2 is not followed; write its layers out."),
        ("class A(nn.Module):\n  def __init__(self):\n    self.c = nn.Conv2d(1, 1, 3)\n"
         "  def forward(self, x):\n    return self.c(x) * 2", (1, 9, 9),
         "forward is not followed from line 5 on; the layers stand in the order in which they are "
         "made."),
        ("class A(nn.Module):\n  def __init__(self):\n    self.c = nn.Conv2d(1, 1, 3)\n"
         "  def forward(self, x):\n    return self.c(self.c(x))", (1, 9, 9),
         "c is used more than once with the same weights; here each use has its own."),
        ("class A(nn.Module):\n  def __init__(self):\n    self.c = nn.Conv2d(1, 1, 3)\n"
         "  def forward(self, x):\n    x = self.c(x)\n    return torch.cat([x, x], dim=2)",
         (1, 9, 9),
         "forward is not followed from line 6 on; the layers stand in the order in which they are "
         "made."),
        ("nn.ReflectionPad2d(1), nn.ReLU()", (1, 9, 9),
         "Padding by reflect apart from a convolution is not known here."),
    ],
)  # fmt: skip
def test_what_was_left_out_or_assumed_is_said(text, shape, sentence):
    assert read_torch(text, shape)[1] == (sentence,)


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("", "There is no layer of PyTorch or Keras in this text; paste for example nn.Conv2d(1, "
             "6, 5)."),
        ("model.fit(x, y)", "There is no layer of PyTorch or Keras in this text; paste for "
                            "example nn.Conv2d(1, 6, 5)."),
        ("x = layers.Conv2D(3, 3)(inputs)",
         "Keras's functional style, layers.Conv2D(...)(x), is not followed here; paste a "
         "Sequential or a list of layers."),
        ("layers.Conv2D(3)", "Line 1: Conv2D lacks kernel_size; give it a number."),
        ("layers.Dense(3, padding=1)\nlayers.Conv2D(3, 3, padding='full')",
         "Line 2: Conv2D: padding is 'full'; use 'valid' or 'same'."),
        ("layers.Dense(units)", "Line 1: layers.Dense(units) has a setting that is not a number; "
                                "write the number there."),
        ("nn.Conv2d(1, 6", "This is not Python code in line 1; paste nn.Sequential(...) or lines "
                           "such as nn.Conv2d(1, 6, 5), whole, with all brackets."),
        ("\0", "This is not Python code; paste nn.Sequential(...) or lines such as nn.Conv2d(1, 6, "
               "5), whole, with all brackets."),
        ("nn.ReLU()\nnn.Conv2d(1, 6)", "Line 2: nn.Conv2d lacks kernel_size; give it a number."),
        ("nn.Conv2d(1, width, 3)", "Line 1: nn.Conv2d(1, width, 3) has a setting that is not a "
                                   "number; write the number there."),
        ("nn.Linear(10 ** 9, 3)", "Line 1: nn.Linear(10 ** 9, 3) has a setting that is not a "
                                  "number; write the number there."),
        ("nn.Linear(4, 3, dims=2)", "Line 1: nn.Linear has no setting dims; it takes in_features, "
                                    "out_features, bias."),
        ("nn.Linear(4, 3, in_features=2)", "Line 1: nn.Linear is given in_features twice; give it "
                                           "once."),
        ("nn.Conv2d(3, 4, 3, groups=2)", "Line 1: nn.Conv2d: groups=2 must divide in_channels=3 "
                                         "and out_channels=4; use 1 (possible: 1)."),
        ("nn.Conv2d('3', 4, 3)", "Line 1: nn.Conv2d: in_channels is '3' but must be a whole "
                                 "number; use 1 or more."),
        ("nn.ReLU(), " * 2001, "There are more than 2,000 layers; paste fewer."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(NotationError) as refusal:
        read_torch(text, (1, 28, 28))
    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        "nn.Sequential(" * 90 + ")" * 90,
        "nn.ReLU(" + "+".join(["1"] * 9000) + ")",
        "nn.ReLU() if " + "not " * 3000 + "x else 2",
        "9" * 5000,
        "nn.Conv2d(" + "9" * 5000 + ", 1, 1)",
        "nn.Conv2d(1, 2, [1, [2]])",
        "nn.Conv2d(*args)",
        "nn.Conv2d(1, 2, 3, **more)",
        "nn.Conv2d(1, 2, None)",
        "nn.ZeroPad2d('a')",
        "nn.ZeroPad2d(1.5)",
        "nn.Dropout('a')",
        "nn.AdaptiveAvgPool2d(None)",
        "nn.AdaptiveAvgPool2d((None, 7))",
        "nn.Softmax(dim=[x for x in y])",
        "nn.ConstantPad2d(1, 'a')",
        "class A:\n def forward(): return 1",
        "class A:\n def __init__(self): self.c = nn.ReLU()\n def forward(self): return",
        "class A:\n def __init__(self): self.c = nn.ReLU()\n def forward(self, x):\n  a, b = x, x",
        "import os; os.system('false')",
        "__import__('os').abort()",
        "x" * (LONGEST_TEXT + 1),
    ],
)
def test_hostile_text_is_read_or_refused_and_nothing_runs(text):
    try:
        network, _ = read_torch(text, (1, 28, 28))
    except NotationError:
        return
    else:
        assert read_network(written(network)) == network


@FUZZ
@given(st.data())
def test_text_with_characters_lost_or_moved_never_breaks_the_reader(data):
    text = data.draw(st.sampled_from([TUTORIAL, RESIDUAL, D2L, PRINTED]))
    for _ in range(data.draw(st.integers(1, 4))):
        a, b = sorted(data.draw(st.integers(0, len(text))) for _ in range(2))
        text = (
            text[:a]
            + data.draw(st.sampled_from(["", ")", "0", "x", "\n", ", "]))
            + text[a + (b - a) % 7 :]
        )
    with suppress(NotationError):
        read_torch(text, (3, 32, 32))


# Back from our own code


def figures(network):
    rows = summarise(network)
    return [(row.shape, row.parameters, row.macs) for row in rows]


@pytest.mark.parametrize("known", KNOWN_NETWORKS, ids=lambda known: known.id)
def test_the_code_of_a_ready_network_is_read_back(known):
    network = known.build()
    again, said = read_torch(torch_code(network), (1,))
    assert again.input_shape == network.input_shape and said == ()
    assert figures(again) == figures(network)


@pytest.mark.parametrize(
    "text",
    [
        "1x28x28;c6k5p2;tanh;a2;c16k5;tanh;a2;flat;l120;tanh;l84;tanh;l10",
        "3x32x32;c8k3s2p1b0;bn;relu6;c8k3p2d2g8;in1;leaky_relu;m3s2p1ceil;t4k4s2p1;lrn5;gap",
        "3x32x32;c4k3p1.0x2mreflect;c4k1x7psame;a3s1p1nopad;a2by3;drop0.2;aap3;softmax;crop1",
        "4x50;c8k5;bn;m2;t4k3s2o1;flat;l7b0",
    ],
)
def test_a_chain_comes_back_the_same(text):
    network = read_network(text)
    assert read_torch(torch_code(network), (1,)) == (network, ())


@FUZZ
@given(networks(misfits=False))
def test_what_our_code_builds_comes_back_with_its_shape_and_parameters(network):
    if not check(network).fits:
        return
    if all(isinstance(node.layer, Add | Concatenate) for node in network.nodes):
        return  # no layer of torch.nn is in it
    try:
        code = torch_code(network)
    except ShapeError:
        return
    again, _ = read_torch(code, (1,))
    before, after = summarise(network), summarise(again)
    assert after[-1].shape == before[-1].shape
    assert totals(after).parameters == totals(before).parameters


NOTEBOOK = """
%matplotlib inline
!pip install torchinfo
import torch  # and more
from torch import nn
print(f"torch {torch.__version__}")

class Net(nn.Module):
    '''My net.'''
    def __init__(self, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 32, 3, 1, padding_mode=“zeros”)
        self.fc = nn.Linear(32 * 15 * 15, classes)

    def forward(self, x):
        '''From a picture to its class.'''
        assert x.ndim == 4
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        print(f"{x.shape}")
        return self.fc(torch.flatten(x, 1))

model = Net().to("cpu")
for epoch in range(2):
    print(f"epoch {epoch}")
"""


def test_a_whole_cell_of_a_notebook_is_read_on_a_size_on_which_it_fits():
    network, said = read_torch(NOTEBOOK, (1, 28, 28))
    assert written(network) == "1x32x32;c32k3;relu;m2;flat;fc=l10"
    assert said == ("The input is taken as 1×32×32, on which every layer fits.",)


@pytest.mark.parametrize(
    "text, network",
    [
        ("model = models.Sequential()\n"
         "model.add(layers.Conv2D(32, (3, 3), activation='relu', input_shape=(32, 32, 3)))\n"
         "model.add(layers.MaxPooling2D((2, 2)))\nmodel.add(layers.Flatten())\n"
         "model.add(layers.Dense(10, kernel_regularizer=l2(0.1)))\nmodel.summary()",
         "3x32x32;c32k3;relu;m2;flat;l10"),
        ("shape = (28, 28, 1)\nkeras.Sequential([keras.Input(shape=shape), Conv2D(8, 5, 2, 'same', "
         "name='c'), Dropout(rate=0.2), GlobalAveragePooling2D(), Dense(3, 'softmax')])",
         "1x28x28;c=c8k5s2psame_upper;drop0.2;gap;flat;l3;softmax"),
        ("layers.SeparableConv2D(8, 3)\nlayers.DepthwiseConv2D(3, depth_multiplier=2)\n"
         "layers.Conv2DTranspose(4, 3, strides=2, padding='same')",
         "1x28x28;c2k3;t4k3s2p0.1"),
    ],
)  # fmt: skip
def test_keras_layers_become_a_network(text, network):
    assert written(read_torch(text, (1, 28, 28))[0]) == network


PLAIN = ["lenet_5", "digits", "digits_no_bias", "vgg11", "vgg16", "alexnet_torchvision"]


@pytest.mark.parametrize("id", PLAIN)
def test_the_keras_code_of_a_plain_network_is_read_back_with_its_shapes_and_counts(id):
    network = known_network(id).build()
    again, said = read_torch(keras_code(network), (1, 9, 9))
    assert said == ()
    assert again.input_shape == network.input_shape
    one, other = summarise(network), summarise(again)
    assert totals(one).parameters == totals(other).parameters
    assert totals(one).macs == totals(other).macs
    assert one[-1].shape == other[-1].shape
