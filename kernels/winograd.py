"""Winograd's F(2, 3): 3 x 3 convolution with 16 products for 4 outputs where 36 are usual.

Along one axis, two neighbouring outputs of a 3-tap kernel g read four inputs d:

    y0 = d0 g0 + d1 g1 + d2 g2          y1 = d1 g0 + d2 g1 + d3 g2

Six products; but four are enough,

    m0 = (d0 - d2) g0                   m1 = (d1 + d2) (g0 + g1 + g2) / 2
    m2 = (d2 - d1) (g0 - g1 + g2) / 2   m3 = (d1 - d3) g2

for y0 = m0 + m1 + m2 and y1 = m1 - m2 - m3. Along rows and then columns, a tile of 4 x 4 inputs
gives 2 x 2 outputs by 16 products. The sums of the kernel are made once, those of the inputs serve
all output channels, and each of the 16 products, summed over the input channels, is one matrix
product. Halving is exact in binary, so whole numbers stay exact. Source: Lavin and Gray 2016
(arXiv 1509.09308), section 4.1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from kernels.blocks import gather, parts
from kernels.geometry import Axis
from kernels.threads import scratch, share_out

KERNEL_SUMS = np.array([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]])
"""g to the right-hand factors of m0 to m3."""

OUTPUT_SUMS = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])
"""m0 to m3 to y0 and y1."""

TILES = 240
"""Tiles of a block: wide enough for BLAS, and its 16 matrices still fit in the cache."""


class TileBlock(NamedTuple):
    """Tiles that are computed at once: some images, a phase of the dilation, some rows of tiles."""

    images: slice
    phase: tuple[int, int]
    rows: slice


def winograd(
    x: np.ndarray,
    w: np.ndarray,
    bias: np.ndarray | None,
    axes: Sequence[Axis],
    out: np.ndarray,
    seconds: float = 0.0,
) -> None:
    """Write a 3 x 3 convolution of stride 1 to `out`; padding cells are zero.

    With dilation d, every d-th row and column is a picture of its own, convolved without dilation:
    its phase. seconds : about how long it will take, to decide on threads.
    """
    kernels, channels = w.shape[:2]
    # Both axes at once: each row of the Kronecker product is one of the 16 sums of 9 weights.
    matrices = np.kron(KERNEL_SUMS, KERNEL_SUMS).astype(w.dtype) @ w.reshape(-1, 9).T
    matrices = matrices.reshape(16, kernels, channels)
    output_sums = np.kron(OUTPUT_SUMS, OUTPUT_SUMS).astype(w.dtype)
    row_step, column_step = (axis.dilation for axis in axes)

    def work(block: TileBlock) -> None:
        images = x[block.images]
        height, width = block.rows.stop - block.rows.start, _tiles(axes[1], block.phase[1])
        top, left = block.phase[0] + 2 * row_step * block.rows.start, block.phase[1]
        corner = (top - axes[0].before, left - axes[1].before)
        inputs = _input_sums(images, corner, (row_step, column_step), (height, width))
        products = scratch("products", (16, kernels, inputs.shape[-1]), x.dtype)
        np.matmul(matrices, inputs, out=products)
        if bias is not None:
            products[5] += bias[:, np.newaxis]  # m1 along both axes is part of all four outputs
        sums = scratch("tile outputs", (4, products[0].size), x.dtype)
        np.matmul(output_sums, products.reshape(16, -1), out=sums)
        sums = sums.reshape(2, 2, kernels, height, len(images), width + 1)
        for row, column in np.ndindex(2, 2):
            target = out[
                block.images,
                :,
                top + row * row_step :: 2 * row_step,
                left + column * column_step :: 2 * column_step,
            ][:, :, :height]
            # A tile may hang over the end of the result.
            part = sums[row, column, :, : target.shape[2], :, : target.shape[3]]
            target[...] = part.transpose(2, 0, 1, 3)

    share_out(work, _tile_blocks(len(x), axes), seconds)


def _tiles(axis: Axis, phase: int) -> int:
    """Pairs of outputs along an axis, of those whose place is `phase` modulo the dilation."""
    outputs = -(-(axis.output - phase) // axis.dilation)
    return -(-outputs // 2)


def _tile_blocks(images: int, axes: Sequence[Axis]) -> list[TileBlock]:
    blocks = []
    for phase in np.ndindex(*(min(axis.dilation, axis.output) for axis in axes)):
        height, width = (_tiles(axis, n) for axis, n in zip(axes, phase, strict=True))
        for some in parts(images, max(TILES // (height * width), 1)):
            for part in parts(height, max(TILES // width, 1)):
                blocks.append(TileBlock(some, phase, part))
    return blocks


def _input_sums(
    x: np.ndarray, corner: tuple[int, int], step: tuple[int, int], tiles: tuple[int, int]
) -> np.ndarray:
    """The inputs' factors of the 16 products of every tile: (16, C, tile rows * images * columns).

    Tiles overlap by half: d2 and d3 of one are d0 and d1 of the next. So even and odd rows and
    columns are taken apart, and d2 is d0 one place further on. Every row of tiles has one place
    more than tiles, and there is one more row, for the last tile's d2 and d3: laid end to end,
    all sums along an axis are then sums of one long line with itself, shifted.
    """
    images, channels = x.shape[:2]
    height, width = tiles
    places = images * (width + 1)
    parity = scratch("parity", (2, 2, channels, height + 1, images, width + 1), x.dtype, beside=x)
    for row, column in np.ndindex(2, 2):
        gather(
            parity[row, column].transpose(2, 0, 1, 3),
            x,
            (corner[0] + row * step[0], corner[1] + column * step[1]),
            (2 * step[0], 2 * step[1]),
        )
    line = channels * (height + 1) * places
    down = scratch("down", (4, 2, line), x.dtype)
    down[..., -places:] = 0
    _four_sums(*parity.reshape(2, 2, line), down, places)
    sums = scratch("sums", (4, 4, line), x.dtype)
    _four_sums(down[:, 0], down[:, 1], sums.swapaxes(0, 1), 1)
    return sums.reshape(16, channels, -1)[..., : height * places]


def _four_sums(even: np.ndarray, odd: np.ndarray, sums: np.ndarray, shift: int) -> None:
    """Write the left-hand factors of m0 to m3; d2 and d3 are d0 and d1 `shift` places on."""
    here, further = (..., slice(None, -shift)), (..., slice(shift, None))
    d0, d1, d2, d3 = even[here], odd[here], even[further], odd[further]
    m0, m1, m2, m3 = (factor[here] for factor in sums)
    np.subtract(d0, d2, out=m0)
    np.add(d1, d2, out=m1)
    np.subtract(d2, d1, out=m2)
    np.subtract(d1, d3, out=m3)
