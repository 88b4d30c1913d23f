"""Ready poolings: small inputs on which one thing about pooling can be seen, in teaching order.

An example is the settings in which it differs from `scene.DEFAULTS`, and under `kinds` the poolings
that are shown side by side.
"""

from __future__ import annotations

from kernels.scene.example import Example

_FOUR = "1 1 2 4_5 6 7 8_3 2 1 0_1 2 3 4"
_FIVE = "1 2 3 4 5_6 7 8 9 10_11 12 13 14 15_16 17 18 19 20_21 22 23 24 25"


def _example(name: str, title: str, source: str, **settings: str) -> Example:
    return Example(name, title, (("op", "max"), ("kinds", "max.avg"), *settings.items()), source)


_ALL = (
    _example(
        "four",
        "2×2, stride 2: a quarter is left",
        "a lecture example",
        size="4x4",
        kernel="2x2",
        stride="2x2",
        x=_FOUR,
    ),
    _example(
        "nine",
        "2×2, stride 1: windows overlap",
        "Zhang et al., Dive into Deep Learning, section 7.5",
        size="3x3",
        kernel="2x2",
        x="0 1 2_3 4 5_6 7 8",
    ),
    _example(
        "overlapping",
        "3×3, stride 2: as in AlexNet",
        "Krizhevsky, Sutskever and Hinton 2012, section 3.4",
        size="7x7",
        stride="2x2",
        x="random:7",
    ),
    _example(
        "clipped",
        "ceil_mode: last windows clipped",
        "torch.nn.AvgPool2d, ceil_mode=True",
        kernel="2x2",
        stride="2x2",
        ceil="1",
        x=_FIVE,
    ),
    _example(
        "corner",
        "Padding counted: mean 10/9",
        "torch.nn.AvgPool2d, count_include_pad=True",
        size="2x2",
        padding="1x1",
        x="1 2_3 4",
    ),
    _example(
        "corner-uncounted",
        "Padding not counted: mean 10/4",
        "torch.nn.AvgPool2d, count_include_pad=False",
        size="2x2",
        padding="1x1",
        countpad="0",
        x="1 2_3 4",
    ),
    _example(
        "negative",
        "All negative: padding is −∞",
        "torch.nn.MaxPool2d: padding is minus infinity",
        size="3x3",
        stride="2x2",
        padding="1x1",
        x="-3 -1 -4_-2 -5 -9_-6 -8 -7",
    ),
    _example(
        "speck",
        "One wrong pixel, and the median",
        "a lecture's salt-and-pepper noise",
        kinds="max.avg.median",
        x="2 2 3 3 3_2 2 99 3 3_2 2 2 3 3_1 1 2 3 3_1 1 2 2 3",
    ),
    _example(
        "global",
        "Global: one number a channel",
        "Lin, Chen and Yan 2013, section 3.2",
        size="4x4",
        kernel="4x4",
        cin="2",
        x=f"{_FOUR}~0 1 0 1_1 0 1 0_0 1 0 1_1 0 1 0",
    ),
    _example(
        "all",
        "Five poolings, same windows",
        "a lecture example, with min and median as in the lecture",
        kinds="max.avg.min.median.lp",
        size="4x4",
        kernel="2x2",
        stride="2x2",
        x=_FOUR,
    ),
)

POOLING_EXAMPLES: dict[str, Example] = {example.name: example for example in _ALL}
"""Ready poolings by name; the first is what the page opens on."""
