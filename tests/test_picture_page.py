"""The Picture page, run without a browser: controls, address, uploads, what is said."""

import io
import json
import struct

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from app.session.samples import sample_picture
from app.session.uploads import read_picture
from kernels import CATALOGUE, conv2d, scene_of
from kernels.display import DISPLAYS
from kernels.images import to_grey


def page(**address: str) -> AppTest:
    at = AppTest.from_file("../app/main.py", default_timeout=30)
    at.run()
    at.switch_page("screens/picture.py")
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def payload(at: AppTest, index: int) -> tuple[dict, bytes]:
    """Header and pixels of the result with all words (0), the original (1), the patch (2)."""
    data = at.get("bidi_component")[index].proto.bytes
    length = int.from_bytes(data[:4], "little")
    return json.loads(data[4 : 4 + length]), data[4 + length :]


def words(at: AppTest) -> dict:
    return payload(at, 0)[0]


def shown(at: AppTest) -> tuple[np.ndarray, np.ndarray]:
    """The pixels of original and result."""
    return read_picture(payload(at, 1)[1]).pixels, read_picture(payload(at, 0)[1]).pixels


def patch(at: AppTest) -> tuple[dict, np.ndarray]:
    header, pixels = payload(at, 2)
    return header, np.frombuffer(pixels, dtype=np.uint8).reshape(header["shape"])


def address(at: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[-1] for k, v in at.query_params.items()}


def control(boxes, key: str):
    return next(box for box in boxes if box.key == key)


def photograph(height=40, width=60, kind="PNG") -> bytes:
    rows, columns = np.mgrid[0:height, 0:width]
    pixels = np.stack([rows * 3, columns * 2, rows + columns], axis=-1).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, format=kind)
    return file.getvalue()


def upload(at: AppTest, name: str, data: bytes) -> AppTest:
    control(at.file_uploader, "picture_upload").set_value((name, data, "image/png")).run()
    assert not at.exception
    return at


def test_opens_on_a_sample_with_an_edge_kernel_shown_signed():
    at = page()
    original, result = shown(at)
    camera = sample_picture("camera").pixels
    np.testing.assert_array_equal(original, camera)
    answers = conv2d(camera.astype(float), CATALOGUE["sobel-across"].weights[None, None])
    expected = DISPLAYS["signed"](answers)
    # Computed in float32: halves may be rounded the other way.
    np.testing.assert_allclose(result.astype(int), expected.pixels, atol=1)
    assert expected.sentence in words(at)["result"]["facts"]
    assert words(at)["result"]["size"] == [510, 510]
    assert address(at) == {}


def test_the_words_below_the_pictures_name_size_range_and_weights_of_grey():
    at = page(picture="coffee", kernel="box")
    assert words(at)["original"]["facts"][0] == "400 high × 600 wide, values 2 to 255"
    assert any("0.299 R + 0.587 G + 0.114 B" in fact for fact in words(at)["original"]["facts"])
    assert words(at)["result"]["facts"][0].startswith("398 high × 598 wide, values ")
    labels = [formula["label"] for formula in words(at)["formulas"]]
    assert labels == ["Output height", "Output width"]
    pieces = words(at)["formulas"][0]["pieces"]
    assert "".join(text for text, _ in pieces) == "⌊(400 + 2·0 − 3) / 1⌋ + 1"


def test_choosing_a_kernel_takes_its_display_and_its_numbers_with_it():
    at = page()
    control(at.selectbox, "picture_kernel").set_value("gaussian").run()
    assert address(at) == {"kernel": "gaussian"}
    assert control(at.selectbox, "picture_display").value == "clip"
    assert control(at.text_area, "picture_taps").value == "1 2 1\n2 4 2\n1 2 1"
    assert control(at.number_input, "picture_divisor").value == 16
    assert words(at)["result"]["title"] == "Result: Gaussian blur, divided by 16"


def test_edited_numbers_are_ones_own_kernel_and_travel_in_the_address():
    at = page(kernel="box")
    control(at.text_area, "picture_taps").set_value("0 1\n-1 0").run()
    assert address(at) == {"kernel": "own", "w": "0 1_-1 0", "divisor": "9", "show": "clip"}
    assert control(at.selectbox, "picture_kernel").value is None
    control(at.number_input, "picture_divisor").set_value(2.0).run()
    assert address(at)["divisor"] == "2"
    again = page(**address(at))
    np.testing.assert_array_equal(shown(again)[1], shown(at)[1])


