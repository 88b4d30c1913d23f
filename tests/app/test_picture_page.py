"""The Picture page, run without a browser: controls, address, uploads, what is said."""

import gc
import io
import json
import struct
import weakref

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from app.page.styled import style_key
from app.pictures.samples import sample_picture
from app.pictures.uploads import Picture, read_picture
from kernels import CATALOGUE, conv2d
from kernels.pictures.display import DISPLAYS, Measured, number, usual_reach
from kernels.pictures.images import shrink_by, to_grey
from kernels.reading.link_text import padding_ends
from kernels.scene.examples import scene_of


def page(**address: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.run()
    at.switch_page("screens/picture/picture.py")
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def component(at: AppTest, key: str):
    """What is sent to the component of that key."""
    keys = f"-{key}", f"-{style_key('unseen', f'{key}_')}"
    return next(c.proto for c in at.get("bidi_component") if c.proto.id.endswith(keys))


def payload(at: AppTest, key: str) -> tuple[dict, bytes]:
    """Header and bytes of a packed payload."""
    data = component(at, key).bytes
    length = int.from_bytes(data[:4], "little")
    return json.loads(data[4 : 4 + length]), data[4 + length :]


def words(at: AppTest) -> dict:
    return payload(at, "picture_loupe")[0]


def shown(at: AppTest) -> tuple[np.ndarray, np.ndarray]:
    """The pixels of original and result."""
    original, result = (payload(at, key)[1] for key in ("picture_loupe_original", "picture_loupe"))
    return read_picture(original).pixels, read_picture(result).pixels


def pinned(at: AppTest) -> tuple[dict, np.ndarray]:
    """The place under the loupe: what is said of it, and the pixels of its window."""
    header, pixels = payload(at, "picture_loupe_pinned")
    return header, np.frombuffer(pixels, dtype=np.uint8).reshape(header["shape"])


def editor(at: AppTest) -> dict:
    """What the kernel's editor shows."""
    return json.loads(component(at, "picture_kernel_editor").json)


def tiles(at: AppTest, key: str = "picture_maps") -> dict[str, dict]:
    """The tiles of a gallery by their id."""
    rows = payload(at, key)[0]["rows"]
    return {cell["id"]: cell for row in rows for cell in row["cells"]}


def opened(at: AppTest, *expanders: str) -> AppTest:
    for key in expanders:
        at.session_state[f"picture_{key}"] = True
    return at.run()


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
    opened(at, "photograph")
    control(at.file_uploader, "picture_upload").set_value((name, data, "image/png")).run()
    assert not at.exception
    return at


def test_opens_on_a_sample_with_an_edge_kernel_shown_signed():
    at = page()
    original, result = shown(at)
    camera = sample_picture("camera").pixels
    np.testing.assert_array_equal(original, camera)
    answers = conv2d(camera.astype(float), CATALOGUE["sobel-across"].weights[None, None])
    expected = DISPLAYS["signed"](answers, Measured.of(answers, usual_reach(answers, 99.5)))
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
    assert "".join(text for text, _ in pieces) == "⌊(400 + 2 × 0 − 3) / 1⌋ + 1"


def test_choosing_a_kernel_takes_its_display_and_its_numbers_with_it():
    at = page()
    control(at.selectbox, "picture_kernel").set_value("gaussian").run()
    assert address(at) == {"kernel": "gaussian"}
    assert control(at.selectbox, "picture_display").value == "clip"
    assert editor(at)["texts"] == ["1", "2", "1", "2", "4", "2", "1", "2", "1"]
    assert editor(at)["divisor"] == "16"
    assert words(at)["result"]["title"] == "Result: Gaussian blur, divided by 16"


def test_edited_numbers_are_ones_own_kernel_and_travel_in_the_address():
    at = opened(page(kernel="box"), "typed")
    assert control(at.text_area, "picture_taps").value == "1 1 1\n1 1 1\n1 1 1\n/ 9"
    control(at.text_area, "picture_taps").set_value("[[0, 1], [-1, 2]] / 3").run()
    assert address(at) == {"kernel": "own", "w": "0 1_-1 2", "divisor": "3"}
    assert control(at.selectbox, "picture_kernel").value is None
    assert editor(at)["texts"] == ["0", "1", "-1", "2"]
    control(at.text_area, "picture_taps").set_value("1 2").run()
    assert editor(at)["divisor"] == "1", "a new matrix brings its own divisor"
    control(at.text_area, "picture_taps").set_value("[[0, 1], [-1, 2]] / 3").run()
    again = page(**address(at))
    np.testing.assert_array_equal(shown(again)[1], shown(at)[1])


def test_numbers_that_cannot_be_read_stay_with_a_sentence_and_the_picture_as_it_was():
    at = opened(page(), "typed")
    before = shown(at)[1]
    control(at.text_area, "picture_taps").set_value("1 x").run()
    assert editor(at)["error"].startswith("“x” is not a number")
    assert control(at.text_area, "picture_taps").value == "1 x"
    np.testing.assert_array_equal(shown(at)[1], before)
    control(at.text_area, "picture_taps").set_value("1 2").run()
    assert editor(at)["error"] == ""


def test_a_setting_builds_the_kernel_anew_with_the_size_that_suits_it():
    at = page(kernel="gabor")
    control(at.slider, "picture_set_gabor_wavelength").set_value(4.0).run()
    expected = CATALOGUE["gabor"].at(None, wavelength=4.0)
    assert [float(text) for text in editor(at)["texts"]] == expected.taps.ravel().tolist()
    assert address(at) == {"kernel": "gabor", "kset": "wavelength:4"}


def test_another_size_follows_the_kernels_own_rule_or_says_that_it_cannot():
    at = page(kernel="box")
    control(at.number_input, "picture_height").set_value(5).run()
    assert address(at) == {"kernel": "box", "ksize": "5x3"}
    assert editor(at)["divisor"] == "15"
    at = page(kernel="sobel-across")
    control(at.number_input, "picture_width").set_value(4).run()
    assert address(at) == {"ksize": "5x5"}
    control(at.number_input, "picture_height").set_value(4).run()
    assert address(at) == {}
    at = page(kernel="curve")
    assert control(at.number_input, "picture_width").disabled


def test_a_kernel_of_ones_own_gets_a_rim_of_zeros():
    at = page(kernel="own", w="1 2_3 4")
    control(at.number_input, "picture_height").set_value(3).run()
    assert editor(at)["texts"] == ["0", "0", "1", "2", "3", "4"] or editor(at)["rows"] == 3
    assert sorted(editor(at)["texts"]) == ["0", "0", "1", "2", "3", "4"]


def test_an_offset_is_added_to_every_answer_and_said():
    at = page(kernel="emboss-grey")
    assert editor(at)["offset"] == "128"
    assert words(at)["result"]["title"] == "Result: Emboss on grey, plus 128"
    taps = CATALOGUE["emboss-grey"].weights[None, None]
    answers = conv2d(sample_picture("camera").pixels.astype(float), taps) + 128
    np.testing.assert_array_equal(shown(at)[1], DISPLAYS["clip"](answers).pixels)


def test_each_colour_is_filtered_by_itself():
    at = page(picture="coffee", kernel="sharpen")
    control(at.segmented_control, "picture_colour").set_value("each").run()
    original, result = shown(at)
    coffee = sample_picture("coffee").pixels
    np.testing.assert_array_equal(original, coffee)
    weights = CATALOGUE["sharpen"].weights[None, None]
    each = np.concatenate([conv2d(plane[None].astype(float), weights) for plane in coffee])
    np.testing.assert_array_equal(result, DISPLAYS["clip"](each).pixels)
    assert pinned(at)[1].shape == (3, 3, 3)


def test_a_kernel_with_a_slice_for_each_colour_gives_one_map():
    at = page(picture="coffee", kernel="box", colour="sum", mix="1 -1 0.5", show="rescale")
    coffee = sample_picture("coffee").pixels.astype(float)
    slices = np.array([1, -1, 0.5])[:, None, None] * CATALOGUE["box"].weights
    answers = conv2d(coffee, slices[None])
    assert shown(at)[1].shape == (1, 398, 598)
    np.testing.assert_allclose(
        shown(at)[1].astype(int), DISPLAYS["rescale"](answers).pixels, atol=1
    )
    header, window = pinned(at)
    row, column = header["index"]
    np.testing.assert_array_equal(window, coffee[:, row : row + 3, column : column + 3])
    np.testing.assert_allclose(header["values"], answers[:, row, column], rtol=1e-6)


def test_signed_colours_are_three_planes_of_one_map():
    at = page(show="colours")
    result = shown(at)[1]
    assert result.shape == (3, 510, 510)
    camera = sample_picture("camera").pixels.astype(float)
    answers = conv2d(camera, CATALOGUE["sobel-across"].weights[None, None])[0]
    # Orange above zero has more red than blue, violet below the other way round.
    strong = np.abs(answers) > 200
    warmer = result[0].astype(int) > result[2]
    assert (warmer == (answers > 0))[strong].all()


def test_a_grey_picture_offers_no_colour():
    assert "picture_colour" not in [box.key for box in page().segmented_control]


def test_padding_and_stride_change_size_and_formula_together():
    at = opened(page(picture="shapes"), "windows")
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


@pytest.mark.parametrize("padding", ["0.1x0.1", "0.1x2.2", "3.0x0.6"])
def test_uneven_padding_of_a_link_stays_when_another_control_is_changed(padding):
    at = opened(page(padding=padding), "windows")
    control(at.number_input, "picture_row").set_value(5).run()
    assert padding_ends(address(at)["padding"]) == padding_ends(padding) and not at.info
    control(at.number_input, "picture_padding_top").set_value(2).run()
    changed = padding.replace(padding[0], "2", 1)
    assert padding_ends(address(at)["padding"]) == padding_ends(changed)


def test_padding_of_each_end_begins_with_what_there_is():
    at = opened(page(padding="1x2"), "windows")
    control(at.selectbox, "picture_padding").set_value("each end").run()
    assert address(at)["padding"] == "1x2"
    control(at.number_input, "picture_padding_left").set_value(0).run()
    assert address(at)["padding"] == "1x0.2"
    control(at.selectbox, "picture_padding").set_value("per side").run()
    control(at.selectbox, "picture_padding").set_value("none").run()
    assert "padding" not in address(at)


def test_another_picture_puts_its_own_place_under_the_loupe():
    at = page(row="0", column="0")
    control(at.selectbox, "picture_sample").set_value("shapes").run()
    header, pixels = pinned(at)
    assert header["place"] == [83, 286]
    np.testing.assert_array_equal(pixels, sample_picture("shapes").pixels[:, 82:85, 285:288])


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_the_boxes_move_the_loupe_also_into_the_border(mode):
    at = page(kernel="curve", padding="same", mode=mode)
    control(at.number_input, "picture_row").set_value(0).run()
    control(at.number_input, "picture_column").set_value(511).run()
    header, window = pinned(at)
    assert (header["place"], header["index"]) == ([0, 511], [0, 511])
    numpy_mode = {"zeros": "constant", "replicate": "edge", "circular": "wrap"}.get(mode, mode)
    padded = np.pad(sample_picture("camera").pixels[0], 3, mode=numpy_mode)
    np.testing.assert_array_equal(window[0], padded[:7, -7:])
    value = (window[0] * CATALOGUE["curve"].weights).sum()
    assert header["values"] == [pytest.approx(value)]


def test_a_moved_loupe_sends_neither_picture_again():
    at = page()
    keys = ("picture_loupe", "picture_loupe_original", "picture_loupe_pinned")
    before = [component(at, key).bytes for key in keys]
    control(at.number_input, "picture_row").set_value(10).run()
    after = [component(at, key).bytes for key in keys]
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
    at = page(own="1", colour="each")
    assert address(at) == {"picture": "coffee", "colour": "each"}


def test_what_is_folded_is_not_drawn_but_a_file_that_was_given_stays_in_its_box():
    at = page()
    assert not at.file_uploader
    assert "picture_stride_0" not in [box.key for box in at.number_input]
    upload(at, "mine.png", photograph())
    at.session_state["picture_photograph"] = False
    assert at.run().file_uploader and address(at) == {"own": "1"}


def test_an_upload_can_be_left_for_a_sample_and_found_again():
    at = upload(page(), "mine.png", photograph())
    control(at.selectbox, "picture_sample").set_value("brick").run()
    assert address(at) == {"picture": "brick"}
    control(at.selectbox, "picture_sample").set_value("own").run()
    assert words(at)["original"]["size"] == [40, 60]


def test_padding_that_a_tiny_upload_needs_goes_away_with_it():
    at = upload(opened(page(kernel="curve"), "windows"), "dot.png", photograph(5, 5))
    assert control(at.selectbox, "picture_padding").value == "same"
    assert at.info[0].value.count("does not fit") == 1
    control(at.selectbox, "picture_display").set_value("absolute").run()
    assert control(at.selectbox, "picture_padding").value == "same", "still too small"
    control(at.selectbox, "picture_sample").set_value("brick").run()
    assert control(at.selectbox, "picture_padding").value == "none"
    assert not at.info

    control(at.selectbox, "picture_padding").set_value("same").run()
    control(at.selectbox, "picture_sample").set_value("own").run()
    control(at.selectbox, "picture_sample").set_value("brick").run()
    assert control(at.selectbox, "picture_padding").value == "same", "it was chosen"


def test_an_upload_survives_a_visit_to_the_other_page():
    at = upload(page(), "mine.png", photograph())
    at.switch_page("screens/sliding_window/sliding_window.py").run()
    at.switch_page("screens/picture/picture.py").run()
    assert words(at)["original"]["size"] == [40, 60]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"no picture", "mine.png: This is text, not a picture"),
        (photograph()[:-60], "is incomplete or damaged"),
        (b"GIF89a" + struct.pack("<HH", 60000, 60000) + b"\0" * 9, "at most 64 megapixels"),
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


