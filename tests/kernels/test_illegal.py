"""A legal layer with one setting spoilt is refused: never an array, always ShapeError with numbers.

Each case draws a legal call, shows that it is one, spoils a single thing about it, and looks for
the spoilt setting's name and number in what the refusal says.
"""

import numpy as np
import pytest

from kernels.errors import LARGEST_COUNT, ShapeError
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.ops.functional import (
    avg_pool1d,
    avg_pool1d_backward,
    avg_pool2d,
    avg_pool2d_backward,
    avg_pool3d,
    avg_pool3d_backward,
    conv1d,
    conv1d_backward,
    conv2d,
    conv2d_backward,
    conv3d,
    conv3d_backward,
    conv_transpose1d,
    conv_transpose2d,
    conv_transpose3d,
    lp_pool1d,
    lp_pool2d,
    lp_pool3d,
    max_pool1d,
    max_pool1d_backward,
    max_pool2d,
    max_pool2d_backward,
    max_pool3d,
    max_pool3d_backward,
    median_pool1d,
    median_pool2d,
    median_pool3d,
    min_pool1d,
    min_pool2d,
    min_pool3d,
)
from kernels.ops.matrix import convolution_matrix, im2col
from tests.random_layers import both, conv_case, pool_case, transposed_case

RANKS = (1, 2, 3)
CONV = dict(zip(RANKS, (conv1d, conv2d, conv3d), strict=True))
CONV_BACK = dict(zip(RANKS, (conv1d_backward, conv2d_backward, conv3d_backward), strict=True))
TRANSPOSE = dict(zip(RANKS, (conv_transpose1d, conv_transpose2d, conv_transpose3d), strict=True))
POOLS = {
    1: (max_pool1d, avg_pool1d, min_pool1d, median_pool1d, lp_pool1d),
    2: (max_pool2d, avg_pool2d, min_pool2d, median_pool2d, lp_pool2d),
    3: (max_pool3d, avg_pool3d, min_pool3d, median_pool3d, lp_pool3d),
}
POOL_BACK = {
    1: (max_pool1d_backward, avg_pool1d_backward),
    2: (max_pool2d_backward, avg_pool2d_backward),
    3: (max_pool3d_backward, avg_pool3d_backward),
}


def refusal(call, *arguments, **settings):
    """What the ShapeError says that a call ends in; anything else fails the test."""
    with pytest.raises(ShapeError) as caught:
        call(*arguments, **settings)
    assert type(caught.value) is ShapeError and caught.value.faults
    return str(caught.value)


def no_count(draw, rank, least):
    """Something that is not a whole number of at least `least`, and how a refusal shows it."""
    number = [
        int(draw.integers(least - 9, least)),
        round(float(draw.uniform(0.1, 9)), 3) + 0.0001,
        float("nan"),
        float("inf"),
        float(draw.integers(1, 9)),
        bool(draw.random() < 0.5),
        str(draw.integers(1, 9)),
        LARGEST_COUNT + int(draw.integers(1, 9)),
    ][draw.integers(8)]
    form = draw.integers(3)
    if form == 0:
        return number, repr(number)
    if form == 1 and rank > 1:
        values = [max(least, 1)] * rank
        values[draw.integers(rank)] = number
        return tuple(values), repr(number)
    values = tuple(int(n) for n in draw.integers(1, 4, rank + 1))
    return values, repr(values)


def no_window_fits(draw, rank, size, pairs, kernel, dilation):
    """A kernel or dilation whose window is longer than an axis, and what the refusal names."""
    axis = int(draw.integers(rank))
    padded, cells = size[axis] + sum(pairs[axis]), list(both(kernel, rank))
    spread = list(both(dilation, rank))
    if cells[axis] > 1 and draw.random() < 0.5:
        spread[axis] = padded // (cells[axis] - 1) + 1
    else:
        cells[axis] = padded + int(draw.integers(1, 9))
    reach = spread[axis] * (cells[axis] - 1) + 1
    assert reach > padded
    name = ("depth", "height", "width")[3 - rank + axis]
    said = [f"along the {name}", f"kernel_size {cells[axis]}", f"only {padded}"]
    return tuple(cells), tuple(spread), said


# Convolution, its gradients and its matrix


