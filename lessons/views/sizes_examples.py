"""Layers by name for the Sizes page: from papers, courses and well-known networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from kernels.layers.relationships import RELATIONSHIPS, Relationship
from kernels.reading.link_text import quoted
from kernels.scene.relationship_examples import relationship_name, relationship_title
from lessons.views.sizes import DEFAULTS, SizesView, open_sizes, settle_sizes

NOT_THE_LAYERS = ("look", "convention", "want", "times", "batch")
"""Settings of the page that say nothing about its layer."""


@dataclass(frozen=True)
class Example:
    """A ready layer.

    name, title : in code, on screen
    settings : what differs from the page as it opens; source : where it comes from
    output : the size that the source gives
    """

    name: str
    title: str
    settings: Mapping[str, str]
    output: tuple[int, ...]
    source: str

    @property
    def flat(self) -> dict[str, str]:
        """All settings of the layer; where the page stands stays as it is."""
        usual = {key: value for key, value in DEFAULTS.items() if key not in NOT_THE_LAYERS}
        return {**usual, **self.settings}

    @property
    def view(self) -> SizesView:
        """The page that shows it."""
        return settle_sizes(self.flat)[0]


def _row(name: str, title: str, output: tuple[int, ...], source: str, **settings: str) -> Example:
    return Example(name, title, MappingProxyType(settings), output, source)


def _relationship(row: Relationship) -> Example:
    """A figure of Dumoulin and Visin, in their letters."""
    ops = {"conv": "conv", "pool": "max", "transposed": "transposed"}
    return _row(
        relationship_name(row),
        relationship_title(row),
        (row.output, row.output),
        f"Dumoulin and Visin 2016, relationship {row.number}: {row.name}",
        op=ops[row.kind],
        size=str(row.input),
        cin="1",
        cout="1",
        kernel=str(row.kernel),
        stride=str(row.stride),
        padding=str(row.padding),
        dilation=str(row.dilation),
        opad=str(row.output_padding),
        bias="0",
        convention="dumoulin",
    )


_PLAIN = {"stride": "1", "padding": "0"}
_UP = {"op": "transposed", "stride": "2", "padding": "0"}

EXAMPLES: Mapping[str, Example] = MappingProxyType(
    {
        row.name: row
        for row in (
            _row("resnet", "ResNet: 7×7 at stride 2 on 224", (112, 112), "He et al. 2016"),
            _row(
                "same",
                "The same with TensorFlow's SAME: 2 and 3",
                (112, 112),
                "tf.nn.conv2d",
                padding="same_upper",
            ),
            _row(
                "alexnet",
                "AlexNet: 11×11 at stride 4 on 227",
                (55, 55),
                "Krizhevsky et al. 2012; on 224 the size would be 54",
                size="227", cout="96", kernel="11", stride="4", padding="0",
            ),
            _row(
                "lenet",
                "LeNet-5: 5×5 on 32",
                (28, 28),
                "LeCun et al. 1998",
                size="32", cin="1", cout="6", kernel="5", **_PLAIN,
            ),
            _row(
                "vgg",
                "VGG: 3×3 with padding 1 on 224",
                (224, 224),
                "Simonyan and Zisserman 2015",
                kernel="3", stride="1", padding="1",
            ),
            _row(
                "edge",
                "Goodfellow's edge detector: 1×2 on 280×320",
                (280, 319),
                "Goodfellow et al. 2016, section 9.2",
                size="280x320", cin="1", cout="1", kernel="1x2", bias="0", **_PLAIN,
            ),
            _row(
                "celeba",
                "218×178 halved by SAME",
                (109, 89),
                "tf.nn.conv2d with padding='SAME'",
                size="218x178", kernel="5", padding="same_upper",
            ),
            _row(
                "pool",
                "Max pooling 3×3 at stride 2, rounded up",
                (56, 56),
                "GoogLeNet: Szegedy et al. 2015",
                op="max", size="112", cin="64", kernel="3", padding="0", ceil="1",
            ),
            _row(
                "pool1",
                "Pooling 1×1 at stride 2, rounded up",
                (16, 16),
                "torch.nn.MaxPool2d with ceil_mode",
                op="max", size="32", kernel="1", padding="0", ceil="1",
            ),
            _row(
                "upconv",
                "U-Net's way up: transposed 2×2 at stride 2",
                (56, 56),
                "Ronneberger et al. 2015",
                size="28", cin="1024", cout="512", kernel="2", **_UP,
            ),
            _row(
                "dcgan",
                "DCGAN: transposed 4×4 at stride 2",
                (64, 64),
                "Radford et al. 2016",
                size="32", cin="64", cout="3", kernel="4", bias="0", **{**_UP, "padding": "1"},
            ),
            _row(
                "fcn",
                "Transposed 16×16 at stride 8 on 46×62",
                (368, 489),
                "torch.nn.ConvTranspose2d",
                op="transposed", size="46x62", cin="21", cout="21", kernel="16", stride="8",
                padding="4x8", opad="0x1", bias="0",
            ),
            _row(
                "speech",
                "1-D: sound at 16 kHz, 10 at stride 5",
                (3199,),
                "wav2vec 2.0's first layer: Baevski et al. 2020",
                rank="1", size="16000", cin="1", cout="512", kernel="10", stride="5", padding="0",
                bias="0",
            ),
            _row(
                "video",
                "3-D: 16 frames of 112×112, 3×3×3",
                (16, 112, 112),
                "C3D: Tran et al. 2015",
                rank="3", size="16x112x112", kernel="3", stride="1", padding="1",
            ),
            _row(
                "shrink",
                "32, seven times 5×5",
                (28, 28),
                "why deep networks pad",
                size="32", cin="1", cout="1", kernel="5", **_PLAIN,
            ),
            *map(_relationship, RELATIONSHIPS),
        )
    }
)  # fmt: skip
"""The ready layers by name; the first is the page as it opens."""


def example_of(view: SizesView) -> str | None:
    """The ready layer that a view shows, in whatever letters; None if it is the learner's own.

    >>> example_of(settle_sizes({"convention": "d2l"})[0])
    'resnet'
    >>> example_of(settle_sizes({"size": "9"})[0])
    """
    return _names().get(_layer_of(view))


@lru_cache(maxsize=1)
def _names() -> Mapping[tuple[tuple[str, str], ...], str]:
    """The ready layers by what they are."""
    return {_layer_of(row.view): name for name, row in EXAMPLES.items()}


def _layer_of(view: SizesView) -> tuple[tuple[str, str], ...]:
    return tuple(item for item in view.link().items() if item[0] not in NOT_THE_LAYERS)


def open_ready(link: Mapping[str, str]) -> tuple[SizesView, tuple[str, ...]]:
    """Open a link to the page, which may name a ready layer and what differs from it.

    >>> view, notes = open_ready({"example": "lenet", "k": "3"})
    >>> view.layer.output_size(view.size), notes
    ((30, 30), ('“k” is read as kernel.',))
    """
    rest = {key: text for key, text in link.items() if key != "example"}
    name = link.get("example", "")
    if name in EXAMPLES:
        return open_sizes(rest, {**DEFAULTS, **EXAMPLES[name].flat})
    view, notes = open_sizes(rest)
    if not name:
        return view, notes
    return view, (f"There is no example {quoted(name, 30)}, so it is left out.", *notes)
