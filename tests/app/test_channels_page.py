"""The Channels page, run without a browser: looks, counts, controls, address, predictions."""

import json
import re
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.components import tensor as tensor_component
from app.components.assets import component_text
from app.components.palette import ROLES
from app.pictures.any_picture import small_planes
from app.pictures.samples import sample_picture
from app.screens.channels.mixing import ROOM, mix_sentence, mixed, sum_of_planes
from app.screens.channels.slices import partial_maps, sum_row
from app.screens.channels.state import EXAMPLES
from app.screens.channels.state import PAGE as CHANNELS
from app.screens.channels.weights import drawn, mistake_sheets, tensor_sheet
from kernels import ConvSpec, conv2d, trace_window
from kernels.pictures.display import number
from kernels.pictures.images import to_grey
from lessons.views.channels import LOOKS
from lessons.views.colour_kernels import MIXES, SENTENCES, colour_kernels
from tests.components_of import back_to
from tests.sampled import sampled

settle_channels = CHANNELS.settle


def page(**address: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.switch_page("screens/channels/channels.py")
    for key, value in address.items():
        at.query_params[key] = value
    for folded in ("numbers", "kernels", "growth_drawer"):
        at.session_state[f"channels_{folded}"] = True
    at.run()
    assert not at.exception
    return at


def payloads(at: AppTest) -> list[dict]:
    """What the page's components were handed as JSON; pictures are handed over as bytes."""
    texts = [part.proto.mixed.json or part.proto.json for part in at.get("bidi_component")]
    # The browser's store is none of the page's: it names the session.
    shown = [data for text in texts if text and "word" not in (data := json.loads(text))]
    for data in shown:
        data.pop("commits", None)  # they name the session
    return shown


def stage(at: AppTest) -> dict:
    return next(data for data in payloads(at) if "links" in data)


def tensor(at: AppTest) -> dict:
    return next(data for data in payloads(at) if "sheets" in data)


def lines(at: AppTest) -> list[str]:
    """Each count as one line of text."""
    return [" ".join(term["text"] for term in count["terms"]) for count in tensor(at)["counts"]]


def address(at: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[-1] for k, v in at.query_params.items()}


def box(at: AppTest, kind: str, key: str):
    return next(part for part in getattr(at, kind) if part.key == f"channels_{key}")


# --- one output number ---


def test_opens_on_a_patch_of_a_photograph_under_two_kernels():
    at = page()
    shown = stage(at)
    assert shown["input"]["shape"] == [3, 5, 5]
    patch = sample_picture("coffee").pixels[:, 205:210, 385:390]
    assert shown["input"]["values"] == patch.ravel().tolist()
    assert shown["kernel"]["shape"] == [2, 3, 3, 3]
    assert shown["bias"] == [10, -20]
    assert address(at) == {}


def test_more_kernels_are_more_maps():
    at = page()
    box(at, "number_input", "maps").set_value(4).run()
    assert stage(at)["layers"][0]["output"]["shape"] == [4, 3, 3]
    assert address(at) == {"maps": "4"}


@pytest.mark.parametrize("bias", ["0", "1"])
def test_the_partial_maps_and_the_bias_are_the_map_and_the_trace_agrees(bias):
    scene = settle_channels({"step": "13", "bias": bias, "maps": "2"})[0].scene
    x, weights = scene.input_array(), scene.weight_array()
    parts = partial_maps(x, weights[1])
    added = float(scene.bias_array()[1]) if bias == "1" else 0.0
    assert np.array_equal(parts.sum(axis=0) + added, scene.output()[1])
    trace = trace_window(scene.layer, x, weights, scene.bias_array(), (1, 1), 1)
    assert parts[:, 1, 1].tolist() == trace.channel_sums.tolist()


def test_the_sum_is_written_out_for_the_step_shown():
    view, _ = settle_channels({"x": "1 2_3 4~5 6_7 8~9 10_11 12", "kernel": "2", "maps": "1",
                               "w": "1 0_0 1~0 1_1 0~1 1_1 1", "b": "-3"})  # fmt: skip
    row = sum_row(view)
    # 1 + 4; 6 + 7; 9 + 10 + 11 + 12
    assert "red 5, green 13, blue 42; 5 + 13 + 42 − 3 (bias) = 57." in row.note
    assert [item.mark_note for item in row.items if getattr(item, "mark", None)] == [
        "5", "13", "42", "57",
    ]  # fmt: skip


def test_typed_planes_and_small_numbers_take_the_place_of_the_photograph():
    at = page()
    box(at, "selectbox", "source").set_value("digits").run()
    assert max(stage(at)["input"]["values"]) < 10
    assert address(at) == {"x": "random:3"}
    box(at, "text_area", "x_text").set_value("\n\n".join(["1 2 3\n4 5 6\n7 8 9"] * 3)).run()
    assert stage(at)["input"]["shape"] == [3, 3, 3]
    box(at, "selectbox", "source").set_value("cat").run()
    assert address(at) == {"picture": "cat"}


def test_text_that_is_no_matrix_stays_with_a_sentence():
    at = page()
    before = stage(at)
    box(at, "text_area", "w_text").set_value("1 2\n3 x").run()
    assert "“x” is not a number" in at.error[0].value
    assert stage(at) == before


@pytest.mark.parametrize("size", [2, 3, 5])
def test_the_ready_kernels_do_what_is_said_of_them(size):
    kernels = colour_kernels(size)
    assert len(kernels) == len(SENTENCES)
    grey = np.full((3, size, size), 7.0)
    # Nothing is found where nothing is: no edges, no colour.
    assert conv2d(grey, kernels).ravel().tolist() == [0, 0, 0, 0]
    red = np.zeros((3, size, size))
    red[0] = 1
    assert conv2d(red, kernels).ravel().tolist() == [0, size * size, 0, -size * size / 2]
    right = np.zeros((3, size, size))
    right[:, :, -1] = 1
    assert conv2d(right, kernels).ravel().tolist() == [3 * size, 0, 0, 0]


# --- the weight tensor ---


def test_the_count_is_live():
    at = page(look="weights")
    assert lines(at) == ["4 × 3 × 3 × 3 = 108 weights + 4 biases = 112"]
    box(at, "number_input", "cout").set_value(100).run()
    box(at, "number_input", "k").set_value(5).run()
    assert lines(at) == ["100 × 3 × 5 × 5 = 7,500 weights + 100 biases = 7,600"]
    box(at, "toggle", "bias").set_value(False).run()
    assert lines(at) == ["100 × 3 × 5 × 5 = 7,500 weights"]


@pytest.mark.parametrize(
    ("example", "line"),
    [
        ("wide", "128 × 3 × 7 × 7 = 18,816 weights + 128 biases = 18,944"),
        ("depthwise", "32 × 32 ÷ 32 × 3 × 3 = 288 weights + 32 biases = 320"),
        ("second", "20 × 10 × 5 × 5 = 5,000 weights + 20 biases = 5,020"),
        ("two groups", "6 × 4 ÷ 2 × 3 × 3 = 108 weights + 6 biases = 114"),
    ],
)
def test_ready_layers_have_their_known_counts(example, line):
    at = page(look="weights")
    box(at, "selectbox", "example").set_value(example).run()
    assert lines(at) == [line]
    assert box(at, "selectbox", "example").value == example


@pytest.mark.parametrize(("name", "entry"), EXAMPLES.items(), ids=list(EXAMPLES))
def test_every_ready_layer_is_legal_as_it_stands(name, entry):
    _, looks, settings = entry
    for look in looks:
        assert settle_channels({**settings, "look": look})[1] == ()


def test_only_groups_that_divide_both_are_offered_and_the_rest_is_crossed_out():
    at = page(look="weights", cin="4", cout="6")
    slider = next(s for s in at.select_slider if s.key == "channels_groups")
    assert list(slider.options) == ["1", "2"]
    slider.set_value(2).run()
    (sheet,) = tensor(at)["sheets"]
    first, last = sheet["rows"][0], sheet["rows"][5]
    assert (first["sees"], last["sees"]) == ([True, True, False, False], [False, False, True, True])
    assert (first["group"], last["group"]) == (0, 1)
    assert address(at)["groups"] == "2"


@pytest.mark.parametrize(
    "layer",
    [ConvSpec(3, 4, 3), ConvSpec(8, 6, 1, groups=2), ConvSpec(6, 6, 2, groups=6)],
    ids=str,
)
def test_a_map_sees_the_channels_that_change_it(layer):
    weight = np.ones(layer.weight_shape)
    for channel in range(layer.in_channels):
        x = np.zeros((layer.in_channels, 3, 3))
        x[channel] = 1
        reached = conv2d(x, weight, groups=layer.groups).any(axis=(1, 2))
        drawn_rows = [row.sees[channel] for row in tensor_sheet(layer).rows]
        assert drawn_rows == reached.tolist()


def test_a_large_tensor_shows_its_first_and_its_last_maps():
    sheet = tensor_sheet(ConvSpec(512, 512, 3))
    assert [row and row.label for row in sheet.rows] == [
        "kernel 0", "kernel 1", "kernel 2", "kernel 3", None, "kernel 511",
    ]  # fmt: skip
    assert [n and n.label for n in sheet.columns][-2:] == [None, "511"]
    assert drawn(6, 6) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("ask", "counts"),
    [
        ("maps", ["4 feature maps, 112 parameters", "12 feature maps, 120 parameters"]),
        ("depth", ["4 feature maps, 112 parameters", "3 feature maps, 84 parameters"]),
    ],
)
def test_each_mistake_stands_beside_what_is_right_with_its_own_count(ask, counts):
    at = page(look="weights")
    next(b for b in at.button if b.key == f"channels_ask_{ask}").click().run()
    sheets = tensor(at)["sheets"]
    assert [sheet["title"] for sheet in sheets] == counts
    assert [sheet["verdict"] for sheet in sheets] == ["right", "wrong"]
    assert sheets[1]["why"].startswith("No: ")
    assert address(at)["ask"] == ask
    next(b for b in at.button if b.key == f"channels_ask_{ask}").click().run()
    assert [sheet["verdict"] for sheet in tensor(at)["sheets"]] == [""]