def spoil_conv(draw, rank, x, w, settings):
    """(weight, settings, words) with one thing wrong."""
    spec = ConvSpec(x.shape[1], len(w), w.shape[2:], **settings)
    axes = spec.axes(x.shape[2:])
    choice = str(draw.choice(["stride", "dilation", "groups", "padding", "fit", "divide",
                              "channels", "mode", "value", "take", "same"]))  # fmt: skip
    settings = dict(settings)
    if choice in ("stride", "dilation", "padding"):
        settings[choice], said = no_count(draw, rank, 0 if choice == "padding" else 1)
        return w, settings, [choice, said]
    if choice == "groups":
        value, said = no_count(draw, 1, 1)
        return w, settings | {"groups": value}, ["groups", said]
    if choice == "divide":
        groups = int(np.gcd(x.shape[1], len(w))) + int(draw.integers(1, 9))
        return w, settings | {"groups": groups}, [f"groups={groups}", "use "]
    if choice == "channels":
        more = int(draw.integers(1, 4))
        wider = np.ones((len(w), w.shape[1] + more, *w.shape[2:]))
        return wider, settings, [f"{w.shape[1] + more} channels", str(spec.weight_shape)]
    if choice == "mode":
        mode = str(draw.choice(["", "mirror", "ZEROS", "same"]))
        return w, settings | {"padding_mode": mode}, ["padding_mode", repr(mode)]
    if choice == "value":
        value = float(draw.integers(1, 9))
        changed = {"padding_mode": "zeros", "padding_value": value}
        return w, settings | changed, ["padding_value", str(value)]
    if choice == "take":
        mode = str(draw.choice(["reflect", "circular"]))
        most = min(x.shape[2:]) - (mode == "reflect")
        padding = most + int(draw.integers(1, 5))
        changed = {"padding_mode": mode, "padding": padding, "padding_value": 0.0}
        settings |= changed | {"dilation": 1}
        if any(k > n + 2 * padding for k, n in zip(w.shape[2:], x.shape[2:], strict=True)):
            return w, settings, ["kernel_size"]
        return w, settings, [f"padding {padding}", f"at most {most}"]
    if choice == "same":
        stride = int(draw.integers(2, 9))
        return w, settings | {"padding": "same", "stride": stride}, [f"stride is {stride}"]
    pairs = tuple((axis.before, axis.after) for axis in axes)
    kernel, dilation, said = no_window_fits(
        draw, rank, x.shape[2:], pairs, w.shape[2:], settings["dilation"]
    )
    changed = {"padding": pairs, "dilation": dilation}
    return np.ones((*w.shape[:2], *kernel)), settings | changed, said


def check_conv(rank, seed):
    draw = np.random.default_rng([rank, seed])
    x, w, bias, settings = conv_case(draw, rank)
    y = CONV[rank](x, w, bias, **settings)
    spoilt_w, spoilt, words = spoil_conv(draw, rank, x, w, settings)
    calls = [
        lambda: CONV[rank](x, spoilt_w, bias, **spoilt),
        lambda: CONV_BACK[rank](x, spoilt_w, y, **spoilt),
    ]
    if spoilt_w is w and spoilt["groups"] is settings["groups"]:
        own = {name: value for name, value in spoilt.items() if name != "groups"}
        calls.append(lambda: im2col(x, w.shape[2:], **own))
        calls.append(lambda: ConvSpec(x.shape[1], len(w), w.shape[2:], **spoilt).axes(x.shape[2:]))
        if spoilt.get("padding_mode") != "constant" and not spoilt.get("padding_value"):
            spoilt = {name: value for name, value in spoilt.items() if name != "padding_value"}
            calls.append(lambda: convolution_matrix(w, x.shape[2:], **spoilt))
    for call in calls:
        said = refusal(call)
        assert all(word in said for word in words), (words, said)


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("seed", range(60))
def test_a_spoilt_convolution_is_refused_with_its_numbers(rank, seed):
    check_conv(rank, seed)


@pytest.mark.long
@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("seed", range(1000, 3000))
def test_thousands_of_spoilt_convolutions_are_refused_with_their_numbers(rank, seed):
    check_conv(rank, seed)


# Transposed convolution


