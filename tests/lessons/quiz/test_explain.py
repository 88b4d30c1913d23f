"""Hints, worked solutions and pictures agree with the answers."""

from itertools import pairwise

import numpy as np
import pytest

from kernels import ConvSpec, PoolSpec
from lessons.quiz import FAMILIES, generate, solve, written_by
from lessons.quiz.compare import written
from lessons.quiz.explain import hints, solution
from lessons.quiz.layer_pictures import AxesPicture, WeightPicture
from lessons.quiz.mistake_pictures import WrongProducts, WrongWindows, wrong_picture
from lessons.quiz.pictures import picture_of
from lessons.quiz.quantities import formulas_of
from lessons.quiz.revealing import slips_of
from lessons.quiz.shapes import shapes
from tests.lessons.quiz.arithmetic import worked_out

LEVELS = [(f.id, n) for f in FAMILIES.values() for n in range(1, len(f.levels) + 1)]


@pytest.mark.parametrize("family, level", LEVELS)
def test_the_terms_come_to_the_answer(family, level):
    for seed in range(8):
        question = generate(family, level, seed)
        for field in question.fields:
            formulas = formulas_of(question, field)
            for formula in formulas:
                assert worked_out(formula.arithmetic) == formula.result, formula.arithmetic
            if formulas and field.kind != "setting":
                total = sum(f.result for f in formulas)
                last = total if field.asks == "all_parameters" else formulas[-1].result
                assert last == solve(question)[field.id]


@pytest.mark.parametrize("family, level", LEVELS)
def test_hints_climb_and_the_solution_ends_with_the_answer(family, level):
    question = generate(family, level, 4)
    kinds = [hint.kind for hint in hints(question)]
    value = question.fields[0].asks in ("number", "relu_number", "output", "relu_output")
    order = ("formula", "picture", "numbers") if value else ("formula", "numbers", "picture")
    assert kinds == [k for k in order if k in kinds]
    assert not value or len(kinds) == 3  # the sum in numbers is told after the picture
    assert kinds[0] == "formula" and all(hint.text for hint in hints(question))
    steps = solution(question).steps
    assert [step.field for step in steps] == [field.id for field in question.fields]
    for step in steps:
        value = solve(question)[step.field]
        assert step.text and "  " not in step.text
        if not isinstance(value, str):
            assert step.answer == written(value)
    assert not any(" -" in hint.text or "(-" in hint.text for hint in hints(question))


@pytest.mark.parametrize("family, level", LEVELS)
def test_a_picture_has_the_windows_of_its_question(family, level):
    for seed in range(6):
        question = generate(family, level, seed)
        picture = picture_of(question)
        number = question.fields[0].layer
        if picture is None or question.setup.scene is not None:
            continue
        shown = picture.scene.axes
        asked = question.setup.layers[number].axes(shapes(question.setup)[number][1:])
        for one, other in zip(shown, asked, strict=True):
            assert (one.kernel, one.stride, one.before, one.after, one.dilation) == (
                *(other.kernel, other.stride, other.before, other.after, other.dilation),
            )
            assert one.room % one.stride == other.room % other.stride and one.input <= 16
        assert bool(picture.note) or shown == asked


@pytest.mark.parametrize("family, level", LEVELS)
def test_every_slip_has_its_wrong_picture_or_none(family, level):
    question = generate(family, level, 2)
    for slip in slips_of(question):
        for field in question.fields:
            wrong = wrong_picture(question, field.id, [slip])
            if isinstance(wrong, WrongWindows):
                steps = {b - a for a, b in pairwise(wrong.starts)}
                assert len(steps) <= 1 and wrong.reach >= 1 and wrong.runs_off >= 0
            elif wrong is not None:
                assert isinstance(wrong, WrongProducts) and wrong.windows


def test_a_window_runs_off_the_edge_where_the_size_was_rounded_up():
    question = generate("output_size", 4, 1)
    wrong = wrong_picture(question, "height", ["rounded-up"])
    last = wrong.starts[-1] + wrong.reach
    assert wrong.runs_off == last - (wrong.right.input + wrong.right.after) > 0
    assert wrong.starts[:-1] == wrong.right.origins and wrong.says.startswith("Round down")


def test_padding_counted_once_leaves_one_end_bare():
    wrong = wrong_picture(generate("output_size", 2, 1), "height", ["padding-once"])
    assert (wrong.before, wrong.after) == (wrong.right.before, 0)
    assert len(wrong.starts) < wrong.right.output


def test_a_wrong_product_shows_the_turned_kernel():
    question = generate("cell_value", 2, 1)
    wrong = wrong_picture(question, "number", ["kernel-flipped"])
    kernel = question.setup.scene.written_weight_array()[0, 0]
    assert [list(row) for row in wrong.kernels[0]] == kernel[::-1, ::-1].tolist()
    total = sum(
        x * w
        for xs, ws in zip(wrong.windows[0], wrong.kernels[0], strict=True)
        for x, w in zip(xs, ws, strict=True)
    )
    assert wrong.result == total != solve(question)["number"]


VALUES = [one for one in LEVELS if one[0] in ("cell_value", "whole_output", "pooling_value")]


