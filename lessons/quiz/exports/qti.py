"""A set as a QTI 2.1 package: items, a test that asks them in order, and what lists them.

Source: IMS Global, "Question and Test Interoperability", version 2.1 final (2012), and "Content
Packaging" 1.1.4.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree

from lessons.quiz.exports.pool import Kind, kind_title
from lessons.quiz.exports.qti_item import (
    INSTANCE,
    QTI,
    Element,
    Sub,
    figure_path,
    item_xml,
    stylesheet,
)
from lessons.quiz.exports.whole import Whole, whole_of
from lessons.quiz.exports.words_html import NOT_IN_XML
from lessons.quiz.figures import standalone
from lessons.quiz.question import Question

CP = "http://www.imsglobal.org/xsd/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/LOM"
_DATE = (1980, 1, 1, 0, 0, 0)
"""Of every file in the archive: the same set gives the same bytes."""

Section = tuple[str, tuple[Whole, ...]]


def to_qti(questions: Sequence[Question], title: str = "Slide & Sum", student: str = "") -> bytes:
    """Write a set as a QTI 2.1 package.

    >>> from lessons.quiz import generate
    >>> data = to_qti([generate("macs", 1, 0), generate("whole_output", 1, 0)])
    >>> zipfile.ZipFile(io.BytesIO(data)).namelist()
    ['imsmanifest.xml', 'test.xml', 'style.css', 'items/q001.xml', 'items/q002.xml', \
'images/q001.svg']
    """
    wholes = tuple(whole_of(question, n) for n, question in enumerate(questions, start=1))
    name = " - ".join(filter(None, (title, " ".join(student.split()))))
    return _package(name, [(name, wholes)])


def pool_to_qti(pool: Sequence[Kind], title: str = "Slide & Sum") -> bytes:
    """Write variants of each kind as a package, whose test takes one of each kind at random."""
    sections = [
        (kind_title(level), tuple(whole_of(one, n) for n, one in enumerate(questions, start=1)))
        for level, questions in pool
    ]
    return _package(title, sections, draws=True)


def _package(title: str, sections: Sequence[Section], *, draws: bool = False) -> bytes:
    title = NOT_IN_XML.sub("", title)
    wholes = [whole for _, members in sections for whole in members]
    names = [f"q{number:03d}" for number in range(1, len(wholes) + 1)]
    files = {
        "imsmanifest.xml": _manifest(title, names, wholes),
        "test.xml": _test(title, sections, names, draws),
        "style.css": stylesheet(),
    }
    files |= {
        f"items/{name}.xml": item_xml(whole, name)
        for name, whole in zip(names, wholes, strict=True)
    }
    files |= {
        figure_path(name): standalone(whole.figure)
        for name, whole in zip(names, wholes, strict=True)
        if whole.figure
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        for path, text in files.items():
            entry = zipfile.ZipInfo(path, _DATE)
            package.writestr(entry, text, zipfile.ZIP_DEFLATED)
    return archive.getvalue()


def _manifest(title: str, names: Sequence[str], wholes: Sequence[Whole]) -> str:
    manifest = Element(
        "manifest",
        {
            "xmlns": CP,
            "xmlns:imsmd": LOM,
            "xmlns:xsi": INSTANCE,
            "xsi:schemaLocation": f"{CP} {CP}.xsd {LOM} "
            "http://www.imsglobal.org/xsd/imsmd_loose_v1p3p2.xsd",
            "identifier": "slide-and-sum",
        },
    )
    about = Sub(manifest, "metadata")
    Sub(about, "schema").text = "QTIv2.1 Package"
    Sub(about, "schemaversion").text = "1.0.0"
    _about(about, title)
    Sub(manifest, "organizations")
    resources = Sub(manifest, "resources")
    test = _resource(resources, "test", "imsqti_test_xmlv2p1", "test.xml")
    for name in names:
        Sub(test, "dependency", {"identifierref": name})
    for name, whole in zip(names, wholes, strict=True):
        path = f"items/{name}.xml"
        item = Sub(
            resources,
            "resource",
            {"identifier": name, "type": "imsqti_item_xmlv2p1", "href": path},
        )
        _about(Sub(item, "metadata"), whole.name, whole.known.tags)
        Sub(item, "file", {"href": path})
        if whole.figure:
            Sub(item, "file", {"href": figure_path(name)})
        Sub(item, "dependency", {"identifierref": "style"})
    _resource(resources, "style", "webcontent", "style.css")
    return _written(manifest)


def _resource(resources: Element, name: str, kind: str, path: str) -> Element:
    resource = Sub(resources, "resource", {"identifier": name, "type": kind, "href": path})
    Sub(resource, "file", {"href": path})
    return resource


def _about(metadata: Element, title: str, tags: Sequence[str] = ()) -> None:
    general = Sub(Sub(metadata, "imsmd:lom"), "imsmd:general")
    _string(Sub(general, "imsmd:title"), title)
    for tag in tags:
        _string(Sub(general, "imsmd:keyword"), tag)


def _string(parent: Element, text: str) -> None:
    Sub(parent, "imsmd:string", {"language": "en"}).text = text


def _test(title: str, sections: Sequence[Section], names: Sequence[str], draws: bool) -> str:
    test = Element(
        "assessmentTest",
        {
            "xmlns": QTI,
            "xmlns:xsi": INSTANCE,
            "xsi:schemaLocation": f"{QTI} {QTI}.xsd",
            "identifier": "slide-and-sum-test",
            "title": title,
        },
    )
    part = Sub(
        test,
        "testPart",
        {"identifier": "part", "navigationMode": "nonlinear", "submissionMode": "individual"},
    )
    rest = iter(names)
    for number, (heading, wholes) in enumerate(sections, start=1):
        section = Sub(
            part,
            "assessmentSection",
            {"identifier": f"section{number}", "title": heading, "visible": "true"},
        )
        if draws:
            Sub(section, "selection", {"select": "1"})
        for _ in wholes:
            name = next(rest)
            Sub(section, "assessmentItemRef", {"identifier": name, "href": f"items/{name}.xml"})
    return _written(test)


def _written(element: Element) -> str:
    ElementTree.indent(element)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return head + ElementTree.tostring(element, encoding="unicode")
