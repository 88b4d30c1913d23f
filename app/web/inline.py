"""Scripts and styles that stand in the page itself, written as small parts like a component's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from app.components.assets import joined

_EXPORT = re.compile(r"^export (default )?", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (?:async )?function (\w+)", re.MULTILINE)


def inline_script(folder: Path, parts: Sequence[str]) -> str:
    """The parts as one script that calls the last one's default export; nothing of it is global.

    Raises ValueError as `joined` does, or where the default export has no name to be called by.
    """
    module = joined(folder, parts)
    named = _DEFAULT.search(module)
    if named is None:
        raise ValueError(f"{folder.name}: the default export must be a function with a name.")
    return f"(() => {{\n{_EXPORT.sub('', module)}{named[1]}();\n}})();"
