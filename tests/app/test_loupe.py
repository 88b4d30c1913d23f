"""The loupe: its tables of an axis, held against NumPy, and the size of what is sent."""

import base64
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from app.components.assets import component_text, joined
from app.components.loupe import PARTS
from app.components.loupe.axis_table import axis_table, drawn_table
from app.components.payload import encode
from kernels import Axis
from kernels.layers.geometry import window_near
from tests.js.loupe_fixtures import AXES, NUMPY_MODE, modes_of, nearest_window, padded_positions

LOUPE = Path(__file__).parents[2] / "app" / "components" / "loupe"
TABLED = [(axis, mode) for axis in AXES for mode in modes_of(axis)]


def unrolled(runs) -> list:
    return [
        None if first is None else first + at * step
        for first, step, count in runs
        for at in range(count)
    ]


@pytest.mark.parametrize("axis", AXES, ids=str)
def test_a_place_has_the_nearest_window_and_the_first_of_two(axis):
    places = range(-3, axis.input + 3)
    assert [window_near(axis, p) for p in places] == [nearest_window(p, axis) for p in places]


@pytest.mark.parametrize(("axis", "mode"), TABLED, ids=str)
def test_a_table_holds_what_numpy_pads_and_where_windows_stand(axis, mode):
    table = axis_table(axis, mode)
    assert unrolled(table.sources) == padded_positions(axis, mode)
    assert unrolled(table.first) == list(axis.origins)
    assert [table.first[0][0] + tap for tap in table.taps] == [
        axis.origins[0] + axis.dilation * tap for tap in range(axis.kernel)
    ]


@pytest.mark.parametrize(("axis", "mode"), TABLED, ids=str)
def test_between_windows_stands_the_first_place_that_belongs_to_the_next(axis, mode):
    limits = unrolled(axis_table(axis, mode).near)
    for place in range(-3, axis.input + 3):
        assert sum(limit <= place for limit in limits) == nearest_window(place, axis)


@pytest.mark.parametrize(("axis", "mode"), TABLED, ids=str)
def test_the_middle_of_a_window_leads_back_to_it(axis, mode):
    middles = unrolled(axis_table(axis, mode).middles)
    assert [nearest_window(place, axis) for place in middles] == list(range(axis.output))


@pytest.mark.parametrize("mode", ["zeros", *NUMPY_MODE])
def test_each_pixel_of_a_smaller_drawing_is_in_the_middle_of_a_window(mode):
    for kernel, dilation in ((3, 1), (4, 1), (3, 3)):
        axis = Axis(4001, kernel, stride=5, before=9, after=0, dilation=dilation)
        table = drawn_table(axis, 445, mode)
        half = axis.effective_kernel // 2
        assert unrolled(table.middles) == list(range(445))
        same = replace(axis, input=445, stride=1, before=half,
                       after=axis.effective_kernel - 1 - half)  # fmt: skip
        assert unrolled(table.sources) == padded_positions(same, mode)


def test_a_drawing_with_too_few_pixels_to_mirror_repeats_its_border():
    table = drawn_table(Axis(9, 5), 1, "reflect")
    assert unrolled(table.sources) == [0, 0, 0, 0, 0]


def test_the_tables_of_a_photograph_are_short():
    for side in (720, 8000):
        for stride in (1, 3):
            table = axis_table(Axis(side, 31, stride, 15, 15), "reflect")
            assert len(str(encode(table))) < 500


def test_every_part_is_joined_and_the_module_is_small():
    own = {part for part in PARTS if "/" not in part}
    assert own == {path.name for path in LOUPE.glob("*.mjs")}
    text = component_text(LOUPE, PARTS)
    assert len(text.js.encode()) < 25_000
    packed = re.search(r"text = '(.+)'", text.js).group(1)
    source = zlib.decompress(base64.b85decode(packed), -zlib.MAX_WBITS).decode()
    assert source.startswith(joined(LOUPE, PARTS)) and source.endswith("sourceURL=loupe.mjs\n")
