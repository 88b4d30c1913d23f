"""Every pooling over 1 to 3 axes: plain loops, ONNX, SciPy, laws, and the rules of the edges."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.ndimage import median_filter

import kernels.ops.pool
from kernels.errors import ShapeError
from kernels.layers.geometry import output_size
from kernels.layers.spec import PoolSpec
from kernels.ops.functional import (
    avg_pool1d,
    avg_pool2d,
    avg_pool3d,
    lp_pool1d,
    lp_pool2d,
    lp_pool3d,
    max_pool1d,
    max_pool2d,
    max_pool3d,
    median_pool1d,
    median_pool2d,
    median_pool3d,
    min_pool1d,
    min_pool2d,
    min_pool3d,
)
from kernels.ops.trace import trace_window
from tests import reference_nd
from tests.onnx_reference import onnx_node
from tests.random_layers import both, pool_case

same_numbers = np.testing.assert_array_equal
POOL = {
    "max": {1: max_pool1d, 2: max_pool2d, 3: max_pool3d},
    "avg": {1: avg_pool1d, 2: avg_pool2d, 3: avg_pool3d},
    "min": {1: min_pool1d, 2: min_pool2d, 3: min_pool3d},
    "median": {1: median_pool1d, 2: median_pool2d, 3: median_pool3d},
    "lp": {1: lp_pool1d, 2: lp_pool2d, 3: lp_pool3d},
}
RANKS = (1, 2, 3)
each_kind = pytest.mark.parametrize("kind", POOL)
each_rank = pytest.mark.parametrize("rank", RANKS)


def rng(seed):
    return np.random.default_rng(seed)


def pool(kind, x, rank=None, **settings):
    """Call a pooling with keywords; Lp with the power 2 unless told."""
    rank = rank or np.ndim(x) - 2
    if kind == "lp":
        settings = {"norm_type": 2, **settings}
    return POOL[kind][rank](x, **settings)


# Against plain loops


def own_settings(draw, kind):
    """What only this kind of pooling takes."""
    if kind == "avg":
        divisor = int(draw.integers(1, 8)) if draw.random() < 0.2 else None
        return {"count_include_pad": bool(draw.random() < 0.5), "divisor_override": divisor}
    return {"norm_type": float(draw.choice([1, 2, 3, 0.5]))} if kind == "lp" else {}


def check(kind, rank, seed):
    x, settings = pool_case(rng(seed), rank=rank)
    own = own_settings(rng([seed, 1]), kind)
    y = pool(kind, x, **settings, **own)
    expected = reference_nd.pool(x, kind, **settings, **own)
    if kind == "lp":
        np.testing.assert_allclose(y, expected, rtol=1e-13, atol=0)
    else:
        same_numbers(y, expected)
    kernel, stride = settings["kernel_size"], settings["stride"]
    stride = kernel if stride is None else stride
    windows = {name: settings[name] for name in ("padding", "dilation", "ceil_mode")}
    size = output_size(x.shape[2:], both(kernel, rank), stride, **windows)
    assert y.shape == (*x.shape[:2], *size)
    assert PoolSpec(both(kernel, rank), **{k: v for k, v in settings.items() if k != "kernel_size"},
                    **own, kind=kind).output_size(x.shape[2:]) == size  # fmt: skip


@each_rank
@each_kind
@pytest.mark.parametrize("seed", range(40))
def test_every_legal_setting_gives_the_numbers_of_plain_loops(kind, rank, seed):
    check(kind, rank, seed)


@pytest.mark.long
@each_rank
@pytest.mark.parametrize("seed", range(1000, 2500))
def test_thousands_of_legal_settings_give_the_numbers_of_plain_loops(rank, seed):
    for kind in POOL:
        check(kind, rank, seed)


def check_winners(rank, seed):
    x, settings = pool_case(rng(seed), rank=rank)
    y, indices = POOL["max"][rank](x, **settings, return_indices=True)
    same_numbers(y, POOL["max"][rank](x, **settings))
    same_numbers(indices, reference_nd.winners(x, **settings))
    assert indices.dtype == np.int64


@each_rank
@pytest.mark.parametrize("seed", range(40))
def test_the_winners_stand_where_plain_loops_find_them_first(rank, seed):
    check_winners(rank, seed)


@pytest.mark.long
@each_rank
@pytest.mark.parametrize("seed", range(1000, 2500))
def test_the_winners_stand_there_thousands_of_times(rank, seed):
    check_winners(rank, seed)


@each_rank
def test_the_random_poolings_cover_what_is_easily_got_wrong(rank):
    seen = {"overhang": 0, "dropped": 0, "uneven": 0, "padded and dilated": 0, "negative": 0}
    for seed in range(150):
        x, settings = pool_case(rng(seed), rank=rank)
        kernel = both(settings["kernel_size"], rank)
        axes = PoolSpec(**settings | {"kernel_size": kernel}).axes(x.shape[2:])
        seen["overhang"] += any(axis.overhang for axis in axes)
        seen["dropped"] += any(axis.last_window_dropped for axis in axes)
        seen["uneven"] += any(axis.before != axis.after for axis in axes)
        seen["padded and dilated"] += any(axis.before and axis.dilation > 1 for axis in axes)
        seen["negative"] += bool((x < 0).all())
    assert min(seen.values()) >= 5, seen


# Against ONNX and SciPy


def onnx_case(rank, seed, least_stride):
    """The same pooling written in both ways."""
    draw = rng([rank, seed])
    x = draw.integers(-9, int(draw.choice([0, 10])), (1, 2, *(7, 6, 5)[:rank])).astype(float)
    kernel = draw.integers(1, 4, rank).tolist()
    stride = draw.integers(least_stride, 5, rank).tolist()
    dilation = draw.integers(1, 3, rank).tolist()
    before, after = ([int(draw.integers(0, k // 2 + 1)) for k in kernel] for _ in "ba")
    ours = {"kernel_size": kernel, "stride": stride, "dilation": dilation}
    ours["padding"] = tuple(zip(before, after, strict=True))
    theirs = {"kernel_shape": kernel, "strides": stride, "dilations": dilation}
    return x, ours, theirs | {"pads": before + after}


@each_rank
@pytest.mark.parametrize("ceil_mode", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_onnx_says_the_same_of_max_pooling(rank, seed, ceil_mode):
    x, ours, theirs = onnx_case(rank, seed, least_stride=2)  # with 1, onnx 1.23 mixes up pads
    y = pool("max", x, **ours, ceil_mode=ceil_mode)
    same_numbers(y, onnx_node("MaxPool", x, **theirs, ceil_mode=int(ceil_mode)))
    negative = pool("min", -x, **ours, ceil_mode=ceil_mode)
    same_numbers(-negative, y)


@each_rank
@pytest.mark.parametrize("count_include_pad", [False, True])
@pytest.mark.parametrize("seed", range(8))
def test_onnx_says_the_same_of_average_pooling(rank, seed, count_include_pad):
    x, ours, theirs = onnx_case(rank, seed, least_stride=1)
    y = pool("avg", x, **ours, count_include_pad=count_include_pad)
    expected = onnx_node("AveragePool", x, **theirs, count_include_pad=int(count_include_pad))
    np.testing.assert_allclose(y, expected, rtol=0, atol=1e-13)


@each_rank
@pytest.mark.parametrize("p", [1, 2, 3])
@pytest.mark.parametrize("seed", range(5))
def test_onnx_says_the_same_of_lp_pooling_where_no_window_is_clipped(rank, p, seed):
    x, ours, theirs = onnx_case(rank, seed, least_stride=1)
    y = pool("lp", x, **ours, norm_type=p)
    expected = onnx_node("LpPool", x, **theirs, p=p, count_include_pad=1)
    np.testing.assert_allclose(y, expected, rtol=1e-13, atol=1e-13)


@each_rank
@pytest.mark.parametrize("kernel", [1, 3, 5])
def test_scipys_median_filter_says_the_same_away_from_the_edges(rank, kernel):
    x = rng(rank).normal(size=(9, 8, 7)[:rank])
    y = pool("median", x[None], rank, kernel_size=kernel, stride=1, padding=kernel // 2)[0]
    inner = (slice(kernel // 2, -(kernel // 2) or None),) * rank
    same_numbers(y[inner], median_filter(x, kernel)[inner])


# Laws


@each_rank
def test_the_minimum_is_the_maximum_of_the_negatives(rank):
    for seed in range(30):
        x, settings = pool_case(rng(seed), rank=rank)
        same_numbers(pool("min", x, **settings), -pool("max", -x, **settings))


@each_rank
def test_the_median_lies_between_and_turns_with_the_sign(rank):
    for seed in range(30):
        x, settings = pool_case(rng(seed), rank=rank)
        low, middle, high = (pool(kind, x, **settings) for kind in ("min", "median", "max"))
        empty = np.isnan(middle)
        same_numbers(empty, np.isposinf(low))
        assert (low[~empty] <= middle[~empty]).all() and (middle[~empty] <= high[~empty]).all()
        same_numbers(pool("median", -x, **settings), -middle)


@each_rank
def test_the_p_norm_goes_from_the_sum_to_the_largest(rank):
    for seed in range(20):
        x, settings = pool_case(rng(seed), dilated=False, rank=rank)
        sums = pool("avg", np.abs(x), **settings, divisor_override=1)
        same_numbers(pool("lp", x, **settings, norm_type=1), sums)
        largest = np.maximum(pool("max", np.abs(x), **settings), 0)
        norms = [pool("lp", x, **settings, norm_type=p) for p in (1, 2, 4, 60)]
        for larger, smaller in pairwise(norms):
            assert (smaller <= larger * (1 + 1e-12)).all()
        assert (norms[-1] >= largest * (1 - 1e-12)).all()
        cells = np.prod(both(settings["kernel_size"], rank))
        assert (norms[-1] <= largest * cells ** (1 / 60) * (1 + 1e-12)).all()


def test_three_and_four_are_five():
    same_numbers(lp_pool2d([[[3, -4], [0, 0]]], 2, 2), [[[5]]])


@each_kind
def test_a_line_is_a_picture_of_one_row_and_a_picture_a_volume_of_one_slice(kind):
    x = rng(1).integers(-9, 10, (2, 3, 11)).astype(float)
    settings = {"kernel_size": (3,), "stride": 2, "padding": ((1, 0),), "dilation": 2}
    y = pool(kind, x, **settings, ceil_mode=True)
    flat = {"kernel_size": (1, 3), "stride": (1, 2), "padding": ((0, 0), (1, 0))}
    flat["dilation"] = (1, 2)
    same_numbers(pool(kind, x[:, :, None], **flat, ceil_mode=True)[:, :, 0], y)
    deep = {name: (value[0], *value) for name, value in flat.items()}
    same_numbers(pool(kind, x[:, :, None, None], **deep, ceil_mode=True)[:, :, 0, 0], y)


@each_kind
@each_rank
def test_a_window_of_one_cell_changes_nothing_but_the_sign_under_lp(kind, rank):
    x = rng(2).normal(size=(2, 2, *(4,) * rank))
    same_numbers(pool(kind, x, kernel_size=1), np.abs(x) if kind == "lp" else x)


# Rules that are easily got wrong


@each_rank
def test_maximum_and_minimum_pad_with_what_never_wins(rank):
    for settings in ({"padding": 1}, {"ceil_mode": True}, {"padding": 1, "dilation": 2}):
        x = np.full((1, 1, *(4,) * rank), -1e30)
        y, indices = POOL["max"][rank](x, 3, 2, **settings, return_indices=True)
        same_numbers(y, np.full(y.shape, -1e30))
        assert (indices >= 0).all()
        same_numbers(pool("min", -x, kernel_size=3, stride=2, **settings), -y)


@each_rank
@each_kind
def test_rounding_up_adds_no_window_that_would_start_in_the_padding_after_the_input(kind, rank):
    """4 cells + 1 + 1, kernel 2, stride 3: ceil((6 - 2) / 3) + 1 = 3, but 2 * 3 - 1 = 5 > 3."""
    x = np.ones((1, 1, *(4,) * rank))
    y = pool(kind, x, kernel_size=2, stride=3, padding=1, ceil_mode=True)
    assert y.shape[2:] == (2,) * rank
    longer = pool(kind, x, kernel_size=2, stride=3, padding=0, ceil_mode=True)
    assert longer.shape[2:] == (2,) * rank  # the second window starts on the last cell


@each_rank
def test_an_average_rounded_up_is_divided_by_the_window_clipped_to_the_padded_input(rank):
    """6 cells + 1 + 1, kernel 3, stride 3: the last window has cell 5 and one padding cell."""
    x = np.full((1, 1, *(6,) * rank), 12.0)
    settings = {"kernel_size": 3, "stride": 3, "padding": 1, "ceil_mode": True}
    y = pool("avg", x, **settings)
    assert y.ravel()[-1] == 12 * (1 / 2) ** rank  # not (1 / 3) ** rank
    assert y.ravel()[0] == pytest.approx(12 * (2 / 3) ** rank)
    alone = pool("avg", x, **settings, count_include_pad=False)
    same_numbers(alone, np.full(alone.shape, 12.0))


@each_rank
@each_kind
def test_padding_is_at_most_half_the_kernel_and_dilation_does_not_count(kind, rank):
    x = np.ones((1, 1, *(9,) * rank))
    for kernel in (1, 2, 3, 4, 5):
        most = kernel // 2
        pool(kind, x, kernel_size=kernel, padding=most, dilation=2)
        for padding in (most + 1, ((0, most + 1),) * rank, (most + 1,) * rank):
            with pytest.raises(ShapeError, match=f"padding is {most + 1} but .* = {most} per side"):
                pool(kind, x, kernel_size=kernel, padding=padding, dilation=2)


@each_rank
def test_padding_cells_are_absent_from_a_median(rank):
    x = np.full((1, 1, *(4,) * rank), 5.0)
    for settings in ({"padding": 1}, {"ceil_mode": True}, {"padding": 1, "ceil_mode": True}):
        y = pool("median", x, kernel_size=3, stride=2, **settings)
        same_numbers(y, np.full(y.shape, 5.0))


@each_rank
def test_a_clipped_p_norm_counts_only_the_cells_present(rank):
    x = np.full((1, 1, *(5,) * rank), 2.0)
    y = pool("lp", x, kernel_size=2, norm_type=1, ceil_mode=True)
    assert y.ravel()[-1] == 2.0  # torch says 2 * 2**rank
    assert y.ravel()[0] == 2 * 2**rank


@each_rank
def test_of_a_window_over_padding_alone(rank):
    x = np.full((1, 1, *(1,) * rank), 5.0)
    settings = {"kernel_size": 2, "stride": 1, "padding": 1, "dilation": 2}
    nothing = {"max": -np.inf, "min": np.inf, "avg": 0, "median": np.nan, "lp": 0}
    for kind, number in nothing.items():
        same_numbers(pool(kind, x, **settings), np.full(x.shape, number))
    assert (POOL["max"][rank](x, **settings, return_indices=True)[1] == -1).all()


@each_rank
def test_of_equal_numbers_the_first_in_reading_order_wins(rank):
    indices = POOL["max"][rank](np.full((1, 1, *(4,) * rank), 7.0), 2, return_indices=True)[1]
    places = np.arange(4**rank).reshape((4,) * rank)[(slice(None, None, 2),) * rank]
    same_numbers(indices[0, 0], places)


# Not numbers, and infinite ones


@each_kind
@each_rank
def test_a_nan_reaches_exactly_the_windows_that_hold_it(kind, rank):
    x = np.zeros((1, 1, *(5,) * rank))
    x[(0, 0, *(2,) * rank)] = np.nan
    x.ravel()[0] = 9
    y = np.isnan(pool(kind, x, kernel_size=2, stride=1, padding=1))
    holds = np.zeros((6,) * rank, bool)
    holds[(slice(2, 4),) * rank] = True
    same_numbers(y[0, 0], holds)


def test_infinities_are_numbers_to_a_median():
    inf = np.inf
    same_numbers(median_pool1d([[inf, inf, 1, inf, -inf, -inf]], 2), [[inf, inf, -inf]])
    same_numbers(median_pool1d([[inf, inf, 3]], 3, 1, 1), [[inf, inf, inf]])
    assert np.isnan(median_pool1d([[inf, -inf]], 2)).all()
    same_numbers(median_pool1d([[1e308, 1.5e308]], 2), [[1.25e308]])


# Types and layouts


@each_kind
@each_rank
def test_floats_keep_their_type_and_whole_numbers_become_float64(kind, rank):
    for dtype in ("float32", "float64"):
        assert pool(kind, np.ones((1, 1, *(4,) * rank), dtype), kernel_size=2).dtype == dtype
    for dtype in ("uint8", "int8", "int64", "bool"):
        y = pool(kind, np.ones((1, 1, *(4,) * rank), dtype), kernel_size=2, padding=1)
        assert y.dtype == np.float64


@each_kind
@each_rank
def test_the_batch_axis_may_be_missing_or_empty_and_any_layout_will_do(kind, rank):
    x = rng(3).normal(size=(3, 2, *(6, 5, 4)[:rank]))
    settings = {"kernel_size": 3, "stride": 2, "padding": 1}
    batch = pool(kind, x, **settings)
    for n in range(3):
        same_numbers(pool(kind, x[n], rank, **settings), batch[n])
    assert pool(kind, x[:0], **settings).shape == (0, *batch.shape[1:])
    same_numbers(pool(kind, np.asfortranarray(x), **settings), batch)
    if kind == "max":
        empty, places = POOL["max"][rank](x[:0], **settings, return_indices=True)
        assert empty.shape == places.shape == (0, *batch.shape[1:])


@each_kind
@each_rank
def test_out_is_written_to_and_returned_even_over_the_input(kind, rank):
    x = rng(4).normal(size=(2, 2, *(5,) * rank))
    expected = pool(kind, x, kernel_size=3, stride=1, padding=1)
    roomy = np.full((*expected.shape[:-1], 10), np.nan)[..., ::2]
    assert pool(kind, x, kernel_size=3, stride=1, padding=1, out=roomy) is roomy
    same_numbers(roomy, expected)
    small = pool(kind, x, kernel_size=2, stride=1)
    inside = x[(..., *(slice(0, 4),) * rank)]
    same_numbers(pool(kind, x, kernel_size=2, stride=1, out=inside), small)
    with pytest.raises(ShapeError, match="out has shape"):
        pool(kind, x, kernel_size=2, out=np.empty((2, 2)))
    with pytest.raises(ShapeError, match="float32"):
        pool(kind, x, kernel_size=5, out=np.empty((2, 2, *(1,) * rank), np.float32))


@each_kind
@each_rank
def test_the_input_is_not_written_to(kind, rank):
    x = rng(5).normal(size=(1, 2, *(4,) * rank))
    before = x.copy()
    for settings in ({"kernel_size": 1}, {"kernel_size": 2, "stride": 1}):
        pool(kind, x, **settings)[...] = 0
    same_numbers(x, before)


@pytest.mark.parametrize("scratch", [1, 500])
def test_a_median_cut_into_blocks_is_the_same(monkeypatch, scratch):
    cases = [pool_case(rng(seed), rank=rank) for seed in range(10) for rank in RANKS]
    wholes = [pool("median", x, **settings) for x, settings in cases]
    monkeypatch.setattr(kernels.ops.pool, "SCRATCH_BYTES", scratch)
    for (x, settings), expected in zip(cases, wholes, strict=True):
        same_numbers(pool("median", x, **settings), expected)


# One window, spelled out


@each_kind
@pytest.mark.parametrize("seed", range(15))
def test_a_trace_ends_in_the_number_that_the_pooling_gives(kind, seed):
    x, settings = pool_case(rng(seed))
    own = own_settings(rng([seed, 1]), kind)
    layer = PoolSpec(**settings, **own, kind=kind)
    y = pool(kind, x, **settings, **own)
    for position in np.ndindex(*y.shape[2:]):
        step = trace_window(layer, x[0], position=position)
        assert step.result == pytest.approx(y[(0, 0, *position)], rel=1e-13, nan_ok=True)
        if kind in ("max", "min") and np.isfinite(step.result):
            assert (step.window[step.winners] == step.result).all() and step.winners.any()


def test_a_trace_shows_what_never_counts_where_there_is_no_cell():
    absent = {"max": -np.inf, "min": np.inf, "median": np.nan, "avg": 0, "lp": 0}
    for kind, number in absent.items():
        power = {"norm_type": 1} if kind == "lp" else {}
        step = trace_window(PoolSpec(3, 1, 1, kind=kind, **power), [[[7, -5], [8, 6]]])
        same_numbers(step.window[0, 0], [number] * 3)
        same_numbers(step.window[0, 1:, 1:], [[7, -5], [8, 6]])
    assert step.products[0, 1, 2] == 5 and step.result == 7 + 5 + 8 + 6
