"""The relationships of Dumoulin and Visin as ready scenes: the sizes of their figures, by name.

The paper's figures of arithmetic have no numbers in their cells; here each input counts its own
cells where they are few, so that it can be seen where a number comes from.
"""

from __future__ import annotations

from kernels.layers.relationships import RELATIONSHIPS, Relationship
from kernels.scene.example import Example, example_of_settings

_NAMES = {
    1: "No padding",
    2: "Any padding",
    3: "Half padding",
    4: "Full padding",
    5: "Strides",
    6: "Padding, strides",
    7: "Pooling",
    15: "Dilation",
}
"""What a convolution's relationship is about; the others are the way back of one of these."""

_OPS = {"conv": "conv", "pool": "max", "transposed": "transposed"}


def relationship_name(row: Relationship) -> str:
    """What an example is called in links; a relationship may have a second figure.

    >>> [relationship_name(row) for row in RELATIONSHIPS[5:7]]
    ['relationship-6', 'relationship-6-odd']
    """
    return f"relationship-{row.number}" + ("-odd" if row.figure.endswith("strides_odd") else "")


def relationship_title(row: Relationship) -> str:
    """What it is called on screen.

    >>> relationship_title(RELATIONSHIPS[2])
    'Half padding, 5 → 5: relationship 3'
    """
    about = _NAMES.get(row.number, "Transposed")
    return f"{about}, {row.input} → {row.output}: relationship {row.number}"


def _numbers(row: Relationship) -> dict[str, str]:
    numbers = {"w": "random:2"} if row.kernel > 3 else {}
    if row.kind != "transposed":
        cells = [[n + row.input * m + 1 for n in range(row.input)] for m in range(row.input)]
        return numbers | {"x": "_".join(" ".join(map(str, cell)) for cell in cells)}
    return numbers | ({"x": "random:4"} if row.input > 5 else {})


def _example(row: Relationship) -> Example:
    def both(number: int) -> str:
        return f"{number}x{number}"

    return example_of_settings(
        relationship_name(row),
        relationship_title(row),
        f"Dumoulin and Visin 2016, relationship {row.number}: {row.name}",
        op=_OPS[row.kind],
        size=both(row.input),
        kernel=both(row.kernel),
        stride=both(row.stride),
        padding=both(row.padding),
        dilation=both(row.dilation),
        opad=both(row.output_padding),
        **_numbers(row),
    )


RELATIONSHIP_EXAMPLES = tuple(_example(row) for row in RELATIONSHIPS)