def test_numbers_that_cannot_be_read_stay_with_a_sentence_and_the_picture_as_it_was():
    at = page()
    before = shown(at)[1]
    control(at.text_area, "picture_taps").set_value("1 x").run()
    (error,) = at.error
    assert error.value.startswith("“x” is not a number")
    assert control(at.text_area, "picture_taps").value == "1 x"
    np.testing.assert_array_equal(shown(at)[1], before)
    control(at.text_area, "picture_taps").set_value("1 2").run()
    assert not at.error


def test_no_divisor_of_zero():
    at = page(kernel="box")
    control(at.number_input, "picture_divisor").set_value(0.0).run()
    assert control(at.number_input, "picture_divisor").value == 1
    assert "cannot divide the kernel" in at.info[0].value


def test_colour_filters_each_plane_by_itself():
    at = page(picture="coffee", kernel="sharpen")
    control(at.toggle, "picture_colour").set_value(True).run()
    original, result = shown(at)
    coffee = sample_picture("coffee").pixels
    np.testing.assert_array_equal(original, coffee)
    weights = CATALOGUE["sharpen"].weights[None, None]
    each = np.concatenate([conv2d(plane[None].astype(float), weights) for plane in coffee])
    np.testing.assert_array_equal(result, DISPLAYS["clip"](each).pixels)
    assert patch(at)[1].shape == (3, 8, 8)


def test_a_grey_picture_offers_no_colour():
    assert not page().toggle


def test_padding_and_stride_change_size_and_formula_together():
    at = page(picture="shapes")
    control(at.selectbox, "picture_padding").set_value("per side").run()
    control(at.number_input, "picture_padding_0").set_value(2).run()
    control(at.number_input, "picture_stride_1").set_value(3).run()
    assert words(at)["result"]["size"] == [402, 200]
    assert [f["result"] for f in words(at)["formulas"]] == ["402", "200"]
    assert address(at) == {"picture": "shapes", "padding": "2x0", "stride": "1x3"}
    control(at.selectbox, "picture_padding").set_value("full").run()
    assert words(at)["result"]["size"] == [402, 201]
    control(at.selectbox, "picture_mode").set_value("circular").run()
    assert address(at)["mode"] == "circular"
    control(at.selectbox, "picture_padding").set_value("none").run()
    assert "padding" not in address(at)


