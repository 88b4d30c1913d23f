"""`pip install -r FILE` without pip: the pinned packages of this environment, linked into another.

    python tests/linked_packages.py SITE_PACKAGES install -r requirements.txt

Nothing but what the file names is there afterwards, each in the version that it names.
"""

import os
import shutil
import sys
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement


def link(line: str, target: Path) -> None:
    """Link the files of one pinned package; raises ValueError when another version is here."""
    pinned = Requirement(line)
    if pinned.marker and not pinned.marker.evaluate():
        return
    package = distribution(pinned.name)
    if package.version not in pinned.specifier:
        raise ValueError(f"{line}: this environment has {package.version}")
    for file in package.files:
        if ".." in file.parts:  # a program, not a module
            continue
        to = target / file
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(file.locate(), to)
        except OSError:  # another file system
            shutil.copy2(file.locate(), to)


def main() -> None:
    target, command, option, requirements = sys.argv[1:]
    if (command, option) != ("install", "-r"):
        raise SystemExit(f"only `install -r FILE` is known, not {sys.argv[2:]}")
    for line in Path(requirements).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            link(line, Path(target))


if __name__ == "__main__":
    main()
