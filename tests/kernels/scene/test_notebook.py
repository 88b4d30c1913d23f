"""A layer's notebook is valid, and its cells give the layer's numbers."""

import contextlib
import io
import json

import nbformat
import numpy as np
import pytest

from kernels.scene.examples import EXAMPLES
from kernels.scene.settle import settle
from kernels.scene.snippets import Snippet, snippets
from kernels.scene.snippets.notebook import notebook


@pytest.mark.parametrize("example", sorted(EXAMPLES))
def test_a_notebook_is_valid_and_computes_the_layer(example):
    scene = settle(EXAMPLES[example].flat)[0]
    listed = snippets(scene)
    book = nbformat.reads(notebook(listed, "A layer"), as_version=4)
    nbformat.validate(book)
    code = [cell.source for cell in book.cells if cell.cell_type == "code"]
    assert code == [
        snippet.code
        for library in ("NumPy", "PyTorch", "Keras")
        for snippet in listed
        if snippet.library == library and snippet.code is not None
    ]
    numpy = [text for text in code if "torch" not in text and "keras" not in text]
    for text in numpy:
        names: dict = {}
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, "cell", "exec"), names)
        got, wanted = np.asarray(names["y"], float), np.asarray(scene.output(), float)
        np.testing.assert_allclose(got.reshape(wanted.shape), wanted)


def test_a_library_without_the_layer_says_why_in_its_place():
    scene = settle(EXAMPLES["valid"].flat)[0]
    listed = [snippet for snippet in snippets(scene) if snippet.library == "NumPy"]
    book = json.loads(notebook([*listed, Snippet("Keras", None, "Keras has none.")], "A layer"))
    assert "Keras has none." in "".join(book["cells"][-1]["source"])
    assert [cell["cell_type"] for cell in book["cells"]][-1] == "markdown"
