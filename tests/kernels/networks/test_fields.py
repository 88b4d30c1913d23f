"""What one output sees on every layer before it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kernels.layers.spec import ConvSpec
from kernels.networks.checking import check
from kernels.networks.fields import fields_between
from kernels.networks.layers import Flatten
from kernels.networks.network import sequence
from kernels.networks.notation import read_network
from kernels.networks.receptive_window import receptive_window
from kernels.networks.summary import summarise
from tests.kernels.networks.random_networks import networks


def test_a_number_of_a_flattened_map_depends_on_what_its_cell_does():
    net = sequence((1, 6, 6), [ConvSpec(1, 1, 3), Flatten()])
    assert receptive_window(net, "flatten1", 4 + 2) == ((1, 3), (2, 4))


def test_rows_laid_end_to_end_depend_each_on_its_own_part():
    network = read_network("4;l3;tanh;l2<input;cat<tanh1,input;cat<concatenate1,linear2")
    assert fields_between(network, "concatenate2", 5) == {
        "input": ((2, 2),), "concatenate1": ((5, 5),), "concatenate2": ((5, 5),)
    }  # fmt: skip
    assert "linear2" in fields_between(network, "concatenate2", 8)
    assert "tanh1" not in fields_between(network, "concatenate2", 8)


def test_a_softmax_depends_on_its_whole_row():
    assert fields_between(read_network("4;relu;softmax"), "softmax1", 1)["input"] == ((0, 3),)


def test_padding_by_copies_carries_on_what_it_copies():
    zeros, mirrored, round_ = (
        receptive_window(read_network(f"1x9x9;c1k3p2{mode}"), "conv1", (0, 4))[0]
        for mode in ("", "mreflect", "mcircular")
    )
    # Cells -2, -1 and 0; mirrored 2, 1 and 0; round the end 7, 8 and 0.
    assert (zeros, mirrored, round_) == ((0, 0), (0, 2), (0, 8))


def test_every_layer_between_shows_what_one_output_sees():
    network = read_network("1x16x16;c4k3p1;relu;m2;c8k5;c8k1<max_pool1;flat")
    seen = fields_between(network, "conv2", (1, 0))
    assert seen == {
        "input": ((1, 12), (0, 10)),
        "conv1": ((2, 11), (0, 9)),
        "relu1": ((2, 11), (0, 9)),
        "max_pool1": ((1, 5), (0, 4)),
        "conv2": ((1, 1), (0, 0)),
    }
    assert seen["input"] == receptive_window(network, "conv2", (1, 0))


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(networks(misfits=False), st.data())
def test_what_is_seen_through_a_layer_is_seen_by_what_reads_it(network, data):
    """Whatever an inner output sees, an output that depends on it sees at least as much of."""
    if not check(network).fits:
        return
    node = data.draw(st.sampled_from(network.nodes))
    shape = {row.name: row.shape for row in summarise(network)}[node.name]
    place = tuple(data.draw(st.integers(0, n - 1)) for n in (shape[1:] or shape))
    seen = fields_between(network, node.name, place)
    for source in node.inputs:
        if source in seen and source != "input":
            inner = fields_between(network, source, tuple(first for first, _ in seen[source]))
            for layer, axes in inner.items():
                for (first, last), (outer_first, outer_last) in zip(axes, seen[layer], strict=True):
                    assert outer_first <= first and last <= outer_last
