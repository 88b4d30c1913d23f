"""The fixtures of the JavaScript tests are what `tests/js/write_fixtures.py` would write now."""

import pytest

from tests.js.write_fixtures import FOLDER, fixtures

WRITTEN = fixtures()


@pytest.mark.parametrize("name", sorted(WRITTEN))
def test_a_fixture_is_as_it_would_be_written(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == WRITTEN[name]


def test_no_fixture_is_left_that_nobody_writes():
    found = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.json")}
    assert found == set(WRITTEN)
