"""What people paste, through each box's own way: the same numbers everywhere, or one sentence."""

import numpy as np
import pytest

from app.page.box import SAY
from app.screens.channels import state as channels_state
from app.screens.pooling import state as pooling_state
from app.screens.sliding_window import state as sliding_state
from kernels.reading.notation import NotationError, parse_numbers
from kernels.scene.settle import settle
from lessons.quiz import NotReadable, generate, parse
from lessons.quiz.parse import Readable
from lessons.views.kernel_choice import read_matrix

settle_channels, settle_pooling = channels_state.PAGE.settle, pooling_state.PAGE.settle

# Each box: type a text into it, get the numbers that the page then holds, or its sentence.


def typed(page, view, key, text):
    """The view after a text was typed into a page's box, with what is said; or the sentence."""
    box = next(box for box in page.boxes if key in box.keys)
    settings = {**page.flat(view), **page.memory}
    try:
        changes = box.read({**box.show(view, settings), key: text}, view, settings)
    except NotationError as error:
        return str(error)
    return page.settle({**settings, **changes})[0], changes.get(SAY, ())


def sliding(key):
    def read(text):
        found = typed(sliding_state.PAGE, settle({"size": "7x7"})[0], f"{key}_text", text)
        if isinstance(found, str):
            return found
        scene, _ = found
        return scene.input_array() if key == "x" else scene.written_weight_array()[0]

    return read


def channels(key):
    def read(text):
        view = settle_channels({"maps": "1"})[0]
        found = typed(channels_state.PAGE, view, f"{key}_text", text)
        if isinstance(found, str):
            return found
        scene = found[0].scene
        return scene.input_array()[:1] if key == "x" else scene.written_weight_array()[0, :1]

    return read


def pooling(text):
    found = typed(pooling_state.PAGE, settle_pooling({})[0], "x_text", text)
    return found if isinstance(found, str) else found[0].scene.input_array()


def pooling_row(text):
    found = typed(pooling_state.PAGE, settle_pooling({"look": "shift"})[0], "row", text)
    return found if isinstance(found, str) else np.array(found[0].shift.row)


def picture(text):
    try:
        taps, divisor, _ = read_matrix(text)
    except NotationError as error:
        return str(error)
    return parse_numbers(taps) / float(divisor)


def quiz(text):
    read = parse(generate("whole_output", 1, 0), {"output": text})["output"]
    if isinstance(read, NotReadable):
        return read.say
    return np.array([[[float(n) for n in row] for row in read.value]])


def link(text):
    try:
        return parse_numbers(text)
    except NotationError as error:
        return str(error)


MATRIX_BOXES = {
    "sliding input": sliding("x"),
    "sliding kernel": sliding("w"),
    "channels input": channels("x"),
    "channels kernel": channels("w"),
    "pooling input": pooling,
    "picture": picture,
    "quiz": quiz,
    "link": link,
}

SOBEL = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
HALVES = [[0.5, 1.5, 2.5], [1, 0, -1], [2, 0.25, -2]]
NINTHS = [[1 / 9] * 3] * 3