def test_a_mistake_that_makes_no_difference_is_not_called_wrong():
    assert mistake_sheets(ConvSpec(3, 3, 3), "depth")[1].verdict == ""
    assert mistake_sheets(ConvSpec(1, 5, 3), "maps")[1].verdict == ""


# --- 1 x 1 ---


def test_grey_is_a_one_by_one_convolution():
    pixels = sample_picture("coffee").pixels[:, :40, :50]
    (grey,) = mixed(pixels, MIXES["Grey"])
    assert np.abs(grey - to_grey(pixels)).max() <= 0.5 + 1e-9


def test_swapping_and_inverting_colours_are_one_by_one_convolutions():
    pixels = sample_picture("cat").pixels[:, :20, :20]
    assert np.array_equal(mixed(pixels, MIXES["Swap red and blue"]), pixels[::-1])
    assert np.array_equal(mixed(pixels, MIXES["Negative"]), 255.0 - pixels)


def test_weighted_planes_and_bias_are_the_map():
    view, _ = settle_channels({"look": "mix", "mix": "1 0 -1 20"})
    tiles = [item for item in sum_of_planes(view).items if hasattr(item, "title")]
    titles = [tile.title for tile in tiles]
    assert titles == ["Red × 1", "Green × 0", "Blue × −1", "Bias", "Feature map 0"]
    (whole,) = mixed(small_planes(view.picture, ROOM), view.mix)
    assert tiles[-1].facts == (f"{number(whole.min())} to {number(whole.max())}",)
    assert mix_sentence(view.mix[0]) == "1 red − 1 blue + 20"


