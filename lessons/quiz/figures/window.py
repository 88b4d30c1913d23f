"""A layer with its window: the input to scale, the first place of the window, the way to the next.

Of a large input the edges are torn: it goes on there. Cells are drawn only inside the window.
"""

from __future__ import annotations

from kernels import Axis, ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.layers.geometry import kernel_reach
from lessons.quiz.figures.drawing import (
    Figure,
    Givens,
    arrow,
    asked_box,
    hatched,
    legend,
    rect,
    text,
    torn,
)
from lessons.quiz.question import Setup

MOST, LEAST_CELL = 170.0, 9.0
"""How large the input is drawn, and how small a cell of the window."""

UNKNOWN_BAND = 16.0
"""How wide padding is drawn that is asked for, or that follows from the layer."""

TOP, LEFT = 16.0, 14.0


def window_figure(layer: ConvSpec | PoolSpec, setup: Setup, givens: Givens) -> Figure:
    """A convolution or pooling with what is known of it."""
    axes = layer.axes(setup.input_shape[1:])
    down, across = axes if len(axes) == 2 else (Axis(1, 1), axes[0])
    hidden = setup.hidden
    known_padding = "padding" not in hidden and not isinstance(layer.padding, str)
    cell = _cell(down, across, padded=known_padding)
    high, tall_torn = _length(down, cell, padded=known_padding)
    wide, wide_torn = _length(across, cell, padded=known_padding)
    band = _bands(down, across, cell, known=known_padding, asked="padding" in hidden)
    top, left = TOP, LEFT
    inner = (left + band[1], top + band[0], wide - band[1] - band[3], high - band[0] - band[2])
    parts = [rect(left, top, wide, high, "thin")]
    if any(band):
        parts.append(hatched(left, top, wide, high))
    parts += [rect(*inner, "paper"), rect(*inner, "input")]
    parts += [torn(left + wide, top, high, down=True)] * wide_torn
    parts += [torn(left, top + high, wide, down=False)] * tall_torn
    parts.append(_window(layer, left, top, cell, hidden))
    parts.append(_step(layer, left, top, cell, wide, hidden))
    lines, said = _words(layer, down, across, setup, givens)
    parts.append(legend(215, TOP + 16, lines))
    if setup.target:
        parts += [rect(388, TOP + 8, 56, 56, "output")]
        parts.append(text(416, TOP + 82, _square(setup.target, givens), "output", "middle"))
        said.append(f"the output, {_square(setup.target, givens)}")
    elif _asks_size(setup):
        parts += [arrow(350, TOP + 40, 376, "thin"), asked_box(384, TOP + 8, 64)]
        said.append("the output with a question mark")
    height = round(max(TOP + high + 14, TOP + 21 * len(lines) + 10, 110))
    return Figure("".join(parts), height, f"Drawn: {'; '.join(said)}.")


def _asks_size(setup: Setup) -> bool:
    return not setup.hidden


def _square(size: int, givens: Givens) -> str:
    return givens.size(size, size)


def _cell(down: Axis, across: Axis, *, padded: bool) -> float:
    """How large a cell is drawn: all of the input fits, unless the window's cells got too small."""
    most = max(axis.padded if padded else axis.input for axis in (down, across))
    room = MOST if padded else MOST - 2 * UNKNOWN_BAND
    return max(room / most, LEAST_CELL)


def _length(axis: Axis, cell: float, *, padded: bool) -> tuple[float, bool]:
    whole = (axis.padded if padded else axis.input) * cell
    whole += 0 if padded else 2 * UNKNOWN_BAND
    return (max(whole, 26.0), False) if whole <= MOST + 1 else (MOST, True)


def _bands(
    down: Axis, across: Axis, cell: float, *, known: bool, asked: bool
) -> tuple[float, float, float, float]:
    """How wide the padding is drawn at the top, left, bottom and right."""
    if known:
        high, wide = _length(down, cell, padded=True), _length(across, cell, padded=True)
        return (
            down.before * cell,
            across.before * cell,
            0.0 if high[1] else down.after * cell,
            0.0 if wide[1] else across.after * cell,
        )
    pads = asked or down.before or across.before or down.after or across.after
    band = UNKNOWN_BAND if pads else 0.0
    ends = (_length(axis, cell, padded=False)[1] for axis in (down, across))
    bottom, right = (0.0 if cut else band for cut in ends)
    return band, band, bottom, right


def _window(layer, left: float, top: float, cell: float, hidden) -> str:
    if "kernel" in hidden:
        return rect(left, top, 40, 40, "kernel", "open") + text(
            left + 20, top + 28, "?", "kernel", "middle", "large"
        )
    rows, columns = layer.kernel_size if layer.rank == 2 else (1, layer.kernel_size[0])
    gap = layer.dilation if layer.rank == 2 else (1, layer.dilation[0])
    size = (cell, cell) if layer.rank == 2 else (26.0, cell)
    drawn = []
    for r in range(rows):
        for c in range(columns):
            x, y = left + c * gap[1] * cell, top + r * gap[0] * size[0]
            if x + cell <= left + MOST + 1 and y + size[0] <= top + MOST + 1:
                drawn.append(rect(x, y, size[1], size[0], "kernel"))
    reach = (kernel_reach(columns, gap[1]) * cell, kernel_reach(rows, gap[0]) * size[0])
    outline = rect(left, top, min(reach[0], MOST), min(reach[1], MOST), "kernel", "open")
    return "".join(drawn) + outline


