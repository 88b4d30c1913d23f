"""Numbers as people type them; everything else is not readable, says why, and never fails."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.quiz import (
    DEFAULT_POOL,
    NotReadable,
    Readable,
    check,
    generate,
    judge,
    parse,
    score_rows,
    solve,
)
from lessons.quiz.compare import written
from lessons.quiz.parse import read_number
from lessons.quiz.skills import evidence, recorded

SIZE = generate("output_size", 6, 0)
COUNT = generate("layer_parameters", 2, 0)
NUMBER = generate("pooling_value", 4, 0)
MATRIX = generate("whole_output", 1, 0)
CHOICE = generate("kernel_name", 1, 0)


@pytest.mark.parametrize(
    "typed, number",
    [
        ("28", 28),
        ("  28 ", 28),
        ("+28", 28),
        ("-3", -3),
        ("\u22123", -3),
        ("\u2013 3", -3),
        ("1,234", 1234),
        ("1,234,567", 1234567),
        ("1 234 567", 1234567),
        ("1\u202f234", 1234),
        ("1\u00a0234", 1234),
        ("1'234", 1234),
        ("1\u2019234", 1234),
        ("1_234", 1234),
        ("\uff12\uff18", 28),
        ("\u0662\u0668", 28),
        ("\u06f2\u06f8", 28),
        ("\u0661\u066c\u0662\u0663\u0664", 1234),
        ("54.25", Fraction(217, 4)),
        ("54\u066b25", Fraction(217, 4)),
        ("28.0", 28),
        ("28.", 28),
        (".5", Fraction(1, 2)),
        ("5/3", Fraction(5, 3)),
        ("10 / 5", 2),
        ("3,5", Fraction(7, 2)),
        ("12,34", Fraction(617, 50)),
        ("1,2345", Fraction(2469, 2000)),
        ("-5\u20443", Fraction(-5, 3)),
        ("007", 7),
        ("0", 0),
        ("1e3", 1000),
        ("1.5E2", 150),
        ("½", Fraction(1, 2)),
        ("−1 ⅔", Fraction(-5, 3)),
    ],
)
def test_a_number_is_read(typed, number):
    assert read_number(typed) == number and type(read_number(typed)) is type(number)


@pytest.mark.parametrize(
    "typed, says",
    [
        ("32x32x", "Write one number in this box; a shape has a box for each size."),
        ("3×3", "Write one number in this box"),
        ("3,5,7", "decimal point, such as 3.5"),
        ("1,23,4", "thousands such as 1,234"),
        ("1e999", "Write the number in full, such as 1000."),
        ("1E-999", "Write the number in full"),
        ("1.234.567", "Write thousands without points"),
        ("1 2", "Write one number only"),
        ("3²", "digits only"),
        ("5/0", "0 below the line"),
        ("nan", "digits only"),
        ("inf", "digits only"),
        ("0x1F", "one number in this box"),
        ("--5", "digits only"),
        ("5-3", "digits only"),
        ("twelve", "digits only"),
        ("9" * 16, "at most 15 digits"),
        ("9" * 500, "at most 15 digits"),
        ("/", "digits only"),
        ("-", "digits only"),
        (".", "digits only"),
    ],
)
def test_what_is_no_number_says_how_to_write_it(typed, says):
    assert says in read_number(typed)


@pytest.mark.parametrize("typed", ["", "   ", "\n", "\u00a0"])
@pytest.mark.parametrize("question", [SIZE, COUNT, NUMBER, MATRIX, CHOICE])
def test_a_blank_box_is_not_readable(question, typed):
    read = parse(question, dict.fromkeys((f.id for f in question.fields), typed))
    assert all(isinstance(one, NotReadable) and "empty" in one.say for one in read.values())


def test_a_missing_box_counts_as_blank():
    assert all(isinstance(one, NotReadable) for one in parse(SIZE, {}).values())


def test_a_size_may_have_decimals_and_is_then_wrong():
    read = parse(SIZE, {"height": "54.25", "width": "3"})
    assert read["height"].value == Fraction(217, 4)


@pytest.mark.parametrize("typed", ["7.5", "5/3", "1.234"])
def test_a_count_is_a_whole_number(typed):
    assert isinstance(parse(COUNT, {"parameters": typed})["parameters"], NotReadable)


def test_thousands_written_with_a_point_say_so():
    read = parse(COUNT, {"parameters": "1.234"})["parameters"]
    assert read.say == "Write thousands without a point, such as 1234 or 1,234."


@pytest.mark.parametrize("question", [SIZE, COUNT, NUMBER])
def test_a_point_that_can_part_thousands_is_asked_back(question):
    box = question.fields[0].id
    read = parse(question, {box: "72.000"})[box]
    assert read.say == "Write 72000 or 72: the point can mean both."
    assert isinstance(parse(question, {box: "0.125"})[box], Readable) == (question is not COUNT)


def test_three_decimals_are_read_where_decimals_are_expected():
    assert parse(NUMBER, {"number": "1.667"})["number"].value == Fraction(1667, 1000)
    assert isinstance(parse(SIZE, {"height": "1.667"})["height"], NotReadable)


@pytest.mark.parametrize("typed", ["9 params", "= 9", "9 weights", "=9 parameters."])
def test_what_stands_around_a_number_is_left_aside(typed):
    assert parse(COUNT, {"parameters": typed})["parameters"].value == 9


def test_the_unit_of_another_quantity_is_no_ornament():
    macs = generate("macs", 1, 0)
    assert parse(macs, {"macs": "9 MACs"})["macs"].value == 9
    assert isinstance(parse(macs, {"macs": "9 FLOPs"})["macs"], NotReadable)


@pytest.mark.parametrize("typed", ["49×49", "(49,49)", "49*49", "[49, 49]", "49 by 49"])
def test_a_square_in_the_box_for_its_side_is_that_side(typed):
    chain = generate("layer_chain", 1, 0)
    assert parse(chain, {"size1": typed})["size1"].value == 49
    for other in ("49×50", "49,49"):
        assert isinstance(parse(chain, {"size1": other})["size1"], NotReadable)


@pytest.mark.parametrize("typed", ["1 2/3 4", "1 2 | 3 4", "1 2|3 4", "1/2 3"])
def test_rows_in_one_line_parted_by_what_may_be_a_fraction_are_asked_back(typed):
    assert "one row a line" in parse(MATRIX, {"output": typed})["output"].say


@pytest.mark.parametrize(
    "typed", ["|1 -2|\n|3 4|", "1|-2\n3|4", "2/2 -2\n3 4", "[[1, -4/2], [3, 4]]"]
)
def test_bars_and_fractions_are_read_where_they_can_mean_one_thing(typed):
    assert parse(MATRIX, {"output": typed})["output"].value == ((1, -2), (3, 4))


def test_a_value_with_one_comma_is_asked_again():
    read = parse(NUMBER, {"number": "1,234"})["number"]
    assert read.say == "Write 1234 or 1.234: the comma can mean both."


@pytest.mark.parametrize(
    "typed",
    [
        "28x30",
        "28 × 30",
        "28 X 30",
        "(28, 30)",
        "(28,30)",
        "28*30",
        "= 28x30",
        "\uff12\uff18×\uff13\uff10",
        "28 ✕ 30",
    ],
)
def test_a_shape_typed_whole_fills_its_boxes(typed):
    read = parse(SIZE, {"height": typed, "width": ""})
    assert [one.value for one in read.values()] == [28, 30]


@pytest.mark.parametrize("typed", ["28x30x", "28x30x6", "x30", "28xx30"])
def test_a_shape_that_does_not_fit_its_boxes_is_not_readable(typed):
    read = parse(SIZE, {"height": typed})
    assert all(isinstance(one, NotReadable) for one in read.values())


@pytest.mark.parametrize(
    "typed",
    [
        "1 -2\n3 4",
        "1, \u22122\n3, 4",
        "1 -2; 3 4",
        "1 -2 / 3 4",
        "[[1, -2], [3, 4]]",
        "1 -2\r\n3 4",
    ],
)
def test_rows_of_numbers_are_read(typed):
    assert parse(MATRIX, {"output": typed})["output"].value == ((1, -2), (3, 4))


@pytest.mark.parametrize("typed", ["1 2\n3", "1 a\n3 4", "1e99 2\n3 4", "[[", ";;", "1 " * 2100])
def test_rows_that_cannot_be_read_say_so(typed):
    assert isinstance(parse(MATRIX, {"output": typed})["output"], NotReadable)


def test_a_choice_is_read_by_label_id_or_number():
    options = CHOICE.setup.options
    for typed in (options[1].label, options[1].id.upper(), "2", f" {options[1].label.lower()} "):
        assert parse(CHOICE, {"name": typed})["name"].value == options[1].id
    assert isinstance(parse(CHOICE, {"name": "5"})["name"], NotReadable)


GARBAGE = st.one_of(
    st.text(max_size=60),
    st.text("0123456789 .,-+/x×eE'_−٣３\u00a0\n;[]()", max_size=30),
    st.integers().map(str),
    st.floats().map(str),
)
ONE_OF_EACH = [generate(*level, 2) for level in DEFAULT_POOL]


@given(st.sampled_from(ONE_OF_EACH), st.lists(GARBAGE, min_size=6, max_size=6))
@settings(max_examples=400, deadline=None)
def test_no_text_breaks_anything(question, texts):
    typed = {field.id: text for field, text in zip(question.fields, texts, strict=False)}
    read = parse(question, typed)
    assert set(read) == {field.id for field in question.fields}
    assert all(isinstance(one, Readable | NotReadable) for one in read.values())
    checked = judge(question, read)
    verdict = checked.verdict
    blank = any(isinstance(one, NotReadable) for one in read.values())
    assert (verdict.outcome == "not readable") == blank == (verdict.credit is None)
    assert all(one.say for one in checked.boxes)
    assert len(score_rows([checked])) == len(question.fields)
    assert (recorded({}, evidence(checked)) == {}) >= blank


@given(st.integers(-(10**14), 10**14))
def test_every_whole_number_is_read_back(number):
    assert read_number(f"{number:,}") == number
    assert read_number(str(number).replace("-", "\u2212")) == number


@given(st.text(max_size=40).filter(lambda text: not any(c.isnumeric() for c in text)))
def test_a_text_without_digits_is_never_a_number(text):
    assert isinstance(read_number(text), str)


def test_solutions_are_not_changed_by_what_is_typed():
    before = solve(SIZE)
    before["height"] = 0
    assert solve(SIZE)["height"] != 0


@pytest.mark.parametrize(
    "box, typed, least",
    [("stride", "0", "from 1"), ("padding", "-2", "0 for none"), ("kernel", "0", "from 1")],
)
def test_what_no_layer_can_have_costs_nothing_and_says_what_is_possible(box, typed, least):
    question = generate("legal_setting", 3, 0)
    texts = {id: str(value) for id, value in solve(question).items()} | {box: typed}
    reading = parse(question, texts)
    assert least in reading[box].say
    assert judge(question, reading).verdict.outcome == "not readable"
    assert sum(isinstance(one, NotReadable) for one in reading.values()) == 1


def test_settings_that_do_not_fit_are_told_their_numbers():
    question = generate("legal_setting", 3, 0)
    size, target = question.setup.input_shape[1], question.setup.target

    def said(kernel, stride, padding):
        typed = {"kernel": str(kernel), "stride": str(stride), "padding": str(padding)}
        reading = parse(question, typed)
        assert judge(question, reading).verdict.outcome == "wrong"
        (one,) = {box.say for box in judge(question, reading).boxes}
        return one

    assert said(1, 2, 0) == "The kernel must be 2 or larger here, and 1 is smaller."
    assert said(size + 3, 1, 1) == (
        f"A kernel of {size + 3} does not fit into the padded input of {size} + 2 × 1 = {size + 2} "
        "cells."
    )
    assert said(size + 1, 1, 0).endswith(f"does not fit into the input of {size} cells.")
    # one place more for every cell of padding: never the target, and so large that no slip fits
    gives = size + 2 * 9000 - 3 + 1
    assert said(3, 1, 9000) == (
        f"These settings give {written(gives)}, not {target}; look at the worked solution."
    )


def test_half_of_the_settings_tell_nothing_of_the_others():
    question = generate("legal_setting", 3, 0)
    (kernel, *_) = check(question, {"kernel": "9"}).boxes
    assert kernel.say == "Settings are judged together, and another box could not be read."