@pytest.mark.parametrize("family, level", [*VALUES, ("flipped_kernel", 1)])
def test_the_picture_of_a_value_shows_its_windows_and_not_its_numbers(family, level):
    for seed in range(8):
        question = generate(family, level, seed)
        scene = question.setup.scene
        shown = hints(question)[1].picture.scene
        assert (shown.layer, shown.step, shown.axes) == (scene.layer, scene.step, scene.axes)
        if scene.layer.kind == "conv":
            assert (shown.weight_array() == 1).all() and not np.any(shown.bias_array())
        else:
            assert (shown.input_array() != scene.input_array()).any()
        assert (shown.output() != scene.output()).any()


def test_a_hint_does_not_give_a_hidden_stride_away():
    assert [h.kind for h in hints(generate("find_stride", 1, 0))] == ["formula", "numbers"]


@pytest.mark.parametrize("family, level", LEVELS)
def test_a_solution_shows_the_question_and_nothing_else(family, level):
    for seed in range(10):
        question = generate(family, level, seed)
        setup, through = question.setup, shapes(question.setup)
        axes = [
            layer.axes(shape[1:])
            for layer, shape in zip(setup.layers, through, strict=False)
            if isinstance(layer, ConvSpec | PoolSpec)
        ]
        for picture in solution(question).pictures:
            if isinstance(picture, WeightPicture):
                assert picture.layer in setup.layers
            elif isinstance(picture, AxesPicture):
                check_rows(question, picture.rows, [axis for pair in axes for axis in pair])
            else:
                scene = picture.scene
                assert setup.scene in (None, scene)
                assert scene.axes == axes[0] and scene.input_size == setup.input_shape[1:]
                assert scene.input_array().shape[0] == setup.input_shape[0]
                assert scene.output().shape == through[1]


def check_rows(question, rows, axes):
    if question.fields[0].asks == "field":
        assert rows[0].cells == solve(question)["field"] and rows[-1].links.output == 1
        assert len(rows) == len(question.setup.layers)
        for row, after in pairwise(rows):
            assert row.links.output <= after.cells and row.links.reads[-1][-1][1] == row.cells - 1
        return
    for row in rows:
        ends = (row.links.before, row.links.input, row.cells, row.outside)
        starts = tuple(read[0][1] - row.links.before for read in row.links.reads)
        reach = row.links.reads[0][-1][1] - row.links.reads[0][0][1] + 1
        assert any(
            (ends, starts, reach)
            == (
                (one.before, one.input, one.padded, 0),
                tuple(one.origins),
                one.effective_kernel,
            )
            for one in axes
        )


COUNTED = ("weights", "parameters", "macs", "operations", "dense_parameters")


@pytest.mark.parametrize("family, level", LEVELS)
def test_what_is_counted_from_weights_shows_the_weight_tensor(family, level):
    question = generate(family, level, 1)
    convolutions = [
        question.setup.layers[field.layer]
        for field in question.fields
        if field.asks in COUNTED and isinstance(question.setup.layers[field.layer], ConvSpec)
    ]
    convolutions = [layer for layer in convolutions if layer.rank == 2]
    shown = [p.layer for p in solution(question).pictures if isinstance(p, WeightPicture)]
    assert set(convolutions) <= set(shown)


@pytest.mark.parametrize("family, level", LEVELS)
def test_a_mistake_is_drawn_in_the_numbers_of_the_question(family, level):
    for seed in range(6):
        question = generate(family, level, seed)
        for field in question.fields:
            sizes = shapes(question.setup)[field.layer][1:]
            for slip in slips_of(question):
                wrong = wrong_picture(question, field.id, [slip])
                if isinstance(wrong, WrongWindows):
                    assert wrong.right.input == sizes[wrong.axis == "width"]
                    value = (written_by(question, (slip,)) or {}).get(field.id)
                    told = field.asks in ("height", "width") and isinstance(value, int)
                    if told and not field.follows:
                        assert len(wrong.starts) == value


def test_the_answer_is_in_no_hint():
    for family, level in LEVELS:
        question = generate(family, level, 5)
        if question.fields[0].asks in ("all_parameters", "parameters", "weights", "macs"):
            right = written(solve(question)[question.fields[0].id])
            assert not any(
                right == part for hint in hints(question) for part in hint.text.split("; ")
            )


@pytest.mark.parametrize("family, level", LEVELS)
def test_what_a_level_is_called_and_what_was_agreed_fit_its_questions(family, level):
    says = FAMILIES[family].levels[level - 1].says
    for seed in range(10):
        question = generate(family, level, seed)
        layers, agreed = question.setup.layers, " ".join(question.convention)
        pads = "padding" in question.setup.hidden or any(
            set(getattr(layer, "padding", ((0, 0),))) != {(0, 0)} for layer in layers
        )
        if not pads:
            assert "adding" not in agreed.lower().replace("there is no padding", "") and (
                "adding" not in says or "without padding" in says or "do not count" in says
            )
        if "without padding" in says:
            assert not pads
        if "does not count" in says or "do not count" in says:
            assert "count as far" not in agreed
        if "dilation" in says or "dilated" in says:
            assert any(max(layer.dilation) > 1 for layer in layers)
        if says.startswith("with a stride"):
            assert any(max(layer.stride) > 1 for layer in layers)
