"""Winograd's F(2, 3): 2 x 2 outputs of a 3 x 3 kernel by 16 products where 36 are usual.

Along one axis, two neighbouring outputs of a 3-tap kernel g read four inputs d:

    y0 = d0 g0 + d1 g1 + d2 g2          y1 = d1 g0 + d2 g1 + d3 g2

Six products; but four are enough,

    m0 = (d0 - d2) g0                   m1 = (d1 + d2) (g0 + g1 + g2) / 2
    m2 = (d2 - d1) (g0 - g1 + g2) / 2   m3 = (d1 - d3) g2

for y0 = m0 + m1 + m2 and y1 = m1 - m2 - m3. Along rows and then columns, a tile of 4 x 4 inputs
gives 2 x 2 outputs by 16 products. The sums of the kernel are made once, those of the inputs serve
all output channels, and each of the 16 products, summed over the input channels, is one matrix
product. Halving is exact in binary, so whole numbers stay exact.

With stride s, a square of s x s input cells counts as one cell with s * s times the channels: 9 to
12 taps at stride 4 are a 3-tap kernel as well.

Source: Lavin and Gray 2016 (arXiv 1509.09308), section 4.1.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kernels.engine.blocks import Block, cut, input_cells, surely_finite
from kernels.engine.columns import convolve_block
from kernels.engine.threads import NOW, Later, fewest_blocks, share_out
from kernels.geometry import Axis

KERNEL_SUMS = np.array([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]])
"""g to the right-hand factors of m0 to m3."""

OUTPUT_SUMS = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])
"""m0 to m3 to y0 and y1."""

# Both axes at once: each row of a Kronecker product is one of the 16 sums of 9 weights, or one of
# the 4 sums of 16 products.
TILE_KERNEL_SUMS = np.kron(KERNEL_SUMS, KERNEL_SUMS)
TILE_OUTPUT_SUMS = np.kron(OUTPUT_SUMS, OUTPUT_SUMS)

BLOCK_BYTES = 4 * 2**20
"""Scratch for the 16 matrices of inputs and of products of one block."""

FEWEST_TILES, MOST_TILES = 60, 400
"""Tiles of a block: with fewer, BLAS does not run at full speed; with more, it gains nothing."""


def kernel_sums(w: np.ndarray, strides: Sequence[int]) -> np.ndarray:
    """The kernel's factors of the 16 products: (16, K, s * s * C).

    >>> ones = np.ones((1, 1, 3, 3))
    >>> kernel_sums(ones, (1, 1)).reshape(4, 4)
    array([[1.  , 1.5 , 0.5 , 1.  ],
           [1.5 , 2.25, 0.75, 1.5 ],
           [0.5 , 0.75, 0.25, 0.5 ],
           [1.  , 1.5 , 0.5 , 1.  ]])
    """
    kernels, channels, height, width = w.shape
    down, across = strides
    taps = np.zeros((3 * down, 3 * across, kernels, channels), w.dtype)
    taps[:height, :width] = w.transpose(2, 3, 0, 1)
    # (tap row, its rows, tap column, its columns, K, C) -> (9 taps, K and all else of a tap)
    taps = taps.reshape(3, down, 3, across, kernels, channels).transpose(0, 2, 4, 1, 3, 5)
    sums = TILE_KERNEL_SUMS.astype(w.dtype) @ taps.reshape(9, -1)
    return sums.reshape(16, kernels, -1)


def winograd(
    x: np.ndarray,
    w: np.ndarray,
    bias: np.ndarray | None,
    axes: Sequence[Axis],
    groups: int,
    out: np.ndarray,
    seconds: float = 0.0,
) -> None:
    """Write the convolution of a batch to `out`; its kernel has 3 x 3 cells or, strided, squares.

    Padding cells are zero. seconds : about how long it will take, to decide on threads.
    """
    rows, columns = axes
    channels, kernels = w.shape[1], len(w) // groups
    matrices = kernel_sums(w, (rows.stride, columns.stride)).reshape(16, groups, kernels, -1)
    output_sums = TILE_OUTPUT_SUMS.astype(w.dtype)

    def work(block: Block, do: Later) -> None:
        group = block.groups.start
        images, _, height, width = block.shape
        tiles = (-(-height // 2), -(-width // 2))
        inputs = input_sums(x[:, block.channels(channels)], axes, block, tiles, do)
        products = do.scratch("products", (16, kernels, inputs.shape[-1]), x.dtype)
        do.matmul(matrices[:, group], inputs, out=products)
        if bias is not None:  # into m1 along both axes, which is part of all four outputs
            shared = bias[block.channels(kernels), np.newaxis]
            do.add(products[5], shared, out=products[5])
        outputs = do.scratch("outputs", (4, products[0].size), x.dtype)
        do.matmul(output_sums, products.reshape(16, -1), out=outputs)
        outputs = outputs.reshape(2, 2, kernels, tiles[0], tiles[1] + 1, images)
        target = out[block.images, block.channels(kernels), block.rows, block.columns]
        target = target.transpose(1, 2, 3, 0)
        for row, column in np.ndindex(2, 2):
            place = target[:, row::2, column::2]  # the last tile may hang over the end
            do.copyto(place, outputs[row, column, :, : place.shape[1], : place.shape[2]])
        do.call(mend, outputs, block)

    def mend(outputs: np.ndarray, block: Block) -> None:
        """Infinite cells may have met in the sums, or large ones overflown."""
        if not surely_finite(outputs):
            convolve_block(x, w, bias, axes, groups, out, block)

    share_out(work, _blocks(w, axes, groups, len(x), seconds), seconds)


def _blocks(
    w: np.ndarray, axes: Sequence[Axis], groups: int, images: int, seconds: float
) -> Sequence[Block]:
    rows, columns = axes
    height, width = (-(-axis.output // (2 * axis.dilation)) for axis in axes)
    channels = w.shape[1] * rows.stride * columns.stride
    tile_bytes = 16 * (channels + len(w) // groups) * w.itemsize
    most = min(max(BLOCK_BYTES // tile_bytes, FEWEST_TILES), MOST_TILES)
    return cut(
        (images, rows.output, columns.output),
        groups,
        (most // (height * width), 1, 2 * max(most // width, 1), 2 * most),
        fewest_blocks(seconds),
        2,
        (rows.dilation, columns.dilation),
    )


def input_sums(
    x: np.ndarray, axes: Sequence[Axis], block: Block, tiles: tuple[int, int], do: Later = NOW
) -> np.ndarray:
    """The inputs' factors of the 16 products of every tile: (16, s * s * C, places).

    Tiles overlap by half: d2 and d3 of one are d0 and d1 of the next. So even and odd rows and
    columns are taken apart, and d2 is d0 one place further on. A row of tiles has one place more
    than tiles, and there is one row more, for the last tile's d2 and d3: laid end to end, all the
    sums along an axis are sums of one long line with itself, shifted.
    """
    down, across = (axis.stride for axis in axes)
    height, width = (n + 1 for n in tiles)
    cells = input_cells(x, axes, block, (2 * height * down, 2 * width * across), do)
    channels, images = cells.shape[1], cells.shape[3]
    # (place, parity, row of the square) of rows and columns; to parities, channels, places.
    cells = cells.reshape(height, 2, down, channels, width, 2, across, images)
    cells = cells.transpose(1, 5, 2, 6, 3, 0, 4, 7)
    parity = do.scratch("parity", cells.shape, x.dtype)
    do.copyto(parity, cells)
    parity = parity.reshape(2, 2, -1)
    row = width * images
    line = parity.shape[-1]
    down_sums = do.scratch("sums along columns", (4, 2, line), x.dtype)
    do.copyto(down_sums[..., -row:], 0)
    _four_sums(*parity, down_sums, row, do)
    sums = do.scratch("sums", (4, 4, line), x.dtype)
    _four_sums(down_sums[:, 0], down_sums[:, 1], sums.swapaxes(0, 1), images, do)
    return sums.reshape(16, channels * down * across, -1)[..., : tiles[0] * row]


def _four_sums(even: np.ndarray, odd: np.ndarray, sums: np.ndarray, shift: int, do: Later) -> None:
    """Write the inputs' factors of m0 to m3; d2 and d3 are d0 and d1 `shift` places further on."""
    here, further = (..., slice(None, -shift)), (..., slice(shift, None))
    d0, d1, d2, d3 = even[here], odd[here], even[further], odd[further]
    m0, m1, m2, m3 = (factor[here] for factor in sums)
    do.subtract(d0, d2, out=m0)
    do.add(d1, d2, out=m1)
    do.subtract(d2, d1, out=m2)
    do.subtract(d1, d3, out=m3)
