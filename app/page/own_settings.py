"""What every page's address can hold besides the page's own settings, read in one place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.page.address import PRESENT
from app.page.embedding import EVERYTHING, HIDE, names_in
from kernels.reading.link_text import quoted


def own_settings(
    address: Mapping[str, str], *flags: str, boxes: Sequence[str] = ()
) -> tuple[dict[str, str], dict[str, bool], list[str]]:
    """Split an address into the page's settings and its switches; say what could not be read.

    Parameters
    ----------
    address : the parameters, each with its last value
    flags : switches, written 1 or 0, that are not part of the page's view
    boxes : names of the page's boxes, which `hide` can name
    """
    given = st.query_params
    notes = [
        f"{quoted(name)} stands in the link more than once; the last, {quoted(value)}, is used."
        for name, value in address.items()
        if len(given.get_all(name)) > 1
    ]
    for name in (PRESENT, *flags):
        if address.get(name, "0") not in ("0", "1"):
            notes.append(
                f"{quoted(address[name])} is not a value for {name}, which is 0 or 1; 0 is used."
            )
    notes += [
        f"{quoted(name)} is not a control of this page, so nothing is hidden for it."
        for name in names_in(address.get(HIDE, ""))
        if name not in (EVERYTHING, *boxes)
    ]
    apart = (PRESENT, HIDE, *flags)
    settings = {name: value for name, value in address.items() if name not in apart}
    return settings, {name: address.get(name) == "1" for name in flags}, notes