def test_a_large_photograph_is_worked_on_at_display_size_and_says_so():
    at = upload(page(kernel="box"), "mine.png", photograph(800, 1500))
    small = shrink_by(to_grey(read_picture(photograph(800, 1500)).pixels)[None], 3)
    assert words(at)["original"]["size"] == [267, 500]
    np.testing.assert_allclose(shown(at)[0].astype(int), small, atol=1)
    fact = "Shrunk from 800 × 1,500 pixels, to see a kernel's effect"
    assert fact in words(at)["original"]["facts"]


def test_at_full_size_every_pixel_is_filtered_and_the_loupe_stays_on_its_place():
    at = upload(page(kernel="box"), "mine.png", photograph(800, 1500))
    control(at.number_input, "picture_row").set_value(100).run()
    control(at.toggle, "picture_full").set_value(True).run()
    assert words(at)["original"]["size"] == [800, 1500]
    assert words(at)["result"]["size"] == [798, 1498]
    assert pinned(at)[0]["place"][0] == 301
    fact = "Drawn smaller: each pixel is the mean of 3 × 3."
    assert fact in words(at)["original"]["facts"]
    assert fact in words(at)["result"]["facts"]
    assert address(at)["full"] == "1"
    control(at.toggle, "picture_full").set_value(False).run()
    assert pinned(at)[0]["place"][0] == 100
    assert "full" not in address(at)


