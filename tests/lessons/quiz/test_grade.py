"""Three outcomes, credit for each axis, errors carried forward."""

from dataclasses import replace
from fractions import Fraction

import pytest

from kernels import ConvSpec, PoolSpec
from kernels.networks.layers import Flatten
from lessons.quiz import check, generate, solve, written_by
from lessons.quiz.answers import accepts, carried
from lessons.quiz.compare import written
from lessons.quiz.question import Setup
from lessons.quiz.skills import evidence

SHAPE = generate("output_size", 6, 1)
CHAIN = generate("layer_chain", 4, 2)


def graded(question, **changes):
    typed = {id: written(value) for id, value in solve(question).items()}
    return check(question, typed | {id: str(v) for id, v in changes.items()}).verdict


def outcomes(verdict):
    return [box.outcome for box in verdict.boxes]


def test_everything_right():
    assert graded(SHAPE).outcome == "right" and graded(SHAPE).credit == 1


def test_one_axis_right_is_half():
    verdict = graded(SHAPE, width=1000)
    assert outcomes(verdict) == ["right", "wrong"] and verdict.credit == Fraction(1, 2)


def test_not_readable_costs_nothing_and_is_not_judged_as_a_whole():
    verdict = graded(SHAPE, width="32x32x")
    assert verdict.outcome == "not readable" and verdict.credit is None


def test_a_wrong_box_in_a_chain_costs_once():
    first = solve(CHAIN)["size1"] + 2
    following = carried(CHAIN, solve(CHAIN), {"size1": first})
    sizes = {"size1": first}
    for box in ("size2", "size3", "size4", "features", "parameters"):
        sizes[box] = carried(CHAIN, solve(CHAIN), sizes)[box]
    assert sizes["size2"] == following["size2"]
    verdict = graded(CHAIN, **sizes)
    assert verdict.boxes[0].outcome == "wrong"
    assert set(outcomes(verdict)[1:]) <= {"carried", "right"} and "carried" in outcomes(verdict)
    assert verdict.credit == Fraction(5, 6)


def test_a_second_error_of_another_kind_costs_again():
    first = solve(CHAIN)["size1"] + 2
    verdict = graded(CHAIN, size1=first, size2=first + 1000)
    assert outcomes(verdict)[:2] == ["wrong", "wrong"]


def test_the_same_slip_again_in_a_chain_costs_once():
    question = generate("layer_chain", 2, 3)
    verdict = graded(question, **written_by(question, ["one-forgotten"]))
    assert outcomes(verdict)[0] == "wrong"
    assert set(outcomes(verdict)[1:]) <= {"repeated", "carried", "right"}
    assert verdict.credit == Fraction(3, 4)


def test_the_right_number_after_a_wrong_one_is_right():
    assert outcomes(graded(CHAIN, size1=1 + solve(CHAIN)["size1"]))[1] == "right"


@pytest.mark.parametrize("absurd", [0, -5, 10**14])
def test_an_absurd_box_leaves_the_next_one_to_the_right_number(absurd):
    verdict = graded(CHAIN, size1=absurd)
    assert outcomes(verdict)[0] == "wrong" and outcomes(verdict)[1] == "right"


def test_every_legal_setting_is_right():
    question = generate("legal_setting", 3, 0)
    size, target = question.setup.input_shape[1], question.setup.target
    legal = [
        {"kernel": k, "stride": s, "padding": p}
        for k in range(1, 8)
        for s in range(1, 5)
        for p in range(4)
        if k <= size and (size + 2 * p - k) // s + 1 == target
    ]
    assert len([one for one in legal if one["kernel"] > 1]) >= 3
    for one in legal:
        typed = {id: str(n) for id, n in one.items()}
        verdict = check(question, typed).verdict
        assert (verdict.outcome == "right") == (one["kernel"] > 1), one


def test_settings_are_right_or_wrong_together():
    question = generate("legal_setting", 3, 0)
    verdict = graded(question, padding=99)
    assert set(outcomes(verdict)) == {"wrong"} and verdict.credit == 0
    assert not accepts(question, {"kernel": 3, "stride": 0, "padding": 1})


def test_a_matrix_has_credit_for_its_cells():
    question = generate("whole_output", 1, 0)
    rows = [list(row) for row in solve(question)["output"]]
    rows[0][0] += 1
    typed = "\n".join(" ".join(str(n) for n in row) for row in rows)
    assert check(question, {"output": typed}).verdict.credit == Fraction(3, 4)
    assert check(question, {"output": "1 2 3"}).verdict.credit == 0


def test_fractions_are_right_to_two_decimals():
    thirds = (generate("pooling_value", 4, seed) for seed in range(50))
    question = next(q for q in thirds if solve(q)["number"] % 1)
    number = solve(question)["number"]
    for typed in (str(number), f"{float(number):.2f}", f"{float(number):.4f}"):
        assert check(question, {"number": typed}).verdict.outcome == "right"
    wrong = f"{float(number) + 0.02:.2f}"
    assert check(question, {"number": wrong}).verdict.outcome == "wrong"


def test_decimals_cut_off_are_right_and_told_how_they_are_rounded():
    thirds = (generate("pooling_value", 4, seed) for seed in range(200))
    question = next(q for q in thirds if solve(q)["number"] % 1 == Fraction(2, 3))
    number = solve(question)["number"]
    checked = check(question, {"number": f"{float(number):.3f}"[:-1]})
    assert checked.verdict.outcome == "right" and checked.candidates["number"] == ()
    rounded = f"{float(number):.2f}"
    assert checked.boxes[0].say == f"Right to the digits given; rounded it is {rounded}."


def test_a_fraction_that_was_kept_is_carried_on_as_it_is():
    # 32 → 32 → 16; a 3 × 3 kernel with stride 2: (16 − 3) / 2 + 1 = 7.5; (7.5 − 2) / 2 + 1 = 3.75
    layers = (ConvSpec(1, 4, 3, padding=1), PoolSpec(2), ConvSpec(4, 16, 3, 2), PoolSpec(2))
    setup = Setup((1, 32, 32), (*layers, Flatten()))
    question = replace(generate("layer_chain", 3, 0), seed=1001, setup=setup)
    typed = ("32", "16", "7.5", "3.75", "225")
    checked = check(question, dict(zip((f.id for f in question.fields), typed, strict=True)))
    outcomes = [box.outcome for box in checked.verdict.boxes]
    assert outcomes == ["right", "right", "wrong", "carried", "carried"]
    assert checked.verdict.credit == Fraction(4, 5)
    assert checked.single_slips == ("fraction-kept",)
    assert evidence(checked).missed == ("rounding",)


def test_feedback_says_right_carried_and_how_to_write():
    first = solve(CHAIN)["size1"] + 2
    following = carried(CHAIN, solve(CHAIN), {"size1": first})
    typed = {id: written(value) for id, value in following.items()}
    said = check(CHAIN, {**typed, "size1": str(first), "features": "1e99"}).boxes
    assert said[1].say == "Right: it follows from your own earlier number."
    assert said[4].say == "Write the number in full, such as 1000."
