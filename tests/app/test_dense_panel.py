"""The Channels page's look at fully connected layers: the textbook's numbers, one word for one."""

import pytest

from app.page.layer_counts import layer_count
from app.page.stage import unused_sentence
from app.screens.channels.dense import _sharing, dense_count
from app.screens.channels.growth_chart import growth_figure
from app.screens.channels.state import PAGE as CHANNELS
from kernels import Axis, ConvSpec

settle_channels = CHANNELS.settle

SMALLEST = {"cin": "1", "cout": "1", "k": "2", "size": "3x3", "dense": "4"}


def view(**settings):
    return settle_channels({"look": "dense", **settings})[0]


@pytest.mark.parametrize(
    ("settings", "by_hand"),
    [
        (SMALLEST, (2 * 2 * 2 * 2, "without padding, for an output of 2 × 2", 9 * 4)),
        (
            {"cin": "1", "cout": "10", "k": "5", "size": "28x28", "dense": "84 10"},
            (24 * 24 * 25 * 10, "without padding, for an output of 24 × 24", 784 * 84 + 84 * 10),
        ),
        ({**SMALLEST, "k": "5"}, (9 * 25, "padded to keep its size, for an output of 3 × 3", 36)),
    ],
)
def test_the_work_is_the_textbooks_and_says_how_it_pads(settings, by_hand):
    work, how, dense = by_hand
    said = _sharing(view(**settings), hidden=False)
    assert f"{work:,} multiply-adds {how}; the fully connected network takes {dense:,}." in said


def test_one_weight_is_no_weights():
    one = view(cin="1", cout="1", k="1", size="1x1", dense="1")
    assert dense_count(one).terms[-1].text == "1 weight"
    texts = [term.text for term in layer_count(ConvSpec(1, 1, 1)).terms]
    assert "1 weight" in texts and "1 bias" in texts
    assert "1 multiply-add " in _sharing(one, hidden=False)


@pytest.mark.parametrize("settings", [SMALLEST, {}, {**SMALLEST, "cout": "128", "dense": "1"}])
def test_the_growth_chart_names_each_line_with_its_own_count(settings):
    shown = view(**settings)
    figure = growth_figure(shown, dark=False)
    lines = [trace for trace in figure.data if trace.mode == "lines"]
    points = [trace for trace in figure.data if trace.mode == "markers"]
    for line, point in zip(lines, points, strict=True):
        assert line.name.endswith(f": {point.y[0]:,}")
        assert line.line.color == point.marker.color
        assert point.y[0] == line.y[line.x.index(point.x[0])]
    low, high = figure.layout.yaxis.range
    assert all(10**low < n < 10**high for line in lines for n in line.y)


@pytest.mark.parametrize(
    ("rows", "columns", "said"),
    [
        # Stride 3 leaves the last row over, stride 2 with one tap passes over columns.
        (
            Axis(6, 3, 3, 0, 1),
            Axis(5, 1, 2),
            ["The last row of the padded input is never used: one more step of 3 would not fit.",
             "Columns 1, 3 of the padded input are never used: the window's taps, in steps of 2, "
             "pass over them."],
        ),
        (
            Axis(5, 1, 3),
            Axis(3, 3),
            ["The last row of the padded input is never used: one more step of 3 would not fit.",
             "Rows 1, 2 of the padded input are never used: the window's taps, in steps of 3, "
             "pass over them."],
        ),
        (
            Axis(8, 3, 3),
            Axis(6, 3, 2),
            ["The last 2 rows and the last column of the padded input are never used: one more "
             "step of 3 × 2 would not fit."],
        ),
    ],
)  # fmt: skip
def test_each_row_that_is_never_used_has_its_own_reason(rows, columns, said):
    assert unused_sentence(rows, columns) == " ".join(said)
