"""What the quiz promises, measured: each function gives a share or the cases that miss it.

Run alone, it prints them all:

OPENBLAS_NUM_THREADS=1 .venv/bin/python -m tests.lessons.quiz.targets [how many times as many]
"""

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from lessons.quiz import (
    DEFAULT_POOL,
    FAMILIES,
    Checked,
    Question,
    Session,
    fresh_session,
    generate,
    solve,
    written_by,
)
from lessons.quiz.compare import same
from lessons.quiz.mistakes.slip import RARE
from lessons.quiz.mistakes.table import SLIPS
from lessons.quiz.question import Value
from lessons.quiz.revealing import shown_slips, slips_of
from lessons.quiz.skills import mastery
from tests.lessons.quiz import classic
from tests.lessons.quiz.students import Student, able, guessing, slipping, written_down

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def walk(
    session: Session, student: Student, questions: int
) -> Iterator[tuple[Question, Checked, Session]]:
    """A practice, a question a minute: each question, what was said of its answer, and after."""
    for number in range(questions):
        at = NOON + timedelta(minutes=number)
        question = session.next_question(at)
        checked = session.told(written_down(question, student(question)))
        session = session.answered(checked, at)
        yield question, checked, session


def not_shown(seed: int, questions: int = 60) -> tuple[set[str], set[str]]:
    """The common slips, and the second simulator's mistakes, that have no chance to show.

    Until its slip shows, everybody with one slip is right: one able learner meets what they do.
    """
    slips, mistakes = set(COMMON), set(classic.NAMES)
    for question, _, _ in walk(fresh_session(seed), able, questions):
        slips -= shown_slips(question)
        right = solve(question)
        mistakes -= {
            one.name for one in classic.MISTAKES if differs(classic.written(one, question), right)
        }
    return slips, mistakes


COMMON = frozenset(id for id, slip in SLIPS.items() if slip.prior > RARE)
"""The slips in what every course asks; those of few courses come later in a practice."""


def differs(values: dict[str, Value] | None, right: dict[str, Value]) -> bool:
    return values is not None and not all(same(values[id], right[id]) for id in values)


def levels_met(seed: int, questions: int) -> set[tuple[str, int]]:
    """The levels that somebody meets who keeps going and is right."""
    return {(q.family, q.level) for q, _, _ in walk(fresh_session(seed), able, questions)}


def mastered_with(slip: str, seed: int, questions: int = 60) -> bool:
    """Whether a skill ever shows more than 80 % while somebody makes a slip of it all the time."""
    point = SLIPS[slip].point
    practice = walk(fresh_session(seed), slipping(slip), questions)
    return any(mastery(session.record, point) > 0.8 for _, _, session in practice)


def accused(kind: str, seeds: Sequence[int], levels=DEFAULT_POOL) -> float:
    """The share of answers of a guesser of whom one slip is said to be it.

    kind: 'random' for numbers up to twice the right one, 'near' for at most five off it.
    """
    draw, told, answers = random.Random(f"{kind} {seeds}"), 0, 0
    for family, level in levels:
        for seed in seeds:
            question = generate(family, level, seed)
            if any(field.kind == "choice" for field in question.fields):
                continue
            values = {id: _guess(kind, draw, value) for id, value in solve(question).items()}
            checked = Session(DEFAULT_POOL).told(written_down(question, values))
            told += any(len(box.ways) == 1 and not box.perhaps for box in checked.boxes)
            answers += 1
    return told / answers


def _guess(kind: str, draw: random.Random, value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(tuple(_guess(kind, draw, number) for number in row) for row in value)
    while True:
        if kind == "near":
            number = value + draw.choice([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5])
        else:
            number = draw.randrange(max(30, int(abs(2 * value))))
        if not same(number, value) and (number > 0 or value <= 5):
            return number


def promises(seeds: Sequence[int], levels=DEFAULT_POOL) -> tuple[int, int]:
    """How often it is said that the next question shows which slip it is, and how often it does."""
    made = kept = 0
    for family, level in levels:
        for seed in seeds:
            question = generate(family, level, seed)
            for slip in slips_of(question)[seed % 3 :: 3]:
                values = written_by(question, (slip,))
                if not differs(values, solve(question)):
                    continue
                session = Session(DEFAULT_POOL, seed)
                checked = session.told(written_down(question, values))
                ways = [box.ways for box in checked.boxes if "will show" in box.say]
                if ways:
                    made += 1
                    kept += _parted(session.answered(checked, NOON).next_question(NOON), ways)
    return kept, made


def _parted(question: Question, ways) -> bool:
    for listed in ways:
        answers = [written_by(question, way.slips) or solve(question) for way in listed]
        if len({tuple(values.values()) for values in answers}) < len(listed):
            return False
    return True


def classic_numbers(seeds: Sequence[int], levels=DEFAULT_POOL) -> tuple[list[str], int]:
    """The classic wrong numbers whose mistake is not named first or second, and how many there are.

    Numbers that are right all the same do not count.
    """
    missed, count = [], 0
    for family, level in levels:
        for seed in seeds:
            question = generate(family, level, seed)
            for mistake in classic.MISTAKES:
                values = classic.written(mistake, question)
                if not differs(values, solve(question)):
                    continue
                count += 1
                checked = written_down(question, values)
                named = {way.slips for box in checked.boxes for way in box.ways[:2]}
                if not named & set(mistake.slips):
                    missed.append(f"{mistake.name}: {question.key}")
    return missed, count


def longest_run(asked: Sequence[object]) -> int:
    """How often the same is asked in a row."""
    longest = run = 1
    for one, after in pairwise(asked):
        run = run + 1 if one == after else 1
        longest = max(longest, run)
    return longest


def main(times: int) -> None:
    runs = [not_shown(seed) for seed in range(2 * times)]
    for name, place, all_of in (("slips", 0, len(COMMON)), ("mistakes", 1, len(classic.NAMES))):
        share = 1 - sum(len(run[place]) for run in runs) / len(runs) / all_of
        print(f"shown within 60 questions, {all_of} {name}: {share:.1%} (at least 95 %)")
    print(f"levels met in 150: {len(levels_met(1, 150))} of {len(DEFAULT_POOL)}")
    held = list(SLIPS)[:: max(1, 16 // times)]
    over = [slip for slip in held if mastered_with(slip, 3)]
    print(f"above 80 % with the slip: {len(over)} of {len(held)} {over} (at most 5 %)")
    for kind, most in (("random", "5 %"), ("near", "15 %")):
        print(f"{kind} numbers accused: {accused(kind, range(2 * times)):.1%} (at most {most})")
    kept, made = promises(range(times))
    print(f"promises kept: {kept} of {made}")
    missed, count = classic_numbers(range(2 * times))
    named = 1 - len(missed) / count
    print(f"classic numbers named first or second: {named:.1%} of {count} (at least 95 %)")
    families = [q.family for q, _, _ in walk(fresh_session(1), guessing(1), 100 * times)]
    print(
        f"a guesser meets {len(set(families))} of {len(FAMILIES)} families, "
        f"{longest_run(families)} questions of one in a row"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
