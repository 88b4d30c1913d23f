"""What no layer can be is refused: always by ShapeError, with the numbers and a way out."""

import re
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.errors import LARGEST_COUNT, ShapeError, nearest_divisor_fault
from kernels.layers.cost import conv_macs, conv_parameters, linear_parameters
from kernels.layers.geometry import PADDING_WORDS, output_size
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.ops.functional import avg_pool2d, conv2d, max_pool2d
from kernels.ops.trace import step_place, trace_window

FUZZ = settings(max_examples=400, deadline=None, derandomize=True, database=None)
X = np.arange(60.0).reshape(1, 2, 5, 6)
W = np.ones((2, 2, 3, 3))
NAN, INF = float("nan"), float("inf")


def refusal(call, *arguments, **keywords):
    """The ShapeError that a call ends in; anything else fails the test."""
    with pytest.raises(ShapeError) as caught:
        call(*arguments, **keywords)
    assert type(caught.value) is ShapeError
    return caught.value


def conv_calls(**keywords):
    """One illegal setting through every door: array function, spec and size helper."""
    yield lambda: conv2d(X, W, **keywords)
    yield lambda: conv2d(X[0].astype(np.float32), W.tolist(), [1, 2], **keywords)
    yield lambda: ConvSpec(2, 2, 3, **keywords).axes((5, 6))
    yield lambda: ConvSpec(2, 2, 3, **keywords).output_size((5, 6))
    yield lambda: ConvSpec(2, 2, 3, **keywords).macs((5, 6))
    if not {"groups", "padding_mode", "padding_value"} & set(keywords):
        yield lambda: output_size((5, 6), (3, 3), **keywords)


def pool_calls(kernel_size=3, **keywords):
    yield lambda: max_pool2d(X, kernel_size, **keywords)
    yield lambda: max_pool2d(X[0], kernel_size, **keywords, return_indices=True)
    yield lambda: avg_pool2d(X, kernel_size, **keywords)
    for kind in ("max", "avg"):
        yield lambda kind=kind: PoolSpec(kernel_size, **keywords, kind=kind).axes((5, 6))
        yield lambda kind=kind: PoolSpec(kernel_size, **keywords, kind=kind).output_size((5, 6))


def cases(table):
    return [pytest.param(keywords, said, id=repr(keywords)) for keywords, said in table]


# Every illegal setting, through every door

NO_COUNTS = (0, -1, NAN, INF, 1.0, 2.5, True, None, "2", b"2", (), {}, [None], (1, "1"), [1, [1]],
             np.array(2), np.array([1, 2]), 1j, object, 2**31, 10**400, -(10**5000))  # fmt: skip


@pytest.mark.parametrize("name", ["stride", "dilation"])
@pytest.mark.parametrize("value", NO_COUNTS, ids=range(len(NO_COUNTS)))
def test_no_stride_and_no_dilation(name, value):
    for call in conv_calls(**{name: value}):
        assert name in str(refusal(call))
    if name == "stride" and value is None:
        return  # for pooling: the kernel size
    for call in pool_calls(**{name: value}):
        assert name in str(refusal(call))


@pytest.mark.parametrize("value", NO_COUNTS, ids=range(len(NO_COUNTS)))
def test_no_kernel_size(value):
    for call in pool_calls(value):
        assert "kernel_size" in str(refusal(call))
    assert "kernel_size" in str(refusal(ConvSpec, 2, 2, value))
    assert "kernel_size" in str(refusal(conv_parameters, 2, 2, value))
    assert "kernel_size" in str(refusal(conv_macs, 2, 2, value, (5, 5)))
    assert "kernel_size" in str(refusal(output_size, 5, value))


@pytest.mark.parametrize("value", NO_COUNTS, ids=range(len(NO_COUNTS)))
def test_no_input_size(value):
    assert "input_size" in str(refusal(output_size, value, 3))
    for layer in (ConvSpec(1, 1, 3), PoolSpec(3)):
        for call in (layer.axes, layer.output_size):
            assert "input_size" in str(refusal(call, value))
    assert "output_size" in str(refusal(conv_macs, 2, 2, (3, 3), value))


