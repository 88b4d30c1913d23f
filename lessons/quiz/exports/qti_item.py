"""A question as an item of QTI 2.1, with its boxes, how they are marked, and what is said then.

Source: IMS Global, "Question and Test Interoperability", version 2.1 final (2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from xml.etree import ElementTree

from lessons.quiz.compare import TOLERANCE
from lessons.quiz.exports.items import MARK_DECIMALS, Item
from lessons.quiz.exports.numbers import plain_number, tolerance_of
from lessons.quiz.exports.whole import Whole
from lessons.quiz.exports.words_html import (
    NOT_IN_XML,
    bare,
    paragraphs,
    picture,
    table,
    worked_html,
)

QTI = "http://www.imsglobal.org/xsd/imsqti_v2p1"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
SAID, WORKED = "FEEDBACK", "worked"
"""The outcome that names what is said of an answer; the worked solution's name there."""

Element = ElementTree.Element
Sub = ElementTree.SubElement


def item_xml(whole: Whole, identifier: str) -> str:
    """An item as XML.

    >>> from lessons.quiz import generate
    >>> from lessons.quiz.exports.whole import whole_of
    >>> item_xml(whole_of(generate("macs", 1, 0), 1), "q01").count("<textEntryInteraction ")
    1

    Each box is a response of its own that earns its share of one mark. What is said of a wrong
    number that has a name, and the worked solution, are modal feedback.
    """
    item = Element(
        "assessmentItem",
        {
            "xmlns": QTI,
            "xmlns:xsi": INSTANCE,
            "xsi:schemaLocation": f"{QTI} {QTI}.xsd",
            "identifier": identifier,
            "title": whole.name,
            "adaptive": "false",
            "timeDependent": "false",
        },
    )
    for number, box in enumerate(whole.boxes):
        _declare(item, _response(number), box)
    score = Sub(item, "outcomeDeclaration", _single("SCORE", "float"))
    Sub(Sub(score, "defaultValue"), "value").text = "0"
    most = Sub(item, "outcomeDeclaration", _single("MAXSCORE", "float"))
    Sub(Sub(most, "defaultValue"), "value").text = "1"
    Sub(
        item,
        "outcomeDeclaration",
        {"identifier": SAID, "cardinality": "multiple", "baseType": "identifier"},
    )
    Sub(item, "stylesheet", {"href": "../style.css", "type": "text/css"})
    item.append(_body(whole, identifier))
    processing = Sub(item, "responseProcessing")
    for number, box in enumerate(whole.boxes):
        _mark(processing, number, box)
    _say(processing, WORKED)
    for number, box in enumerate(whole.boxes):
        _feedback(item, _right(number), box.label if len(whole.boxes) > 1 else "", "Right.")
        for place, wrong in enumerate(box.wrong):
            label = box.label if len(whole.boxes) > 1 else ""
            _feedback(item, _wrong(number, place), label, wrong.feedback)
    _modal(item, WORKED, worked_html(whole.known.worked))
    ElementTree.indent(item)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(
        item, encoding="unicode"
    )


def _single(identifier: str, kind: str) -> dict[str, str]:
    return {"identifier": identifier, "cardinality": "single", "baseType": kind}


def _response(number: int) -> str:
    return f"RESPONSE_{number + 1}"


def _right(number: int) -> str:
    return f"right_{number + 1}"


def _wrong(number: int, place: int) -> str:
    return f"wrong_{number + 1}_{place + 1}"


def _letter(choice: int) -> str:
    return f"choice_{choice + 1}"


def _value(box: Item, answer) -> str:
    """An answer as the response holds it: a choice by its name."""
    return _letter(box.choices.index(answer)) if box.choices else plain_number(answer)


def _declare(item: Element, response: str, box: Item) -> None:
    kind = "identifier" if box.choices else "float"
    declared = Sub(item, "responseDeclaration", _single(response, kind))
    Sub(Sub(declared, "correctResponse"), "value").text = _value(box, box.answer)


def figure_path(identifier: str) -> str:
    """Where an item's drawing is in the package."""
    return f"images/{identifier}.svg"