READ = {
    # As rows
    "1 0 -1\n2 0 -2\n1 0 -1": SOBEL,
    "1\t0\t-1\r\n2\t0\t-2\r\n1\t0\t-1\r\n": SOBEL,
    "1,0,-1\n2,0,-2\n1,0,-1": SOBEL,
    "1, 0, -1,\n2, 0, -2,\n1, 0, -1": SOBEL,
    "1;0;-1\n2;0;-2\n1;0;-1": SOBEL,
    "1 0 -1; 2 0 -2; 1 0 -1": SOBEL,
    "1, 0, -1; 2, 0, -2; 1, 0, -1": SOBEL,
    "1,0,-1;2,0,-2;1,0,-1": SOBEL,
    "1 0 -1 / 2 0 -2 / 1 0 -1": SOBEL,
    "1 0 -1_2 0 -2_1 0 -1": SOBEL,
    "1 | 0 | -1\n2 | 0 | -2\n1 | 0 | -1": SOBEL,
    # Signs and characters
    "1 0 \u22121\n2 0 \u22122\n1 0 \u22121": SOBEL,
    "1 0 \u20131\n2 0 \u20132\n1 0 \u20131": SOBEL,
    "\ufeff1 0 -1\n2 0 -2\n1 0 -1": SOBEL,
    "1\u00a00\u00a0-1\n2\u00a00\u00a0-2\n1\u20090\u2009-1": SOBEL,
    "\uff11 \uff10 \uff0d\uff11\n\uff12 \uff10 \uff0d\uff12\n\uff11 \uff10 \uff0d\uff11": SOBEL,
    "1\u200b 0 -1\u20282 0 -2\u20281 0 -1": SOBEL,
    # Decimal commas
    "0,5\t1,5\t2,5\n1\t0\t-1\n2\t0,25\t-2": HALVES,
    "0,5 1,5 2,5\n1 0 -1\n2 0,25 -2": HALVES,
    "0,5;1,5;2,5\n1;0;-1\n2;0,25;-2": HALVES,
    "0,5 1,5 2,5; 1 0 -1; 2 0,25 -2": HALVES,
    "| 0,5 | 1,5 | 2,5 |\n| 1 | 0 | -1 |\n| 2 | 0,25 | -2 |": HALVES,
    "0.5,1.5,2.5\n1,0,-1\n2,.25,-2.": HALVES,
    # Python, NumPy, PyTorch, TensorFlow
    "[[1, 0, -1], [2, 0, -2], [1, 0, -1]]": SOBEL,
    "[[1,0,-1],[2,0,-2],[1,0,-1]]": SOBEL,
    "((1, 0, -1), (2, 0, -2), (1, 0, -1))": SOBEL,
    "(1, 0, -1), (2, 0, -2), (1, 0, -1)": SOBEL,
    "K = np.array([[1, 0, -1],\n              [2, 0, -2],\n              [1, 0, -1]])": SOBEL,
    "kernel = numpy.asarray([[1, 0, -1], [2, 0, -2], [1, 0, -1]], dtype=np.float32)": SOBEL,
    ">>> k = np.matrix([[1, 0, -1], [2, 0, -2], [1, 0, -1]], dtype='int8')": SOBEL,
    "[[ 1.  0. -1.]\n [ 2.  0. -2.]\n [ 1.  0. -1.]]": SOBEL,
    "array([[ 1,  0, -1],\n       [ 2,  0, -2],\n       [ 1,  0, -1]])": SOBEL,
    "tensor([[ 1.,  0., -1.],\n        [ 2.,  0., -2.],\n        [ 1.,  0., -1.]])": SOBEL,
    "torch.tensor([[[[1., 0, -1], [2, 0, -2], [1, 0, -1]]]], device='cuda:0')": SOBEL,
    "<tf.Tensor: shape=(3, 3), dtype=int32, numpy=\narray([[1, 0, -1], [2, 0, -2], "
    "[1, 0, -1]], dtype=int32)>": SOBEL,
    "np.array([1, 0, -1, 2, 0, -2, 1, 0, -1]).reshape(3, 3)": SOBEL,
    "torch.tensor([1, 0, -1, 2, 0, -2, 1, 0, -1]).view(1, 1, -1, 3)": SOBEL,
    "np.array([[1,1,1],[1,1,1],[1,1,1]], np.float32)/9": NINTHS,
    "1/9 * np.array([[1,1,1],[1,1,1],[1,1,1]])": NINTHS,
    "[[1, 1, 1], [1, 1, 1], [1, 1, 1]] * (1/9)": NINTHS,
    "[[1/9, 1/9, 1/9], [1 / 9, 1 / 9, 1 / 9], [1/9, 1/9, 1/9]]": NINTHS,
    # MATLAB, Octave, Julia
    "[1 0 -1; 2 0 -2; 1 0 -1]": SOBEL,
    "K = [1, 0, -1; 2, 0, -2; 1, 0, -1];": SOBEL,
    "K = [1 0 -1\n     2 0 -2\n     1 0 -1];": SOBEL,
    "[1 0 -1; ...\n 2 0 -2; ...\n 1 0 -1]": SOBEL,
    "K =\n\n     1     0    -1\n     2     0    -2\n     1     0    -1\n\n": SOBEL,
    "ones = [1 1 1; 1 1 1; 1 1 1] ./ 9": NINTHS,
    "(1/9) .* [1 1 1; 1 1 1; 1 1 1]": NINTHS,
    "Float32[1 0 -1; 2 0 -2; 1 0 -1]": SOBEL,
    "3×3 Matrix{Int64}:\n 1  0  -1\n 2  0  -2\n 1  0  -1": SOBEL,
    # R
    "matrix(c(1, 0, -1, 2, 0, -2, 1, 0, -1), nrow = 3, byrow = TRUE)": SOBEL,
    "k <- matrix(c(1, 2, 1, 0, 0, 0, -1, -2, -1), nrow=3)": SOBEL,
    "matrix(c(1, 2, 1, 0, 0, 0, -1, -2, -1), 3, 3)": SOBEL,
    "rbind(c(1, 0, -1), c(2, 0, -2), c(1, 0, -1))": SOBEL,
    "cbind(c(1, 2, 1), c(0, 0, 0), c(-1, -2, -1))": SOBEL,
    "     [,1] [,2] [,3]\n[1,]    1    0   -1\n[2,]    2    0   -2\n[3,]    1    0   -1": SOBEL,
    "     [,1] [,2]\n[1,]    1    0\n[2,]    2    0\n[3,]    1    0\n"
    "     [,3]\n[1,]   -1\n[2,]   -2\n[3,]   -1": SOBEL,
    # C, Mathematica, spreadsheets' constants
    "const float k[3][3] = {{1.0f, 0, -1.f}, {2, 0, -2}, {1, 0, -1}};": SOBEL,
    "{{1, 0, -1}, {2, 0, -2}, {1, 0, -1}}": SOBEL,
    "(1/9) {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}": NINTHS,
    "MatrixForm[{{1, 0, -1}, {2, 0, -2}, {1, 0, -1}}]": SOBEL,
    "={1,0,-1;2,0,-2;1,0,-1}": SOBEL,
    # LaTeX
    r"\begin{bmatrix} 1 & 0 & -1 \\ 2 & 0 & -2 \\ 1 & 0 & -1 \end{bmatrix}": SOBEL,
    r"K = \left[\begin{array}{rrr} 1 & 0 & -1 \\ 2 & 0 & -2 \\ 1 & 0 & -1 \\ \end{array}\right]":
        SOBEL,
    r"$$\frac{1}{9} \begin{pmatrix} 1 & 1 & 1 \\ 1 & 1 & 1 \\[2pt] 1 & 1 & 1 \end{pmatrix}$$":
        NINTHS,
    r"\begin{matrix} 0{,}5 & 1{,}5 & 2{,}5 \\ 1 & 0 & -1 \\ 2 & \tfrac{1}{4} & -2 \end{matrix}":
        HALVES,
    r"1 & 0 & -1 \\ 2 & 0 & -2 \\ 1 & 0 & -1": SOBEL,
    # ImageMagick, Markdown, pretty prints
    "3x3: 1,0,-1  2,0,-2  1,0,-1": SOBEL,
    "3: 1,0,-1,2,0,-2,1,0,-1": SOBEL,
    "| a | b | c |\n|---|---|---|\n| 1 | 0 | -1 |\n| 2 | 0 | -2 |\n| 1 | 0 | -1 |": SOBEL,
    "⎡1  0  -1⎤\n⎢2  0  -2⎥\n⎣1  0  -1⎦": SOBEL,
    # Divisors and factors
    "1 1 1\n1 1 1\n1 1 1\n/ 9": NINTHS,
    "1/9 *\n1 1 1\n1 1 1\n1 1 1": NINTHS,
    "1/9 1/9 1/9\n1/9 1/9 1/9\n1/9 1/9 1/9": NINTHS,
}  # fmt: skip