@pytest.mark.parametrize("value", NO_COUNTS, ids=range(len(NO_COUNTS)))
def test_no_number_of_channels_and_no_number_of_groups(value):
    for channels in ((value, 2), (2, value)):
        assert "channels" in str(refusal(conv_parameters, *channels, 3))
        assert "channels" in str(refusal(conv_macs, *channels, 3, 5))
        assert "channels" in str(refusal(ConvSpec, *channels, 3))
        assert "features" in str(refusal(linear_parameters, *channels))
    assert "groups" in str(refusal(conv_parameters, 2, 2, 3, value))
    assert "groups" in str(refusal(conv_macs, 2, 2, 3, 5, value))
    for call in conv_calls(groups=value):
        assert "groups" in str(refusal(call))


@pytest.mark.parametrize("value", NO_COUNTS, ids=range(len(NO_COUNTS)))
def test_no_divisor(value):
    if value is None:
        return  # counts the cells
    assert "divisor_override" in str(refusal(avg_pool2d, X, 2, divisor_override=value))


@pytest.mark.parametrize(
    "padding",
    [-1, (0, -1), ((0, 1), (-1, 0)), NAN, 0.5, 1.0, True, None, "1", "SAME", "", b"same",
     (), (1, 1, 1), (0, 1, 0, 1), [1, 1, 1, 1], ((1, 1),), ((1, 1), (1, 1), (1, 1)), ((1, 1), 1),
     ((1,), (1,)), ((1, 1, 1), (1, 1, 1)), (((0, 1), (0, 1)),), ("same", "valid"), {"top": 1},
     np.array([1, 1]), ((1, None), (0, 0)), 2**31, 10**400],
    ids=repr,
)  # fmt: skip
def test_no_padding(padding):
    for call in [*conv_calls(padding=padding), *pool_calls(padding=padding)]:
        assert "padding" in str(refusal(call)).lower()


@pytest.mark.parametrize(
    ("keywords", "said"),
    cases(
        [
            ({"dilation": 3}, ["kernel_size 3 with dilation 3 reaches over 7 cells", "only 5"]),
            ({"dilation": (1, 3)}, ["along the width", "only 6 (6 + 0 + 0 padding)"]),
            ({"padding": "same", "stride": 2}, ["needs stride 1 but stride is 2", "same_upper"]),
            ({"padding": "same", "stride": (1, 2)}, ["needs stride 1 but stride is 2"]),
        ]
    ),
)
def test_no_window_that_does_not_fit_and_no_strided_same(keywords, said):
    for call in [*conv_calls(**keywords), *pool_calls(**keywords)]:
        for words in said:
            assert words in str(refusal(call))


@pytest.mark.parametrize(
    ("keywords", "said"),
    cases(
        [
            ({"groups": 3}, ["groups=3", "in_channels=2", "out_channels=2", "use 2"]),
            (
                {"padding": 5, "padding_mode": "reflect"},
                ["Reflect", "padding 5", "size 5", "use 4"],
            ),
            ({"padding": ((0, 0), (0, 6)), "padding_mode": "reflect"}, ["padding 6", "use 5"]),
            ({"padding": 7, "padding_mode": "circular"}, ["padding 7", "size 5", "use 5", "use 6"]),
            ({"padding_mode": "mirror"}, ["'mirror'", "reflect", "use 'zeros'"]),
            ({"padding_mode": None}, ["padding_mode is None"]),
            ({"padding_mode": ["zeros"]}, ["padding_mode is ['zeros']"]),
            ({"padding_mode": np.array(["zeros", "zeros"])}, ["padding_mode is array"]),
            ({"padding_value": 1.0}, ["padding_value is 1.0", "use padding_mode='constant'"]),
            ({"padding_mode": "constant", "padding_value": NAN}, ["padding_value is nan"]),
            ({"padding_mode": "constant", "padding_value": None}, ["padding_value is None"]),
            ({"padding_mode": "constant", "padding_value": "1"}, ["padding_value is '1'"]),
            ({"padding_mode": "constant", "padding_value": 10**400}, ["must be a finite number"]),
        ]
    ),
)
def test_no_setting_that_only_a_convolution_has(keywords, said):
    for call in conv_calls(**keywords):
        for words in said:
            assert words in str(refusal(call))


