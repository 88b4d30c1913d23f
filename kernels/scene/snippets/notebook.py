"""Listings as a Jupyter notebook: a cell of code for each library that has the layers."""

from __future__ import annotations

import json
from collections.abc import Iterable

from kernels.scene.snippets.written import Snippet

_NEEDS = {
    "NumPy": "Plain NumPy: every sum is written out.",
    "PyTorch": "Needs PyTorch: `pip install torch`.",
    "Keras": "Needs Keras and a backend: `pip install keras jax`.",
}
"""The libraries whose listings are Python, in the order of the notebook, and what each needs."""


def notebook(listed: Iterable[Snippet], title: str) -> str:
    """Write listings as the text of a notebook, NumPy first.

    listed : the listings; those that are not Python code are left out
    title : the notebook's heading

    Source: https://nbformat.readthedocs.io, format 4.5

    >>> cells = json.loads(notebook([Snippet("NumPy", "y = 1")], "A layer"))["cells"]
    >>> [cell["cell_type"] for cell in cells]
    ['markdown', 'markdown', 'code']
    """
    found = {snippet.library: snippet for snippet in listed}
    cells = [_cell("markdown", f"# {title}\n\nEach cell of code says the same in another library.")]
    for library, needs in _NEEDS.items():
        snippet = found.get(library)
        if snippet is None:
            continue
        said = needs if snippet.code is not None else snippet.why_not
        cells.append(_cell("markdown", f"## {library}\n\n{said}"))
        if snippet.code is not None:
            cells.append(
                _cell("code", snippet.code) | {"execution_count": None, "outputs": []},
            )
    python = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {
            "cells": [cell | {"id": f"cell-{n}"} for n, cell in enumerate(cells, 1)],
            "metadata": {"kernelspec": python, "language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        ensure_ascii=False,
        indent=1,
    )


def _cell(kind: str, text: str) -> dict[str, object]:
    return {"cell_type": kind, "metadata": {}, "source": text.splitlines(keepends=True)}