def test_weights_that_the_learner_sets_are_in_the_link():
    at = page(look="mix")
    box(at, "number_input", "mix_0_2").set_value(-1.0).run()
    assert address(at) == {"look": "mix", "mix": "0.299 0.587 -1 0"}
    assert box(at, "selectbox", "mix").value is None
    box(at, "selectbox", "mix").set_value("Negative").run()
    assert address(at)["mix"] == "-1 0 0 255_0 -1 0 255_0 0 -1 255"
    maps = next(group for group in at.segmented_control if group.key == "channels_outputs")
    maps.set_value(1).run()
    assert address(at)["mix"] == "-1 0 0 255"


# --- separable ---


def test_both_ways_are_counted_and_the_share_that_is_left():
    at = page(look="separable")
    assert lines(at) == [
        "4 × 3 × 3 × 3 = 108 weights + 4 biases = 112",
        "3 × 3 ÷ 3 × 3 × 3 = 27 weights + 3 biases = 30",
        "4 × 3 × 1 × 1 = 12 weights + 4 biases = 16",
        "1/4 + 1/9 = 13/36 ≈ 0.361",
    ]
    parameters, macs = tensor(at)["bars"]
    assert [bar["total"] for bar in parameters["rows"]] == ["112", "46"]
    # Every weight is used once at each of 480 · 640 places.
    assert [bar["total"] for bar in macs["rows"]] == ["33,177,600", "11,980,800"]
    assert 108 * 480 * 640 == 33_177_600 and 39 * 480 * 640 == 11_980_800


