"""The type checker over kernels and lessons, beside the other tests: it keeps one core busy."""

import subprocess
import sys

from tests.serving import ROOT


def test_types():
    result = subprocess.run(
        [sys.executable, "-m", "mypy"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr
