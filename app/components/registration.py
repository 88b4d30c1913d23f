"""Registers a component with Streamlit: one way for all of them.

A component's module, with its style in it, is a file that browsers fetch by its address and keep.
Written into Streamlit's messages, as both can be, they would be sent again with each change of the
component's data: most of each message. Streamlit serves files only of components that an installed
package declares; here they are declared by the app itself, to whichever server is running.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.bidi_component.main import BidiComponentMixin
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

from app.components.assets import HIDDEN_UNTIL_STYLED, component_text, joined, packed

_PACKAGE = "slide_and_sum"
# As long as the process lives; what is in it stands in the app's own files, too.
_SERVED = tempfile.TemporaryDirectory(prefix=f"{_PACKAGE}_", ignore_cleanup_errors=True)


def _forget_payloads() -> None:
    """Let a component be known by its key alone.

    Streamlit writes out and hashes each payload to tell components apart, and where there is a key,
    as here always, it leaves the hash aside.
    """
    BidiComponentMixin._build_bidi_identity_kwargs = lambda _self, **_given: {}


_forget_payloads()


def registered(folder: Path, parts: Sequence[str], styles: Sequence[str] = ()) -> Any:
    """Register the component in a folder and return what draws it.

    Parameters
    ----------
    folder : holds `<name>.html`, its .css and its own .mjs files; its name is the component's
    parts : the .mjs files, each after those that it imports; the last one exports, as its default,
        what mounts the component and returns what takes it away again
    styles : the .css files in the order in which they count; `<name>.css` alone if none are named
    """
    text = component_text(folder, parts, styles)
    return _served(folder.name, text.js, html=text.html, css=HIDDEN_UNTIL_STYLED)


def registered_unseen(folder: Path, name: str, parts: Sequence[str]) -> Any:
    """Register one more module of a component's folder, which draws nothing."""
    return _served(name, packed(joined(folder, parts), name))


def _served(name: str, module: str, **texts: str) -> Any:
    """Register a component whose module has an address of its own, with its hash in it."""
    digest = hashlib.sha256(module.encode()).hexdigest()[:12]
    file = Path(_SERVED.name) / name / f"{name}-{digest}.js"
    file.parent.mkdir(exist_ok=True)
    file.write_text(module, encoding="utf-8")

    @cache
    def component() -> Any:
        return st.components.v2.component(f"{_PACKAGE}.{name}", js=file.name, **texts)

    def draw(*, data: Any, **options: Any) -> Any:
        _declare(name)
        return component()(data=_unsearched(data), **options)

    return draw


def _unsearched(data: Any) -> Any:
    """The same data to JSON; Streamlit looks into each list, but into no tuple, for a table."""
    if not isinstance(data, dict):
        return data
    return {name: tuple(v) if isinstance(v, list) else v for name, v in data.items()}


def _declare(name: str) -> None:
    """Let the server that is running serve the component's folder; each test brings its own."""
    manager = get_bidi_component_manager()
    if manager.get_component_asset_root(f"{_PACKAGE}.{name}") is None:
        manifest = ComponentManifest(_PACKAGE, "", [ComponentConfig(name, asset_dir=name)])
        manager.register_from_manifest(manifest, Path(_SERVED.name))