@pytest.mark.parametrize(
    ("keywords", "said"),
    cases(
        [
            ({"kernel_size": 3, "padding": 2}, ["padding is 2", "3 // 2 = 1", "use 1"]),
            ({"kernel_size": 3, "padding": 2, "dilation": 2}, ["padding is 2", "use 1"]),
            ({"kernel_size": (4, 3), "padding": (2, 2)}, ["padding is 2", "3 // 2 = 1"]),
            ({"kernel_size": 2, "padding": ((0, 2), (0, 0))}, ["padding is 2", "use 1"]),
            ({"kernel_size": 1, "padding": 1}, ["padding is 1", "1 // 2 = 0", "use 0"]),
            ({"kernel_size": 3, "padding": "full"}, ["padding is 2", "use 1"]),
            ({"kernel_size": 7}, ["kernel_size 7", "has only 5 (5 + 0 + 0 padding)"]),
            ({"kernel_size": 8, "stride": 1, "ceil_mode": True}, ["kernel_size 8"]),
            ({"kernel_size": (3,)}, ["1 axis"]),
            ({"kernel_size": (2, 2, 2)}, ["3 axes"]),
            ({"kernel_size": (1, 1, 1, 1)}, ["has 4 axes"]),
        ]
    ),
)
def test_no_setting_that_only_a_pooling_has(keywords, said):
    for call in pool_calls(**keywords):
        for words in said:
            assert words in str(refusal(call))


def test_no_kind_of_pooling_that_there_is_not():
    assert "kind is 'mean' but must be one of max, avg" in str(refusal(PoolSpec, 2, kind="mean"))


# Arrays that do not suit


@pytest.mark.parametrize(
    ("x", "w", "bias", "said"),
    [
        (X[0, 0], W, None, "input has 2 axes"),
        (X[None], W, None, "input has 5 axes"),
        (7, W, None, "input has 0 axes"),
        (X, W[0], None, "weight has 3 axes"),
        (X, 1.0, None, "weight has 0 axes"),
        (X, np.ones((2, 3, 3, 3)), None, "use a weight of shape (2, 2, 3, 3)"),
        (X[:, :1], W, None, "use a weight of shape (2, 1, 3, 3)"),
        (X, W, np.ones(3), "bias has shape (3,)"),
        (X, W, np.ones((2, 1)), "bias has shape (2, 1)"),
        (X, W, 1.0, "use shape (2,)"),
        (np.ones((1, 2, 0, 6)), W, None, "input_size is 0"),
        (np.ones((1, 0, 5, 6)), np.ones((2, 0, 3, 3)), None, "in_channels is 0"),
        (X, np.ones((0, 2, 3, 3)), None, "out_channels is 0"),
        (X, np.ones((2, 2, 0, 3)), None, "kernel_size is 0"),
        (X, np.ones((2, 2, 6, 3)), None, "kernel_size 6 but the padded input has only 5"),
        ([[[1, 2], [3]]], W, None, "input is not an array of numbers"),
        (X, [[[[1, 2], [3]]]], None, "weight is not an array of numbers"),
        (None, W, None, "input has the type object"),
        (X, "kernel", None, "weight has the type <U6"),
        (X, W, ["a", "b"], "bias has the type <U1"),
        (X * 1j, W, None, "input has the type complex128"),
    ],
)
def test_no_arrays_that_do_not_suit_each_other(x, w, bias, said):
    assert said in str(refusal(conv2d, x, w, bias))


