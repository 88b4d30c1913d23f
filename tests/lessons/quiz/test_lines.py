"""Each slip in the learner's own numbers: the line comes to just the number that was written."""

import pytest

from kernels import ConvSpec
from lessons.quiz import FAMILIES, generate
from lessons.quiz.compare import same
from lessons.quiz.mistakes.chains import ChainWorking
from lessons.quiz.mistakes.lines import whole_line
from lessons.quiz.mistakes.size_workings import InverseWorking
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.quantities import working_of
from lessons.quiz.revealing import slips_of
from tests.lessons.quiz.arithmetic import worked_out

LEVELS = [(f.id, n) for f in FAMILIES.values() for n in range(1, len(f.levels) + 1)]


def changed_workings(question, field):
    working = working_of(question, field)
    if working is None or isinstance(working.value(), str):
        return
    yield "right", working
    for id in slips_of(question):
        changed = SLIPS[id].changed(working)
        if changed is not None and changed.value() is not None:
            yield id, changed


@pytest.mark.parametrize("family, level", LEVELS)
def test_the_line_of_every_slip_comes_to_its_number(family, level):
    for seed in range(6):
        question = generate(family, level, seed)
        for field in question.fields:
            for id, working in changed_workings(question, field):
                line, value = working.arithmetic(), working.value()
                found = worked_out(line)
                if isinstance(working, InverseWorking):
                    value = working.target
                if isinstance(value, tuple):
                    value = value[0][0]
                assert same(found, value), (question.key, id, line, value)
                assert "  " not in line and " -" not in line and whole_line(working)


def test_lines_are_as_a_learner_writes_them():
    question = generate("output_size", 4, 1)
    working = working_of(question, question.fields[0])
    lines = {id: whole_line(SLIPS[id].changed(working)) for id in ("rounded-up", "padding-once")}
    assert lines == {
        "rounded-up": "⌈(62 + 2 × 2 − 3) / 2⌉ + 1 = 33",
        "padding-once": "⌊(62 + 2 − 3) / 2⌋ + 1 = 31",
    }


def test_nothing_is_said_to_equal_itself():
    row = ChainWorking(48, (ConvSpec(1, 1, 5),) * 7)
    assert whole_line(SLIPS["kernel-ignored"].changed(row)) == "48"
    assert whole_line(row) == "48 − 5 + 1 = 44; 44 − 5 + 1 = 40; …; 24 − 5 + 1 = 20"