def _body(whole: Whole, identifier: str) -> Element:
    tables = "".join(bare(table(*one)) for one in whole.tables)
    boxes = "" if whole.choice else _boxes(whole)
    drawn = picture(whole.figure, f"../{figure_path(identifier)}")
    body = _elements("itemBody", paragraphs(whole.text) + tables + drawn + boxes)
    if whole.choice:
        choice = Sub(
            body,
            "choiceInteraction",
            {"responseIdentifier": _response(0), "shuffle": "false", "maxChoices": "1"},
        )
        for number, label in enumerate(whole.choice.choices):
            Sub(choice, "simpleChoice", {"identifier": _letter(number)}).text = label
    return body


def _boxes(whole: Whole) -> str:
    """The boxes of a question: those of a matrix in a table, others one below the other."""
    boxes = [
        f'<textEntryInteraction responseIdentifier="{_response(number)}" expectedLength="9"/>'
        for number in range(len(whole.boxes))
    ]
    if whole.columns:
        rows = "".join(
            "<tr>" + "".join(f"<td>{box}</td>" for box in boxes[n : n + whole.columns]) + "</tr>"
            for n in range(0, len(boxes), whole.columns)
        )
        return f"<table><caption>output</caption><tbody>{rows}</tbody></table>"
    lines = zip(whole.boxes, boxes, strict=True)
    return "".join(f"<p>{escape(item.label)}: {box}</p>" for item, box in lines)


def _mark(processing: Element, number: int, box: Item) -> None:
    """Give a box its share of the mark, or say which mistake makes what was written."""
    condition = Sub(processing, "responseCondition")
    right = Sub(condition, "responseIf")
    _same(right, number, box, None)
    score = Sub(right, "setOutcomeValue", {"identifier": "SCORE"})
    added = Sub(score, "sum")
    Sub(added, "variable", {"identifier": "SCORE"})
    mark = plain_number(box.mark, MARK_DECIMALS)
    Sub(added, "baseValue", {"baseType": "float"}).text = mark
    _say(right, _right(number))
    for place, wrong in enumerate(box.wrong):
        otherwise = Sub(condition, "responseElseIf")
        _same(otherwise, number, box, wrong.answer)
        _say(otherwise, _wrong(number, place))


def _same(condition: Element, number: int, box: Item, answer) -> None:
    """That a box holds an answer; without one, that it holds the right one."""
    value = box.answer if answer is None else answer
    tolerance = tolerance_of(value)
    if tolerance != "0" and not box.choices:
        # From here to there, which more systems read than an `equal` with a tolerance.
        both = Sub(condition, "and")
        for test, end in (("gte", value - TOLERANCE), ("lte", value + TOLERANCE)):
            limit = Sub(both, test)
            Sub(limit, "variable", {"identifier": _response(number)})
            Sub(limit, "baseValue", {"baseType": "float"}).text = plain_number(end)
        return
    exact = {"toleranceMode": "exact"}
    test = Sub(condition, "match") if box.choices else Sub(condition, "equal", exact)
    Sub(test, "variable", {"identifier": _response(number)})
    if answer is None:
        Sub(test, "correct", {"identifier": _response(number)})
    else:
        kind = "identifier" if box.choices else "float"
        Sub(test, "baseValue", {"baseType": kind}).text = _value(box, answer)


def _say(parent: Element, name: str) -> None:
    """Add a name to what is said."""
    said = Sub(Sub(parent, "setOutcomeValue", {"identifier": SAID}), "multiple")
    Sub(said, "variable", {"identifier": SAID})
    Sub(said, "baseValue", {"baseType": "identifier"}).text = name


def _feedback(item: Element, name: str, label: str, text: str) -> None:
    about = f"<strong>{escape(label)}:</strong> " if label else ""
    _modal(item, name, f"<p>{about}{escape(text)}</p>")


def _modal(item: Element, name: str, html: str) -> None:
    modal = _elements("modalFeedback", html)
    modal.attrib |= {"outcomeIdentifier": SAID, "identifier": name, "showHide": "show"}
    item.append(modal)


def _elements(tag: str, html: str) -> Element:
    return ElementTree.fromstring(f"<{tag}>{NOT_IN_XML.sub('', html)}</{tag}>")


def stylesheet(rules: Sequence[str] = ()) -> str:
    """How tables look, as items can say no style of their own."""
    return "\n".join(
        (
            "table { border-collapse: collapse; margin: 0 0 1em; }",
            "caption { text-align: left; }",
            "td { border: 1px solid; padding: 0.2em 0.6em; text-align: right; }",
            *rules,
        )
    )
