"""Written in any notation, numbers read back the same; any text at all is numbers or a sentence."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.reading import (
    LARGEST_NUMBER,
    NotationError,
    read_number,
    read_numbers,
)

FUZZ = settings(max_examples=40, deadline=None, derandomize=True, database=None)
numbers = st.one_of(
    st.integers(-999, 999).map(float),
    st.integers(-4000, 4000).map(lambda n: n / 8),
    st.floats(-LARGEST_NUMBER, LARGEST_NUMBER, allow_nan=False),
)


@st.composite
def matrices(draw, least=1, of=numbers):
    rows, columns = draw(st.integers(least, 5)), draw(st.integers(least, 5))
    size = rows * columns
    cells = draw(st.lists(of, min_size=size, max_size=size))
    return np.array(cells).reshape(rows, columns)


def joined(array, cell, row, number=repr):
    return row.join(cell.join(number(float(value)) for value in line) for line in array)


def comma(value):
    return repr(value).replace(".", ",")


def nested(array, opening="[", closing="]"):
    rows = (opening + joined([row], ", ", "") + closing for row in array)
    return opening + ", ".join(rows) + closing


def r_print(array):
    heading = "     " + " ".join(f"[,{n + 1}]" for n in range(array.shape[1]))
    rows = [f"[{n + 1},] " + joined([row], "  ", "") for n, row in enumerate(array)]
    return "\n".join([heading, *rows])


def markdown(array):
    lines = ["| " + joined([row], " | ", "") + " |" for row in array]
    heading = "|" + " column |" * array.shape[1]
    return "\n".join([heading, "|" + "---|" * array.shape[1], *lines])


def r_matrix(array):
    return f"matrix(c({joined([array.T.ravel()], ', ', '')}), nrow = {len(array)})"


ANY_SHAPE = {
    "Python": nested,
    "tuples": lambda a: "(" + ", ".join(f"({joined([row], ', ', '')},)" for row in a) + ",)",
    "NumPy": lambda a: f"np.array({nested(a)}, dtype=np.float64)",
    "NumPy's print": lambda a: np.array2string(a, floatmode="unique", max_line_width=200),
    "PyTorch": lambda a: f"w = torch.tensor({nested(a)}, device='cpu')",
    "four axes": lambda a: f"torch.tensor([[{nested(a)}]])",
    "MATLAB": lambda a: f"K = [{joined(a, ' ', '; ')}];",
    "MATLAB with commas": lambda a: f"[{joined(a, ', ', ';')}]",
    "C": lambda a: f"float k[][] = {nested(a, '{', '}')};",
    "Mathematica": lambda a: nested(a, "{", "}"),
    "LaTeX": lambda a: rf"\begin{{bmatrix}} {joined(a, ' & ', chr(92) * 2 + ' ')} \end{{bmatrix}}",
    "R": r_matrix,
    "R's print": r_print,
    "Julia": lambda a: f"{a.shape[0]}×{a.shape[1]} Matrix{{Float64}}:\n {joined(a, '  ', chr(10))}",
    "Markdown": markdown,
    "link": lambda a: joined(a, " ", "_"),
    "lines": lambda a: joined(a, " ", "\n"),
    "typographic": lambda a: "\ufeff" + joined(a, "  ", "\r\n").replace("-", "\u2212"),
    "unbreakable": lambda a: joined(a, " ", "\n").replace(" ", "\u2003"),
}
AT_LEAST_TWO = {
    "tabs": lambda a: joined(a, "\t", "\n"),
    "tabs and decimal commas": lambda a: joined(a, "\t", "\n", comma),
    "German file": lambda a: joined(a, ";", "\n", comma),
    "spaces and decimal commas": lambda a: joined(a, " ", "\n", comma),
    "comma and space": lambda a: joined(a, ", ", "\n"),
    "commas": lambda a: joined(a, ",", "\n"),
    "strokes": lambda a: joined(a, " ", " / "),
    "ImageMagick": lambda a: f"{a.shape[1]}x{a.shape[0]}: {joined(a, ',', ' ')}",
}


@pytest.mark.parametrize("notation", ANY_SHAPE)
@FUZZ
@given(matrices())
def test_numbers_read_back_the_same(notation, array):
    np.testing.assert_array_equal(read_numbers(ANY_SHAPE[notation](array)).array, [array])


@pytest.mark.parametrize("notation", AT_LEAST_TWO)
@FUZZ
@given(matrices(least=2))
def test_numbers_in_notations_of_tables_read_back_the_same(notation, array):
    np.testing.assert_array_equal(read_numbers(AT_LEAST_TWO[notation](array)).array, [array])


SMALL = st.integers(-999, 999).map(float)


@pytest.mark.parametrize(
    "around",
    ["{} / {}", "{}/{}.0", "1/{1} * {0}", "(1/{1}) {0}", "{} ./ {}", "{} * (1/{})", "{}\n/ {}",
     "(1/{1}) * np.array({0})", "np.array({}) / {}", "K = ({}) / {};"],
)  # fmt: skip
@FUZZ
@given(matrices(of=SMALL), st.integers(1, 999))
def test_a_divisor_is_always_applied(around, array, divisor):
    read = read_numbers(around.format(nested(array), divisor))
    np.testing.assert_array_equal(read.written, [array])
    np.testing.assert_allclose(read.array, [array / divisor], rtol=1e-15)


@FUZZ
@given(st.lists(matrices(least=2), min_size=1, max_size=4).map(lambda all: all[:1] * len(all)))
def test_planes_read_back_the_same(planes):
    for text in (
        "\n\n".join(joined(plane, " ", "\n") for plane in planes),
        "~".join(joined(plane, " ", "_") for plane in planes),
        "[" + ", ".join(map(nested, planes)) + "]",
        "\n".join(f", , {n + 1}\n\n{r_print(plane)}\n" for n, plane in enumerate(planes)),
        "\n".join(f"K(:,:,{n + 1}) =\n\n{joined(p, '  ', chr(10))}" for n, p in enumerate(planes)),
    ):
        np.testing.assert_array_equal(read_numbers(text).array, planes)


@FUZZ
@given(numbers)
def test_one_number_reads_back_the_same(number):
    assert float(read_number(repr(number))) == number
    assert float(read_numbers(repr(number)).exact[0]) == number


PIECES = ["1", "2", "0,5", "-1", "\u22122", ".5", "1e3", "/", "*", ",", ";", "\t", "\n", " ", "[",
          "]", "(", ")", "{", "}", "|", "&", "\\\\", "\\begin{bmatrix}", "\\end{bmatrix}", "=", "K",
          "np.array", "c", "matrix", "nrow=2", "byrow=TRUE", ".reshape", "~", "_", "3x3:",
          "[,1]", "[1,]",
          "\\frac{1}{9}", "...", "'", "%", "\ufeff", "\u00a0", "×", "dtype=int"]  # fmt: skip


@settings(max_examples=600, deadline=None, derandomize=True, database=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40),
    st.booleans(),
    st.sampled_from([None, 9]),
)
def test_any_text_at_all_is_numbers_or_one_sentence(text, one_row, square_from):
    try:
        read = read_numbers(text, one_row=one_row, square_from=square_from)
    except NotationError as error:
        refused = error
    else:
        assert math.prod(read.shape) == len(read.values) and np.isfinite(read.array).all()
        assert all("\n" not in note for note in read.notes)
        return
    sentence = str(refused)
    assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < 250
    assert len(set(getattr(refused, "readings", "12"))) > 1


@pytest.mark.parametrize("opening", ["[", "(", "{", "[[", "np.array(", "c(", "\\frac{", "[1,"])
def test_brackets_without_end_are_refused_at_once(opening):
    with pytest.raises(NotationError):
        read_numbers(opening * 8000)
