"""The picture of a transposed convolution has as many cells as its answer, right or wrong."""

from dataclasses import replace

import pytest

from kernels.layers.links import links_of
from lessons.quiz import generate, solve, transposed_picture, written_by
from lessons.quiz.revealing import slips_of
from lessons.quiz.transposed_picture import MOST_CELLS
from tests.lessons.quiz.by_hand import size_after

QUESTIONS = [
    generate("transposed_size", level, seed) for level in (1, 2, 3, 4) for seed in range(40)
]
WHOLE_FORMULAS = {"forward-formula", "times-stride", "transposed-kernel-ignored"}


def boxes():
    """Every box of the questions."""
    for question in QUESTIONS:
        for axis, field in enumerate(("height", "width")):
            yield question, axis, field


def test_the_right_picture_has_the_answers_cells():
    drawn = list(boxes())
    assert len(drawn) > 40
    for question, _, field in drawn:
        picture = transposed_picture(question, field)
        assert picture.cells == solve(question)[field]
        assert picture.title == f"{picture.cells} cells along the {field}"
        assert (picture.role, picture.note) == ("output", "")


def test_a_larger_input_than_any_question_has_is_shown_smaller_and_the_note_says_so():
    asked = generate("transposed_size", 2, 0)
    setup = replace(asked.setup, input_shape=(1, MOST_CELLS + 5, MOST_CELLS + 1))
    question = replace(asked, seed=10**6, setup=setup)
    for axis, field in enumerate(("height", "width")):
        picture = transposed_picture(question, field)
        assert picture.links.output == MOST_CELLS
        assert picture.cells == size_after(setup.layers[0], MOST_CELLS, axis)
        assert picture.note.startswith(f"Shown on {MOST_CELLS} of ")


def test_every_slips_picture_has_the_slips_number():
    for question, _, field in boxes():
        for slip in set(slips_of(question)) - WHOLE_FORMULAS:
            wrong = transposed_picture(question, field, [slip])
            values = written_by(question, (slip,)) or solve(question)
            assert wrong.cells == values[field], slip


@pytest.mark.parametrize("slip", sorted(WHOLE_FORMULAS))
def test_another_formula_has_no_picture(slip):
    assert transposed_picture(QUESTIONS[0], "height", [slip]) is None


def test_padding_crops_the_start_and_output_padding_adds_at_the_end():
    picture = transposed_picture(QUESTIONS[80], "height")
    layer, links = QUESTIONS[80].setup.layers[0], picture.links
    assert links.before - picture.outside == 0
    assert links.padded - links.before - links.input == layer.output_padding[0]
    assert picture.outside == layer.padding[0][0]


def test_what_lands_in_the_output_is_what_a_transposed_convolution_adds_there():
    for question, axis, field in boxes():
        links, outside = (picture := transposed_picture(question, field)).links, picture.outside
        layer = question.setup.layers[0]
        said = links_of(layer.axes(question.setup.input_shape[1:])[axis])
        landed = [
            tuple(sorted((tap, cell) for cell, tap in read)) for read in links.read_by[outside:]
        ]
        landed += [()] * (said.output - len(landed))  # output_padding that nothing reaches
        assert tuple(landed[: said.output]) == said.reads


def test_other_questions_have_none():
    assert transposed_picture(generate("output_size", 1, 0), "height") is None