@pytest.mark.parametrize("pool", [max_pool2d, avg_pool2d])
@pytest.mark.parametrize(
    ("x", "said"),
    [
        (X[0, 0], "input has 2 axes"),
        (X[None], "input has 5 axes"),
        ([[1, 2], [3]], "not an array of numbers"),
        ("picture", "input has the type"),
        (np.ones((1, 0, 5)), "input_size is 0"),
    ],
)
def test_no_array_that_is_no_picture(pool, x, said):
    assert said in str(refusal(pool, x, 2))


def test_no_padding_that_the_memory_cannot_hold():
    error = refusal(conv2d, X, W, padding=2**30)
    assert "more than the memory holds" in str(error)
    assert str(2 * 2**30 + 5) in str(error)


TRACED = ConvSpec(2, 3, 3), X[0], np.ones((3, 2, 3, 3))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((PoolSpec(2), X), "drop the batch"),
        ((PoolSpec(2), X[0, 0]), "add the channels"),
        ((ConvSpec(2, 3, 3), X[0], None), "weight has the type object"),
        ((ConvSpec(2, 3, 3), X[0], np.ones((1, 1, 1, 1))), "weight of shape (3, 2, 3, 3)"),
        ((ConvSpec(3, 3, 3), X[0], np.ones((3, 3, 3, 3))), "input has 2 channels"),
        ((*TRACED, None, (3, 0)), "use at most (2, 3) in channel 2"),
        ((*TRACED, None, (0, 4)), "use at most (2, 3) in channel 2"),
        ((*TRACED, None, (-1, 0)), "outside"),
        ((*TRACED, None, (0, 0), 3), "outside"),
        ((*TRACED, None, (0, 0), -1), "outside"),
        ((*TRACED, None, (0,)), "outside"),
        ((*TRACED, None, 0), "outside"),
        ((*TRACED, None, (0.5, 0)), "outside"),
        ((*TRACED, None, None), "outside"),
        ((*TRACED, None, (0, 0), None), "outside"),
        ((*TRACED, np.ones(2)), "bias has shape (2,)"),
    ],
)
def test_no_trace_outside_the_output_or_of_arrays_that_do_not_suit(arguments, said):
    assert said in str(refusal(trace_window, *arguments))


@pytest.mark.parametrize("step", [-1, 12, 1.5, NAN, None, "1", 10**30])
def test_no_step_that_there_is_not(step):
    assert "use 0 to 11" in str(refusal(step_place, step, (2, 3), 2))


# The suggestion works


@pytest.mark.parametrize("ceil_mode", [False, True])
def test_a_kernel_or_padding_that_was_suggested_really_fits(ceil_mode):
    met = 0
    for n, k, s, before, after, d in product(
        (1, 2, 3, 5), range(1, 9), (1, 2), (0, 1, 3), (0, 2), (1, 2, 3)
    ):
        try:
            output_size(n, k, s, ((before, after),), d, ceil_mode)
        except ShapeError as error:
            kernel, more = re.search(
                r"kernel_size (\d+) or less, or (\d+) more", str(error)
            ).groups()
            assert output_size(n, int(kernel), s, ((before, after),), d, ceil_mode) >= 1
            assert output_size(n, 1, s, ((before, after),), d, ceil_mode) >= 1
            wider = ((before + int(more), after + int(more)),)
            assert output_size(n, k, s, wider, d, ceil_mode) >= 1
            assert int(kernel) == 1 or int(kernel) < k
            met += 1
    assert met > 200