def _step(layer, left: float, top: float, cell: float, wide: float, hidden) -> str:
    """The way of the window's corner to its next place."""
    if "stride" in hidden or layer.stride[-1] * cell > wide - 8:
        return arrow(left, top - 8, left + 46)
    return arrow(left, top - 8, left + max(layer.stride[-1] * cell, 12.0))


def _words(layer, down: Axis, across: Axis, setup: Setup, givens: Givens):
    """Lines of the legend, and the drawing in words."""
    hidden = setup.hidden
    shape = setup.input_shape[1:]
    lines = [("input", _sized(givens, "input", shape))]
    said = [f"the input{_of(givens, shape)}"]
    if layer.padding == "valid":
        padding = ""
    elif isinstance(layer.padding, str):
        padding = f"padding '{layer.padding.partition('_')[0]}'"
    elif "padding" in hidden:
        padding = "padding ?"
    else:
        sides = {down.before, down.after, across.before, across.after}
        sides -= {0} if layer.rank == 1 else set()
        padding = givens.named("padding", *sides) if len(sides) == 1 else "padding"
        padding = padding if any(sides) else ""
    if padding:
        lines.append(("padding", padding))
        said[0] += f" with {padding} around it"
    name = "kernel" if isinstance(layer, ConvSpec) else "window"
    if "kernel" in hidden:
        lines.append(("kernel", "kernel ?"))
        said.append("a window of unknown size")
    else:
        lines.append(("kernel", _sized(givens, name, layer.kernel_size)))
        said.append(f"a {name}{_of(givens, layer.kernel_size)} at its first place")
    if set(layer.dilation) != {1}:
        lines.append(("kernel", _each(givens, "dilation", layer.dilation)))
        said[-1] += f", {_each(givens, 'dilation', layer.dilation)}"
    stride = "stride ?" if "stride" in hidden else _each(givens, "stride", layer.stride)
    if "stride" in hidden or set(layer.stride) != {1}:
        first, comma, second = stride.partition(", ")
        lines += [("stride", first + comma.strip())] + [("stride", second)] * bool(second)
        said.append(f"an arrow to the next place, {stride}")
    return lines, said


def _sized(givens: Givens, name: str, size) -> str:
    told = givens.size(*size)
    return name if told == "?" else f"{name} {told}"


def _of(givens: Givens, size) -> str:
    told = givens.size(*size)
    return "" if told == "?" else f" of {told}"


def _each(givens: Givens, name: str, pair) -> str:
    """A setting whose two axes are the same, or the two of them."""
    if len(set(pair)) == 1:
        return givens.named(name, pair[0])
    told = givens.told.issuperset(pair)
    return f"{name} {pair[0]} down, {pair[1]} across" if told else name


def transposed_figure(layer: ConvTransposeSpec, setup: Setup, givens: Givens) -> Figure:
    """A transposed convolution: an input cell, and the copies of the kernel that two cells add."""
    shape = setup.input_shape[1:]
    cell, most = 12.0, max(shape)
    unit = min(120 / most, 14)
    high, wide = shape[0] * unit, shape[1] * unit
    parts = [rect(LEFT, TOP, wide, high, "input")]
    parts += [rect(LEFT + n * unit, TOP, unit, unit, "kernel") for n in range(min(2, shape[1]))]
    step = layer.stride[1] * cell
    x, y = LEFT + 150, TOP
    rows, columns = layer.kernel_size
    gap = layer.dilation
    for n in range(2):
        for r in range(rows):
            for c in range(columns):
                at = (x + n * step + c * gap[1] * cell, y + 10 + n * 5 + r * gap[0] * cell)
                if at[0] < x + 118 and at[1] < y + 120:
                    parts.append(rect(*at, cell, cell, "kernel"))
    parts += [arrow(LEFT + wide + 6, y + 14, x - 6, "thin"), arrow(x, y - 2, x + step)]
    lines = [("input", _sized(givens, "input", shape))]
    lines.append(("kernel", _sized(givens, "kernel", layer.kernel_size)))
    if set(layer.stride) != {1}:
        lines.append(("stride", _each(givens, "stride", layer.stride)))
    if set(layer.dilation) != {1}:
        lines.append(("kernel", _each(givens, "dilation", layer.dilation)))
    if set(layer.output_padding) != {0}:
        lines.append(("output", _each(givens, "output_padding", layer.output_padding)))
    sides = {side for pair in layer.padding for side in pair}
    if any(sides):
        known = givens.named("padding", *sides) if len(sides) == 1 else "padding"
        lines.append(("padding", f"{known}: cut off"))
    parts.append(asked_box(384, TOP + 8, 64))
    below = TOP + 146
    parts += [
        text(LEFT + 150 * (n % 3), below + 21 * (n // 3), words, role)
        for n, (role, words) in enumerate(lines)
    ]
    said = "; ".join(words for _, words in lines)
    alt = f"Drawn: two input cells and the copies of the kernel that they add to the output; {said}"
    return Figure("".join(parts), round(below + 28), f"{alt}; the output with a question mark.")
