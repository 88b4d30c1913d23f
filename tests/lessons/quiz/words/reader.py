"""Answers from what is shown alone, as by a careful student who has only the printed page."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product

from tests.lessons.quiz.words.layers import Layer, input_of, layers_of
from tests.lessons.quiz.words.page import Page, Unread, found, marked
from tests.lessons.quiz.words.slow import (
    field,
    has_bias,
    how_many,
    numbers_in,
    parameters,
    products,
    shapes,
    weights_in_kernel,
    windows,
)
from tests.lessons.quiz.words.told import by_what_is_told
from tests.lessons.quiz.words.values import chosen, output

Answer = int | Fraction | str | list


def answers(page: Page) -> list[Answer]:
    """What belongs into each box.

    >>> words = "An input of 5 × 7 goes through a convolution with a 3 × 3 kernel."
    >>> agreed = "Sizes are height × width. The stride is 1 and there is no padding."
    >>> answers(Page(words, "How large is the output?", agreed, (), ("height", "width")))
    [3, 5]
    """
    told = by_what_is_told(page)
    if told is not None:
        return told
    for words, read in ASKED:
        if re.search(words, page.asked):
            return read(page)
    raise Unread(
        f"what does “{page.asked}” ask? Teach it a reader in tests/lessons/quiz/words/, or word "
        "the question so that one of those fits."
    )


def _sizes(page: Page) -> list[Answer]:
    shape = shapes(page, input_of(page), layers_of(page))[-1]
    if {"height", "width"} <= set(page.boxes):
        page.must_agree("Sizes are height × width", "Shapes are (channels, height, width)")
    return [shape[("channels", "height", "width").index(box)] for box in page.boxes]


def _last_map(page: Page) -> list[Answer]:
    _, height, width = shapes(page, input_of(page), layers_of(page))[-1]
    if height != width:
        raise Unread("the map is no square")
    return [height]


def _origin(page: Page) -> list[Answer]:
    (layer,) = layers_of(page)
    page.must_agree("Rows and columns are counted from 0")
    place = found(r"output number at row (\d+), column (\d+)", page.asked)
    starts = [windows(page, layer, n, axis) for axis, n in enumerate(input_of(page)[1:])]
    if any(axis[0] < 0 for axis in starts):
        page.must_agree("A cell in the padding before the input has a negative number")
    return [starts[axis][place[axis]] for axis in map(("row", "column").index, page.boxes)]


def _unused(page: Page) -> list[Answer]:
    (layer,), (_, height, width) = layers_of(page), input_of(page)
    if height != width:
        page.must_agree("Sizes are height × width: rows before columns")
    counts = []
    for axis, size in enumerate((height, width)):
        before, after = layer.padding[axis] if layer.padding else (0, 0)
        if (before or after) and "padded input" not in page.asked:
            raise Unread("is the padding a part of the input?")
        seen = {
            start + tap * layer.dilation[axis]
            for start in windows(page, layer, size, axis)
            for tap in range(layer.kernel[axis])
        }
        counts.append(sum(1 for cell in range(-before, size + after) if cell not in seen))
    return [counts[("rows left over", "columns left over").index(box)] for box in page.boxes]


def _only_one(found: list[int]) -> list[Answer]:
    if len(found) != 1:
        raise Unread(f"{found} all fit")
    return [found[0]]


def _padding(page: Page) -> list[Answer]:
    (layer,), (_, *size) = layers_of(page), input_of(page)
    page.must_agree("padded equally on all sides")
    target = found(r"The output is (\d+) × (\d+)", page.asked)
    fit = [p for p in range(size[0]) if _gives(page, layer, size, target, p=p)]
    return _only_one(fit)


def _stride(page: Page) -> list[Answer]:
    (layer,), (_, *size) = layers_of(page), input_of(page)
    target = found(r"The output is (\d+) × (\d+)", page.asked)
    fit = [s for s in range(1, size[0] + 1) if _gives(page, layer, size, target, s=s)]
    return _only_one(fit)


def _gives(page: Page, layer, size, target, k=None, s=None, p=None) -> bool:
    """Whether these settings make the target; what is None is as the words have it."""
    if k is not None:
        layer = replace(layer, kernel=(k, k))
    if s is not None:
        layer = replace(layer, stride=(s, s))
    if p is not None:
        layer = replace(layer, padding=((p, p), (p, p)))
    try:
        made = tuple(how_many(page, layer, n, axis) for axis, n in enumerate(size))
    except Unread as reason:
        if "no window fits" in str(reason):
            return False
        if "does not fit whole" in str(reason):
            return False  # where nothing is said of windows that hang over, none does
        raise
    return made == tuple(target)


def accepted_settings(page: Page, most: int = 9) -> Iterator[tuple[int, ...]]:
    """All settings up to a size, box by box, that do what is asked: each is tried."""
    size, target = _from_and_to(page)
    kernel = re.search(r"with an? (\d+) × (\d+) kernel must", page.given)
    stride = re.search(r"with stride (\d+) must|, stride=(\d+), padding=p\)", page.given)
    layer = Layer(
        "convolution",
        kernel=(int(kernel[1]), int(kernel[2])) if kernel else (0, 0),
        stride=(int(stride[1] or stride[2]),) * 2 if stride else None,
    )
    boxes = [{"k": "kernel size", "p": "padding per side"}.get(box, box) for box in page.boxes]
    from_two = re.search(r"(The kernel|k) must be 2 or larger", page.given)
    least = {"kernel size": 2 if from_two else 1, "stride": 1}
    for values in product(*(range(least.get(box, 0), most + 1) for box in boxes)):
        box = dict(zip(boxes, values, strict=True))
        tried = box.get("kernel size"), box.get("stride"), box.get("padding per side")
        if _gives(page, layer, size, target, *tried):
            yield values


CODE = (
    r"^In PyTorch a tensor x of shape \((\d+), (\d+), (\d+)\) goes through y = nn\.Conv2d\((\d+), "
    r"(\d+), kernel_size=k, stride=\d+, padding=p\)\(x\)\. y must have the shape "
    r"\((\d+), (\d+), (\d+)\)\."
)


def _from_and_to(page: Page) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The heights and widths of the input and of the output that is wanted."""
    if "In PyTorch" not in page.given:
        size = found(r"must turn (\d+) × (\d+) into", page.given)
        return size, found(r"into (\d+) × (\d+)", page.given)
    page.must_agree("Shapes are (channels, height, width), without the batch")
    before, *size, takes, gives, after, height, width = found(CODE, page.given)
    if (before, gives) != (takes, after):
        raise Unread("the layer has other channels than x and y")
    return tuple(size), (height, width)


