"""Ready scenes of other layers and axes: transposed convolutions, signals, and volumes."""

from __future__ import annotations

from kernels.scene.example import example_of_settings

_SIGNAL = "1 2 4 3 1 0 0 2 5 4 2 1"
_ODENA = "Odena, Dumoulin and Olah 2016, Deconvolution and checkerboard artifacts"


def _ones(count: int) -> str:
    return "_".join([" ".join("1" * count)] * count)


def _bar(column: int) -> str:
    """A frame of 5 x 5 with a bar of ones in this column."""
    return "_".join([" ".join("1" if at == column else "0" for at in range(5))] * 5)


MODE_EXAMPLES = (
    example_of_settings(
        "reflected",
        "Padding that reflects the input",
        "torch.nn.Conv2d, padding_mode='reflect'",
        padding="2x2",
        mode="reflect",
    ),
    example_of_settings(
        "transposed",
        "Transposed: 2×2 becomes 5×5",
        "Dumoulin and Visin 2016, figure 4.5, relationship 12",
        op="transposed",
        size="2x2",
        stride="2x2",
        x="1 2_3 4",
    ),
    example_of_settings(
        "checkerboard",
        "Transposed: checkerboard of k 3, s 2",
        _ODENA,
        op="transposed",
        size="4x4",
        stride="2x2",
        x=_ones(4),
        w=_ones(3),
    ),
    example_of_settings(
        "no-checkerboard",
        "Transposed: none with k 4, s 2",
        _ODENA,
        op="transposed",
        size="4x4",
        kernel="4x4",
        stride="2x2",
        padding="1x1",
        x=_ones(4),
        w=_ones(4),
    ),
    example_of_settings(
        "output-padding",
        "Transposed: 5 or 6, by output padding",
        "Dumoulin and Visin 2016, relationship 14",
        op="transposed",
        size="3x3",
        stride="2x2",
        padding="1x1",
        opad="1x1",
        x="1 2 3_4 5 6_7 8 9",
    ),
    example_of_settings(
        "signal",
        "1-D: a signal of 12 numbers",
        "a lecture example",
        rank="1",
        size="12",
        kernel="3",
        x=_SIGNAL,
        w="1 2 -1",
    ),
    example_of_settings(
        "signal-flipped",
        "1-D: flipped kernel",
        "a lecture's s_t = Σ u_a w_(t−a)",
        rank="1",
        size="6",
        kernel="3",
        padding="full",
        flip="1",
        x="1 2 4 3 1 0",
        w="1 2 -1",
    ),
    example_of_settings(
        "causal",
        "1-D: causal, padding before only",
        "van den Oord et al. 2016, WaveNet, section 2.1",
        rank="1",
        size="12",
        kernel="3",
        padding="2.0",
        x=_SIGNAL,
        w="1 1 1",
    ),
    example_of_settings(
        "video",
        "3-D: a bar moves through 4 frames",
        "a lecture example: what a kernel over time sees of a movement",
        rank="3",
        size="4x5x5",
        kernel="2x3x3",
        x="~".join(_bar(column) for column in range(4)),
        w="-1 -1 -1_-1 -1 -1_-1 -1 -1~1 1 1_1 1 1_1 1 1",
    ),
    example_of_settings(
        "video-channels",
        "3-D: 2 channels of 3 frames",
        "random whole numbers",
        rank="3",
        size="3x4x4",
        cin="2",
        kernel="2x3x3",
        bias="1",
        x="random:7",
        w="random:8",
        b="1",
    ),
    example_of_settings(
        "video-causal",
        "3-D: causal, frames before only",
        "van den Oord et al. 2016, WaveNet, section 2.1, over the frames of a video",
        rank="3",
        size="4x4x4",
        kernel="3x3x3",
        padding="2.0x1x1",
        x="random:9",
        w="random:10",
    ),
)
