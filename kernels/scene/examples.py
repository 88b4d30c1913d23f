"""Ready scenes: the textbook cases, each with the numbers that its source prints.

An example is the settings in which it differs from `scene.DEFAULTS`, in the flat form.
"""

from __future__ import annotations

from collections.abc import Mapping

from kernels.layers.pool_kinds import takes_norm
from kernels.reading.link_names import MEANT, names_of_p, open_link, own_names
from kernels.reading.link_text import quoted
from kernels.scene.axes import at_rank
from kernels.scene.example import Example, example_of_settings
from kernels.scene.flat import DEFAULTS, FlatScene, flat_of
from kernels.scene.mode_examples import MODE_EXAMPLES
from kernels.scene.relationship_examples import RELATIONSHIP_EXAMPLES
from kernels.scene.scene import Scene
from kernels.scene.settle import settle

_CURVE = "_".join(["0 0 0 0 0 30 0", "0 0 0 0 30 0 0", *["0 0 0 30 0 0 0"] * 4, "0 0 0 0 0 0 0"])
_CURVE_MATCH = "_".join(
    ["0 0 0 0 0 0 30", "0 0 0 0 50 50 50", "0 0 0 20 50 0 0", *["0 0 0 50 50 0 0"] * 4]
)
_CURVE_MISS = (
    "0 0 0 0 0 0 0_0 40 0 0 0 0 0_40 0 40 0 0 0 0_40 20 0 0 0 0 0_"
    "0 50 0 0 0 0 0_0 0 50 0 0 0 0_25 25 0 50 0 0 0"
)
_NINE = "0 1 2_3 4 5_6 7 8"
_POOL_FOUR = "1 1 2 4_5 6 7 8_3 2 1 0_1 2 3 4"


_TEXTBOOK = (
    example_of_settings("valid", "3×3 kernel on 5×5", "Dumoulin and Visin 2016, figure 1.1"),
    example_of_settings(
        "padded-stride",
        "Padding 1, stride 2",
        "Dumoulin and Visin 2016, figure 1.2",
        padding="1x1",
        stride="2x2",
    ),
    example_of_settings(
        "two-by-two",
        "2×2 kernel on 0…8",
        "Zhang et al., Dive into Deep Learning, section 7.2",
        size="3x3",
        kernel="2x2",
        x=_NINE,
        w="0 1_2 3",
    ),
    example_of_settings(
        "flipped",
        "Flipped kernel: true convolution",
        "Zhang et al., Dive into Deep Learning, section 7.2, with the kernel turned",
        size="3x3",
        kernel="2x2",
        x=_NINE,
        w="0 1_2 3",
        flip="1",
    ),
    example_of_settings(
        "zeros-and-ones",
        "Zeros and ones, 5×5",
        "the toy example of many lecture slides",
        x="1 1 1 0 0_0 1 1 1 0_0 0 1 1 1_0 0 1 1 0_0 1 1 0 0",
        w="1 0 1_0 1 0_1 0 1",
    ),
    example_of_settings(
        "unused-row",
        "A row and a column never used",
        "a lecture exercise: 1…16, padding 1, stride 2",
        size="4x4",
        padding="1x1",
        stride="2x2",
        x="1 2 3 4_5 6 7 8_9 10 11 12_13 14 15 16",
    ),
    example_of_settings(
        "two-channels",
        "Two input channels",
        "Zhang et al., Dive into Deep Learning, section 7.4",
        size="3x3",
        kernel="2x2",
        cin="2",
        x=f"{_NINE}~1 2 3_4 5 6_7 8 9",
        w="0 1_2 3~1 2_3 4",
    ),
    example_of_settings(
        "curve-match",
        "Curve detector: a match",
        "a lecture's curve detector on a mouse's outline",
        size="7x7",
        kernel="7x7",
        x=_CURVE_MATCH,
        w=_CURVE,
    ),
    example_of_settings(
        "curve-miss",
        "Curve detector: no match",
        "a lecture's curve detector on a mouse's ear",
        size="7x7",
        kernel="7x7",
        x=_CURVE_MISS,
        w=_CURVE,
    ),
    example_of_settings(
        "dilated",
        "Dilation 2 on 7×7",
        "Dumoulin and Visin 2016, relationship 15",
        size="7x7",
        dilation="2x2",
        x="3 3 2 1 0 1 2_0 0 1 3 1 0 3_3 1 2 2 3 1 0_2 0 0 2 2 3 1_2 0 0 0 1 2 2_1 3 0 2 1 0 1_"
        "0 2 1 3 0 1 2",
    ),
    example_of_settings(
        "rgb",
        "3 channels, 2 kernels, 2 biases",
        "random whole numbers",
        size="6x6",
        cin="3",
        cout="2",
        padding="1x1",
        bias="1",
        x="random:3",
        w="random:4",
        b="1 -2",
    ),
    example_of_settings(
        "depthwise",
        "Depthwise: one kernel a channel",
        "random whole numbers",
        size="5x5",
        cin="3",
        cout="3",
        groups="3",
        x="random:5",
        w="random:6",
    ),
    example_of_settings(
        "max-pool",
        "Max pooling 2×2, stride 2",
        "a lecture example",
        op="max",
        size="4x4",
        kernel="2x2",
        stride="2x2",
        x=_POOL_FOUR,
    ),
    example_of_settings(
        "average-pool",
        "Average pooling 2×2, stride 2",
        "a lecture example",
        op="avg",
        size="4x4",
        kernel="2x2",
        stride="2x2",
        x=_POOL_FOUR,
    ),
    example_of_settings(
        "overlapping-pool",
        "Max pooling 2×2, overlapping",
        "Zhang et al., Dive into Deep Learning, section 7.5",
        op="max",
        size="3x3",
        kernel="2x2",
        x=_NINE,
    ),
)


