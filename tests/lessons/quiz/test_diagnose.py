"""Every slip, and every two, that give exactly a number; several are said to be several."""

import pytest

from kernels import ConvSpec
from lessons.quiz import (
    FAMILIES,
    check,
    declared_undetectable,
    diagnose,
    generate,
    judge,
    parse,
    question_of,
    solve,
    written_by,
    wrong_numbers,
)
from lessons.quiz.compare import written
from lessons.quiz.exports import items_of
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.question import Question, Setup
from lessons.quiz.reply import say
from lessons.quiz.revealing import slips_of
from lessons.quiz.slip_names import either
from lessons.quiz.wording import SHAPE


def size_question(i, k, s=1, p=0, d=1) -> Question:
    """A question about a square convolution with these settings."""
    setup = Setup((1, i, i), (ConvSpec(1, 1, k, s, p, d),))
    seed = sum(n * 100**place for place, n in enumerate((d, p, s, k, i)))  # its own identity
    words = (f"{i}, {k}, {s}, {p}, {d}",)
    return Question("output_size", 1, seed, 1, "", words, (), setup, SHAPE, (), ())


def singles(question, field, value):
    return {c.slips[0] for c in diagnose(question, field, value) if len(c.slips) == 1}


def test_the_classic_example_is_ambiguous():
    classic = size_question(5, 3, 2, 1)
    assert solve(classic)["height"] == 3
    assert singles(classic, "height", 2) == {
        *("padding-once", "padding-ignored", "one-forgotten", "one-before-division"),
        "divided-by-stride",
    }
    hidden = declared_undetectable(classic)
    assert {"rounded-up", "fraction-kept", "rounded-nearest", "kernel-ignored"} <= hidden.as_right


def test_a_question_that_separates_nearly_all():
    best = size_question(10, 5, 2, 4)
    numbers = {w.slips[0]: w.value for w in wrong_numbers(best, "height", pairs=False)}
    expected = {
        "fraction-kept": 7.5,
        "rounded-up": 8,
        "padding-once": 5,
        "padding-ignored": 3,
        "one-forgotten": 6,
        "stride-ignored": 14,
        "divided-by-stride": 5,
        "kernel-ignored": 9,
        "padding-after": 11,
    }
    assert {id: numbers[id] for id in expected} == expected
    assert solve(best)["height"] == 7


def test_singles_come_before_pairs_and_likelier_ones_first():
    found = diagnose(size_question(10, 5, 2, 4), "height", 5)
    assert [c.slips for c in found[:2]] == [("padding-once",), ("divided-by-stride",)]
    assert [len(c.slips) for c in found] == sorted(len(c.slips) for c in found)
    assert found[0].prior > found[1].prior


def test_pairs_are_found_where_no_single_slip_fits():
    question = size_question(20, 5, 1, 1)  # 18; padding once and no + 1: 16
    found = diagnose(question, "height", 16)
    assert ("padding-once", "one-forgotten") in [c.slips for c in found]


def test_every_single_and_pair_gives_exactly_the_number():
    question = generate("output_size", 4, 5)
    for wrong in wrong_numbers(question, "height"):
        found = [c.slips for c in diagnose(question, "height", wrong.value)]
        same_as_right = wrong.value == solve(question)["height"]
        assert (wrong.slips in found) != same_as_right


@pytest.mark.parametrize(
    "key, written, slip",
    [
        ("macs.1.1680769679.1", 16 * 16 * 360, "cost-padding-ignored"),
        ("macs.2.1.1", None, "cost-stride-ignored"),
    ],
)
def test_a_cost_of_the_wrong_output_is_known(key, written, slip):
    question = question_of(key)
    if written is None:  # every place of the window is counted, one by one
        layer, size = question.setup.layers[0], question.setup.input_shape[1]
        assert layer.stride == (2, 2)
        reach = size + sum(layer.padding[0]) - layer.kernel_size[0] + 1
        written = solve(question)["macs"] // layer.output_size((size, size))[0] ** 2 * reach**2
    assert slip in singles(question, "macs", written)


def test_counting_from_one_is_known_where_a_window_is_asked():
    question = generate("window_origin", 1, 0)
    one_more = {id: value + 1 for id, value in solve(question).items()}
    for field, value in one_more.items():
        assert "origin-told-from-one" in singles(question, field, value)
    assert written_by(question, ["origin-told-from-one"]) == one_more


@pytest.mark.parametrize(
    "family, level, slip",
    [
        ("cell_value", 2, "window-counted-from-one"),
        ("pooling_value", 1, "pool-counted-from-one"),
    ],
)
def test_counting_from_one_takes_the_window_before(family, level, slip):
    found = 0
    for seed in range(30):
        question = generate(family, level, seed)
        row, column = question.setup.place
        values = written_by(question, [slip])
        assert (values is not None) == (min(row, column) > 0)
        if values:
            found += 1
            before = question.setup.scene.output()[0, row - 1, column - 1]
            assert float(values["number"]) == pytest.approx(before)
    assert found


def test_the_right_number_has_no_candidates():
    question = generate("output_size", 4, 5)
    assert diagnose(question, "height", solve(question)["height"]) == ()


def test_a_number_that_nothing_explains_has_none():
    assert diagnose(generate("macs", 1, 0), "macs", 1234567) == ()


def test_several_slips_are_said_to_be_several():
    question = size_question(10, 5, 2, 4)
    said = say(diagnose(question, "height", 5))
    assert said == "Padding counted once, or input divided by stride."
    assert say(()).startswith("None of the usual mistakes")
    (one,) = diagnose(question, "height", 14)
    assert say([one]).startswith("Stride ignored. Only every s-th")
    assert say([one], perhaps=True).startswith("It may be this: stride ignored. Only every s-th")


