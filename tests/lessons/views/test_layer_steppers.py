"""Every layer's numbers go as far as their steppers say, and no further."""

import pytest

from kernels.scene.flat import DEFAULTS
from kernels.scene.layer_kinds import COMMON, kind_named, layer_kinds
from kernels.scene.settle import settle
from lessons.views.sliding_window import open_sliding
from lessons.views.steppers import layer_steppers, set_number
from lessons.views.transposed import step_the_other_way

MODES = [
    {"op": "transposed", "size": "3x3", "stride": "2x2", "padding": "1x1", "opad": "1x1"},
    {"op": "transposed", "size": "4x2", "kernel": "5x3", "dilation": "2x1", "way": "zeros"},
    {"op": "transposed", "rank": "1", "size": "6", "stride": "3"},
    {"rank": "1", "size": "12", "kernel": "3", "padding": "2.0"},
    {"example": "video"},
    {"example": "video-channels", "cout": "2", "size": "2x4x3", "padding": "1.0x1x0"},
    {"example": "video", "padding": "same_upper", "size": "5x6x6"},
    {"example": "video", "padding": "full", "size": "4x3x3", "dilation": "2x1x1", "kernel": "2"},
    {"example": "video", "mode": "reflect", "padding": "1x1x2"},
    {"op": "avg", "rank": "1", "size": "9", "kernel": "3", "padding": "1"},
]


@pytest.mark.parametrize("asked", MODES)
def test_each_end_of_each_stepper_is_a_layer_as_it_was_asked_for(asked):
    scene, notes = open_sliding(asked)
    assert not notes
    steppers = layer_steppers(scene)
    for stepper in steppers:
        for axis, span in enumerate(stepper.spans):
            for value in {span.least, span.most}:
                changed = set_number(steppers, stepper.name, axis, value)
                moved, notes = settle({**scene.to_flat(), **changed, "step": "0"})
                assert not notes, (stepper.name, value, notes)
                assert layer_steppers(moved)


def test_the_frames_of_a_video_go_their_own_way():
    scene, _ = open_sliding({"example": "video"})
    steppers = layer_steppers(scene)
    names = [row.name for row in steppers if row.in_sight]
    assert names == ["kernel", "kernel_t", "stride", "stride_t", "padding", "padding_t"]
    assert set_number(steppers, "kernel_t", None, 3) == {"kernel": "3x3x3"}
    assert set_number(steppers, "kernel", None, 2) == {"kernel": "2x2x2"}
    assert set_number(steppers, "padding", 1, 2) == {"padding": "0x0x2"}
    assert set_number(steppers, "size_t", None, 5) == {"size": "5x5x5"}
    symbols = {symbol for row in steppers for symbol in row.handles}
    assert {"T", "H", "W", "k", "k_t", "k_h", "k_w", "s_t", "p_t", "d_t", "C_in"} <= symbols


def test_channels_and_frames_of_a_video_share_the_planes_that_are_drawn():
    channels = {row.name: row for row in layer_steppers(open_sliding({"example": "video"})[0])}
    assert channels["cin"].spans[0].most == 2
    five = {row.name: row for row in layer_steppers(open_sliding({"rank": "3", "size": "5"})[0])}
    assert five["cin"].spans[0].most == 1 and "8 frames" in five["cin"].spans[0].no_more


def test_every_setting_is_that_of_some_layer():
    own = {setting for name in layer_kinds() for setting in kind_named(name).own}
    assert set(DEFAULTS) == {*COMMON, *own}


@pytest.mark.parametrize("asked", [mode for mode in MODES if mode.get("op") == "transposed"])
def test_each_step_has_one_that_shows_its_numbers_the_other_way(asked):
    for way, other in (("copies", "zeros"), ("zeros", "copies")):
        scene, _ = settle({**asked, "way": way})
        for step in range(scene.steps):
            here, _ = settle({**scene.to_flat(), "step": str(step)})
            there, notes = settle({**asked, "way": other, "step": str(step_the_other_way(here))})
            assert not notes and there.way == other
