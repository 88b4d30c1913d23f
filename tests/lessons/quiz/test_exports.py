"""Exports read again by parsers of their own equal what was written."""

import csv
import io
import re
from fractions import Fraction
from functools import cache
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lessons.quiz import FAMILIES, check, generate, solve
from lessons.quiz.answers import accepts
from lessons.quiz.compare import same
from lessons.quiz.exports import items_of, questions_csv, scores_csv, to_gift, to_moodle
from lessons.quiz.exports.gift import escaped
from lessons.quiz.exports.table import neutral
from lessons.quiz.sets import score_rows
from tests.lessons.quiz.course_system import moodle_shows


@cache
def every_question():
    return [
        generate(family.id, level, seed)
        for family in FAMILIES.values()
        for level in range(1, len(family.levels) + 1)
        for seed in (0, 1)
    ]


@cache
def every_item(matrices_as_choices=False):
    return items_of(every_question(), matrices_as_choices=matrices_as_choices)


class Words(HTMLParser):
    """The paragraphs and table cells of a text in HTML."""

    def __init__(self, text):
        super().__init__()
        self.paragraphs, self.cells = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag in ("p", "td"):
            {"p": self.paragraphs, "td": self.cells}[tag].append("")
        if tag != "strong":
            self.inside = tag

    def handle_data(self, data):
        if self.inside in ("p", "td"):
            {"p": self.paragraphs, "td": self.cells}[self.inside][-1] += data


def number(text):
    return text if text in "?·" else Fraction(text.replace("\u2212", "-"))


def cells_of(item):
    return [n for _, rows in item.tables for row in rows for n in row]


def agree(read, item):
    """What was read is the item: answers with their feedback, right and wrong."""
    asked = dict.fromkeys((item.answer,), ("right", "Right."))
    asked |= {wrong.answer: ("wrong", wrong.feedback) for wrong in item.wrong}
    assert len(read) == len(asked)
    for text, outcome, feedback, tolerance in read:
        value = text if item.choices else number(text)
        (match,) = (a for a in asked if (a == value if item.choices else same(a, value)))
        assert asked[match] == (outcome, feedback)
        if not item.choices:
            assert abs(value - match) <= tolerance


def test_moodle_xml_reads_back():
    xml = to_moodle(every_question(), "A & B/C")
    head, *questions = ElementTree.fromstring(xml).findall("question")
    assert head.get("type") == "category"
    assert head.findtext("category/text") == "$course$/top/A & B//C"
    shown = iter(moodle_shows(xml))
    for element, question in zip(questions, every_question(), strict=True):
        items = items_of([question])
        kind = "multichoice" if items[0].choices else "cloze" if len(items) > 1 else "numerical"
        assert element.get("type") == kind and element.findtext("idnumber") == question.key
        assert element.findtext("name/text").endswith(question.title)
        words = Words(element.findtext("questiontext/text"))
        assert words.paragraphs[0].replace("\u00a0", " ").startswith(items[0].text[0][:20])
        cells = [cell for cell in words.cells if not cell.startswith("{")]
        assert [number(cell) for cell in cells] == cells_of(items[0])
        for item in items:
            one = next(shown)
            assert one.mark == Fraction(1, len(items))
            agree(
                [
                    (text, "right" if share == 1 else "wrong", feedback, tolerance)
                    for text, share, tolerance, feedback in one.answers
                ],
                item,
            )


def gift_parts(text):
    """Tokens of a GIFT text: escaped signs as plain characters, others as (sign,)."""
    found, at = [], 0
    while at < len(text):
        if text[at] == "\\":
            found.append("\n" if text[at + 1] == "n" else text[at + 1])
            at += 2
        else:
            found.append((text[at],) if text[at] in "~=#{}:" else text[at])
            at += 1
    return found


def plain(parts):
    return "".join(part if isinstance(part, str) else part[0] for part in parts)


