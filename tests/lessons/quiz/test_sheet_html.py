"""The printed sheet reads back as the sheet, gives nothing away without its key, and escapes."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from lessons.quiz import FAMILIES, QuizSet
from lessons.quiz.compare import written
from lessons.quiz.exports import sheet_html, sheet_of

QUIZ = QuizSet(tuple((id, (1,)) for id in FAMILIES), len(FAMILIES), 3)
VOID = {"meta"}


class Page(HTMLParser):
    """The text of every element by its name, one piece for each article; and whether tags nest."""

    def __init__(self, text):
        super().__init__()
        self.open, self.articles, self.attributes = [], [], []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.attributes += [name for name, _ in attrs]
        if tag not in VOID:
            self.open.append(tag)
        if tag == "article":
            self.articles.append({})
        elif "article" in self.open:
            self.articles[-1].setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "article" in self.open and self.open[-1] != "article":
            for tag in self.open[self.open.index("article") + 1 :]:
                self.articles[-1][tag][-1] += data


@pytest.fixture(scope="module")
def key():
    return sheet_of(QUIZ, key=True)


def test_every_question_reads_back_with_its_numbers_and_boxes(key):
    pieces = Page(sheet_html(key)).articles
    questions, answers = pieces[: QUIZ.count], pieces[QUIZ.count :]
    assert len(answers) == QUIZ.count
    for piece, item in zip(questions, key.items, strict=True):
        assert piece["h2"] == [f"{item.number}. {item.title}1 point"]
        words = [text.replace("\u00a0", " ").replace(";then", "; then") for text in piece["p"]]
        assert words[: len(item.text)] == list(item.text)
        assert piece.get("caption", []) == [caption for caption, _ in item.tables]
        cells = [written(n) for _, rows in item.tables for row in rows for n in row]
        assert piece.get("td", []) == cells
        boxes = piece.get("li") or piece["span"][1:] or [piece["p"][-1].rstrip(":")]
        boxes = [text.replace("\u00a0", " ") for text in boxes]
        assert boxes == list(item.choices or item.lines)
    for piece, item in zip(answers, key.items, strict=True):
        told = [text.replace("\u00a0", " ") for text in piece["span"]]
        assert told[::2] == list(item.key)
        assert told[1::2] == [text.replace("_", "") for text in item.working]


def test_without_the_key_no_answer_is_on_the_sheet(key):
    plain = sheet_html(sheet_of(QUIZ))
    assert "Key" not in plain and len(Page(plain).articles) == QUIZ.count
    assert sheet_html(key).startswith(plain.removesuffix("\n</body>\n</html>\n"))


def test_a_whole_output_has_room_but_no_empty_table_that_tells_its_size(key):
    pages = Page(sheet_html(key)).articles
    (at,) = [n for n, item in enumerate(key.items) if item.title == "Whole output"]
    assert pages[at]["table"] == ["input" + "".join(pages[at]["td"][:9]), pages[at]["table"][1]]
    assert len(pages[at]["table"]) == 2 and pages[at]["p"][-1] == "output:"


def test_text_is_escaped_and_nothing_is_loaded_or_run(key):
    item = replace(key.items[0], text=("<script>&</script>",), key=("<b>",), working=("a_out<b",))
    text = sheet_html(replace(key, title="<i>A & B", student='"><img src=x>', items=(item,)))
    assert (
        "<i>" not in text
        and "<img src=x>" not in text
        and "<script" not in text
        and "<b>" not in text
    )
    assert "a<sub>out</sub>&lt;b" in text and "&lt;script&gt;&amp;&lt;/script&gt;" in text
    page = Page(text)
    assert page.articles[0]["p"][0] == "<script>&</script>"
    assert not {"href", "style", "onload"} & set(page.attributes) and "url(" not in text
    assert set(re.findall(r'src="([^"]{5})', text)) == {"data:"}  # its own drawings


def test_a_name_is_printed_where_there_is_one():
    named = sheet_html(sheet_of(replace(QUIZ, student="Ada Lovelace")))
    assert '<span class="filled">Name: Ada Lovelace</span>' in named
    assert "<span>Name</span><span>Date</span>" in sheet_html(sheet_of(QUIZ))


def test_questions_are_not_split_across_pages():
    text = sheet_html(sheet_of(QUIZ))
    assert "section > article { margin-bottom: 5mm; break-inside: avoid; }" in text


def test_the_key_writes_its_numbers_in_one_way():
    quiz = QuizSet((("macs", (1, 2, 4)), ("layer_parameters", (3,))), 8, 3)
    texts = [text for item in sheet_of(quiz, key=True).items for text in (*item.key, *item.working)]
    assert not any(re.search(r"\d{5}", text) for text in texts)
    ends = [
        (item.key[0].split(": ")[1], item.working[0].rsplit(" = ", 1)[1])
        for item in sheet_of(quiz, key=True).items
    ]
    assert all(answer == worked for answer, worked in ends)
    assert any("," in answer for answer, _ in ends)


def test_a_sheet_has_its_title_its_points_and_the_way_back_to_the_screen():
    address = "https://example.org/quiz?n=2&seed=3"
    text = sheet_html(sheet_of(QUIZ, title="Week 3 & 4", address=address), "<svg></svg>")
    assert "<h1>Week 3 &amp; 4</h1>" in text and text.count("1 point</span>") == QUIZ.count
    assert f"{QUIZ.count} points" in text
    assert text.count('href="https://example.org/quiz?n=2&amp;seed=3"') == 1 and "<svg>" in text
    assert "<footer>" not in sheet_html(sheet_of(QUIZ))


def test_a_choice_has_a_letter_that_the_key_names(key):
    chosen = [item for item in key.items if item.choices]
    assert chosen
    for item in chosen:
        (letter, answer) = item.key[0].split(": ")[1].split(", ", 1)
        assert item.choices["ABCDEFGHIJ".index(letter)] == answer
    assert "list-style: upper-alpha" in sheet_html(key)


def test_no_size_is_broken_over_a_line(key):
    assert not re.search(r"\d × |× \d", sheet_html(key))
