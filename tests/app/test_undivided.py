"""What a click does is done whole, whatever comes meanwhile."""

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.testing.v1 import AppTest

from app.page.undivided import undivided


def page() -> None:
    import streamlit as st

    from tests.app.test_undivided import change

    st.button("Change", on_click=change, key="change")
    st.session_state.setdefault("runs", 0)


class Ended(Exception):
    """A newer message has come."""


def end_at_each_use() -> None:
    def end() -> None:
        raise Ended

    object.__setattr__(get_script_run_ctx().session_state, "_yield_callback", end)


def change() -> None:
    state = get_script_run_ctx().session_state
    plain = state._yield_callback
    end_at_each_use()
    try:
        with undivided():
            st.session_state["one"] = 1
            st.session_state["two"] = 2
        with pytest.raises(Ended):
            st.session_state["three"] = 3
    finally:
        object.__setattr__(state, "_yield_callback", plain)


def test_a_newer_message_ends_a_run_after_a_change_and_never_within_it():
    at = AppTest.from_function(page, default_timeout=120).run()
    at.button(key="change").click().run()
    assert not at.exception
    assert (at.session_state["one"], at.session_state["two"]) == (1, 2)
    assert "three" not in at.session_state


def test_outside_of_a_run_it_is_no_hindrance():
    with undivided():
        pass