@pytest.mark.parametrize("mode", ["reflect", "circular"])
def test_padding_that_was_suggested_for_a_mode_really_works(mode):
    met = {"number": 0, "mode": 0, "fit": 0}
    for n, k, d, before, after in product((1, 2, 3, 5), range(1, 9), (1, 2), (0, 1, 4), (0, 2, 5)):
        layer = {"kernel_size": (k,), "dilation": d, "padding_mode": mode}
        try:
            ConvSpec(1, 1, **layer, padding=((before, after),)).axes(n)
        except ShapeError as error:
            if number := re.search(r"use (\d+)\.$", str(error)):
                padding = ((min(before, int(number[1])), min(after, int(number[1]))),)
                met["number"] += 1
            elif "use padding_mode='replicate'" in str(error):
                layer["padding_mode"], padding = "replicate", ((before, after),)
                met["mode"] += 1
            else:
                if "more padding" in str(error):
                    more = int(re.search(r"(\d+) more padding", str(error))[1])
                    ConvSpec(1, 1, **layer, padding=((before + more, after + more),)).axes(n)
                layer["kernel_size"] = (int(re.search(r"use kernel_size (\d+)", str(error))[1]),)
                padding = ((before, after),)
                met["fit"] += 1
                if max(before, after) > n - (mode == "reflect"):
                    continue  # that is the next thing to mend
            ConvSpec(1, 1, **layer, padding=padding).axes(n)
    assert min(met.values()) > 5


def test_a_kernel_that_was_suggested_for_a_pooling_really_fits():
    met = 0
    for n, k, d, before, after in product((1, 2, 3), range(1, 9), (1, 2, 4), (0, 1, 2), (0, 1, 2)):
        if max(before, after) > k // 2:
            continue
        try:
            PoolSpec((k,), 1, ((before, after),), d).axes(n)
        except ShapeError as error:
            padding = ((before, after),)
            if "without padding" in str(error):
                padding = 0
            kernel = int(re.search(r"use kernel_size (\d+)", str(error))[1])
            assert PoolSpec((kernel,), 1, padding, d).axes(n)
            if more := re.search(r"(\d+) more padding", str(error)):
                wider = ((before + int(more[1]), after + int(more[1])),)
                assert PoolSpec((k,), 1, wider, d).axes(n)
            met += 1
    assert met > 50


@pytest.mark.parametrize("in_channels", range(1, 13))
def test_the_groups_that_were_suggested_divide_and_are_the_nearest(in_channels):
    for out_channels, groups in product(range(1, 13), range(1, 15)):
        fault = nearest_divisor_fault(groups, in_channels, out_channels)
        both = [g for g in range(1, 13) if in_channels % g == out_channels % g == 0]
        if groups in both:
            assert fault is None
            continue
        suggested = int(re.search(r"use (\d+)", fault)[1])
        assert suggested in both
        assert abs(suggested - groups) == min(abs(g - groups) for g in both)
        listed = re.search(r"possible: ([\d, ]+)", fault)[1]
        assert [int(g) for g in listed.split(", ")] == both
        ConvSpec(in_channels, out_channels, 1, groups=suggested)


def test_what_was_suggested_for_a_strided_same_works():
    for k in range(1, 8):
        with pytest.raises(ShapeError) as caught:
            ConvSpec(1, 1, (k,), stride=2, padding="same")
        upper, number = re.search(r"or padding='(\w+)' .*padding=(\d+)", str(caught.value)).groups()
        for padding in (upper, int(number)):
            assert ConvSpec(1, 1, (k,), stride=2, padding=padding).output_size(8)
        assert ConvSpec(1, 1, (k,), padding="same").output_size(8) == (8,)


def test_pool_padding_that_was_suggested_works():
    for k, p in product(range(1, 6), range(1, 6)):
        if p > k // 2:
            suggested = int(re.search(r"use (\d+)", str(refusal(PoolSpec, k, padding=p)))[1])
            assert PoolSpec(k, padding=suggested).output_size((1, 1))
            refusal(PoolSpec, k, padding=suggested + 1)


@pytest.mark.parametrize("value", [0, -3, 0.4, 2.5, 7.0, True, np.float32(3.2)])
def test_a_whole_number_that_was_suggested_is_near_and_works(value):
    suggested = int(re.search(r"use (\d+)\.", str(refusal(ConvSpec, 1, 1, 1, stride=value)))[1])
    assert ConvSpec(1, 1, 1, stride=suggested)
    assert suggested == max(1, round(float(value)))


# All faults at once, and the wording


