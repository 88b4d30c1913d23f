"""Numbers of an output out of the tables that are shown, and the name of a kernel."""

from fractions import Fraction

from tests.lessons.quiz.words.layers import Layer, layers_in
from tests.lessons.quiz.words.page import Page, Unread, found
from tests.lessons.quiz.words.slow import windows

Rows = list[list[int]]


def window_cells(page: Page, layer: Layer, plane: Rows, top: int, left: int) -> list[int | None]:
    """The numbers under a window, row by row; None in the padding."""
    cells: list[int | None] = []
    for row in range(layer.kernel[0]):
        for column in range(layer.kernel[1]):
            r, c = top + row * layer.dilation[0], left + column * layer.dilation[1]
            inside = 0 <= r < len(plane) and 0 <= c < len(plane[0])
            cells.append(plane[r][c] if inside else None)
    return cells


def output(page: Page) -> list[list[Fraction]]:
    """The whole output of the layer that slides over the input."""
    if "takes the whole" in page.given:
        return [[_mean([n for row in page.table("input") for n in row])]]
    (layer,) = layers_in(page.given)
    planes = page.tables_like("input")
    if (len(planes[0]), len(planes[0][0])) != found(r"the (\d+) × (\d+) input", page.given):
        raise Unread("the input has another size than the words say")
    tops = windows(page, layer, len(planes[0]), 0)
    lefts = windows(page, layer, len(planes[0][0]), 1)
    number = _pooled if layer.pools else _summed
    return [[number(page, layer, planes, top, left) for left in lefts] for top in tops]


def _mean(numbers: list[int]) -> Fraction:
    return Fraction(sum(numbers), len(numbers))


def _pooled(page: Page, layer: Layer, planes: list[Rows], top: int, left: int) -> Fraction:
    (plane,) = planes
    cells = window_cells(page, layer, plane, top, left)
    numbers = sorted(n for n in cells if n is not None)
    padded = len(numbers) < len(cells)
    if layer.kind == "average":
        if padded and page.agrees("Padding cells hold 0 and count in the average"):
            numbers += [0] * (len(cells) - len(numbers))
        elif padded:
            page.must_agree("Padding cells are left out of the average")
        return _mean(numbers)
    if padded:
        page.must_agree("Max pooling treats its padding as PyTorch does")
    place = {"max": -1, "min": 0, "median": len(numbers) // 2}[layer.kind]
    return Fraction(numbers[place])


def _summed(page: Page, layer: Layer, planes: list[Rows], top: int, left: int) -> Fraction:
    kernels = page.tables_like("kernel")
    if "true convolution" in page.asked:
        page.must_agree("True convolution is that of mathematics")
        kernels = [[row[::-1] for row in kernel][::-1] for kernel in kernels]
    else:
        page.must_agree("cross-correlation")
    total = page.table("bias")[0][0] if "there is a bias" in page.given else 0
    for plane, kernel in zip(planes, kernels, strict=True):
        weights = [w for row in kernel for w in row]
        for number, weight in zip(
            window_cells(page, layer, plane, top, left), weights, strict=True
        ):
            if number is None:
                page.must_agree("Padding cells hold 0")
            else:
                total += number * weight
    return Fraction(max(total, 0) if "ReLU follows" in page.given else total)


def slid(plane: Rows, kernel: Rows) -> Rows:
    """What a kernel makes of a plane without padding, step by step."""
    high, wide = len(kernel), len(kernel[0])
    return [
        [
            sum(plane[r + i][c + j] * kernel[i][j] for i in range(high) for j in range(wide))
            for c in range(len(plane[0]) - wide + 1)
        ]
        for r in range(len(plane) - high + 1)
    ]


def _outer(down: tuple[int, ...], across: tuple[int, ...]) -> Rows:
    return [[a * b for b in across] for a in down]


def _difference(one: Rows, other: Rows) -> Rows:
    return [[a - b for a, b in zip(x, y, strict=True)] for x, y in zip(one, other, strict=True)]


DOT = _outer((0, 1, 0), (0, 1, 0))
LAPLACE = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
NAMED = {
    "Identity": DOT,
    "Box blur": _outer((1, 1, 1), (1, 1, 1)),
    "Gaussian blur": _outer((1, 2, 1), (1, 2, 1)),
    "Sharpen": _difference(DOT, LAPLACE),
    "Edges, 4 neighbours": LAPLACE,
    "Edges, 8 neighbours": [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]],
    "Edges, mixed": _outer((1, 0, -1), (1, 0, -1)),
    "Sobel, vertical edges (Gx)": _outer((1, 2, 1), (-1, 0, 1)),
    "Sobel, horizontal edges (Gy)": _outer((-1, 0, 1), (1, 2, 1)),
    "Prewitt, vertical edges": _outer((1, 1, 1), (-1, 0, 1)),
    "Prewitt, horizontal edges": _outer((-1, 0, 1), (1, 1, 1)),
    "Emboss": [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]],
}
"""The kernels that a course names, by what they are made of."""


def chosen(page: Page) -> str:
    """The choice whose kernel is shown, or made the output that is shown."""
    page.must_agree("cross-correlation")
    captions = dict(page.tables)
    kernels = {choice: NAMED.get(choice) for choice in page.choices}
    if "One of four kernels" in page.given:
        kernels = {choice: page.table(choice) for choice in page.choices}
    if "output" in captions:
        made, plane = page.table("output"), page.table("input")
        fit = [one for one, kernel in kernels.items() if kernel and slid(plane, kernel) == made]
    else:
        fit = [one for one, kernel in kernels.items() if kernel == page.table("kernel")]
    if len(fit) != 1:
        raise Unread(f"{len(fit)} of {page.choices} fit")
    return fit[0]
