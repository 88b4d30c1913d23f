"""A page's state and its address, kept the same in both directions.

The address is the state's short text form, so a reload, a link and the Back button all bring the
same screen back. A page that runs does three things in this order:

1. `arriving` says whether the address is the newest word (a first visit, a link, Back) or the
   controls are (somebody moved one);
2. the page settles its state from the one or the other, before any control is drawn;
3. `leave` writes the settled state to the address and remembers it for the next run.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

PRESENT = "present"
"""Address parameter of the presenter view, on every page; `st.session_state` holds it as well."""

LAG = 0.7
"""Seconds for which the browser may still send the address before the one last written."""


@dataclass(frozen=True)
class Left:
    """How a page was left by its last run."""

    address: Mapping[str, str]
    before: Mapping[str, str] | None = None
    controls: Mapping[str, object] = field(default_factory=dict)
    at: float = 0.0


def arriving(page: str, controls: Mapping[str, object]) -> dict[str, str] | None:
    """Return the address's parameters if the page must take its state from them, else None.

    controls: the present values of the page's controls, and whatever else a callback may change.
    """
    state, address = st.session_state, st.query_params.to_dict()
    left, last_page = state.get(f"{page}.left"), state.get("page")
    same_page = last_page == page
    if last_page and not same_page and address == state[f"{last_page}.left"].address:
        address = {}  # Back to another page first brings the parameters of the one before
    arrived = newest(address, left, same_page, _with_present(controls), time.monotonic())
    if arrived is not None:
        st.session_state[PRESENT] = arrived.get(PRESENT) == "1"
    return arrived


def newest(
    address: dict[str, str],
    left: Left | None,
    same_page: bool,
    controls: Mapping[str, object],
    now: float,
) -> dict[str, str] | None:
    """Return the address that the page must follow, or None where its controls are newer.

    >>> newest({"k": "3"}, None, False, {}, 0)
    {'k': '3'}
    >>> newest({"k": "3"}, Left({"k": "5"}, controls={"k": 5}), True, {"k": 7}, 0) is None
    True

    The address that a run is given is the browser's, which follows the one written here a moment
    later. So an address that differs from the one last written counts only if no control has moved
    since, and if it is not the one before that just a moment ago.
    """
    if left is None:
        return address
    if not same_page:
        # The menu brings no parameters: the page is then as it was left.
        return address or dict(left.address)
    moved = any(left.controls.get(key, value) != value for key, value in controls.items())
    lagging = address == left.before and now - left.at < LAG
    return None if moved or lagging or address == left.address else address


def leave(page: str, address: Mapping[str, str], controls: Mapping[str, object]) -> None:
    """Write the settled state to the address, and remember it with the controls' values."""
    state, given = st.session_state, st.query_params.to_dict()
    address = dict(address) | ({PRESENT: "1"} if presenting() else {})
    last: Left | None = state.get(f"{page}.left") if state.get("page") == page else None
    written = last is not None and last.address == address
    if not written or given != address:
        st.query_params.from_dict(address)
    before, at = (last.before, last.at) if written else (given, time.monotonic())
    state[f"{page}.left"] = Left(address, before, _with_present(controls), at)
    state["page"] = page


def presenting() -> bool:
    """Whether the presenter view is on."""
    return bool(st.session_state.get(PRESENT))


def start_presenting() -> None:
    """Go into the presenter view."""
    st.session_state[PRESENT] = True


def stop_presenting() -> None:
    """Leave the presenter view; a key may ask for it twice, through a component and the button."""
    st.session_state[PRESENT] = False


def _with_present(controls: Mapping[str, object]) -> dict[str, object]:
    return {**controls, PRESENT: presenting()}
