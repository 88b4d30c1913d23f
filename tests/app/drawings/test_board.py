"""A board as a file says what the kernels say: numbers, windows and arithmetic, at every step."""

import re
from dataclasses import replace
from html import escape
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from app.drawings import files
from app.drawings.board import Board
from app.drawings.numerals import written
from app.drawings.pair import Photograph, pair
from app.drawings.svg import on_paper, plain_colours
from app.page.stage import stage_payload
from app.page.taking import board_of
from lessons.views.networks import open_networks
from lessons.views.networks_drawing import drawing
from lessons.views.networks_svg import network_svg
from lessons.views.sliding_looks import open_looks

LINKS = {
    "plain": {},
    "strided, dilated": {"size": "9x8", "stride": "2x3", "dilation": "2x1", "padding": "1x2"},
    "mirrored": {"padding": "2x2", "mode": "reflect"},
    "true convolution": {"flip": "1"},
    "colour": {"example": "rgb"},
    "signal": {"rank": "1", "size": "9", "padding": "1"},
    "video": {"rank": "3"},
    "copies": {"op": "transposed", "way": "copies", "stride": "2x2", "size": "3x3"},
    "zeros put in": {"op": "transposed", "way": "zeros", "stride": "2x2", "size": "3x3"},
    **{kind: {"op": kind, "padding": "1x1", "stride": "2x2"} for kind in ("max", "avg", "median")},
    "lp": {"op": "lp", "p": "3"},
    "ceil": {"op": "min", "ceil": "1", "stride": "2x2", "size": "6x6", "kernel": "3x3"},
}


def board(link: dict[str, str], step: int = 0, dark: bool = False) -> Board:
    scene, notes = open_looks(link)
    assert not notes
    return board_of(replace(scene, step=step), (), dark)


def texts(svg: str) -> list[str]:
    """All that is written, in the order of the file."""
    tree = ElementTree.fromstring(svg)
    return [node.text for node in tree.iter("{http://www.w3.org/2000/svg}text")]


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_each_layer_is_written_with_the_numbers_that_it_computes(link):
    drawn = board(link)
    scene = drawn.scene
    last = scene.steps - 1
    whole = texts(replace(drawn, scene=replace(scene, step=last)).svg())
    for value in scene.output().ravel():
        assert written(value, 4).replace("≈", "") in whole or len(written(value)) > 4
    assert f"Step {scene.steps} of {scene.steps}" in whole


def evaluated(line: str) -> float:
    """What stands before the equals sign, worked out."""
    left = line.rpartition(" = ")[0].replace("≈", "").replace("−", "-").replace("×", "*")
    known = {"max": lambda *n: max(n), "min": lambda *n: min(n), "median": lambda *n: np.median(n)}
    if found := re.fullmatch(r"norm\((.*); p = (\d+)\)", left):
        numbers, power = np.array(eval(f"[{found[1]}]"), float), int(found[2])
        return float((np.abs(numbers) ** power).sum() ** (1 / power))
    return float(eval(left, known))


@pytest.mark.parametrize("name", [name for name in LINKS if name != "copies"])
def test_the_arithmetic_of_every_step_comes_to_the_number_in_its_cell(name):
    drawn = board(LINKS[name])
    results = drawn.scene.output().ravel()
    for step in range(0, drawn.scene.steps, 1 + drawn.scene.steps // 20):
        line = " ".join(drawn._said(step)[1:])
        assert evaluated(line) == pytest.approx(results[step], rel=1e-3), line


def test_copies_add_up_to_the_output():
    drawn = board(LINKS["copies"])
    shown = drawn._shown(drawn.scene.steps - 1)
    np.testing.assert_allclose(shown, drawn.scene.output())
    assert np.count_nonzero(drawn._shown(0)) < np.count_nonzero(shown)


def frames(svg: str, kind: str) -> list[tuple[float, ...]]:
    """The boxes of a path of outlines: x, y, width, height."""
    path = re.search(rf'class="{kind}" d="([^"]*)"', svg)
    boxes = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)h", path[1])
    return [tuple(map(float, box)) for box in boxes]


def test_the_window_frames_the_cells_that_the_layer_reads():
    drawn = board({"size": "9x8", "stride": "2x3", "dilation": "2x1"}, step=3)
    cell, (given, *_) = drawn._placed
    (x, y) = given.panels[0]
    row, column = divmod(3, drawn.scene.output_size[1])
    expected = {
        (x + (3 * column + dx) * cell, y + (2 * row + 2 * dy) * cell)
        for dx in range(3)
        for dy in range(3)
    }
    found = frames(drawn.svg(), "taps")
    assert {box[:2] for box in found} == expected
    assert {box[2:] for box in found} == {(cell, cell)}


