"""A page's state and its address, kept the same in both directions.

The address is the state's short text form, so a reload, a link and the Back button all bring the
same screen back. A page that runs does three things in this order:

1. `arriving` says whether the address is the newest word (a first visit, a link, Back) or the
   controls are (somebody moved one);
2. the page settles its state from the one or the other, before any control is drawn;
3. `leave` writes the settled state to the address and remembers it for the next run.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

PRESENT = "present"
"""Address parameter of the presenter view, on every page."""


def arriving(page: str, controls: Mapping[str, object]) -> dict[str, str] | None:
    """Return the address's parameters if the page must take its state from them, else None.

    controls: the present values of the page's controls. An address that differs from the one last
    written counts only if no control moved since: a control moved faster than the browser's
    address follows, and then the control is newer.
    """
    address = st.query_params.to_dict()
    last = st.session_state.get(f"{page}.left")
    if last is None:
        return address
    written, seen = last
    if st.session_state.get("page") != page:
        # The menu brings no parameters: the page is then as it was left.
        return address or written
    moved = any(key in seen and seen[key] != value for key, value in controls.items())
    return None if moved or address == written else address


def leave(page: str, address: Mapping[str, str], controls: Mapping[str, object]) -> None:
    """Write the settled state to the address, and remember it with the controls' values."""
    address = dict(address)
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
    st.session_state[f"{page}.left"] = (address, dict(controls))
    st.session_state["page"] = page


def presenting() -> bool:
    """Whether the presenter view is on."""
    return st.query_params.get(PRESENT) == "1"
