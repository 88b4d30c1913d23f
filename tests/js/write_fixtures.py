"""Writes what the JavaScript tests compare with: one function a component, one file a fixture.

After a change of what Python sends, or of an expected number:

    .venv/bin/python -m tests.js.write_fixtures

`tests/test_fixtures.py` compares what is there with what would be written, so that a fixture can
neither grow old nor be edited by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.js.loupe_fixtures import loupe

FOLDER = Path(__file__).parent
# The files, from this folder on, that each function returns: name -> content.
WRITERS: tuple[Callable[[], dict[str, Any]], ...] = (loupe,)


def fixtures() -> dict[str, str]:
    """The text of every fixture by its path from tests/js on."""
    return {
        name: json.dumps(content, ensure_ascii=False, allow_nan=False) + "\n"
        for writer in WRITERS
        for name, content in writer().items()
    }


def main() -> None:
    for name, text in fixtures().items():
        path = FOLDER / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
