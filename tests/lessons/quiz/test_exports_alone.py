"""Whoever sees only an exported question's own text, as in a course system, can answer it."""

import re
from base64 import b64decode
from collections import defaultdict
from fractions import Fraction
from functools import cache
from xml.etree import ElementTree

import pytest

from lessons.quiz import FAMILIES, QuizSet, generate, hints, solution, solve
from lessons.quiz.compare import written
from lessons.quiz.exports import (
    items_of,
    pool_of,
    pool_to_moodle,
    questions_csv,
    tables_of,
    to_gift,
    to_moodle,
)
from lessons.quiz.figures import figure_of, standalone
from tests.lessons.quiz.course_system import csv_shows, gift_shows, moodle_shows

READERS = {
    "moodle": lambda questions: moodle_shows(to_moodle(questions)),
    "gift": lambda questions: gift_shows(to_gift(questions)),
    "csv": lambda questions: csv_shows(questions_csv(questions)),
}

NAMED = {
    "height": "height",
    "width": "width",
    "channels": "channels",
    "features": "numbers",
    "parameters": "parameters",
    "tensor_out": "output channels",
    "tensor_in": "input channels in",
    "tensor_rows": "kernel rows",
    "tensor_columns": "kernel columns",
    "total_parameters": "together",
    "dense_parameters": "fully connected",
    "origin_row": "which row",
    "origin_column": "which column",
    "unused_rows": "many rows",
    "unused_columns": "many columns",
    "height_by_total": "height",
    "width_by_total": "width",
    "total_rows": "Give the rows",
    "total_columns": "Give the columns",
    "rows_at_top": "those above",
    "rows_at_bottom": "those below",
    "volume_frames": "frames",
    "volume_height": "height",
    "volume_width": "width",
    "dense_lines": "fully connected",
    "conv_lines": "convolution",
    "number": "row",
    "score_of_match": "patch with the line",
    "score_of_white": "white patch",
    "joined_channels": "channels",
    "joined_height": "height",
    "crop": "cut off at the top",
    "head_outputs": "many",
    "head_grid": "in all",
}
"""A word without which nobody would know that this box is asked for, and not its neighbour."""


def questions(seeds):
    return [
        generate(family.id, level, seed)
        for family in FAMILIES.values()
        for level in range(1, len(family.levels) + 1)
        for seed in seeds
    ]


SOME = questions(range(3))


@cache
def read(reader):
    """Every question with the items that its file shows of it, in the file's order."""
    rest = iter(READERS[reader](SOME))
    choices = reader == "gift"
    found = [
        (one, [next(rest) for _ in items_of([one], matrices_as_choices=choices)]) for one in SOME
    ]
    assert next(rest, None) is None
    return found


@pytest.fixture(params=READERS)
def shown(request):
    return read(request.param)


def check_told_apart(shown):
    answers = defaultdict(set)
    for one in shown:
        answers[one.seen].add(one.right)
    assert {text: found for text, found in answers.items() if len(found) > 1} == {}


def test_no_two_items_show_the_same_and_want_different_answers(shown):
    check_told_apart([one for _, items in shown for one in items])


@pytest.mark.long
@pytest.mark.parametrize("reader", READERS)
def test_no_two_of_many_items_show_the_same_and_want_different_answers(reader):
    check_told_apart(READERS[reader](questions(range(6, 50))))


def test_the_items_of_one_question_never_show_the_same(shown):
    for question, items in shown:
        assert len({one.seen for one in items}) == len(items), question.prompt


def test_an_item_names_the_box_that_it_asks_for(shown):
    for question, items in shown:
        if len(question.fields) == 1 or question.fields[0].kind == "setting":
            continue
        for field, item in zip(question.fields, items, strict=True):
            if "□" in item.text:  # the boxes stand together, each beside its label
                (line,) = (line for line in item.text.splitlines() if line.endswith("□"))
                assert line == f"{field.label}: □"
                continue
            lines = [line for line in item.text.splitlines() if re.search("[A-Za-z]", line)]
            asks = [line for line in lines if line.endswith(("?", "."))][-1]
            assert NAMED[field.asks] in asks, asks
            others = {NAMED[other.asks] for other in question.fields} - {NAMED[field.asks]}
            assert not any(
                f"the {other}" in asks or f"Give its {other}" in asks for other in others
            )


def test_the_layers_of_a_question_are_told_apart():
    for question, items in read("gift"):
        layers = {field.layer for field in question.fields}
        if question.family in ("layer_chain", "grouped_parameters") and len(layers) > 1:
            asked = [
                re.search(r"the \w+ layer|(?:after )?the .*?(?=[?])", i.text[-200:]) for i in items
            ]
            assert all(asked) and len({found[0] for found in asked}) == len(layers)


