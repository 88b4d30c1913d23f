"""What a course system or a spreadsheet makes of an exported set: all that a student gets to see.

The readers follow Moodle's importers in what they keep. A question's name is for the teacher's
question bank alone, so that it is not among what is shown.
"""

import csv
import io
import re
from dataclasses import dataclass
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from xml.etree import ElementTree


@dataclass(frozen=True)
class Shown:
    """One question on a student's screen, and how it is marked.

    answers: (text, share of the mark, tolerance, feedback). mark: its share of its question's.
    pictures: files that it shows. worked, hints, tags: what comes after, on the way, and for the
    teacher.
    """

    text: str
    choices: tuple[str, ...]
    answers: tuple[tuple[str, Fraction, Fraction, str], ...]
    mark: Fraction
    pictures: tuple[str, ...] = ()
    worked: str = ""
    hints: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def right(self) -> str:
        """The answer that earns the whole mark."""
        (answer,) = (text for text, share, _, _ in self.answers if share == 1)
        return answer

    @property
    def seen(self):
        """All that a student has to tell this question from another by."""
        return self.text, tuple(sorted(self.choices))

    def marked(self, typed: str) -> tuple[Fraction, str]:
        """The mark for an answer, and what is said of it; the first answer that fits counts."""
        for text, share, tolerance, feedback in self.answers:
            same_text = text == typed if self.choices else False
            if same_text or (
                not self.choices and abs(Fraction(text) - Fraction(typed)) <= tolerance
            ):
                return share * self.mark, feedback
        return Fraction(0), ""


class _Page(HTMLParser):
    """HTML as lines of text, a table's rows as lines, and the pictures on it."""

    def __init__(self, html: str):
        super().__init__()
        self.text, self.pictures = "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.pictures.append(dict(attrs)["src"])

    def handle_endtag(self, tag):
        self.text += {"p": "\n", "caption": "\n", "tr": "\n", "td": " ", "br": "\n"}.get(tag, "")

    def handle_data(self, data):
        self.text += data


def moodle_shows(xml: str) -> list[Shown]:
    """Read Moodle XML; each box of a Cloze question by itself, with the others left empty."""
    found = []
    for question in ElementTree.fromstring(xml).findall("question"):
        if question.get("type") == "category":
            continue
        asked = question.find("questiontext")
        assert asked.get("format") == "html"
        html = asked.findtext("text")
        files = {f"@@PLUGINFILE@@/{file.get('name')}" for file in asked.findall("file")}
        pictures = tuple(_Page(html).pictures)
        assert all(src in files or src.startswith("data:image/") for src in pictures)
        rest = {
            "pictures": pictures,
            "worked": _lines(_Page(question.findtext("generalfeedback/text")).text),
            "hints": tuple(_lines(_Page(h.findtext("text")).text) for h in question.iter("hint")),
            "tags": tuple(tag.findtext("text") for tag in question.iter("tag")),
        }
        if question.get("type") == "cloze":
            assert question.find("answer") is None and question.find("defaultgrade") is None
            found += _cloze(html, rest)
            continue
        answers = tuple(
            (
                answer.findtext("text"),
                Fraction(answer.get("fraction")) / 100,
                Fraction(answer.findtext("tolerance") or 0),
                answer.findtext("feedback/text"),
            )
            for answer in question.findall("answer")
        )
        choice = question.get("type") == "multichoice"
        mark = Fraction(question.findtext("defaultgrade"))
        choices = tuple(text for text, *_ in answers) if choice else ()
        found.append(Shown(_lines(_Page(html).text), choices, answers, mark, **rest))
    return found


# As Moodle's `question/type/multianswer/questiontype.php` finds boxes and answers in a text.
_NUMBER = r"-?(?:(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][-+]?[0-9]+)?)"
_ALTERNATIVE = (
    r"(?:(?:=|%(-?[0-9]+(?:[.,][0-9]*)?)%)?)"
    r"(.+?(?<!\\|&)(?=[~#}]|$))"
    r"(?:#(.*?(?<!\\)(?=[~}]|$)))?"
)
_BOX = re.compile(
    r"\{\s*([0-9]*)\s*:\s*(NUMERICAL|NM|MULTICHOICE|MC|SHORTANSWER|SA)\s*:"
    rf"({_ALTERNATIVE}(?:~{_ALTERNATIVE})*)\}}",
    re.DOTALL,
)


