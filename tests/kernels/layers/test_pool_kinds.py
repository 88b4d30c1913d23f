"""Every kind of pooling, and one that is new, through everything that reads the table."""

import contextlib
import io
import itertools

import numpy as np
import pytest

from kernels.layers.formula import layer_formulas
from kernels.layers.links import links_of
from kernels.layers.pool_kinds import POOL_KINDS, PoolCode, PoolKind, takes_norm
from kernels.layers.spec import PoolSpec
from kernels.networks.network import sequence
from kernels.networks.notation import read_network, written
from kernels.ops.pool import pool_layer
from kernels.ops.trace import trace_window
from kernels.scene.settle import settle
from kernels.scene.snippets import snippets

NEWCOMER = PoolKind(
    "newcomer",
    "Newcomer",
    word="sum of absolute values",
    action="add the numbers without their signs",
    absent=0.0,
    padding_words="zeros",
    combine=np.add,
    term=lambda cells, _: np.abs(cells),
    code=PoolCode(
        "np.abs(window).sum()",
        torch="LPPool2d(1, ",
        torch_pads=False,
        before="x = x.abs()  # LPPool2d leaves the signs",
    ),
)
"""The sum of the absolute values: Lp with p = 1. No kind of ours: a new row."""

ROWS = (*POOL_KINDS.values(), NEWCOMER)

BY_HAND = {
    "max": lambda cells, divisor: max(cells, default=-np.inf),
    "min": lambda cells, divisor: min(cells, default=np.inf),
    "avg": lambda cells, divisor: sum(cells) / divisor,
    "median": lambda cells, divisor: np.median(cells) if cells else np.nan,
    "lp": lambda cells, divisor: sum(abs(x) ** 3 for x in cells) ** (1 / 3),
    "newcomer": lambda cells, divisor: sum(map(abs, cells)),
}
"""What each kind makes of the cells that are there; the power of Lp is 3 here."""

LAYERS = {
    "plain": {"kernel_size": (2, 3), "stride": (2, 1)},
    "padded": {"kernel_size": (3, 2), "stride": (2, 1), "padding": 1},
    "uneven": {"kernel_size": (3, 2), "stride": 2, "padding": ((1, 0), (0, 1))},
    "hanging": {"kernel_size": (2, 3), "stride": 2, "ceil_mode": True},
    "dilated": {"kernel_size": (2, 2), "stride": 1, "dilation": (2, 1), "padding": 1},
    "row": {"kernel_size": (3,), "stride": 2, "padding": 1},
    "volume": {"kernel_size": (2, 2, 2), "stride": 2, "ceil_mode": True},
}
SIZES = {1: (7,), 2: (6, 5), 3: (3, 4, 5)}

each_kind = pytest.mark.parametrize("kind", ROWS, ids=lambda kind: kind.name)
each_layer = pytest.mark.parametrize("name", LAYERS)


@pytest.fixture(autouse=True)
def table(monkeypatch):
    monkeypatch.setitem(POOL_KINDS, NEWCOMER.name, NEWCOMER)


def layer_of(kind, name="plain"):
    power = {"norm_type": 3} if kind.takes_norm else {}
    return PoolSpec(**LAYERS[name], **power, kind=kind.name)


def input_of(layer):
    shape = (2, *SIZES[layer.rank])
    return np.random.default_rng(3).integers(-9, 10, shape).astype(float)


def cells_by_links(layer, x):
    """For each output: the numbers that its window reads, and how many cells lie in the padding."""
    axes = layer.axes(x.shape[1:])
    links = [links_of(axis) for axis in axes]
    for channel, *position in np.ndindex(len(x), *(axis.output for axis in axes)):
        cells, padding = [], 0
        reads = (link.reads[p] for link, p in zip(links, position, strict=True))
        for places in itertools.product(*reads):
            at = [cell for _, cell in places]
            sources = [link.sources[cell] for link, cell in zip(links, at, strict=True)]
            if None not in sources:
                cells.append(x[(channel, *sources)])
            elif all(cell < link.padded for link, cell in zip(links, at, strict=True)):
                padding += 1
        yield (channel, *position), cells, padding


@each_kind
def test_a_row_is_filed_under_its_own_name_and_says_what_it_is(kind):
    assert POOL_KINDS[kind.name] is kind
    assert kind.name in BY_HAND, f"say in BY_HAND, above, what {kind.name} makes of its cells"
    assert all((kind.title, kind.word, kind.action, kind.padding_words, kind.code.numpy))
    assert bool(kind.sign) == bool(kind.decides)
    assert (kind.combine is None) != (kind.reduce is None)
    assert takes_norm(kind.name) == kind.takes_norm


