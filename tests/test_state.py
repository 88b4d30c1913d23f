"""Which is the newest word on a page's state: its address or its controls."""

from app.session.state import LAG, Left, newest

LEFT = Left({"k": "5"}, before={"k": "3"}, controls={"k": 5}, at=100.0)
LATER = 100.0 + 2 * LAG


def test_a_first_visit_follows_the_address():
    assert newest({"k": "7"}, None, True, {}, 0.0) == {"k": "7"}


def test_an_unchanged_address_leaves_the_word_to_the_controls():
    assert newest({"k": "5"}, LEFT, True, {"k": 5}, LATER) is None


def test_back_brings_the_address_before():
    assert newest({"k": "3"}, LEFT, True, {"k": 5}, LATER) == {"k": "3"}


def test_a_moved_control_is_newer_than_an_address_that_lags_behind():
    assert newest({"k": "3"}, LEFT, True, {"k": 6}, LATER) is None


def test_a_button_pressed_before_the_browser_has_the_new_address_undoes_nothing():
    assert newest({"k": "3"}, LEFT, True, {"k": 5}, 100.0 + LAG / 2) is None


def test_a_link_pasted_at_once_is_followed_all_the_same():
    assert newest({"k": "9"}, LEFT, True, {"k": 5}, 100.0 + LAG / 2) == {"k": "9"}


def test_the_menu_brings_the_page_back_as_it_was_left():
    assert newest({}, LEFT, False, {}, LATER) == {"k": "5"}


def test_a_link_from_another_page_is_followed():
    assert newest({"k": "9"}, LEFT, False, {}, LATER) == {"k": "9"}


def test_a_control_that_has_just_appeared_has_not_moved():
    assert newest({"k": "3"}, LEFT, True, {"k": 5, "new": 1}, LATER) == {"k": "3"}
