"""The same layer in PyTorch, Keras and NumPy, on demand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import streamlit as st

from app.components.copy import copy_text
from app.page.page import Page
from kernels import Scene, snippets
from kernels.scene.snippets.notebook import notebook
from kernels.scene.snippets.written import Snippet


def render_code(page: Page[Any], scene: Scene) -> None:
    """Show the code of exactly this layer, ready to copy."""
    render_snippets(page, snippets(scene))


def render_snippets(
    page: Page[Any], listed: Iterable[Snippet], title: str = "A layer from Slide & Sum"
) -> None:
    """Show one of the listings at a time, with the library to choose, and all as a notebook.

    title : the notebook's heading
    """
    found = {snippet.library: snippet for snippet in listed}
    library = st.segmented_control(
        "Library", list(found), default="PyTorch", required=True, key=page.key("library")
    )
    snippet = found[library]
    if snippet.code is None:
        st.write(snippet.why_not)
    else:
        copy_text(snippet.code, "Copy code", key=page.key("code_text"))
    st.download_button(
        "Save as a Jupyter notebook",
        partial(notebook, tuple(found.values()), title),
        "slide-and-sum.ipynb",
        "application/x-ipynb+json",
        key=page.key("notebook"),
        on_click="ignore",
    )