REFUSED = {
    "": "no numbers|empty",
    "1 2 x\n3 4 5": "“x” is not a number",
    "1 2\n3 4\n5 6px": "“6px” is not a number",
    "50% 1\n1 1": "“50%” is not a number",
    "nan 1\n1 1": "“nan” is not a number",
    "1 inf\n1 1": "“inf” is not a number",
    "1 2\n3": "Row 1 has 1 number but row 0, the first, has 2",
    "[[1, 2], [3]]": "Row 1 has 1 number but row 0, the first, has 2",
    "[[1, 2], [3, 4]": "is not closed",
    "[1 2; 3 4]]": "closes nothing",
    "1/0 1\n1 1": "divides by zero",
    "[[1, 2], [3, 4]] / 0": "divided by 0",
    "[[1, 2], [3, 4]] / k": "“k” is not a number",
    "[[1, 2], [3, 4]] / np.sum(k)": "cannot be worked out",
    "[[1, 2], [3, 4]].T": "cannot be worked out",
    "[1 2; 3 4]'": "cannot be worked out",
    "[[1, 2], [3, 4]] and more": "“and” is not a number",
    "np.ones((3, 3)) / 9": "“np.ones(…)” cannot be worked out",
    "np.array([[0.5, 1], [1, 1]], dtype=int)": "“int” would change these numbers",
    "[[1, 2], ..., [3, 4]]": "leaves numbers out",
    "1,,2\n3,4,5": "empty place",
    "1\t\t2\n3\t4\t5": "empty cell",
    "| 1 | |\n| 3 | 4 |": "empty cell",
    "3x3: 1,2,3": "needs 9 numbers but 3 follow",
    "1 0 -1 2 0 -2 / 16": "can divide all numbers or the last",
    "-1,-2 3,4": "mixes commas and spaces",
    "2000000 1\n1 1": "too large",
}

