"""Networks at random, for laws that hold for every network, those that do not fit included."""

from hypothesis import assume
from hypothesis import strategies as st

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.networks.coming import Coming, fitting_count, follow_node
from kernels.networks.layers import (
    ACTIVATIONS,
    Activation,
    AdaptiveAvgPool,
    Add,
    BatchNorm,
    Concatenate,
    Crop,
    Dropout,
    Flatten,
    InstanceNorm,
    Linear,
    LocalResponseNorm,
    ZeroPad,
)
from kernels.networks.network import INPUT, Network, Node

JOINS = (Add, Concatenate)
small = st.integers(1, 4)
padding_mode = st.sampled_from(
    [("zeros", 0.0), ("constant", 0.5), ("reflect", 0.0), ("replicate", 0.0), ("circular", 0.0)]
)


def per_axis(draw, rank, least=1):
    return tuple(draw(st.integers(least, 3)) for _ in range(rank))


def pairs(draw, rank):
    return tuple((draw(st.integers(0, 2)), draw(st.integers(0, 2))) for _ in range(rank))


@st.composite
def layers(draw, came, joins=True, misfits=True):
    """A layer that reads what came; where `misfits`, of any rank and number of channels."""
    kinds = [ConvSpec, ConvTransposeSpec, PoolSpec, Activation, BatchNorm, InstanceNorm]
    kinds += [LocalResponseNorm, Dropout, Flatten, Linear, AdaptiveAvgPool, Crop, ZeroPad]
    kind = draw(st.sampled_from(kinds + (list(JOINS) if joins else [])))
    count = fitting_count(kind, came)
    if count is None or (misfits and draw(st.integers(0, 3)) == 0):
        count = draw(st.integers(1, 30))
    rank = came.rank or 2
    if misfits and draw(st.integers(0, 5)) == 0:
        rank = draw(st.integers(1, 3))
    window = {}
    if kind in (ConvSpec, ConvTransposeSpec, PoolSpec):
        window = {"kernel_size": per_axis(draw, rank), "stride": per_axis(draw, rank)}
        window["dilation"] = per_axis(draw, rank)
        window["padding"] = pairs(draw, rank)
        words = ["same_upper", "same_lower", "valid", "full"]
        if kind is not ConvTransposeSpec and draw(st.booleans()):
            window["padding"] = draw(st.sampled_from(words))
    try:
        if kind is ConvSpec:
            mode, value = draw(padding_mode)
            groups = count if draw(st.integers(0, 3)) == 0 else 1
            made = groups * draw(small)
            return ConvSpec(count, made, **window, groups=groups, bias=draw(st.booleans()),
                            padding_mode=mode, padding_value=value)  # fmt: skip
        if kind is ConvTransposeSpec:
            window["output_padding"] = per_axis(draw, rank, least=0)
            return ConvTransposeSpec(count, draw(small), **window, bias=draw(st.booleans()))
        if kind is PoolSpec:
            name = draw(st.sampled_from(["max", "avg", "min", "median", "lp"]))
            return PoolSpec(**window, kind=name, ceil_mode=draw(st.booleans()),
                            count_include_pad=draw(st.booleans()),
                            divisor_override=draw(st.sampled_from([None, 3])),
                            norm_type=1.5 if name == "lp" else None)  # fmt: skip
        if kind is Activation:
            return Activation(draw(st.sampled_from(ACTIVATIONS)))
        if kind is BatchNorm:
            return BatchNorm(count)
        if kind is InstanceNorm:
            return InstanceNorm(count, draw(st.booleans()))
        if kind is Linear:
            return Linear(count, draw(small), draw(st.booleans()))
        if kind is Dropout:
            return Dropout(draw(st.sampled_from([0.5, 0.1, 0.25])))
        if kind in (AdaptiveAvgPool, LocalResponseNorm):
            return kind(draw(small))
        if kind in (Crop, ZeroPad):
            return kind(pairs(draw, 2))
        return kind()
    except ShapeError:
        assume(False)


names = st.text(alphabet="abc.1_=;<,% ü", min_size=1, max_size=6)
shapes = st.lists(st.integers(1, 9), min_size=1, max_size=3).map(tuple)


@st.composite
def networks(draw, most=8, misfits=True):
    """A graph of up to `most` layers, whether it fits or not."""
    shape = draw(shapes)
    made = {INPUT: Coming.of(shape)}
    nodes = []
    for n in range(draw(st.integers(1, most))):
        sources = list(made)
        source = sources[-1] if draw(st.integers(0, 2)) else draw(st.sampled_from(sources))
        layer = draw(layers(made[source], misfits=misfits))
        inputs = (source,)
        if isinstance(layer, JOINS):
            inputs += tuple(draw(st.lists(st.sampled_from(sources), min_size=1, max_size=2)))
        name = draw(names) if draw(st.integers(0, 2)) == 0 else f"layer{n}"
        assume(name not in made)
        nodes.append(Node(name, layer, inputs))
        follow_node(nodes[-1], made)
    return Network(shape, tuple(nodes))
