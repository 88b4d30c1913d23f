"""The ranges are what trying every setting finds."""

import itertools

import pytest

from kernels.errors import ShapeError
from kernels.layers.geometry import output_size
from kernels.layers.inverse import inputs_giving, kernels_giving, paddings_giving, strides_giving

MOST = 12


def gives(output, **settings):
    try:
        return (
            output_size(
                settings["input"],
                settings["kernel"],
                settings.get("stride", 1),
                settings.get("padding", 0),
                settings.get("dilation", 1),
            )
            == output
        )
    except ShapeError:
        return False


CASES = [
    (paddings_giving, "padding", 0, ("input", "kernel", "stride", "dilation")),
    (strides_giving, "stride", 1, ("input", "kernel", "padding", "dilation")),
    (kernels_giving, "kernel", 1, ("input", "stride", "padding", "dilation")),
    (inputs_giving, "input", 1, ("kernel", "stride", "padding", "dilation")),
]
VALUES = {
    "input": (1, 2, 5, 6, 7),
    "kernel": (1, 2, 3, 5),
    "stride": (1, 2, 3),
    "padding": (0, 1, 2),
    "dilation": (1, 2, 3),
}


@pytest.mark.parametrize("function, wanted, least, names", CASES, ids=[c[1] for c in CASES])
def test_every_setting_that_gives_the_size_and_no_other(function, wanted, least, names):
    for output, values in itertools.product(
        (1, 2, 3, 6), itertools.product(*(VALUES[name] for name in names))
    ):
        settings = dict(zip(names, values, strict=True))
        tried = [n for n in range(least, MOST) if gives(output, **settings, **{wanted: n})]
        found = function(output, **settings)
        assert [n for n in range(least, MOST) if n in found] == tried, (output, settings)


def test_the_answer_is_whole_even_where_it_is_large():
    assert list(paddings_giving(112, 224, 7, 2)) == [3]
    assert 10**9 in strides_giving(1, 7, 3) and list(kernels_giving(1, 224, padding=3))[-1] == 230


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: paddings_giving(0, 5, 3), "output is 0 but must be at least 1"),
        (lambda: strides_giving(2, 5, 3, padding=-1), "padding is -1 but must be at least 0"),
        (lambda: kernels_giving(2, 5.5), "input is 5.5 but must be a whole number"),
        (lambda: inputs_giving(2, 0), "kernel is 0 but must be at least 1"),
    ],
)
def test_what_is_no_count_is_refused_with_its_number(call, said):
    with pytest.raises(ShapeError, match=said):
        call()
