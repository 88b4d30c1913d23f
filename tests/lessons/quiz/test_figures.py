"""Drawings of questions tell what the question tells, and never what it asks for."""

import re
from xml.etree import ElementTree

import pytest

from app.components.palette import ROLES
from lessons.quiz import FAMILIES, generate, solve
from lessons.quiz.figures import figure_of, page_style, standalone
from lessons.quiz.figures.drawing import COLOURS, WIDTH

DRAWN = [
    question
    for family in FAMILIES.values()
    for level in range(1, len(family.levels) + 1)
    for question in (generate(family.id, level, seed) for seed in range(3))
    if figure_of(question)
]
FIGURES = [(question, figure_of(question)) for question in DRAWN]
OF_PAGE_OR_OPEN = {"thin", "open", "paper", "ghost", "hatch", "arrow"}


def numbers_in(words):
    return {int(text.replace(",", "")) for text in re.findall(r"\d[\d,]*", words)}


def flat(value):
    if isinstance(value, tuple):
        return [number for one in value for number in flat(one)]
    return [value]


def words_of(figure):
    root = ElementTree.fromstring(figure.svg())
    return " ".join([figure.alt, *(one.text for one in root.iter() if one.text)])


def test_what_is_asked_stands_neither_in_the_drawing_nor_in_its_words():
    for question, figure in FIGURES:
        asked = {number for value in solve(question).values() for number in flat(value)}
        assert not numbers_in(words_of(figure)) & asked, question.key


def test_a_drawing_has_no_number_but_those_of_the_question():
    for question, figure in FIGURES:
        told = numbers_in(" ".join((*question.prompt, *question.convention)))
        assert numbers_in(words_of(figure)) <= told, question.key


def test_what_is_asked_cannot_be_counted():
    """Only cells of the window, whose size is told, are drawn by themselves."""
    for question, figure in FIGURES:
        shapes = [
            one.get("class").split()
            for one in ElementTree.fromstring(figure.svg()).iter()
            if one.tag.endswith(("rect", "circle"))
        ]
        counts = {
            role: sum(role in kinds and not OF_PAGE_OR_OPEN & set(kinds) for kinds in shapes)
            for role in ("input", "output", "padding")
        }
        chain = figure.alt.startswith("Drawn: input")
        limit = max(3, len(question.setup.layers) + 1) if chain else 3
        # Of columns of dots and of a grid nobody asks how many there are.
        many = figure.alt.startswith("Drawn: columns") or any(question.setup.head)
        assert many or all(count <= limit for count in counts.values()), (question.key, counts)


@pytest.mark.parametrize("question", DRAWN, ids=lambda question: question.key)
def test_a_drawing_stays_within_its_frame(question):
    figure = figure_of(question)
    for one in ElementTree.fromstring(standalone(figure)).iter():
        if one.tag.endswith("rect") and one.get("x"):
            x, y, width, height = (float(one.get(n)) for n in ("x", "y", "width", "height"))
            assert x >= 0 and x + width <= WIDTH and y >= 0 and y + height <= figure.height
        if one.tag.endswith("text"):
            assert 0 <= float(one.get("y")) <= figure.height - 2


def test_hidden_settings_are_drawn_as_question_marks():
    for family, name in (("find_padding", "padding"), ("find_stride", "stride")):
        figures = [figure_of(generate(family, 1, seed)) for seed in range(20)]
        assert all(f"{name} ?" in words_of(figure) for figure in figures)
        again = {re.sub(r"\d+(\.\d+)?", "", figure.svg()) for figure in figures}
        assert len(again) < len(figures)


def test_most_questions_without_numbers_of_their_own_have_a_drawing():
    plain = [
        (family.id, level)
        for family in FAMILIES.values()
        for level in range(1, len(family.levels) + 1)
        if not generate(family.id, level, 0).shows
    ]
    drawn = {(question.family, question.level) for question in DRAWN}
    assert len(drawn) > 0.8 * len(plain)


def test_on_a_page_a_drawing_has_the_pages_face_and_in_a_file_one_of_its_own():
    style, figure = page_style(".quiz .figure"), FIGURES[0][1]
    assert "font-family" not in style + figure.svg() and "font-family" in standalone(figure)
    selectors = [one for found in re.findall(r"([^{}]+){", style) for one in found.split(",")]
    assert all(one.startswith(".quiz .figure ") for one in selectors)


def test_roles_have_the_colours_of_the_app():
    assert {role: tuple(ROLES[role]) for role in COLOURS} == COLOURS
