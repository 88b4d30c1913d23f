"""The Pooling page, run without a browser: its three looks, address, edits, bad input."""

import io
import json
import re

import numpy as np
import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from app.screens.pooling.state import PAGE as POOLING
from kernels.scene.pooling_examples import POOLING_EXAMPLES
from lessons.views.pooling_shift import ROWS
from tests.components_of import back_to, components_of
from tests.sampled import sampled

settle_pooling = POOLING.settle


def page(**address: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/pooling/pooling.py")
    for key, value in address.items():
        at.query_params[key] = value
    for folded in ("pooling_sizes", "pooling_more", "pooling_numbers"):
        at.session_state[folded] = True
    at.run()
    assert not at.exception
    return at


def payload(at: AppTest) -> dict:
    proto = components_of(at)[0].proto
    data = json.loads(proto.mixed.json or proto.json)
    data.pop("commits", None)  # they name the session
    return data


def layers(at: AppTest) -> dict[str, np.ndarray]:
    """The outputs that the stage is handed, by kind of pooling."""
    return {
        layer["kind"]: np.array(layer["output"]["values"], float).reshape(layer["output"]["shape"])
        for layer in payload(at)["layers"]
    }


def address(at: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[-1] for k, v in at.query_params.items()}


def box(at: AppTest, key: str):
    every = (*at.number_input, *at.text_input, *at.text_area, *at.selectbox, *at.toggle)
    return next(found for found in every if found.key == f"pooling_{key}")


def group(at: AppTest, key: str):
    return next(found for found in at.button_group if found.key == f"pooling_{key}")


def drawn(at: AppTest) -> str:
    """The rows of the shift test."""
    return next(body for each in at.get("html") if "shiftrows" in (body := each.proto.body))


def said(at: AppTest) -> str:
    return " ".join(words.value for words in (*at.markdown, *at.caption))


# Numbers


def test_opens_on_max_and_average_of_the_same_windows():
    at = page()
    found = layers(at)
    assert list(found) == ["max", "avg"]
    assert found["max"][0].tolist() == [[6, 8], [3, 4]]
    assert found["avg"][0].tolist() == [[3.25, 5.25], [2, 2]]
    assert payload(at)["step"] == 0 and address(at) == {}
    assert "0 parameters" in said(at) and "1 channel in, 1 channel out" in said(at)


@pytest.mark.parametrize("name", POOLING_EXAMPLES)
def test_every_example_shows_what_the_kernels_compute(name):
    at = page(example=name)
    view, _ = settle_pooling({"example": name})
    assert tuple(layers(at)) == view.kinds
    for kind, values in layers(at).items():
        assert np.array_equal(values, view.scene.pooled_by(kind).output())
    assert not at.info


def test_a_chosen_kind_joins_the_others_and_the_address():
    at = page()
    group(at, "kinds").set_value(["avg", "median", "max"]).run()
    assert list(layers(at)) == ["max", "avg", "median"]
    assert layers(at)["median"][0].tolist() == [[3, 5.5], [2, 2]]
    assert address(at) == {"kinds": "max.avg.median"}


def test_the_last_kind_cannot_be_put_away():
    at = page(kinds="min")
    group(at, "kinds").set_value([]).run()
    assert list(layers(at)) == ["min"] and group(at, "kinds").value == ["min"]


def test_a_control_changes_picture_and_address_together():
    at = page()
    box(at, "stride_0").set_value(1).run()
    assert layers(at)["max"].shape == (1, 3, 2)
    assert address(at) == {"stride": "1x2"}


def test_divisors_follow_count_include_pad_and_ceil_mode():
    assert payload(page(example="corner"))["layers"][1]["divisors"] == [9, 9, 9, 9]
    assert payload(page(example="corner-uncounted"))["layers"][1]["divisors"] == [4, 4, 4, 4]
    assert payload(page(example="clipped"))["layers"][1]["divisors"] == [4, 4, 2, 4, 4, 2, 2, 2, 1]
    at = page(example="corner")
    box(at, "countpad").set_value(False).run()
    assert address(at) == {"example": "corner-uncounted"}
    assert "zeros, not counted in the divisor" in said(at)


def test_padding_holds_no_number_so_that_each_pooling_can_take_it_for_its_own():
    shown = payload(page(example="corner"))
    assert shown["padding_value"] is None and shown["links"][0]["sources"][0] is None
    assert "minus infinity, it never wins" in said(page(example="negative"))


def test_pasted_numbers_set_size_and_channels_too():
    at = page()
    box(at, "x_text").set_value("1 2 3 4\n4 3 2 1\n\n0 0 0 9\n9 0 0 0").run()
    assert layers(at)["max"].tolist() == [[[4, 4]], [[9, 9]]]
    assert address(at)["cin"] == "2" and "2 channels in, 2 channels out" in said(at)


def test_text_that_is_no_matrix_stays_with_a_sentence_and_loses_nothing():
    at = page()
    before = payload(at)
    box(at, "x_text").set_value("1 2\n3 x").run()
    assert payload(at) == before
    assert "“x” is not a number" in at.error[0].value
    assert box(at, "x_text").value == "1 2\n3 x"


def test_an_illegal_link_is_moved_to_the_nearest_and_says_so():
    at = page(kernel="9x2", kinds="max.mode", times="0")
    text = at.info[0].value
    for words in ("Kernel height 9", "“mode” is not a kind of pooling", "Repetitions 0"):
        assert words in text
    assert address(at) == {"kernel": "4x2", "kinds": "max", "times": "1"}


@pytest.mark.parametrize(
    "start",
    sampled(
        [
            {"example": "all"},
            {"example": "corner"},
            {"size": "16x3", "kernel": "3x2", "padding": "1x1", "dilation": "2x1", "ceil": "1"},
            {"look": "photo"},
            {"look": "shift"},
            {"look": "shift", "row": "1 2", "window": "2"},
            {"look": "shift", "on": "photo"},
        ],
        2,
        5,
    ),
    ids=lambda start: "-".join(start.values()),
)
def test_bounds_of_every_control_keep_everything_legal(start):
    at = page(**start)
    opened = address(at)
    for key in [found.key for found in at.number_input]:
        for end in ("min", "max"):
            back_to(at, start)
            assert address(at) == opened
            found = next(each for each in at.number_input if each.key == key)
            found.set_value(getattr(found, end)).run()
            assert not at.exception
            assert not at.info, (key, end, [sentence.value for sentence in at.info])


# Photograph


def test_a_photograph_is_pooled_as_often_as_asked():
    at = page(look="photo", picture="camera", times="2")
    kinds = [part.proto.component_name for part in components_of(at)]
    assert sum("gallery" in kind for kind in kinds) == 2
    assert "262,144 numbers a channel, **one number a channel** is left" in said(at)
    assert "Max: 255. Average: 129.06." in said(at)
    group(at, "look").set_value("shift").run()
    assert address(at)["look"] == "shift" and address(at)["times"] == "2"


def test_a_colour_photograph_keeps_its_channels():
    assert "Max: red " in said(page(look="photo", picture="coffee"))


# Shift test


def test_the_textbook_row_is_counted():
    at = page(look="shift")
    assert "4 of 4 numbers (all) of the input changed" in said(at)
    assert "**Max pooling**: 2 of 4 numbers (50 %) changed" in said(at)
    assert drawn(at).count('class="changed"') == 4 + 2 + 3


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("within", "0 of 4 numbers (0 %) changed. The output stayed as it was (invariant"),
        (
            "across",
            "4 of 4 numbers (all) changed. A move by 1 is not a whole number of strides of 2",
        ),
        ("stride", "Moved back by 1, the 3 outputs that both share are the same"),
    ],
)
def test_a_ready_row_says_what_it_is_for(name, words):
    at = page(look="shift")
    box(at, "ready").set_value(name).run()
    assert words in said(at)
    assert settle_pooling(address(at))[0].ready == name