def test_the_bias_may_be_the_pointwise_layers_alone():
    at = page(look="separable", cin="10", cout="100", k="5", dbias="0")
    assert lines(at)[1] == "10 × 10 ÷ 10 × 5 × 5 = 250 weights"
    assert lines(at)[2] == "100 × 10 × 1 × 1 = 1,000 weights + 100 biases = 1,100"
    totals = [bar["total"] for bar in tensor(at)["bars"][0]["rows"]]
    assert totals[1] == f"{10 * 5 * 5 + 10 * 100 + 100:,}" == "1,350"


def test_the_longest_bar_fills_its_track_and_the_parts_keep_their_shares():
    rows = tensor(page(look="separable", bias="0"))["bars"][0]["rows"]
    shares = [[part["share"] for part in row["parts"]] for row in rows]
    assert shares[0] == [1]
    assert shares[1] == pytest.approx([27 / 108, 12 / 108])


# --- fully connected ---


def test_the_textbook_photograph_without_and_with_biases():
    at = page(look="dense")
    assert lines(at)[0] == ("480 × 640 × 3 × 100 + 100 × 100 + 100 × 1 = 92,170,100 weights")
    assert "+ 201 = 92,170,301" in tensor(at)["counts"][0]["note"]
    assert [bar["total"] for bar in tensor(at)["bars"][0]["rows"]] == ["92,170,301", "112"]
    assert len(at.get("plotly_chart")) == 1


def test_the_slider_changes_the_picture_and_the_convolution_stays():
    at = page(look="dense", bias="0")
    slider = next(s for s in at.select_slider if s.key == "channels_size")
    slider.set_value("1536 × 2048").run()
    totals = [bar["total"] for bar in tensor(at)["bars"][0]["rows"]]
    assert totals == ["943,728,500", "108"]
    assert address(at)["size"] == "1536x2048"
    assert box(at, "number_input", "height").value == 1536


@pytest.mark.parametrize(
    ("example", "total"), [("digits", "66,790"), ("smallest", "40"), ("large", "943,728,701")]
)
def test_ready_stacks_have_their_known_counts(example, total):
    at = page(look="dense")
    box(at, "selectbox", "example").set_value(example).run()
    assert tensor(at)["bars"][0]["rows"][0]["total"] == total


def test_a_list_of_layers_that_cannot_be_read_stays_with_a_sentence():
    at = page(look="dense")
    box(at, "text_input", "dense").set_value("100 0").run()
    assert "“100 0” is not a list of layers" in at.error[0].value
    assert "92,170,100" in lines(at)[0]
    box(at, "text_input", "dense").set_value("84, 10").run()
    assert not at.error
    assert address(at)["dense"] == "84 10"


def test_the_largest_input_that_can_be_set_is_counted():
    at = page(look="dense", cin="512", size="4000x4000")
    assert "Picture height 4000 is not possible here" in at.info[0].value
    assert not at.exception


