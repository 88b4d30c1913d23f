"""Old links open the screens that they always opened."""

import json

import pytest

from tests.links.screens import LINKS, TABLE, screen

KEPT = json.loads(TABLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("link", LINKS)
def test_a_link_opens_what_it_always_opened(link):
    # Through JSON, as the table has been.
    assert json.loads(json.dumps(screen(link))) == KEPT[link]


def test_the_table_has_a_hundred_links_and_no_other():
    assert len(LINKS) >= 100
    assert set(KEPT) == set(LINKS)
