"""A scene holds any layer of one to three axes; one layer's output can be the next one's input."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from kernels import conv1d, conv2d, conv3d
from kernels.errors import ShapeError
from kernels.layers.padding_modes import PADDING_MODES
from kernels.layers.pool_kinds import POOL_KINDS
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.ops.trace import step_place
from kernels.scene.flat import flat_of
from kernels.scene.scene import Numbers, Scene
from kernels.scene.settle import settle

SIZES = {1: (7,), 2: (5, 6), 3: (4, 5, 6)}
KERNELS = {1: (3,), 2: (2, 3), 3: (2, 2, 3)}


def layers():
    for rank in KERNELS:
        kernel = KERNELS[rank]
        for mode in PADDING_MODES:
            value = {"padding_value": 3.0} if PADDING_MODES[mode].takes_value else {}
            settings = {"stride": 2, "padding": 1, "padding_mode": mode, **value}
            yield f"{rank}-D {mode}", ConvSpec(4, 2, kernel, groups=2, **settings)
        yield f"{rank}-D dilated", ConvSpec(4, 3, kernel, dilation=2, bias=False)
        for kind, row in POOL_KINDS.items():
            power = {"norm_type": 3} if row.takes_norm else {}
            settings = {"stride": 2, "padding": 1, "ceil_mode": True}
            yield f"{rank}-D {kind}", PoolSpec(kernel, **settings, **power, kind=kind)
        for stride, padding, extra, groups in itertools.product((1, 3), (0, 1), (0, 1), (1, 2)):
            if extra < stride:
                settings = {"stride": stride, "padding": padding, "output_padding": extra}
                name = f"{rank}-D transposed {stride}{padding}{extra}{groups}"
                yield name, ConvTransposeSpec(4, 2, kernel, groups=groups, **settings)


LAYERS = dict(layers())
each_layer = pytest.mark.parametrize("name", LAYERS)


def scene_of(layer, seed=0, **more):
    draw = np.random.default_rng(seed)
    x = draw.integers(-9, 10, (4, *SIZES[layer.rank]))
    if isinstance(layer, PoolSpec):
        return Scene(layer, x, **more)
    weight = draw.integers(-3, 4, layer.weight_shape)
    bias = draw.integers(-5, 6, layer.out_channels) if layer.bias else None
    return Scene(layer, x, weight, bias, **more)


def by_links(scene):
    """The output of a convolution or transposed convolution, from the links of its axes alone."""
    layer, links = scene.layer, scene.links
    x, w, y = scene.input.array, scene.weight_array(), np.zeros(scene.output().shape)
    each, maps = layer.in_channels // layer.groups, layer.out_channels // layer.groups
    for k, *place in np.ndindex(*y.shape):
        total = 0.0 if scene.bias is None else float(scene.bias.array[k])
        for reads in itertools.product(*(ln.reads[p] for ln, p in zip(links, place, strict=True))):
            taps = tuple(tap for tap, _ in reads)
            cells = [ln.sources[cell] for ln, (_, cell) in zip(links, reads, strict=True)]
            for c in range(k // maps * each, (k // maps + 1) * each):
                outside = getattr(layer, "padding_value", 0.0)
                number = outside if None in cells else x[(c, *cells)]
                forward = isinstance(layer, ConvSpec)
                weight = w[(k, c % each, *taps)] if forward else w[(c, k % maps, *taps)]
                total += number * weight
        y[(k, *place)] = total
    return y


@each_layer
def test_the_output_follows_from_the_links_of_the_axes(name):
    scene = scene_of(LAYERS[name])
    if not isinstance(scene.layer, PoolSpec):
        assert np.array_equal(scene.output(), by_links(scene))
    assert [links.output for links in scene.links] == list(scene.output().shape[1:])


TRANSPOSED = [name for name in LAYERS if "transposed" in name]
each_transposed = pytest.mark.parametrize("name", TRANSPOSED)


def all_copies(scene):
    """The output by the definition: each input number adds its copy of the kernel, one by one."""
    layer, landings = scene.layer, [links.landings for links in scene.links]
    kernels, y = scene.kernels_array(), np.zeros(scene.output().shape)
    if scene.bias is not None:
        y += scene.bias.array.reshape(-1, *[1] * layer.rank)
    for k in range(scene.out_channels):
        for slice_, channel in enumerate(layer.channels_read(k)):
            for cell in np.ndindex(*scene.input_size):
                for tap in np.ndindex(*layer.kernel_size):
                    place = [table[c][t] for table, c, t in zip(landings, cell, tap, strict=True)]
                    if None not in place:
                        number = scene.input.array[(channel, *cell)]
                        y[(k, *place)] += number * kernels[(k, slice_, *tap)]
                yield y.copy()


@each_transposed
def test_copies_added_one_by_one_end_in_the_output(name):
    scene = scene_of(LAYERS[name], way="copies")
    steps = list(all_copies(scene))
    assert len(steps) == scene.steps and np.array_equal(steps[-1], scene.output())
    for step in range(0, scene.steps, 7):
        assert np.array_equal(replace(scene, step=step).running_output(), steps[step])


@each_transposed
def test_a_window_over_zeros_put_in_gives_the_same_output_as_the_copies(name):
    scene = scene_of(LAYERS[name], way="zeros")
    layer, links = scene.layer, scene.links
    turned = np.flip(scene.kernels_array(), tuple(range(2, 2 + layer.rank)))
    bias = None if scene.bias is None else scene.bias.array
    put_in = np.zeros((scene.channels, *(line.padded for line in links)))
    for cell in np.ndindex(*put_in.shape[1:]):
        source = [line.sources[at] for line, at in zip(links, cell, strict=True)]
        if None not in source:
            put_in[(slice(None), *cell)] = scene.input.array[(slice(None), *source)]
    convolve = {1: conv1d, 2: conv2d, 3: conv3d}[layer.rank]
    window = convolve(put_in, turned, bias, dilation=layer.dilation, groups=layer.groups)
    ends = tuple(slice(0, size) for size in scene.output_size)
    assert np.array_equal(window[(slice(None), *ends)], scene.output())


@each_layer
def test_every_step_ends_in_its_number_of_the_output(name):
    scene = scene_of(LAYERS[name])
    y = scene.output()
    assert scene.steps == y.size
    for step in range(0, scene.steps, max(scene.steps // 25, 1)):
        trace = replace(scene, step=step).trace
        channel, position = step_place(step, scene.output_size, scene.out_channels)
        assert (trace.out_channel, trace.position) == (channel, position)
        assert trace.result == pytest.approx(y[(channel, *position)], rel=1e-12, nan_ok=True)


@each_layer
def test_the_formulas_give_the_sizes_and_counts_of_the_arrays(name):
    scene = scene_of(LAYERS[name])
    results = {formula.id: formula.result for formula in scene.formulas}
    names = ("frames", "height", "width")[-scene.layer.rank :]
    if set(names) <= set(results):
        assert tuple(results[name] for name in names) == scene.output_size
    arrays = [numbers.array.size for numbers in (scene.weight, scene.bias) if numbers is not None]
    assert results["parameters"] == sum(arrays)


@each_layer
def test_a_flipped_kernel_is_the_turned_one(name):
    layer = LAYERS[name]
    if isinstance(layer, PoolSpec):
        with pytest.raises(ShapeError, match="flip is set but a pooling has no kernel"):
            scene_of(layer, flip=True)
        return
    scene = scene_of(layer)
    turned = np.flip(scene.weight.array, tuple(range(2, 2 + layer.rank)))
    flipped = replace(scene, flip=True)
    assert np.array_equal(flipped.weight_array(), turned)
    assert np.array_equal(flipped.output(), replace(scene, weight=turned).output())


def test_one_layers_output_is_the_next_ones_input():
    first = scene_of(ConvSpec(4, 2, (3, 3), padding=1))
    pooled = Scene(PoolSpec(2), first.output())
    up = Scene(
        ConvTransposeSpec(2, 1, (2, 2), stride=2, bias=False),
        pooled.output(),
        np.ones((2, 1, 2, 2)),
    )
    assert up.output().shape == (1, 4, 6)
    each = np.kron(pooled.output().sum(0), np.ones((2, 2)))
    assert np.array_equal(up.output()[0], each)


def test_numbers_are_shared_and_cannot_be_written_to():
    large = np.zeros((1, 2000, 2000), np.float32)
    scene = Scene(PoolSpec(500), large)
    assert np.shares_memory(scene.input.array, large)
    assert scene.output().shape == (1, 4, 4)
    with pytest.raises(ValueError, match="read-only"):
        scene.input.array[0, 0, 0] = 1
    scene.input_array()[0, 0, 0] = 1
    assert large[0, 0, 0] == 0


def test_numbers_are_equal_with_their_source_and_scenes_with_their_numbers():
    one = Numbers(np.array([[[1.0, np.nan]]]), "1 nan")
    assert one == Numbers(np.array([[[1.0, np.nan]]]), "1 nan") != Numbers(one.array)
    assert hash(one) == hash(Numbers(one.array.copy(), "1 nan"))
    assert scene_of(LAYERS["1-D max"]) == scene_of(LAYERS["1-D max"])
    assert scene_of(LAYERS["1-D max"]) != scene_of(LAYERS["1-D max"], seed=1)


@pytest.mark.parametrize(
    "make, said",
    [
        (lambda: Scene("conv", [[1]]), "layer is 'conv' but must be a ConvSpec"),
        (lambda: Scene(PoolSpec(2), np.ones((1, 1, 3, 3))), r"shape \(1, 1, 3, 3\) but must have"),
        (lambda: Scene(PoolSpec(2), [["a"]]), "must hold real numbers"),
        (lambda: Scene(PoolSpec(4), np.ones((1, 3, 3))), "The window does not fit"),
        (lambda: Scene(PoolSpec(2), np.ones((1, 3, 3)), np.ones((1, 1, 2, 2))), "use None"),
        (lambda: Scene(ConvSpec(2, 1, 2), np.ones((1, 3, 3))), "1 channels but the layer takes 2"),
        (lambda: Scene(ConvSpec(1, 1, 2), np.ones((1, 3, 3))), r"weight has shape None"),
        (
            lambda: Scene(ConvSpec(1, 1, 2), np.ones((1, 3, 3)), np.ones((1, 1, 2, 2))),
            r"bias has shape None but the layer takes \(1,\)",
        ),
        (lambda: Scene(PoolSpec(2), np.ones((1, 4, 4)), step=4), "step is 4 but there are 4"),
        (lambda: Scene(PoolSpec(2), np.ones((1, 4, 4)), step=-1), "step is -1"),
        (lambda: scene_of(LAYERS["1-D zeros"]).pooled_by("max"), "not a pooling"),
    ],
)
def test_a_misuse_says_what_is_wrong(make, said):
    with pytest.raises(ShapeError, match=said):
        make()


def test_a_scene_made_of_arrays_has_the_flat_form_that_brings_it_back():
    for name in LAYERS:
        if LAYERS[name].rank == 3:
            continue  # settings hold only what can be drawn, which is smaller
        scene = scene_of(LAYERS[name], step=1)
        again, notes = settle(flat_of(scene))
        assert notes == () and again.layer == scene.layer and again.step == 1
        assert np.array_equal(again.output(), scene.output())
