"""Lines, signals and videos: each axis read by itself, every place on it tried."""

import re

from tests.lessons.quiz.words.layers import Layer
from tests.lessons.quiz.words.page import Page, Unread, found
from tests.lessons.quiz.words.slow import has_bias, how_many, numbers_in

PADDED = (
    r"^An input of (\d+) × (\d+) goes through a convolution with an? (\d+) × (\d+) kernel, "
    r"after (\d+) rows? and (\d+) columns? of padding are put around it in all\.$"
)
KEPT = (
    r"^An input of (\d+) × (\d+) goes through a convolution with an? (\d+) × (\d+) kernel "
    r"and keeps its size, as padding is put around it\.$"
)
SIGNAL = (
    r"^A signal of (\d+) numbers with (\d+) channels? goes through a 1-D convolution with "
    r"(\d+) kernels? of length (\d+)(?:, stride (\d+))?(?:, padding (\d+))?\.$"
)
VIDEO = (
    r"^A video of (\d+) frames of (\d+) × (\d+) with (\d+) channels? goes through a "
    r"3-D convolution with (\d+) kernels? of (\d+) × (\d+) × (\d+)"
    r"(?:, stride (\d+))?(?:, padding (\d+))?\.$"
)
LINES = (
    r"^(\d+) input numbers in a row are joined by lines to (\d+) output numbers: by a fully "
    r"connected layer, or by a convolution whose kernel has length (\d+), with (\d+) cells? "
    r"of padding at each end\.$"
)
IMAGE = (
    r"^A grey image of (\d+) × (\d+) goes through a convolution with an? (\d+) × (\d+) kernel and "
    r"comes out as (\d+) × (\d+)\. A fully connected layer could compute as many numbers from it\.$"
)


def _fits(cells: int, kernel: int) -> int:
    """How often a kernel fits on a row of cells, one cell on at a time."""
    return sum(1 for start in range(cells) if start + kernel <= cells)


def _keeping(size: int, kernel: int) -> int:
    """The cells of padding, at both ends together, with which a size is kept."""
    (total,) = [cells for cells in range(2 * kernel) if _fits(size + cells, kernel) == size]
    return total


def padded_in_all(page: Page) -> list[int]:
    """The size where the rows and columns of padding are told for both sides together."""
    page.must_agree("Padding is counted over both sides together")
    page.must_agree("Sizes are height × width: rows before columns")
    page.must_agree("The stride is 1")
    height, width, high, wide, rows, columns = found(PADDED, page.given)
    sizes = {"height": _fits(height + rows, high), "width": _fits(width + columns, wide)}
    return [sizes[box] for box in page.boxes]


def padding_that_keeps(page: Page) -> list[int]:
    """All rows and columns of padding, or the rows above and those below."""
    page.must_agree("Sizes are height × width: rows before columns")
    page.must_agree("The stride is 1")
    height, width, high, wide = found(KEPT, page.given)
    rows, columns = _keeping(height, high), _keeping(width, wide)
    counts = {"rows above": 0, "rows below": 0}
    for row in range(rows):  # dealt out one by one, the first to the top
        counts["rows above" if row % 2 == 0 else "rows below"] += 1
    if page.boxes == ("rows", "columns"):
        page.must_agree("Padding is counted over both sides together")
        counts = {"rows": rows, "columns": columns}
    elif rows % 2:
        page.must_agree("Where rows cannot be shared out equally, one more goes to the top")
    return [counts[box] for box in page.boxes]


def _along(page: Page, size: int, kernel: int) -> int:
    """One axis of an output, with the stride and the padding that are told, if they are."""
    stride = re.search(r", stride (\d+)", page.given)
    padding = re.search(r", padding (\d+)", page.given)
    layer = Layer(
        "convolution",
        kernel=(kernel, kernel),
        stride=(int(stride[1]),) * 2 if stride else None,
        padding=((int(padding[1]),) * 2,) * 2 if padding else None,
    )
    return how_many(page, layer, size, 0)


def signal(page: Page) -> list[int]:
    length, channels, kernels, kernel = found(SIGNAL, page.given)[:4]
    if page.boxes == ("length",):
        return [_along(page, length, kernel)]
    return [_learned(page, kernels, channels, (kernel,))]


def video(page: Page) -> list[int]:
    numbers = found(VIDEO, page.given)
    size, (channels, kernels), kernel = numbers[:3], numbers[3:5], numbers[5:8]
    page.must_agree("A kernel's size is frames × height × width")
    if page.boxes == ("parameters",):
        return [_learned(page, kernels, channels, kernel)]
    page.must_agree("A frame's size is height × width")
    names = ("frames", "height", "width")
    after = [_along(page, cells, taps) for cells, taps in zip(size, kernel, strict=True)]
    return [after[names.index(box)] for box in page.boxes]


def _learned(page: Page, kernels: int, channels: int, kernel: tuple[int, ...]) -> int:
    if page.boxes != ("parameters",):
        raise Unread(f"what belongs into {page.boxes}?")
    bias = 1 if has_bias(page, Layer("convolution")) else 0
    return kernels * (channels * numbers_in(kernel) + bias)


def lines(page: Page) -> list[int]:
    """Each line drawn: from an output to the inputs under its window."""
    inputs, outputs, kernel, padding = found(LINES, page.given)
    page.must_agree("The stride is 1")
    page.must_agree("A line joins an output to an input that it is computed from")
    page.must_agree("padding is not an input")
    if _fits(inputs + 2 * padding, kernel) != outputs:
        raise Unread("the convolution does not give that many outputs")
    drawn = [
        (cell, output)
        for output in range(outputs)
        for cell in range(output - padding, output - padding + kernel)
        if 0 <= cell < inputs
    ]
    both = {"fully connected": inputs * outputs, "convolution": len(drawn)}
    return [both[box] for box in page.boxes]


def both_products(page: Page) -> list[int]:
    """Products of a convolution and of a fully connected layer between the same numbers."""
    height, width, high, wide, *output = found(IMAGE, page.given)
    for words in ("There is no bias", "The stride is 1", "there is no padding"):
        page.must_agree(words)
    if [_fits(height, high), _fits(width, wide)] != output:
        raise Unread("the output is not what is said")
    outputs = output[0] * output[1]
    both = {"fully connected": outputs * height * width, "convolution": outputs * high * wide}
    return [both[box] for box in page.boxes]
