"""The Sizes page's view: any settings come to a layer that exists, and its link brings it back."""

import random

import pytest

from kernels import ConvTransposeSpec
from lessons.views.sizes import DEFAULTS, OPS, open_sizes, settle_sizes


def size_of(**link: str) -> tuple[int, ...]:
    view, notes = open_sizes(link)
    assert not [note for note in notes if "is read as" not in note], notes
    return view.layer.output_size(view.size)


def test_it_opens_on_the_first_layer_of_resnet():
    view, notes = settle_sizes({})
    assert (view.layer.output_size(view.size), view.layer.parameters, notes) == (
        (112, 112), 64 * 3 * 7 * 7 + 64, (),
    )  # fmt: skip
    assert view.link() == {}


def test_the_sizes_that_people_ask_for_come_out():
    assert size_of(
        op="transposed", size="46x62", kernel="16", stride="8", padding="4x8", opad="0x1"
    ) == (368, 489)
    for extra, size in (("0", 23), ("1", 24)):
        assert size_of(
            op="transposed", size="12", kernel="3", stride="2", padding="1", opad=extra
        ) == (size, size)
    assert size_of(size="218x178", kernel="5", stride="2", padding="same_upper") == (109, 89)
    assert size_of(size="109x89", kernel="5", stride="2", padding="same_upper") == (55, 45)
    view, _ = open_sizes({"size": "224", "k": "7", "s": "2", "padding": "same_upper"})
    assert [(axis.before, axis.after, axis.output) for axis in view.layer.axes(view.size)] == [
        (2, 3, 112)
    ] * 2
    assert size_of(op="max", size="32", kernel="1", stride="2", padding="0", ceil="1") == (16, 16)


def test_an_input_of_three_numbers_has_three_axes():
    view, _ = open_sizes({"size": "16x112x112", "kernel": "3", "stride": "1", "padding": "1"})
    assert view.layer.output_size(view.size) == (16, 112, 112)


def test_a_hundred_thousand_cells_and_channels_are_possible():
    view, notes = settle_sizes(
        {"rank": "1", "size": "100000", "cin": "100000", "cout": "100000", "kernel": "1000"}
    )
    assert (view.layer.parameters, notes) == (100_000**2 * 1000 + 100_000, ())


@pytest.mark.parametrize(
    ("flat", "sentence"),
    [
        ({"size": "5", "padding": "0", "kernel": "9"}, "Kernel 9 is not possible here; 5 is"),
        ({"size": "0"}, "Input height 0 is not possible here; 1 is"),
        ({"size": "224x"}, "“224x” is not a value for size"),
        ({"op": "max", "kernel": "2", "padding": "2"}, "so padding 2 was reduced to 1"),
        ({"op": "transposed", "opad": "2"}, "Output padding 2 is not possible here; 1 is"),
        ({"op": "transposed", "padding": "same"}, "“same” is not a value for padding"),
        ({"padding": "same"}, "Padding 'same' needs stride 1"),
        ({"groups": "2"}, "Groups 2 is not possible here; 1 is"),
        ({"op": "max", "padding": "same_upper", "dilation": "9"}, "would pad more than half"),
    ],
)
def test_what_cannot_be_is_moved_and_said(flat, sentence):
    view, notes = settle_sizes(flat)
    assert any(sentence in note for note in notes), notes
    view.layer.output_size(view.size)


def random_flat(rng: random.Random) -> dict[str, str]:
    rank = rng.choice("123")
    numbers = ("0", "1", "2", "3", "7", "99", "100000", "-4", "2x3", "2x3x4", "1.2", "same", "x")
    flat = {key: rng.choice(numbers) for key in DEFAULTS if rng.random() < 0.5}
    return flat | {"op": rng.choice(OPS), "rank": rank}


def test_any_link_settles_on_a_layer_and_its_own_link_says_the_same():
    rng = random.Random(3)
    for _ in range(400):
        flat = random_flat(rng)
        view, _ = settle_sizes(flat)
        assert min(view.layer.output_size(view.size)) >= 1, flat
        again, notes = open_sizes(view.link())
        assert (again, notes) == (view, ()), (flat, view.link(), notes)
        assert settle_sizes(view.to_flat()) == (view, ()), flat


def test_transposed_settings_are_kept_while_another_layer_is_shown():
    flat = settle_sizes({"op": "transposed", "opad": "1"})[0].to_flat()
    conv = settle_sizes({**flat, "op": "conv"})[0]
    back = settle_sizes({**conv.to_flat(), "op": "transposed"})[0]
    assert isinstance(back.layer, ConvTransposeSpec)
    assert back.layer.output_padding == (1, 1)