def test_another_picture_puts_the_patch_in_its_middle():
    at = page(row="0", column="0")
    control(at.selectbox, "picture_sample").set_value("shapes").run()
    header, pixels = patch(at)
    assert (header["row"], header["column"]) == ((400 - 8) // 2, (600 - 8) // 2)
    np.testing.assert_array_equal(pixels, sample_picture("shapes").pixels[:, 196:204, 296:304])


def test_the_boxes_move_the_patch_and_so_does_the_component():
    at = page()
    control(at.number_input, "picture_row").set_value(10).run()
    assert patch(at)[0]["row"] == 10
    at.session_state["pictures"] = {"patch": [30, 40]}
    at.run()
    control(at.number_input, "picture_patch").set_value(16).run()
    header, pixels = patch(at)
    assert header["size"] == [16, 16]
    assert pixels.shape == (1, 16, 16)
    assert address(at)["patch"] == "16"


def test_a_moved_patch_sends_neither_picture_again():
    at = page()
    before = [at.get("bidi_component")[index].proto.bytes for index in range(3)]
    control(at.number_input, "picture_row").set_value(10).run()
    after = [at.get("bidi_component")[index].proto.bytes for index in range(3)]
    assert [a == b for a, b in zip(before, after, strict=True)] == [True, True, False]


def test_an_upload_is_shown_and_a_link_to_it_opens_on_a_sample_and_says_so():
    at = upload(page(kernel="box"), "mine.png", photograph())
    assert address(at) == {"kernel": "box", "own": "1"}
    assert words(at)["original"]["size"] == [40, 60]
    assert words(at)["original"]["about"] == "Original: mine.png"
    np.testing.assert_array_equal(
        shown(at)[0], to_grey(read_picture(photograph()).pixels)[np.newaxis]
    )
    linked = page(**address(at), row="30", column="50")
    assert words(linked)["original"]["size"] == [512, 512]
    (info,) = linked.info
    assert info.value.startswith("A link never carries an uploaded photograph")
    assert "not possible" not in info.value
    assert address(linked) == {"kernel": "box"}


def test_a_link_to_an_upload_in_colour_opens_on_a_sample_with_colours():
    at = page(own="1", colour="1")
    assert address(at) == {"picture": "coffee", "colour": "1"}


def test_an_upload_can_be_left_for_a_sample_and_found_again():
    at = upload(page(), "mine.png", photograph())
    control(at.selectbox, "picture_sample").set_value("brick").run()
    assert address(at) == {"picture": "brick"}
    control(at.selectbox, "picture_sample").set_value("own").run()
    assert words(at)["original"]["size"] == [40, 60]


def test_an_upload_survives_a_visit_to_the_other_page():
    at = upload(page(), "mine.png", photograph())
    at.switch_page("screens/sliding_window.py").run()
    at.switch_page("screens/picture.py").run()
    assert words(at)["original"]["size"] == [40, 60]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"no picture", "mine.png: This is text, not a picture"),
        (photograph()[:-60], "is incomplete or damaged"),
        (b"GIF89a" + struct.pack("<HH", 60000, 60000) + b"\0" * 9, "at most 40 megapixels"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence_and_changes_nothing(data, sentence):
    at = upload(page(kernel="box"), "mine.png", data)
    (error,) = at.error
    assert sentence in error.value
    assert words(at)["original"]["size"] == [512, 512]
    assert address(at) == {"kernel": "box"}


def test_a_photograph_turned_upright_says_so_below_it():
    file, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    Image.open(io.BytesIO(photograph())).save(file, format="JPEG", exif=exif)
    at = upload(page(), "mine.jpg", file.getvalue())
    assert words(at)["original"]["size"] == [60, 40]
    assert "Turned upright, as its EXIF orientation says." in words(at)["original"]["facts"]


def test_a_large_photograph_is_drawn_smaller_and_says_so():
    at = upload(page(kernel="identity"), "mine.png", photograph(800, 1500))
    assert words(at)["original"]["size"] == [800, 1500]
    assert shown(at)[0].shape == (1, 267, 500)
    fact = "Drawn smaller: each pixel is the mean of 3 × 3."
    assert fact in words(at)["original"]["facts"]
    assert fact in words(at)["result"]["facts"]


def test_out_of_range_links_are_moved_and_named():
    at = page(row="9999", stride="0x0", kernel="none", show="x", colour="1")
    assert "Patch row 9999 is not possible here" in at.info[0].value
    assert "This picture is grey" in at.info[0].value
    assert address(at) == {"row": "504"}


def test_the_presenter_view_is_the_pictures_alone():
    at = page(present="1", kernel="corner")
    assert words(at)["present"] is True
    assert words(at)["kernel"]["taps"] == ["−4", "5", "5", "−4", "5", "5", "−4", "−4", "−4"]
    assert not at.selectbox
    assert not at.file_uploader
    assert address(at) == {"present": "1", "kernel": "corner"}


def test_sending_a_patch_opens_the_stage_with_its_pixels():
    at = page(kernel="edge-4", row="100", column="200", patch="6")
    expected = sample_picture("camera").pixels[:, 100:106, 200:206]
    control(at.button, "picture_send").click().run()
    assert not at.exception
    scene, notes = scene_of(address(at))
    assert notes == ()
    np.testing.assert_array_equal(scene.input_array(), expected)
    np.testing.assert_array_equal(
        scene.output(), conv2d(expected, CATALOGUE["edge-4"].weights[None, None])
    )


def test_an_upload_puts_the_patch_in_its_middle_and_keeps_the_wish_for_colour():
    at = upload(page(row="0", column="0"), "mine.png", photograph())
    assert (patch(at)[0]["row"], patch(at)[0]["column"]) == (16, 26)
    control(at.toggle, "picture_colour").set_value(True).run()
    control(at.file_uploader, "picture_upload").set_value(None).run()
    assert address(at) == {"picture": "coffee", "colour": "1"}
    upload(at, "other.png", photograph(20, 20))
    assert address(at) == {"picture": "coffee", "own": "1", "colour": "1"}
    assert patch(at)[1].shape == (3, 8, 8)