def test_full_size_gives_its_memory_back_when_it_is_switched_off():
    at = upload(page(kernel="box"), "mine.png", photograph(800, 1500))
    control(at.toggle, "picture_full").set_value(True).run()
    gc.collect()
    whole = [found for found in gc.get_objects() if is_whole(found)]
    assert len(whole) == 1
    (kept,) = map(weakref.ref, whole)
    del whole
    control(at.toggle, "picture_full").set_value(False).run()
    assert kept() is None


def is_whole(found: object) -> bool:
    return isinstance(found, Picture) and found.size == (800, 1500)


def test_the_original_of_a_photograph_is_seen_in_colour_while_its_grey_is_filtered():
    at = page(picture="coffee")
    header, files = payload(at, "picture_loupe_original")
    start, length = header["seen"]
    values, seen = read_picture(files[:start]), read_picture(files[start : start + length])
    np.testing.assert_array_equal(seen.pixels, sample_picture("coffee").pixels)
    np.testing.assert_array_equal(values.pixels[0], to_grey(seen.pixels))
    assert any(
        fact.startswith("Filtered as grey: 0.299 R") for fact in words(at)["original"]["facts"]
    )


@pytest.mark.parametrize(
    "settings", [{"picture": "camera"}, {"picture": "coffee", "colour": "each"}]
)
def test_the_planes_that_are_filtered_are_seen_as_they_are(settings):
    header, _ = payload(page(**settings), "picture_loupe_original")
    assert header["seen"][1] == 0


