"""Classic questions about networks, each as a view that answers it, with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from kernels.layers.spec import ConvSpec
from kernels.networks.editing import follow
from kernels.networks.network import Network
from kernels.networks.notation import written
from lessons.views.networks import NetworksView, ready, settle_networks
from lessons.views.networks_compare import PAIRS, ratio_sentence
from lessons.views.networks_table import heaviest_sentence
from lessons.views.networks_units import units

_AS_IT_IS = {"layers": "", "at": "", "open": "", "unit": ""}


@dataclass(frozen=True)
class Question:
    """A question, the settings of the page that answer it, and what they show in words."""

    title: str
    settings: Callable[[], Mapping[str, str]]
    answer: Callable[[NetworksView], str]

    def view(self) -> NetworksView:
        """The page that answers it."""
        return settle_networks(dict(self.settings()))[0]

    def says(self) -> str:
        """The answer in words, with its numbers.

        >>> QUESTIONS["most"].says()
        'Most parameters: fc1 (78%) and fc2 (16%), together 94%.'
        """
        return self.answer(self.view())


def _alexnet(size: int | None = None, stride: int | None = None) -> Network:
    """AlexNet on an input of another size, or with another stride of its first layer."""
    network = ready("alexnet_2012")
    first, *rest = network.nodes
    assert isinstance(first.layer, ConvSpec)
    layer = first.layer if stride is None else replace(first.layer, stride=stride)
    shape = network.input_shape if size is None else (network.input_shape[0], size, size)
    return Network(shape, (replace(first, layer=layer), *rest))


def _not_55(view: NetworksView) -> str:
    (height, _), layer = view.network.input_shape[1:], view.network.nodes[0].layer
    assert isinstance(layer, ConvSpec)
    kernel, stride = layer.kernel_size[0], layer.stride[0]
    made = layer.output_size((height, height))[0]
    wanted = ready("alexnet_2012").input_shape[1]
    right = layer.output_size((wanted, wanted))[0]
    return (
        f"({height} − {kernel}) / {stride} + 1 = {(height - kernel) / stride + 1:g}, rounded down "
        f"{made}; so all later maps are smaller too, and fc6 no longer fits. With {wanted} it is "
        f"({wanted} − {kernel}) / {stride} + 1 = {right}."
    )


QUESTIONS: Mapping[str, Question] = MappingProxyType(
    {
        "most": Question(
            "Where are LeNet-5's parameters?",
            lambda: {**_AS_IT_IS, "net": "lenet_5", "look": "build"},
            lambda view: heaviest_sentence(view, "parameters"),
        ),
        "fifty_five": Question(
            "Why does 224 not give AlexNet's 55?",
            lambda: {
                **_AS_IT_IS,
                "net": "alexnet_2012",
                "layers": written(_alexnet(size=224)),
                "look": "build",
            },
            _not_55,
        ),
        "stride": Question(
            "What if AlexNet's first stride were 1?",
            lambda: {
                **_AS_IT_IS,
                "net": "alexnet_2012",
                "layers": written(follow(_alexnet(stride=1))),
                "other": "alexnet_2012",
                "look": "compare",
            },
            ratio_sentence,
        ),
        "five": Question(
            "Why two 3 × 3 for one 5 × 5?",
            lambda: {**PAIRS["five"].settings, "look": "compare"},
            lambda _view: PAIRS["five"].says,
        ),
        "vgg": Question(
            "What does a unit of VGG-16's conv5 see?",
            lambda: {**_AS_IT_IS, "net": "vgg16", "look": "unit", "at": "conv5_3"},
            lambda view: found.sentence if (found := units(view)) else "",
        ),
    }
)
"""What people ask about networks again and again."""
