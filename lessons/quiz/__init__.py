"""The quiz."""

from lessons.quiz.answers import accepts, solve
from lessons.quiz.belief import Belief, Observation, believe, next_question
from lessons.quiz.diagnose import declared_undetectable, diagnose, written_by, wrong_numbers
from lessons.quiz.grade import grade
from lessons.quiz.parse import NotReadable, Readable, parse
from lessons.quiz.registry import FAMILIES, generate
from lessons.quiz.session import Session

__all__ = [
    "FAMILIES",
    "Belief",
    "NotReadable",
    "Observation",
    "Readable",
    "Session",
    "accepts",
    "believe",
    "declared_undetectable",
    "diagnose",
    "generate",
    "grade",
    "next_question",
    "parse",
    "solve",
    "written_by",
    "wrong_numbers",
]