def test_a_question_brings_its_worked_solution_and_what_it_can_be_found_by(shown):
    for question, items in shown:
        answers = [step.answer for step in solution(question).steps]
        for item in items:
            assert all(answer in item.worked for answer in answers if " / " not in answer)
            assert question.title in item.tags and f"level {question.level}" in item.tags


@pytest.mark.parametrize("reader", ["moodle", "csv"])
def test_a_question_brings_its_hints(reader):
    for question, items in read(reader):
        told = [hint.text for hint in hints(question) if hint.kind != "picture" and hint.text]
        assert all([one.replace("\n", " ") for one in item.hints] == told for item in items)


def test_a_drawing_goes_along_as_a_file_that_stands_by_itself():
    question = generate("output_size", 4, 1)
    asked = ElementTree.fromstring(to_moodle([question])).find("question/questiontext")
    (file,) = asked.findall("file")
    assert f'src="@@PLUGINFILE@@/{file.get("name")}"' in asked.findtext("text")
    drawn = b64decode(file.text).decode()
    assert drawn == standalone(figure_of(question)) and "<style>" in drawn
    assert figure_of(question).alt.replace(" × ", "\u00a0×\u00a0") in asked.findtext("text")


def test_a_kind_has_a_category_of_variants_none_of_which_asks_the_same():
    quiz = QuizSet((("output_size", (1, 4)), ("whole_output", (2,))), 3, 7)
    root = ElementTree.fromstring(pool_to_moodle(pool_of(quiz, 6)))
    kinds, names = {}, []
    for question in root:
        if question.get("type") == "category":
            names.append(question.findtext("category/text"))
        else:
            kinds.setdefault(names[-1], []).append(question.findtext("questiontext/text"))
    assert [name.rpartition("/")[2] for name in names] == [
        "Output size, level 1",
        "Output size, level 4",
        "Whole output, level 2",
    ]
    assert all(len(set(texts)) == len(texts) == 6 for texts in kinds.values())


def test_no_item_speaks_of_what_its_student_does_not_have(shown):
    for _, items in shown:
        for item in items:
            told = " ".join((item.text, *(feedback for *_, feedback in item.answers)))
            boxes = "" if "□" in item.text else r"(?<![Bb]ounding )\bbox(es)?\b|"
            assert not re.search(rf"{boxes}\bfractions?\b|next question|one row per line", told)
            assert item.pictures or not re.search(r"picture|drawn (below|above|here)", told), told


def test_a_matrix_counts_one_mark_in_all(shown):
    for question, items in shown:
        if question.fields[0].kind == "matrix":
            assert sum(item.mark for item in items) == 1


@pytest.mark.parametrize("reader", ["moodle", "csv"])
def test_the_boxes_of_a_question_share_its_mark(reader):
    for _, items in read(reader):
        assert sum(item.mark for item in items) == 1
        assert max(i.mark for i in items) - min(i.mark for i in items) < Fraction(1, 10**6)


def test_the_right_answer_earns_the_mark_and_a_wrong_one_its_own_words(shown):
    for _, items in shown:
        for item in items:
            assert item.marked(item.right) == (item.mark, "Right.")
            for text, share, _, feedback in item.answers:
                assert item.marked(text) == (share * item.mark, feedback) and feedback


def test_the_answers_are_those_of_the_quiz():
    for question, items in read("moodle"):
        right = solve(question)
        numbers = [right[f.id] for f in question.fields if not isinstance(right[f.id], str)]
        flat = [n for v in numbers for n in (sum(v, ()) if isinstance(v, tuple) else (v,))]
        if question.fields[0].kind not in ("choice", "setting"):
            assert all(abs(Fraction(i.right) - n) < 1e-4 for i, n in zip(items, flat, strict=True))


def test_every_row_of_a_table_is_a_line(shown):
    for question, items in shown:
        for caption, rows in tables_of(question):
            lines = [" ".join(written(number) for number in row) for row in rows]
            for item in items:
                at = [line.rstrip(":") for line in item.text.splitlines()]
                assert [caption, *lines] == at[at.index(caption) :][: len(lines) + 1]


def test_a_matrix_among_choices_keeps_its_lines_too():
    matrices = [(q, items) for q, items in read("gift") if q.fields[0].kind == "matrix"]
    assert matrices
    for question, (item,) in matrices:
        (answer,) = solve(question).values()
        lines = item.right.replace("\u2007", " ").replace("−", "-").splitlines()
        assert tuple(tuple(map(Fraction, line.split())) for line in lines) == answer
        assert len(item.choices) >= 3


def test_a_files_text_tells_nothing_in_marks_of_another_language(shown):
    for _, items in shown:
        for item in items:
            assert not re.search(r"[<>&\\]", item.text), item.text
