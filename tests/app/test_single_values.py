"""A control's value is looked up alone, and is the one that Streamlit's own table has."""

from streamlit.testing.v1 import AppTest

from app.page.single_values import _TABLE


def page() -> None:
    import streamlit as st

    from app.page.single_values import look_up_single_values

    look_up_single_values()
    st.number_input("Number", value=3, key="number")
    st.selectbox("One of", ["a", "b"], key="one")
    st.text_input("No key")
    st.session_state["own"] = 7
    st.session_state["none"] = None


def test_the_values_are_those_of_the_table():
    at = AppTest.from_function(page, default_timeout=120).run()
    state = at.session_state._state
    values = state.filtered_state
    assert dict(values) == {"number": 3, "one": "a", "own": 7, "none": None}
    assert dict(_TABLE.__get__(state)) == dict(values)
    assert len(values) == 4
    assert "none" in values
    assert values["none"] is None
    assert "No key" not in values
