"""The stage in one dimension in a real browser: windows along an axis, as the quiz draws them."""

import pytest
from playwright.sync_api import expect

from app.components.assets import component_text
from app.components.axes import PARTS, STYLES
from app.components.axes.payload import AxesPayload
from app.components.payload import encode
from kernels import Axis
from kernels.layers.links import links_of
from lessons.quiz.axis_pictures import AxisPicture, windows_at
from tests.app.test_components import STAGE

TEXT = component_text(STAGE.parent / "axes", PARTS, STYLES)
MOUNT = """async ({ html, css, js, data }) => {
  const root = document.getElementById('host').attachShadow({ mode: 'open' });
  root.innerHTML = '<style>' + css + '</style>' + html;
  const file = new Blob([js], { type: 'text/javascript' });
  const { default: mount } = await import(URL.createObjectURL(file));
  mount({ data, parentElement: root, key: 'axes' });
}"""


@pytest.fixture
def mounted(blank_page):
    """Draw some rows in a plain page that is so wide."""

    def mount(*pictures: AxisPicture, width: int = 700):
        page = blank_page(max(width + 16, 390), 720)
        style = "--st-background-color:#ffffff;--st-text-color:#31333f;--st-font:sans-serif"
        page.set_content(
            f'<body style="margin:8px;{style}"><div id="host" style="width:{width}px"></div>'
        )
        data = encode(AxesPayload(pictures, stacked=True))
        page.evaluate(MOUNT, {**TEXT._asdict(), "data": data})
        return page

    return mount


def row(**axis: int) -> AxisPicture:
    return AxisPicture("Right", "Padding hatched.", links_of(Axis(**axis)))


def test_a_cell_for_each_cell_and_a_bar_for_each_window(mounted):
    page = mounted(row(input=7, kernel=3, stride=2, before=1, after=1))
    expect(page.locator(".cells .input")).to_have_count(7)
    expect(page.locator(".cells .padding")).to_have_count(2)
    expect(page.locator(".reach")).to_have_count(4)
    expect(page.locator(".reach.off, .tap")).to_have_count(0)
    expect(page.locator("figure svg")).to_have_attribute("aria-label", "Right. Padding hatched.")


def test_the_taps_of_a_dilated_window_are_marked(mounted):
    page = mounted(row(input=9, kernel=3, dilation=2))
    expect(page.locator(".tap")).to_have_count(3 * (9 - 4))


def test_windows_of_a_mistake_run_off_the_edge(mounted):
    links, outside = windows_at((-2, 0, 2), range(3), input=4, before=1, after=0)
    page = mounted(AxisPicture("Wrong", "", links, outside))
    expect(page.locator(".reach.off")).to_have_count(2)
    expect(page.locator(".cells .over")).to_have_count(1 + 1)


def test_padding_is_hatched_in_the_colours_of_the_page(mounted):
    page = mounted(row(input=5, kernel=3, before=1, after=1))
    fill = "node => getComputedStyle(node).fill"
    assert page.locator(".cells .padding").first.evaluate(fill) == 'url("#hatch")'
    assert page.locator("#hatch .ground").evaluate(fill) != "rgb(0, 0, 0)"


def test_forty_cells_fit_a_phone_with_numbers_that_can_be_read(mounted):
    page = mounted(row(input=40, kernel=5, stride=3, before=1, after=1), width=358)
    figure = page.locator("figure")
    assert figure.evaluate("node => node.scrollWidth <= node.clientWidth")
    assert figure.get_attribute("tabindex") is None
    numbers = page.locator(".cells text")
    assert [n for n in numbers.all_text_contents() if n] == ["0", "10", "20", "30", "39"]
    assert numbers.first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 11


def test_a_longer_row_is_moved_by_keys(mounted):
    page = mounted(row(input=90, kernel=3), width=358)
    expect(page.locator("figure[tabindex='0']")).to_have_count(1)


def test_rows_of_one_picture_begin_at_one_place(mounted):
    page = mounted(row(input=6, kernel=3, before=2, after=2), row(input=6, kernel=3))
    places = [
        figure.locator(".cells .input").first.bounding_box()["x"]
        for figure in page.locator("figure").all()
    ]
    assert places[0] == pytest.approx(places[1], abs=0.5)