def spoil_transposed(draw, rank, x, w, settings):
    layer = ConvTransposeSpec(len(w), w.shape[1] * settings["groups"], w.shape[2:], **settings)
    counts = ("stride", "dilation", "padding", "output_padding")
    others = ("groups", "too far", "nothing left", "word", "channels", "divide")
    choice = str(draw.choice([*counts, *others]))
    settings = dict(settings)
    if choice in counts:
        settings[choice], said = no_count(draw, rank, 1 if choice in ("stride", "dilation") else 0)
        return w, settings, [choice, said]
    if choice == "groups":
        value, said = no_count(draw, 1, 1)
        return w, settings | {"groups": value}, ["groups", said]
    if choice == "divide":
        groups = len(w) + int(draw.integers(1, 9))
        return w, settings | {"groups": groups}, [f"groups={groups}", f"in_channels={len(w)}"]
    if choice == "too far":
        axis, extra = int(draw.integers(rank)), list(layer.output_padding)
        most = max(layer.stride[axis], layer.dilation[axis]) - 1
        extra[axis] = most + int(draw.integers(1, 9))
        words = [f"output_padding is {extra[axis]}", f"stride {layer.stride[axis]}",
                 f"dilation {layer.dilation[axis]}", f"use {most}"]  # fmt: skip
        return w, settings | {"output_padding": tuple(extra)}, words
    if choice == "nothing left":
        axes = layer.axes(x.shape[2:])
        axis, pairs = int(draw.integers(rank)), [list(pair) for pair in layer.padding]
        whole = axes[axis].uncropped + axes[axis].output_padding
        pairs[axis] = [int(draw.integers(0, whole + 1)), 0]
        pairs[axis][1] = whole - pairs[axis][0] + int(draw.integers(0, 5))
        words = [str(axes[axis].uncropped), f"{pairs[axis][0]} + {pairs[axis][1]}"]
        return w, settings | {"padding": tuple(tuple(pair) for pair in pairs)}, words
    if choice == "word":
        word = str(draw.choice(["same", "valid", "full", "SAME"]))
        return w, settings | {"padding": word}, ["padding", repr(word)]
    more = settings["groups"] * int(draw.integers(1, 4))
    wider = np.ones((len(w) + more, *w.shape[1:]))
    return wider, settings, [f"{len(w) + more} input channels", str(layer.weight_shape)]


def check_transposed(rank, seed):
    draw = np.random.default_rng([rank, seed])
    x, w, bias, settings = transposed_case(draw, rank)
    TRANSPOSE[rank](x, w, bias, **settings)
    spoilt_w, spoilt, words = spoil_transposed(draw, rank, x, w, settings)
    said = refusal(TRANSPOSE[rank], x, spoilt_w, bias, **spoilt)
    assert all(word in said for word in words), (words, said)


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("seed", range(60))
def test_a_spoilt_transposed_convolution_is_refused_with_its_numbers(rank, seed):
    check_transposed(rank, seed)


@pytest.mark.long
@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("seed", range(1000, 3000))
def test_thousands_of_spoilt_transposed_convolutions_are_refused(rank, seed):
    check_transposed(rank, seed)


# Pooling and its gradients


def spoil_pool(draw, rank, size, settings):
    own = dict(settings) | {"kernel_size": both(settings["kernel_size"], rank)}
    layer = PoolSpec(**own)
    choice = str(draw.choice(["kernel_size", "stride", "dilation", "padding", "half", "fit"]))
    settings = dict(settings)
    if choice == "half":
        axis, pairs = int(draw.integers(rank)), [list(pair) for pair in layer.padding]
        most = layer.kernel_size[axis] // 2
        too_much = most + int(draw.integers(1, 9))
        pairs[axis][int(draw.integers(2))] = too_much
        words = [f"padding is {too_much}", f"{layer.kernel_size[axis]} // 2 = {most}"]
        return settings | {"padding": tuple(tuple(pair) for pair in pairs)}, words
    if choice == "fit":
        kernel, dilation, said = no_window_fits(
            draw, rank, size, layer.padding, layer.kernel_size, layer.dilation
        )
        changed = {"kernel_size": kernel, "dilation": dilation, "ceil_mode": False}
        return settings | changed, said
    settings[choice], said = no_count(draw, rank, 0 if choice == "padding" else 1)
    return settings, [choice, said]