def test_the_other_parts_of_the_page_work_at_display_size():
    at = upload(page(kernel="box"), "mine.png", photograph(800, 1500))
    control(at.toggle, "picture_full").set_value(True).run()
    control(at.segmented_control, "picture_look").set_value("bank").run()
    assert {tuple(tile["size"]) for tile in tiles(at).values()} == {(267, 500)}
    assert "full" not in address(at)


def test_a_small_picture_has_one_size_only():
    assert address(page(full="1")) == {}
    assert "picture_full" not in [box.key for box in page().toggle]


def test_out_of_range_links_are_moved_and_named():
    at = page(row="9999", stride="0x0", kernel="qqq", show="x", colour="each")
    assert "Row 9999 is not possible here" in at.info[0].value
    assert "This picture is grey" in at.info[0].value
    assert address(at) == {"row": "511"}


def test_the_presenter_view_is_the_pictures_and_what_is_worth_changing_before_a_class():
    at = page(present="1", kernel="corner")
    assert words(at)["present"] is True
    taps = words(at)["layer"]["kernel"]["taps"]
    assert taps == {"shape": [1, 3, 3], "values": [-4, 5, 5, -4, 5, 5, -4, -4, -4]}
    assert [box.label for box in at.selectbox] == ["Picture", "Kernel", "Padding"]
    assert not at.file_uploader
    assert address(at) == {"present": "1", "kernel": "corner"}
    control(at.selectbox, "picture_kernel").set_value("box").run()
    control(at.number_input, "picture_stride_1").set_value(2).run()
    control(at.selectbox, "picture_padding").set_value("same").run()
    changed = {"kernel": "box", "stride": "1x2", "padding": "same"}
    assert address(at) == {"present": "1", **changed}


