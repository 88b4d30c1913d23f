"""Every answer counted one by one, from the settings alone: no formula, nothing of the quiz.

Windows are slid by loops (tests.reference), weights, cells and products are counted singly.
"""

import re
from itertools import product

import numpy as np

from kernels import ConvTransposeSpec, PoolSpec
from kernels.networks.layers import BatchNorm, Concatenate, Flatten, Linear
from tests import reference

TAPS = {
    "identity": "000 010 000",
    "box": "111 111 111",
    "gaussian": "121 242 121",
    "sharpen": "0a0 a5a 0a0",
    "edge-mixed": "10a 000 a01",
    "edge-4": "010 1d1 010",
    "edge-8": "aaa a8a aaa",
    "sobel-across": "a01 b02 a01",
    "sobel-down": "aba 000 121",
    "prewitt-across": "a01 a01 a01",
    "prewitt-down": "aaa 000 111",
    "emboss": "ba0 a11 012",
    "corner": "d55 d55 ddd",
}
"""The kernels as textbooks print them; a to d are -1 to -4."""

DIGITS = {"a": -1, "b": -2, "c": -3, "d": -4}


def count(*ranges) -> int:
    """How many combinations there are: the cells of a table with one for each."""
    return np.zeros(ranges, bool).size


def starts(layer, size, axis):
    """Where the windows start along an axis of this size."""
    k, s, d = layer.kernel_size[axis], layer.stride[axis], layer.dilation[axis]
    before, after = reference.ends(layer.padding, axis, size, k, s, d)
    return reference.window_starts(size, k, s, before, after, d, layer.ceil_mode)


def size_after(layer, size, axis):
    if isinstance(layer, ConvTransposeSpec):
        k, s, d = layer.kernel_size[axis], layer.stride[axis], layer.dilation[axis]
        touched = {cell * s + tap * d for cell in range(size) for tap in range(k)}
        before, after = layer.padding[axis]
        cells = range(min(touched) + before, max(touched) + 1 - after + layer.output_padding[axis])
        return sum(1 for _ in cells)
    return len(starts(layer, size, axis))


def shapes(setup):
    found = [setup.input_shape]
    for layer in setup.layers:
        channels, *size = found[-1]
        if isinstance(layer, Concatenate):
            maps = sum(1 for _ in range(channels)) + sum(1 for _ in range(setup.beside[0]))
            found.append((maps, *size))
        elif isinstance(layer, Flatten):
            found.append((count(channels, *size),))
        elif isinstance(layer, Linear):
            found.append((layer.out_features,))
        elif isinstance(layer, BatchNorm):
            found.append(found[-1])
        else:
            maps = channels if isinstance(layer, PoolSpec) else layer.out_channels
            found.append((maps, *(size_after(layer, n, axis) for axis, n in enumerate(size))))
    return found


