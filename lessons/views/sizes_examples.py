"""Layers by name for the Sizes page: from papers, courses and well-known networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lessons.views.sizes import DEFAULTS, SizesView, settle_sizes


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
        kept = ("look", "convention", "want", "times", "batch")
        usual = {key: value for key, value in DEFAULTS.items() if key not in kept}
        return {**usual, **self.settings}

    @property
    def view(self) -> SizesView:
        """The page that shows it."""
        return settle_sizes(self.flat)[0]


def _row(name: str, title: str, output: tuple[int, ...], source: str, **settings: str) -> Example:
    return Example(name, title, MappingProxyType(settings), output, source)


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
        )
    }
)  # fmt: skip
"""The ready layers by name; the first is the page as it opens."""
