"""What the course covers: every link leads where its row says, and shows the numbers that it names.

The numbers are those that lectures, papers and the books print.
"""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from app.screens.course.live import page_of
from kernels.networks.summary import summarise, totals
from lessons.course.coverage import Row, address_of, coverage
from lessons.quiz.practice_link import read_practice_link
from lessons.views.course import open_course

ROWS = {row.id: row for row in coverage()}


def parts(address: str) -> tuple[str, dict[str, str]]:
    """The page and the settings of an address."""
    split = urlsplit(address)
    return split.path.removeprefix("./"), dict(parse_qsl(split.query, strict_parsing=True))


def seen(row: Row):
    """What stands on the page to which a row's view leads."""
    path, settings = parts(row.view) if "?" in row.view else (row.view.removeprefix("./"), {})
    view, notes = page_of(path or "sliding_window").open(settings)
    assert tuple(notes) == ()
    return view


@pytest.mark.parametrize("row", coverage(), ids=lambda row: row.id)
def test_every_link_of_a_row_opens_without_a_word(row):
    path, settings = parts(address_of(row.step))
    view, notes = open_course(settings)
    assert (path, notes) == ("course", ())
    assert f"{view.lesson.id}.{view.step.id}" == row.step and row.id in view.step.covers
    seen(row)
    title, address = row.question
    path, settings = parts(address)
    if not row.family:
        assert (title, address) == ("in the step", address_of(row.step))
        return
    link, notes = read_practice_link(settings)
    assert (path, link.topic, notes) == ("quiz", row.family, ())


def table(text: str) -> np.ndarray:
    return np.array([[float(n) for n in line.split()] for line in text.split("/")])


@pytest.mark.parametrize(
    ("id", "output"),
    {
        "U03": "12 12 17/10 17 19/9 6 14",
        "U07": "6 17 3/8 17 13/6 4 4",
        "W03": "19 25/37 43",
        "B04": "19 25/37 43",
        "W13": "56 72/104 120",
        "G04": "4 3 4/2 4 3/2 3 4",
        "K02": "2.7",
        "K04": "1.1",
        "K03": "3.3",
        "G05": "6600",
        "G06": "0",
    }.items(),
)
def test_a_view_has_the_numbers_of_the_lecture(id, output):
    assert seen(ROWS[id]).output()[0] == pytest.approx(table(output))


@pytest.mark.parametrize(
    ("id", "kind", "output"),
    [
        ("U10", "max", "6 8/3 4"),
        ("U09", "min", "1 2/1 0"),
        ("U09", "median", "3 5.5/2 2"),
        ("W19", "avg", "3.25 5.25/2 2"),
        ("W18", "max", "4 5/7 8"),
        ("K06", "max", "8"),
    ],
)
def test_a_pooling_has_the_numbers_of_the_lecture(id, kind, output):
    assert seen(ROWS[id]).scene.pooled_by(kind).output()[0] == pytest.approx(table(output))


@pytest.mark.parametrize(
    ("id", "parameters"),
    {
        "U20": 32_970,
        "W22": 61_706,
        "B17": 60_000,
        "G27": 138_357_544,
        "W29": 21_797_672,
        "K24": 11_689_512,
        "K21": 31_030_658,
        "K23": 3_576_704,
    }.items(),
)
def test_a_network_has_the_published_count(id, parameters):
    assert totals(summarise(seen(ROWS[id]).network)).parameters == parameters


@pytest.mark.parametrize(
    ("id", "weights"), {"B01": 3_072, "B02": 120_000, "U19": 66_696, "G01": 92_170_100}.items()
)
def test_fully_connected_layers_have_the_weights_of_the_lecture(id, weights):
    view = seen(ROWS[id])
    assert sum(a * b for a, b in pairwise((view.in_features, *view.dense))) == weights


def test_sizes_and_fields_are_those_of_the_lecture():
    assert seen(ROWS["U08"]).output().shape == (1, 2, 2)
    assert seen(ROWS["K13"]).output().shape == (1, 2, 2)
    assert seen(ROWS["G18"]).layer.parameters == 456
    assert summarise(seen(ROWS["K16"]).network)[-1].shape[1:] == (125, 125)
    assert seen(ROWS["B13"]).row("conv2").field.size == (1, 5)
    assert seen(ROWS["G19"]).row("conv2").field.size == 9
    assert (seen(ROWS["W24"]).net, seen(ROWS["W24"]).other) == ("alexnet_2012", "lenet_5")
