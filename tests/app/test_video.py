"""A video on the sliding window page: its boxes, and what is typed into its planes."""

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app.components.payload import encode
from app.page.stage import stage_payload
from app.page.stage_commits import taken_edit
from kernels.scene.examples import EXAMPLES
from kernels.scene.settle import settle
from tests.commits import commit


def video(**address: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    for key, value in {"example": "video", **address}.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def address(at: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[-1] for k, v in at.query_params.items()}


def edited(scene, target, index):
    """The scene after a cell as the stage counts it has become 77."""
    asked = scene.to_flat() | taken_edit({"target": target, "index": index, "value": 77}, scene)
    found, notes = settle(asked)
    assert notes == ()
    return found


@pytest.mark.parametrize("flip", ["0", "1"])
@pytest.mark.parametrize("name", ["video-channels", "video-causal"])
def test_a_number_typed_into_a_plane_is_that_planes(name, flip):
    scene, _ = settle(EXAMPLES[name].flat | {"flip": flip})
    payload = stage_payload(scene)
    for plane, padded in enumerate(payload.volume.padding):
        if padded:
            continue
        changed = stage_payload(edited(scene, "input", [plane, 1, 2])).input
        expected = payload.input.copy()
        expected[plane, 1, 2] = 77
        assert np.array_equal(changed, expected)
    for at in range(len(payload.volume.slices)):
        changed = stage_payload(edited(scene, "kernel", [0, at, 2, 0])).kernel
        expected = payload.kernel.copy()
        expected[0, at, 2, 0] = 77
        assert np.array_equal(changed, expected)


def test_the_boxes_have_a_number_for_the_frames_rows_and_columns():
    at = video()
    at.session_state["sliding_sizes"] = True
    at.run()
    boxes = {box.key: (box.label, box.value) for box in at.number_input}
    assert boxes["sliding_kernel_0"] == ("Kernel frames", 2)
    assert boxes["sliding_size_0"] == ("Input frames", 4)
    assert boxes["sliding_stride_0"] == ("Stride in time", 1)
    assert boxes["sliding_size_2"] == ("Input width", 5)
    at.number_input(key="sliding_kernel_0").set_value(3).run()
    assert address(at) == {"example": "video", "kernel": "3x3x3"} and not at.info
    at.selectbox(key="sliding_padding_form").select("each end").run()
    at.number_input(key="sliding_padding_before").set_value(2).run()
    assert address(at)["padding"] == "2.0x0x0" and not at.exception


def test_an_image_becomes_a_video_and_an_image_again():
    at = AppTest.from_file("../../app/main.py", default_timeout=120).run()
    at.session_state["sliding_sizes"] = True
    at.run()
    at.segmented_control(key="sliding_rank").set_value("3").run()
    assert not at.exception and address(at)["rank"] == "3"
    assert at.number_input(key="sliding_size_0").value == 4
    at.segmented_control(key="sliding_rank").set_value("2").run()
    assert not at.exception and address(at) == {}


def test_frames_are_set_on_the_stage():
    at = commit(video(), "sliding_stage", ("set", {"name": "kernel_t", "axis": None, "value": 1}))
    assert address(at)["kernel"] == "1x3x3"


def test_typed_planes_are_frames_of_the_channels_there_are():
    at = video()
    at.session_state["sliding_numbers"] = True
    at.run()
    box = at.text_area(key="sliding_x_text")
    assert box.value.count("\n\n") == 3
    box.set_value("\n\n".join(["1 2 3\n4 5 6\n7 8 9"] * 3)).run()
    assert address(at)["size"] == "3x3x3" and not at.exception
    two = video(example="video-channels")
    two.session_state["sliding_numbers"] = True
    two.run()
    two.text_area(key="sliding_x_text").set_value("\n\n".join(["1 2 3\n4 5 6\n7 8 9"] * 3)).run()
    assert any("as many for each of 2 channels" in error.value for error in two.error)


def test_the_stage_is_handed_the_sizes_of_a_video_from_the_kernels():
    data = encode(stage_payload(settle(EXAMPLES["video-causal"].flat)[0]))
    volume = data["volume"]
    assert (volume["input"], volume["padded"]) == ([1, 4, 4, 4], [6, 6, 6])
    assert (volume["kernel"], volume["output"]) == ([1, 3, 3, 3], [1, 4, 4, 4])
    assert data["channels"] == [[0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5]]


def test_a_pooling_over_frames_is_declined_in_a_sentence_and_its_sizes_are_a_button_away():
    at = video(op="max")
    assert any("only a convolution is drawn" in note.value for note in at.info)
    at.session_state["sliding_sizes"] = True
    at.run()
    at.button(key="sliding_frames").click().run()
    assert not at.exception and not at.info
    assert (address(at)["op"], address(at)["rank"]) == ("max", "3")
    assert at.segmented_control(key="sizes_rank").value == 3