def test_every_fault_is_named_at_once():
    error = refusal(
        ConvSpec, 0, 2.5, 3, stride=0, padding=-1, dilation=NAN, groups=-2, padding_mode="x"
    )
    for name in ("in_channels", "out_channels", "stride", "padding", "dilation", "groups", "mode"):
        assert sum(name in fault for fault in error.faults) >= 1, name
    assert len(error.faults) == 7
    assert str(error) == " ".join(error.faults)
    both = refusal(output_size, (2, 3), (5, 5))
    assert ["height" in both.faults[0], "width" in both.faults[1]] == [True, True]


@pytest.mark.parametrize(
    ("call", "wording"),
    [
        (
            lambda: output_size(3, 5),
            "The window does not fit along the width: kernel_size 5 but the padded input has only "
            "3 (3 + 0 + 0 padding); use kernel_size 3 or less, or 1 more padding on each side.",
        ),
        (lambda: output_size(5, 3, 0), "stride is 0 but must be at least 1; use 1."),
        (
            lambda: output_size(5, 3, padding=0.5),
            "padding is 0.5 but must be a whole number; use 0.",
        ),
        (
            lambda: output_size((5, 5), (3, 3), padding=(1, 1, 1, 1)),
            "input_size (5, 5), kernel_size (3, 3), stride 1, padding (1, 1, 1, 1) and dilation 1 "
            "speak of different numbers of axes; give each one number or the same number of them.",
        ),
        (
            lambda: conv2d(X, W, padding=(1, 1, 1, 1)),
            "padding has 4 numbers ((1, 1, 1, 1)) but the layer has 2 axes; give one number or 2.",
        ),
        (
            lambda: conv2d(X, W, padding=((1, 1),)),
            "padding ((1, 1),) must be 2 (before, after) pairs, one an axis; use for example "
            "((1, 1), (1, 1)).",
        ),
        (
            lambda: conv_parameters(4, 6, 3, groups=4),
            "groups=4 must divide in_channels=4 and out_channels=6; use 2 (possible: 1, 2).",
        ),
        (
            lambda: max_pool2d(X, 2, padding=2),
            "Pooling padding is 2 but may be at most half the kernel, 2 // 2 = 1 per side; use 1.",
        ),
        (
            lambda: conv2d(X, W, padding=5, padding_mode="reflect"),
            "Reflect padding takes its cells from the input: padding 5 is too much for input size "
            "5, where at most 4 is possible; use 4.",
        ),
        (
            lambda: output_size(5, 3, 2**31),
            f"stride is {2**31} but may be at most {LARGEST_COUNT}; use less.",
        ),
        (
            lambda: conv_macs(3, 16, (3,), (32, 32)),
            "kernel_size (3,) and output_size (32, 32) speak of different numbers of axes; give "
            "both the same number.",
        ),
    ],
)
def test_the_wording(call, wording):
    assert str(refusal(call)) == wording


# Garbage: an array of the size that was said, or ShapeError

numbers = st.one_of(
    st.integers(-2, 9),
    st.sampled_from([NAN, INF, -0.0, 1.0, 2.5, True, False, None, 10**40, -(10**40), 2**31]),
    st.sampled_from(["", "1", "same", "valid", "full", "same_upper", "same_lower", "reflect"]),
    st.binary(max_size=2),
)
garbage = st.one_of(
    numbers,
    st.recursive(
        numbers, lambda inner: st.lists(inner, max_size=3) | st.tuples(inner, inner), max_leaves=6
    ),
    st.dictionaries(st.text(max_size=1), numbers, max_size=1),
)
counts = st.one_of(st.integers(1, 3), st.tuples(st.integers(1, 3), st.integers(1, 3)))
paddings = st.sampled_from([0, 1, 2, (1, 0), ((0, 1), (2, 0)), *PADDING_WORDS])
flags = st.booleans() | st.none() | st.integers(0, 1)
PLAIN_PADDINGS = [0, 0, 1, (1, 0), ((0, 1), (1, 0)), "valid", "same_upper"]