def test_a_photograph_moved_by_one_pixel():
    at = page(look="shift", on="photo", window="2", every="2")
    assert "193,175 of 254,016 numbers (76 %) of the input changed" in said(at)
    assert "neither invariant nor equivariant" in said(at)
    box(at, "by").set_value(2).run()
    assert "the 63,252 outputs that both share are the same" in said(at)


def test_a_row_that_cannot_be_read_stays_with_a_sentence():
    at = page(look="shift")
    box(at, "row").set_value("1 2 zwei").run()
    assert "“zwei” is not a number" in at.error[0].value
    assert box(at, "row").value == "1 2 zwei" and "2 of 4" in said(at)


# Predict, present, links


def test_predicting_hides_the_counts_until_they_are_asked_for():
    at = page(look="shift", predict="1")
    assert "2 of 4" not in said(at) + drawn(at) and drawn(at).count(">?<") == 2 + 2 * 4
    at.button(key="pooling_reveal").click().run()
    assert "2 of 4 numbers (50 %) changed" in said(at)
    box(at, "by").set_value(2).run()
    assert "changed" not in said(at)
    assert address(at)["predict"] == "1"


def test_the_stage_is_told_to_hide_its_results():
    assert payload(page())["predict"] is False
    at = page(predict="1")
    assert payload(at)["predict"] is True and address(at) == {"predict": "1"}


@pytest.mark.parametrize("look", ["numbers", "photo", "shift"])
def test_the_presenter_view_shows_the_look_alone_and_keeps_its_settings(look):
    start = {"look": look, "present": "1", "predict": "1", "every": "2", "kinds": "min.median"}
    at = page(**start)
    # Beside it only the slim bar, which is seen while somebody moves.
    slim = ["Example", "Predict, then reveal"] if look == "numbers" else []
    assert [box.label for box in (*at.selectbox, *at.toggle)] == slim and not at.number_input
    at.run()
    expected = {key: value for key, value in start.items() if (key, value) != ("look", "numbers")}
    assert address(at) == expected


