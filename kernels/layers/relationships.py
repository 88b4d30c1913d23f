"""The 15 relationships of Dumoulin and Visin (2016), each with its figure's own numbers.

Between the sizes of input, kernel, stride, padding and output: 1 to 6 of a convolution, 7 of a
pooling, 8 to 14 of a transposed convolution, 15 of a dilated convolution. Source: V. Dumoulin and
F. Visin, A guide to convolution arithmetic for deep learning, arXiv 1603.07285.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kernels.layers.spec import ConvSpec, ConvTransposeSpec, LayerSpec, PoolSpec


@dataclass(frozen=True)
class Relationship:
    """One relationship between sizes along an axis, and a layer that shows it.

    >>> strided = RELATIONSHIPS[5]
    >>> strided.number, strided.formula
    (6, 'o = ⌊(i + 2p − k) / s⌋ + 1')
    >>> strided.layer(rank=2).output_size((5, 5)), strided.output
    ((3, 3), 3)

    Attributes
    ----------
    number : 1 to 15; a relationship may have more than one example.
    kind : 'conv', 'pool' or 'transposed'.
    formula : in the paper's letters: i input, k kernel, s stride, p padding, o output; in a
        transposed convolution i′ and o′ are its own input and output, and a its output padding.
    input, kernel, stride, padding, output_padding, dilation : the figure's settings.
    output : the size that the figure shows.
    figure : the name of the figure's file in the paper's source.
    sentence : what it says, in words.
    """

    number: int
    name: str
    kind: Literal["conv", "pool", "transposed"]
    formula: str
    input: int
    kernel: int
    output: int
    figure: str
    sentence: str
    stride: int = 1
    padding: int = 0
    output_padding: int = 0
    dilation: int = 1

    @property
    def letters(self) -> str:
        """The settings in the paper's letters; dilation and output padding where there are any.

        >>> print(RELATIONSHIPS[5].letters)
        i = 5, k = 3, s = 2, p = 1, o = 3
        >>> print(RELATIONSHIPS[-2].letters)
        i′ = 3, k = 3, s = 2, p = 1, a = 1, o′ = 6
        """
        prime = "′" if self.kind == "transposed" else ""
        rare = [("a", self.output_padding)] if self.output_padding else []
        rare += [("d", self.dilation)] if self.dilation > 1 else []
        named = [
            (f"i{prime}", self.input),
            ("k", self.kernel),
            ("s", self.stride),
            ("p", self.padding),
            *rare,
            (f"o{prime}", self.output),
        ]
        return ", ".join(f"{letter} = {number}" for letter, number in named)

    def layer(self, rank: int = 2) -> ConvSpec | PoolSpec | ConvTransposeSpec:
        """The layer of one channel that the figure shows, with the same numbers on each axis."""
        window = (self.kernel,) * rank
        if self.kind == "pool":
            return PoolSpec(window, self.stride)
        if self.kind == "conv":
            return ConvSpec(1, 1, window, self.stride, self.padding, self.dilation, bias=False)
        return ConvTransposeSpec(
            1, 1, window, self.stride, self.padding, self.output_padding, bias=False
        )


RELATIONSHIPS: tuple[Relationship, ...] = (
    Relationship(
        number=1,
        name="No padding, stride 1",
        kind="conv",
        formula="o = (i − k) + 1",
        input=4,
        kernel=3,
        output=2,
        figure="no_padding_no_strides",
        sentence="The window stands once at the start, and once more for each cell it can move.",
    ),
    Relationship(
        number=2,
        name="Any padding, stride 1",
        kind="conv",
        formula="o = (i − k) + 2p + 1",
        input=5,
        kernel=4,
        padding=2,
        output=6,
        figure="arbitrary_padding_no_strides",
        sentence="Padding on both sides makes the input 2p cells longer, and so the output.",
    ),
    Relationship(
        number=3,
        name="Half padding, stride 1",
        kind="conv",
        formula="o = i  (k odd, p = ⌊k / 2⌋)",
        input=5,
        kernel=3,
        padding=1,
        output=5,
        figure="same_padding_no_strides",
        sentence="Half a kernel of padding, the kernel's length being odd, keeps the size.",
    ),
    Relationship(
        number=4,
        name="Full padding, stride 1",
        kind="conv",
        formula="o = i + (k − 1)  (p = k − 1)",
        input=5,
        kernel=3,
        padding=2,
        output=7,
        figure="full_padding_no_strides",
        sentence="Every window that touches the input by at least one cell counts.",
    ),
    Relationship(
        number=5,
        name="No padding, any stride",
        kind="conv",
        formula="o = ⌊(i − k) / s⌋ + 1",
        input=5,
        kernel=3,
        stride=2,
        output=2,
        figure="no_padding_strides",
        sentence="The window moves s cells at a time; a last step that does not fit is not taken.",
    ),
    Relationship(
        number=6,
        name="Any padding, any stride",
        kind="conv",
        formula="o = ⌊(i + 2p − k) / s⌋ + 1",
        input=5,
        kernel=3,
        stride=2,
        padding=1,
        output=3,
        figure="padding_strides",
        sentence="The general case: the padded input is i + 2p cells long.",
    ),
    Relationship(
        number=6,
        name="Any padding, any stride, with cells left over",
        kind="conv",
        formula="o = ⌊(i + 2p − k) / s⌋ + 1",
        input=6,
        kernel=3,
        stride=2,
        padding=1,
        output=3,
        figure="padding_strides_odd",
        sentence="One cell more than 5 and the same output: no window reaches the last row.",
    ),
    Relationship(
        number=7,
        name="Pooling",
        kind="pool",
        formula="o = ⌊(i − k) / s⌋ + 1",
        input=5,
        kernel=3,
        output=3,
        figure="numerical_max_pooling",
        sentence="A pooling's windows are counted as a convolution's without padding.",
    ),
    Relationship(
        number=8,
        name="No padding, stride 1, transposed",
        kind="transposed",
        formula="o′ = i′ + (k − 1)",
        input=2,
        kernel=3,
        output=4,
        figure="no_padding_no_strides_transposed",
        sentence="The way back from relationship 1: a convolution with full padding, p′ = k − 1.",
    ),
    Relationship(
        number=9,
        name="Any padding, stride 1, transposed",
        kind="transposed",
        formula="o′ = i′ + (k − 1) − 2p",
        input=6,
        kernel=4,
        padding=2,
        output=5,
        figure="arbitrary_padding_no_strides_transposed",
        sentence="The way back from relationship 2: the more was padded, the more is cropped, "
        "p′ = k − p − 1.",
    ),
    Relationship(
        number=10,
        name="Half padding, stride 1, transposed",
        kind="transposed",
        formula="o′ = i′  (k odd, p = ⌊k / 2⌋)",
        input=5,
        kernel=3,
        padding=1,
        output=5,
        figure="same_padding_no_strides_transposed",
        sentence="The way back from relationship 3 keeps the size as well, p′ = p.",
    ),
    Relationship(
        number=11,
        name="Full padding, stride 1, transposed",
        kind="transposed",
        formula="o′ = i′ − (k − 1)  (p = k − 1)",
        input=7,
        kernel=3,
        padding=2,
        output=5,
        figure="full_padding_no_strides_transposed",
        sentence="The way back from relationship 4 is a convolution without padding, p′ = 0.",
    ),
    Relationship(
        number=12,
        name="No padding, any stride, transposed",
        kind="transposed",
        formula="o′ = s(i′ − 1) + k  (s divides i − k)",
        input=2,
        kernel=3,
        stride=2,
        output=5,
        figure="no_padding_strides_transposed",
        sentence="The way back from relationship 5: s − 1 zeros between the input's cells, then "
        "stride 1.",
    ),
    Relationship(
        number=13,
        name="Any padding, any stride, transposed",
        kind="transposed",
        formula="o′ = s(i′ − 1) + k − 2p  (s divides i + 2p − k)",
        input=3,
        kernel=3,
        stride=2,
        padding=1,
        output=5,
        figure="padding_strides_transposed",
        sentence="The way back from relationship 6 where no cell was left over.",
    ),
    Relationship(
        number=14,
        name="Any padding, any stride, transposed, with cells left over",
        kind="transposed",
        formula="o′ = s(i′ − 1) + a + k − 2p  (a = (i + 2p − k) mod s)",
        input=3,
        kernel=3,
        stride=2,
        padding=1,
        output_padding=1,
        output=6,
        figure="padding_strides_odd_transposed",
        sentence="The way back from relationship 6 where a cells were left over: output_padding "
        "adds them.",
    ),
    Relationship(
        number=15,
        name="Dilation",
        kind="conv",
        formula="o = ⌊(i + 2p − k − (k − 1)(d − 1)) / s⌋ + 1",
        input=7,
        kernel=3,
        dilation=2,
        output=3,
        figure="dilation",
        sentence="d − 1 cells between its own make a kernel reach over k + (k − 1)(d − 1) cells.",
    ),
)


def relationship_of(layer: LayerSpec, input_size: Sequence[int]) -> Relationship | None:
    """The relationship whose figure shows this layer on this input, whatever its channels.

    >>> found = relationship_of(ConvSpec(3, 8, 3, stride=2, padding=1), (5, 5))
    >>> found.number, found.sentence
    (6, 'The general case: the padded input is i + 2p cells long.')
    >>> relationship_of(ConvSpec(1, 1, 3), (224, 224))
    """
    axes = set(layer.axes(input_size))
    return _BY_AXIS.get((type(layer), *axes)) if len(axes) == 1 else None


_BY_AXIS: dict[tuple[object, ...], Relationship] = {
    (type(row.layer()), *row.layer(1).axes((row.input,))): row for row in RELATIONSHIPS
}