def split(parts, *signs):
    """Cut tokens at unescaped signs; each piece with the sign before it."""
    pieces = [["", []]]
    for part in parts:
        if part in [(sign,) for sign in signs]:
            pieces.append([part[0], []])
        else:
            pieces[-1][1].append(part)
    return pieces


def read_gift(text):
    """(name, text, numerical, answers) of every question of a GIFT file."""
    found = []
    for block in text.split("\n\n"):
        if block.startswith("$CATEGORY"):
            continue
        assert block.startswith("// [tag:Slide & Sum]")  # a comment, but for Moodle
        parts = gift_parts(block.partition("\n")[2].strip())
        (_, before), (_, body) = split(parts, "{")
        _, (_, _), (_, name), (_, _), (_, asked) = split(before, ":")
        (_, inside) = split(body, "}")[0]
        numerical = inside[0] == ("#",)
        answers = []
        for line in plain_lines(inside[1:] if numerical else inside):
            sign, rest = line[0][0], line[1:]
            (_, answer), (_, feedback), *_ = split(rest, "#")
            answers.append((sign, answer, plain(feedback).strip()))
        found.append((plain(name), plain(asked).strip(), numerical, answers))
    return found


def plain_lines(parts):
    """The answers of a question: each begins with an unescaped = or ~."""
    lines = []
    for part in parts:
        if part in (("=",), ("~",)):
            lines.append([part])
        elif lines and part == lines[-1][-1] == ("#",):
            break  # the worked solution, after ####
        elif lines:
            lines[-1].append(part)
    return lines


def test_gift_reads_back():
    read = read_gift(to_gift(every_question()))
    assert len(read) == len(every_item(matrices_as_choices=True))
    for (name, text, numerical, answers), item in zip(
        read, every_item(matrices_as_choices=True), strict=True
    ):
        assert name == item.name and numerical == (not item.choices)
        text = text.replace("\u00a0", " ")
        assert text.startswith("\n".join(item.text))
        rest = text.removeprefix("\n".join(item.text)).replace("\u2212", "-")
        shown = re.findall(r"(?<![\w-])-?\d+(?:/\d+)?|[?·]", re.sub(r"\n[^\n:]*:", "\n", rest))
        assert [number(n) for n in shown] == cells_of(item)
        found = []
        for sign, answer, feedback in answers:
            if not numerical:
                outcome = "right" if sign == "=" else "wrong"
                found.append((plain(answer), outcome, feedback, Fraction(0)))
                continue
            share, value, tolerance = re.fullmatch(
                r"%(100|0)%(-?[\d.]+):([\d.]+)", plain(answer)
            ).groups()
            outcome = "right" if share == "100" else "wrong"
            found.append((value, outcome, feedback, Fraction(tolerance)))
        agree(found, item)


@given(st.text(alphabet="ab\\~=#{}: ", max_size=20))
def test_gift_text_is_escaped(text):
    parts = gift_parts(escaped(text))
    assert plain(parts) == text and all(isinstance(part, str) for part in parts)


def told(cell):
    """A cell as it was before it was marked as text."""
    return cell[1:] if cell.startswith("'") else cell


def test_csv_reads_back():
    head, *rows = csv.reader(io.StringIO(questions_csv(every_question()), newline=""))
    assert len(rows) == len(every_item()) and all(len(row) == len(head) for row in rows)
    for cells, item in zip(rows, every_item(), strict=True):
        name, text, label, answer, choices, mark, _, _, _, *pairs = map(told, cells)
        assert Fraction(mark) == item.mark
        assert (name, label) == (item.name, item.label) and text.startswith("\n".join(item.text))
        assert choices.split("; ") == (list(item.choices) or [""])
        read = [(answer, "right", "Right.", Fraction(1, 100))]
        for value, feedback in zip(pairs[::2], pairs[1::2], strict=True):
            if value:
                read.append((value, "wrong", feedback, Fraction(1, 100)))
        agree(read, item)


NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
FORMULA_SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
UNSEEN = " \n\r\t\v\u2028\u00a0\ufeff\u200b\u200f\x00"