@pytest.mark.parametrize(
    "start",
    [
        {"example": "all", "step": "2", "p": "3"},
        {"look": "photo", "picture": "cat", "times": "5", "pool": "3x3", "large": "1"},
        {"look": "shift", **ROWS["across"].settings, "predict": "1"},
    ],
    ids=["numbers", "photo", "shift"],
)
def test_reloading_the_address_brings_the_same_screen_back(start):
    at = page(**start)
    again = page(**address(at))
    assert address(again) == address(at) and said(again) == said(at)
    for first, second in zip(components_of(at), components_of(again), strict=True):
        for proto in (first.proto, second.proto):
            # It names the session.
            proto.mixed.json = re.sub(r'"session": "\w+"', "", proto.mixed.json)
            proto.json = re.sub(r'"session": "\w+"', "", proto.json)
        assert first.proto == second.proto


def test_markup_in_the_link_is_only_text():
    at = page(look="shift", row="<script>alert(1)</script>", kinds="<b>")
    assert "<script>" not in "".join(str(html.proto.body) for html in at.get("html"))


# --- a photograph of one's own ---


def photograph(grey: bool = False) -> bytes:
    rows, columns = np.mgrid[0:40, 0:60]
    pixels = rows * 3 if grey else np.stack([rows * 3, columns * 2, rows + columns], axis=-1)
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, format="PNG")
    return file.getvalue()


def with_upload(data: bytes, screen: str) -> AppTest:
    """A session that has uploaded a photograph on the Picture page and goes to another one."""
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.run()
    at.session_state["picture_photograph"] = True
    at.switch_page("screens/picture/picture.py").run()
    uploader = next(box for box in at.file_uploader if box.key == "picture_upload")
    uploader.set_value(("mine *bold*.png", data, "image/png")).run()
    at.switch_page(f"screens/{screen}/{screen}.py").run()
    assert not at.exception
    return at


def gallery_tiles(at: AppTest) -> list[dict]:
    found = []
    for each in components_of(at):
        data = each.proto.bytes
        if data:
            header = json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")])
            found += [cell for row in header.get("rows", ()) for cell in row["cells"]]
    return found


@pytest.mark.parametrize(("look", "size"), [("photo", [40, 60]), ("shift", None)])
def test_an_uploaded_photograph_is_offered_and_pooled(look, size):
    at = with_upload(photograph(), "pooling")
    group(at, "look").set_value(look).run()
    if look == "shift":
        group(at, "on").set_value("photo").run()
    assert box(at, "picture").options[0] == "mine *bold*.png"
    box(at, "picture").set_value("upload").run()
    assert not at.exception
    assert address(at)["picture"] == "upload"
    sizes = [tile["size"] for tile in gallery_tiles(at)]
    if size:
        assert size in sizes and [20, 30] in sizes
    assert max(map(max, sizes)) <= 60


def test_a_link_to_it_opens_on_a_sample_and_says_so():
    at = page(look="photo", picture="upload")
    assert at.info[0].value.startswith("A link never carries an uploaded photograph")
    assert "picture" not in address(at)


@pytest.mark.parametrize("look", ["cell", "mix"])
def test_channels_shows_the_planes_of_an_uploaded_photograph(look):
    at = with_upload(photograph(), "channels")
    next(g for g in at.button_group if g.key == "channels_look").set_value(look).run()
    keys = ("channels_source", "channels_picture")
    chooser = next(found for found in at.selectbox if found.key in keys)
    assert chooser.options[0] == "mine *bold*.png"
    chooser.set_value("upload").run()
    assert not at.exception
    assert address(at)["picture"] == "upload"
    assert any(tile["size"] == [40, 60] for tile in gallery_tiles(at))


def test_channels_does_not_offer_a_grey_photograph():
    at = with_upload(photograph(grey=True), "channels")
    chooser = next(found for found in at.selectbox if found.key == "channels_source")
    assert "mine *bold*.png" not in chooser.options


def test_a_photograph_is_its_own_sessions_alone():
    first = with_upload(photograph(), "channels")
    next(g for g in first.button_group if g.key == "channels_look").set_value("mix").run()
    chooser = next(found for found in first.selectbox if found.key == "channels_picture")
    chooser.set_value("upload").run()
    stranger = AppTest.from_file("../../app/main.py", default_timeout=120)
    stranger.switch_page("screens/channels/channels.py")
    stranger.query_params["picture"] = "upload"
    stranger.query_params["look"] = "mix"
    stranger.run()
    assert all(tile["size"] != [40, 60] for tile in gallery_tiles(stranger))


def test_enlarged_pictures_of_a_row_have_one_size():
    at = page(look="photo", large="1")
    data = next(each.proto.bytes for each in components_of(at))
    header = json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")])
    # At whole numbers of screen pixels, 128 would be drawn much smaller than 64.
    assert not header["enlarged"]
    assert not header["same_scale"]