def test_plotly_is_on_no_other_look():
    assert all(not page(look=look).get("plotly_chart") for look in LOOKS if look != "dense")


# --- what all looks share ---


@pytest.mark.parametrize("look", ["weights", "separable", "dense"])
def test_a_prediction_comes_before_the_numbers_and_every_change_asks_anew(look):
    at = page(look=look, predict="1")
    told = json.dumps(tensor(at), ensure_ascii=False)
    for result in ("112", "108", "27 ", "92,170", "33,177", "0.361"):
        assert result not in told
    assert "?" in lines(at)[0]
    next(b for b in at.button if b.key == "channels_reveal").click().run()
    assert "?" not in lines(at)[0]
    box(at, "number_input", "cout").set_value(5).run()
    assert "?" in lines(at)[0]
    assert address(at) == {"look": look, "predict": "1", "cout": "5"}


def test_the_stage_is_told_to_hide_and_no_picture_tells_the_sums():
    at = page(predict="1")
    assert stage(at)["predict"] is True
    assert not any(b"then one sum" in part.proto.bytes for part in at.get("bidi_component"))
    told = page().get("bidi_component")
    assert any(b"then one sum" in part.proto.bytes for part in told)


@pytest.mark.parametrize("look", LOOKS)
def test_the_presenter_view_shows_the_look_alone(look):
    at = page(look=look, present="1")
    assert not at.selectbox and not at.number_input and not at.segmented_control
    assert address(at) == {"present": "1"} | ({"look": look} if look != "cell" else {})
    assert all(data.get("present") for data in payloads(at))


@pytest.mark.parametrize(
    "link",
    [
        {"picture": "cat", "row": "5", "column": "7", "patch": "8", "maps": "3", "kernel": "2"},
        {"x": "1 2 3_4 5 6_7 8 9", "w": "1 2_3 4", "b": "1/2", "kernel": "2", "step": "3"},
        {"look": "weights", "cin": "8", "cout": "12", "groups": "4", "k": "1", "ask": "depth"},
        {"look": "mix", "mix": "0.5 0.5 0 -3"},
        {"look": "dense", "dense": "7", "size": "28x30", "bias": "0", "predict": "1"},
    ],
    ids=lambda link: "-".join(link),
)
def test_reloading_the_address_brings_the_same_screen_back(link):
    at = page(**link)
    again = page(**address(at))
    assert address(again) == address(at)
    assert payloads(again) == payloads(at)
    assert set(link) - {"b"} <= set(address(at))


def test_a_link_that_cannot_be_is_moved_to_the_nearest_and_says_so():
    at = page(look="weights", cin="6", cout="4", groups="3", k="99", mix="1 2", x="foo")
    said = at.info[0].value
    assert "Groups 3 is not possible here; 2 is the nearest" in said
    assert "Kernel size 99 is not possible here; 11" in said
    assert "“1 2” is not a mix of colours" in said
    assert "The input numbers could not be read" in said
    assert address(at) == {"look": "weights", "cin": "6", "groups": "2", "k": "11"}


@pytest.mark.parametrize("look", sampled(LOOKS, 0, 4))
def test_bounds_of_every_box_keep_the_page_whole(look):
    at = page(look=look)
    opened = address(at)
    for key in [part.key for part in at.number_input]:
        for extreme in ("min", "max"):
            back_to(at, {"look": look})
            assert address(at) == opened
            part = next(part for part in at.number_input if part.key == key)
            part.set_value(getattr(part, extreme)).run()
            assert not at.exception
            assert not at.info, (key, extreme, [sentence.value for sentence in at.info])


# --- the component ---


def test_every_part_of_the_tensor_is_joined_and_small_enough_to_be_sent_again():
    folder = Path(tensor_component.__file__).parent
    own = {part for part in tensor_component.PARTS if "/" not in part}
    assert own == {path.name for path in folder.glob("*.mjs")}
    text = component_text(folder, tensor_component.PARTS)
    assert len(text.js.encode()) < 30_000
    used = set(re.findall(r"--ss-([\w-]+)", text.css.partition("}\n")[2]))
    assert used <= set(ROLES)