@each_kind
@each_layer
def test_each_number_is_what_the_kind_makes_of_the_cells_its_links_name(kind, name):
    layer = layer_of(kind, name)
    x = input_of(layer)
    y = pool_layer(x, layer)
    for place, cells, padding in cells_by_links(layer, x):
        expected = BY_HAND[kind.name](cells, max(len(cells) + padding, 1))
        assert y[place] == pytest.approx(expected, rel=1e-12, nan_ok=True)


@each_kind
@each_layer
def test_a_trace_ends_in_the_output_and_marks_the_cells_that_hold_it(kind, name):
    layer = layer_of(kind, name)
    x = input_of(layer)
    y = pool_layer(x, layer)
    for place, cells, _ in cells_by_links(layer, x):
        step = trace_window(layer, x, position=place[1:], out_channel=place[0])
        assert step.result == pytest.approx(y[place], rel=1e-12, nan_ok=True)
        absent = step.window.size - len(cells)
        holds = np.isnan(step.window) if np.isnan(kind.absent) else step.window == kind.absent
        assert holds.sum() >= absent
        if kind.marks_cells and cells:
            assert (step.window[step.winners] == step.result).all() and step.winners.any()
        elif not kind.marks_cells:
            assert step.winners is None


@each_kind
def test_whole_numbers_in_float32_out_arrays_and_batches(kind):
    layer = layer_of(kind)
    x = input_of(layer)
    y = pool_layer(x, layer)
    assert pool_layer(x.astype(int), layer).dtype == np.float64
    small = pool_layer(x.astype(np.float32), layer)
    assert small.dtype == np.float32 and np.allclose(small, y, rtol=1e-5)
    out = np.empty((1, *y.shape))
    assert pool_layer(x[None], layer, out=out) is out and np.array_equal(out[0], y)


@each_kind
def test_a_pooling_has_no_parameters_and_the_size_formula_of_its_windows(kind):
    layer = layer_of(kind, "padded")
    formulas = {f.id: f.result for f in layer_formulas(layer, (6, 5))}
    assert formulas == {"height": 3, "width": 6, "parameters": 0}


@pytest.mark.parametrize("kind", POOL_KINDS.values(), ids=POOL_KINDS)
def test_a_network_with_the_kind_comes_back_from_its_text(kind):
    for window in (1, 2, 10):
        power = {"norm_type": 3} if kind.takes_norm else {}
        network = sequence((1, 20, 20), [PoolSpec(window, **power, kind=kind.name)])
        assert read_network(written(network)) == network, (
            "see pool_word in kernels/networks/pieces.py"
        )


def scene_of(kind, **settings):
    scene, notes = settle({"op": kind.name, "p": "3", **settings})
    assert notes == ()
    return scene


SETTINGS = {
    "plain": {},
    "padded": {"padding": "1x1"},
    "uneven": {"padding": "0.1x1.0", "kernel": "2x3"},
    "hanging": {"kernel": "2x2", "stride": "2x2", "ceil": "1"},
    "uncounted": {"padding": "1x1", "countpad": "0"},
    "dilated": {"kernel": "2x2", "dilation": "2x2"},
}
each_setting = pytest.mark.parametrize("setting", SETTINGS)


@each_kind
@each_setting
def test_settings_bring_a_kind_to_a_scene_and_back(kind, setting):
    scene = scene_of(kind, **SETTINGS[setting])
    assert scene.layer.kind == kind.name
    assert settle(scene.to_flat())[0] == scene
    assert np.array_equal(scene.output(), pool_layer(scene.input_array(), scene.layer))


@each_kind
@each_setting
def test_the_numpy_listing_prints_the_output_and_the_others_name_their_layer(kind, setting):
    scene = scene_of(kind, **SETTINGS[setting])
    torch, keras, numpy = snippets(scene)
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(numpy.code, space)
    assert np.allclose(space["y"], scene.output(), rtol=1e-12)
    for snippet, layer in ((torch, kind.code.torch), (keras, kind.code.keras)):
        assert (snippet.code is None) == bool(snippet.why_not)
        if layer is None:
            assert f"it has no {kind.title} pooling" in snippet.why_not
        elif snippet.code:
            assert layer.partition("(")[0] in snippet.code
            assert kind.code.before in snippet.code
            assert ("-layer(x)" in snippet.code) == kind.code.negated
    if setting == "plain":
        assert (torch.code is None) == (kind.code.torch is None)
        assert (keras.code is None) == (kind.code.keras is None)
