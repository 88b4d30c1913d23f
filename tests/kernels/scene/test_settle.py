"""Any link opens: what cannot be is moved to the nearest setting that can, and named."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.layers.formula import layer_formulas
from kernels.layers.links import inserted_links
from kernels.layers.spec import ConvTransposeSpec, PoolSpec
from kernels.reading.link_text import quoted
from kernels.reading.notation import LARGEST_NUMBER
from kernels.scene.examples import EXAMPLES, scene_of
from kernels.scene.flat import DEFAULTS
from kernels.scene.limits import (
    MAX_CHANNELS,
    MAX_DILATION,
    MAX_INPUT,
    MAX_KERNEL,
    MAX_PADDED,
    MAX_PADDING,
    MAX_PLANES,
    MAX_REACH,
    MAX_STRIDE,
    dilation_limit,
    kernel_limit,
    legal_groups,
)
from kernels.scene.settle import settle
from tests.random_scenes import random_flat

FUZZ = settings(max_examples=300, deadline=None, derandomize=True, database=None)


def check_legal(scene):
    """What the stage relies on for every scene."""
    layer, conv = scene.layer, scene.conv
    assert all(1 <= n <= MAX_INPUT for n in scene.input_size)
    if layer.rank == 3:
        frames, *sides = layer.axes(scene.input_size)
        assert frames.padded * scene.channels <= MAX_PLANES
        assert frames.output * scene.out_channels <= MAX_PLANES
        assert all(axis.input <= 6 and axis.padded <= 10 for axis in sides)
        assert max(layer.kernel_size) <= 3
    assert all(1 <= n <= MAX_CHANNELS for n in (conv.in_channels, conv.out_channels))
    for axis in layer.axes(scene.input_size):
        assert 1 <= axis.kernel <= MAX_KERNEL
        assert 1 <= axis.stride <= MAX_STRIDE
        assert 1 <= axis.dilation <= MAX_DILATION
        assert axis.effective_kernel <= MAX_REACH
        assert axis.output >= 1
        if not isinstance(layer.padding, str):
            assert 0 <= min(axis.before, axis.after) <= max(axis.before, axis.after) <= MAX_PADDING
    if isinstance(layer, PoolSpec):
        conv.axes(scene.input_size)  # the convolution behind a pooling is legal too
    if isinstance(layer, ConvTransposeSpec):
        assert all(inserted_links(axis).padded <= MAX_PADDED for axis in scene.axes)
    y = scene.output()
    assert y.shape == (scene.out_channels, *layer.output_size(scene.input_size))
    # A window over padding alone has no largest, smallest or middle number.
    absent = {"max": np.isneginf, "min": np.isposinf, "median": np.isnan}.get(layer.kind)
    assert np.isfinite(y[~absent(y)] if absent else y).all()
    assert 0 <= scene.step < scene.steps
    assert scene.adds_copies or scene.steps == y.size
    assert layer_formulas(layer, scene.input_size)


# Whatever is asked for


def test_nothing_asked_for_is_the_scene_that_the_app_opens_on():
    scene, notes = settle({})
    assert notes == () and scene.to_flat() == DEFAULTS
    assert scene.output()[0].tolist() == [[12, 12, 17], [10, 17, 19], [9, 6, 14]]


junk = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="0123456789x.-", max_size=8),
    st.sampled_from(["", "nan", "inf", "-1", "0", "1", "0x0", "1e3", "x", "2x", "x2", "3x3x3",
                     "0.0x0.0", "1.2.3x1", "None", "random:", "random:3", "u8:1x1x1:_w", "1 2_3",
                     "9" * 30, "-" + "9" * 30, "same", "full", "max", "reflect", "constant"]),
)  # fmt: skip
sensible = {
    "op": st.sampled_from(["conv", "transposed", "max", "avg", "min", "median", "lp"]),
    "rank": st.sampled_from(["1", "2", "3"]),
    "way": st.sampled_from(["copies", "zeros"]),
    "opad": st.sampled_from(["0", "1", "2x1", "7"]),
    "p": st.sampled_from(["1", "0.5", "10", "2.25", "0", "-1", "11", "nan"]),
    "mode": st.sampled_from(["zeros", "constant", "reflect", "replicate", "circular"]),
    "padding": st.sampled_from(["same", "full", "valid", "same_upper", "same_lower", "0.6x6.0"]),
    "x": st.sampled_from(["random:1", "1 2_3 4~5 6_7 8", "1e6", "u8:1x2x2:AAECAw"]),
    "w": st.sampled_from(["random:2", "-1e6", "1 2_3 4"]),
    "b": st.sampled_from(["random:3", "1 2 3 4", "1e6 -1e6"]),
    "fill": st.sampled_from(["1e6", "-0.5", "nan", "inf", "-inf", "1e400", "1_0", " 1", "0x1"]),
}
whole_pairs = st.tuples(st.integers(-3, 20), st.integers(-3, 20)).map(lambda p: f"{p[0]}x{p[1]}")
dicts = st.fixed_dictionaries(
    {}, optional={key: sensible.get(key, whole_pairs) | whole_pairs | junk for key in DEFAULTS}
)


@FUZZ
@given(dicts)
def test_any_dict_of_texts_is_a_legal_scene(flat):
    scene, notes = settle(flat)
    check_legal(scene)
    assert settle(scene.to_flat()) == (scene, ())
    for note in notes:
        assert note.endswith(".") and (note[0] == "“" or note[0].isupper()), note
        assert len(note) < 500


@FUZZ
@given(dicts, st.sampled_from([*EXAMPLES, "", "no such example", "valid\n"]))
def test_any_link_to_an_example_is_a_legal_scene(flat, name):
    scene, notes = scene_of(flat | {"example": name})
    check_legal(scene)
    assert (name in EXAMPLES) or any(quoted(name) in note for note in notes)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4000))
def test_thousands_of_random_links_are_legal_scenes(seed):
    draw = np.random.default_rng(seed)
    flat = random_flat(seed)
    for key in draw.choice(list(flat), 4):
        if key in ("size", "kernel", "stride", "padding", "dilation"):
            flat[key] = "x".join(str(n) for n in draw.integers(-2, 18, 2))
    scene, _ = settle(flat)
    check_legal(scene)
    assert settle(scene.to_flat()) == (scene, ())


def test_numbers_of_other_axes_are_understood():
    """As when a control turns an image into a video and back."""
    video = settle({"size": "5x6", "kernel": "3x2", "padding": "1x0.1", "rank": "3"})[0]
    assert video.input_size == (4, 5, 6) and video.layer.kernel_size == (2, 3, 2)
    assert video.layer.padding == ((0, 0), (1, 1), (0, 1))
    image = settle({**video.to_flat(), "rank": "2"})[0]
    assert image.input_size == (5, 6) and image.layer.kernel_size == (3, 2)
    assert settle({"rank": "3", "kernel": "3"})[0].layer.kernel_size == (3, 3, 3)
    assert settle({**video.to_flat(), "rank": "1"})[0].layer.kernel_size == (2,)


@pytest.mark.parametrize("op", ["max", "avg", "transposed"])
def test_a_layer_that_has_no_picture_over_frames_is_shown_on_an_image(op):
    scene, (note,) = settle({"rank": "3", "op": op})
    assert scene.layer.rank == 2 and "only a convolution is drawn" in note
    assert settle({**scene.to_flat(), "op": "conv", "rank": "3"})[0].layer.rank == 3


def test_what_is_legal_is_not_moved():
    kept = 0
    for seed in range(600):
        flat = random_flat(seed)
        scene, notes = settle(flat)
        if notes:
            continue
        kept += 1
        back = scene.to_flat()
        moved = {key for key in flat if back[key] != flat[key]}
        if scene.is_conv:
            moved -= {"ceil", "countpad"}  # which a convolution has not
        if flat["mode"] != "constant":
            moved -= {"fill"}
        allowed = {"padding"} if flat["padding"] == "valid" else set()
        if "." in flat["padding"]:  # 1.1 is written 1
            allowed.add("padding")
        assert moved <= allowed, (flat, back)
    assert kept > 60


# The nearest, and named


@pytest.mark.parametrize(
    ("asked", "kept", "said"),
    [
        ({"kernel": "9x3"}, {"kernel": "5x3"}, ["Kernel height 9", "5 is the nearest"]),
        ({"kernel": "0x-2"}, {"kernel": "1x1"}, ["Kernel height 0", "Kernel width -2"]),
        ({"kernel": "6x6", "padding": "1x0"}, {"kernel": "6x5"}, ["Kernel width 6", "5 is"]),
        ({"size": "20x3"}, {"size": "16x3"}, ["Input height 20", "16 is the nearest"]),
        ({"size": "2x2"}, {"size": "2x2", "kernel": "2x2"}, ["Kernel height 3", "2 is"]),
        ({"stride": "0x9"}, {"stride": "1x8"}, ["Stride height 0", "Stride width 9"]),
        ({"dilation": "3x2"}, {"dilation": "2x2"}, ["Dilation height 3", "2 is the nearest"]),
        ({"padding": "7x-1"}, {"padding": "6x0"}, ["Padding top 7", "Padding left -1"]),
        ({"padding": "0.9x1"}, {"padding": "0.6x1"}, ["Padding bottom 9", "6 is"]),
        ({"cin": "9"}, {"cin": "4"}, ["Channels in 9", "4 is the nearest"]),
        ({"cout": "0"}, {"cout": "1"}, ["Channels out 0", "1 is the nearest"]),
        ({"step": "9"}, {"step": "8"}, ["Step 9", "8 is the nearest"]),
        ({"step": "-1"}, {"step": "0"}, ["Step -1", "0 is the nearest"]),
        ({"groups": "3", "cin": "4", "cout": "4"}, {"groups": "2"}, ["Groups 3", "2 is"]),
        ({"op": "lp", "p": "0.1"}, {"op": "lp", "p": "0.5"}, ["Power p 0.1", "0.5 is the nearest"]),
        ({"op": "lp", "p": "11"}, {"op": "lp", "p": "10"}, ["Power p 11", "10 is the nearest"]),
        ({"groups": "9", "cin": "4", "cout": "2"}, {"groups": "2"}, ["Groups 9", "2 is"]),
        ({"groups": "0"}, {"groups": "1"}, ["Groups 0", "1 is the nearest"]),
        (
            {"padding": "same", "stride": "2x2"},
            {"padding": "same_upper", "stride": "2x2"},
            ["'same' needs stride 1", "same_upper"],
        ),
        (
            {"op": "max", "padding": "2x1"},
            {"op": "max", "padding": "1x1"},
            ["at most half its window", "3 // 2 = 1 rows"],
        ),
        (
            {"mode": "reflect", "padding": "5x0"},
            {"mode": "zeros"},
            ["Reflect padding", "possible. Zeros are used"],
        ),
        (
            {"op": "max", "padding": "full"},
            {"padding": "0x0"},
            ["per side. No padding is used instead"],
        ),
    ],
)
def test_a_value_that_cannot_be_is_moved_to_the_nearest_and_named(asked, kept, said):
    scene, notes = settle(asked)
    flat = scene.to_flat()
    assert {key: flat[key] for key in kept} == kept
    for words in said:
        assert any(words in note for note in notes), notes
    others = set(flat) - set(asked) - set(kept)
    assert {key: flat[key] for key in others} == {key: DEFAULTS[key] for key in others}


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("op", "convolve"), ("op", ""), ("size", "big"), ("size", "5x"), ("size", "5x5x5x5"),
        ("size", "٥x٥"), ("size", "5X5"), ("kernel", "3.0x3"), ("kernel", ""), ("stride", "nan"),
        ("padding", "SAME"), ("padding", "1.2.3x1"), ("padding", "1.x1"), ("dilation", "1e0"),
        ("mode", "mirror"), ("groups", "one"), ("bias", "yes"), ("ceil", "2"), ("flip", "true"),
        ("countpad", "-1"), ("p", "two"), ("step", "1.5"), ("step", "9999999999"), ("cin", " 1"),
        ("cout", "1\n"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_setting_counts_as_missing_and_is_named(key, text):
    scene, notes = settle({key: text, "op": DEFAULTS["op"]} | {key: text})
    if key in ("ceil", "countpad"):
        scene, notes = settle({"op": "max", key: text})
        assert scene.to_flat() == DEFAULTS | {"op": "max"}
    else:
        assert scene.to_flat() == DEFAULTS
    assert len(notes) == 1
    assert f"{quoted(text)} is not a value for {key}" in notes[0]
    assert notes[0].endswith(f"{DEFAULTS[key]} is used.")


@pytest.mark.parametrize("fill", ["nan", "inf", "-inf", "1e400", "-1e7", "a", ""])
def test_a_constant_that_is_no_number_is_zero(fill):
    scene, notes = settle({"mode": "constant", "padding": "1x1", "fill": fill})
    assert scene.conv.padding_value == 0 and len(notes) == 1 and "fill" in notes[0]
    assert f"{LARGEST_NUMBER:.0f}" in notes[0]


@pytest.mark.parametrize("key", ["x", "w", "b"])
@pytest.mark.parametrize("text", ["", "a b", "1 2_3", "1e9", "nan", "random:", "u8:1x1x1:", "1/0"])
def test_numbers_that_cannot_be_read_are_those_of_the_example_and_are_named(key, text):
    scene, notes = settle({key: text})
    assert scene.to_flat() == DEFAULTS
    assert len(notes) == 1 and "could not be read" in notes[0]
    name = {"x": "input", "w": "kernel", "b": "bias"}[key]
    assert name in notes[0]


def test_one_number_is_both_axes():
    flat = settle({"size": "7", "kernel": "2", "stride": "2", "padding": "1", "dilation": "3"})[0]
    flat = flat.to_flat()
    assert [flat[key] for key in ("size", "kernel", "stride", "padding", "dilation")] == [
        "7x7", "2x2", "2x2", "1x1", "3x3",
    ]  # fmt: skip


@pytest.mark.parametrize("op", ["conv", "max"])
def test_the_nearest_kernel_is_the_nearest_of_all_that_fit(op):
    for size in range(1, 9):
        for padding in (0, 1, 2):
            fits = [k for k in range(1, 8) if k <= size + 2 * padding]
            if op == "max":
                fits = [k for k in fits if padding <= k // 2]
            if not fits:
                continue
            flat = {"op": op, "size": f"{size}x{size}", "padding": f"{padding}x{padding}"}
            for asked in range(1, 10):
                scene, notes = settle(flat | {"kernel": f"{asked}x{asked}"})
                if asked in fits:
                    assert scene.layer.kernel_size == (asked, asked) and not notes
                elif op == "conv":
                    nearest = min(fits, key=lambda k: abs(k - asked))
                    assert scene.layer.kernel_size == (nearest, nearest)
                    assert any(f"Kernel height {asked} " in note for note in notes)


def test_the_nearest_dilation_is_the_nearest_of_all_that_fit():
    for size in range(1, 17):
        for kernel in range(1, min(size, 7) + 1):
            fits = [
                d
                for d in range(1, MAX_DILATION + 1)
                if d * (kernel - 1) + 1 <= min(size, MAX_REACH)
            ]
            for asked in range(1, 10):
                asked_for = {
                    "size": f"{size}x16",
                    "kernel": f"{kernel}x1",
                    "dilation": f"{asked}x1",
                }
                scene, notes = settle(asked_for)
                nearest = min(fits, key=lambda d: abs(d - asked))
                assert scene.layer.dilation[0] == nearest
                assert bool(notes) == (nearest != asked)


def test_limits_that_the_controls_show_are_legal_and_one_more_is_not():
    for size in (1, 2, 5, 9, 16):
        for padding in ((0, 0), (1, 1), (0, 3), "same", "full", "same_upper"):
            text = padding if isinstance(padding, str) else f"{padding[0]}.{padding[1]}x0"
            for n in range(1, 7):
                base = {"size": f"{size}x16", "padding": text}
                kernel = kernel_limit(size, n, padding)
                exact = base | {"kernel": f"{kernel}x1", "dilation": f"{n}x1"}
                assert settle(exact)[1] == ()
                if kernel < MAX_KERNEL:
                    assert settle(exact | {"kernel": f"{kernel + 1}x1"})[1]
                if n > kernel_limit(size, 1, padding):
                    continue  # that kernel does not fit at all
                dilation = dilation_limit(size, n, padding)
                exact = base | {"kernel": f"{n}x1", "dilation": f"{dilation}x1"}
                assert settle(exact)[1] == ()
                assert settle(exact | {"dilation": f"{dilation + 1}x1"})[1]


def test_groups_that_the_controls_offer_divide_both_channel_counts():
    assert [legal_groups(4, 4), legal_groups(4, 2), legal_groups(3, 2), legal_groups(3, 3)] == [
        (1, 2, 4), (1, 2), (1,), (1, 3),
    ]  # fmt: skip


def test_a_base_is_what_missing_keys_are_taken_from():
    base = EXAMPLES["curve-match"].flat
    scene, notes = settle({"flip": "1"}, base)
    assert notes == () and scene.to_flat() == base | {"flip": "1"}
    scene, notes = settle({"kernel": "junk"}, base)
    assert scene.to_flat() == base and "7x7 is used" in notes[0]
    assert settle({}, {"stride": "2x2"})[0].layer.stride == (2, 2)


def test_a_pooling_that_cannot_be_padded_as_asked_is_not_padded_and_says_so():
    for kind in ("max", "avg"):
        scene, notes = settle({"op": kind, "padding": "same", "dilation": "2x2"})
        assert scene.layer.padding == ((0, 0), (0, 0))
        assert any("No padding is used instead" in note for note in notes)
        assert scene.layer.kernel_size == (3, 3) and scene.layer.dilation == (2, 2)
