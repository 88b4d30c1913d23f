"""A page's address, kept the same as its view in both directions; the presenter view.

The address is the view's short text form, so a reload, a link and the Back button all bring the
same screen back. A page follows an address only when a person has changed it: what is written here
comes back with the browser's messages, sooner or later, and says nothing new.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.page.acts import act, do_acts
from app.page.browser import Browser, browser
from app.page.embedding import embedding

PRESENT = "present"
"""Address parameter of the presenter view, on every page."""


def followed_address(page: str) -> dict[str, str] | None:
    """The address's parameters if the page must take its view from them, else None."""
    followed = newest(st.query_params.to_dict(), browser(), page)
    if followed is not None:
        browser().present = followed.get(PRESENT) == "1"
    return followed


def address_taken(page: str) -> None:
    """Remember that the page has taken in what `followed_address` said."""
    now = browser()
    now.address = now.address.shows(st.query_params.to_dict(), now.seen)
    now.page = page
    now.pages.add(page)


def newest(given: Mapping[str, str], now: Browser, page: str) -> dict[str, str] | None:
    """Return the address if a person has brought it since the page last ran, else None.

    >>> newest({"k": "3"}, Browser(), "pooling")
    {'k': '3'}

    What was written by a run and comes back brings nothing new:

    >>> from app.page.browser import Shown
    >>> now = Browser(address=Shown({}).written(4, {"k": "3"}), page="pooling", pages={"pooling"})
    >>> newest({"k": "3"}, now, "pooling") is None, newest({"k": "5"}, now, "pooling")
    (True, {'k': '5'})
    """
    first, changed = page not in now.pages, now.address.moved(given, now.seen)
    if page == now.page or not now.page:
        return dict(given) if changed or first else None
    # The menu brings no parameters: the page is then as it was left. Back to another page first
    # brings the parameters of the one before.
    if given and changed:
        return dict(given)
    return {} if first else None


def write_address(address: Mapping[str, str]) -> None:
    """Write a page's view, as it was settled, to the address."""
    now, given = browser(), st.query_params.to_dict()
    address = dict(address) | ({PRESENT: "1"} if presenting() else {}) | embedding().address()
    if address != given or now.address.waits:
        st.query_params.from_dict(address)
        now.address = now.address.written(now.run, address)


def arriving(page: str) -> dict[str, str] | None:
    """`followed_address`, taken; with it is done what callbacks have asked for."""
    address = followed_address(page)
    address_taken(page)
    do_acts()
    return address


def presenting() -> bool:
    """Whether the presenter view is on."""
    return browser().present


def enter_presenting() -> None:
    """Go into the presenter view."""
    browser().present = True


def leave_presenting() -> None:
    """Leave the presenter view; a key may ask for it twice, through a component and the button."""
    browser().present = False


# The same for buttons.
start_presenting, stop_presenting = act(enter_presenting), act(leave_presenting)