def test_what_is_still_to_be_predicted_is_not_told():
    scene, _ = open_looks({})
    first = scene.output().ravel()[0]
    drawn = Board(scene, stage_payload(scene, predict=True))
    said = " ".join(drawn._said(0))
    assert said == "Step 1 of 9: what comes out?"
    assert np.isnan(drawn._shown(0)).all()
    assert f"= {written(first)}" not in " ".join(texts(drawn.svg()))


def test_poolings_side_by_side_have_a_panel_and_a_line_each():
    scene, _ = open_looks({"op": "max", "stride": "2x2"})
    drawn = board_of(scene, ("avg", "min"), False)
    said = texts(drawn.svg())
    for made in drawn.payload.layers:
        assert any(line.startswith(made.title) for line in said)
    assert [line.partition("(")[0] for line in drawn._said(0)[1:]] == ["max", "", "min"]


@pytest.mark.parametrize("dark", [False, True])
def test_pixels_are_those_of_the_drawing_in_either_theme(dark):
    drawn = board({}, dark=dark)
    with Image.open(BytesIO(files.png(drawn.svg()))) as picture:
        width, height = drawn.size
        assert picture.size == (round(2 * width), round(2 * height))
        assert picture.convert("L").getpixel((2, 2)) == (19 if dark else 255)
        inked = sum(picture.convert("L").histogram()[:90])
    # Without its letters there would be only lines: the face has come.
    bare = re.sub(r"<text.*?</text>", "", drawn.svg())
    with Image.open(BytesIO(files.png(bare))) as picture:
        assert sum(picture.convert("L").histogram()[:90]) < inked or dark


@pytest.mark.parametrize("kind", files.ANIMATIONS)
def test_an_animation_has_a_frame_for_each_step_and_waits_at_the_end(kind):
    drawn = board({"size": "4x4"})
    with Image.open(BytesIO(files.ANIMATIONS[kind](drawn))) as film:
        assert film.n_frames == drawn.scene.steps == 4
        waits = []
        for frame in range(film.n_frames):
            film.seek(frame)
            waits.append(film.info["duration"])
    assert waits == files.pauses(4)


def test_too_long_an_animation_is_refused_in_a_sentence():
    drawn = board({"size": "12x12", "cout": "4", "padding": "1x1"})
    assert re.match(r"The animation would have \d+ steps", files.why_not(drawn.scene.steps))
    with pytest.raises(ValueError, match="a file takes at most 100"):
        files.gif(drawn)


def test_a_photograph_stands_beside_its_result_with_the_kernel_between():
    made = files.png('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>', 1)
    one, two = (Photograph(made, (300, 400), title, ("a fact",)) for title in ("One", "Two"))
    drawn = pair(one, two, np.array([[1.0, -2.0], [0.5, 4.0]]))
    assert texts(drawn)[:2] == ["One", "a fact"] and "−2" in texts(drawn)
    at = [float(x) for x in re.findall(r'<image x="([\d.]+)"', drawn)]
    assert at[1] - at[0] > 400
    assert "−2" not in texts(pair(one, two, np.full((11, 11), -2.0)))


def test_a_file_stands_in_programs_that_know_no_variables():
    view, _ = open_networks({"net": "lenet_5"})
    drawn = plain_colours(network_svg(drawing(view), "LeNet"))
    assert "var(" not in drawn
    with Image.open(BytesIO(files.png(on_paper(drawn)))) as picture:
        assert picture.convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 255)


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_a_picture_and_an_animation_say_in_words_what_they_show(link):
    drawn = board(link)
    assert drawn.words.startswith(f"{drawn.title}. Step 1 of {drawn.scene.steps}")
    assert f"<title>{escape(drawn.words)}</title>" in drawn.svg()
    assert f"In {drawn.scene.steps} steps" in drawn.story
    assert drawn.story.endswith(".") and ".." not in drawn.story


def test_the_words_of_an_animation_are_in_its_file():
    drawn = board({"size": "3x3", "kernel": "2x2"})
    with (
        Image.open(BytesIO(files.gif(drawn))) as gif,
        Image.open(BytesIO(files.apng(drawn))) as png,
    ):
        assert gif.info["comment"].decode() == png.text["Description"] == drawn.story


def test_what_is_to_be_predicted_is_not_said_in_words():
    scene, _ = open_looks({})
    hidden = board_of(scene, (), dark=False, predict=True)
    assert hidden.words.endswith("Step 1 of 9: what comes out?")
    assert "12" not in hidden.story