def _cloze(html: str, rest: dict) -> list[Shown]:
    boxes = list(_BOX.finditer(html))
    assert not re.search(r"[{}]", _BOX.sub("", html)), "a box that Moodle does not find"
    weights = [Fraction(box[1] or 1) for box in boxes]
    found = []
    for box, weight in zip(boxes, weights, strict=True):
        assert box[2] == "NUMERICAL"
        empty = html[: box.start()] + "□" + html[box.end() :]
        text = _lines(_Page(_BOX.sub("…", empty)).text)
        answers = []
        for one in re.finditer(rf"~?(=)?{_ALTERNATIVE}", box[3], re.DOTALL):
            sign, share, answer, said = one.groups()
            number = re.fullmatch(rf"({_NUMBER}):({_NUMBER})", answer)
            whole = Fraction(1) if sign else Fraction(share or 0) / 100
            feedback = _lines(_Page(unescape(said)).text)
            answers.append((number[1], whole, Fraction(number[2]), feedback))
        found.append(Shown(text, (), tuple(answers), weight / sum(weights), **rest))
    return found


# GIFT's escaped signs, while a file is cut at those that are not escaped.
_ESCAPED = {sign: chr(0xE000 + number) for number, sign in enumerate("\\:#={}~n")}


def gift_shows(gift: str) -> list[Shown]:
    """Read GIFT: a question is its text before the braces and the answers in them."""
    found = []
    for block in re.split(r"\n\s*\n", gift.strip()):
        lines = [line for line in block.splitlines() if not line.strip().startswith("//")]
        if lines[0].startswith("$CATEGORY:"):
            continue
        tags = re.findall(r"\[tag:(.*?)\]", block)
        text = re.sub(r"\\([\\:#={}~n])", lambda sign: _ESCAPED[sign[1]], "\n".join(lines))
        _, asked, answers = re.fullmatch(r"::(.*?)::(.*?)\{(.*?)\}", text, re.DOTALL).groups()
        answers, _, worked = answers.partition("####")
        numerical = answers.strip().startswith("#")
        read = re.findall(r"([=~])(?:%(\d+)%)?([^=~#]*)#([^=~#]*)", answers)
        found.append(
            Shown(
                _lines(_unescaped(asked)),
                () if numerical else tuple(_unescaped(answer).strip() for _, _, answer, _ in read),
                tuple(_gift_answer(*one, numerical) for one in read),
                Fraction(1),
                worked=_lines(_unescaped(worked)),
                tags=tuple(tags),
            )
        )
    return found


def _gift_answer(sign: str, share: str, answer: str, feedback: str, numerical: bool):
    number, _, tolerance = answer.strip().partition(":")
    text = number if numerical else _unescaped(answer).strip()
    whole = Fraction(int(share), 100) if share else Fraction(sign == "=")
    return text, whole, Fraction(tolerance or 0), _unescaped(feedback).strip()


def _unescaped(text: str) -> str:
    for sign, stand_in in _ESCAPED.items():
        text = text.replace(stand_in, "\n" if sign == "n" else sign)
    return text


def csv_shows(text: str) -> list[Shown]:
    """Read a CSV file: what asks is its column `question`, with the choices if there are some."""
    found = []
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")):
        answers = [(row["answer"], Fraction(1), Fraction(1, 200), "Right.")]
        for number in range(1, 9):
            if row[f"wrong {number}"]:
                wrong = (row[f"wrong {number}"], Fraction(0), Fraction(1, 200))
                answers.append((*wrong, row[f"feedback {number}"]))
        choices = tuple(filter(None, row["choices"].split("; ")))
        asked = _lines(row["question"])
        found.append(
            Shown(
                asked,
                choices,
                tuple(answers),
                Fraction(row["mark"]),
                worked=_lines(row["solution"]),
                hints=tuple(row["hints"].splitlines()),
                tags=tuple(row["tags"].split("; ")),
            )
        )
    return found


def _lines(text: str) -> str:
    """Text without the spaces that a page swallows or that only fill a column up."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
