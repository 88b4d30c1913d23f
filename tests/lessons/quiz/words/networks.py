"""Maps that are joined or added, and the outputs that a network's last layer needs."""

import re

from tests.lessons.quiz.words.layers import Layer, input_of, layers_in
from tests.lessons.quiz.words.page import Page, Unread, found
from tests.lessons.quiz.words.slow import has_bias, parameters, shapes

MAP = r"(\d+) × (\d+) with (\d+) channels?"
JOINED = rf"^A map of {MAP} and a map of {MAP} are concatenated\.$"
CROPPED = rf"^A map of {MAP} is cropped, so that it can be concatenated with one of {MAP}\.$"
UNET = (
    rf"^In a U-Net a map of {MAP} goes through a transposed convolution with (\d+) kernels? of "
    rf"(\d+) × (\d+), stride (\d+); then it is concatenated with a map of {MAP}, which is cropped "
    r"to its size; then it goes through (?:a convolution with \d+ kernels? of \d+ × \d+)\.$"
)
PROJECTION = (
    rf"^A residual block turns a map of {MAP} into one of {MAP}\. So that both can be added, a "
    r"convolution with (\d+) kernels? of (\d+) × (\d+), stride \d+, stands on the shortcut\.$"
)
LAST = (
    r"^(\d+) numbers go into the last, fully connected layer of a network that tells (\d+) classes "
    r"of images apart(?: and also says where the one thing on each is, by a bounding box: "
    r"the row and column of its centre, its height and its width)?\.$"
)
GRID = (
    r"^A network finds things of (\d+) classes in an image\. It lays a grid of (\d+) × (\d+) cells "
    r"over it; for each cell it gives (\d+) bounding boxes of (\d+) numbers and a confidence each, "
    r"and for each class a number for the whole cell\.$"
)


def joined(page: Page) -> list[int]:
    page.must_agree("Concatenated are the channels")
    height, width, channels, *beside = found(JOINED, page.given)
    if [height, width] != beside[:2]:
        raise Unread("the maps cannot be joined")
    both = {"channels": channels + beside[2], "height": height}
    return [both[box] for box in page.boxes]


def _cut_at_the_top(page: Page, size: int, wanted: int) -> int:
    """Row by row is cut off at both ends, until the size is the one that is wanted."""
    page.must_agree("The crop takes as many rows at the top as at the bottom")
    rows = list(range(size))
    while len(rows) > wanted:
        rows = rows[1:-1]
    if len(rows) != wanted:
        raise Unread("the crop cannot take as many at both ends")
    return rows[0]


def cropped(page: Page) -> list[int]:
    size, _, _, wanted, _, _ = found(CROPPED, page.given)
    if page.boxes != ("rows at the top",):
        raise Unread(f"what belongs into {page.boxes}?")
    return [_cut_at_the_top(page, size, wanted)]


def u_net(page: Page) -> list[int]:
    """One step: made larger, joined to a cropped map, and a convolution on both."""
    numbers = found(UNET, page.given)
    (height, width, channels), (count, high, wide, stride) = numbers[:3], numbers[3:7]
    up = Layer("transposed", count, (high, wide), (stride, stride))
    made = shapes(page, (channels, height, width), [up])[-1]
    tall, _, beside = numbers[7:]
    both = (made[0] + beside, *made[1:])
    end = shapes(page, both, layers_in(page.given.rpartition("then it goes through")[2]))[-1]
    boxes = {
        "height after the transposed convolution": made[1],
        "rows cut off at the top": _cut_at_the_top(page, tall, made[1]),
        "channels after joining": both[0],
        "height at the end": end[1],
    }
    return [boxes[box] for box in page.boxes]


def _block(given: str) -> str:
    """The layers of the block, between the colon and the sentence on the shortcut."""
    block = re.search(
        r"goes through a residual block: (.*)\. To its output the shortcut's is added\.$", given
    )
    if not block:
        raise Unread(f"which block is in “{given}”?")
    return block[1]


def shortcut(page: Page) -> list[str]:
    """The choice of fewest weights whose output has the block's shape."""
    shape = input_of(page)
    words = _block(page.given).replace("then another with", "then a convolution with")
    block = shapes(page, shape, layers_in(words))[-1]
    weights = {}
    for choice in page.choices:
        layers = layers_in(choice)
        if not layers and choice != "the input as it is":
            raise Unread(f"what is “{choice}”?")
        if shapes(page, shape, layers)[-1] == block:
            weights[choice] = sum(parameters(page, layer, shape) for layer in layers)
    fewest = [choice for choice, count in weights.items() if count == min(weights.values())]
    if len(fewest) != 1:
        raise Unread(f"{len(fewest)} of {page.choices} fit")
    return fewest


def projection(page: Page) -> list[int]:
    numbers = found(PROJECTION, page.given)
    before, after, (kernels, high, wide) = numbers[2], numbers[5], numbers[6:]
    if kernels != after:
        raise Unread("the shortcut's map cannot be added")
    return [parameters(page, Layer("convolution", kernels, (high, wide)), (before,))]


def last_layer(page: Page) -> list[int]:
    features, classes = found(LAST, page.given)
    page.must_agree("The outputs for the classes go into a softmax")
    outputs = classes
    if "by a bounding box" in page.given:
        page.must_agree("The bounding box is the same whatever class it is")
        outputs += sum(1 for part in ("row", "column", "height", "width") if part in page.given)
    weights = sum(features for _ in range(outputs))
    bias = outputs if has_bias(page, Layer("dense")) else 0
    both = {"outputs": outputs, "parameters": weights + bias}
    return [both[box] for box in page.boxes]


def grid(page: Page) -> list[int]:
    classes, rows, columns, boxes, place = found(GRID, page.given)
    numbers = ["place"] * place + ["confidence"]
    cell = len(numbers * boxes + ["class"] * classes)
    both = {"for one cell": cell, "in all": sum(cell for _ in range(rows * columns))}
    return [both[box] for box in page.boxes]
