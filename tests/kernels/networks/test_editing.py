"""Edits of a network: what people expect of each, and that any of them leaves a legal graph."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kernels.errors import ShapeError
from kernels.layers.spec import ConvSpec, PoolSpec
from kernels.networks import editing
from kernels.networks.coming import coming_into, fitting_count, taken
from kernels.networks.known import known_network
from kernels.networks.layers import Activation, Add, Concatenate, Flatten, Linear
from kernels.networks.network import INPUT, Network
from kernels.networks.notation import read_network, written
from kernels.networks.summary import summarise, totals
from tests.kernels.networks.random_networks import networks

FUZZ = settings(max_examples=60, deadline=None, derandomize=True, database=None)
CHAIN = "1x28x28;c6k5;m2;c16k5;m2;flat;l10"
BLOCK = "8x6x6;c8k3p1;relu;c8k3p1;add<conv2,input;relu"


def edited(text, edit, *given, **named):
    return written(edit(read_network(text), *given, **named))


@pytest.mark.parametrize(
    "text, edit, given, result",
    [
        (CHAIN, editing.insert, ("max_pool1", Activation()),
         "1x28x28;c6k5;m2;relu;c16k5;m2;flat;l10"),
        (CHAIN, editing.insert, (INPUT, Activation(), "first"),
         "1x28x28;first=relu;c6k5;m2;c16k5;m2;flat;l10"),
        (CHAIN, editing.insert, ("linear1", Activation("softmax")), CHAIN + ";softmax"),
        # Both ways of a block read what is put before it.
        (BLOCK, editing.insert, (INPUT, Activation("tanh")),
         "8x6x6;tanh;c8k3p1;relu;c8k3p1;add<conv2,tanh1;relu"),
        (BLOCK, editing.insert_on, ("add1", "input", [PoolSpec(3, 1, 1)]),
         "8x6x6;c8k3p1;relu;c8k3p1;m3s1p1<input;add<conv2,max_pool1;relu"),
        (CHAIN, editing.remove, ("max_pool1",), "1x28x28;c6k5;c16k5;max_pool2=m2;flat;l10i256"),
        (CHAIN, editing.remove, ("conv1",),
         "1x28x28;m2;conv2=c16k5i6;m2;flat;l10i256"),
        (CHAIN, editing.remove, ("linear1",), "1x28x28;c6k5;m2;c16k5;m2;flat"),
        (BLOCK, editing.remove, ("conv1",), "8x6x6;relu;conv2=c8k3p1;add<conv2,input;relu"),
        (BLOCK, editing.remove, ("add1",), "8x6x6;c8k3p1;relu;c8k3p1;relu"),
        ("8x6x6;c8k1;cat<input,conv1;relu", editing.remove, ("concatenate1",),
         "8x6x6;c8k1;relu"),
        ("8x6x6;c8k1;c8k3p1<input;add<conv1,conv2", editing.remove, ("add1",), "8x6x6;c8k1"),
        ("1x9x9;c6k3;relu;m2", editing.move, ("conv1", 1), "1x9x9;relu;c6k3;m2"),
        ("1x9x9;c6k3;relu;m2", editing.move, ("max_pool1", -2), "1x9x9;m2;c6k3;relu"),
        ("1x9x9;c6k3;relu;m2", editing.move, ("conv1", 99), "1x9x9;relu;m2;c6k3"),
        ("1x9x9;c6k3;relu;m2", editing.move, ("conv1", 0), "1x9x9;c6k3;relu;m2"),
        (CHAIN, editing.copy, ("conv2",), "1x28x28;c6k5;m2;c16k5;c16k5;m2;flat;l10i256"),
        ("8x6x6;c16k3g8", editing.copy, ("conv1",), "8x6x6;c16k3g8;c32k3g16"),
        (CHAIN, editing.change, ("max_pool1", PoolSpec(2, kind="avg")),
         "1x28x28;c6k5;max_pool1=a2;c16k5;m2;flat;l10"),
        (BLOCK, editing.change, ("add1", Concatenate()),
         "8x6x6;c8k3p1;relu;c8k3p1;add1=cat<conv2,input;relu"),
        (BLOCK, editing.change, ("add1", Activation("tanh")),
         "8x6x6;c8k3p1;relu;c8k3p1;add1=tanh;relu"),
        (CHAIN, editing.rename, ("conv1", " C1 "), "1x28x28;C1=c6k5;m2;c16k5;m2;flat;l10"),
        (BLOCK, editing.rename, ("conv2", "f(x)"),
         "8x6x6;c8k3p1;relu;f(x)=c8k3p1;add<f(x),input;relu"),
        ("8x6x6;c8k3p1;relu;c8k3p1;relu", editing.skip, ("input", "conv2"), BLOCK),
        ("8x6x6;relu;c8k3p1;relu", editing.skip, ("relu1", "conv1"),
         "8x6x6;relu;c8k3p1;add<conv1,relu1;relu"),
        ("8x6x6;c4k3p1", editing.branch, ("input", "conv1", [ConvSpec(8, 4, 1), Activation()]),
         "8x6x6;c4k3p1;c4k1<input;relu;cat<conv1,relu1"),
    ],
)  # fmt: skip
def test_an_edit_makes_the_network_that_people_expect(text, edit, given, result):
    assert edited(text, edit, *given) == result


def test_the_second_copy_of_a_name_is_counted_on():
    twice = editing.copy(editing.copy(read_network("1x9x9;relu"), "relu1"), "relu1")
    assert [node.name for node in twice.nodes] == ["relu1", "relu3", "relu2"]


@pytest.mark.parametrize(
    "edit, given, sentence",
    [
        (editing.insert, ("conv9", Activation()),
         "No layer is called 'conv9'; use a name of the network's nodes."),
        (editing.insert, ("conv1", Add()),
         "A layer that joins (add) needs branches; add a skip connection or a branch."),
        (editing.insert, ("conv1", Activation(), "conv2"),
         "Two layers are called 'conv2'; give each its own name."),
        (editing.remove, (INPUT,),
         "No layer is called 'input'; use a name of the network's nodes."),
        (editing.move, ("add1", 1),
         "'add1' joins branches and stays where they end; move their layers."),
        (editing.copy, ("add1",),
         "A layer that joins (add) needs branches; add a skip connection or a branch."),
        (editing.change, ("conv1", Add()),
         "'conv1' reads one layer but add joins several; add a skip connection or a branch."),
        (editing.rename, ("conv1", "conv2"),
         "Two layers are called 'conv2'; give each its own name."),
        (editing.rename, ("conv1", " "), "A layer's name is empty; give it one, such as conv1."),
        (editing.skip, ("conv2", "conv1"),
         "'conv1' does not come behind 'conv2'; let the way end behind a later layer."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_one_sentence(edit, given, sentence):
    with pytest.raises(ShapeError) as refusal:
        edited(BLOCK, edit, *given)
    assert str(refusal.value) == sentence


def test_the_only_layer_stays():
    with pytest.raises(ShapeError, match=r"^A network has at least one layer; change this one"):
        edited("1x9x9;relu", editing.remove, "relu1")


def test_automatic_names_are_counted_anew_and_given_ones_kept():
    text = "8x6x6;stem=c8k1;conv7=c8k3p1;relu9=relu;conv2=c8k3p1;add<conv2,conv7;l.relu=relu"
    tidy = "8x6x6;stem=c8k1;c8k3p1;relu;c8k3p1;add<conv3,conv2;l.relu=relu"
    assert edited(text, editing.renumbered) == tidy
    vgg = known_network("vgg11").build()
    assert editing.renumbered(vgg) == vgg


# Following a changed number


@pytest.mark.parametrize(
    "changed, followed",
    [
        ("1x28x28;c12k5;bni6;m2;c16k5i6;m2;flat;l10i256", "1x28x28;c12k5;bn;m2;c16k5;m2;flat;l10"),
        ("1x28x28;c6k3;m2;flat;l120i864;l10", "1x28x28;c6k3;m2;flat;l120;l10"),
        ("12x9x9;c16k3g8i8;c4k1i16", "12x9x9;c24k3g12;c4k1"),
        ("3x9x9;t8k2s2i5;in1i5", "3x9x9;t8k2s2;in1"),
        ("5x9x9;c8k3g2i4", "5x9x9;c8k3g2i4"),  # two groups cannot share 5 channels
        ("8x6x6;c16k1;c16k1i5;cat<conv1,conv2;c4k1i7", "8x6x6;c16k1;c16k1;cat<conv1,conv2;c4k1"),
    ],
)  # fmt: skip
def test_later_layers_follow_a_changed_number(changed, followed):
    assert edited(changed, editing.follow) == followed


def test_the_width_of_a_ready_network_is_changed_by_one_number():
    vgg = known_network("vgg11").build()
    first = vgg.nodes[0]
    net = editing.follow(editing.change(vgg, first.name, ConvSpec(3, 32, 3, padding=1)))
    before, after = totals(summarise(vgg)).parameters, totals(summarise(net)).parameters
    assert before - after == 32 * (3 * 9 + 1) + 32 * 128 * 9


@FUZZ
@given(networks(misfits=False))
def test_a_network_that_fits_need_not_follow(network):
    came = coming_into(network)
    assume(
        all(
            taken(node.layer) == fitting_count(node.layer, came[node.name][0])
            for node in network.nodes
        )
    )
    assert editing.follow(network) == network


# Laws


def names_of(network):
    return [node.name for node in network.nodes]


@FUZZ
@given(networks(), st.data())
def test_what_was_inserted_can_be_removed_again(network, data):
    after = data.draw(st.sampled_from([INPUT, *names_of(network)]))
    more = editing.insert(network, after, Activation(), "new")
    assert isinstance(more, Network) and names_of(more).index("new") == (
        0 if after == INPUT else names_of(network).index(after) + 1
    )
    assert editing.readers(more, "new") == editing.readers(network, after)
    assert editing.remove(more, "new") == network


@FUZZ
@given(networks(), st.data())
def test_any_edit_leaves_a_graph_that_can_be_written_and_read(network, data):
    name = data.draw(st.sampled_from(names_of(network)))
    edit = data.draw(
        st.sampled_from(
            [
                lambda: editing.remove(network, name),
                lambda: editing.move(network, name, data.draw(st.integers(-4, 4))),
                lambda: editing.copy(network, name),
                lambda: editing.change(network, name, Flatten()),
                lambda: editing.rename(network, name, "other"),
                lambda: editing.skip(network, name, names_of(network)[-1]),
                lambda: editing.follow(network),
                lambda: editing.renumbered(network),
                lambda: editing.branch(network, INPUT, name, [Linear(3, 4), Activation()]),
            ]
        )
    )
    try:
        result = edit()
    except ShapeError:
        return
    assert read_network(written(result)) == result


@FUZZ
@given(networks(), st.data())
def test_a_layer_that_is_moved_keeps_the_others_in_order(network, data):
    nodes = [node for node in network.nodes if len(node.inputs) == 1]
    assume(nodes)
    name = data.draw(st.sampled_from(nodes)).name
    by = data.draw(st.integers(-9, 9))
    before, after = names_of(network), names_of(editing.move(network, name, by))
    goal = min(max(before.index(name) + by, 0), len(before) - 1)
    assert after.index(name) == goal
    before.remove(name)
    after.remove(name)
    assert before == after
