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

from kernels.engine.blocks import Block, cut, input_cells, small_parts
from kernels.engine.columns import mend
from kernels.engine.threads import NOW, Later, fewest_blocks, first_share, share_out
from kernels.layers.geometry import Axis

KERNEL_SUMS = np.array([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]])
"""g to the right-hand factors of m0 to m3."""

OUTPUT_SUMS = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])
"""m0 to m3 to y0 and y1."""

# Both axes at once: each row of a Kronecker product is one of the 16 sums of 9 weights, or one of
# the 4 sums of 16 products.
TILE_KERNEL_SUMS = np.kron(KERNEL_SUMS, KERNEL_SUMS)
TILE_OUTPUT_SUMS = np.kron(OUTPUT_SUMS, OUTPUT_SUMS)

BLOCK_BYTES = 8 * 2**20
"""Scratch for the 16 matrices of inputs and of products of one block."""

FEWEST_TILES, MOST_TILES = 60, 800
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
    taps = w
    if (height, width) != (3 * down, 3 * across):
        taps = np.zeros((kernels, channels, 3 * down, 3 * across), w.dtype)
        taps[:, :, :height, :width] = w
    # (K, C, tap row, its rows, tap column, its columns) -> (K and all else of a tap, 9 taps), which
    # is how they are already if a tap is one cell.
    taps = taps.reshape(kernels, channels, 3, down, 3, across).transpose(0, 3, 5, 1, 2, 4)
    sums = TILE_KERNEL_SUMS.astype(w.dtype) @ taps.reshape(-1, 9).T
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
        places = inputs.shape[-1]
        products = do.scratch("products", (16, kernels, places), x.dtype)
        some = kernels // small_parts(kernels, inputs[0].size)
        do.matmul(
            matrices[:, group].reshape(16, -1, some, inputs.shape[1]),
            inputs[:, np.newaxis],
            out=products.reshape(16, -1, some, places),
        )
        if bias is not None:  # into m1 along both axes, which is part of all four outputs
            shared = bias[block.channels(kernels), np.newaxis]
            do.add(products[5], shared, out=products[5])
        outputs = do.scratch("outputs", (kernels, 4, places), x.dtype)
        do.matmul(output_sums, products.swapaxes(0, 1), out=outputs)
        target = out[block.images, block.channels(kernels), block.rows, block.columns]
        target = target.transpose(1, 2, 3, 0)
        values = outputs.reshape(kernels, 2, 2, tiles[0], tiles[1] + 1, images)
        for row, column in np.ndindex(2, 2):
            place = target[:, row::2, column::2]  # the last tile may hang over the end
            do.copyto(place, values[:, row, column, : place.shape[1], : place.shape[2]])
        # Infinite cells may have met in the sums, or large ones overflown.
        do.call(mend, outputs.reshape(1, -1), x, w, bias, axes, groups, out, block)

    blocks = _blocks(w, axes, groups, len(x), seconds)
    share_out(work, blocks, seconds)


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
        first_share(seconds),
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
    _four_sums(parity, down_sums, row, do)
    sums = do.scratch("sums", (4, 4, line), x.dtype)
    _four_sums(down_sums.swapaxes(0, 1), sums.swapaxes(0, 1), images, do)
    return sums.reshape(16, channels * down * across, -1)[..., : tiles[0] * row]


def _four_sums(pair: np.ndarray, sums: np.ndarray, shift: int, do: Later) -> None:
    """Write the inputs' factors of m0 to m3.

    pair : d0 and d1; d2 and d3 are `shift` places further on.
    """
    here, further = pair[..., :-shift], pair[..., shift:]
    sums = sums[..., :-shift]
    do.subtract(here, further, out=sums[::3])  # d0 - d2, d1 - d3
    do.add(here[1], further[0], out=sums[1])
    do.subtract(further[0], here[1], out=sums[2])