def is_harmless(cell):
    """Whether a spreadsheet shows a cell as it stands, and runs none of it."""
    if NUMBER.fullmatch(cell):
        return True
    runs = cell.lstrip(UNSEEN).startswith(tuple(FORMULA_SIGNS))
    return not runs and not cell.startswith(("\t", "\r", "\n", "\v", "\u2028"))


FORMULAS = st.builds(
    "{}{}{}".format,
    st.text(UNSEEN, max_size=2),
    st.sampled_from(FORMULA_SIGNS),
    st.text("1A(", max_size=4),
)


@given(st.text(max_size=20) | FORMULAS)
def test_no_cell_is_a_formula(text):
    assert is_harmless(neutral(text)) and told(neutral(text)) == text


@pytest.mark.parametrize("number", ["-1", "28", "-54.25", "0"])
def test_a_number_stays_a_number(number):
    assert neutral(number) == number


@pytest.mark.parametrize("text", ["-1+2", "-", "-1\n", "1.", "+1", "-1e3|cmd"])
def test_what_only_begins_as_a_number_is_text(text):
    assert is_harmless(neutral(text)) and told(neutral(text)) == text


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\n－1+1", "'x", '"', "a,b"],
)
def test_a_score_sheet_has_no_formulas_and_reads_back(typed):
    question = generate("layer_parameters", 1, 0)
    rows = score_rows([check(question, {"parameters": typed})], "=cmd|'/C calc'!A0")
    _, cells = csv.reader(io.StringIO(scores_csv(rows), newline=""))
    assert all(is_harmless(cell) for cell in cells)
    assert told(cells[0]) == "=cmd|'/C calc'!A0" and told(cells[6]) == typed


def test_a_score_sheet_has_numbers_that_a_spreadsheet_reckons_with():
    questions = [generate("cell_value", 2, seed) for seed in range(30)]
    questions += [generate("pooling_value", 4, seed) for seed in range(10)]
    questions += [generate("macs", 2, seed) for seed in range(10)]
    answers = [check(q, {q.fields[0].id: "-1"}) for q in questions]
    _, *rows = csv.reader(io.StringIO(scores_csv(score_rows(answers)), newline=""))
    for question, row in zip(questions, rows, strict=True):
        assert row[6] == "-1" and NUMBER.fullmatch(row[7]), row[7]
        assert same(Fraction(row[7]), solve(question)[question.fields[0].id])
    assert any(row[7].startswith("-") for row in rows) and any(len(row[7]) > 4 for row in rows)


def test_items_have_names_of_their_own_and_answers_apart():
    assert len({item.name for item in every_item()}) == len(every_item())
    for item in every_item():
        answers = [item.answer, *(wrong.answer for wrong in item.wrong)]
        assert not any(same(a, b) for n, a in enumerate(answers) for b in answers[n + 1 :])
        assert not item.choices or set(answers) == set(item.choices)


def test_a_choice_of_settings_has_one_legal_one():
    for question in every_question():
        if question.fields[0].kind != "setting":
            continue
        (item,) = items_of([question])
        legal = []
        for choice in item.choices:
            numbers = [int(n) for n in re.findall(r"\d+", choice)]
            values = dict(zip((f.id for f in question.fields), numbers, strict=True))
            legal += [choice] * accepts(question, values)
        assert legal == [item.answer]


def test_answers_are_those_of_the_quiz():
    question = generate("output_size", 6, 9)
    assert [item.answer for item in items_of([question])] == list(solve(question).values())


def test_feedback_begins_with_a_capital_save_for_a_symbol():
    said = [wrong.feedback for item in every_item() for wrong in item.wrong]
    assert any(feedback.startswith("k instead of k²") for feedback in said)
    assert not any(
        "K in place" in text
        for text in (to_gift(every_question()), questions_csv(every_question()))
    )
    assert not any(one[0].islower() for one in said if one[1] != " ")