def test_the_planes_parts_and_sum_of_a_colour_picture_stand_side_by_side():
    at = page(picture="coffee", look="channels", kernel="box", mix="1 2 -1")
    found = tiles(at)
    assert [found[f"plane {c}"]["title"] for c in ("red", "green", "blue")] == [
        "Red", "Green", "Blue"]  # fmt: skip
    assert found["original"]["operator"]["words"] == "together make"
    coffee = sample_picture("coffee").pixels.astype(float)
    parts = [
        conv2d(plane[None], share * CATALOGUE["box"].weights[None, None])[0]
        for plane, share in zip(coffee, (1, 2, -1), strict=True)
    ]
    for name, values in [("part blue", parts[2]), ("sum", sum(parts))]:
        expected = f"values {number(values.min())} to {number(values.max())}"
        assert found[name]["facts"][0].split(".")[0] == expected.split(".")[0]
    assert {"way grey", "way each", "way sum"} <= set(found)


def test_two_colours_of_one_grey_have_no_edge_in_grey():
    at = page(picture="one-grey", look="channels")
    found = tiles(at)
    assert any(fact == "values 0 to 0" for fact in found["way grey"]["facts"])
    assert not any(fact == "values 0 to 0" for fact in found["way each"]["facts"])


def test_a_grey_picture_has_no_channels_to_show_and_says_so():
    at = page(look="channels")
    assert "has one channel" in at.info[0].value


def test_a_bank_shows_where_each_kernel_fires_most():
    at = page(look="bank", bank="detectors", picture="angles")
    found = tiles(at)
    assert len(found) == 8 + 2, "and the picture, and the kernel that is chosen"
    picture = sample_picture("angles").pixels.astype(float)
    plain, zero_mean = (
        next(tile for id, tile in found.items() if id.split()[0] == name)
        for name in ("angle", "angle-zero-mean")
    )
    for name, tile in (("angle", plain), ("angle-zero-mean", zero_mean)):
        padded = np.pad(picture, ((0, 0), (1, 1), (1, 1)), mode="edge")
        answers = conv2d(padded, CATALOGUE[name].weights[None, None])[0]
        row, column = np.unravel_index(answers.argmax(), answers.shape)
        assert tuple(tile["mark"]) == (row, column)
    assert "Flat white gives 841.5" in plain["facts"]
    assert "Flat white gives 0" in zero_mean["facts"]


