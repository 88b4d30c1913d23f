"""The opening's numbers, its page, and the scripts that stand in the page itself."""

import html
import re

import numpy as np
import pytest

from app.web.inline import inline_script
from app.web.opening import NAME, opening, script
from app.web.opening.scene import opening_scene
from tests.browser.contexts import OPENING


def test_each_output_pixel_is_the_sum_of_the_products_under_its_window():
    scene = opening_scene()
    for row, column in np.ndindex(scene.output.shape):
        window = scene.photograph[row : row + 3, column : column + 3]
        assert (window * scene.kernel).sum() == scene.output[row, column]


def test_it_comes_to_rest_where_the_sum_is_the_grey_that_is_drawn():
    scene = opening_scene()
    assert scene.output[scene.rest] == scene.shown[scene.rest]
    assert scene.shown[scene.rest] > 200


def test_the_browser_is_handed_whole_numbers_in_flat_lists():
    flat = opening_scene().flat()
    assert len(flat["photograph"]) == flat["side"] ** 2
    assert len(flat["output"]) == len(flat["shown"]) == flat["out"] ** 2
    numbers = [
        n for value in flat.values() for n in (value if isinstance(value, list) else [value])
    ]
    assert all(type(n) is int for n in numbers)


def test_the_picture_is_told_in_words_with_its_numbers():
    spoken = opening_scene().spoken()
    assert f"add up to {opening_scene().output[0, 0]}:" in spoken
    assert spoken in html.unescape(re.search('aria-label="([^"]+)"', opening())[1])


def test_the_tests_pages_count_as_having_seen_it():
    assert OPENING == NAME


def test_a_script_of_the_page_leaves_nothing_behind_and_imports_nothing():
    assert script().startswith("(() => {") and script().endswith("})();")
    assert not re.search(r"^(import|export) ", script(), re.MULTILINE)
    assert "</script" not in script()


def test_a_script_whose_main_function_has_no_name_is_refused(tmp_path):
    (tmp_path / "a.mjs").write_text("export default () => 1;\n")
    with pytest.raises(ValueError, match="must be a function with a name"):
        inline_script(tmp_path, ("a.mjs",))