def spoiled(**strategies):
    """Settings that are sensible one by one, of which up to two are then replaced by garbage."""
    return st.tuples(
        st.fixed_dictionaries(strategies),
        st.dictionaries(st.sampled_from(sorted(strategies)), garbage, max_size=2),
    ).map(lambda both: both[0] | both[1])


def outcome(call):
    """The result, or None for a ShapeError; another exception ends the test."""
    try:
        return call()
    except ShapeError as error:
        return None if str(error) else pytest.fail("a ShapeError that says nothing")


@FUZZ
@given(
    kernel=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    settings=spoiled(
        stride=counts,
        padding=paddings,
        dilation=counts,
        groups=st.integers(1, 2),
        padding_mode=st.sampled_from(tuple(PADDING_MODES)),
        padding_value=st.just(0),
    ),
)
def test_a_convolution_is_the_size_that_was_said_or_refused(kernel, settings):
    groups = settings["groups"]
    w = np.ones((2, 1 if type(groups) is int and groups == 2 else 2, *kernel))
    windows = {key: settings[key] for key in ("stride", "padding", "dilation")}
    y = outcome(lambda: conv2d(X, w, **settings))
    size = outcome(lambda: output_size((5, 6), kernel, **windows))
    of_spec = outcome(lambda: ConvSpec(2, 2, kernel, **settings).output_size((5, 6)))
    if y is None:
        assert of_spec is None
    else:
        assert y.shape == (1, 2, *size) and size == of_spec
    if size is None:
        assert y is None


@FUZZ
@given(
    windows=spoiled(
        kernel_size=counts,
        stride=st.none() | counts,
        padding=st.sampled_from(PLAIN_PADDINGS),
        dilation=counts,
        ceil_mode=flags,
    ),
    count=flags,
    divisor=st.one_of(st.none(), st.integers(-1, 9), garbage),
)
def test_a_pooling_is_the_size_that_was_said_or_refused(windows, count, divisor):
    y = outcome(lambda: max_pool2d(X, **windows))
    means = {"count_include_pad": count, "divisor_override": divisor}
    mean = outcome(lambda: avg_pool2d(X, **windows, **means))
    spec = outcome(lambda: PoolSpec(**windows))
    size = spec and outcome(lambda: spec.output_size((5, 6)))
    if y is None:
        assert size is None and mean is None
    else:
        assert y.shape == (1, 2, *size)
        kernel, stride = windows["kernel_size"], windows["stride"]
        square = (kernel, kernel) if isinstance(kernel, int) else kernel
        others = windows | {"kernel_size": square, "stride": square if stride is None else stride}
        assert output_size((5, 6), **others) == size
    if mean is not None:
        assert mean.shape == y.shape and np.isfinite(mean).all()


@FUZZ
@given(
    spoiled(
        input_size=counts | st.integers(3, 9),
        kernel_size=counts,
        stride=counts,
        padding=paddings,
        dilation=counts,
    )
)
def test_sizes_are_whole_numbers_or_refused(settings):
    size = outcome(lambda: output_size(**settings))
    if isinstance(size, tuple):
        assert size and all(type(n) is int and n >= 1 for n in size)
    else:
        assert size is None or (type(size) is int and size >= 1)


@FUZZ
@given(
    spoiled(
        in_channels=st.sampled_from([2, 4, 6]),
        out_channels=st.sampled_from([2, 4, 6]),
        kernel_size=counts,
        output_size=counts,
        groups=st.sampled_from([1, 1, 2, 4]),
    )
)
def test_costs_are_whole_numbers_or_refused(settings):
    channels = {key: settings[key] for key in ("in_channels", "out_channels")}
    learned = {**channels, "kernel_size": settings["kernel_size"], "groups": settings["groups"]}
    for count in (
        outcome(lambda: conv_parameters(**learned)),
        outcome(lambda: conv_macs(**settings)),
        outcome(lambda: linear_parameters(*channels.values())),
    ):
        assert count is None or (type(count) is int and count >= 1)
