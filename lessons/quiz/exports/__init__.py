"""A set as files: Moodle XML, GIFT, QTI, CSV, and a sheet to print."""

from lessons.quiz.exports.gift import to_gift
from lessons.quiz.exports.items import Item, Wrong, items_of, tables_of
from lessons.quiz.exports.moodle import pool_to_moodle, to_moodle
from lessons.quiz.exports.pool import pool_of
from lessons.quiz.exports.qti import pool_to_qti, to_qti
from lessons.quiz.exports.sheet import Sheet, SheetItem, sheet_of
from lessons.quiz.exports.sheet_html import sheet_html
from lessons.quiz.exports.table import questions_csv, scores_csv

__all__ = [
    "Item",
    "Sheet",
    "SheetItem",
    "Wrong",
    "items_of",
    "pool_of",
    "pool_to_moodle",
    "pool_to_qti",
    "questions_csv",
    "scores_csv",
    "sheet_html",
    "sheet_of",
    "tables_of",
    "to_gift",
    "to_moodle",
    "to_qti",
]
