"""The Sizes page, run without a browser: its three looks, what people type, and its address."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from app.screens.sizes.state import ANSWERS, PAGE
from kernels.reading.sizes import plain_sizes
from lessons.views.sizes import settle_sizes
from lessons.views.sizes_examples import EXAMPLES
from lessons.views.sizes_facts import sizes_link, stage_link
from lessons.views.sliding_window import open_sliding


def page(**address: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/sizes/sizes.py")
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def payloads(at: AppTest) -> list[dict]:
    protos = [element.proto for element in at.get("bidi_component")]
    return [json.loads(proto.mixed.json or proto.json) for proto in protos]


def drawn(at: AppTest, field: str) -> dict:
    """What the component is handed that has such a field."""
    return next(data for data in payloads(at) if field in data)


def box(at: AppTest, key: str):
    every = (*at.number_input, *at.text_input, *at.selectbox, *at.toggle)
    return next(found for found in every if found.key == f"sizes_{key}")


def table(at: AppTest) -> str:
    return " ".join(str(element.proto.body) for element in at.get("html"))


def said(at: AppTest) -> str:
    return " ".join(element.value for element in (*at.info, *at.error, *at.warning, *at.markdown))


def test_it_opens_on_a_real_layer_with_every_number():
    at = page()
    facts = table(at)
    parameters, macs = 64 * 3 * 7 * 7 + 64, 64 * 3 * 7 * 7 * 112 * 112
    for text in ("64 × 112 × 112", f"{parameters:,}", f"{macs:,}", "3 on each side", "3.85 MB"):
        assert text in facts
    rows = drawn(at, "rows")["rows"]
    assert (rows["before"], rows["inside"], rows["starts"], rows["left"]) == (
        3,
        224,
        [0, 2, 222],
        1,
    )


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_gives_the_size_of_its_source(name):
    view = EXAMPLES[name].view
    assert view.layer.output_size(view.size) == EXAMPLES[name].output
    at = page(**view.link())
    assert box(at, "example").value == name


@pytest.mark.parametrize(
    ("name", "letters", "formula"),
    [
        ("relationship-3", "i = 5, k = 3, s = 1, p = 1, o = 5", "o = i"),
        ("relationship-6-odd", "i = 6, k = 3, s = 2, p = 1, o = 3", "⌊(i + 2p − k) / s⌋ + 1"),
        ("relationship-7", "i = 5, k = 3, s = 1, p = 0, o = 3", "⌊(i − k) / s⌋ + 1"),
        ("relationship-15", "i = 7, k = 3, s = 1, p = 0, d = 2, o = 3", "(k − 1)(d − 1)"),
    ],
)
def test_a_relationship_by_name_says_its_letters_and_its_formula(name, letters, formula):
    at = page(example=name)
    assert box(at, "example").value == name
    assert box(at, "convention").value == "dumoulin"
    assert letters in table(at) and formula in table(at)
    assert not at.info


def test_the_letters_of_another_text_leave_the_example_chosen():
    at = page(convention="tensorflow", example="vgg", k="5")
    assert (box(at, "example").value, "“k” is read as kernel." in said(at)) == (None, True)
    assert box(page(convention="tensorflow", example="vgg"), "example").value == "vgg"
    assert "There is no example “none”" in said(page(example="none"))


@pytest.mark.parametrize(
    ("typed", "sizes"),
    [
        ("224", "224"),
        ("224x180", "224x180"),
        ("224 × 180", "224x180"),
        ("(16, 112, 112)", "16x112x112"),
        ("[16 112 112]", "16x112x112"),
        ("224;180", "224x180"),
        ("224 by 180", "224x180"),
        ("$224 \\times 180$", "224x180"),
        ("224px", "224"),
        ("\\begin{bmatrix}3 & 3\\end{bmatrix}", "3x3"),
        ("22.4", None),
    ],
)
def test_sizes_are_read_as_people_write_them(typed, sizes):
    assert plain_sizes(typed) == sizes


def choose(at: AppTest, label: str) -> None:
    """Press the button that reads what was typed in this way."""
    next(button for button in at.button if button.label == label).click().run()


def test_a_typed_size_of_three_numbers_may_have_three_axes():
    at = page(kernel="7x5", padding="3x2")
    box(at, "size").set_value("(16, 112, 112)").run()
    choose(at, "A volume of 16 × 112 × 112")
    assert "64 × 8 × 56 × 56" in table(at) and not at.info
    assert drawn(at, "depth")["depth"]["name"] == "depth"


def typed(at: AppTest, **boxes: str) -> str:
    """Type into the boxes one after the other; what the table of facts says of the output."""
    for key, text in boxes.items():
        box(at, key).set_value(text).run()
        assert not at.exception and not at.error, (key, [each.value for each in at.error])
    return table(at)


def test_sizes_that_people_ask_for_come_out_of_the_boxes_they_type_them_into():
    at = page(op="transposed", cin="1", cout="1")
    facts = typed(at, size="46x62", kernel="16", stride="8", padding="(4, 8)", opad="(0, 1)")
    assert "1 × 368 × 489" in facts
    assert "1 × 23 × 23" in typed(at, size="12", kernel="3", stride="2", padding="1", opad="0")
    assert "1 × 24 × 24" in typed(at, opad="1")
    at = page(cin="1", cout="1")
    facts = typed(at, size="218x178", kernel="5", stride="2", padding="same_upper")
    assert "1 × 109 × 89" in facts
    assert "1 × 55 × 45" in typed(at, size="109x89")
    facts = typed(at, size="224", kernel="7")
    assert "1 × 112 × 112" in facts and "2 before and 3 after" in facts
    at = page(op="max", cin="1", ceil="1")
    assert "1 × 16 × 16" in typed(at, padding="0", size="32", kernel="1", stride="2")


def test_what_cannot_be_read_stays_with_a_sentence():
    at = page()
    box(at, "size").set_value("big").run()
    assert box(at, "size").value == "big"
    assert "write 224, 224x180 or 16x112x112" in said(at)
    assert "64 × 112 × 112" in table(at)


def test_a_comma_between_two_sizes_is_refused_with_both_readings():
    at = page()
    box(at, "size").set_value("224,180").run()
    assert "224 × 180 or the one number 224180: write 224x180 or 224180." in said(at)


@pytest.mark.parametrize("key", ["size", "kernel", "stride", "padding", "dilation"])
def test_each_reading_of_a_comma_is_one_click_away_in_every_box(key):
    at = page(size="300", kernel="3", padding="1", stride="1", cin="1", cout="1")
    at.session_state["sizes_more"] = True
    at.run()
    before = table(at)
    box(at, key).set_value("2,112").run()
    assert "can be 2 × 112 or the one number 2112: write 2x112 or 2112." in said(at)
    assert (box(at, key).value, table(at)) == ("2,112", before)
    labels = [button.label for button in at.button if button.label.startswith("2")]
    assert labels == ["2 × 112", "2112"]
    next(button for button in at.button if button.label == "2 × 112").click().run()
    assert not at.error
    assert box(at, key).value == "2x112" or "is the nearest that works" in said(at)


def test_a_comma_that_sets_off_thousands_is_said():
    at = page()
    for typed, sizes in (("1,024", "1024"), ("1 024", "1024"), ("2,048,1,024", "2048x1024")):
        box(at, "size").set_value(typed).run()
        assert box(at, "size").value == sizes
        assert f"“{typed}” is read as {sizes}." in said(at)


def test_a_shape_with_channels_is_an_image_or_a_volume_as_one_click_says():
    at = page()
    box(at, "size").set_value("(224, 200, 3)").run()
    assert "can be an image of 224 × 200 with 3 channels, or a volume" in said(at)
    choose(at, "An image of 224 × 200 with 3 channels")
    assert (box(at, "size").value, box(at, "cin").value) == ("224x200", 3)
    assert "64 × 112 × 100" in table(at)


def test_a_printed_shape_sets_size_channels_and_batch_by_one_click():
    at = page()
    box(at, "size").set_value("torch.Size([32, 1, 28, 28])").run()
    choose(at, "32 images of 28 × 28 with 1 channel")
    assert (box(at, "size").value, box(at, "cin").value) == ("28", 1)
    at.session_state["sizes_more"] = True
    at.run()
    assert box(at, "batch").value == 32 and "64 × 14 × 14" in table(at)
    box(at, "size").set_value("(None, 64, 48, 3)").run()
    assert (box(at, "size").value, box(at, "cin").value) == ("64x48", 3)
    assert "is read as an image of 64 × 48 with 3 channels" in said(at)


def test_a_setting_that_does_not_fit_is_moved_and_said():
    at = page(size="5", padding="0", kernel="9", stride="1")
    assert "Kernel 9 is not possible here; 5 is the nearest that works." in said(at)


def test_the_solver_lists_every_answer_and_loads_one():
    at = page(look="solver")
    table_ = drawn(at, "marked")
    rows = [row[:3] for row in table_["rows"]]
    assert ["7", "2", "3"] in rows
    assert ["7", "2", "2 before, 3 after"] in rows
    assert table_["rows"][table_["chosen"]][0] == "7"
    two = rows.index(["2", "2", "0"])
    view = PAGE.settle({"look": "solver"})[0]
    loaded = PAGE.commits[ANSWERS]["use"](two, view, {})
    after = drawn(page(look="solver", **loaded), "marked")
    assert after["rows"][after["chosen"]][:3] == ["2", "2", "0"]


def test_no_answer_is_said():
    at = page(look="solver", size="5", want="100")
    assert "No kernel up to 11" in drawn(at, "marked")["empty"]


def test_seven_layers_of_5_by_5_leave_4_of_32_and_an_eighth_is_not_possible():
    at = page(look="shrink", size="32", kernel="5", stride="1", padding="0", times="8")
    stack = drawn(at, "ends")
    assert stack["labels"] == ["32", "28", "24", "20", "16", "12", "8", "4"]
    assert stack["ends"].startswith("Layer 8 is not possible")


def test_a_stack_says_how_much_of_the_input_each_layer_sees():
    facts = table(page(look="shrink", size="32", kernel="5", stride="1", padding="0", times="7"))
    assert "receptive field 29; the fields of neighbours lie 1 apart" in facts
    assert 7 * (5 - 1) + 1 == 29
    assert "of 3 such layers, one after the other, 7 × 7" in table(
        page(size="32", kernel="3", stride="1", padding="0", times="3")
    )


def test_a_layer_of_the_stage_comes_here_with_its_settings():
    for settings, output in (
        ({"size": "7x6", "stride": "2x1", "padding": "1x0"}, "1 × 4 × 4"),
        ({"op": "median", "size": "9x9", "kernel": "3x3", "stride": "3x3"}, "1 × 3 × 3"),
    ):
        scene, _ = open_sliding(settings)
        assert output in table(page(**sizes_link(scene)))
        assert f"1 × {' × '.join(map(str, scene.output_size))}" == output


def test_undoing_a_layer_leads_back_to_its_input():
    at = page()
    next(b for b in at.button if b.key == "sizes_undo").click().run()
    assert "3 × 224 × 224" in table(at)


def test_four_texts_write_one_size():
    at = page()
    at.session_state["sizes_conventions"] = True
    at.run()
    facts = table(at)
    for title in ("PyTorch", "Dive into Deep Learning", "TensorFlow", "Dumoulin &amp; Visin"):
        assert title in facts
    at = page(convention="d2l")
    assert drawn(at, "formulas")["formulas"][0]["result"] == 112


def test_a_pooling_has_as_many_channels_as_go_in():
    at = page(op="max", cin="64", kernel="3", padding="0", ceil="1", size="112")
    assert "64 × 56 × 56" in table(at)


@pytest.mark.parametrize(
    "settings",
    [
        {"rank": "1", "size": "12", "kernel": "3", "padding": "2.0"},
        {"rank": "3", "size": "4x5x6", "kernel": "2x3x3", "padding": "0x1x1"},
        {
            "op": "transposed",
            "size": "3",
            "kernel": "3",
            "stride": "2",
            "padding": "1",
            "opad": "1",
        },
        {"op": "max", "size": "7", "kernel": "3", "stride": "2", "ceil": "1"},
    ],
)
def test_a_small_layer_of_any_kind_is_the_same_on_the_stage(settings):
    usual = {"stride": "1", "padding": "0", "cin": "1", "cout": "1", "bias": "0"}
    view, notes = settle_sizes({**usual, **settings})
    link = stage_link(view)
    assert notes == () and link is not None
    scene, said = open_sliding(link)
    assert said == ()
    assert (scene.layer.axes(scene.input_size), scene.input_size) == (
        view.layer.axes(view.size),
        view.size,
    )
    assert stage_link(settle_sizes({**usual, **settings, "size": "300"})[0]) is None


def test_a_small_layer_leads_to_the_stage():
    at = page(size="5", kernel="3", stride="1", padding="0", cin="1", cout="1", bias="0")
    assert any(b.key == "sizes_stage" for b in at.button)
    assert not any(b.key == "sizes_stage" for b in page().button)


def test_the_solver_follows_the_dilation_and_a_kernel_may_be_typed_with_its_channels():
    at = page(look="solver", size="56", want="56", kernel="3", padding="1", stride="1")
    box(at, "dilation").set_value("2").run()
    rows = [row[:3] for row in drawn(at, "marked")["rows"]]
    assert ["3", "1", "2"] in rows and ["3", "1", "1"] not in rows
    assert "dilation 2" in " ".join(caption.value for caption in at.caption)
    at = page()
    box(at, "kernel").set_value("5x5x3").run()
    assert (box(at, "kernel").value, "a slice for each channel" in said(at)) == ("5", True)
    box(at, "kernel").set_value("torch.Size([32, 3, 7, 5])").run()
    assert (box(at, "kernel").value, box(at, "cout").value) == ("7x5", 32)
    box(at, "kernel").set_value("5x5x8").run()
    assert "write one number, or 2 such as 3x3" in said(at)