def test_relu_and_pooling_change_the_maps():
    at = page(look="bank")
    control(at.selectbox, "picture_pool").set_value(4).run()
    control(at.toggle, "picture_relu").set_value(False).run()
    assert address(at) == {"look": "bank", "relu": "0", "pool": "4"}
    sizes = {id: tuple(tile["size"]) for id, tile in tiles(at).items()}
    assert sizes.pop("original") == (512, 512)
    assert set(sizes.values()) == {(128, 128)}


def test_the_border_is_shown_under_every_padding_mode_and_the_picture_under_every_stride():
    at = page(look="border", kernel="curve", picture="shapes", padding="2x2")
    found = tiles(at)
    assert [f"read {m}" in found for m in ("zeros", "reflect", "replicate", "circular")] == 4 * [
        True
    ]
    # Most is to be seen where the stair of greys ends, at the bottom.
    assert found["read zeros"]["size"] == [18 + 3, 18 + 3]
    # Where pixels are copied, they are to be seen.
    hatched = {name for name, tile in found.items() if tile["frame"] and tile["hatched"]}
    assert hatched == {"read zeros"}
    strides = tiles(at, "picture_maps_stride")
    sizes = [tuple(strides[f"stride {s}"]["size"]) for s in (1, 2, 3, 4)]
    assert sizes == [((400 + 4 - 7) // s + 1, (600 + 4 - 7) // s + 1) for s in (1, 2, 3, 4)]


@pytest.mark.long
def test_the_border_is_drawn_anew_for_all_that_changes_it_and_for_nothing_else():
    def drawn(**other: str) -> list[bytes]:
        at = page(**{"look": "border", "picture": "cat", "padding": "1x1"} | other)
        return [component(at, key).bytes for key in ("picture_maps", "picture_maps_stride")]

    corners, strides = drawn()
    assert drawn(stride="2x2") == [corners, strides]
    assert drawn(row="3", column="4") == [corners, strides]
    for setting in ({"padding": "2x2"}, {"mode": "reflect"}):
        other = drawn(**setting)
        assert other[0] == corners
        assert other[1] != strides
    for setting in (
        {"kernel": "edge-4"},
        {"show": "absolute"},
        {"colour": "each"},
        {"colour": "sum"},
        {"picture": "coffee"},
    ):
        other = drawn(**setting)
        assert other[0] != corners
        assert other[1] != strides
    assert drawn(colour="sum", mix="1 0 0") != drawn(colour="sum")


def test_the_histogram_is_drawn_only_when_it_is_asked_for():
    at = page()
    assert not at.get("plotly_chart")
    at = opened(at, "histogram")
    assert len(at.get("plotly_chart")) == 2


def test_sending_a_patch_opens_the_stage_with_its_pixels():
    at = page(kernel="edge-4", row="103", column="203", patch="6")
    expected = sample_picture("camera").pixels[:, 100:106, 200:206]
    control(at.button, "picture_send").click().run()
    assert not at.exception
    scene, notes = scene_of(address(at))
    assert notes == ()
    np.testing.assert_array_equal(scene.input_array(), expected)
    np.testing.assert_array_equal(
        scene.output(), conv2d(expected, CATALOGUE["edge-4"].weights[None, None])
    )


def test_an_upload_has_its_middle_under_the_loupe_and_keeps_the_wish_for_colour():
    at = upload(page(row="0", column="0"), "mine.png", photograph())
    assert pinned(at)[0]["place"] == [20, 30]
    control(at.segmented_control, "picture_colour").set_value("each").run()
    control(at.file_uploader, "picture_upload").set_value(None).run()
    assert address(at) == {"picture": "coffee", "colour": "each"}
    upload(at, "other.png", photograph(20, 20))
    assert address(at) == {"picture": "coffee", "own": "1", "colour": "each"}
    assert pinned(at)[1].shape == (3, 3, 3)
