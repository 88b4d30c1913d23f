"""The part of a page that runs alone: what a control changes, without what stands around it.

Streamlit calls it a fragment. A message that comes from a control of it names it, and the server
then runs this part and nothing else of main.py: no menu, no heading, no presenter view.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from app.page.browser import component_left, end_run, start_run

_clear_queue = AppSession._clear_queue


def draw_alone(draw: Callable[[bool], None]) -> None:
    """Draw the rest of a page, now and whenever one of its controls was changed.

    draw : is told whether it runs alone. It asks for a run of the whole page (`st.rerun`) where
        something else has to change, too.
    """
    context = get_script_run_ctx()
    page = ThreadState.get().active_script_hash
    # The run's number is the app's, not the page's: with Back and with a way to another page the
    # browser sends the app's own values alone.
    with context.run_with_active_hash(context.pages_manager.main_script_hash):
        _run(draw, page)


@st.fragment
def _run(draw: Callable[[bool], None], page: str) -> None:
    context = get_script_run_ctx()
    alone = bool(context.fragment_ids_this_run)
    if alone:
        start_run()
    with context.run_with_active_hash(page):
        draw(alone)
    if alone and component_left():
        st.rerun()
    end_run()


def send_all_that_a_whole_run_drew() -> None:
    """Let what a run has drawn reach the browser although a part of the page runs again already.

    Streamlit would drop what waits to be sent of that part, and still send that the whole run has
    ended well: the browser would take the part's controls for gone and forget what stands in them.
    The next run draws them as they are known to be, so they would come back with nothing in them.
    """

    def clear_queue(self: AppSession, parts: list[str] | None = None) -> None:
        if parts:
            # What waits goes first and as it is; nothing is put in its place from now on.
            self._browser_queue._delta_index_map = {}
        else:
            _clear_queue(self, parts)

    AppSession._clear_queue = clear_queue


send_all_that_a_whole_run_drew()
