"""A setting's number changed on the stage: taken like a control that was moved."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from kernels.scene.limits import MAX_KERNEL
from lessons.views.sliding_window import open_sliding, settle_sliding
from lessons.views.steppers import layer_steppers, set_number
from tests.commits import commit

PAGES = {"sliding_window": "sliding", "pooling": "pooling", "channels": "channels"}


def page(name: str, **address: str) -> AppTest:
    at = AppTest.from_file("../../app/main.py", default_timeout=120)
    if name != "sliding_window":
        at.switch_page(f"screens/{name}/{name}.py")
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def put(at: AppTest, name: str, *numbers: tuple[str, int | None, int]) -> AppTest:
    """Give settings their numbers on the stage, one after the other in one message."""
    acts = [("set", {"name": n, "axis": axis, "value": value}) for n, axis, value in numbers]
    return commit(at, f"{PAGES[name]}_stage", *acts)


def steppers(at: AppTest) -> dict[str, dict]:
    texts = [part.proto.json for part in at.get("bidi_component") if part.proto.json]
    data = next(data for data in map(json.loads, texts) if "steppers" in data)
    return {row["name"]: row for row in data["steppers"]}


def address(at: AppTest) -> dict[str, str]:
    return {k: v if isinstance(v, str) else v[-1] for k, v in at.query_params.items()}


@pytest.mark.parametrize(
    ("name", "setting", "value", "written"),
    [
        ("sliding_window", "kernel", 2, {"kernel": "2x2"}),
        ("sliding_window", "stride", 2, {"stride": "2x2"}),
        ("sliding_window", "padding", 1, {"padding": "1x1"}),
        ("sliding_window", "dilation", 2, {"dilation": "2x2"}),
        ("sliding_window", "size", 7, {"size": "7x7"}),
        ("sliding_window", "cin", 2, {"cin": "2"}),
        ("sliding_window", "cout", 3, {"cout": "3"}),
        ("pooling", "kernel", 3, {"kernel": "3x3"}),
        ("pooling", "stride", 1, {"stride": "1x1"}),
        ("pooling", "padding", 1, {"padding": "1x1"}),
        ("pooling", "dilation", 2, {"dilation": "2x2"}),
        ("pooling", "size", 6, {"size": "6x6"}),
        ("channels", "kernel", 4, {"kernel": "4"}),
        ("channels", "maps", 3, {"maps": "3"}),
        ("channels", "patch", 9, {"patch": "9"}),
    ],
)
def test_a_number_set_on_the_stage_is_the_layers_and_the_links(name, setting, value, written):
    at = put(page(name), name, (setting, None, value))
    assert set(steppers(at)[setting]["values"]) == {value}
    assert written.items() <= address(at).items()
    assert not at.info


def test_one_axis_alone_can_be_set():
    at = put(page("sliding_window", kernel="3x2"), "sliding_window", ("kernel", 0, 2))
    assert steppers(at)["kernel"]["values"] == [2, 2]
    put(at, "sliding_window", ("padding", 1, 2))
    assert address(at) == {"kernel": "2x2", "padding": "0x2"}


def test_quick_presses_that_arrive_together_are_taken_in_their_order():
    numbers = [("padding", None, 1), ("padding", None, 2), ("kernel", None, 5), ("padding", 0, 1)]
    at = put(page("sliding_window"), "sliding_window", *numbers)
    assert address(at) == {"padding": "1x2", "kernel": "5x5"}


def test_what_does_not_fit_is_settled_and_said_as_by_a_control():
    at = put(page("sliding_window"), "sliding_window", ("kernel", None, 6))
    assert steppers(at)["kernel"]["values"] == [5, 5]
    assert "Kernel height 6 is not possible here" in at.info[0].value


def test_the_native_boxes_show_what_was_set_on_the_stage():
    at = page("sliding_window")
    at.session_state["sliding_sizes"] = True
    at.run()
    put(at, "sliding_window", ("stride", None, 3))
    boxes = {box.key: box.value for box in at.number_input}
    assert (boxes["sliding_stride_0"], boxes["sliding_stride_1"]) == (3, 3)


@pytest.mark.parametrize("name", PAGES)
def test_every_bound_is_one_that_the_page_can_show_without_a_word(name):
    opened = page(name)
    for setting, row in steppers(opened).items():
        for end in ("least", "most"):
            bound = (max if end == "least" else min)(span[end] for span in row["spans"])
            at = put(page(name), name, (setting, None, bound))
            assert set(steppers(at)[setting]["values"]) == {bound}, (setting, end)
            assert not at.info


def test_a_number_leaves_the_other_axis_as_it_was_written():
    scene, _ = open_sliding({"kernel": "4x4", "padding": "same"})
    rows = layer_steppers(scene)
    assert rows[2].texts == ("1.2", "1.2")
    assert set_number(rows, "padding", 0, 3) == {"padding": "3x1.2"}
    assert settle_sliding({**scene.to_flat(), "padding": "3x1.2"})[1] == ()


def test_the_ends_say_why():
    kernel, _, _, dilation, *_ = layer_steppers(open_sliding({})[0])
    assert "would not fit" in kernel.spans[0].no_more
    assert "no dilation" in dilation.spans[0].no_less
    large = layer_steppers(open_sliding({"size": "9x9"})[0])[0].spans[0]
    assert large.most == MAX_KERNEL and "picture" in large.no_more
    pooled = layer_steppers(open_sliding({"op": "max"})[0])[2].spans[0]
    assert "half its window" in pooled.no_more
    copied = layer_steppers(open_sliding({"mode": "reflect"})[0])[2].spans[0]
    assert copied.most == 4 and "“reflect”" in copied.no_more