def _cell(page: Page) -> list[Answer]:
    row, column = found(r"row (\d+), column (\d+) .*\(counted from 0", page.asked)
    if (row == column == 0) != ("the top left" in page.asked):
        raise Unread("the corner is named, and nothing else")
    if marked(dict(page.tables)["output"]) != [(row, column)]:
        raise Unread(f"row {row}, column {column} is asked for, and another number is marked")
    return [output(page)[row][column]]


def _parameters(page: Page) -> list[Answer]:
    """Of the one layer that learns, or of all together."""
    return [sum(_each(page))]


def _each(page: Page) -> list[int]:
    """What each layer learns; only where one is fully connected do sizes matter."""
    shape, layers = input_of(page), layers_of(page)
    if any(layer.kind == "dense" for layer in layers):
        through = shapes(page, shape, layers)[:-1]
    else:
        through = [shape]
        for layer in layers[:-1]:
            through.append((layer.count or through[-1][0],))
    return [parameters(page, *pair) for pair in zip(layers, through, strict=True)]


def _layers_each(page: Page) -> list[Answer]:
    """Of each layer, as the boxes name them, and in all."""
    layers, counts = layers_of(page), _each(page)
    kinds = {"convolution": "convolution", "fully connected layer": "dense"}
    found: list[Answer] = []
    for box in page.boxes:
        if box == "in all":
            found.append(sum(counts))
            continue
        name, _, number = box.rpartition(" ")
        of_kind = [n for layer, n in zip(layers, counts, strict=True) if layer.kind == kinds[name]]
        found.append(of_kind[int(number) - 1])
    return found


def _first_and_second(page: Page) -> list[Answer]:
    counts = _each(page)
    names = ("parameters of the first", "parameters of the second")
    return [counts[names.index(box)] for box in page.boxes]


def _against_dense(page: Page) -> list[Answer]:
    page.must_agree("Biases are counted in both")
    (layer,), shape = layers_of(page), input_of(page)
    height, width, channels = found(r"comes out as (\d+) × (\d+) with (\d+) channels?", page.given)
    if shapes(page, shape, [layer])[-1] != (channels, height, width):
        raise Unread("the output is not what is said")
    dense = channels * height * width * (numbers_in(shape) + 1)
    both = {"convolution": parameters(page, layer, shape), "fully connected": dense}
    return [both[box] for box in page.boxes]


