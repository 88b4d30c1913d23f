"""The sliding window page, run without a browser: controls, address, edits, bad input."""

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.page.stage_commits import edited_source
from kernels import EXAMPLES
from kernels.reading.notation import encode_patch
from kernels.scene.examples import scene_of
from tests.components_of import back_to, components_of
from tests.sampled import sampled


def page(**address: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    for key, value in address.items():
        at.query_params[key] = value
    for folded in ("sizes", "more", "channels", "numbers", "code"):
        at.session_state[f"sliding_{folded}"] = True
    at.run()
    assert not at.exception
    return at


def payload(at: AppTest) -> dict:
    return component(at, 0)


def component(at: AppTest, index: int) -> dict:
    proto = components_of(at)[index].proto
    data = json.loads(proto.mixed.json or proto.json)
    data.pop("commits", None)  # they name the session
    return data


def output(at: AppTest) -> np.ndarray:
    shown = payload(at)["layers"][0]["output"]
    return np.array(shown["values"], dtype=float).reshape(shown["shape"])


def address(at: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[-1] for k, v in at.query_params.items()}


def number(at: AppTest, key: str):
    return next(box for box in at.number_input if box.key == f"sliding_{key}")


def test_opens_on_the_textbook_example_at_its_first_cell():
    at = page()
    assert output(at)[0].tolist() == [[12, 12, 17], [10, 17, 19], [9, 6, 14]]
    assert payload(at)["step"] == 0
    assert address(at) == {}


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_shows_what_the_kernels_compute(name):
    at = page(example=name)
    computed = scene_of({"example": name})[0].output()
    assert np.array_equal(output(at), computed.reshape(output(at).shape))
    assert not at.info


def test_a_control_changes_picture_and_address_together():
    at = page()
    number(at, "stride_0").set_value(2).run()
    assert output(at).shape == (1, 2, 3)
    assert address(at) == {"stride": "2x1"}


def test_reloading_the_address_brings_the_same_screen_back():
    at = page(example="rgb", step="7", stride="2x1", flip="1")
    again = page(**address(at))
    assert payload(at) == payload(again)
    assert payload(again)["step"] == 7


def test_an_illegal_link_is_moved_to_the_nearest_and_says_so():
    at = page(kernel="9x3", step="999")
    assert [links["taps"] for links in payload(at)["links"]] == [5, 3]
    said = at.info[0].value
    assert "Kernel height 9" in said and "Step 999" in said
    assert address(at) == {"kernel": "5x3", "step": "2"}


def test_the_sentence_stays_while_only_the_step_moves_and_goes_with_the_next_change():
    at = page(kernel="9x3")
    number(at, "step").set_value(1).run()
    assert at.info
    number(at, "stride_1").set_value(2).run()
    assert not at.info


def test_an_edited_input_cell_changes_that_number_alone():
    scene, _ = scene_of({"example": "two-by-two"})
    key, source = edited_source(scene, "input", [0, 2, 1], -1.5)
    assert (key, source) == ("x", "0 1 2_3 4 5_6 -1.5 8")


def test_an_edited_cell_of_a_flipped_kernel_is_the_one_that_was_shown():
    scene, _ = scene_of({"example": "flipped"})
    assert scene.weight_array()[0, 0, 0].tolist() == [3, 2]
    _, source = edited_source(scene, "kernel", [0, 0, 0, 1], 9)
    edited, _ = scene_of({"example": "flipped", "w": source})
    assert edited.weight_array()[0, 0, 0].tolist() == [3, 9]


def test_an_edited_bias_keeps_the_others():
    scene, _ = scene_of({"example": "rgb"})
    assert edited_source(scene, "bias", [1], 7) == ("b", "1 7")


def test_an_edited_patch_stays_compact_while_it_holds_bytes():
    patch = encode_patch(np.arange(4, dtype=np.uint8).reshape(1, 2, 2))
    scene, _ = scene_of({"size": "2x2", "kernel": "1x1", "x": patch})
    assert edited_source(scene, "input", [0, 0, 0], 200)[1].startswith("u8:1x2x2:")
    assert edited_source(scene, "input", [0, 0, 0], 0.5)[1] == "0.5 1_2 3"


def test_pasted_numbers_set_the_size_too():
    at = page()
    at.text_area(key="sliding_x_text").set_value("1 2 3\n4 5 6\n7 8 9\n\n1 0 0\n0 1 0\n0 0 1").run()
    assert payload(at)["input"]["shape"] == [2, 3, 3]
    assert address(at)["cin"] == "2"


def test_text_that_is_no_matrix_stays_in_its_box_with_a_sentence_and_loses_nothing():
    at = page()
    before = payload(at)
    at.text_area(key="sliding_x_text").set_value("1 2\n3 x").run()
    assert payload(at) == before
    assert "“x” is not a number" in at.error[0].value
    assert at.text_area(key="sliding_x_text").value == "1 2\n3 x"
    at.text_area(key="sliding_x_text").set_value("1 2 3\n4 5 6\n7 8 9").run()
    assert not at.error


def test_pooling_on_the_same_input_and_back_keeps_the_kernel():
    at = page(w="1 2 3_4 5 6_7 8 9")
    before = output(at)
    op = next(group for group in at.segmented_control if group.key == "sliding_op")
    op.set_value("max").run()
    assert payload(at)["layers"][0]["kind"] == "max"
    assert output(at)[0].tolist() == [[3, 3, 3], [3, 3, 3], [3, 2, 3]]
    op = next(group for group in at.segmented_control if group.key == "sliding_op")
    op.set_value("conv").run()
    assert np.array_equal(output(at), before)


@pytest.mark.parametrize("kind", ["min", "median", "lp"])
def test_a_link_may_bring_one_of_the_other_poolings(kind):
    at = page(op=kind, p="3", padding="1x1", example="max-pool")
    assert payload(at)["layers"][0]["kind"] == kind and not at.info
    shown = scene_of(address(at))[0].output()
    assert np.array_equal(output(at), shown)
    assert address(at)["op"] == kind
    if kind == "lp":
        number(at, "p").set_value(1.0).run()
        assert address(at)["p"] == "1" and payload(at)["layers"][0]["norm"] == 1


def test_results_are_hidden_by_a_switch_that_the_link_carries():
    at = page(predict="1")
    assert payload(at)["predict"] is True and address(at) == {"predict": "1"}
    number(at, "stride_0").set_value(2).run()
    assert address(at) == {"predict": "1", "stride": "2x1"}
    next(toggle for toggle in at.toggle if toggle.key == "sliding_predict").set_value(False).run()
    assert payload(at)["predict"] is False and address(at) == {"stride": "2x1"}


def test_the_switch_survives_the_presenter_view():
    at = page(predict="1", present="1")
    for _ in range(2):
        at.run()
        assert payload(at)["predict"] is True and address(at)["predict"] == "1"


@pytest.mark.parametrize(
    "start",
    sampled(
        [
            {"example": "padded-stride"},
            {"op": "avg", "padding": "1x1", "dilation": "2x2", "ceil": "1"},
            {"padding": "2.0x1.3", "mode": "reflect", "kernel": "2x4"},
            {"padding": "full", "dilation": "2x1"},
            {"size": "3x16", "kernel": "3x7", "mode": "circular", "padding": "3x1"},
        ],
        2,
    ),
    ids=lambda start: "-".join(start.values()),
)
def test_bounds_of_every_control_keep_the_layer_legal(start):
    at = page(**start)
    opened = address(at)
    for box in [box for box in at.number_input if box.key != "fill"]:
        for extreme in (box.min, box.max):
            back_to(at, start)
            assert address(at) == opened
            number(at, box.key.removeprefix("sliding_")).set_value(extreme).run()
            assert not at.exception
            assert not at.info, (box.key, extreme, [sentence.value for sentence in at.info])


def test_code_of_the_layer_is_there_and_runs():
    at = page(example="two-channels")
    library = next(group for group in at.segmented_control if group.key == "sliding_library")
    library.set_value("NumPy").run()
    made: dict = {}
    exec(component(at, 1)["text"], made)
    assert np.array_equal(made["y"], output(at))


def test_the_presenter_view_shows_the_stage_and_the_slim_bar_alone():
    at = page(example="rgb", present="1")
    assert payload(at)["present"] is True
    assert [box.label for box in (*at.selectbox, *at.toggle)] == ["Example", "Predict, then reveal"]
    assert not at.text_area and not at.number_input
    assert address(at)["present"] == "1"


def test_a_text_with_markup_is_only_text():
    at = page(x="<script>alert(1)</script>")
    assert not at.exception
    assert "<script>" not in "".join(str(html.proto.body) for html in at.get("html"))


def test_a_kernel_with_a_divisor_is_shown_with_it_and_read_back_as_it_is():
    gauss = "1 2 1\n2 4 2\n1 2 1\n/ 16"
    at = page()
    next(box for box in at.text_area if box.key == "sliding_w_text").set_value(gauss).run()
    assert next(box for box in at.text_area if box.key == "sliding_w_text").value == gauss
    assert "all ÷ 16" in " ".join(caption.value for caption in at.caption)
    weights = np.array(payload(at)["kernel"]["values"]) * 16
    assert weights.tolist() == [1, 2, 1, 2, 4, 2, 1, 2, 1]


@pytest.mark.parametrize(
    ("size", "files", "refused"),
    [("5x5", ["PNG", "SVG", "GIF", "APNG"], False), ("12x12", ["PNG", "SVG"], True)],
)
def test_the_step_and_all_steps_can_be_taken_along_but_not_too_many(size, files, refused):
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    at.query_params["size"] = size
    at.query_params["padding"] = "1x1"
    at.session_state["sliding_take"] = True
    at.run()
    assert not at.exception
    offered = [button.proto.label for button in at.get("download_button")]
    assert offered == [f"Save as {kind}" for kind in files]
    assert any("takes at most 100" in info.value for info in at.info) == refused
