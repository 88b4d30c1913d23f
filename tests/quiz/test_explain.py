"""Hints, worked solutions and pictures agree with the answers."""

from itertools import pairwise

import numpy as np
import pytest

from lessons.quiz import FAMILIES, generate, solve
from lessons.quiz.compare import written
from lessons.quiz.diagnose import slips_of
from lessons.quiz.explain import hints, solution
from lessons.quiz.mistake_pictures import WrongProducts, WrongWindows, wrong_picture
from lessons.quiz.pictures import picture_of
from lessons.quiz.steps import formulas_of

LEVELS = [(f.id, n) for f in FAMILIES.values() for n in range(1, len(f.levels) + 1)]


def terms_value(formula):
    """What a formula's terms come to, worked out from its line of numbers."""
    line = formula.numbers
    for sign, code in (
        ("⌊", "down("),
        ("⌋", ")"),
        ("⌈", "up("),
        ("⌉", ")"),
        ("·", "*"),
        ("−", "-"),
        ("mod", "%"),
    ):
        line = line.replace(sign, code)
    names = {"down": lambda q: int(q // 1), "up": lambda q: -int(-q // 1)}
    return eval(line, {"__builtins__": {}}, names)


@pytest.mark.parametrize("family, level", LEVELS)
def test_the_terms_come_to_the_answer(family, level):
    for seed in range(8):
        question = generate(family, level, seed)
        for field in question.fields:
            formulas = formulas_of(question, field)
            for formula in formulas:
                assert terms_value(formula) == formula.result, formula.numbers
            if formulas and field.kind != "setting":
                total = sum(f.result for f in formulas)
                last = total if field.asks == "all_parameters" else formulas[-1].result
                assert last == solve(question)[field.id]


@pytest.mark.parametrize("family, level", LEVELS)
def test_hints_climb_and_the_solution_ends_with_the_answer(family, level):
    question = generate(family, level, 4)
    kinds = [hint.kind for hint in hints(question)]
    value = question.fields[0].asks in ("number", "relu_number", "output")
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
        if picture is None or question.setup.scene is not None:
            continue
        shown = picture.scene.axes
        asked = question.setup.layers[0].axes(question.setup.input_shape[1:])
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