_ALL: tuple[Example, ...] = (*_TEXTBOOK, *MODE_EXAMPLES, *RELATIONSHIP_EXAMPLES)

EXAMPLES: dict[str, Example] = {example.name: example for example in _ALL}
"""Ready scenes by name, in teaching order; the first is what the app opens on."""


SEEN_OTHERWISE = ("step", "way")
"""How a scene is looked at; it stays the ready scene that it is."""


def link_of(scene: Scene) -> dict[str, str]:
    """The address of a scene: the ready scene that it is, or is nearest to, and what differs.

    >>> from kernels.scene.settle import settle
    >>> scene, _ = settle({"stride": "2x2"})
    >>> link_of(scene)
    {'stride': '2x2'}
    """
    flat = flat_of(scene)

    def settings(example: Example) -> dict[str, str]:
        base = example.flat
        if base["rank"] == "2" != flat["rank"]:
            base = {**at_rank(base, int(flat["rank"])), "rank": "2"}
        differing = {key: value for key, value in flat.items() if base[key] != value}
        return differing if example is _ALL[0] else {"example": example.name, **differing}

    def length(link: dict[str, str]) -> tuple[bool, int]:
        own = bool(set(link) - {"example", *SEEN_OTHERWISE})
        return own, sum(len(key + value) + 2 for key, value in link.items())

    link = min(map(settings, _ALL), key=length)
    if "p" in link and not takes_norm(flat["op"]):
        link["power"] = link.pop("p")
    return link


def scene_of(link: Mapping[str, str]) -> tuple[FlatScene, tuple[str, ...]]:
    """Read an address, moving what cannot be to the nearest setting that can.

    >>> scene, notes = scene_of({"example": "two-by-two", "flip": "1"})
    >>> scene.output()[0].tolist(), notes
    ([[5.0, 11.0], [23.0, 29.0]], ())
    >>> scene_of({"s": "2", "colour": "red"})[1]
    ('“s” is read as stride.', 'This page has no setting “colour”, so it is left out.')

    The settings also go by the names that papers and libraries give them. `p` is padding there,
    but for Lp pooling its power.
    """
    name = link.get("example", "")
    base: Mapping[str, str] = EXAMPLES[name].flat if name in EXAMPLES else DEFAULTS
    p, meant_by_p = names_of_p(link, takes_norm(link.get("op", base["op"])))
    known = own_names(["example", *(key for key in DEFAULTS if key != "p")])
    return open_link(link, known | p, {**MEANT, **meant_by_p}, _settled)


def _settled(flat: Mapping[str, str]) -> tuple[FlatScene, tuple[str, ...]]:
    name = flat.get("example", _ALL[0].name)
    if name in EXAMPLES:
        return settle(flat, EXAMPLES[name].flat)
    scene, notes = settle(flat)
    known = f"There is no example {quoted(name, 30)}; the page shows “{_ALL[0].title}” instead."
    return scene, (known, *notes)