ASKED = {
    "1,2": ["1.2", "1 2"],
    "1,2\n3,4": ["1.2", "1 2"],
    "1,234": ["1.234", "1234", "1 234"],
    "1,234 5,678": ["1.234", "1234"],
    "1\u202f234 5": ["1234", "1 234"],
    "1,2;3,4": ["1.2 3.4", "1 2 / 3 4"],
    "1;2;3": ["1 2 3", "[1;2;3]"],
    "0,5, 1,5": ["0.5", "0 5"],
    "[0,5 1,5]": ["0.5", "0 5"],
    "1 / 2": ["1/2", "[1;2]"],
}


@pytest.mark.parametrize("box", MATRIX_BOXES)
@pytest.mark.parametrize("text", READ)
def test_what_people_paste_is_read_alike_in_every_box(box, text):
    found = MATRIX_BOXES[box](text)
    assert not isinstance(found, str), found
    np.testing.assert_allclose(found, [READ[text]], rtol=1e-15)


@pytest.mark.parametrize("box", MATRIX_BOXES)
@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused_by_name_in_every_box(box, text):
    found = MATRIX_BOXES[box](text)
    assert isinstance(found, str), found
    assert any(part in found for part in REFUSED[text].split("|")), found
    assert len(found) < 260 and "\n" not in found


@pytest.mark.parametrize("box", MATRIX_BOXES)
@pytest.mark.parametrize("text", ASKED)
def test_what_has_two_readings_is_asked_back_with_both(box, text):
    found = MATRIX_BOXES[box](text)
    assert isinstance(found, str), found
    assert "can mean" in found and all(reading in found for reading in ASKED[text])


@pytest.mark.parametrize("text", ASKED)
def test_each_reading_that_is_offered_can_be_typed_as_it_stands(text):
    seen = {str(link(reading).tolist()) for reading in ASKED[text]}
    assert len(seen) == len(ASKED[text]), "and they differ"


# What only some boxes have


ROWS = {
    "0.1; 1; 0.2; 0.1": [0.1, 1, 0.2, 0.1],
    "0,1 1 0,2 0,1": [0.1, 1, 0.2, 0.1],
    "0,1; 1; 0,2; 0,1": [0.1, 1, 0.2, 0.1],
    "0,5;1,5": [0.5, 1.5],
    "[0.1, 1, 0.2, 0.1]": [0.1, 1, 0.2, 0.1],
    "c(0.1, 1, 0.2, 0.1)": [0.1, 1, 0.2, 0.1],
    "[1] 0.1 1.0 0.2 0.1": [0.1, 1, 0.2, 0.1],
    "np.array([1, 2, 3]) / 4": [0.25, 0.5, 0.75],
    "0,1\n1\n0,2\n0,1": [0.1, 1, 0.2, 0.1],
    "1, 2, 3": [1, 2, 3],
}


@pytest.mark.parametrize("text", ROWS)
def test_the_row_of_pooling_is_read(text):
    assert pooling_row(text).tolist() == ROWS[text]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1 2\n3 4", "2 rows of 2 numbers; this box takes one row"),
        (" ".join("1" * 13), "13 numbers were given but this box takes 1 to 12"),
        ("1,2", "can mean 1.2"),
    ],
)
def test_a_row_that_is_none_or_too_long_is_refused(text, says):
    assert says in pooling_row(text)