def check_pool(rank, seed):
    draw = np.random.default_rng([rank, seed])
    x, settings = pool_case(draw, rank=rank)
    spoilt, words = spoil_pool(draw, rank, x.shape[2:], settings)
    for pool in POOLS[rank]:
        power = {"norm_type": 2} if pool in (lp_pool1d, lp_pool2d, lp_pool3d) else {}
        y = pool(x, **power, **settings)
        said = refusal(pool, x, **power, **spoilt)
        assert all(word in said for word in words), (words, said)
    for back in POOL_BACK[rank]:
        assert back(x, y, **settings).shape == x.shape
        said = refusal(back, x, y, **spoilt)
        assert all(word in said for word in words), (words, said)


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("seed", range(60))
def test_a_spoilt_pooling_is_refused_with_its_numbers(rank, seed):
    check_pool(rank, seed)


@pytest.mark.long
@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("seed", range(1000, 3000))
def test_thousands_of_spoilt_poolings_are_refused_with_their_numbers(rank, seed):
    check_pool(rank, seed)


# What only one kind has


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("power", [0, -1, -0.5, float("nan"), float("inf"), None, "2", True, 1j,
                                   [2], np.array([2]), 2**40, 10**400, 10**5000],
                         ids=range(14))  # fmt: skip
def test_no_power_that_there_is_not(rank, power):
    said = refusal(POOLS[rank][4], np.ones((1, *(4,) * rank)), power, 2)
    assert "norm_type is" in said and "use 2" in said
    if type(power) in (int, float) and power != 10**5000 and power != 10**400:
        assert repr(power) in said


def test_a_power_belongs_to_lp_alone():
    for kind in ("max", "avg", "min", "median"):
        assert "norm_type is 2" in refusal(PoolSpec, 2, kind=kind, norm_type=2)
    assert "norm_type is None" in refusal(PoolSpec, 2, kind="lp")
    assert PoolSpec(2, kind="lp", norm_type=3).norm_type == 3.0


@pytest.mark.parametrize("rank", RANKS)
@pytest.mark.parametrize("divisor", [0, -1, 1.5, 2.0, "2", True, 2**31])
def test_no_divisor_that_there_is_not(rank, divisor):
    x = np.ones((1, *(4,) * rank))
    calls = [
        lambda: POOLS[rank][1](x, 2, divisor_override=divisor),
        lambda: POOL_BACK[rank][1](
            x, x[(..., *(slice(0, 2),) * rank)], 2, divisor_override=divisor
        ),
    ]
    for call in calls:
        assert f"divisor_override is {divisor!r}" in refusal(call)


@pytest.mark.parametrize("rank", RANKS)
def test_no_arrays_that_do_not_suit_each_other(rank):
    x, w = np.ones((1, 2, *(4,) * rank)), np.ones((2, 2, *(3,) * rank))
    wrong = {
        f"input has {rank} axes": (np.ones((4,) * rank), w, None),
        f"input has {rank + 3} axes": (x[None], w, None),
        f"weight has {rank + 1} axes": (x, w[0], None),
        "weight has 0 axes": (x, 1.0, None),
        "bias has shape (3,)": (x, w, np.ones(3)),
        "bias has shape ()": (x, w, 1.0),
        "input_size is 0": (x[..., :0], w, None),
        "kernel_size is 0": (x, w[..., :0], None),
        "in_channels is 0": (x[:, :0], w[:0, :0], None),
        "input has the type": (x * 1j, w, None),
        "weight has the type": (x, "kernel", None),
        "bias has the type": (x, w, ["a", "b"]),
        "not an array of numbers": ([[1, 2], [3]], w, None),
    }
    for words, (input, weight, bias) in wrong.items():
        for layer in (CONV[rank], TRANSPOSE[rank]):
            assert words in refusal(layer, input, weight, bias), words
    for pool in POOLS[rank]:
        power = (2,) if pool is POOLS[rank][4] else ()
        for words in (f"input has {rank} axes", "input has the type", "input_size is 0"):
            said = refusal(pool, wrong[words][0], *power, 2)
            assert words in said
