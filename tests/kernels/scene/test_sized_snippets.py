"""The listings of a layer without numbers: they run and print the size that the page shows."""

import ast
import contextlib
import io

import pytest

from kernels import ConvSpec, ConvTransposeSpec, PoolSpec
from kernels.scene.snippets.sized import sized_snippets

LAYERS = [
    (ConvSpec(3, 64, 7, stride=2, padding=3), (224, 224)),
    (ConvSpec(3, 64, 7, stride=2, padding="same_upper"), (224, 224)),
    (ConvSpec(4, 8, (3,), dilation=2, groups=2, bias=False), (50,)),
    (ConvSpec(3, 8, (3, 3, 3), padding=1), (4, 12, 12)),
    (ConvSpec(1, 2, (2, 3), stride=(2, 1), padding=((0, 1), (2, 2))), (9, 8)),
    (ConvTransposeSpec(8, 4, 3, stride=2, padding=1, output_padding=1), (12, 12)),
    (ConvTransposeSpec(8, 4, (16, 16), stride=8, padding=(4, 8), output_padding=(0, 1)), (46, 62)),
    (ConvTransposeSpec(2, 2, (5,), stride=2, padding=((1, 2),)), (7,)),
    (ConvTransposeSpec(2, 2, (1, 1), stride=3), (4, 4)),
    (PoolSpec(3, stride=2, ceil_mode=True), (112, 112)),
    (PoolSpec((1, 1), stride=2, ceil_mode=True), (32, 32)),
    (PoolSpec((2,), kind="avg"), (9,)),
    (PoolSpec((2, 2, 2)), (4, 6, 6)),
    (PoolSpec(3, stride=1, padding="same", kind="avg"), (7, 7)),
    (PoolSpec(3, padding=((1, 0), (0, 1))), (7, 7)),
]


def printed(code: str) -> str:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        exec(compile(code, "listing", "exec"), {})
    return out.getvalue().strip()


def said(code: str) -> str:
    """What the last comment promises."""
    return code.rstrip().splitlines()[-1].partition("# ")[2].partition(":")[0]


@pytest.mark.parametrize(("layer", "size"), LAYERS)
def test_numpy_prints_the_output_size(layer, size):
    code = sized_snippets(layer, size)[2].code
    assert printed(code).strip("[]").split() == [str(n) for n in layer.output_size(size)]


@pytest.mark.parametrize(("layer", "size"), LAYERS)
def test_every_listing_is_python_or_says_why_there_is_none(layer, size):
    for snippet in sized_snippets(layer, size, 5):
        if snippet.code is None:
            assert snippet.why_not.startswith(f"{snippet.library} has no such layer: ")
        else:
            ast.parse(snippet.code)
            assert str(layer.output_size(size)[-1]) in said(snippet.code)


@pytest.mark.peers
@pytest.mark.parametrize(("layer", "size"), LAYERS)
def test_pytorch_prints_the_size_that_the_listing_says(layer, size):
    code = sized_snippets(layer, size, 5)[0].code
    if code is not None:
        assert printed(code) == said(code)


def test_uneven_padding_is_padded_first_in_pytorch_and_by_the_last_axis_first():
    layer = ConvSpec(1, 2, (2, 3), padding=((0, 1), (2, 2)))
    assert "pad(x, (2, 2, 0, 1))" in sized_snippets(layer, (9, 8))[0].code


def test_keras_says_same_where_the_padding_is_just_that():
    assert 'padding="same"' in sized_snippets(ConvSpec(1, 2, 3, padding=1), (9, 8))[1].code