@pytest.mark.parametrize("box", ["sliding kernel", "picture"])
@pytest.mark.parametrize("text", ["1 0 -1 2 0 -2 1 0 -1", "1,0,-1,2,0,-2,1,0,-1"])
def test_a_kernel_on_one_line_is_a_square_and_says_so(box, text):
    assert MATRIX_BOXES[box](text).tolist() == [SOBEL]
    if box == "sliding kernel":
        _, said = typed(sliding_state.PAGE, settle({"size": "7x7"})[0], "w_text", text)
        assert "read as 3 × 3" in said[0]
    else:
        assert "read as 3 × 3" in read_matrix(text)[2][0]


def test_decimal_commas_between_semicolons_on_one_line_are_said():
    taps, _, notes = read_matrix("0,5;1,5")
    assert taps == "0.5 1.5" and "write 0 5 / 1 5 for rows" in notes[0]


@pytest.mark.parametrize(
    ("box", "text", "says"),
    [
        ("sliding input", "\n\n".join(["1 2\n3 4"] * 5), "5 channels were given but at most 4"),
        ("pooling input", "\n\n".join(["1 2\n3 4"] * 3), "3 channels were given but at most 2"),
        ("channels input", "\n\n".join(["1 2\n3 4"] * 4), "4 channels were given but at most 3"),
        ("sliding input", " ".join("1" * 17), "1 × 17 numbers were given but at most 16 × 16"),
        ("sliding kernel", "\n\n".join(["1 2\n3 4"] * 2), "2 slices of kernels were given"),
        ("sliding kernel", "\n".join([" ".join("1" * 8)] * 8), "8 × 8 numbers were given"),
        ("channels kernel", "\n".join([" ".join("1" * 6)] * 6), "6 × 6 numbers were given"),
        ("channels kernel", "1 2 3\n4 5 6", "on this page it is a square"),
        ("picture", " ".join("1" * 32), "at most 31 × 31"),
        ("picture", "1 2\n3 4\n\n5 6\n7 8", "There are 2 kernels"),
        ("sliding kernel", "[[[[1, 2], [3, 4]]], [[[1, 2], [3, 4]]]]", "2 × 1 slices"),
        ("sliding input", "[[[[1, 2]]], [[[3, 4]]]]", "2 inputs were given"),
    ],
)
def test_more_than_a_box_holds_is_refused_and_nothing_is_cut_off(box, text, says):
    assert says in MATRIX_BOXES[box](text)


def test_a_kernel_larger_than_the_input_is_refused_with_what_fits():
    text = "\n".join(["1 2 3 4 5"] * 5)
    said = typed(sliding_state.PAGE, settle({"size": "3x3"})[0], "w_text", text)
    assert "The kernel of 5 × 5 does not fit here, where 3 × 3 does" in said


def test_biases_are_one_for_each_kernel():
    scene = settle({"cout": "2", "bias": "1"})[0]
    for text, says in (("1 2 3", "3 numbers were given but this box takes 2"), ("1", "takes 2")):
        assert says in typed(sliding_state.PAGE, scene, "b_text", text)
    found, _ = typed(sliding_state.PAGE, scene, "b_text", "0,5 -1")
    assert found.bias_array().tolist() == [0.5, -1]


@pytest.mark.parametrize(("text", "widths"), [("100, 100, 1", "100 100 1"), ("28,10", "28 10")])
def test_the_list_of_layers_is_read_by_the_same_reader(text, widths):
    view, _ = typed(channels_state.PAGE, settle_channels({})[0], "dense", text)
    assert view.to_flat()["dense"] == widths


@pytest.mark.parametrize(
    ("text", "value"), [("3,5", 3.5), ("7/2", 3.5), ("\u22123.5", -3.5), (".5", 0.5)]
)
def test_one_number_has_the_same_grammar_in_the_quiz_and_in_pooling(text, value):
    read = parse(generate("pooling_value", 4, 0), {"number": text})["number"]
    assert isinstance(read, Readable) and float(read.value) == value
    view = settle_pooling({"look": "shift"})[0]
    found, _ = typed(pooling_state.PAGE, view, "enters", text)
    assert found.shift.enters == value