def _dense_network(page: Page) -> list[Answer]:
    inside = re.search(r"hidden layers? of ([\d and,]+) neurons and (\d+) outputs?", page.given)
    if not inside:
        raise Unread("which layers?")
    widths = [numbers_in(input_of(page)), *map(int, re.findall(r"\d+", inside[1])), int(inside[2])]
    bias = 1 if page.agrees("Biases are counted") else 0
    if not bias:
        page.must_agree("There is no bias")
    return [sum((before + bias) * after for before, after in pairwise(widths))]


def _flattened(page: Page) -> list[Answer]:
    return [numbers_in(shapes(page, input_of(page), layers_of(page))[-1])]


def _tensor(page: Page) -> list[Answer]:
    page.must_agree("The order is PyTorch's: output channels, input channels, rows, columns")
    (layer,), shape = layers_of(page), input_of(page)
    inside = weights_in_kernel(layer, shape) // (layer.kernel[0] * layer.kernel[1])
    return [layer.count, inside, *layer.kernel]


def _operations(page: Page) -> list[Answer]:
    (layer,), shape = layers_of(page), input_of(page)
    count = products(page, layer, shape)
    if "MACs" in page.asked:
        page.must_agree("One MAC is one product with its addition; biases are not counted")
        return [count]
    if "floating-point operations" in page.asked:
        page.must_agree("One MAC is two operations, a product and an addition; biases are not")
        return [count + count]
    page.must_agree("Each multiplication and each addition counts as one operation")
    if has_bias(page, layer):
        raise Unread("a bias is an addition too")
    sums = count // weights_in_kernel(layer, shape)
    return [sums * (2 * weights_in_kernel(layer, shape) - 1)]


ORDINALS = {"the": 0, "first": 0, "second": 1, "third": 2, "fourth": 3}


def _boxes_in_order(page: Page) -> list[Answer]:
    layers = layers_of(page)
    through = shapes(page, input_of(page), layers)
    found: list[Answer] = []
    for box in page.boxes:
        kind = re.search(r"(the|first|second|third|fourth) (convolution|pooling)$", box)
        if box == "numbers after the flatten":
            place = [layer.kind for layer in layers].index("flatten")
            found.append(numbers_in(through[place + 1]))
        elif box == "parameters of the fully connected layer":
            place = [layer.kind for layer in layers].index("dense")
            found.append(parameters(page, layers[place], through[place]))
        elif kind and box.startswith("height = width after"):
            wanted = [
                n
                for n, layer in enumerate(layers)
                if (layer.pools if kind[2] == "pooling" else layer.kind == "convolution")
            ]
            _, height, width = through[wanted[ORDINALS[kind[1]]] + 1]
            if height != width:
                raise Unread("the map is no square")
            found.append(height)
        else:
            raise Unread(f"what belongs into the box “{box}”?")
    return found


def _field(page: Page) -> list[Answer]:
    return [field(page, layers_of(page))]


ASKED: tuple[tuple[str, Callable[[Page], list[Answer]]], ...] = (
    (r"^How large is the output\?|^What is the shape of y\?|^Which shape comes out\?", _sizes),
    (r"^How many channels come out\?", lambda page: [layers_of(page)[-1].count]),
    (r"^How large is (y|the last map)\?", _last_map),
    (r"How large is the padding\?", _padding),
    (r"How large is the stride\?", _stride),
    (r"^At which row and column of the input does the window .* start\?", _origin),
    (r"does no window reach\?", _unused),
    (r"^Which number is at row", _cell),
    (r"^Which number comes out\?", lambda page: [output(page)[0][0]]),
    (r"^Write the whole output", lambda page: [output(page)]),
    (r"^Which kernel (is|was) it\?|^Which one\?", lambda page: [chosen(page)]),
    (r"^How many (parameters|weights) does it have in all\?", _dense_network),
    (r"^How many parameters does each layer have, and", _layers_each),
    (r"^How many parameters does each layer learn\?", _first_and_second),
    (r"^How many parameters does the convolution learn, and how many would", _against_dense),
    (r"^How many (parameters|weights) does the (layer|neuron) (learn|have)\?", _parameters),
    (r"^How many parameters are learned in total\?", _parameters),
    (r"^What is the shape of its weight tensor\?", _tensor),
    (r"^How many numbers is that\?", _flattened),
    (r"\(MACs\)|floating-point operations|multiplications and additions", _operations),
    (r"^Fill in the boxes in order\.", _boxes_in_order),
    (r"^How many input cells wide is the receptive field", _field),
)
"""How questions are asked, and who reads on."""