def test_all_slips_that_fit_are_named_up_to_five():
    found = diagnose(size_question(47, 5, 2, 1), "height", 22)  # (47 − 5) / 2 + 1 = 22
    assert "or padding ignored." in say([one for one in found if len(one.slips) == 1])
    six = [("padding-once",), ("one-forgotten",), ("rounded-up",), ("stride-ignored",)]
    six += [("padding-ignored",), ("padding-after",)]
    assert either(six[:5]).count(", or ") == 4 and "more" not in either(six[:5])
    assert either(six).endswith("padding ignored, or one more")
    assert either([*six, ("axes-exchanged",)]).endswith("padding ignored, or one of 2 more")


def test_a_symbol_is_never_written_as_a_capital():
    assert SLIPS["kernel-one-side"].name == "k instead of k²"
    question = generate("layer_parameters", 3, 0)
    values = written_by(question, ["kernel-one-side"])
    assert say(diagnose(question, "parameters", values["parameters"])).startswith("k instead")
    assert either([("kernel-one-side",), ("bias-single",)]).startswith("k instead of k², or one")
    assert either([("bias-per-slice",)]).startswith("A bias")


def said_of(question, typed):
    return {box.field: box.say for box in check(question, typed).boxes}


def test_a_forgotten_bias_is_told_in_the_words_of_its_box():
    question = generate("linear_against_conv", 2, 0)
    typed = {id: str(value) for id, value in written_by(question, ["bias-forgotten"]).items()}
    said = said_of(question, typed)
    assert said["conv"].endswith("Each output channel has one bias: add their number.")
    assert said["dense"].endswith("Each output number has one bias here: add their number.")
    exported = [wrong.feedback for item in items_of([question])[1:] for wrong in item.wrong]
    assert any("Each output number has one bias" in text for text in exported)
    assert not any("Each output channel has one bias" in text for text in exported)


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_padding_of_both_sides_is_told_to_be_both(level):
    for seed in range(6):
        question = generate("find_padding", level, seed)
        total = 2 * solve(question)["padding"]
        found = diagnose(question, "padding", total)
        assert found[0].slips[0] in ("padding-once", "padding-of-both-sides")
        said = said_of(question, {"padding": str(total)})["padding"]
        assert "add the cells at the start" not in said
        if sum(len(one.slips) == 1 for one in found) == 1:
            assert said.endswith("That is both sides together; per side it is half.")


def test_padding_counted_once_is_told_as_ever_where_a_size_is_asked():
    question = size_question(11, 5, 1, 2)
    assert "add the cells at the start" in said_of(question, {"height": "9", "width": "9"})["width"]


def test_feedback_names_the_slip_of_each_box():
    question = generate("channels_out", 2, 4)
    values = written_by(question, ["depth-multiplied"])
    said = check(question, {id: str(v) for id, v in values.items()}).boxes
    assert [one.outcome for one in said] == ["right", "right", "wrong"]
    assert said[2].candidates[0].slips == ("depth-multiplied",)


def test_a_setting_is_diagnosed_by_what_it_would_give():
    question = generate("legal_setting", 3, 0)
    values = written_by(question, ["padding-once"])
    found = diagnose(question, "kernel", values["kernel"], values)
    assert "padding-once" in {c.slips[0] for c in found}


def test_chosen_kernels_name_their_slip():
    question = generate("which_kernel", 1, 0)
    values = written_by(question, ["chose-flipped"])
    assert singles(question, "kernel", values["kernel"]) == {"chose-flipped"}


@pytest.mark.parametrize("family, level", [("output_size", 4), ("layer_parameters", 2)])
def test_slips_that_write_the_same_are_declared_together(family, level):
    for seed in range(20):
        question = generate(family, level, seed)
        for group in declared_undetectable(question).together:
            assert len({tuple(written_by(question, (id,)).values()) for id in group}) == 1


def test_a_slip_that_explains_every_wrong_box_is_the_one_that_is_told():
    for family, level, slip in (
        ("output_size", 6, "axes-exchanged"),
        ("window_origin", 2, "origin-without-padding"),
    ):
        for seed in range(12):
            question = generate(family, level, seed)
            typed = {id: str(value) for id, value in written_by(question, [slip]).items()}
            said = [one for one in check(question, typed).boxes if one.ways]
            told = [{way.slips for way in one.ways} for one in said]
            assert all((slip,) in ways for ways in told)
            assert len(said) < 2 or all(ways == told[0] for ways in told)


@pytest.mark.parametrize("family", list(FAMILIES))
def test_no_wrong_answer_is_told_names_alone(family):
    for level in range(1, len(FAMILIES[family].levels) + 1):
        question = generate(family, level, 0)
        for slip in slips_of(question):
            values = written_by(question, (slip,)) or {}
            for one in judge(question, read(question, values)).boxes:
                check_told(question, one)


def check_told(question, one):
    """Of a wrong box each way to its number is told, in that number."""
    if one.outcome != "wrong" or question.field(one.field).kind == "choice":
        return
    assert ", or " not in one.say
    assert all(way.line and way.name for way in one.ways)
    if len(one.ways) > 1:
        assert "ways" in one.say and "next question" not in one.say


def read(question, values):
    labels = {option.id: option.label for option in question.setup.options}
    texts = {id: labels[v] if v in labels else written(v) for id, v in values.items()}
    return parse(question, texts)
