"""Which address a page follows: one that a person brought, never an echo of its own."""

from app.page.address import newest
from app.page.browser import Browser, Shown


def here(**settings) -> Browser:
    """A browser on the page "pooling", which has shown `written` for some runs."""
    return Browser(page="pooling", pages={"pooling"}, run=9, **settings)


def test_a_first_visit_follows_the_address():
    assert newest({"k": "5"}, Browser(), "pooling") == {"k": "5"}
    assert newest({}, Browser(), "pooling") == {}


def test_an_address_that_stays_says_nothing_new():
    assert newest({"k": "5"}, here(address=Shown({"k": "5"})), "pooling") is None


def test_an_address_written_here_is_an_echo_however_late_it_comes():
    address = Shown({}, ((4, {"k": "3"}), (7, {"k": "5"})))
    assert newest({"k": "5"}, here(address=address, seen=7), "pooling") is None
    assert newest({"k": "3"}, here(address=address, seen=5), "pooling") is None
    assert newest({"k": "5"}, here(address=address, seen=5), "pooling") is None
    assert newest({}, here(address=address, seen=3), "pooling") is None


def test_back_brings_the_address_before():
    address = Shown({}, ((4, {"k": "3"}), (7, {"k": "5"})))
    assert newest({"k": "3"}, here(address=address, seen=7), "pooling") == {"k": "3"}
    assert newest({}, here(address=address, seen=7), "pooling") == {}


def test_a_link_is_followed_at_once():
    address = Shown({}, ((8, {"k": "3"}),))
    assert newest({"k": "9"}, here(address=address, seen=7), "pooling") == {"k": "9"}


def test_the_menu_brings_the_page_back_as_it_was_left():
    now = here(address=Shown({"k": "5"}))
    now.pages.add("picture")
    assert newest({}, now, "picture") is None


def test_a_page_that_is_new_opens_as_it_is_at_first():
    assert newest({}, here(address=Shown({"k": "5"})), "picture") == {}


def test_back_to_another_page_brings_the_parameters_of_the_one_before():
    now = here(address=Shown({"k": "5"}))
    now.pages.add("picture")
    assert newest({"k": "5"}, now, "picture") is None


def test_a_link_from_another_page_is_followed():
    assert newest({"x": "1"}, here(address=Shown({"k": "5"})), "picture") == {"x": "1"}


def test_a_control_shows_what_a_person_did_or_what_was_written_to_it():
    shown = Shown(1, ((4, 2), (6, 3)))
    assert [shown.moved(value, seen=6) for value in (1, 2, 3, 4)] == [True, True, False, True]
    assert [shown.moved(value, seen=5) for value in (1, 2, 3, 4)] == [True, False, False, True]
    assert [shown.moved(value, seen=3) for value in (1, 2, 3, 4)] == [False, False, False, True]
    assert shown.shows(3, seen=6) == Shown(3)
    assert shown.shows(1, seen=4) == Shown(1, ((6, 3),))
