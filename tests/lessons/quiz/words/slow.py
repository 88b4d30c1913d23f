"""Sizes, windows and counts of a layer that was read, every position tried one by one."""

from tests.lessons.quiz.words.layers import Layer
from tests.lessons.quiz.words.page import Page, Unread


def stride_of(page: Page, layer: Layer, axis: int) -> int:
    if layer.stride:
        return layer.stride[axis]
    if layer.pools:
        page.must_agree("No stride is given: it is PyTorch's default")
        return layer.kernel[axis]
    page.must_agree("the stride is 1")
    return 1


def padding_of(page: Page, layer: Layer, axis: int) -> tuple[int, int]:
    """Cells before and after; a pooling of which nothing is said has none."""
    if layer.padding is None:
        if not layer.pools:
            page.must_agree("there is no padding")
        return 0, 0
    if isinstance(layer.padding, str):
        raise Unread("“same” is no number of cells")
    before, after = layer.padding[axis]
    if before or after:
        page.must_agree("per side", "at the top", "padding=")
    return before, after


def windows(page: Page, layer: Layer, size: int, axis: int) -> list[int]:
    """Where windows start, in cells of the input: every position is tried."""
    step = stride_of(page, layer, axis)
    if layer.padding == "same":
        page.must_agree("'Same' padding as in TensorFlow", "'Same' padding as in PyTorch")
        return [cell for cell in range(size) if cell % step == 0]
    before, after = padding_of(page, layer, axis)
    taps = [tap * layer.dilation[axis] for tap in range(layer.kernel[axis])]
    starts = [cell for cell in range(-before, size + after) if (cell + before) % step == 0]
    whole = [start for start in starts if start + taps[-1] < size + after]
    if not whole:
        raise Unread("no window fits")
    if layer.ceil:
        over = [start for start in starts if whole[-1] < start < size]
        uncovered = whole[-1] + taps[-1] + 1 < size + after
        page.must_agree("the last window may hang over the end")
        return whole + over[:1] if uncovered else whole
    return whole


def how_many(page: Page, layer: Layer, size: int, axis: int) -> int:
    """How many windows there are; where cells are left over, somebody has to say what they do."""
    starts = windows(page, layer, size, axis)
    if layer.padding != "same" and not layer.ceil:
        reach = (layer.kernel[axis] - 1) * layer.dilation[axis]
        if starts[-1] + reach + 1 < size + padding_of(page, layer, axis)[1]:
            page.must_agree("A window that does not fit whole is dropped")
    return len(starts)


def size_after(page: Page, layer: Layer, size: int, axis: int) -> int:
    if layer.kind != "transposed":
        return how_many(page, layer, size, axis)
    step = stride_of(page, layer, axis)
    before, after = padding_of(page, layer, axis)
    last = 0
    for cell in range(size):
        for tap in range(layer.kernel[axis]):
            last = max(last, cell * step + tap * layer.dilation[axis])
    if layer.output_padding:
        page.must_agree("output_padding is that of torch.nn.ConvTranspose2d")
    return len(range(before, last + 1 - after)) + layer.output_padding


def shapes(page: Page, shape: tuple[int, ...], layers: list[Layer]) -> list[tuple[int, ...]]:
    """The shape before the first layer and after each."""
    after = [shape]
    for layer in layers:
        shape = after[-1]
        if layer.kind == "dense":
            after.append((layer.count,))
        elif layer.kind == "flatten":
            after.append((numbers_in(shape),))
        elif layer.kind == "normalisation":
            after.append(shape)
        else:
            channels = shape[0] if layer.pools else layer.count
            sizes = [size_after(page, layer, n, axis) for axis, n in enumerate(shape[1:])]
            after.append((channels, *sizes))
    return after


def numbers_in(shape: tuple[int, ...]) -> int:
    """How many numbers there are."""
    count = 1
    for size in shape:
        count = count * size
    return count


def has_bias(page: Page, layer: Layer) -> bool:
    if page.agrees("Biases are counted"):
        return not layer.no_bias
    if page.agrees("There is no bias") or page.agrees("not biases") or layer.no_bias:
        return False
    raise Unread("nobody says whether biases count")


def parameters(page: Page, layer: Layer, shape: tuple[int, ...]) -> int:
    """What a layer learns when numbers of this shape come in."""
    if layer.pools or layer.kind == "flatten":
        return 0
    if layer.kind == "normalisation":
        page.must_agree("Batch normalisation is PyTorch's, with its defaults")
        return shape[0] + shape[0]
    bias = 1 if has_bias(page, layer) else 0
    if layer.kind == "dense":
        return layer.count * (numbers_in(shape) + bias)
    return layer.count * (weights_in_kernel(layer, shape) + bias)


def weights_in_kernel(layer: Layer, shape: tuple[int, ...]) -> int:
    """The weights of one kernel: a group's share of the channels, each of its own slice."""
    if shape[0] % layer.groups or layer.count % layer.groups:
        raise Unread("the groups do not share the channels evenly")
    return shape[0] // layer.groups * layer.kernel[0] * layer.kernel[1]


def products(page: Page, layer: Layer, shape: tuple[int, ...]) -> int:
    """How often a weight is multiplied."""
    rows, columns = (how_many(page, layer, n, axis) for axis, n in enumerate(shape[1:]))
    if any(sum(padding_of(page, layer, axis)) for axis in (0, 1)):
        page.must_agree("Products with padding count too")
    return rows * columns * layer.count * weights_in_kernel(layer, shape)


def field(page: Page, layers: list[Layer]) -> int:
    """The receptive field: from which cells of a long line the first number of the end is made."""
    cells = [(place, place) for place in range(600)]
    for layer in layers:
        step = stride_of(page, layer, 0)
        reach = layer.dilation[0] * (layer.kernel[0] - 1)
        cells = [
            (cells[start][0], cells[start + reach][1])
            for start in range(0, len(cells) - reach, step)
        ]
        if layer.padding not in (None, ((0, 0), (0, 0))):
            page.must_agree("Cells of it that lie in the padding count too")
    page.must_agree("The receptive field is counted along one axis, from its first cell")
    first, last = cells[0]
    return last - first + 1
