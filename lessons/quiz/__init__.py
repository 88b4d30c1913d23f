"""The quiz engine: questions, what was typed, how it is judged, the slip behind a wrong number.

Everything is a pure function of plain data; nothing here knows of a screen. A question is rebuilt
from (family, level, seed, version) alone, and its answers are computed by `kernels` from its setup.

Ask. `prompt` and `convention` are sentences, `fields` the boxes; `exports.tables_of(question)` are
the numbers to show under the prompt, `pictures.picture_of(question)` a Scene for the stage.

>>> question = generate("output_size", 4, seed=1)
>>> print(*question.prompt)
An input of 62 × 62 goes through a convolution with a 3 × 3 kernel, stride 2, padding 2. How \
large is the output?
>>> [(field.id, field.label, field.kind) for field in question.fields]
[('height', 'height', 'axis'), ('width', 'width', 'axis')]

Read and judge, once: `check` gives everything that is said, drawn and remembered of an answer. A
box that cannot be read costs nothing and says how to write it.

>>> checked = check(question, {"height": "32x", "width": "32"})
>>> checked.verdict.outcome, checked.boxes[0].say
('not readable', 'Write one number in this box; a shape has a box for each size.')
>>> checked = check(question, {"height": "\uff13\uff12", "width": "33"})
>>> checked.verdict.outcome, checked.verdict.credit
('wrong', Fraction(1, 2))

Explain. One sentence for every box, and each way to a wrong number in its own numbers; hints; the
worked solution; the slip's own windows.

>>> checked.boxes[1].say
'There are three ways to get 33.'
>>> [way.line for way in checked.boxes[1].ways][:2]
['⌈(62 + 2 × 2 − 3) / 2⌉ + 1 = 33', 'round((62 + 2 × 2 − 3) / 2) + 1 = 33']
>>> [hint.text for hint in hints(question)][1]
'⌊(62 + 2 × 2 − 3) / 2⌋ + 1'
>>> solution(question).steps[0].text
'⌊(H + 2·p − k) / s⌋ + 1 = ⌊(62 + 2 × 2 − 3) / 2⌋ + 1 = 32'
>>> wrong = wrong_picture(question, "width", ["rounded-up"])
>>> wrong.starts[-1], wrong.reach, wrong.runs_off
(62, 3, 1)

Find out. A session keeps what was answered, suspects slips where chance does not explain a number
as well, asks the question that tells them apart, and records skills; a right number that a slip
would give too shows nothing of that skill, and one slip is one mark. Skills come up for review
before they are forgotten (`review`). The clock is always passed in.

>>> from datetime import UTC, datetime
>>> now = datetime(2026, 3, 1, tzinfo=UTC)
>>> session = Session((("output_size", 3), ("output_size", 4)), seed=2)
>>> checked = session.reply(question, {"height": "33", "width": "33"})
>>> checked.boxes[1].say
'There are three ways to get 33; the next question will show which is yours.'
>>> session = session.answered(checked, now)
>>> session.belief.say()
'Rounded up, or rounded to the nearest, or kernel not subtracted.'
>>> after = session.next_question(now)
>>> written_by(after, ["rounded-up"]) == written_by(after, ["rounded-nearest"])
False
>>> sorted(declared_undetectable(question).coinciding)
['one-before-division']
>>> {skill: entry["wrong"] for skill, entry in session.record.items()}
{'rounding': 1}
>>> read_progress(written_progress(session)).cards == session.cards
True

Sets. `sets.QuizSet` draws a set and writes its link, `set_link` reads it; `sitting.Sitting` is a
student's run through it, with a timer and a score sheet; `names` reads the names of a class;
`exports` writes Moodle XML, GIFT, CSV and a sheet to print. Skills, ratings for spaced repetition
and mastery are in `skills`; the slips themselves in `mistakes`.

To add a family: one file in `families` with levels and a draw, and its id in `registry`. Where it
asks for something new, one row in `quantities`.
"""

from lessons.quiz.answers import accepts, solve
from lessons.quiz.belief import Belief, believe, next_question
from lessons.quiz.checked import Checked, check, judge
from lessons.quiz.diagnose import diagnose, wrong_numbers
from lessons.quiz.explain import hints, solution
from lessons.quiz.mistake_pictures import wrong_picture
from lessons.quiz.parse import NotReadable, Readable, parse
from lessons.quiz.pictures import picture_of
from lessons.quiz.progress import SkillRow, read_progress, skill_rows, written_progress
from lessons.quiz.question import Question, QuizError
from lessons.quiz.registry import FAMILIES, generate, question_of
from lessons.quiz.revealing import declared_undetectable, written_by
from lessons.quiz.session import DEFAULT_POOL, Session, fresh_session, session_of
from lessons.quiz.set_link import set_of
from lessons.quiz.sets import QuizSet, score_rows
from lessons.quiz.sitting import Answer, Sitting, sitting_facts, sitting_of, start
from lessons.quiz.transposed_picture import transposed_picture

__all__ = [
    "DEFAULT_POOL",
    "FAMILIES",
    "Answer",
    "Belief",
    "Checked",
    "NotReadable",
    "Question",
    "QuizError",
    "QuizSet",
    "Readable",
    "Session",
    "Sitting",
    "SkillRow",
    "accepts",
    "believe",
    "check",
    "declared_undetectable",
    "diagnose",
    "fresh_session",
    "generate",
    "hints",
    "judge",
    "next_question",
    "parse",
    "picture_of",
    "question_of",
    "read_progress",
    "score_rows",
    "session_of",
    "set_of",
    "sitting_facts",
    "sitting_of",
    "skill_rows",
    "solution",
    "solve",
    "start",
    "transposed_picture",
    "written_by",
    "written_progress",
    "wrong_numbers",
    "wrong_picture",
]
