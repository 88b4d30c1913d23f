"""Shapes as frameworks print them and people paste them: what they can mean, likely ones first."""

import pytest

from kernels.reading.shapes import shapes

IMAGE = ((224, 224), 3, 1)


def read(text: str, rank: int = 2) -> list[tuple]:
    return [(each.size, each.channels, each.batch) for each in shapes(text, rank)]


@pytest.mark.parametrize(
    "text",
    [
        "(1,3,224,224)",
        "1x3x224x224",
        "[1, 3, 224, 224]",
        "torch.Size([1, 3, 224, 224])",
        "1 × 3 × 224 × 224",
        "1, 3, 224, 224",
        "x.shape: torch.Size([1, 3, 224, 224])",
        "(1, 224, 224, 3)",
    ],
)
def test_four_numbers_are_images_before_they_are_a_volume(text):
    first, second = read(text)
    assert first == IMAGE
    assert len(second[0]) == 3 and second[2] is None
    assert read(text, rank=3)[0] == second


@pytest.mark.parametrize(
    ("text", "size", "channels"),
    [
        ("(None, 224, 224, 3)", (224, 224), 3),
        ("(None, 3, 224, 200)", (224, 200), 3),
        ("TensorShape([None, 56, 56, 64])", (56, 56), 64),
        ("(N, 3, 32, 32)", (32, 32), 3),
        ("(-1, 3, 32, 32)", (32, 32), 3),
        ("B x 64 x 7 x 7", (7, 7), 64),
        ("(None, 16, 112, 112, 3)", (16, 112, 112), 3),
        ("6@28x28", (28, 28), 6),
    ],
)
def test_a_shape_of_as_many_inputs_as_come_can_mean_one_thing(text, size, channels):
    assert read(text) == [(size, channels, None)]


@pytest.mark.parametrize(
    ("text", "rank", "expected"),
    [
        ("224x224x3", 2, [((224, 224), 3, None), ((224, 224, 3), None, None)]),
        ("64x56x56", 2, [((56, 56), 64, None), ((64, 56, 56), None, None)]),
        ("64x56x56", 3, []),
        ("3x224x224", 3, [((224, 224), 3, None), ((3, 224, 224), None, None)]),
        (
            "(32, 64, 100)",
            1,
            [((100,), 64, 32), ((64,), 100, 32), ((32, 64, 100), None, None)],
        ),
        ("(2, 3, 16, 112, 112)", 3, [((16, 112, 112), 3, 2)]),
        ("(None, 28, 28)", 2, [((28,), 28, None), ((28, 28), 1, None)]),
        ("(None, 784)", 1, [((784,), 1, None)]),
    ],
)  # fmt: skip
def test_what_can_mean_several_things_lists_them(text, rank, expected):
    assert read(text, rank) == expected


@pytest.mark.parametrize(
    "text",
    ["224", "224x180", "(3, 3)", "big", "", "(None, None, None, 3)", "1x2x3x4x5x6", "@", "N"],
)
def test_sizes_alone_and_other_texts_are_no_shape(text):
    assert read(text) == []