def parameters(layer, biases=True) -> int:
    if isinstance(layer, PoolSpec | Flatten):
        return 0
    if isinstance(layer, BatchNorm):
        return sum(2 for _ in range(layer.channels))
    if isinstance(layer, Linear):
        one = count(layer.in_features) + (layer.bias and biases)
        return sum(one for _ in range(layer.out_features))
    kernel = count(layer.in_channels // layer.groups, *layer.kernel_size)
    return sum(kernel + (layer.bias and biases) for _ in range(layer.out_channels))


def macs(layer, shape) -> int:
    rows, columns = (starts(layer, n, axis) for axis, n in enumerate(shape[1:]))
    kernel = count(layer.in_channels // layer.groups, *layer.kernel_size)
    return sum(kernel for _ in range(layer.out_channels) for _ in rows for _ in columns)


def receptive_field(layers) -> int:
    cells = {0}
    for layer in reversed(layers):
        k, s, d = layer.kernel_size[0], layer.stride[0], layer.dilation[0]
        cells = {cell * s + tap * d for cell in cells for tap in range(k)}
    return max(cells) - min(cells) + 1


def fitting(question, name) -> list[int]:
    """The paddings or strides that give the stated output size."""
    layer, size = question.setup.layers[0], question.setup.input_shape[1]
    k, s, d = layer.kernel_size[0], layer.stride[0], layer.dilation[0]
    p = layer.padding[0][0]
    target = len(reference.window_starts(size, k, s, p, p, d))
    found = []
    for n in range(1 if name == "stride" else 0, size):
        at, pad = (n, p) if name == "stride" else (s, n)
        if len(reference.window_starts(size, k, at, pad, pad, d)) == target:
            found.append(n)
    return found


def legal(question, values) -> bool:
    """Whether typed settings give the target."""
    layer = question.setup.layers[0]
    k = values.get("kernel", layer.kernel_size[0])
    s = values.get("stride", layer.stride[0])
    p = values.get("padding", layer.padding[0][0])
    size = question.setup.input_shape[1]
    return len(reference.window_starts(size, k, s, p, p)) == question.setup.target


def pooled(plane, layer):
    """The smallest or the middle number of each window without padding, cell by cell."""
    places = [starts(layer, size, axis) for axis, size in enumerate(plane.shape)]
    made = np.zeros([len(one) for one in places])
    for (r, top), (c, left) in product(*map(enumerate, places)):
        high, wide = layer.kernel_size
        cells = sorted(plane[top + i, left + j] for i in range(high) for j in range(wide))
        made[r, c] = cells[0] if layer.kind == "min" else cells[len(cells) // 2]
    return made


def output(scene):
    x = scene.input_array()[None]
    layer = scene.layer
    if isinstance(layer, PoolSpec):
        if layer.kind in ("min", "median"):
            return pooled(x[0, 0], layer)[None]
        if layer.kind == "max":
            return reference.max_pool2d(x, layer.kernel_size, layer.stride, layer.padding)[0][0]
        return reference.avg_pool2d(
            x,
            layer.kernel_size,
            layer.stride,
            layer.padding,
            count_include_pad=layer.count_include_pad,
        )[0]
    w = scene.written_weight_array()
    if scene.flip:
        turned = np.zeros_like(w)
        rows, columns = w.shape[2:]
        for r, c in product(range(rows), range(columns)):
            turned[:, :, r, c] = w[:, :, rows - 1 - r, columns - 1 - c]
        w = turned
    bias = scene.bias_array()
    return reference.conv2d(x, w, bias, layer.stride, layer.padding, layer.dilation)[0]


def unused(layer, size, axis) -> int:
    before, after = reference.ends(layer.padding, axis, size, layer.kernel_size[axis])
    read = {
        start + tap * layer.dilation[axis]
        for start in starts(layer, size, axis)
        for tap in range(layer.kernel_size[axis])
    }
    return sum(cell not in read for cell in range(-before, size + after))


def keeping(layer, size, axis):
    """The padding before and after that keeps a size: a cell at each end in turn, first before."""
    before = after = 0
    while len(reference.window_starts(size, layer.kernel_size[axis], 1, before, after)) < size:
        before, after = (before + 1, after) if before == after else (before, after + 1)
    return before, after


def joined(layer, size) -> int:
    """Pairs of an output and an input cell in its window, found place by place."""
    lines = 1
    for axis, n in enumerate(size):
        reached = [
            start + tap
            for start in starts(layer, n, axis)
            for tap in range(layer.kernel_size[axis])
        ]
        lines *= sum(0 <= cell < n for cell in reached)
    return lines


def kernel_of(name):
    rows = TAPS[name].split()
    return [[DIGITS.get(c) or int(c) for c in row] for row in rows]


def on_patch(asks, scene):
    """What a kernel makes of a patch, by going over its nine cells; or the weight in its middle."""
    rows = scene.weight_array()[0, 0].tolist()
    if asks == "middle_weight":
        return rows[1][1]
    patch = scene.input_array()[0][:3, :3].tolist()
    if asks == "score_of_match":
        top = max(max(row) for row in rows)
        patch = [[1 if number == top else 0 for number in row] for row in rows]
    return sum(rows[r][c] * patch[r][c] for r in range(3) for c in range(3))


def shortcut(setup) -> str:
    """The choice that ends with the block's shape, by its words; the one without weights first."""
    told = re.compile(r"a convolution with (\d+) kernels of 1 × 1, stride (\d)")
    (channels, *size), wanted = setup.input_shape, shapes(setup)[-1]
    for option in sorted(setup.options, key=lambda one: "kernels" in one.label):
        shape = (channels, *size)
        if told := re.fullmatch(
            r"a convolution with (\d+) kernels of 1 × 1, stride (\d)", option.label
        ):
            kernels, stride = map(int, told.groups())
            shape = (kernels, *(len(range(0, n, stride)) for n in size))
        if shape == wanted:
            return option.id
    raise AssertionError(setup)


def in_letters(setup) -> str:
    """The choice that comes to what is counted, for two choices of numbers."""
    layer, fits = setup.layers[0], set("ABCD")
    for numbers in ((40, 2, 5, 3, 4), (53, 7, 2, 2, 9)):
        at = dict(zip("npkLK", numbers, strict=True))
        k = at["k"] if "k" in setup.letters else layer.kernel_size[0]
        p = at["p"] if "p" in setup.letters else layer.padding[0][0]
        size = at["n"]
        for _ in range(at["L"] if "L" in setup.letters else 1):
            size = len(reference.window_starts(size, k, 1, p, p))
        learned = sum(count(layer.in_channels, k, k) + 1 for _ in range(at["K"]))
        wanted = learned if "K" in setup.letters else size
        for option in setup.options:
            text = option.label.replace("·", "*").replace("−", "-")
            if eval(text, {}, at) != wanted:
                fits.discard(option.id)
    (found,) = fits
    return found


def cut_off(large, small) -> int:
    """Cells taken from both ends in turn until the size is right; how many of them at the start."""
    cells = list(range(large))
    while len(cells) > small:
        cells = cells[1:-1]
    return cells[0]


def told_by_head(classes, boxes, each) -> int:
    return sum(1 for _ in range(classes)) + sum(each for _ in range(boxes))


def answer(question, field):
    """The value of a box, as a number, rows of numbers or the id of a choice."""
    setup, asks, layer = question.setup, field.asks, question.setup.layers[field.layer]
    if asks in ("padding", "stride") and field.kind != "setting":
        (found,) = fitting(question, asks)
        return found
    if asks == "field":
        return receptive_field(setup.layers)
    if asks in ("number", "relu_number", "output", "relu_output"):
        made = output(setup.scene)
        if asks == "output":
            return made[0]
        if asks == "relu_output":
            return np.where(made[0] > 0, made[0], 0)
        number = made[(0, *(field.place or setup.place))]
        return max(number, 0) if asks == "relu_number" else number
    if asks == "made_by":
        x, made = setup.scene.input_array()[None], output(setup.scene)
        (found,) = (
            option.id
            for option in setup.options
            if (reference.conv2d(x, np.array(option.rows, float)[None, None])[0] == made).all()
        )
        return found
    if asks in ("flat_number", "middle_weight", "score_of_match", "score_of_white"):
        return on_patch(asks, setup.scene)
    if asks == "shortcut":
        return shortcut(setup)
    if asks in ("size_in_letters", "learned_in_letters"):
        return in_letters(setup)
    if asks == "kernel_name":
        weight = setup.scene.weight_array()[0, 0].tolist()
        (found,) = (name for name in TAPS if kernel_of(name) == weight)
        return found
    if asks.startswith(("origin", "unused")):
        axis = int(asks.endswith(("column", "columns")))
        size = setup.input_shape[1 + axis]
        if asks.startswith("unused"):
            return unused(layer, size, axis)
        return starts(layer, size, axis)[setup.place[axis]]
    through = shapes(setup)
    before, after = through[field.layer], through[field.layer + 1]
    return {
        "height": lambda: after[1],
        "width": lambda: after[2],
        "height_by_total": lambda: after[1],
        "width_by_total": lambda: after[2],
        "length": lambda: after[1],
        "volume_frames": lambda: after[1],
        "volume_height": lambda: after[2],
        "volume_width": lambda: after[3],
        "dense_lines": lambda: sum(count(*before) for _ in range(count(*after))),
        "conv_lines": lambda: joined(layer, before[1:]),
        "joined_channels": lambda: after[0],
        "joined_height": lambda: after[1],
        "crop": lambda: cut_off(setup.beside[1], before[1]),
        "head_outputs": lambda: told_by_head(*setup.head),
        "head_grid": lambda: told_by_head(*setup.head) * count(*before[1:]),
        "total_rows": lambda: sum(keeping(layer, before[1], 0)),
        "total_columns": lambda: sum(keeping(layer, before[2], 1)),
        "rows_at_top": lambda: keeping(layer, before[1], 0)[0],
        "rows_at_bottom": lambda: keeping(layer, before[1], 0)[1],
        "channels": lambda: after[0],
        "features": lambda: count(*after),
        "weights": lambda: parameters(layer, biases=False),
        "parameters": lambda: parameters(layer),
        "all_parameters": lambda: sum(parameters(one) for one in setup.layers),
        "total_parameters": lambda: sum(parameters(one) for one in setup.layers),
        "tensor_out": lambda: sum(1 for _ in range(layer.out_channels)),
        "tensor_in": lambda: len(range(0, layer.in_channels, layer.groups)),
        "tensor_rows": lambda: len(range(layer.kernel_size[0])),
        "tensor_columns": lambda: len(range(layer.kernel_size[1])),
        "size_after_all": lambda: through[-1][1],
        "dense_parameters": lambda: sum(count(*before) + 1 for _ in range(count(*after))),
        "macs": lambda: macs(layer, before),
        "singly": lambda: macs(layer, before) + macs(layer, before) - count(*after),
        "operations": lambda: 2 * macs(layer, before),
    }[asks]()
